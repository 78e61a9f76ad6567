//! Every lint's page holds: its example has the finding, the mended form has not.

use harrier_rules::{Beside, LINTS, Lint};

use super::{Names, SomeData, beside_of, codes, lint_rule, rules};
use crate::tables::Tables;

/// Whether the lint finds something in one of its page's texts.
fn finds(lint: &Lint, text: &str) -> (bool, String) {
    // Several rules stand behind one another; the second may be the first as it was before.
    let (first, other) = match text.split_once("---") {
        Some((first, rest)) => (first, rest.split_once('\n')),
        None => (text, None),
    };
    let texts: Vec<&str> = std::iter::once(first).chain(other.map(|(_, text)| text)).collect();
    let is_same = other.is_some_and(|(kind, _)| kind == "same name");
    let names = if is_same { Names::Same } else { Names::Different };
    let (_folder, rules) = rules(&texts, names);
    let is_earlier = other.is_some_and(|(kind, _)| kind == "earlier");
    let set = beside_of(&rules);
    let beside = Beside {
        seen: matches!(lint.code, "HR406" | "HR415" | "HR416" | "HR417").then_some(&SomeData),
        earlier: rules.get(1).filter(|_| is_earlier),
        set: (rules.len() > 1 && !is_earlier).then_some(&set),
    };
    let found = lint_rule(&rules[0], &Tables::new(), beside);
    (codes(&found).contains(&lint.code), format!("{found:#?}"))
}

#[test]
fn examples_hold() {
    let mut wrong = Vec::new();
    for lint in LINTS {
        let (is_found, all) = finds(lint, lint.example);
        if !is_found {
            wrong.push(format!("{}: nothing found in its example: {all}", lint.code));
        }
        let (is_found, all) = finds(lint, lint.instead);
        if is_found {
            wrong.push(format!("{}: found in its mended form: {all}", lint.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_are_whole() {
    for (place, lint) in LINTS.iter().enumerate() {
        assert!(LINTS.iter().skip(place + 1).all(|other| other.code > lint.code), "{}", lint.code);
        let page = lint.page();
        for section in ["What it finds", "Why it matters", "Example", "Instead", "When to ignore"] {
            assert!(page.contains(section), "{}: {section}", lint.code);
        }
        assert!(lint.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", lint.name);
    }
}
