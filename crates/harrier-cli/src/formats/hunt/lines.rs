//! One JSON object a row found.

use std::io::{self, Write};

use harrier_detect::HuntReport;
use serde_json::{Map, Value as Json, json};

use super::found;

/// Each row with the rule that found it.
pub(super) fn write(report: &HuntReport, output: &mut impl Write) -> io::Result<()> {
    for found in found(report) {
        let columns = &found.hits.columns;
        for row in &found.hits.rows {
            let cells = columns.iter().zip(&row.values);
            let cells: Map<String, Json> =
                cells.map(|(column, value)| (column.name.clone(), value.clone())).collect();
            let line = json!({
                "rule": found.rule.name,
                "id": found.rule.id,
                "path": found.outcome.path,
                "severity": found.rule.severity,
                "tactics": found.rule.tactics,
                "techniques": found.rule.techniques,
                "time": row.time,
                "row": cells,
            });
            writeln!(output, "{line}")?;
        }
    }
    Ok(())
}
