//! Rows of declared columns out of fetched files.

mod delimited;
mod json;
mod lines;
mod mapping;

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::{Field, Schema};
use globset::{GlobBuilder, GlobMatcher};
use kql_engine::outside::{ExternalTable, OutsideError};
use kql_functions::physical;
use kql_semantics::{Type, Value};
use kql_syntax::Name;

use super::refused;
use super::unpack::unpacked;
use crate::values::{ColumnBuilder, Raw};

pub(super) use delimited::Delimited;
pub(super) use mapping::Origin;

/// Rows of one batch.
const BATCH_ROWS: usize = 64 * 1024;

/// How a file holds rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Delimited(u8),
    Lines,
    /// The whole file is one value.
    Raw,
    Json,
}

/// How the files of a table are read.
#[derive(Debug)]
pub(super) struct Reading {
    columns: Vec<(Name, Type)>,
    format: Option<Format>,
    ignores_first: bool,
    origins: Option<Vec<Origin>>,
    members: Option<GlobMatcher>,
}

impl Reading {
    /// **Errors**: a property, or a value of one, that is not understood.
    pub(super) fn new(table: &ExternalTable) -> Result<Self, OutsideError> {
        let mut reading = Self {
            columns: table.columns.clone(),
            format: None,
            ignores_first: false,
            origins: None,
            members: None,
        };
        for (name, value) in &table.properties {
            reading.set(name, value)?;
        }
        Ok(reading)
    }

    fn set(&mut self, name: &str, value: &Value) -> Result<(), OutsideError> {
        let text = super::text(value).unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "format" => self.format = Some(format_named(&text).ok_or_else(|| unknown(&text))?),
            "ignorefirstrecord" => self.ignores_first = is_true(value),
            "includeheaders" => self.ignores_first |= text.eq_ignore_ascii_case("all"),
            "ingestionmapping" => {
                self.origins = Some(mapping::origins(&text, &self.columns).map_err(|why| {
                    refused(format!("the mapping of `externaldata` {why}"), "mend the mapping")
                })?);
            }
            // What it says, the mapping's own fields say too.
            "ingestionmappingtype" | "ingestionmappingkind" => {}
            "encoding" if text.to_ascii_lowercase().starts_with("utf8") => {}
            "zippattern" => {
                let glob = GlobBuilder::new(&text).literal_separator(false).build();
                let glob = glob.map_err(|_| {
                    refused(format!("`{text}` is no pattern of files"), "write it as `*.csv`")
                })?;
                self.members = Some(glob.compile_matcher());
            }
            _ => {
                let message = format!("the property `{name}` of external data can not be kept to");
                return Err(refused(message, "leave it out, or prepare the file beforehand"));
            }
        }
        Ok(())
    }

    /// The rows of a file.
    pub(super) fn batches(
        &self,
        place: &str,
        bytes: &[u8],
        limit: u64,
    ) -> Result<Vec<RecordBatch>, OutsideError> {
        let shown = super::places::without_keys(place);
        let failed = |why: String| OutsideError::Failed(format!("`{shown}` {why}"));
        let format = match self.format {
            Some(format) => format,
            None => format_of(shown).ok_or_else(|| unknown(shown))?,
        };
        let mut gathered = Gathered::new(&self.columns);
        for text in unpacked(bytes, self.members.as_ref(), limit).map_err(failed)? {
            let text = plain(&text);
            let read = match format {
                Format::Delimited(delimiter) => {
                    let form = Delimited { delimiter, ignores_first: self.ignores_first };
                    form.read(&text, self.origins.as_deref(), &mut gathered)
                }
                Format::Lines => lines::read(&text, self.ignores_first, &mut gathered),
                Format::Raw => gathered.row(|at| match at {
                    0 => Raw::Text(&text),
                    _ => Raw::Absent,
                }),
                Format::Json => json::read(&text, self.origins.as_deref(), &mut gathered),
            };
            read.map_err(failed)?;
        }
        gathered.finish().map_err(failed)
    }
}

/// UTF-8 without a mark; UTF-16 is turned into it, and what is no text is marked.
fn plain(bytes: &[u8]) -> String {
    let units = |from: fn([u8; 2]) -> u16| -> Vec<u16> {
        let (pairs, _) = bytes.get(2..).unwrap_or_default().as_chunks::<2>();
        pairs.iter().map(|pair| from(*pair)).collect()
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xff, 0xfe, ..] => String::from_utf16_lossy(&units(u16::from_le_bytes)),
        [0xfe, 0xff, ..] => String::from_utf16_lossy(&units(u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(is_true) => *is_true,
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

fn unknown(what: &str) -> OutsideError {
    refused(
        format!("`{what}` is in a format that can not be read"),
        "csv, tsv, tsve, psv, scsv, sohsv, txt, raw, json, multijson and singlejson can: say which with `with (format=...)`",
    )
}

fn format_named(name: &str) -> Option<Format> {
    Some(match name.trim().to_ascii_lowercase().as_str() {
        "csv" => Format::Delimited(b','),
        "tsv" | "tsve" => Format::Delimited(b'\t'),
        "psv" => Format::Delimited(b'|'),
        "scsv" => Format::Delimited(b';'),
        "sohsv" => Format::Delimited(1),
        "txt" => Format::Lines,
        "raw" => Format::Raw,
        "json" | "multijson" | "singlejson" => Format::Json,
        _ => return None,
    })
}

/// The format that the ending of a place tells; CSV where it tells none.
fn format_of(place: &str) -> Option<Format> {
    let name = place.rsplit(['/', '\\']).next().unwrap_or(place);
    let mut name = name.to_ascii_lowercase();
    for packed in [".gz", ".zip", ".zst"] {
        if let Some(rest) = name.strip_suffix(packed) {
            name = rest.to_owned();
        }
    }
    match name.rsplit_once('.') {
        Some((_, "avro" | "orc" | "parquet" | "xlsx" | "w3clogfile" | "apacheavro")) => None,
        Some((_, ending)) => Some(format_named(ending).unwrap_or(Format::Delimited(b','))),
        None => Some(Format::Delimited(b',')),
    }
}

/// Gathers rows of declared columns.
pub(super) struct Gathered {
    schema: Arc<Schema>,
    builders: Vec<ColumnBuilder>,
    rows: usize,
    done: Vec<RecordBatch>,
}

impl Gathered {
    pub(super) fn new(columns: &[(Name, Type)]) -> Self {
        let fields: Vec<Field> =
            columns.iter().map(|(name, ty)| physical::field(name, *ty)).collect();
        Self {
            schema: Arc::new(Schema::new(fields)),
            builders: columns.iter().map(|(_, ty)| ColumnBuilder::new(*ty)).collect(),
            rows: 0,
            done: Vec::new(),
        }
    }

    pub(super) fn schema(&self) -> Arc<Schema> {
        Arc::clone(&self.schema)
    }

    /// Adds a row: the value of each column.
    pub(super) fn row<'a>(&mut self, value: impl Fn(usize) -> Raw<'a>) -> Result<(), String> {
        for (at, builder) in self.builders.iter_mut().enumerate() {
            builder.append(value(at)).map_err(|error| error.to_string())?;
        }
        self.rows += 1;
        if self.rows == BATCH_ROWS { self.end() } else { Ok(()) }
    }

    /// Ends a batch.
    fn end(&mut self) -> Result<(), String> {
        self.rows = 0;
        let arrays: Vec<ArrayRef> = self.builders.iter_mut().map(ColumnBuilder::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays);
        self.done.push(batch.map_err(|error| error.to_string())?);
        Ok(())
    }

    /// All rows.
    pub(super) fn finish(mut self) -> Result<Vec<RecordBatch>, String> {
        if self.rows > 0 {
            self.end()?;
        }
        Ok(self.done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_formats() {
        assert_eq!(format_of("https://a.test/b.tsv.gz"), Some(Format::Delimited(b'\t')));
        assert_eq!(format_of("https://a.test/b.txt"), Some(Format::Lines));
        assert_eq!(format_of("https://a.test/b"), Some(Format::Delimited(b',')));
        assert_eq!(format_of("https://a.test/b.netset"), Some(Format::Delimited(b',')));
        assert_eq!(format_of("top-1m.csv.zip"), Some(Format::Delimited(b',')));
        assert_eq!(format_of("a.avro"), None);
    }
}
