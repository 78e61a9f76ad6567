//! Results in the forms that people and programs read.

pub(crate) mod check;
pub(crate) mod coverage;
mod csv;
pub(crate) mod hunt;
mod json;
mod parquet;
pub(crate) mod table;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kql_engine::AnswerTable;

use crate::failure::Failure;
use crate::output::Output;

/// The form of a query's results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns for a terminal.
    Table,
    /// {"columns":[{"name","type"}],"rows":[[…]]}, the first table where there are several.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// Values divided by commas.
    Csv,
    /// Apache Parquet, one file a table.
    Parquet,
}

impl Format {
    /// The one asked for; else the one that the file's ending names; else a table.
    pub(crate) fn chosen(asked: Option<Self>, out: Option<&Path>) -> Result<Self, Failure> {
        if let Some(asked) = asked {
            return Ok(asked);
        }
        let Some(out) = out else { return Ok(Self::Table) };
        let ending = out.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("txt") => Ok(Self::Table),
            Some("json") => Ok(Self::Json),
            Some("ndjson" | "jsonl") => Ok(Self::Ndjson),
            Some("csv") => Ok(Self::Csv),
            Some("parquet") => Ok(Self::Parquet),
            _ => Err(Failure::user_with(
                format!("the ending of `{}` names no format", out.display()),
                "end it in .json, .ndjson, .csv, .parquet or .txt, or say --format",
            )),
        }
    }
}

/// Writes the tables of an answer.
pub(crate) fn write(
    tables: &[AnswerTable],
    format: Format,
    out: Option<&Path>,
) -> Result<(), Failure> {
    if format == Format::Parquet {
        return write_parquet(tables, out);
    }
    let mut output = Output::open(out)?;
    match format {
        Format::Table => table::write(tables, &mut output)?,
        Format::Json => json::write_document(tables, &mut output)?,
        Format::Ndjson => json::write_lines(tables, &mut output)?,
        Format::Csv => csv::write(tables, &mut output)?,
        Format::Parquet => {}
    }
    output.finish()
}

fn write_parquet(tables: &[AnswerTable], out: Option<&Path>) -> Result<(), Failure> {
    for (index, table) in tables.iter().enumerate() {
        let path = match out {
            Some(path) => Some(numbered(path, index)),
            None if tables.len() > 1 => {
                return Err(Failure::user_with(
                    format!(
                        "the query gives {} tables, and a Parquet file holds one",
                        tables.len()
                    ),
                    "name a file with --out; the tables go to out.parquet, out-2.parquet, …",
                ));
            }
            None => None,
        };
        let mut output = Output::open(path.as_deref())?;
        parquet::write(table, &mut output)?;
        output.finish()?;
    }
    Ok(())
}

/// `out.parquet`, `out-2.parquet`, …
fn numbered(path: &Path, index: usize) -> PathBuf {
    if index == 0 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    path.with_file_name(format!("{stem}-{}{}", index + 1, ending.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_name_formats() {
        let guess = |name: &str| Format::chosen(None, Some(Path::new(name))).ok();
        assert_eq!(guess("a.CSV"), Some(Format::Csv));
        assert_eq!(guess("a.jsonl"), Some(Format::Ndjson));
        assert_eq!(guess("a"), None);
        assert_eq!(Format::chosen(None, None).ok(), Some(Format::Table));
        assert_eq!(
            Format::chosen(Some(Format::Json), Some(Path::new("a.csv"))).ok(),
            Some(Format::Json)
        );
    }

    #[test]
    fn further_tables_are_numbered() {
        assert_eq!(numbered(Path::new("d/out.parquet"), 0), Path::new("d/out.parquet"));
        assert_eq!(numbered(Path::new("d/out.parquet"), 1), Path::new("d/out-2.parquet"));
    }
}
