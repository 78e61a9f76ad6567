//! `harrier demo`: a lake with planted attacks, hunted, and the report of it.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use harrier::demo::{self, Demo, DemoError, STORY_PRINCIPALS, verdict};
use harrier::report::{ReportOptions, html};
use harrier_detect::report::{Outcome, RuleOutcome};
use harrier_detect::{HuntOptions, HuntReport};
use harrier_rules::load;
use harrier_store::Store;

use crate::arguments::{DataArguments, Limits};
use crate::failure::{Exit, Failure};
use crate::formats::hunt::{self as formats, HuntFormat};
use crate::output::Output;
use crate::{data, hunting, screen};

/// Make a small lake of logs with attacks planted in it, hunt, and leave a report.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct DemoArguments {
    /// The folder for logs, rules and report; new, empty, or an older demo's.
    #[arg(long, value_name = "DIR", default_value = "demo-out")]
    out: PathBuf,
    /// Other logs for another seed.
    #[arg(long, value_name = "N", default_value_t = 7)]
    seed: u64,
}

const EXAMPLE: &str = "Example:
  harrier demo --out demo-out";

pub(crate) fn run(arguments: &DemoArguments, limits: Limits) -> Result<Exit, Failure> {
    screen::note("making two weeks of logs of a company of 120 people, with attacks in them");
    let demo = demo::make(&arguments.out, arguments.seed).map_err(|error| not_made(&error))?;
    let logs = DataArguments { data: vec![demo.logs.clone()], ..DataArguments::default() };
    let store = data::open(&logs, limits)?;
    let report = hunt(&store, &demo.rules, &demo, limits)?;
    let story = hunt(&store, &demo.story, &demo, limits)?;
    if report.was_interrupted || story.was_interrupted {
        return Err(Failure::Interrupted);
    }
    let page = arguments.out.join("report.html");
    write_page(&report, &page)?;
    let mut output = Output::open(None)?;
    let tables = store.tables_with_data().len();
    writeln!(
        output,
        "\n{} events in {tables} tables, in nine forms in which people export them: {}\n",
        demo.events,
        demo.logs.display()
    )?;
    formats::write(&report, HuntFormat::Table, &mut output)?;
    let differences = verdict::differences(&demo.planted, &report);
    write_verdict(&demo, &differences, &mut output)?;
    write_story(&story, &demo, &mut output)?;
    write_next(arguments, &page, &mut output)?;
    output.finish()?;
    formats::summary::tell(&report);
    Ok(if differences.is_empty() { Exit::Clean } else { Exit::Found })
}

fn hunt(store: &Store, rules: &Path, demo: &Demo, limits: Limits) -> Result<HuntReport, Failure> {
    let loaded = load(&[rules.to_owned()]);
    let paths = hunting::names(std::slice::from_ref(&demo.logs));
    hunting::run(store, &loaded, HuntOptions { paths, ..HuntOptions::default() }, limits)
}

fn write_page(report: &HuntReport, path: &Path) -> Result<(), Failure> {
    let options = ReportOptions {
        title: String::from("Larkspur: two weeks in November"),
        ..ReportOptions::default()
    };
    let page = html(report, &options);
    let page =
        page.map_err(|error| Failure::Own(format!("the report can not be made: {error}")))?;
    let mut output = Output::open(Some(path))?;
    output.write_all(page.as_bytes())?;
    output.finish()
}

fn write_verdict(demo: &Demo, differences: &[String], output: &mut Output) -> Result<(), Failure> {
    let attacks: usize = demo.planted.iter().map(|planted| planted.keys.len()).sum();
    if differences.is_empty() {
        let rules = demo.planted.len();
        writeln!(
            output,
            "\n{attacks} attacks are planted for {rules} rules, with decoys just under each threshold: all of them are found, and nothing else."
        )?;
        return Ok(());
    }
    writeln!(output, "\nNot as planted:")?;
    for difference in differences {
        writeln!(output, "  {}", screen::clean(difference))?;
    }
    Ok(())
}

/// What is told of each state of the story's rule.
const TOLD: [(&str, &str); 3] = [
    (
        "as first written",
        "No join kind is written, so KQL keeps one sign-in of each service principal: the first, and that came from home.",
    ),
    (
        "every sign-in kept: kind=inner",
        "Half are missed still: the rule says \"application - Certificates\", and the audit log writes an en dash there.",
    ),
    ("as the log spells it", "The rule's author could not see the difference. The data can."),
];

fn write_story(story: &HuntReport, demo: &Demo, output: &mut Output) -> Result<(), Failure> {
    writeln!(output, "\nOne rule in three states, over the same logs: {}", demo.story.display())?;
    for (outcome, (name, why)) in story.outcomes.iter().zip(TOLD) {
        let (rows, principals) = found(outcome);
        writeln!(
            output,
            "  {name:32} {rows:>3} rows, {principals} of {STORY_PRINCIPALS} attacked service principals\n      {why}"
        )?;
    }
    Ok(())
}

/// How many rows, and how many service principals in them.
fn found(outcome: &RuleOutcome) -> (u64, usize) {
    let Outcome::Hits(hits) = &outcome.outcome else { return (0, 0) };
    let mut principals = verdict::values(hits, "ServicePrincipalName");
    principals.sort();
    principals.dedup();
    (hits.count, principals.len())
}

fn write_next(arguments: &DemoArguments, page: &Path, output: &mut Output) -> Result<(), Failure> {
    let folder = arguments.out.display();
    writeln!(output, "\nThe report: {}\n\nGo on with:", page.display())?;
    writeln!(
        output,
        "  harrier query 'SigninLogs | summarize count() by ResultType' --data {folder}/logs"
    )?;
    writeln!(output, "  harrier check {folder}/rules")?;
    writeln!(output, "  harrier hunt YOUR-RULES --data YOUR-LOGS --out report.html")?;
    Ok(())
}

fn not_made(error: &DemoError) -> Failure {
    Failure::user(error.to_string())
}
