//! `summarize aggregates by keys`

use std::collections::HashSet;

use kql_syntax::tree::{NamedExpr, Operator, Summarize};

use super::project::project;
use crate::binder::Binder;
use crate::binder::parameters::{Allowed, PARTITIONS, SHUFFLE, SHUFFLE_KEY};
use crate::binder::projection::{Entry, How, Projection, Style, UniqueNames};
use crate::bound::{
    AggregateCall, Column, ColumnId, ProjectOperator, Rowset, RowsetKind, ScalarKind,
};

const PARAMETERS: &[Allowed] = &[SHUFFLE_KEY, SHUFFLE, PARTITIONS];

impl<'a> Binder<'a> {
    pub(crate) fn summarize_operator(
        &mut self,
        input: Rowset,
        summarize: &'a Summarize,
        operator: &'a Operator,
    ) -> Rowset {
        let outer = std::mem::take(&mut self.aggregates);
        let (input, (projection, keys)) = self.with_rows(input, |binder| {
            binder.check_parameters(&summarize.parameters, PARAMETERS);
            let mut projection = binder.group_keys(&summarize.by);
            let keys = projection.entries().len();
            binder.aggregate_columns(&mut projection, &summarize.aggregates, Style::Summarize);
            (projection, keys)
        });
        let aggregates = std::mem::replace(&mut self.aggregates, outer);
        let at = self.at(operator.span);
        grouped(input, projection, (keys, aggregates, !summarize.has_by), at)
    }

    /// The columns that rows are grouped by.
    pub(crate) fn group_keys(&mut self, by: &'a [NamedExpr]) -> Projection {
        let how = How::new(Style::Default);
        let mut projection = Projection::default();
        for named in by {
            let term = self.any_value(&named.expr);
            self.expect_no_dynamic(&term, "group by");
            self.project(&mut projection, named, term, &how);
        }
        projection
    }

    /// The columns of aggregates and of expressions over them; keys do not come again.
    pub(crate) fn aggregate_columns(
        &mut self,
        projection: &mut Projection,
        aggregates: &'a [NamedExpr],
        style: Style,
    ) {
        let plain: Vec<ColumnId> = projection.entries().iter().filter_map(key_column).collect();
        let outer = std::mem::replace(&mut self.keys, plain.clone());
        plain.into_iter().for_each(|id| projection.shut_out(id));
        for named in aggregates {
            let term = self.in_aggregates(|binder| binder.any_value(&named.expr));
            self.project(projection, named, term, &How::new(style));
        }
        self.keys = outer;
    }
}

/// The column of the input that a key is.
fn key_column(entry: &Entry) -> Option<ColumnId> {
    match entry.scalar.kind {
        ScalarKind::Column(id) => Some(id),
        _ => None,
    }
}

/// Groups `input`; where columns are expressions over aggregates, or in another order, a projection follows.
fn grouped(
    input: Rowset,
    projection: Projection,
    (keys, aggregates, is_total): (usize, Vec<AggregateCall>, bool),
    span: kql_syntax::Span,
) -> Rowset {
    let entries = projection.entries();
    let key_entries = entries.get(..keys).unwrap_or(entries);
    let made = made_columns(entries, keys, &aggregates);
    let kind = RowsetKind::Summarize {
        input: Box::new(input),
        keys: key_entries.iter().map(|entry| (entry.id, entry.scalar.clone())).collect(),
        aggregates,
        is_total,
    };
    let wanted = projection.columns();
    let is_done = made.iter().map(|column| column.id).eq(wanted.iter().map(|column| column.id));
    let rowset = Rowset::new(kind, made, span);
    if is_done {
        return Rowset { columns: wanted, ..rowset };
    }
    project(rowset, &over_groups(&projection, keys), ProjectOperator::Implicit, span)
}

/// The columns that the grouping itself gives: keys, then aggregates, under names that do not clash.
fn made_columns(entries: &[Entry], keys: usize, aggregates: &[AggregateCall]) -> Vec<Column> {
    let mut names = UniqueNames::default();
    let mut made: Vec<Column> = Vec::new();
    for entry in entries.iter().take(keys) {
        names.add(&entry.name);
        made.push(Column { id: entry.id, name: entry.name.clone(), ty: entry.shape.ty() });
    }
    let shown: HashSet<_> = entries.iter().map(|entry| &entry.name).collect();
    shown.into_iter().for_each(|name| names.add(name));
    for call in aggregates {
        for (id, ty) in call.outputs.iter().zip(&call.types) {
            let own = entries.iter().skip(keys).find(|entry| entry.id == *id);
            let name = match own {
                Some(entry) => entry.name.clone(),
                None => names.claim(&format!("{}_", call.function).into(), None),
            };
            made.push(Column { id: *id, name, ty: *ty });
        }
    }
    made
}

/// The projection over groups: a key is the column that the grouping made of it.
fn over_groups(projection: &Projection, keys: usize) -> Projection {
    let mut over = Projection::default();
    for (index, entry) in projection.entries().iter().enumerate() {
        let mut entry = entry.clone();
        if index < keys {
            entry.scalar.kind = ScalarKind::Column(entry.id);
        }
        over.add(entry, None, false);
    }
    over
}
