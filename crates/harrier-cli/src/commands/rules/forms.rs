//! Lists as JSON, and differences in meaning for a terminal.

use std::io::{self, Write};

use harrier_rules::{ChangeKind, MeaningChange};
use serde::Serialize;

use super::ListFormat;
use crate::formats::table::shown;

/// How much of a fact is shown. **Unit**: characters.
const MOST: usize = 300;

/// Writes values as one document or one a line.
pub(super) fn write_json<T: Serialize>(
    values: &[T],
    format: ListFormat,
    output: &mut impl Write,
) -> io::Result<()> {
    if format == ListFormat::Ndjson {
        for value in values {
            serde_json::to_writer(&mut *output, value)?;
            output.write_all(b"\n")?;
        }
        return Ok(());
    }
    serde_json::to_writer_pretty(&mut *output, values)?;
    output.write_all(b"\n")
}

/// Writes what is different, part by part.
pub(super) fn write_differences(
    differences: &[MeaningChange],
    indentation: &str,
    output: &mut impl Write,
) -> io::Result<()> {
    for difference in differences {
        writeln!(output, "{indentation}{}", difference.part)?;
        for (sign, facts) in [('-', &difference.removed), ('+', &difference.added)] {
            for fact in facts {
                writeln!(output, "{indentation}  {sign} {}", shown(fact, MOST))?;
            }
        }
    }
    Ok(())
}

/// What happened to a file, in a word or two.
pub(super) fn happened(kind: &ChangeKind) -> String {
    match kind {
        ChangeKind::Added => String::from("added"),
        ChangeKind::Changed => String::from("changed"),
        ChangeKind::Renamed { from } => format!("renamed from {}", shown(from, MOST)),
        ChangeKind::Removed => String::from("removed"),
        ChangeKind::AlreadyThere => String::from("there before; older commits are not here"),
    }
}
