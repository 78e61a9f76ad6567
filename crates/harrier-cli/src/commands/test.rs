//! `harrier test`: rules over the events of the tests beside them.

mod gather;
mod junit;
mod new;
mod watch;
mod write;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use harrier_detect::testing::{TestOptions, TestReport, run_tests};
use harrier_rules::load;

use crate::arguments::Limits;
use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::{running, screen};
use gather::Gathered;

/// Run the tests written beside rules: `NAME.test.yaml`, with events and what must come of them.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct TestArguments {
    /// Rules, files of tests, and folders of them.
    #[arg(required = true, value_name = "RULES")]
    rules: Vec<PathBuf>,
    /// Files and folders of functions that the rules call (parsers), besides those among the rules.
    #[arg(long, value_name = "PATH")]
    functions: Vec<PathBuf>,
    /// Write the beginning of tests beside each rule, from the literals of its query, and run them.
    #[arg(long)]
    new: bool,
    /// Only cases whose name holds this.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Do not tell which branches of the queries were reached.
    #[arg(long)]
    no_coverage: bool,
    /// Run again whenever a rule or a test changes, until Ctrl-C.
    #[arg(long, conflicts_with_all = ["new", "out"])]
    watch: bool,
    /// The form of the results [default: by the ending of --out, else text].
    #[arg(long, value_enum)]
    format: Option<TestFormat>,
    /// Write the results to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The form of what became of tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TestFormat {
    /// Lines for a terminal.
    Text,
    /// One JSON object a file of tests.
    Ndjson,
    /// JUnit XML, as build servers read it.
    Junit,
}

const EXAMPLE: &str = "A file of tests:
  as_of: 2026-03-02T12:00:00Z
  cases:
    - name: ten wrong passwords, then the right one
      tables:
        SigninLogs:
          - repeat: 10
            every: 1m
            event: {TimeGenerated: 2026-03-02T11:00:00Z, UserPrincipalName: a@x.org, ResultType: '50126'}
          - {TimeGenerated: 2026-03-02T11:20:00Z, UserPrincipalName: a@x.org, ResultType: '0'}
      expect: {count: 1, rows: [{UserPrincipalName: a@x.org}], entities: [{Account: a@x.org}]}
    - name: somebody else
      tables: {SigninLogs: events/quiet.ndjson}
      expect: nothing

Examples:
  harrier test rules
  harrier test rules/odd.yaml --new
  harrier test rules --format junit --out tests.xml

Ends with exit code 1 where a test fails.";

pub(crate) fn run(arguments: &TestArguments, limits: Limits) -> Result<Exit, Failure> {
    if arguments.new {
        return new::run(arguments, limits);
    }
    if arguments.watch {
        return watch::run(arguments, limits);
    }
    once(arguments, limits)
}

impl TestArguments {
    fn format(&self) -> TestFormat {
        let ending = self.out.as_ref().and_then(|out| out.extension());
        self.format.unwrap_or(match ending.and_then(|ending| ending.to_str()) {
            Some("xml") => TestFormat::Junit,
            Some("ndjson" | "jsonl" | "json") => TestFormat::Ndjson,
            _ => TestFormat::Text,
        })
    }

    fn options(&self, limits: Limits) -> TestOptions {
        TestOptions {
            deadline: limits.timeout,
            covers: !self.no_coverage,
            threads: 1,
            memory: limits.memory,
        }
    }
}

/// Runs all tests once.
fn once(arguments: &TestArguments, limits: Limits) -> Result<Exit, Failure> {
    let gathered = gather::gather(&arguments.rules, arguments.only.as_deref())?;
    once_over(arguments, gathered, limits)
}

fn once_over(
    arguments: &TestArguments,
    gathered: Gathered,
    limits: Limits,
) -> Result<Exit, Failure> {
    let mut output = Output::open(arguments.out.as_deref())?;
    let mut functions = gathered.functions;
    functions.append(load(&arguments.functions));
    functions.rules.clear();
    let options = arguments.options(limits);
    let runtime = running::runtime(limits)?;
    let mut done: Vec<(PathBuf, TestReport)> = Vec::new();
    for (rule, tests) in &gathered.tests {
        let work = run_tests(rule, tests, &functions, &options);
        let report = running::until_interrupted(&runtime, work)?;
        if arguments.format() == TestFormat::Text {
            write::text(&tests.path, &report, &mut output)?;
            std::io::Write::flush(&mut output)?;
        }
        done.push((tests.path.clone(), report));
    }
    match arguments.format() {
        TestFormat::Text => {}
        TestFormat::Ndjson => write::lines(&done, &mut output)?,
        TestFormat::Junit => junit::write(&done, &mut output)?,
    }
    output.finish()?;
    let counts = done.iter().map(|(_, report)| report.counts());
    let (passed, failed, broken) =
        counts.fold((0, 0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2));
    screen::note(&format!("{passed} passed, {failed} failed, {broken} could not be run"));
    if gathered.faults > 0 {
        return Ok(Exit::Refused);
    }
    Ok(if failed + broken > 0 { Exit::Found } else { Exit::Clean })
}
