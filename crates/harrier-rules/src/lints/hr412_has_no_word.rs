//! HR412: `has` with a text that has no word.

use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::{Test, comparison};
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR412",
    name: "has-no-word",
    level: Severity::Information,
    persona: Persona::Pedantic,
    confidence: Confidence::High,
    finds: "`has` with a text without a letter or digit, such as `has \"@\"`.",
    why: "`has` looks for words; here there is none, so no index helps and it acts like `contains`. Whoever reads it expects a word.",
    example: "SigninLogs\n| where UserPrincipalName has \"@\"\n",
    instead: "SigninLogs\n| where UserPrincipalName contains \"@\"\n",
    ignore: "You know, and like it shorter.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    rule.facts.each_scalar(&mut |_, scalar| {
        let Some(comparison) = comparison(scalar).filter(|one| one.test == Test::Term) else {
            return;
        };
        for (text, span) in &comparison.literals {
            if text.is_empty() || text.chars().any(char::is_alphanumeric) {
                continue;
            }
            let span = rule.facts.spelled(*span, text).unwrap_or(*span);
            let message =
                format!("`{}` looks for words, and `{text}` has none", comparison.operator);
            found.push(
                LINT.at(rule.file(span), "no word", message)
                    .help("write `contains`, which it acts like"),
            );
        }
    });
}
