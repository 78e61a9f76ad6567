//! `harrier fmt`: canonical KQL.

use std::io::{Read, Write};
use std::path::PathBuf;

use clap::Args;
use harrier_rules::{QueryText, RuleFile, with_query};
use kql_syntax::Diagnostic;

use crate::diagnostics::{self, Source};
use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::{data, screen};

/// Lay queries out in one way: each operator on its line, comments kept, no word changed.
///
/// Files are rewritten where they lie; of a rule in YAML only the lines of the query change. A query with mistakes is left alone.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct FmtArguments {
    /// Files, folders and globs of rules and queries; `-` reads a query from standard input and prints it.
    #[arg(required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
    /// Change nothing; name the files that would change, and end with exit code 1 where there are any.
    #[arg(long)]
    check: bool,
}

const EXAMPLE: &str = "Examples:
  echo 'SigninLogs|where ResultType!=0|count' | harrier fmt -
  harrier fmt demo-out/rules --check";

/// What became of files.
#[derive(Default)]
struct Tally {
    changed: usize,
    same: usize,
    left: usize,
}

pub(crate) fn run(arguments: &FmtArguments) -> Result<Exit, Failure> {
    if let [only] = arguments.files.as_slice()
        && only.as_os_str() == "-"
    {
        return standard_input(arguments.check);
    }
    let loaded = data::load_rules(&arguments.files)?;
    let rules = loaded.rules.iter().map(|rule| (&*rule.file, &rule.query, rule.part.is_some()));
    let functions = loaded.functions.iter().map(|file| (&*file.file, &file.query, false));
    let mut output = Output::open(None)?;
    let mut tally = Tally::default();
    for (file, query, is_part) in rules.chain(functions) {
        let name = file.path.display();
        let Some(bytes) = laid_out(file, query, is_part) else {
            tally.left += 1;
            continue;
        };
        if *bytes == *file.bytes {
            tally.same += 1;
            continue;
        }
        tally.changed += 1;
        if arguments.check {
            writeln!(output, "{name}")?;
        } else {
            replace(&file.path, &bytes)?;
        }
    }
    output.finish()?;
    let did = if arguments.check { "would change" } else { "changed" };
    screen::note(&format!(
        "{} files {did}, {} as they should be, {} left alone",
        tally.changed, tally.same, tally.left
    ));
    Ok(if arguments.check && tally.changed > 0 { Exit::Found } else { Exit::Clean })
}

/// A file with its query laid out; none, and the reason said, where it is left alone.
fn laid_out(file: &RuleFile, query: &QueryText, is_part: bool) -> Option<Vec<u8>> {
    let name = file.path.display();
    let formatted = match kql_syntax::format(&query.text) {
        Ok(formatted) => formatted,
        Err(faults) => {
            let first = faults.into_iter().find(Diagnostic::is_error);
            if let Some(first) = first {
                let at = query.offsets.diagnostic(first);
                let name = name.to_string();
                diagnostics::tell(Source { name: &name, text: &file.source.text }, &[at]);
            }
            return None;
        }
    };
    let bytes = if is_part { None } else { with_query(file, query, &formatted) };
    if bytes.is_none() {
        screen::warning(&format!(
            "{name} is left alone: its query is no block of lines; write it below `query: |`"
        ));
    }
    bytes
}

/// Writes a file whole or not at all.
fn replace(path: &std::path::Path, bytes: &[u8]) -> Result<(), Failure> {
    let part = path.with_extension(format!("harrier-{}.part", std::process::id()));
    let written = std::fs::write(&part, bytes).and_then(|()| {
        let permissions = std::fs::metadata(path)?.permissions();
        std::fs::set_permissions(&part, permissions)?;
        std::fs::rename(&part, path)
    });
    written.map_err(|error| {
        // The part that was not finished is of no use.
        let _ = std::fs::remove_file(&part);
        Failure::user(format!("{} can not be written: {error}", path.display()))
    })
}

fn standard_input(is_check: bool) -> Result<Exit, Failure> {
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text).map_err(|error| {
        Failure::user(format!("standard input can not be read as text: {error}"))
    })?;
    match kql_syntax::format(&text) {
        Ok(formatted) if is_check => Ok(if formatted == text { Exit::Clean } else { Exit::Found }),
        Ok(formatted) => {
            let mut output = Output::open(None)?;
            output.write_all(formatted.as_bytes())?;
            output.finish()?;
            Ok(Exit::Clean)
        }
        Err(faults) => {
            diagnostics::tell(Source { name: "<stdin>", text: &text }, &faults);
            Ok(Exit::Refused)
        }
    }
}
