//! What a hunt found, in the forms that people and programs read.

mod csv;
mod lines;
pub(crate) mod summary;
mod table;

use std::io::Write;
use std::path::Path;

use clap::ValueEnum;
use harrier::report::{ReportOptions, html};
use harrier_detect::HuntReport;
use harrier_detect::report::{Hits, Outcome, RuleFacts, RuleOutcome, Severity};

use crate::failure::Failure;
use crate::output::Output;

/// The form of a hunt's results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum HuntFormat {
    /// The rules that found something, for a terminal.
    Table,
    /// One JSON object a row found.
    Ndjson,
    /// One line a row found.
    Csv,
    /// A page to read and to keep.
    Html,
    /// All there is to say, as one JSON document.
    Json,
}

impl HuntFormat {
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
            Some("html" | "htm") => Ok(Self::Html),
            _ => Err(Failure::user_with(
                format!("the ending of `{}` names no format", out.display()),
                "end it in .html, .ndjson, .csv, .json or .txt, or say --format",
            )),
        }
    }
}

/// Writes what a hunt found.
pub(crate) fn write(
    report: &HuntReport,
    format: HuntFormat,
    output: &mut Output,
) -> Result<(), Failure> {
    match format {
        HuntFormat::Table => table::write(report, output)?,
        HuntFormat::Ndjson => lines::write(report, output)?,
        HuntFormat::Csv => csv::write(report, output)?,
        HuntFormat::Html => {
            let page = html(report, &ReportOptions::default());
            let page =
                page.map_err(|error| Failure::Own(format!("the report can not be made: {error}")))?;
            output.write_all(page.as_bytes())?;
        }
        HuntFormat::Json => {
            serde_json::to_writer(&mut *output, report).map_err(std::io::Error::from)?;
            output.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// A rule with hits.
struct Found<'a> {
    outcome: &'a RuleOutcome,
    rule: &'a RuleFacts,
    hits: &'a Hits,
}

impl Found<'_> {
    fn severity(&self) -> &'static str {
        severity_name(self.rule.severity)
    }
}

/// The rules with hits; the gravest first, then the earliest.
fn found(report: &HuntReport) -> Vec<Found<'_>> {
    let found = report.outcomes.iter().filter_map(|outcome| {
        let Outcome::Hits(hits) = &outcome.outcome else { return None };
        Some(Found { outcome, rule: outcome.rule.as_ref()?, hits })
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.rule.severity), one.hits.first));
    found
}

/// The word for a severity, as rules write it.
fn severity_name(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::High) => "High",
        Some(Severity::Medium) => "Medium",
        Some(Severity::Low) => "Low",
        Some(Severity::Informational) => "Informational",
        None => "-",
    }
}

/// A time down to the second.
fn seconds(time: Option<harrier_detect::report::Instant>) -> String {
    let text = time.map(|time| time.to_string()).unwrap_or_default();
    text.chars().take(19).map(|c| if c == 'T' { ' ' } else { c }).collect()
}
