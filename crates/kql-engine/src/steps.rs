//! Which tables inside a query are run before it, and in which order.

use std::collections::HashSet;

use kql_semantics::bound::{
    Evaluate, ExternalSource, PartitionRowset, Rowset, RowsetKind, Scalar, ScalarKind, SharedId,
    SharedRowset,
};

use crate::operators::evaluate::http_request;
use crate::operators::partition::runs_for_each;

/// A table that is run before the one it stands in.
pub(crate) enum Step<'a> {
    /// `toscalar(table)`: its first value.
    Scalar(&'a Rowset),
    /// `in (table)`: the values of its first column.
    List(&'a Rowset),
    /// `materialize(table)`: its rows.
    Table(&'a SharedRowset),
    /// `partition` whose body is run for each value: its rows.
    Partition(&'a Rowset, &'a PartitionRowset),
    /// `externaldata`: its rows, from outside.
    External(&'a Rowset, &'a ExternalSource),
    /// `evaluate http_request(...)`: a server's answer.
    Request(&'a Rowset, &'a Evaluate),
}

/// The tables inside a rowset, innermost first.
pub(crate) fn steps<'a>(rowset: &'a Rowset, shared: &'a [Scalar]) -> Vec<Step<'a>> {
    let mut walk = Walk { shared, ..Walk::default() };
    walk.rowset(rowset);
    walk.steps
}

#[derive(Default)]
struct Walk<'a> {
    shared: &'a [Scalar],
    steps: Vec<Step<'a>>,
    /// Definitions and shared scalars that were met: each is walked once, however often it is used.
    definitions: HashSet<u32>,
    scalars: HashSet<SharedId>,
}

impl<'a> Walk<'a> {
    fn rowset(&mut self, rowset: &'a Rowset) {
        if let RowsetKind::Reference { definition } = &rowset.kind {
            if !self.definitions.insert(definition.id) {
                return;
            }
            self.rowset(&definition.rowset);
            if definition.is_materialized {
                self.steps.push(Step::Table(definition));
            }
            return;
        }
        if let RowsetKind::Partition(partition) = &rowset.kind
            && runs_for_each(partition)
        {
            self.rowset(&partition.input);
            self.scalar(&partition.by);
            self.steps.push(Step::Partition(rowset, partition));
            return;
        }
        let mut inputs = Vec::new();
        rowset.for_each_input(&mut |input| inputs.push(input));
        inputs.into_iter().for_each(|input| self.rowset(input));
        let mut scalars = Vec::new();
        rowset.for_each_scalar(&mut |scalar| scalars.push(scalar));
        scalars.into_iter().for_each(|scalar| self.scalar(scalar));
        match &rowset.kind {
            RowsetKind::ExternalData(source) => self.steps.push(Step::External(rowset, source)),
            RowsetKind::Evaluate(evaluate) if http_request::is_one(evaluate) => {
                self.steps.push(Step::Request(rowset, evaluate));
            }
            _ => {}
        }
    }

    fn scalar(&mut self, scalar: &'a Scalar) {
        let mut found = Vec::new();
        scalar.walk(&mut |inner| {
            if matches!(
                inner.kind,
                ScalarKind::Subquery(_) | ScalarKind::InTable { .. } | ScalarKind::Shared(_)
            ) {
                found.push(inner);
            }
        });
        for inner in found {
            match &inner.kind {
                ScalarKind::Subquery(table) => {
                    self.rowset(table);
                    self.steps.push(Step::Scalar(table));
                }
                ScalarKind::InTable { table, .. } => {
                    self.rowset(table);
                    self.steps.push(Step::List(table));
                }
                ScalarKind::Shared(id) if self.scalars.insert(*id) => {
                    let shared = usize::try_from(id.0).ok().and_then(|at| self.shared.get(at));
                    shared.into_iter().for_each(|shared| self.scalar(shared));
                }
                _ => {}
            }
        }
    }
}
