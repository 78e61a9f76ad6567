//! One line a row found; the row itself is JSON in the last column, since every rule has columns of its own.

use std::io::{self, Write};

use harrier_detect::HuntReport;
use serde_json::{Map, Value as Json};

use super::found;

/// Each row with the rule that found it.
pub(super) fn write(report: &HuntReport, output: &mut impl Write) -> io::Result<()> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(output);
    writer.write_record(["Severity", "Rule", "Id", "Path", "Techniques", "Time", "Row"])?;
    for found in found(report) {
        for row in &found.hits.rows {
            let cells = found.hits.columns.iter().zip(&row.values);
            let cells: Map<String, Json> =
                cells.map(|(column, value)| (column.name.clone(), value.clone())).collect();
            writer.write_record([
                found.severity(),
                &found.rule.name,
                found.rule.id.as_deref().unwrap_or_default(),
                &found.outcome.path,
                &found.rule.techniques.join(" "),
                &row.time.map(|time| time.to_string()).unwrap_or_default(),
                &Json::Object(cells).to_string(),
            ])?;
        }
    }
    writer.flush()
}
