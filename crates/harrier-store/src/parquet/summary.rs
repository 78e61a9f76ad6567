//! What a Parquet file's footer tells of its columns and times.

use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Int64Type};
use kql_semantics::Type;

use super::bounds::row_group_bounds;
use super::{ParquetFile, rows};
use crate::arrays::kind_of;
use crate::heading::parse_heading;
use crate::kinds::Kinds;
use crate::rows::ReadError;
use crate::summary::{ColumnSummary, Summary, TIME_COLUMNS, TYPE_COLUMN, Times};

impl ParquetFile {
    /// Tells what the file holds. What is later than `limit` is in the future.
    ///
    /// **Errors**: when times must be read, because the footer does not tell them, and can not be.
    pub(crate) fn summarize(&self, limit: i64) -> Result<Summary, ReadError> {
        let metadata = self.metadata.metadata();
        let rows =
            metadata.row_groups().iter().map(|group| group.num_rows().max(0).cast_unsigned()).sum();
        let mut summary = Summary { rows, ..Summary::default() };
        for field in self.metadata.schema().fields() {
            let heading = parse_heading(field.name());
            if let Some(zone) = heading.other_zone {
                summary.note(format!(
                    "times of `{}` are of zone {zone}, and read as UTC",
                    heading.column
                ));
            }
            let kinds = if self.is_empty(heading.column) {
                Kinds::NONE
            } else {
                kind_of(field.data_type())
            };
            let times = if TIME_COLUMNS.contains(&heading.column) && kinds.has_values() {
                Some(self.times(heading.column, limit)?)
            } else {
                None
            };
            let name = heading.column.to_owned();
            summary.columns.push(ColumnSummary { name, kinds, times });
        }
        if let Some(ty) = self.only_type() {
            summary.count_type(&ty, rows);
        }
        Ok(summary)
    }

    fn groups(&self) -> Vec<usize> {
        (0..self.metadata.metadata().num_row_groups()).collect()
    }

    /// Whether the footer says that a column holds nothing but nulls.
    fn is_empty(&self, column: &str) -> bool {
        let Some((index, field)) = self.field(column) else { return true };
        if field.data_type().is_nested() {
            return false;
        }
        let descriptor = self.metadata.parquet_schema();
        let leaf = (0..descriptor.num_columns())
            .find(|leaf| descriptor.get_column_root_idx(*leaf) == index);
        let Some(leaf) = leaf else { return false };
        let mut groups = self.metadata.metadata().row_groups().iter();
        groups.all(|group| {
            let nulls =
                group.column(leaf).statistics().and_then(|statistics| statistics.null_count_opt());
            nulls == Some(group.num_rows().max(0).cast_unsigned())
        })
    }

    /// The value of `Type` that all rows have.
    fn only_type(&self) -> Option<String> {
        let bounds = row_group_bounds(self, TYPE_COLUMN, Type::String, &self.groups())?;
        let least = bounds.least.as_string_opt::<i32>()?;
        let greatest = bounds.greatest.as_string_opt::<i32>()?;
        let first = (!least.is_empty() && least.is_valid(0)).then(|| least.value(0))?;
        let is_only = least.iter().chain(greatest.iter()).all(|bound| bound == Some(first));
        is_only.then(|| first.to_owned())
    }

    /// When the rows are: by the footer where it tells, by reading the column where not, or where some are in the future.
    fn times(&self, column: &str, limit: i64) -> Result<Times, ReadError> {
        let mut times = Times::default();
        let mut untold = Vec::new();
        let is_time = self
            .field(column)
            .is_some_and(|(_, field)| matches!(field.data_type(), DataType::Timestamp(_, _)));
        for group in self.groups() {
            let bounds =
                row_group_bounds(self, column, Type::DateTime, &[group]).filter(|_| is_time);
            let told = bounds.and_then(|bounds| {
                let least = bounds.least.as_primitive_opt::<Int64Type>()?;
                let greatest = bounds.greatest.as_primitive_opt::<Int64Type>()?;
                (least.is_valid(0) && greatest.is_valid(0) && bounds.nulls.is_valid(0))
                    .then(|| (least.value(0), greatest.value(0), bounds.nulls.value(0)))
            });
            match told {
                Some((first, last, nulls)) if last <= limit => {
                    let rows =
                        self.metadata.metadata().row_group(group).num_rows().max(0).cast_unsigned();
                    times.add(&Times {
                        span: Some((first, last)),
                        last_plausible: Some(last),
                        rows: rows.saturating_sub(nulls),
                        ..Times::default()
                    });
                }
                _ => untold.push(group),
            }
        }
        if !untold.is_empty() {
            rows::each_time(self, column, &untold, |ticks| times.count(ticks, limit))?;
        }
        Ok(times)
    }
}
