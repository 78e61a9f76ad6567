//! Coverage for a terminal.

use std::io::{self, Write};

use harrier_rules::coverage::Coverage;

/// How many techniques of a tactic, sources and gaps are shown.
const MOST: usize = 12;

pub(crate) fn write(coverage: &Coverage, output: &mut dyn Write) -> io::Result<()> {
    let counts = coverage.techniques;
    let able = |count: usize| {
        if coverage.has_data { format!(", {count} able to match") } else { String::new() }
    };
    writeln!(
        output,
        "{} rules{}; {} of {} techniques of ATT&CK {} claimed{}",
        coverage.rules.len(),
        able(coverage.able),
        counts.claimed,
        counts.all,
        coverage.version,
        able(counts.able)
    )?;
    for column in &coverage.matrix {
        writeln!(
            output,
            "\n{}  {} of {} techniques",
            column.name,
            column.cells.len(),
            column.techniques
        )?;
        let mut cells: Vec<_> = column.cells.iter().collect();
        cells.sort_by(|one, other| {
            other.rules.len().cmp(&one.rules.len()).then_with(|| one.id.cmp(&other.id))
        });
        for cell in cells.iter().take(MOST) {
            let rules = format!("{:>4} rules", cell.rules.len());
            writeln!(output, "  {:<10} {rules}{:<20} {}", cell.id, able(cell.able), cell.name)?;
        }
        if cells.len() > MOST {
            writeln!(output, "  and {} more", cells.len() - MOST)?;
        }
    }
    writeln!(output, "\nData sources")?;
    for row in coverage.sources.iter().take(MOST * 2) {
        let rows = row.rows.map(|rows| format!(", {rows} rows of data")).unwrap_or_default();
        writeln!(output, "  {:<36} {:>4} rules{}{rows}", row.table, row.rules, able(row.able))?;
    }
    if !coverage.gaps.is_empty() {
        writeln!(output, "\nEnable this table, gain these rules")?;
    }
    for gap in coverage.gaps.iter().take(MOST * 2) {
        let connectors = if gap.connectors.is_empty() {
            String::new()
        } else {
            format!("  ({})", gap.connectors.join(", "))
        };
        let more = if gap.with_others > 0 {
            format!(", {} more with other tables", gap.with_others)
        } else {
            String::new()
        };
        let techniques = match gap.techniques.len() {
            0 => String::new(),
            count => format!(", {count} new techniques"),
        };
        writeln!(
            output,
            "  {:<36} {:>4} rules{more}{techniques}{connectors}",
            gap.table,
            gap.gained.len()
        )?;
    }
    Ok(())
}
