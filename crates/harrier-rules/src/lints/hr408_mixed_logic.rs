//! HR408: `and` and `or` side by side without parentheses.

use kql_syntax::{Diagnostic, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR408",
    name: "mixed-logic",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::Medium,
    finds: "`a or b and c` without parentheses.",
    why: "`and` binds more tightly than `or`: in `Level == 1 or Level == 2 and TimeGenerated > ago(1d)` the bound on time holds for level 2 only, and level 1 is read over all time.",
    example: "SecurityEvent\n| where EventID == 4624 or EventID == 4625 and LogonType == 10\n",
    instead: "SecurityEvent\n| where (EventID == 4624 or EventID == 4625) and LogonType == 10\n",
    ignore: "It is meant so: write the parentheses, and the next reader need not wonder.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for mixed in &rule.facts.tree.mixed {
        found.push(
            LINT.at(
                rule.file(mixed.and),
                "these belong together",
                "`and` binds more tightly than the `or` beside it",
            )
            .mark(rule.file(mixed.span), "")
            .help("write parentheses around what is meant to belong together"),
        );
    }
}
