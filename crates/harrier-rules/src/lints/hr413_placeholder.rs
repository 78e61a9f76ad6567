//! HR413: a placeholder that nobody filled in.

use kql_syntax::{Diagnostic, Severity};

use crate::RuleKind;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR413",
    name: "placeholder",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A text that asks to be filled in: `<YOUR DOMAIN NAME>`, `{{placeholder}}`, `REPLACE_ME`.",
    why: "No log holds the placeholder: until it is filled in, the condition is false for every row, or true for every row.",
    example: "OfficeActivity\n| where UserId endswith \"<YOUR DOMAIN NAME>\"\n",
    instead: "OfficeActivity\n| where UserId endswith \"contoso.example\"\n",
    ignore: "The rule is a template that is filled in before it runs.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    // The portal fills these in.
    if rule.rule.kind == RuleKind::Exploration {
        return;
    }
    for string in &rule.facts.tree.strings {
        if is_placeholder(&string.value) {
            let message =
                format!("`{}` is a placeholder that is still to be filled in", string.value);
            found.push(
                LINT.at(rule.file(string.span), "no log holds this", message)
                    .help("write your own value"),
            );
        }
    }
}

fn is_placeholder(text: &str) -> bool {
    let inner = text
        .trim_start_matches(['@', '.', '*'])
        .strip_prefix('<')
        .and_then(|text| text.strip_suffix('>'));
    let is_word = |text: &str| {
        text.len() > 3
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | ','))
            && text.chars().any(|c| c.is_alphabetic())
    };
    let upper = text.to_ascii_uppercase();
    inner.is_some_and(|inner| {
        is_word(inner)
            && (inner.contains([' ', '_', '-']) || inner.chars().all(|c| !c.is_lowercase()))
    }) || [
        "REPLACE_ME",
        "CHANGEME",
        "YOUR_DOMAIN",
        "YOURDOMAIN",
        "YOUR DOMAIN",
        "YOUR-DOMAIN",
        "YOUR_TENANT",
        "INSERT YOUR",
    ]
    .iter()
    .any(|word| upper.contains(word))
}
