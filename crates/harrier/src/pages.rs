//! The pages of many rules, read side by side.

use std::sync::Arc;

use harrier_rules::page::{Observed, Page, PageInput};
use harrier_rules::{
    Beside, Loaded, Persona, Rule, RuleCatalog, RuleSet, check_and_lint, lint, suppress,
};
use kql_semantics::catalog::{Catalog, StoredFunction};

/// Room for rules that nest deeply. **Unit**: bytes, of which only those used are taken.
const STACK: usize = 256 << 20;

/// What pages are read with, beside the rules.
#[derive(Clone, Copy)]
pub struct Knowledge<'a> {
    /// Known tables.
    pub catalog: &'a (dyn Catalog + Sync),
    /// Functions that the rules call.
    pub functions: &'a [Arc<StoredFunction>],
    /// What data holds, where there is some.
    pub observed: Option<&'a Observed>,
    /// How many threads work side by side.
    pub threads: usize,
}

/// The pages of all rules, in the order of the rules.
#[must_use]
pub fn pages(loaded: &Loaded, knowledge: Knowledge<'_>) -> Vec<Page> {
    let set = &RuleSet::new(&loaded.rules, &loaded.functions);
    let share = loaded.rules.len().div_ceil(knowledge.threads.max(1)).max(1);
    std::thread::scope(|scope| {
        let threads: Vec<_> = loaded
            .rules
            .chunks(share)
            .map(|rules| {
                let work = move || {
                    let catalog = RuleCatalog::new(knowledge.catalog, knowledge.functions);
                    rules
                        .iter()
                        .map(|rule| page(rule, (&catalog, set), knowledge.observed))
                        .collect::<Vec<_>>()
                };
                std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)
            })
            .collect();
        let pages = threads.into_iter().flatten().map(|thread| thread.join().unwrap_or_default());
        pages.flatten().collect()
    })
}

fn page(
    rule: &Rule,
    (catalog, set): (&RuleCatalog<'_>, &RuleSet),
    observed: Option<&Observed>,
) -> Page {
    let mut checked = check_and_lint(rule, catalog, Beside { set: Some(set), ..Beside::default() });
    suppress(&rule.file.source, &mut checked.findings);
    // What only auditors ask for would bury what everybody should read.
    let is_regular = |code: &str| lint(code).is_none_or(|lint| lint.persona <= Persona::Regular);
    checked.findings.retain(|finding| is_regular(finding.code.0));
    let mut findings = checked.diagnostics;
    findings.extend(checked.findings);
    Page::of(&PageInput {
        rule,
        catalog,
        findings: &findings,
        history: &[],
        observed,
        record: None,
        similar: &[],
    })
}
