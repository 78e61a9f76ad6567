//! The rows whose columns are in scope.

use std::collections::HashMap;

use kql_syntax::Name;

use super::Binder;
use crate::Shape;
use crate::bound::{Column, Rowset, RowsetKind};

/// The input of an operator, while its expressions are bound.
#[derive(Debug)]
pub(crate) struct RowScope {
    rowset: Rowset,
    by_name: HashMap<Name, usize>,
    /// Columns that an open schema was found to have.
    inferred: Vec<Column>,
}

impl RowScope {
    pub(crate) fn new(rowset: Rowset) -> Self {
        let mut by_name = HashMap::with_capacity(rowset.columns.len());
        for (index, column) in rowset.columns.iter().enumerate() {
            by_name.entry(column.name.clone()).or_insert(index);
        }
        Self { rowset, by_name, inferred: Vec::new() }
    }

    /// The column of this name.
    pub(crate) fn find(&self, name: &str) -> Option<&Column> {
        self.by_name
            .get(name)
            .and_then(|index| self.rowset.columns.get(*index))
            .or_else(|| self.inferred.iter().find(|column| &*column.name == name))
    }

    /// All columns, inferred ones behind.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &Column> {
        self.rowset.columns.iter().chain(&self.inferred)
    }

    /// Whether they may have columns that are not known yet.
    pub(crate) fn may_have_more(&self) -> bool {
        may_have_more(&self.rowset)
    }

    pub(crate) fn rowset(&self) -> &Rowset {
        &self.rowset
    }

    /// The rows again, with the columns they were found to have.
    pub(crate) fn into_rowset(mut self) -> Rowset {
        for column in self.inferred {
            let _ = provide(&mut self.rowset, &column);
        }
        self.rowset
    }
}

impl Binder<'_> {
    /// Runs `bind` with the columns of `rowset` in scope, and gives the rows back.
    pub(crate) fn with_rows<T>(
        &mut self,
        rowset: Rowset,
        bind: impl FnOnce(&mut Self) -> T,
    ) -> (Rowset, T) {
        let outer = self.rows.replace(RowScope::new(rowset));
        let outer_right = self.right.take();
        let result = bind(self);
        self.right = outer_right;
        let rows = std::mem::replace(&mut self.rows, outer);
        let rowset =
            rows.map_or_else(|| Rowset::wrong(kql_syntax::Span::default()), RowScope::into_rowset);
        (rowset, result)
    }

    /// Runs `bind` with no columns in scope.
    pub(crate) fn without_rows<T>(&mut self, bind: impl FnOnce(&mut Self) -> T) -> T {
        let outer = (self.rows.take(), self.right.take());
        let result = bind(self);
        (self.rows, self.right) = outer;
        result
    }

    /// The columns in scope.
    pub(crate) fn row_columns(&self) -> Vec<Column> {
        self.rows.as_ref().map(|rows| rows.columns().cloned().collect()).unwrap_or_default()
    }

    /// The column of this name, made up where the rows in scope may have it.
    pub(crate) fn infer_column(&mut self, name: &str) -> Option<Column> {
        let right = self.right.as_ref().is_some_and(RowScope::may_have_more);
        let left = self.rows.as_ref().is_some_and(RowScope::may_have_more);
        if !left && !right {
            return None;
        }
        let column = self.column(name, &Shape::UNKNOWN);
        let rows = if left { self.rows.as_mut() } else { self.right.as_mut() };
        rows.map(|rows| {
            rows.inferred.push(column.clone());
            column
        })
    }

    /// As [`Self::infer_column`], of the right side of a join.
    pub(crate) fn infer_right_column(&mut self, name: &str) -> Option<Column> {
        if !self.right.as_ref().is_some_and(RowScope::may_have_more) {
            return None;
        }
        let column = self.column(name, &Shape::UNKNOWN);
        self.right.as_mut().map(|rows| {
            rows.inferred.push(column.clone());
            column
        })
    }
}

/// Whether a column that is not known can be had from where the rows come from.
fn may_have_more(rowset: &Rowset) -> bool {
    if !rowset.is_open {
        return false;
    }
    match &rowset.kind {
        RowsetKind::Filter { input, .. }
        | RowsetKind::Extend { input, .. }
        | RowsetKind::Sort { input, .. }
        | RowsetKind::Take { input, .. }
        | RowsetKind::Sample { input, .. }
        | RowsetKind::Serialize { input }
        | RowsetKind::AssertSchema { input }
        | RowsetKind::Project { input, .. } => may_have_more(input),
        RowsetKind::Parse(parse) => may_have_more(&parse.input),
        RowsetKind::ParseKv(parse) => may_have_more(&parse.input),
        RowsetKind::MvExpand(expand) => may_have_more(&expand.input),
        RowsetKind::Join(join) => may_have_more(&join.left) || may_have_more(&join.right),
        _ => true,
    }
}

/// Has `rowset` give `column` too; whether its rows come from where that can be had.
fn provide(rowset: &mut Rowset, column: &Column) -> bool {
    if rowset.columns.iter().any(|own| own.id == column.id) {
        return true;
    }
    let is_given = match &mut rowset.kind {
        RowsetKind::Filter { input, .. }
        | RowsetKind::Extend { input, .. }
        | RowsetKind::Sort { input, .. }
        | RowsetKind::Take { input, .. }
        | RowsetKind::Sample { input, .. }
        | RowsetKind::Serialize { input }
        | RowsetKind::AssertSchema { input } => provide(input, column),
        RowsetKind::Project { input, columns, .. } => {
            let is_given = provide(input, column);
            if is_given {
                let kind = crate::bound::ScalarKind::Column(column.id);
                let span = kql_syntax::Span::default();
                columns.push((column.id, crate::bound::Scalar::new(kind, column.ty, span)));
            }
            is_given
        }
        RowsetKind::Parse(parse) => provide(&mut parse.input, column),
        RowsetKind::ParseKv(parse) => provide(&mut parse.input, column),
        RowsetKind::MvExpand(expand) => provide(&mut expand.input, column),
        RowsetKind::Join(join) => {
            (join.left.is_open && provide(&mut join.left, column))
                || (join.right.is_open && provide(&mut join.right, column))
        }
        RowsetKind::Union(union) => {
            // A leg that does not have it gives nulls.
            let legs = union.legs.iter_mut().enumerate();
            let given = legs.filter_map(|(index, leg)| {
                let is_given = leg.rowset.is_open && provide(&mut leg.rowset, column);
                is_given.then_some((index, column.id))
            });
            union.columns.push(given.collect());
            true
        }
        RowsetKind::Table(table) => {
            table.columns.push(column.name.clone());
            rowset.is_open
        }
        _ => rowset.is_open,
    };
    if is_given {
        rowset.columns.push(column.clone());
    }
    is_given
}
