//! HR506: a union that does without a missing table.

use kql_syntax::{Diagnostic, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR506",
    name: "fuzzy-union",
    level: Severity::Information,
    persona: Persona::Auditor,
    confidence: Confidence::High,
    finds: "`union isfuzzy=true`.",
    why: "A table that is missing, renamed or misspelt is left out without a word: the rule runs, finds nothing, and looks healthy.",
    example: "union isfuzzy=true SecurityEvent, WindowsEvent\n| where EventID == 4625\n",
    instead: "union SecurityEvent, WindowsEvent\n| where EventID == 4625\n",
    ignore: "The rule is shared among workspaces that have one of the tables each, which is what it is for.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for span in &rule.facts.tree.fuzzy {
        found.push(
            LINT.at(
                rule.file(*span),
                "a missing table is not reported",
                "`isfuzzy=true` hides a missing table",
            )
            .help("leave it out where all tables are there"),
        );
    }
}
