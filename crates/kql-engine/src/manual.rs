//! What a user can write, for people and programs to read: what has no declaration elsewhere, and the state of every builtin.

mod functions;
mod operators;

use kql_functions::{Example, aggregate, scalar};
use kql_semantics::signatures::{Builtin, Signatures};

pub use crate::operators::evaluate::{Plugin, plugins};
use crate::refusals::{Lack, lack};

/// Something that a user can write.
pub struct Entry {
    /// How it is written, without its parts.
    pub name: &'static str,
    /// A first sentence that stands alone, then what else there is to know.
    pub help: &'static str,
    /// Shown in the manual, and run as tests.
    pub examples: &'static [Example],
}

/// Functions that stand for more than a value of their arguments: of a row's place, of columns, of tables.
pub fn functions() -> impl Iterator<Item = &'static Entry> {
    functions::ENTRIES.iter()
}

/// Statements and tabular operators.
pub fn operators() -> impl Iterator<Item = &'static Entry> {
    operators::ENTRIES.iter()
}

/// Whether a builtin can be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is.
    Runs,
    /// It is refused, for this reason.
    Refused(Lack),
    /// It is refused, and nobody said why.
    Unknown,
}

/// A section of the list of builtins.
pub struct Section {
    /// What it lists.
    pub title: &'static str,
    /// Each builtin, by name, and whether it can be run.
    pub builtins: Vec<(&'static str, State)>,
}

/// Every builtin of Kusto, and whether it can be run. Those that stand in graph patterns only are left out: they belong to their
/// operators.
#[must_use]
pub fn states() -> Vec<Section> {
    let signatures = Signatures::get();
    let section = |title, builtins: &'static [Builtin], runs: fn(&str) -> bool| {
        let own = builtins.iter().filter(|builtin| !builtin.is_graph);
        let mut builtins: Vec<_> = own.map(|own| (own.name, state(own.name, runs))).collect();
        builtins.sort_unstable_by_key(|(name, _)| *name);
        Section { title, builtins }
    };
    vec![
        section("Scalar functions", signatures.scalars(), function_runs),
        section("Aggregates", signatures.aggregates(), |name| aggregate::aggregate(name).is_some()),
        section("Plugins", signatures.plugins(), |name| {
            plugins().any(|plugin| plugin.name == name)
        }),
    ]
}

fn state(name: &'static str, runs: fn(&str) -> bool) -> State {
    if runs(name) {
        return State::Runs;
    }
    lack(name).map_or(State::Unknown, State::Refused)
}

fn function_runs(name: &str) -> bool {
    scalar::scalar_function(name).is_some() || functions().any(|entry| entry.name == name)
}
