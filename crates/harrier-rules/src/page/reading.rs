//! What a bound query proves: what it reads, what it asks of it, how it puts it together, what it gives.

mod conditions;
mod joins;
mod shape;
mod sources;

use std::collections::{BTreeSet, HashMap, HashSet};

use kql_semantics::bound::{ColumnId, Scalar, ScalarKind};
use kql_syntax::Span;

pub(crate) use conditions::{Condition, ConditionKind, Subject, Test, TestKind, TimeOrder};
pub(crate) use joins::{Join, JoinKey, JoinSide};
pub(crate) use shape::Shape;
pub(crate) use sources::{OtherSource, OtherSourceKind, Source};

use crate::facts::Facts;
use crate::facts::origin::Origin;

/// What a query proves.
pub(crate) struct Reading<'a> {
    /// Tables that are read, one for each time that a name stands for one, in the order of the text.
    pub(crate) sources: Vec<Source<'a>>,
    /// What else is read.
    pub(crate) others: Vec<OtherSource>,
    /// What rows must satisfy, in the order of the text.
    pub(crate) conditions: Vec<Condition>,
    /// How tables are put together, in the order of the text.
    pub(crate) joins: Vec<Join>,
    pub(crate) shape: Shape,
}

impl<'a> Reading<'a> {
    pub(crate) fn of(facts: &'a Facts<'a>) -> Self {
        let (sources, places) = sources::read(facts);
        let bases = Bases { facts, places };
        let sources = sources::with_columns(sources, &bases);
        let conditions = conditions::read(facts, &bases, &sources);
        let joins = joins::read(facts, &bases, &conditions);
        let shape = shape::read(facts, &conditions);
        Self { sources, others: sources::others(facts), conditions, joins, shape }
    }

    /// The names of the tables, each once, in the order of the text.
    pub(crate) fn tables(&self) -> Vec<&'a str> {
        let mut seen = HashSet::new();
        self.sources.iter().map(|source| source.table).filter(|table| seen.insert(*table)).collect()
    }

    /// The tests that rows of a source must pass, negated ones too.
    pub(crate) fn tests_of(&self, source: usize) -> impl Iterator<Item = (&Condition, &[Test])> {
        self.conditions.iter().filter_map(move |condition| match &condition.kind {
            ConditionKind::Tests(tests) if condition.sources.contains(&source) => {
                Some((condition, tests.as_slice()))
            }
            _ => None,
        })
    }

    /// All tests with literals, wherever they stand.
    pub(crate) fn tests(&self) -> impl Iterator<Item = &Test> {
        self.conditions.iter().flat_map(|condition| match &condition.kind {
            ConditionKind::Tests(tests) => tests.as_slice(),
            _ => &[],
        })
    }
}

/// Which sources a column's values come from.
pub(crate) struct Bases<'a> {
    pub(crate) facts: &'a Facts<'a>,
    /// For each column of a table the source and the column's name.
    pub(crate) places: HashMap<ColumnId, (usize, &'a str)>,
}

impl<'a> Bases<'a> {
    /// The sources and table columns that a scalar depends on.
    pub(crate) fn of(&self, scalar: &'a Scalar) -> BTreeSet<(usize, &'a str)> {
        let mut shared = HashSet::new();
        let mut waiting: Vec<ColumnId> = Vec::new();
        self.columns(scalar, &mut waiting, &mut shared);
        self.follow(waiting, shared)
    }

    fn follow(
        &self,
        mut waiting: Vec<ColumnId>,
        mut shared: HashSet<u32>,
    ) -> BTreeSet<(usize, &'a str)> {
        let mut found = BTreeSet::new();
        let mut seen = HashSet::new();
        // Each column is looked at once, so this ends.
        while let Some(id) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            if let Some(place) = self.places.get(&id) {
                found.insert(*place);
                continue;
            }
            match self.facts.origins.get(&id) {
                Some(Origin::Same(other)) => waiting.push(*other),
                Some(Origin::OneOf(others)) => waiting.extend(others),
                Some(Origin::Value(value) | Origin::Key(value) | Origin::Element(value)) => {
                    self.columns(value, &mut waiting, &mut shared);
                }
                Some(Origin::Aggregate(call)) => {
                    for argument in &call.arguments {
                        self.columns(argument, &mut waiting, &mut shared);
                    }
                }
                Some(Origin::Table { .. } | Origin::Parsed | Origin::Other) | None => {}
            }
        }
        found
    }

    /// The sources alone.
    pub(crate) fn sources(&self, scalar: &'a Scalar) -> BTreeSet<usize> {
        self.of(scalar).into_iter().map(|(source, _)| source).collect()
    }

    fn columns(&self, scalar: &'a Scalar, into: &mut Vec<ColumnId>, shared: &mut HashSet<u32>) {
        let mut more = vec![scalar];
        while let Some(scalar) = more.pop() {
            scalar.walk(&mut |inner| match inner.kind {
                ScalarKind::Column(id) => into.push(id),
                ScalarKind::Shared(id) if shared.insert(id.0) => {
                    more.extend(self.facts.query.shared.get(id.0 as usize));
                }
                _ => {}
            });
        }
    }
}

/// Whether a span of the query's text speaks.
pub(crate) fn text_at<'t>(facts: &Facts<'t>, span: Span) -> &'t str {
    span.text(facts.text)
}
