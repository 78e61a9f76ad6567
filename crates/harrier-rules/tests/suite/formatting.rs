//! Canonical text over a third of the real rules: it is the same query, and laying it out again changes nothing.

use harrier_rules::load;
use kql_syntax::{format, parse};

use crate::shared::folder;

/// A tree without the places of its parts.
fn shape(text: &str) -> String {
    let tree = format!("{:?}", parse(text).tree);
    let mut shape = String::with_capacity(tree.len());
    let mut rest = tree.as_str();
    while let Some(at) = rest.find("Span { ") {
        shape.push_str(&rest[..at]);
        let end = rest[at..].find('}').map_or(rest.len(), |end| at + end + 1);
        rest = &rest[end..];
    }
    shape.push_str(rest);
    shape
}

#[test]
fn real_rules_mean_the_same_when_laid_out() {
    let Some(shared) = folder() else { return };
    let loaded = load(&[shared.join("corpus/rules")]);
    let mut formatted = 0;
    for rule in loaded.rules.iter().step_by(3) {
        let text = &rule.query.text;
        let path = rule.file.path.display();
        let Ok(once) = format(text) else { continue };
        formatted += 1;
        assert_eq!(shape(text), shape(&once), "{path}\n{once}");
        let twice = format(&once).unwrap_or_default();
        assert_eq!(once, twice, "{path}");
        assert!(once.lines().all(|line| line == line.trim_end()), "{path}\n{once}");
    }
    println!("{formatted} of {} rules laid out", loaded.rules.len().div_ceil(3));
    assert!(formatted > 950);
}
