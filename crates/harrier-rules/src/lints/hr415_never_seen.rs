//! HR415: a text that the column never held.

use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::{Comparison, Test, comparison};
use crate::facts::origin::Path;
use crate::lint::{BoundRule, Confidence, Lint, Persona, with_level};
use crate::seen::SeenValues;
use crate::vocabulary::{fold, spelled_out};

pub(crate) static LINT: Lint = Lint {
    code: "HR415",
    name: "never-seen",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::Medium,
    finds: "With data: a text that its column has never held, though the column has values.",
    why: "The condition is false for every event there is: the rule, or a part of it, can find nothing here.",
    example: "CloudAppEvents\n| where ActionType == \"MailItemsAcessed\"\n",
    instead: "CloudAppEvents\n| where ActionType == \"MailItemsAccessed\"\n",
    ignore: "The event is rare, and the data covers days without one: it is what the rule waits for.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(seen) = rule.beside.seen else { return };
    rule.facts.each_scalar(&mut |_, scalar| {
        let Some(comparison) =
            comparison(scalar).filter(|one| one.test == Test::Equal && !one.is_negated)
        else {
            return;
        };
        let paths = rule.facts.paths(comparison.subject);
        let [path] = paths.as_slice() else { return };
        let Some(values) = seen
            .values(path.table, &path.text())
            .filter(|values| values.values.iter().any(|value| !value.is_empty()))
        else {
            return;
        };
        for (text, span) in &comparison.literals {
            if let Some(finding) = finding(rule, &comparison, (path, text), *span, &values) {
                found.push(finding);
            }
        }
    });
}

fn finding(
    rule: &BoundRule<'_>,
    comparison: &Comparison<'_>,
    (path, text): (&Path<'_>, &str),
    span: kql_syntax::Span,
    values: &SeenValues,
) -> Option<Diagnostic> {
    let is_met = |value: &String| {
        value == text || !comparison.minds_case && value.to_lowercase() == text.to_lowercase()
    };
    if text.is_empty() || values.values.iter().any(is_met) {
        return None;
    }
    let folded = fold(text);
    let alike = values.values.iter().find(|value| fold(value) == folded);
    if alike.is_none() && !values.is_whole {
        return None;
    }
    let span = rule.facts.spelled(span, text).unwrap_or(span);
    let (message, help, level) = match alike {
        Some(value) => (
            format!(
                "`{}` never held this text; it holds `{value}`, {}",
                path.text(),
                difference(text, value)
            ),
            format!("write `{value}`"),
            Severity::Error,
        ),
        None => {
            let near = nearest(text, &values.values);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "it holds {}",
                    values
                        .values
                        .iter()
                        .take(5)
                        .map(|value| format!("`{value}`"))
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            };
            (
                format!("`{}` has never held this text in the data", path.text()),
                help,
                Severity::Warning,
            )
        }
    };
    Some(with_level(LINT.at(rule.file(span), "never seen", message).help(help), level))
}

/// What the eye does not see of the difference.
fn difference(text: &str, value: &str) -> String {
    let mut pairs = text.chars().zip(value.chars());
    match pairs.find(|(own, other)| own != other) {
        Some((own, other)) => {
            format!("which has {} where this has {}", spelled_out(other), spelled_out(own))
        }
        None if text.len() < value.len() => String::from("which goes on"),
        None => String::from("which ends before"),
    }
}

/// A value that is a slip or two away.
fn nearest<'v>(text: &str, values: &'v [String]) -> Option<&'v String> {
    if text.chars().count() < 6 {
        return None;
    }
    values
        .iter()
        .map(|value| (distance(text, value), value))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map(|(_, value)| value)
}

/// How many letters must be changed, added or left out, up to 3.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (
        one.to_lowercase().chars().take(200).collect(),
        other.to_lowercase().chars().take(200).collect(),
    );
    if one.len().abs_diff(other.len()) > 2 {
        return 3;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, own) in one.iter().enumerate() {
        let mut next = vec![place + 1];
        for (at, letter) in other.iter().enumerate() {
            let changed = row.get(at).copied().unwrap_or(3) + usize::from(own != letter);
            let added = row.get(at + 1).copied().unwrap_or(3) + 1;
            let left_out = next.last().copied().unwrap_or(3) + 1;
            next.push(changed.min(added).min(left_out));
        }
        row = next;
    }
    row.last().copied().unwrap_or(3)
}
