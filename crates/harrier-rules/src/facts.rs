//! What lints ask of a bound query: where columns come from, what is compared with what, which rows a table gives.

pub(crate) mod comparison;
pub(crate) mod difference;
pub(crate) mod keys;
pub(crate) mod letters;
pub(crate) mod origin;
pub(crate) mod time;
pub(crate) mod tree;
mod visit;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use kql_semantics::bound::{
    AggregateCall, BoundQuery, BoundResult, Column, ColumnId, Rowset, RowsetKind, Scalar,
    ScalarKind,
};
use kql_semantics::catalog::Catalog;
use kql_syntax::tree::{LogicalOperator, Query};
use kql_syntax::{Name, Span};

use origin::Origin;
use time::Scan;
use tree::TreeFacts;

/// The keys of a `summarize`.
pub(crate) type Grouping<'a> = &'a [(ColumnId, Scalar)];

/// A bound query, indexed.
pub(crate) struct Facts<'a> {
    /// The query's text.
    pub(crate) text: &'a str,
    pub(crate) query: &'a BoundQuery,
    pub(crate) tree: TreeFacts,
    /// All rowsets, outermost first; what several names refer to comes once.
    pub(crate) rowsets: Vec<&'a Rowset>,
    pub(crate) origins: HashMap<ColumnId, Origin<'a>>,
    names: HashMap<ColumnId, &'a Name>,
    scans: OnceCell<Vec<Scan<'a>>>,
}

impl<'a> Facts<'a> {
    pub(crate) fn new(
        text: &'a str,
        tree: &Query,
        query: &'a BoundQuery,
        catalog: &dyn Catalog,
    ) -> Self {
        let mut rowsets = Vec::new();
        query.walk(&mut |rowset| rowsets.push(rowset));
        let mut names = HashMap::new();
        for rowset in &rowsets {
            for column in &rowset.columns {
                names.insert(column.id, &column.name);
            }
        }
        let origins = origin::of_all(&rowsets);
        Self {
            text,
            query,
            tree: TreeFacts::new(tree, catalog),
            rowsets,
            origins,
            names,
            scans: OnceCell::new(),
        }
    }

    /// The result that a rule gives: that of its last statement.
    pub(crate) fn result(&self) -> Option<&'a Rowset> {
        match self.query.results.last()? {
            BoundResult::Table { rowset, .. } => Some(rowset),
            BoundResult::Tables(_) | BoundResult::Scalar(_) => None,
        }
    }

    /// Rowsets whose text stands in this query.
    pub(crate) fn own_rowsets(&self) -> impl Iterator<Item = &'a Rowset> {
        self.rowsets.iter().copied().filter(|rowset| !self.tree.is_foreign(rowset.span))
    }

    /// Every scalar that stands in this query, with those inside it, and the rowset that it is a part of.
    pub(crate) fn each_scalar(&self, visit: &mut dyn FnMut(&'a Rowset, &'a Scalar)) {
        let mut shared = HashSet::new();
        for rowset in self.own_rowsets() {
            rowset.for_each_scalar(&mut |top| {
                self.walk(top, &mut shared, &mut |scalar| visit(rowset, scalar))
            });
        }
    }

    fn walk(&self, top: &'a Scalar, shared: &mut HashSet<u32>, visit: &mut dyn FnMut(&'a Scalar)) {
        let mut waiting = vec![top];
        while let Some(scalar) = waiting.pop() {
            scalar.walk(&mut |inner| {
                if self.tree.is_foreign(inner.span) {
                    return;
                }
                visit(inner);
                if let ScalarKind::Shared(id) = inner.kind
                    && shared.insert(id.0)
                {
                    waiting.extend(self.query.shared.get(id.0 as usize));
                }
            });
        }
    }

    /// What a shared scalar stands for; others for themselves.
    pub(crate) fn resolved(&self, scalar: &'a Scalar) -> &'a Scalar {
        match scalar.kind {
            ScalarKind::Shared(id) => self.query.shared.get(id.0 as usize).unwrap_or(scalar),
            _ => scalar,
        }
    }

    /// What a column is called where it was last seen.
    pub(crate) fn name(&self, id: ColumnId) -> &'a str {
        self.names.get(&id).map_or("", |name| name.as_str())
    }

    /// Where the text of a literal is spelled.
    pub(crate) fn spelled(&self, span: Span, value: &str) -> Option<Span> {
        self.tree.spelled(self.text, span, value)
    }

    /// The tables that are read, in the order of the text; those inside stored functions too.
    pub(crate) fn tables(&self) -> Vec<(&'a Name, &'a Rowset)> {
        let table = |rowset: &&'a Rowset| match &rowset.kind {
            RowsetKind::Table(table) => Some((&table.name, *rowset)),
            _ => None,
        };
        let mut tables: Vec<_> = self.rowsets.iter().filter_map(table).collect();
        tables.sort_by_key(|(_, rowset)| rowset.span);
        tables
    }

    /// The aggregate that a column is, and the keys of its groups.
    pub(crate) fn aggregate(&self, id: ColumnId) -> Option<(&'a AggregateCall, Grouping<'a>)> {
        let Some(Origin::Aggregate(call)) = self.origins.get(&self.root(id)) else { return None };
        self.own_rowsets().find_map(|rowset| match &rowset.kind {
            RowsetKind::Summarize { keys, aggregates, .. }
                if aggregates.iter().any(|own| std::ptr::eq(own, *call)) =>
            {
                Some((*call, keys.as_slice()))
            }
            _ => None,
        })
    }

    /// The predicates of all `where`s that stand in this query.
    pub(crate) fn filters(&self) -> impl Iterator<Item = (&'a Rowset, &'a Rowset, &'a Scalar)> {
        self.own_rowsets().filter_map(|rowset| match &rowset.kind {
            RowsetKind::Filter { input, predicate } => Some((rowset, &**input, predicate)),
            _ => None,
        })
    }
}

/// The parts of `a and b and c`; a predicate without `and` is one.
pub(crate) fn conjuncts(predicate: &Scalar) -> Vec<&Scalar> {
    chain(predicate, LogicalOperator::And)
}

/// The parts of `a or b or c`.
pub(crate) fn disjuncts(predicate: &Scalar) -> Vec<&Scalar> {
    chain(predicate, LogicalOperator::Or)
}

fn chain(predicate: &Scalar, wanted: LogicalOperator) -> Vec<&Scalar> {
    match &predicate.kind {
        ScalarKind::Logical { operator, operands } if *operator == wanted => {
            operands.iter().flat_map(|operand| chain(operand, wanted)).collect()
        }
        _ => vec![predicate],
    }
}

/// The columns that a scalar reads, tables inside it apart.
pub(crate) fn columns_of(scalar: &Scalar) -> Vec<ColumnId> {
    let mut columns = Vec::new();
    scalar.walk(&mut |inner| {
        if let ScalarKind::Column(id) = inner.kind {
            columns.push(id);
        }
    });
    columns
}

/// Whether a rowset has a column with this id.
pub(crate) fn has_column(rowset: &Rowset, id: ColumnId) -> bool {
    rowset.columns.iter().any(|column: &Column| column.id == id)
}
