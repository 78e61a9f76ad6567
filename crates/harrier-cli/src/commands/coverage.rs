//! `harrier coverage`: what rules cover of ATT&CK and of data sources.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use harrier::feed;
use harrier_rules::attack::Version;
use harrier_rules::coverage::{Coverage, layer};

use crate::arguments::{DataArguments, Limits};
use crate::failure::{Exit, Failure};
use crate::formats::coverage as formats;
use crate::output::Output;
use crate::{pages, screen};

/// Say which ATT&CK techniques and data sources rules cover: claimed, and able to match.
///
/// A rule claims what its file names. With --data it is told which rules are able to match: those that bind, whose
/// tables have rows, and whose literals occur.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct CoverageArguments {
    /// Files, folders and globs of rules.
    #[arg(required = true, value_name = "RULES")]
    rules: Vec<PathBuf>,
    #[command(flatten)]
    data: DataArguments,
    /// The version of ATT&CK's matrix. Sentinel names tactics and techniques of 18.
    #[arg(long, value_name = "VERSION", value_enum, default_value = "19")]
    attack: MatrixVersion,
    /// The form of the results [default: by the ending of --out, else table].
    #[arg(long, value_enum)]
    format: Option<CoverageFormat>,
    /// Write the results to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A version of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MatrixVersion {
    /// 18, with Defense Evasion.
    #[value(name = "18")]
    V18,
    /// 19, with Stealth and Defense Impairment.
    #[value(name = "19")]
    V19,
}

impl From<MatrixVersion> for Version {
    fn from(version: MatrixVersion) -> Self {
        match version {
            MatrixVersion::V18 => Self::V18,
            MatrixVersion::V19 => Self::V19,
        }
    }
}

/// The form of the coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CoverageFormat {
    /// Lines for a terminal.
    Table,
    /// A heat map whose cells open to their rules.
    Html,
    /// The model as one JSON object.
    Json,
    /// A layer of the ATT&CK Navigator, format 4.5.
    Navigator,
}

const EXAMPLE: &str = "Examples:
  harrier coverage demo-out/rules --data demo-out/logs
  harrier coverage rules --format navigator --out layer.json";

pub(crate) fn run(arguments: &CoverageArguments, limits: Limits) -> Result<Exit, Failure> {
    let read = pages::read(&arguments.rules, &arguments.data, limits)?;
    let refs: Vec<_> = read.pages.iter().collect();
    let coverage = Coverage::of(&refs, read.observed.as_ref(), arguments.attack.into());
    let ending = arguments
        .out
        .as_deref()
        .and_then(|path| path.extension())
        .and_then(|ending| ending.to_str());
    let format = arguments.format.unwrap_or(match ending {
        Some("html" | "htm") => CoverageFormat::Html,
        Some("json") => CoverageFormat::Json,
        _ => CoverageFormat::Table,
    });
    let mut output = Output::open(arguments.out.as_deref())?;
    match format {
        CoverageFormat::Table => formats::write(&coverage, &mut output)?,
        CoverageFormat::Html => {
            let text =
                feed::coverage_page(&coverage).map_err(|error| Failure::Own(error.to_string()))?;
            output.write_all(text.as_bytes())?;
        }
        CoverageFormat::Json => {
            serde_json::to_writer_pretty(&mut output, &coverage).map_err(std::io::Error::from)?;
            output.write_all(b"\n")?;
        }
        CoverageFormat::Navigator => {
            serde_json::to_writer_pretty(&mut output, &layer(&coverage, "Harrier"))
                .map_err(std::io::Error::from)?;
            output.write_all(b"\n")?;
        }
    }
    output.finish()?;
    screen::note(&format!(
        "{} rules, {} of {} techniques claimed",
        coverage.rules.len(),
        coverage.techniques.claimed,
        coverage.techniques.all
    ));
    Ok(Exit::Clean)
}
