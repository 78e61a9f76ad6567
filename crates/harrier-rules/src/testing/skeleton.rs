//! The beginning of a rule's tests, made from its bound query: events that its conditions let pass, and the same with one
//! condition not met.

mod events;
mod places;
mod solve;

use kql_semantics::BindOptions;
use kql_semantics::catalog::Catalog;

use crate::check::bind_text;
use crate::document::{bare, list, mapping, text};
use crate::rule::Rule;
use crate::write_yaml;
use crate::yaml::Node;

/// The instant of the tests.
const AS_OF: &str = "2026-03-02T12:00:00Z";

/// A file of tests with a case that should raise an alert and one that should not. What could not be told from the query is
/// left to be filled in; the comments say how.
#[must_use]
pub fn skeleton(rule: &Rule, catalog: &dyn Catalog) -> String {
    let options = BindOptions { now: solve::NOW, ..BindOptions::default() };
    let bound = bind_text(&rule.query.text, catalog, &options);
    let solution = solve::solve(&bound.bound.query);
    let positive = case(
        "what it looks for",
        events::tables(&solution, false),
        mapping([("alert", bare("true"))]),
    );
    let negative = case(
        "what it does not look for",
        events::tables(&solution, true),
        mapping([("count", bare("0"))]),
    );
    let root = mapping([("as_of", text(AS_OF)), ("cases", list([positive, negative]))]);
    let head = format!(
        "# Tests of {}: run them with `harrier test`.\n# The events meet the conditions that could be read from the query. Change them until the first case passes\n# for the right reason, and say in `rows:` or `entities:` what must come out.\n",
        rule.name.replace(|c: char| c.is_control(), " ")
    );
    head + &write_yaml::write(&root)
}

fn case(name: &str, tables: Node, expect: Node) -> Node {
    mapping([("name", text(name)), ("tables", tables), ("expect", expect)])
}
