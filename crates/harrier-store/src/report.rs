//! What became of each file: read, set aside in part, or not read and why.

use std::fmt;
use std::path::PathBuf;

use kql_syntax::Name;
use serde::{Deserialize, Serialize};

/// How many of the rows that are set aside are told one by one; all of them are counted.
pub(crate) const MOST_TOLD: usize = 1000;

/// What became of a file, or of the part of one that holds the rows of one table.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// Where it lies.
    pub path: PathBuf,
    /// The table that its rows are of; none where it is not read.
    pub table: Option<Name>,
    /// How its bytes are written; none where that is not known.
    pub format: Option<Format>,
    /// Whether it is packed, and how.
    pub compression: Compression,
    /// Who writes records like these, and how.
    pub layout: Layout,
    /// Its size. **Unit**: bytes, as it lies there.
    pub bytes: u64,
    /// Rows that queries see.
    pub rows: u64,
    /// Rows that no query sees, because they are broken.
    pub rows_set_aside: u64,
    /// Those rows by line and reason; the first thousand of them.
    pub set_aside: Vec<SetAside>,
    /// What became of it.
    pub outcome: Outcome,
    /// What a reader should know besides: a cut file, times in a local zone.
    pub notes: Vec<String>,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was read; rows may have been set aside.
    Read,
    /// It holds no events: a list of indicators for `externaldata`, a text, a link.
    NotATable(String),
    /// It is a layout that is known and not read yet.
    NotReadYet(String),
    /// It could not be read at all.
    Unreadable(String),
}

impl Outcome {
    /// Why it is not read; none where it is.
    #[must_use]
    pub fn why_not(&self) -> Option<&str> {
        match self {
            Self::Read => None,
            Self::NotATable(why) | Self::NotReadYet(why) | Self::Unreadable(why) => Some(why),
        }
    }
}

/// A row that is set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Where it begins, counted from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// How the bytes of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// A JSON object a line.
    JsonLines,
    /// A JSON array of objects.
    JsonArray,
    /// JSON objects one after another, over several lines each.
    JsonObjects,
    /// Values divided by a byte, a heading first.
    Csv,
    /// Apache Parquet.
    Parquet,
}

impl Format {
    /// Its name, as reports show it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "ndjson",
            Self::JsonArray => "json array",
            Self::JsonObjects => "json objects",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How a file is packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Compression {
    /// Not at all.
    #[default]
    None,
    /// gzip, of one member or several.
    Gzip,
    /// Zstandard.
    Zstd,
}

/// Who writes records like these, and where their columns lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Layout {
    /// A record's fields are the columns.
    #[default]
    Plain,
    /// Azure Monitor's continuous export: `am-<table>/WorkspaceResourceId=…`.
    AzureMonitorExport,
    /// Defender XDR's streaming to storage: the columns lie under `properties`.
    DefenderStreaming,
    /// An answer with its rows under one key: `{"value": [..]}`, `{"Results": [..]}`.
    Wrapped,
}

impl Layout {
    /// Its name, as reports show it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::AzureMonitorExport => "Azure Monitor continuous export",
            Self::DefenderStreaming => "Defender XDR streaming",
            Self::Wrapped => "wrapped rows",
        }
    }
}
