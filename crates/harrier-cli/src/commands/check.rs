//! `harrier check`: every mistake of rules, at its place in the rule's file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use harrier_rules::{Checked, LoadError, Loaded, Persona, Seen, load, mend};
use harrier_store::KnownSchemas;
use kql_syntax::Severity;

use crate::arguments::{DataArguments, Limits};
use crate::baseline::Baseline;
use crate::failure::{Exit, Failure};
use crate::formats::check as formats;
use crate::output::Output;
use crate::seen::SeenInData;
use crate::settings::Settings;
use crate::{checking, data, running, screen};

/// Parse, bind and lint rules: every mistake, at its line, why it is one, and how to mend it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct CheckArguments {
    /// Files, folders and globs of rules.
    #[arg(required = true, value_name = "RULES")]
    rules: Vec<PathBuf>,
    /// Functions that the rules call, besides those among the rules; and data that literals, paths and tables are
    /// compared with: what never occurs in it is told.
    #[command(flatten)]
    data: DataArguments,
    /// The form of the results.
    #[arg(long, value_enum, default_value = "text")]
    format: CheckFormat,
    /// Write the results to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Who reads: everybody, who wants clean rules, or who looks for all that could be wrong [default: regular].
    #[arg(long, value_enum, value_name = "WHO")]
    persona: Option<PersonaName>,
    /// What ends the run with exit code 1 [default: error].
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Level>,
    /// Mend in the files what can be mended safely.
    #[arg(long)]
    fix: bool,
    /// Say nothing of what this file knows.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all that is found to a baseline, to be told only of what comes later.
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// Settings and suppressions [default: harrier.toml in this folder, if it is there].
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// The form of what is said of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// Lines of the files with marks under what is wrong.
    Text,
    /// One JSON object a file: path, parse_ok, diagnostics, findings, columns.
    Ndjson,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
    /// JUnit, for build servers.
    Junit,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PersonaName {
    Regular,
    Pedantic,
    Auditor,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Level {
    Error,
    Warning,
    Note,
}

const EXAMPLE: &str = "Examples:
  harrier check demo-out/rules
  harrier check 'rules/**/*.yaml' --format ndjson --functions parsers
  harrier check rules --fix
  harrier check rules --data logs
  harrier check rules --format sarif --out harrier.sarif --fail-on warning

A finding is not told where a comment on its line, or alone on the line above, says so:
  | where ResultType == 50126 // harrier:ignore HR410 the column is a number in our copy
`harrier explain HR410` says what a code means.";

pub(crate) fn run(arguments: &CheckArguments, limits: Limits) -> Result<Exit, Failure> {
    let settings = Settings::load(arguments.config.as_deref())?;
    let mut loaded = data::load_rules(&arguments.rules)?;
    let seen = SeenInData::open(&arguments.data, limits)?;
    let check = |loaded: &Loaded| checked(arguments, loaded, seen.as_ref(), limits);
    let mut checked = check(&loaded);
    if arguments.fix && fix(&checked)? {
        loaded = data::load_rules(&arguments.rules)?;
        checked = check(&loaded);
    }
    let hidden = hide(arguments, &settings, &loaded, &mut checked)?;
    if let Some(path) = &arguments.write_baseline {
        let baseline = Baseline::of(&checked);
        baseline.write(path)?;
        screen::note(&format!("{} findings are known now: {}", baseline.len(), path.display()));
        return Ok(Exit::Clean);
    }
    let fail_on = match arguments.fail_on {
        Some(Level::Error) => Severity::Error,
        Some(Level::Warning) => Severity::Warning,
        Some(Level::Note) => Severity::Information,
        None => settings.fail_on()?.unwrap_or(Severity::Error),
    };
    let mut output = Output::open(arguments.out.as_deref())?;
    match arguments.format {
        CheckFormat::Text => formats::text::write(&checked, &mut output)?,
        CheckFormat::Ndjson => formats::lines::write(&checked, seen.as_ref(), &mut output)?,
        CheckFormat::Sarif => formats::sarif::write(&checked, &mut output)?,
        CheckFormat::Junit => formats::junit::write(&checked, fail_on, &mut output)?,
    }
    output.finish()?;
    for error in &loaded.errors {
        if let LoadError::Unreadable { path, reason, .. } = error {
            screen::error(&format!("{} can not be read: {reason}", path.display()));
        }
    }
    tell(&loaded, &checked, hidden);
    let fails = |one: &Checked| checking::said(one).iter().any(|said| said.severity <= fail_on);
    Ok(if checked.iter().any(fails) { Exit::Found } else { Exit::Clean })
}

fn checked(
    arguments: &CheckArguments,
    loaded: &Loaded,
    seen: Option<&SeenInData>,
    limits: Limits,
) -> Vec<Checked> {
    let mut functions = loaded.functions.clone();
    functions.extend(load(&arguments.data.functions).functions);
    let functions = harrier_rules::stored_functions(&functions, &KnownSchemas);
    let seen = seen.map(|seen| seen as &dyn Seen);
    checking::all(loaded, &functions, seen, running::threads(limits))
}

/// Takes out what is suppressed, not for this reader, or known; gives how many findings that were.
fn hide(
    arguments: &CheckArguments,
    settings: &Settings,
    loaded: &Loaded,
    checked: &mut [Checked],
) -> Result<usize, Failure> {
    let ids: HashMap<&Path, &String> = loaded
        .rules
        .iter()
        .filter_map(|rule| Some((&*rule.file.path, rule.id.as_ref()?)))
        .collect();
    let id_of = |one: &Checked| ids.get(&*one.file.path).map(|id| (*id).clone());
    let mut hidden = checking::suppress_in_files(checked);
    hidden += settings.apply(checked, &id_of)?;
    let persona = match arguments.persona {
        Some(PersonaName::Regular) => Persona::Regular,
        Some(PersonaName::Pedantic) => Persona::Pedantic,
        Some(PersonaName::Auditor) => Persona::Auditor,
        None => settings.persona()?.unwrap_or(Persona::Regular),
    };
    checking::keep_for(checked, persona);
    if let Some(path) = &arguments.baseline {
        hidden += Baseline::read(path)?.apply(checked);
    }
    Ok(hidden)
}

/// How often a file is mended: one edit can make room for another.
const MOST_ROUNDS: usize = 5;

/// Mends the files; whether anything was done.
fn fix(checked: &[Checked]) -> Result<bool, Failure> {
    let mut all = 0;
    for one in checked {
        let mut findings = one.findings.clone();
        harrier_rules::suppress(&one.file.source, &mut findings);
        let mut file = (*one.file).clone();
        for _ in 0..MOST_ROUNDS {
            let Some((bytes, count)) = mend(&file, &findings) else { break };
            let Some(source) = harrier_rules::SourceText::decode(&bytes) else { break };
            std::fs::write(&file.path, &bytes).map_err(|error| {
                Failure::user(format!("`{}` can not be mended: {error}", file.path.display()))
            })?;
            screen::note(&format!("{}: {count} mended", file.path.display()));
            all += count;
            // What overlapped waits for the next run: its place has moved.
            (file.bytes, file.source) = (bytes.into(), source);
            findings.clear();
        }
    }
    Ok(all > 0)
}

fn tell(loaded: &Loaded, checked: &[Checked], hidden: usize) {
    let with = |severity: Severity| {
        let has = |one: &&Checked| checking::said(one).iter().any(|said| said.severity == severity);
        checked.iter().filter(has).count()
    };
    let hidden =
        if hidden > 0 { format!("; {hidden} findings suppressed or known") } else { String::new() };
    screen::note(&format!(
        "{} files: {} rules, {} functions, {} others; {} with errors, {} with warnings, {} with notes{hidden}",
        loaded.file_count(),
        loaded.rules.len(),
        loaded.functions.len(),
        loaded.others.len(),
        with(Severity::Error),
        with(Severity::Warning),
        with(Severity::Information),
    ));
}
