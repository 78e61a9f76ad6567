//! HR411: `contains` where `has` would do.

use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::{Test, comparison};
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR411",
    name: "contains-word",
    level: Severity::Information,
    persona: Persona::Pedantic,
    confidence: Confidence::Medium,
    finds: "`contains` with a text that consists of whole words.",
    why: "`has` looks words up in the index of terms; `contains` reads every value. Over a day of logs that is the difference between seconds and minutes.",
    example: "DeviceProcessEvents\n| where ProcessCommandLine contains \"mimikatz\"\n",
    instead: "DeviceProcessEvents\n| where ProcessCommandLine has \"mimikatz\"\n",
    ignore: "The text may stand inside a longer word, and that is to be found too.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    rule.facts.each_scalar(&mut |_, scalar| {
        let Some(comparison) = comparison(scalar).filter(|one| one.test == Test::Part) else { return };
        let paths = rule.facts.paths(comparison.subject);
        // Names such as `AmsiScriptDetection` and `New-SafeLinksPolicy` are words as a whole: `has` does not look into them.
        let is_name = |name: &str| matches!(name, "ActionType" | "Operation" | "EventName" | "EventType");
        if paths.is_empty() || paths.iter().any(|path| is_name(path.column)) {
            return;
        }
        for (text, span) in &comparison.literals {
            let edges = [text.chars().next(), text.chars().next_back()];
            let is_words = edges.iter().all(|edge| edge.is_some_and(char::is_alphanumeric));
            if !is_words || text.len() < 4 || !text.is_ascii() {
                continue;
            }
            let has = comparison.operator.replace("contains", "has");
            let message = format!("`{}` reads every value for the whole word `{text}`", comparison.operator);
            let help = format!("`{has}` finds it by the index of terms, unless it is to be found inside longer words too");
            found.push(LINT.at(rule.file(scalar.span), "", message).help(help));
            let _ = span;
        }
    });
}
