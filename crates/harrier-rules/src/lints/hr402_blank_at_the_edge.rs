//! HR402: a blank at the edge of a text that is compared whole.

use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::{Test, comparison};
use crate::lint::{BoundRule, Confidence, Lint, Persona};
use crate::vocabulary;

pub(crate) static LINT: Lint = Lint {
    code: "HR402",
    name: "blank-at-the-edge",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::Medium,
    finds: "A text with a blank before or behind it, compared whole (`==`, `in`), where no known value of the column has that blank.",
    why: "The comparison looks for the blank too. A domain copied together with the blank before it never equals one in the logs, and nothing says so: that indicator is dead.",
    example: "DeviceNetworkEvents\n| where RemoteUrl in~ (\"example.org\", \" example.net\")\n",
    instead: "DeviceNetworkEvents\n| where RemoteUrl in~ (\"example.org\", \"example.net\")\n",
    ignore: "The column really holds the blank (some audit operations end in one): look at the data, or check with it.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    rule.facts.each_scalar(&mut |_, scalar| {
        let Some(comparison) = comparison(scalar).filter(|one| one.test == Test::Equal) else {
            return;
        };
        let paths = rule.facts.paths(comparison.subject);
        for (text, span) in &comparison.literals {
            let trimmed = text.trim();
            if trimmed.is_empty() || trimmed.len() == text.len() {
                continue;
            }
            let known = vocabulary::of(rule, &paths);
            // Where the value is known, with the blank or spelled otherwise, another lint speaks.
            if known.iter().any(|value| vocabulary::fold(value) == vocabulary::fold(text)) {
                continue;
            }
            let span = rule.facts.spelled(*span, text).unwrap_or(*span);
            let place = match (
                text.starts_with(char::is_whitespace),
                text.ends_with(char::is_whitespace),
            ) {
                (true, true) => "begins and ends",
                (true, false) => "begins",
                _ => "ends",
            };
            let message = format!("the text `{text}` {place} with a blank, which is compared too");
            let help = format!("write `{trimmed}`, unless the value in the logs has the blank");
            found.push(
                LINT.at(rule.file(span), "equals only what has the blank", message).help(help),
            );
        }
    });
}
