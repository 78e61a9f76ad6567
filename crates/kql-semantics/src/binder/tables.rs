//! Tables: where rows come from, and tables by name.

use std::rc::Rc;
use std::sync::Arc;

use kql_syntax::tree::Expr;
use kql_syntax::{Name, Span};

use super::scope::TableVariable;
use super::term::{Contents, Database, Meaning, Term};
use super::{Binder, MAX_DEPTH};
use crate::bound::{Column, Rowset, RowsetKind, ScalarKind, SharedRowset, TableReference};
use crate::catalog::TableSchema;
use crate::{Shape, Type, diagnostics};

impl<'a> Binder<'a> {
    /// The rows of a table of the catalog.
    pub(crate) fn table(
        &mut self,
        schema: &TableSchema,
        database: &Database,
        span: Span,
    ) -> Rowset {
        let mut columns: Vec<Column> = Vec::with_capacity(schema.columns.len());
        let hidden = schema.hidden.iter().filter(|(name, _)| self.hidden.contains(name));
        let named: Vec<(Name, Type)> = schema.columns.iter().chain(hidden).cloned().collect();
        for (name, ty) in named {
            if !columns.iter().any(|column| column.name == name) {
                columns.push(self.column(name, &Shape::Plain(ty)));
            }
        }
        self.table_reference(&schema.name, database, columns, span)
    }

    fn table_reference(
        &mut self,
        name: &Name,
        database: &Database,
        columns: Vec<Column>,
        span: Span,
    ) -> Rowset {
        let reference = TableReference {
            name: name.clone(),
            database: database.name.clone(),
            cluster: database.cluster.clone(),
            elsewhere: (database.contents != Contents::Catalog)
                .then(|| database.through.clone().unwrap_or_else(|| Name::new("database"))),
            columns: columns.iter().map(|column| column.name.clone()).collect(),
        };
        self.spend(1, span);
        self.depth = self.depth.max(1);
        Rowset::new(RowsetKind::Table(reference), columns, self.at(span))
    }

    /// The rows of a table of which nothing is known.
    pub(crate) fn open_table(&mut self, name: &str, database: &Database, span: Span) -> Rowset {
        let mut rowset = self.table_reference(&Name::new(name), database, Vec::new(), span);
        rowset.is_open = true;
        rowset
    }

    /// Gives `rowset` a name, so that it is bound once however often it is used.
    pub(crate) fn define(
        &mut self,
        name: Option<Name>,
        rowset: Rowset,
        is_materialized: bool,
        depth: u32,
    ) -> Rc<TableVariable> {
        let definition = self.definition(name, rowset, is_materialized);
        Rc::new(TableVariable { definition: Arc::new(definition), depth })
    }

    /// Gives `rowset` a name that its rows are said to come from: `as`.
    pub(crate) fn define_as(
        &mut self,
        name: Name,
        rowset: Rowset,
        is_materialized: bool,
        depth: u32,
    ) -> Rc<TableVariable> {
        let definition = self.definition(Some(name), rowset, is_materialized);
        let definition = Arc::new(SharedRowset { names_rows: true, ..definition });
        Rc::new(TableVariable { definition, depth })
    }

    /// Rows that several tables are made of: computed once, where they can be kept. What only stands in tables, row by row, is
    /// read anew for each, with just the columns that it needs.
    pub(crate) fn define_once(&mut self, rowset: Rowset, depth: u32) -> Rc<TableVariable> {
        let is_read = is_read(&rowset);
        let definition = self.definition(None, rowset, !is_read);
        let definition = Arc::new(SharedRowset { may_be_read_again: true, ..definition });
        Rc::new(TableVariable { definition, depth })
    }

    fn definition(
        &mut self,
        name: Option<Name>,
        rowset: Rowset,
        is_materialized: bool,
    ) -> SharedRowset {
        let (rowset, was_materialized) = unnamed(rowset);
        let is_materialized = is_materialized || was_materialized;
        SharedRowset {
            name,
            rowset,
            is_materialized,
            may_be_read_again: false,
            names_rows: false,
            id: self.new_definition(),
        }
    }

    /// The rows that a name stands for.
    pub(crate) fn refer(&mut self, variable: &TableVariable, span: Span) -> Rowset {
        let definition = &variable.definition;
        let given: Vec<(Name, Shape)> = definition
            .rowset
            .columns
            .iter()
            .map(|column| (column.name.clone(), self.shape_of(column.id)))
            .collect();
        let columns = given.into_iter().map(|(name, shape)| self.column(name, &shape)).collect();
        self.spend(1, span);
        self.depth = self.depth.max(variable.depth + 1);
        let kind = RowsetKind::Reference { definition: definition.clone() };
        let is_open = definition.rowset.is_open;
        Rowset { is_open, ..Rowset::new(kind, columns, self.at(span)) }
    }

    /// Binds an expression that must be a table; also how many operators it is made of.
    pub(crate) fn tabular(&mut self, expr: &'a Expr) -> (Rowset, u32) {
        let outer = std::mem::take(&mut self.depth);
        let term = self.without_rows(|binder| binder.table_term(expr));
        let depth = std::mem::replace(&mut self.depth, outer);
        self.depth = self.depth.max(depth);
        (self.expect_table(term), depth)
    }

    /// The table that `term` is; where it is none, that is reported.
    pub(crate) fn expect_table(&mut self, term: Term) -> Rowset {
        let at = self.at(term.span);
        match term.meaning {
            Meaning::Table(rowset) => rowset,
            Meaning::Wrong => Rowset::wrong(at),
            Meaning::Scalar(_) if term.shape.is_wrong() => Rowset::wrong(at),
            Meaning::Tables(mut tables) if tables.len() == 1 => tables.remove(0).1,
            _ => {
                self.report(diagnostics::table_expected(at));
                Rowset::wrong(at)
            }
        }
    }

    /// Whether so many operators may stand on top of one another; reports it where not.
    pub(crate) fn check_depth(&mut self, depth: u32, span: Span) -> bool {
        if depth <= MAX_DEPTH {
            return true;
        }
        self.report(diagnostics::query_too_deep(self.at(span), MAX_DEPTH));
        false
    }
}

/// Whether rows are those of a table, each made of one, the same whenever they are read.
fn is_read(rowset: &Rowset) -> bool {
    let mut is_same = true;
    rowset.for_each_scalar(&mut |scalar| {
        scalar.walk(&mut |inner| {
            if let ScalarKind::Call(call) = &inner.kind {
                is_same &= !matches!(&*call.function, "rand" | "new_guid");
            }
        });
    });
    is_same
        && match &rowset.kind {
            RowsetKind::Table(_) | RowsetKind::Values(_) | RowsetKind::Error => true,
            RowsetKind::Reference { definition } => {
                definition.is_materialized || is_read(&definition.rowset)
            }
            RowsetKind::Filter { input, .. }
            | RowsetKind::Extend { input, .. }
            | RowsetKind::Project { input, .. } => is_read(input),
            RowsetKind::Parse(parse) => is_read(&parse.input),
            _ => false,
        }
}

/// What a definition without a name stands for, where `rowset` is all that refers to it; and whether it is kept.
fn unnamed(rowset: Rowset) -> (Rowset, bool) {
    let Rowset { kind, columns, is_open, span } = rowset;
    let kind = match kind {
        RowsetKind::Reference { definition } if definition.name.is_none() => {
            match Arc::try_unwrap(definition) {
                Ok(definition) => return (definition.rowset, definition.is_materialized),
                Err(definition) => RowsetKind::Reference { definition },
            }
        }
        kind => kind,
    };
    (Rowset { kind, columns, is_open, span }, false)
}
