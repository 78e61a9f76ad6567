//! Apache Parquet.

use std::io::Write;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray, TimestampMicrosecondArray};
use arrow::datatypes::{DataType, Field, Int64Type, Schema, TimeUnit};
use kql_engine::{AnswerTable, json};
use kql_functions::physical;
use kql_semantics::Type;
use kql_semantics::time::{TICKS_PER_MICROSECOND, UNIX_EPOCH};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::failure::Failure;

/// Writes a table. A datetime is a timestamp in microseconds; a timespan, a guid and a dynamic are text.
pub(super) fn write(table: &AnswerTable, output: &mut (impl Write + Send)) -> Result<(), Failure> {
    let fields =
        table.columns.iter().map(|column| Field::new(&*column.name, stored(column.ty), true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let failed = |error: &dyn std::fmt::Display| {
        Failure::Own(format!("the results can not be written as Parquet: {error}"))
    };
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let mut writer = ArrowWriter::try_new(output, Arc::clone(&schema), Some(properties))
        .map_err(|error| failed(&error))?;
    for batch in &table.batches {
        let arrays = table.columns.iter().zip(batch.columns());
        let arrays = arrays.map(|(column, array)| converted(array, column.ty)).collect();
        let batch =
            RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(|error| failed(&error))?;
        writer.write(&batch).map_err(|error| failed(&error))?;
    }
    writer.close().map_err(|error| failed(&error))?;
    Ok(())
}

fn stored(ty: Type) -> DataType {
    match ty {
        Type::DateTime => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        Type::TimeSpan | Type::Guid | Type::Dynamic | Type::Unknown => DataType::Utf8,
        _ => physical::data_type(ty),
    }
}

fn converted(array: &ArrayRef, ty: Type) -> ArrayRef {
    match ty {
        Type::DateTime => {
            let ticks = array.as_primitive::<Int64Type>();
            let stamps = ticks
                .iter()
                .map(|ticks| Some((ticks? - UNIX_EPOCH).div_euclid(TICKS_PER_MICROSECOND)));
            Arc::new(stamps.collect::<TimestampMicrosecondArray>().with_timezone("UTC"))
        }
        Type::TimeSpan | Type::Guid | Type::Dynamic | Type::Unknown => Arc::new(texts(array, ty)),
        _ => Arc::clone(array),
    }
}

/// Values as text; of a dynamic, its JSON.
fn texts(array: &ArrayRef, ty: Type) -> StringArray {
    let text = |row| {
        let mut text = String::new();
        json::write_cell(array.as_ref(), row, ty, &mut text);
        let is_bare = text.starts_with('"') && matches!(ty, Type::TimeSpan | Type::Guid);
        if is_bare { text.trim_matches('"').to_owned() } else { text }
    };
    (0..array.len()).map(|row| (!array.is_null(row)).then(|| text(row))).collect()
}
