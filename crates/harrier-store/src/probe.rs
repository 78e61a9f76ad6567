//! The first look at a file: what it is, and what it holds.

use std::path::Path;
use std::sync::Arc;

use crate::discover::Found;
use crate::file::Content;
use crate::parquet::ParquetFile;
use crate::report::{Compression, Layout};
use crate::summary::Summary;

/// A file that can be read.
pub(crate) struct Probed {
    pub(crate) content: Content,
    pub(crate) compression: Compression,
    pub(crate) layout: Layout,
    /// The table that its records or its place in an export name.
    pub(crate) category: Option<String>,
    pub(crate) summary: Summary,
}

/// Why a file is not read.
#[derive(Debug)]
pub(crate) enum Unread {
    NotATable(String),
    NotReadYet(String),
    Failed(String),
}

/// Looks at a file. `is_given`: the user says which table it is, so it is no list, and of no layout that is only named.
pub(crate) fn probe(
    found: &Found,
    is_given: bool,
    limit: i64,
    cache: Option<&Path>,
) -> Result<Probed, Unread> {
    let _ = (is_given, cache);
    let name = found.parts.last().map(String::as_str).unwrap_or_default();
    if name.to_ascii_lowercase().ends_with(".parquet") {
        return probe_parquet(found, limit);
    }
    Err(Unread::NotReadYet(String::from("no format that is read")))
}

fn probe_parquet(found: &Found, limit: i64) -> Result<Probed, Unread> {
    let failed = |error: &dyn std::fmt::Display| {
        Unread::Failed(format!("not a Parquet file that can be read: {error}"))
    };
    let file = ParquetFile::open(&found.path).map_err(|error| failed(&error))?;
    let summary = file.summarize(limit).map_err(|error| failed(&error))?;
    Ok(Probed {
        content: Content::Parquet(Arc::new(file)),
        compression: Compression::None,
        layout: Layout::Plain,
        category: None,
        summary,
    })
}
