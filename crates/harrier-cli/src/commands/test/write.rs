//! What became of tests, as lines.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use harrier_detect::testing::{CaseOutcome, Coverage, TestReport};
use serde::Serialize;

use crate::formats::table::shown;
use crate::screen;

/// How much of a row is shown. **Unit**: characters.
const MOST: usize = 400;
/// How many branches are named that were not reached.
const MOST_BRANCHES: usize = 8;

/// Writes one file of tests for a terminal.
pub(super) fn text(path: &Path, report: &TestReport, output: &mut impl Write) -> io::Result<()> {
    writeln!(output, "{}", screen::clean(&path.display().to_string()))?;
    for case in &report.cases {
        let name = shown(&case.name, 200);
        match &case.outcome {
            CaseOutcome::Passed => {
                let rows = if case.rows == 1 { "row" } else { "rows" };
                writeln!(
                    output,
                    "  ok      {name} ({} {rows}, {} ms)",
                    case.rows, case.elapsed_ms
                )?;
            }
            CaseOutcome::Failed { reasons, found } => {
                writeln!(output, "  FAILED  {name} (line {})", case.line)?;
                for reason in reasons {
                    writeln!(output, "          {}", shown(reason, MOST))?;
                }
                for row in found {
                    writeln!(output, "          found {}", shown(row, MOST))?;
                }
            }
            CaseOutcome::Broken { reason } => {
                writeln!(output, "  BROKEN  {name} (line {})", case.line)?;
                writeln!(output, "          {}", shown(reason, MOST))?;
            }
        }
    }
    if let Some(line) = report.coverage.as_ref().and_then(coverage_line) {
        writeln!(output, "  {line}")?;
    }
    Ok(())
}

/// `branches: 7 of 9 reached; not: line 12 or …`; none where the query has none.
pub(super) fn coverage_line(coverage: &Coverage) -> Option<String> {
    let (reached, of) = coverage.counts();
    if of == 0 {
        return None;
    }
    let missed: Vec<String> = coverage
        .branches
        .iter()
        .filter(|branch| !branch.is_reached)
        .map(|branch| format!("line {} {} `{}`", branch.line, branch.what, shown(&branch.text, 60)))
        .collect();
    let more = missed.len().saturating_sub(MOST_BRANCHES);
    let mut line = format!("branches: {reached} of {of} reached");
    if !missed.is_empty() {
        let named: Vec<String> = missed.into_iter().take(MOST_BRANCHES).collect();
        line.push_str(&format!("; not reached: {}", named.join("; ")));
    }
    if more > 0 {
        line.push_str(&format!("; and {more} more"));
    }
    Some(line)
}

#[derive(Serialize)]
struct Line<'a> {
    path: String,
    #[serde(flatten)]
    report: &'a TestReport,
}

/// Writes one JSON object a file of tests.
pub(super) fn lines(done: &[(PathBuf, TestReport)], output: &mut impl Write) -> io::Result<()> {
    for (path, report) in done {
        let line = Line { path: path.to_string_lossy().into_owned(), report };
        serde_json::to_writer(&mut *output, &line)?;
        output.write_all(b"\n")?;
    }
    Ok(())
}
