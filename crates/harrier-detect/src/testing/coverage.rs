//! Which branches of a query the events of its tests reached.

use std::time::Duration;

use harrier_rules::Rule;
use kql_engine::{Engine, QueryOptions, Window};
use serde::Serialize;

use super::branches::{self, Branch};
use crate::hunt::period;

/// How much of a branch's text is told. **Unit**: characters.
const MOST_TEXT: usize = 80;

/// Which branches of a query were reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// All of them, in the order of the query.
    pub branches: Vec<BranchSeen>,
}

/// A branch of a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BranchSeen {
    /// What it is: `where`, `or`, `leg of the union`, ...
    pub what: String,
    /// Its line in the rule's file.
    pub line: u32,
    /// The beginning of its text.
    pub text: String,
    /// Whether a row passed through it.
    pub is_reached: bool,
}

impl Coverage {
    /// How many branches were reached, and how many there are.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let reached = self.branches.iter().filter(|branch| branch.is_reached).count();
        (reached, self.branches.len())
    }

    /// Adds what another case reached.
    pub(super) fn add(&mut self, other: &Self) {
        for (branch, seen) in self.branches.iter_mut().zip(&other.branches) {
            branch.is_reached |= seen.is_reached;
        }
    }
}

/// Runs each branch of a rule's query over the events at hand.
pub(super) async fn of(
    rule: &Rule,
    engine: &Engine,
    now: i64,
    deadline: Duration,
) -> Option<Coverage> {
    let window =
        Window { after: period(rule).map_or(-1, |period| now.saturating_sub(period)), until: now };
    let options = QueryOptions { now, window: Some(window), deadline, ..QueryOptions::default() };
    let pick = |query: &kql_semantics::bound::BoundQuery| branches::branches(query);
    let found = engine.have_rows(&rule.query.text, &options, pick, |branch: &Branch| &branch.rows);
    let found = found.await.ok()?;
    let seen = |(branch, is_reached): (Branch, Option<bool>)| {
        let text =
            branch.span.text(&rule.query.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let place = rule.file.source.place(rule.query.offsets.to_file(branch.span.start));
        Some(BranchSeen {
            what: branch.what.to_owned(),
            line: place.line,
            text: text.chars().take(MOST_TEXT).collect(),
            // What can not be run apart is not counted.
            is_reached: is_reached?,
        })
    };
    Some(Coverage { branches: found.into_iter().filter_map(seen).collect() })
}
