//! The least and greatest values of parts of a file, as the engine holds values.

use std::sync::Arc;

use arrow::array::{ArrayRef, UInt64Array};
use arrow::datatypes::DataType;
use kql_functions::physical;
use kql_semantics::Type;
use parquet::arrow::arrow_reader::statistics::StatisticsConverter;
use parquet::file::metadata::RowGroupMetaData;

use super::ParquetFile;
use crate::arrays::to_physical;

/// What a footer knows of a column in several row groups; an element each.
pub(crate) struct Bounds {
    pub(crate) least: ArrayRef,
    pub(crate) greatest: ArrayRef,
    pub(crate) nulls: UInt64Array,
}

/// The bounds of a column in some row groups; none where the file does not have them, or where they mean
/// something else once the values have the column's type.
pub(crate) fn row_group_bounds(
    file: &ParquetFile,
    column: &str,
    ty: Type,
    groups: &[usize],
) -> Option<Bounds> {
    let (_, field) = file.field(column)?;
    if !keeps_order(field.data_type(), ty) {
        return None;
    }
    let converter = converter(file, field.name())?;
    let groups = || groups.iter().map(|group| row_group(file, *group));
    let least = converter.row_group_mins(groups()).ok()?;
    let greatest = converter.row_group_maxes(groups()).ok()?;
    Some(Bounds {
        least: bound(&least, ty)?,
        greatest: bound(&greatest, ty)?,
        nulls: converter.row_group_null_counts(groups()).ok()?,
    })
}

/// The bounds of a column in the pages of one row group, and how many rows each page has.
pub(crate) fn page_bounds(
    file: &ParquetFile,
    column: &str,
    ty: Type,
    group: usize,
) -> Option<(Bounds, UInt64Array)> {
    let (_, field) = file.field(column)?;
    if !keeps_order(field.data_type(), ty) {
        return None;
    }
    let metadata = file.metadata.metadata();
    let (columns, offsets) = (metadata.column_index()?, metadata.offset_index()?);
    let converter = converter(file, field.name())?;
    let groups = [group];
    let least = converter.data_page_mins(columns, offsets, &groups).ok()?;
    let greatest = converter.data_page_maxes(columns, offsets, &groups).ok()?;
    let nulls = converter.data_page_null_counts(columns, offsets, &groups).ok()?;
    let rows = converter.data_page_row_counts(offsets, metadata.row_groups(), &groups).ok()??;
    Some((Bounds { least: bound(&least, ty)?, greatest: bound(&greatest, ty)?, nulls }, rows))
}

fn row_group(file: &ParquetFile, group: usize) -> &RowGroupMetaData {
    file.metadata.metadata().row_group(group)
}

fn converter<'a>(file: &'a ParquetFile, column: &str) -> Option<StatisticsConverter<'a>> {
    let schema = file.metadata.schema();
    StatisticsConverter::try_new(column, schema, file.metadata.parquet_schema()).ok()
}

/// Whether the order of the stored values is that of the values the engine sees.
fn keeps_order(stored: &DataType, ty: Type) -> bool {
    match ty {
        Type::DateTime => matches!(stored, DataType::Timestamp(_, _) | DataType::Date32),
        Type::TimeSpan => matches!(stored, DataType::Duration(_)),
        Type::String => matches!(stored, DataType::Utf8),
        Type::Bool => matches!(stored, DataType::Boolean),
        Type::Int | Type::Long => stored.is_signed_integer(),
        Type::Real => stored.is_floating() || stored.is_signed_integer(),
        Type::Decimal | Type::Guid | Type::Dynamic | Type::Unknown => false,
    }
}

/// Bounds as the engine holds values. Those of strings keep their nulls: an unknown bound is not "".
fn bound(array: &ArrayRef, ty: Type) -> Option<ArrayRef> {
    if ty == Type::String {
        return Some(Arc::clone(array));
    }
    let converted = to_physical(array, ty).ok()?;
    (*converted.data_type() == physical::data_type(ty)).then_some(converted)
}
