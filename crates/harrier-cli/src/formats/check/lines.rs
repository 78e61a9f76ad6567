//! One JSON object a file.

use std::collections::BTreeMap;
use std::io::{self, Write};

use harrier_rules::{CheckLine, Checked, Seen};
use serde::Serialize;

use crate::seen::SeenInData;

/// A line, and what the data says of the tables that the rule reads.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    line: CheckLine,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<BTreeMap<String, Rows>>,
}

/// The rows of a table.
#[derive(Serialize)]
struct Rows {
    rows: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows_a_day: Option<f64>,
}

pub(crate) fn write(
    checked: &[Checked],
    seen: Option<&SeenInData>,
    output: &mut dyn Write,
) -> io::Result<()> {
    for one in checked {
        let line = Line { line: one.line(), data: seen.map(|seen| rows(one, seen)) };
        serde_json::to_writer(&mut *output, &line).map_err(io::Error::from)?;
        output.write_all(b"\n")?;
    }
    Ok(())
}

fn rows(checked: &Checked, seen: &SeenInData) -> BTreeMap<String, Rows> {
    let of = |table: &kql_syntax::Name| {
        let rows = Rows { rows: seen.rows(table).unwrap_or(0), rows_a_day: seen.rows_a_day(table) };
        (table.to_string(), rows)
    };
    checked.tables.iter().map(of).collect()
}
