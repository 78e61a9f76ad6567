//! Events as Parquet, typed as the known schema types them; a dynamic is JSON text.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use harrier_store::KnownSchemas;
use kql_semantics::Type;
use kql_semantics::time::{TICKS_PER_MICROSECOND, UNIX_EPOCH};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde_json::Value as Json;

use crate::demo::DemoError;
use crate::demo::event::Event;

/// Writes events of one table as one file.
pub(super) fn write(path: &Path, events: &[Event]) -> Result<(), DemoError> {
    let Some(first) = events.first() else { return Ok(()) };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(DemoError::io(parent))?;
    }
    let failed = |message: String| DemoError::Parquet { path: path.to_owned(), message };
    let mut columns: Vec<(&str, ArrayRef, bool)> =
        vec![(first.table.time_column(), Arc::new(times(events)), false)];
    let schema = KnownSchemas.table(first.table.name());
    for (name, _) in &first.fields {
        let known = schema
            .as_ref()
            .and_then(|schema| schema.columns.iter().find(|(column, _)| **column == **name));
        let ty = known.map_or(Type::String, |(_, ty)| *ty);
        columns.push((name, column(events, name, ty), true));
    }
    let batch = RecordBatch::try_from_iter_with_nullable(columns)
        .map_err(|error| failed(error.to_string()))?;
    let file = File::create(path).map_err(DemoError::io(path))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties))
        .map_err(|error| failed(error.to_string()))?;
    writer.write(&batch).map_err(|error| failed(error.to_string()))?;
    writer.close().map_err(|error| failed(error.to_string()))?;
    Ok(())
}

fn times(events: &[Event]) -> TimestampMicrosecondArray {
    let stamps = events.iter().map(|event| (event.time - UNIX_EPOCH) / TICKS_PER_MICROSECOND);
    TimestampMicrosecondArray::from_iter_values(stamps).with_timezone("UTC")
}

fn column(events: &[Event], name: &str, ty: Type) -> ArrayRef {
    let values = events
        .iter()
        .map(|event| event.fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value));
    match ty {
        Type::Bool => Arc::new(values.map(|value| value?.as_bool()).collect::<BooleanArray>()),
        Type::Int => {
            let small = |value: &Json| i32::try_from(value.as_i64()?).ok();
            Arc::new(values.map(|value| small(value?)).collect::<Int32Array>())
        }
        Type::Long => Arc::new(values.map(|value| value?.as_i64()).collect::<Int64Array>()),
        Type::Real => Arc::new(values.map(|value| value?.as_f64()).collect::<Float64Array>()),
        _ => Arc::new(values.map(|value| value.map(text)).collect::<StringArray>()),
    }
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
