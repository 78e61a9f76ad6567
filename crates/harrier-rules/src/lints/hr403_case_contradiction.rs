//! HR403: a text in one case compared with a literal in another.

use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::{Test, comparison};
use crate::facts::letters::Letters;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR403",
    name: "case-contradiction",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A text that went through `tolower()` or `toupper()`, compared, minding case, with a literal that has a letter of the other case.",
    why: "The comparison is always false (or, negated, always true): the literal can never be met.",
    example: "SecurityEvent\n| where tolower(Account) == \"Administrator\"\n",
    instead: "SecurityEvent\n| where Account =~ \"Administrator\"\n",
    ignore: "Never: mend the literal, or compare with `=~` or `in~`.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    rule.facts.each_scalar(&mut |_, scalar| {
        let Some(comparison) = comparison(scalar).filter(|one| one.minds_case) else { return };
        let letters = rule.facts.letters(comparison.subject);
        if letters == Letters::Any {
            return;
        }
        let (case, other) = match letters {
            Letters::Lower => ("small", "a capital letter"),
            _ => ("capital", "a small letter"),
        };
        let always = if comparison.is_negated { "true" } else { "false" };
        for (text, span) in comparison.literals.iter().filter(|(text, _)| !letters.admits(text)) {
            let span = rule.facts.spelled(*span, text).unwrap_or(*span);
            let message = format!(
                "the compared text has {case} letters only and `{text}` has {other}: `{}` is always {always} for it",
                comparison.operator
            );
            let label = if comparison.test == Test::Equal { "can never be equal" } else { "can never be met" };
            let mend = match letters {
                Letters::Lower => text.to_lowercase(),
                _ => text.to_uppercase(),
            };
            let help = format!("write `{mend}`, or compare without regard to case");
            found.push(LINT.at(rule.file(span), label, message).help(help));
        }
    });
}
