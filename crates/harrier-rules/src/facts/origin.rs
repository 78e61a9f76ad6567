//! Where a column's values come from.

use std::collections::{HashMap, HashSet};

use kql_semantics::Value;
use kql_semantics::bound::{
    AggregateCall, ColumnId, Rowset, RowsetKind, Scalar, ScalarCall, ScalarKind, TableReference,
};

use super::Facts;

/// Where a column's values come from.
#[derive(Clone, Debug)]
pub(crate) enum Origin<'a> {
    /// A column of a stored table.
    Table { table: &'a TableReference, index: usize },
    /// Another column, unchanged.
    Same(ColumnId),
    /// One of several columns: `union`.
    OneOf(Vec<ColumnId>),
    /// An expression.
    Value(&'a Scalar),
    /// A group key: the values of an expression, each once a group.
    Key(&'a Scalar),
    /// An aggregate.
    Aggregate(&'a AggregateCall),
    /// The elements of an expression.
    Element(&'a Scalar),
    /// A piece of a text.
    Parsed,
    /// Nothing that could be said.
    Other,
}

/// The origins of all columns that rowsets make.
pub(crate) fn of_all<'a>(rowsets: &[&'a Rowset]) -> HashMap<ColumnId, Origin<'a>> {
    let mut origins = HashMap::new();
    for rowset in rowsets {
        of_rowset(rowset, &mut |id, origin| {
            // A column that only moves keeps what made it.
            if !matches!(&origin, Origin::Value(scalar) | Origin::Key(scalar) if is_itself(id, scalar))
            {
                origins.insert(id, origin);
            }
        });
    }
    origins
}

fn is_itself(id: ColumnId, scalar: &Scalar) -> bool {
    matches!(scalar.kind, ScalarKind::Column(own) if own == id)
}

fn of_rowset<'a>(rowset: &'a Rowset, add: &mut dyn FnMut(ColumnId, Origin<'a>)) {
    let columns = &rowset.columns;
    match &rowset.kind {
        RowsetKind::Table(table) => {
            for (index, column) in columns.iter().enumerate() {
                add(column.id, Origin::Table { table, index });
            }
        }
        RowsetKind::Reference { definition } => {
            for (column, own) in columns.iter().zip(&definition.rowset.columns) {
                add(column.id, Origin::Same(own.id));
            }
        }
        RowsetKind::Extend { columns, .. } | RowsetKind::Project { columns, .. } => {
            columns.iter().for_each(|(id, value)| add(*id, Origin::Value(value)));
        }
        RowsetKind::Summarize { keys, aggregates, .. } => {
            keys.iter().for_each(|(id, value)| add(*id, Origin::Key(value)));
            for aggregate in aggregates {
                aggregate.outputs.iter().for_each(|id| add(*id, Origin::Aggregate(aggregate)));
            }
        }
        RowsetKind::MakeSeries(series) => {
            series.keys.iter().for_each(|(id, value)| add(*id, Origin::Key(value)));
            for (aggregate, _) in &series.series {
                aggregate.outputs.iter().for_each(|id| add(*id, Origin::Aggregate(aggregate)));
            }
            add(series.axis.0, Origin::Other);
        }
        RowsetKind::Union(union) => {
            for (column, legs) in columns.iter().zip(&union.columns) {
                add(column.id, Origin::OneOf(legs.iter().map(|(_, id)| *id).collect()));
            }
        }
        RowsetKind::MvExpand(expand) => expand
            .expansions
            .iter()
            .for_each(|expansion| add(expansion.output, Origin::Element(&expansion.source))),
        RowsetKind::MvApply(apply) => apply
            .expand
            .expansions
            .iter()
            .for_each(|expansion| add(expansion.output, Origin::Element(&expansion.source))),
        RowsetKind::Parse(parse) => {
            for piece in &parse.pattern {
                if let kql_semantics::bound::ParsePattern::Column(id, _) = piece {
                    add(*id, Origin::Parsed);
                }
            }
        }
        RowsetKind::ParseKv(parse) => {
            parse.keys.iter().for_each(|column| add(column.id, Origin::Parsed));
        }
        _ => {}
    }
}

/// A value inside a table's column.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Path<'a> {
    /// The table; empty for a function's result.
    pub(crate) table: &'a str,
    /// Its column.
    pub(crate) column: &'a str,
    /// The way into a dynamic column; nothing for the column itself.
    pub(crate) steps: Vec<Step<'a>>,
}

/// One step into a dynamic.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step<'a> {
    /// `.name`
    Key(&'a str),
    /// `[3]`
    Index(i64),
    /// Some element.
    Any,
}

impl Path<'_> {
    /// `RawEventData.Target[3].ID`
    pub(crate) fn text(&self) -> String {
        let mut text = self.column.to_owned();
        for step in &self.steps {
            match step {
                Step::Key(key) => text.push_str(&format!(".{key}")),
                Step::Index(index) => text.push_str(&format!("[{index}]")),
                Step::Any => text.push_str("[]"),
            }
        }
        text
    }
}

/// Calls that give their argument in another type or spelling-preserving form.
fn keeps_value(call: &ScalarCall) -> bool {
    matches!(
        &*call.function,
        "tostring" | "todynamic" | "parse_json" | "toobject" | "column_ifexists"
    )
}

impl<'a> Facts<'a> {
    /// The table columns, or values inside them, that a scalar stands for unchanged; empty where it is computed.
    pub(crate) fn paths(&self, scalar: &'a Scalar) -> Vec<Path<'a>> {
        let mut paths = Vec::new();
        self.trace(
            scalar,
            Vec::new(),
            &mut Trace { paths: &mut paths, seen: HashSet::new(), left: 500 },
        );
        paths
    }

    fn trace(&self, scalar: &'a Scalar, mut steps: Vec<Step<'a>>, trace: &mut Trace<'_, 'a>) {
        match &self.resolved(scalar).kind {
            ScalarKind::Column(id) => self.trace_column(*id, steps, trace),
            ScalarKind::Convert(inner) => self.trace(inner, steps, trace),
            ScalarKind::Call(call) if keeps_value(call) => {
                if let Some(first) = call.arguments.first() {
                    self.trace(first, steps, trace);
                }
            }
            ScalarKind::Member { base, name } => {
                steps.push(Step::Key(name.as_str()));
                self.trace(base, steps, trace);
            }
            ScalarKind::Index { base, index } => {
                let step = match index.as_literal() {
                    Some(Value::String(key)) => Step::Key(key),
                    Some(Value::Long(index)) => Step::Index(*index),
                    Some(Value::Int(index)) => Step::Index(i64::from(*index)),
                    _ => return,
                };
                steps.push(step);
                self.trace(base, steps, trace);
            }
            _ => {}
        }
    }

    fn trace_column(&self, id: ColumnId, mut steps: Vec<Step<'a>>, trace: &mut Trace<'_, 'a>) {
        if trace.left == 0 || !trace.seen.insert((id, steps.len())) {
            return;
        }
        trace.left -= 1;
        match self.origins.get(&id) {
            Some(Origin::Table { table, index }) => {
                steps.reverse();
                let column = table.columns.get(*index).map_or("", |name| name.as_str());
                let path = Path { table: table.name.as_str(), column, steps };
                if !trace.paths.contains(&path) {
                    trace.paths.push(path);
                }
            }
            Some(Origin::Same(other)) => self.trace_column(*other, steps, trace),
            Some(Origin::OneOf(others)) => {
                others.iter().for_each(|other| self.trace_column(*other, steps.clone(), trace));
            }
            Some(Origin::Value(value) | Origin::Key(value)) => self.trace(value, steps, trace),
            Some(Origin::Element(value)) => {
                steps.push(Step::Any);
                self.trace(value, steps, trace);
            }
            Some(Origin::Aggregate(call))
                if matches!(
                    &*call.function,
                    "take_any" | "any" | "take_anyif" | "max" | "min" | "arg_max" | "arg_min"
                ) =>
            {
                // The first output of `arg_max(x, a, b)` is x, the others follow.
                let place = call.outputs.iter().position(|output| *output == id);
                if let Some(argument) = place.and_then(|place| call.arguments.get(place)) {
                    self.trace(argument, steps, trace);
                }
            }
            Some(Origin::Aggregate(_) | Origin::Parsed | Origin::Other) | None => {}
        }
    }

    /// The expression that a column is, through renamings; none for a table's own column and what has no one expression.
    pub(crate) fn expression(&self, mut id: ColumnId) -> Option<&'a Scalar> {
        for _ in 0..200 {
            match self.origins.get(&id)? {
                Origin::Same(other) => id = *other,
                Origin::Value(scalar) | Origin::Key(scalar) => match self.resolved(scalar).kind {
                    ScalarKind::Column(other) => id = other,
                    _ => return Some(self.resolved(scalar)),
                },
                _ => return None,
            }
        }
        None
    }

    /// The column that a column is a copy of, through renamings.
    pub(crate) fn root(&self, mut id: ColumnId) -> ColumnId {
        for _ in 0..200 {
            match self.origins.get(&id) {
                Some(Origin::Same(other)) => id = *other,
                Some(Origin::Value(scalar) | Origin::Key(scalar)) => {
                    match self.resolved(scalar).kind {
                        ScalarKind::Column(other) if other != id => id = other,
                        _ => return id,
                    }
                }
                _ => return id,
            }
        }
        id
    }
}

struct Trace<'t, 'a> {
    paths: &'t mut Vec<Path<'a>>,
    seen: HashSet<(ColumnId, usize)>,
    /// How many columns are still looked at.
    left: usize,
}
