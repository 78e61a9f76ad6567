//! The first look at a file: what it is, and what it holds.

mod json;
mod unread;

use std::path::Path;
use std::sync::Arc;

use crate::bytes::{Head, open, read_head};
use crate::cache;
use crate::csv::{self, Records};
use crate::discover::Found;
use crate::file::Content;
use crate::naming::strip_prefix_ignoring_case;
use crate::parquet::ParquetFile;
use crate::report::{Compression, Layout};
use crate::summary::Summary;

pub(crate) use unread::Unread;

/// A file that can be read.
pub(crate) struct Probed {
    pub(crate) content: Content,
    pub(crate) compression: Compression,
    pub(crate) layout: Layout,
    /// The table that its records name.
    pub(crate) category: Option<String>,
    pub(crate) summary: Summary,
}

/// How a look is to be taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look<'a> {
    /// The user says which table the file is, so it is read whatever it looks like.
    pub(crate) is_given: bool,
    /// What is later is in the future. **Unit**: ticks.
    pub(crate) limit: i64,
    /// Where the first pass over a file is remembered.
    pub(crate) cache: Option<&'a Path>,
}

/// Looks at a file.
pub(crate) fn probe(found: &Found, look: Look<'_>) -> Result<Probed, Unread> {
    if found.bytes == 0 {
        return Err(Unread::NotATable(String::from("empty")));
    }
    let failed = |error: std::io::Error| Unread::Failed(error.to_string());
    let head = read_head(&found.path).map_err(failed)?;
    if head.bytes.starts_with(b"PAR1") && head.compression == Compression::None {
        return probe_parquet(found, look);
    }
    unread::of_magic(&head.bytes)?;
    let ending = Ending::of(found.parts.last().map(String::as_str).unwrap_or_default());
    let text = head_text(&head);
    let start = text.trim_start();
    let is_json = start.starts_with('{') || start.starts_with('[');
    match ending {
        Ending::Other(ending) if !look.is_given => {
            Err(Unread::NotATable(format!("no file of logs, by its ending `.{ending}`")))
        }
        Ending::Parquet => Err(Unread::Failed(String::from("not a Parquet file"))),
        Ending::Csv if !is_json || !looks_like_json(start) => probe_csv(found, &head, text, look),
        _ if is_json => json::probe(found, &head, text, look),
        Ending::Json => Err(Unread::Failed(String::from("not JSON"))),
        _ if look.is_given => probe_csv(found, &head, text, look),
        _ => Err(Unread::NotATable(String::from("text in no format that is read"))),
    }
}

/// What a file's name says of its format.
enum Ending {
    Json,
    Csv,
    Parquet,
    /// `.log`, `.txt` or none: the content tells.
    Open,
    Other(String),
}

impl Ending {
    fn of(name: &str) -> Self {
        let lower = name.to_ascii_lowercase();
        let mut name = lower.as_str();
        for packed in [".gz", ".gzip", ".zst", ".zstd"] {
            name = name.strip_suffix(packed).unwrap_or(name);
        }
        match name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("json" | "ndjson" | "jsonl") => Self::Json,
            Some("csv" | "tsv") => Self::Csv,
            Some("parquet") => Self::Parquet,
            None | Some("log" | "txt" | "out" | "dat" | "data") => Self::Open,
            // `firewall.2025-06-01`
            Some(ending) if ending.bytes().all(|byte| !byte.is_ascii_alphabetic()) => Self::Open,
            Some(ending) => Self::Other(ending.to_owned()),
        }
    }
}

/// Whether a text that is called CSV is JSON all the same.
fn looks_like_json(start: &str) -> bool {
    let inner = start.get(1..).unwrap_or_default().trim_start();
    inner.starts_with(['"', '{', '}', '[', ']'])
}

/// The beginning as text, up to a character that its end cuts.
fn head_text(head: &Head) -> &str {
    match std::str::from_utf8(&head.bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&head.bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

fn probe_parquet(found: &Found, look: Look<'_>) -> Result<Probed, Unread> {
    let failed = |error: &dyn std::fmt::Display| {
        Unread::Failed(format!("not a Parquet file that can be read: {error}"))
    };
    let file = ParquetFile::open(&found.path).map_err(|error| failed(&error))?;
    let summary = file.summarize(look.limit).map_err(|error| failed(&error))?;
    Ok(Probed {
        content: Content::Parquet(Arc::new(file)),
        compression: Compression::None,
        layout: export_layout(found),
        category: None,
        summary,
    })
}

fn probe_csv(found: &Found, head: &Head, text: &str, look: Look<'_>) -> Result<Probed, Unread> {
    let delimiter = delimiter(text);
    if !look.is_given {
        let records = Records::new(Box::new(std::io::Cursor::new(head.bytes.clone())), delimiter);
        unread::of_heading(&records.heading.columns)?;
    }
    let summary = cache::summary(found, look, || {
        let reader = open(&found.path, head.compression)
            .map_err(|error| Unread::Failed(error.to_string()))?;
        Ok(csv::summary::summarize(Records::new(reader, delimiter), look.limit))
    })?;
    Ok(Probed {
        content: Content::Csv(delimiter),
        compression: head.compression,
        layout: export_layout(found),
        category: None,
        summary,
    })
}

/// The byte between values: the one of `,`, `;`, tab and `|` that the heading has most.
fn delimiter(text: &str) -> u8 {
    let heading = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, heading.as_bytes()).count();
    // The last of equals is taken, so the comma comes last.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// The layout that a file's folders tell.
fn export_layout(found: &Found) -> Layout {
    let has = |prefix: &str| {
        let mut folders = found.parts.iter().rev().skip(1);
        folders.any(|folder| {
            strip_prefix_ignoring_case(folder, prefix).is_some_and(|table| !table.is_empty())
        })
    };
    if has("am-") {
        Layout::AzureMonitorExport
    } else if has("insights-logs-advancedhunting-") {
        Layout::DefenderStreaming
    } else {
        Layout::Plain
    }
}
