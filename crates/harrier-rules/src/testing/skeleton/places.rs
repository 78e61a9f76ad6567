//! Where in the events the value of an expression comes from.

use std::collections::HashMap;

use kql_semantics::bound::{
    AggregateCall, BoundQuery, ColumnId, Rowset, RowsetKind, Scalar, ScalarKind,
};
use kql_semantics::{Type, Value};

use crate::meaning::query::rowsets;

/// How deep expressions are followed.
const MAX_DEPTH: usize = 60;

/// A step into a dynamic.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// A place in an event: which reading of a table, which column, and what within it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) reading: usize,
    pub(super) column: String,
    pub(super) ty: Type,
    pub(super) path: Vec<Step>,
}

/// What makes a column.
enum Maker<'a> {
    Table(usize, String, Type),
    Same(ColumnId),
    Value(&'a Scalar),
    Element(&'a Scalar),
    Aggregate(&'a AggregateCall),
}

/// All columns of a query, and what makes them.
pub(super) struct Places<'a> {
    query: &'a BoundQuery,
    makers: HashMap<ColumnId, Maker<'a>>,
    /// The tables that are read, each reading apart, and its columns.
    pub(super) readings: Vec<(&'a Rowset, String)>,
}

impl<'a> Places<'a> {
    pub(super) fn new(query: &'a BoundQuery) -> Self {
        let mut places = Self { query, makers: HashMap::new(), readings: Vec::new() };
        for rowset in rowsets(query) {
            places.rowset(rowset);
        }
        places
    }

    fn rowset(&mut self, rowset: &'a Rowset) {
        match &rowset.kind {
            RowsetKind::Table(table) => {
                let reading = self.readings.len();
                self.readings.push((rowset, table.name.to_string()));
                for (column, own) in rowset.columns.iter().zip(&table.columns) {
                    self.makers
                        .insert(column.id, Maker::Table(reading, own.to_string(), column.ty));
                }
            }
            RowsetKind::Reference { definition } => {
                for (column, own) in rowset.columns.iter().zip(&definition.rowset.columns) {
                    self.makers.insert(column.id, Maker::Same(own.id));
                }
            }
            RowsetKind::Extend { columns, .. } | RowsetKind::Project { columns, .. } => {
                for (id, value) in columns {
                    self.made(*id, value);
                }
            }
            RowsetKind::Summarize { keys, aggregates, .. } => {
                for (id, value) in keys {
                    self.made(*id, value);
                }
                for aggregate in aggregates {
                    for (index, id) in aggregate.outputs.iter().enumerate() {
                        let maker = match (&*aggregate.function, aggregate.arguments.get(index)) {
                            // One of the rows' own values.
                            (
                                "arg_max" | "arg_min" | "take_any" | "any" | "max" | "min",
                                Some(value),
                            ) => Maker::Value(value),
                            _ => Maker::Aggregate(aggregate),
                        };
                        self.makers.insert(*id, maker);
                    }
                }
            }
            RowsetKind::MvExpand(expand) => {
                for expansion in &expand.expansions {
                    self.makers.insert(expansion.output, Maker::Element(&expansion.source));
                }
            }
            RowsetKind::MvApply(apply) => {
                for expansion in &apply.expand.expansions {
                    self.makers.insert(expansion.output, Maker::Element(&expansion.source));
                }
            }
            RowsetKind::Union(union) => {
                for (column, legs) in rowset.columns.iter().zip(&union.columns) {
                    if let Some((_, id)) = legs.first() {
                        self.makers.entry(column.id).or_insert(Maker::Same(*id));
                    }
                }
            }
            _ => {}
        }
    }

    fn made(&mut self, id: ColumnId, value: &'a Scalar) {
        // A column that only moves keeps what made it.
        if !matches!(value.kind, ScalarKind::Column(own) if own == id) {
            self.makers.insert(id, Maker::Value(value));
        }
    }

    /// The place that an expression reads; none where it is computed of several, or of none.
    pub(super) fn place(&self, scalar: &Scalar) -> Option<Place> {
        self.place_at(scalar, 0)
    }

    fn place_at(&self, scalar: &Scalar, depth: usize) -> Option<Place> {
        if depth > MAX_DEPTH {
            return None;
        }
        let deeper = |scalar: &Scalar| self.place_at(scalar, depth + 1);
        match &scalar.kind {
            ScalarKind::Column(id) => match self.makers.get(id)? {
                Maker::Table(reading, column, ty) => Some(Place {
                    reading: *reading,
                    column: column.clone(),
                    ty: *ty,
                    path: Vec::new(),
                }),
                Maker::Same(own) => {
                    let column = Scalar::new(ScalarKind::Column(*own), scalar.ty, scalar.span);
                    deeper(&column)
                }
                Maker::Value(value) => deeper(value),
                Maker::Element(source) => {
                    let mut place = deeper(source)?;
                    place.path.push(Step::Index(0));
                    Some(place)
                }
                Maker::Aggregate(_) => None,
            },
            ScalarKind::Shared(id) => deeper(self.query.shared.get(id.0 as usize)?),
            ScalarKind::Convert(operand) => deeper(operand),
            ScalarKind::Member { base, name } => {
                let mut place = deeper(base)?;
                place.path.push(Step::Key(name.to_string()));
                Some(place)
            }
            ScalarKind::Index { base, index } => {
                let mut place = deeper(base)?;
                place.path.push(match index.as_literal()? {
                    Value::Long(index) => {
                        Step::Index(usize::try_from(*index).ok().filter(|i| *i < 20)?)
                    }
                    Value::Int(index) => {
                        Step::Index(usize::try_from(*index).ok().filter(|i| *i < 20)?)
                    }
                    Value::String(key) => Step::Key(key.to_string()),
                    _ => return None,
                });
                Some(place)
            }
            ScalarKind::Call(call) => match &*call.function {
                "tostring" | "tolower" | "toupper" | "toint" | "tolong" | "toreal" | "todouble"
                | "tobool" | "todatetime" | "todynamic" | "parse_json" | "trim"
                | "column_ifexists" | "coalesce" | "bin" | "startofday" | "toguid" => {
                    let texts = if &*call.function == "trim" { 1 } else { 0 };
                    deeper(call.arguments.get(texts)?)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The aggregate that an expression is the result of.
    pub(super) fn aggregate(&self, scalar: &Scalar) -> Option<&'a AggregateCall> {
        let ScalarKind::Column(id) = &scalar.kind else {
            if let ScalarKind::Call(call) = &scalar.kind
                && matches!(&*call.function, "array_length" | "toint" | "tolong")
            {
                return self.aggregate(call.arguments.first()?);
            }
            if let ScalarKind::Convert(operand) = &scalar.kind {
                return self.aggregate(operand);
            }
            return None;
        };
        let mut id = *id;
        for _ in 0..MAX_DEPTH {
            match self.makers.get(&id)? {
                Maker::Aggregate(aggregate) => return Some(aggregate),
                Maker::Same(own) => id = *own,
                Maker::Value(value) => match &value.kind {
                    ScalarKind::Column(own) => id = *own,
                    _ => return self.aggregate(value),
                },
                _ => return None,
            }
        }
        None
    }
}
