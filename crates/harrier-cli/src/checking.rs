//! Checking many files side by side, and what of the findings is shown.

use std::sync::Arc;

use harrier_rules::{
    Beside, Checked, Lint, Loaded, Persona, RuleCatalog, RuleSet, Seen, check_and_lint,
    check_error, check_function, lint, suppress,
};
use harrier_store::KnownSchemas;
use kql_semantics::BindOptions;
use kql_semantics::catalog::StoredFunction;
use kql_syntax::{Diagnostic, Severity};

/// Checks rules, functions and files that are neither for being broken, in the order of their paths.
pub(crate) fn all(
    loaded: &Loaded,
    functions: &[Arc<StoredFunction>],
    seen: Option<&dyn Seen>,
    threads: usize,
) -> Vec<Checked> {
    let share = |count: usize| count.div_ceil(threads).max(1);
    let set = &RuleSet::new(&loaded.rules, &loaded.functions);
    let options = &BindOptions::default();
    let mut checked: Vec<Checked> = std::thread::scope(|scope| {
        let rules = loaded.rules.chunks(share(loaded.rules.len())).map(|rules| {
            spawn(scope, move || {
                let catalog = RuleCatalog::new(&KnownSchemas, functions);
                let beside = Beside { seen, set: Some(set), ..Beside::default() };
                rules.iter().map(|rule| check_and_lint(rule, &catalog, beside)).collect()
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

/// Takes out what comments in the files suppress; gives how many findings that were.
pub(crate) fn suppress_in_files(checked: &mut [Checked]) -> usize {
    checked.iter_mut().map(|one| suppress(&one.file.source, &mut one.findings)).sum()
}

/// Takes out what is not for this reader.
pub(crate) fn keep_for(checked: &mut [Checked], persona: Persona) {
    for one in checked {
        one.findings.retain(|finding| lint_of(finding).is_none_or(|lint| lint.persona <= persona));
    }
}

/// The lint that found it; none for what the parser, the binder or the reader of fields says.
pub(crate) fn lint_of(finding: &Diagnostic) -> Option<&'static Lint> {
    lint(finding.code.0)
}

/// All that is said of a file, in the order of its text.
pub(crate) fn said(checked: &Checked) -> Vec<&Diagnostic> {
    let mut said: Vec<&Diagnostic> = checked.diagnostics.iter().chain(&checked.findings).collect();
    said.sort_by_key(|one| one.span().start);
    said
}

/// `error`, `warning`, `note`
pub(crate) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "note",
    }
}
