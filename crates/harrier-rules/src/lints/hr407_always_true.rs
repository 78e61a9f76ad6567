//! HR407: a condition that every row meets, or none.

use std::collections::HashSet;

use kql_semantics::bound::{Scalar, ScalarKind};
use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::{Comparison, Test, comparison};
use crate::facts::{conjuncts, disjuncts};
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR407",
    name: "always-true",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "Negations of different texts over one column joined by `or`, which nearly every row meets; or equalities with different texts joined by `and`, which none meets.",
    why: "`Action != \"blocked\" or Action != \"denied\"` is true for a blocked event, because it is not denied. The filter lets everything through, and the rule alerts on what it meant to leave out.",
    example: "SecurityEvent\n| where Account !has \"svc\" or Account !has \"backup\"\n",
    instead: "SecurityEvent\n| where Account !has \"svc\" and Account !has \"backup\"\n",
    ignore: "Never: write `and`, or one `!in (...)`.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    rule.facts.each_scalar(&mut |_, scalar| {
        let ScalarKind::Logical { .. } = scalar.kind else { return };
        if let Some((first, second)) = clash(&disjuncts(scalar), true) {
            let message = format!(
                "this `or` of negations is true for every row that does not meet both `{}` and `{}`",
                first.literals.first().map_or("", |(text, _)| text),
                second.literals.first().map_or("", |(text, _)| text),
            );
            found.push(
                LINT.at(rule.file(first.span), "true where the other is not", message)
                    .mark(rule.file(second.span), "true where the first is not")
                    .help("join negations with `and`, or write one `!in (...)`"),
            );
        }
        if let Some((first, second)) = clash(&conjuncts(scalar), false) {
            found.push(
                LINT.at(rule.file(second.span), "never at once", "no row can meet both of these equalities")
                    .mark(rule.file(first.span), "")
                    .help("join them with `or`, or write one `in (...)`"),
            );
        }
    });
}

/// Two parts over one value that together are always true (negations) or never (equalities).
fn clash<'a>(parts: &[&'a Scalar], negated: bool) -> Option<(Comparison<'a>, Comparison<'a>)> {
    if parts.len() < 2 {
        return None;
    }
    let all: Vec<Comparison<'_>> = parts.iter().filter_map(|part| comparison(part)).collect();
    let all: Vec<_> = all
        .into_iter()
        .filter(|one| one.is_negated == negated && !one.literals.is_empty())
        .collect();
    for (place, first) in all.iter().enumerate() {
        for second in all.iter().skip(place + 1) {
            if is_same(first.subject, second.subject) && excludes(first, second, negated) {
                return Some((first.clone(), second.clone()));
            }
        }
    }
    None
}

/// Whether no value meets the positive forms of both; nearly none, for words of which a text may have several.
fn excludes(first: &Comparison<'_>, second: &Comparison<'_>, negated: bool) -> bool {
    let texts = |one: &Comparison<'_>| -> HashSet<String> {
        one.literals.iter().map(|(text, _)| text.to_lowercase()).collect()
    };
    let (one, two) = (texts(first), texts(second));
    if !one.is_disjoint(&two) {
        return false;
    }
    match (first.test, second.test) {
        (Test::Equal, Test::Equal) => true,
        _ if !negated => false,
        (a, b) if a == b => {
            // `!startswith "a" or !startswith "ab"` says something.
            !one.iter().any(|text| {
                two.iter().any(|other| text.contains(&**other) || other.contains(&**text))
            })
        }
        _ => false,
    }
}

/// Whether two expressions read the same value.
fn is_same(one: &Scalar, other: &Scalar) -> bool {
    match (&one.kind, &other.kind) {
        (ScalarKind::Column(a), ScalarKind::Column(b)) => a == b,
        (ScalarKind::Member { base: a, name: x }, ScalarKind::Member { base: b, name: y }) => {
            x == y && is_same(a, b)
        }
        (ScalarKind::Index { base: a, index: x }, ScalarKind::Index { base: b, index: y }) => {
            x.as_literal() == y.as_literal() && x.as_literal().is_some() && is_same(a, b)
        }
        (ScalarKind::Call(a), ScalarKind::Call(b)) => {
            a.function == b.function
                && a.arguments.len() == b.arguments.len()
                && a.arguments.iter().zip(&b.arguments).all(|(x, y)| {
                    x.as_literal().is_some() && x.as_literal() == y.as_literal() || is_same(x, y)
                })
                && !a.arguments.is_empty()
        }
        (ScalarKind::Convert(a), ScalarKind::Convert(b)) => is_same(a, b),
        (ScalarKind::Shared(a), ScalarKind::Shared(b)) => a == b,
        _ => false,
    }
}
