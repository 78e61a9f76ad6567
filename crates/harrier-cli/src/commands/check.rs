//! `harrier check`: every mistake of rules, at its place in the rule's file.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use harrier_rules::{
    Checked, LoadError, Loaded, RuleCatalog, check, check_error, check_function, load,
};
use harrier_store::KnownSchemas;
use kql_semantics::BindOptions;
use kql_semantics::catalog::StoredFunction;
use kql_syntax::{Diagnostic, Severity};

use crate::arguments::Limits;
use crate::diagnostics::{self, Source};
use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::{data, running, screen};

/// Parse and bind rules: every mistake, at its line.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub(crate) struct CheckArguments {
    /// Files, folders and globs of rules.
    #[arg(required = true, value_name = "RULES")]
    rules: Vec<PathBuf>,
    /// Files and folders of functions that the rules call (parsers), besides those among the rules.
    #[arg(long, value_name = "PATH")]
    functions: Vec<PathBuf>,
    /// The form of the results.
    #[arg(long, value_enum, default_value = "text")]
    format: CheckFormat,
    /// Write the results to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The form of what is said of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// Lines of the files with marks under what is wrong.
    Text,
    /// One JSON object a file: path, parse_ok, diagnostics, columns.
    Ndjson,
}

const EXAMPLE: &str = "Examples:
  harrier check demo-out/rules
  harrier check 'rules/**/*.yaml' --format ndjson --functions parsers";

pub(crate) fn run(arguments: &CheckArguments, limits: Limits) -> Result<Exit, Failure> {
    let loaded = data::load_rules(&arguments.rules)?;
    let mut functions = loaded.functions.clone();
    functions.extend(load(&arguments.functions).functions);
    let functions = harrier_rules::stored_functions(&functions, &KnownSchemas);
    let checked = all(&loaded, &functions, running::threads(limits));
    let mut output = Output::open(arguments.out.as_deref())?;
    for one in &checked {
        match arguments.format {
            CheckFormat::Text => write_text(one, &mut output)?,
            CheckFormat::Ndjson => {
                serde_json::to_writer(&mut output, &one.line()).map_err(std::io::Error::from)?;
                output.write_all(b"\n")?;
            }
        }
    }
    output.finish()?;
    for error in &loaded.errors {
        if let LoadError::Unreadable { path, reason, .. } = error {
            screen::error(&format!("{} can not be read: {reason}", path.display()));
        }
    }
    tell(&loaded, &checked);
    let is_clean = checked.iter().all(|one| !one.has_errors());
    Ok(if is_clean { Exit::Clean } else { Exit::Found })
}

/// Checks rules, functions and files that are neither for being broken, in the order of their paths.
fn all(loaded: &Loaded, functions: &[Arc<StoredFunction>], threads: usize) -> Vec<Checked> {
    let share = |count: usize| count.div_ceil(threads).max(1);
    let options = &BindOptions::default();
    let mut checked: Vec<Checked> = std::thread::scope(|scope| {
        let rules = loaded.rules.chunks(share(loaded.rules.len())).map(|rules| {
            spawn(scope, move || {
                let catalog = RuleCatalog::new(&KnownSchemas, functions);
                rules.iter().map(|rule| check(rule, &catalog, options)).collect()
            })
        });
        let files = loaded.functions.chunks(share(loaded.functions.len())).map(|files| {
            spawn(scope, move || {
                let catalog = RuleCatalog::new(&KnownSchemas, functions);
                files.iter().map(|file| check_function(file, &catalog, options)).collect()
            })
        });
        let started: Vec<_> = rules.chain(files).collect();
        started.into_iter().flatten().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    checked.extend(loaded.errors.iter().filter_map(check_error));
    checked.sort_by(|one, other| one.file.path.cmp(&other.file.path));
    checked
}

/// A thread with room for rules that nest deeply.
fn spawn<'scope, 'env>(
    scope: &'scope std::thread::Scope<'scope, 'env>,
    work: impl FnOnce() -> Vec<Checked> + Send + 'scope,
) -> Option<std::thread::ScopedJoinHandle<'scope, Vec<Checked>>> {
    std::thread::Builder::new().stack_size(256 << 20).spawn_scoped(scope, work).ok()
}

fn write_text(checked: &Checked, output: &mut Output) -> std::io::Result<()> {
    let name = checked.file.path.to_string_lossy();
    let source = Source { name: &name, text: &checked.file.source.text };
    for diagnostic in &checked.diagnostics {
        diagnostics::write(source, diagnostic, output)?;
    }
    Ok(())
}

fn tell(loaded: &Loaded, checked: &[Checked]) {
    let with = |severity: Severity| {
        let has =
            |one: &&Checked| one.diagnostics.iter().any(|d: &Diagnostic| d.severity == severity);
        checked.iter().filter(has).count()
    };
    screen::note(&format!(
        "{} files: {} rules, {} functions, {} others; {} with errors, {} with warnings",
        loaded.file_count(),
        loaded.rules.len(),
        loaded.functions.len(),
        loaded.others.len(),
        with(Severity::Error),
        with(Severity::Warning),
    ));
}
