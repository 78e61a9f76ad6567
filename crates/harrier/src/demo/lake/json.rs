//! Events as JSON: lines, arrays, and the envelope of Defender's streaming.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use kql_semantics::time::DateTimeText;
use serde_json::{Map, Value as Json, json};

use crate::demo::DemoError;
use crate::demo::event::Event;

/// One object a line.
pub(super) fn lines(events: &[Event]) -> Vec<u8> {
    events.iter().flat_map(|event| line(&object(event))).collect()
}

/// One array of all.
pub(super) fn array(events: &[Event]) -> Vec<u8> {
    let mut text = Json::Array(events.iter().map(object).collect()).to_string().into_bytes();
    text.push(b'\n');
    text
}

/// One envelope a line, the event under `properties`.
pub(super) fn streamed(events: &[Event]) -> Vec<u8> {
    let envelopes = events.iter().map(|event| {
        json!({
            "time": DateTimeText(event.time).to_string(),
            "tenantId": "7d0e52f4-9b1c-4c53-8a8e-2f6f5b1c9d10",
            "operationName": "Publish",
            "category": format!("AdvancedHunting-{}", event.table.name()),
            "properties": object(event),
        })
    });
    envelopes.flat_map(|envelope| line(&envelope)).collect()
}

fn line(json: &Json) -> Vec<u8> {
    let mut line = json.to_string().into_bytes();
    line.push(b'\n');
    line
}

fn object(event: &Event) -> Json {
    let mut object = Map::new();
    object
        .insert(event.table.time_column().to_owned(), DateTimeText(event.time).to_string().into());
    for (name, value) in &event.fields {
        object.insert((*name).to_owned(), value.clone());
    }
    Json::Object(object)
}

/// Compressed with gzip.
pub(super) fn gzip(path: &Path, bytes: &[u8]) -> Result<Vec<u8>, DemoError> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).map_err(DemoError::io(path))?;
    encoder.finish().map_err(DemoError::io(path))
}

/// Compressed with Zstandard.
pub(super) fn zstd(path: &Path, bytes: &[u8]) -> Result<Vec<u8>, DemoError> {
    zstd::encode_all(bytes, 3).map_err(DemoError::io(path))
}
