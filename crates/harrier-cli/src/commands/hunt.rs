//! `harrier hunt`: rules over logs.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use harrier_detect::report::{Outcome, Severity};
use harrier_detect::{HuntOptions, HuntReport};

use crate::arguments::{DataArguments, Limits};
use crate::failure::{Exit, Failure};
use crate::formats::hunt::{self as formats, HuntFormat};
use crate::output::Output;
use crate::{data, hunting, screen, values};

/// Run rules over logs, replaying their time windows over the whole of the data.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct HuntArguments {
    /// Files, folders and globs of rules.
    #[arg(required = true, value_name = "RULES")]
    rules: Vec<PathBuf>,
    #[command(flatten)]
    data: DataArguments,
    /// The first instant looked at [default: the first event of each rule's tables].
    #[arg(long, value_name = "TIME", value_parser = values::instant, conflicts_with = "as_of")]
    from: Option<i64>,
    /// The last instant looked at [default: the last event that is not in the future].
    #[arg(long, value_name = "TIME", value_parser = values::instant, conflicts_with = "as_of")]
    to: Option<i64>,
    /// Time between two runs of a rule [default: as the rule's own windows say].
    #[arg(long, value_name = "TIME", value_parser = values::ticks, conflicts_with = "as_of")]
    every: Option<i64>,
    /// One run only, whose now() this is.
    #[arg(long, value_name = "TIME", value_parser = values::instant)]
    as_of: Option<i64>,
    /// The form of the results [default: by the ending of --out, else table].
    #[arg(long, value_enum)]
    format: Option<HuntFormat>,
    /// Write the results to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// End with exit code 1 where a rule of this severity or a graver one found something.
    #[arg(long, value_name = "SEVERITY", value_enum, ignore_case = true)]
    fail_on: Option<FailOn>,
    /// End with exit code 1 where a rule can not run.
    #[arg(long)]
    strict: bool,
}

/// From which severity on hits are told by the exit code.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    Informational,
    Low,
    Medium,
    High,
}

const EXAMPLE: &str = "Examples:
  harrier hunt demo-out/rules --data demo-out/logs
  harrier hunt demo-out/rules --data demo-out/logs --out report.html
  harrier hunt 'demo-out/rules/identity/*.yaml' --data demo-out/logs --fail-on high";

/// How many rows of a rule are kept.
const MOST_ROWS: usize = 100_000;

pub(crate) fn run(arguments: &HuntArguments, limits: Limits) -> Result<Exit, Failure> {
    let format = HuntFormat::chosen(arguments.format, arguments.out.as_deref())?;
    if arguments.data.data.is_empty() {
        return Err(Failure::user_with(
            "there is nothing to hunt in",
            "name the logs with --data DIR",
        ));
    }
    if let (Some(from), Some(to)) = (arguments.from, arguments.to)
        && from > to
    {
        return Err(Failure::user("--from is later than --to"));
    }
    let loaded = data::load_rules(&arguments.rules)?;
    // Where results can not be written is said before the work is done.
    let mut output = Output::open(arguments.out.as_deref())?;
    let store = data::open(&arguments.data, limits)?;
    let options = HuntOptions {
        paths: hunting::names(&arguments.data.data),
        every: arguments.every,
        from: arguments.from,
        to: arguments.to,
        as_of: arguments.as_of,
        max_rows: if format == HuntFormat::Html { 1_000 } else { MOST_ROWS },
        ..HuntOptions::default()
    };
    let report = hunting::run(&store, &loaded, options, limits)?;
    formats::write(&report, format, &mut output)?;
    output.finish()?;
    formats::summary::tell(&report);
    if let Some(out) = &arguments.out {
        screen::note(&format!("written to {}", out.display()));
    }
    if report.was_interrupted {
        return Err(Failure::Interrupted);
    }
    Ok(exit(arguments, &report))
}

fn exit(arguments: &HuntArguments, report: &HuntReport) -> Exit {
    let least = arguments.fail_on.map(|least| match least {
        FailOn::Informational => Severity::Informational,
        FailOn::Low => Severity::Low,
        FailOn::Medium => Severity::Medium,
        FailOn::High => Severity::High,
    });
    let is_found = report.outcomes.iter().any(|outcome| match &outcome.outcome {
        Outcome::Hits(_) => {
            let severity = outcome.rule.as_ref().and_then(|rule| rule.severity);
            // A rule without a severity counts as the least grave.
            let severity = severity.unwrap_or(Severity::Informational);
            least.is_some_and(|least| severity >= least)
        }
        Outcome::CannotRun { .. } => arguments.strict,
        _ => false,
    });
    if is_found { Exit::Found } else { Exit::Clean }
}
