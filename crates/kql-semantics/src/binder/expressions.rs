//! Expressions: each kind of tree node to what it means.

use kql_syntax::Span;
use kql_syntax::tree::{Expr, ExprKind, ParameterValue};

use super::Binder;
use super::casts::cell;
use super::term::{Meaning, Reference, Term};
use crate::bound::{Column, ExternalSource, Rowset, RowsetKind, Scalar, ScalarKind};
use crate::{Shape, Type, Value, diagnostics};

/// What is expected where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// A value, mostly.
    Scalar,
    /// A table.
    Tabular,
}

impl<'a> Binder<'a> {
    /// Binds an expression that may be anything, mostly a value.
    pub(crate) fn expr(&mut self, expr: &'a Expr) -> Term {
        self.bind(expr, Context::Scalar)
    }

    /// Binds an expression that is to be a table.
    pub(crate) fn table_term(&mut self, expr: &'a Expr) -> Term {
        self.bind(expr, Context::Tabular)
    }

    /// Binds an expression.
    pub(crate) fn bind(&mut self, expr: &'a Expr, context: Context) -> Term {
        if !self.spend(1, expr.span) {
            return Term::wrong(expr.span);
        }
        let span = expr.span;
        match &expr.kind {
            ExprKind::Missing => Term::wrong(span),
            ExprKind::Literal(literal) => self.literal(literal, span),
            ExprKind::Name(name) => self.name(name, context),
            ExprKind::Wildcard(pattern) => {
                self.report(diagnostics::wildcard_not_allowed(&pattern.name, self.at(span)));
                Term::wrong(span)
            }
            ExprKind::Star => Term::new(Meaning::Star, span),
            ExprKind::Paren(inner) => parenthesized(self.bind(inner, context), span),
            ExprKind::Unary { operator, operand } => self.unary(*operator, operand, span),
            ExprKind::Binary(binary) => self.binary(binary, span),
            ExprKind::Logical { operator, operands } => self.logical(*operator, operands, span),
            ExprKind::Between(between) => self.between(between, span),
            ExprKind::InList(in_list) => self.in_list(in_list, span),
            ExprKind::Call(call) => self.call(call, span, context),
            ExprKind::Path { base, member } => self.path(base, member, span, context),
            ExprKind::Element { base, index } => self.element(base, index, span),
            ExprKind::Pipe { source, operators } => self.pipe(source, operators, span),
            ExprKind::Source(operator) => self.source_operator(operator),
            ExprKind::Datatable(table) => self.datatable(table, span),
            ExprKind::ExternalData(data) => self.external_data(data, span),
            ExprKind::ToScalar(inner) => self.one_value(inner, span),
            ExprKind::ToTable(inner) => {
                let term = self.without_rows(|binder| binder.table_term(inner));
                let rowset = self.expect_table(term);
                Term::table(rowset, span)
            }
            ExprKind::Materialize(inner) => self.materialize(inner, span),
            ExprKind::DataScope { table, .. } => {
                let term = self.table_term(table);
                let rowset = self.expect_table(term);
                Term::table(rowset, span)
            }
            ExprKind::EntityGroup(members) => self.entity_group(members, span),
            ExprKind::MaterializedViewCombine(combine) => {
                self.report(diagnostics::not_supported("materialized-view-combine", self.at(span)));
                let _ = combine;
                Term::table(Rowset::wrong(self.at(span)), span)
            }
            ExprKind::ContextualDatatable { schema, .. } => {
                let columns = self.declared_columns(schema);
                let rowset = Rowset::new(RowsetKind::Values(Vec::new()), columns, self.at(span));
                Term::table(rowset, span)
            }
        }
    }

    /// Binds an expression that must be a value; where it is none, that is reported.
    pub(crate) fn value(&mut self, expr: &'a Expr) -> Term {
        let term = self.expr(expr);
        self.expect_scalar(term)
    }

    fn one_value(&mut self, inner: &'a Expr, span: Span) -> Term {
        let term = self.without_rows(|binder| binder.bind(inner, Context::Scalar));
        if term.is_scalar() || term.is_wrong() {
            let mut term = term.constant();
            (term.reference, term.name, term.is_literal) = (Reference::None, None, false);
            return term;
        }
        let Meaning::Table(rowset) = term.meaning else {
            self.report(diagnostics::table_or_scalar_expected(self.at(inner.span)));
            return Term::wrong(span);
        };
        let Some(first) = rowset.columns.first() else {
            if !matches!(rowset.kind, RowsetKind::Error) && !rowset.is_open {
                self.report(diagnostics::table_without_columns(self.at(inner.span)));
                return Term::wrong(span);
            }
            return Term::unknown(span).constant();
        };
        let shape = self.shape_of(first.id);
        let at = self.at(span);
        let scalar = Scalar::new(ScalarKind::Subquery(Box::new(rowset)), shape.ty(), at);
        Term::scalar(scalar, shape, span).constant()
    }

    fn materialize(&mut self, inner: &'a Expr, span: Span) -> Term {
        let outer = std::mem::take(&mut self.depth);
        let term = self.table_term(inner);
        let depth = std::mem::replace(&mut self.depth, outer);
        if matches!(term.meaning, Meaning::Graph(_)) {
            return term;
        }
        let rowset = self.expect_table(term);
        let variable = self.define(None, rowset, true, depth);
        let rowset = self.refer(&variable, span);
        Term::table(rowset, span)
    }

    /// The columns of a written schema, new ones.
    pub(crate) fn declared_columns(&mut self, schema: &kql_syntax::tree::RowSchema) -> Vec<Column> {
        let declared = self.schema_columns(schema);
        declared.into_iter().map(|(name, ty, _)| self.column(name, &Shape::Plain(ty))).collect()
    }

    fn datatable(&mut self, table: &'a kql_syntax::tree::Datatable, span: Span) -> Term {
        let columns = self.declared_columns(&table.schema);
        let width = columns.len();
        if width > 0 && !table.values.len().is_multiple_of(width) {
            let at = table.values.last().map_or(span, |last| last.span);
            self.report(diagnostics::wrong_number_of_values(
                width,
                table.values.len(),
                self.at(at),
            ));
        }
        self.spend(table.values.len(), span);
        let mut rows: Vec<Vec<Value>> = Vec::with_capacity(table.values.len() / width.max(1));
        let mut row = Vec::with_capacity(width);
        for value in &table.values {
            let term = self.without_rows(|binder| binder.value(value));
            let column = columns.get(row.len());
            row.push(self.datatable_cell(term, column));
            if row.len() == width {
                rows.push(std::mem::replace(&mut row, Vec::with_capacity(width)));
            }
        }
        self.depth = self.depth.max(1);
        let rowset = Rowset::new(RowsetKind::Values(rows), columns, self.at(span));
        Term::table(rowset, span)
    }

    fn datatable_cell(&mut self, term: Term, column: Option<&Column>) -> Value {
        let ty = column.map_or(Type::Unknown, |column| column.ty);
        match term.value() {
            Some(value) => cell(value, ty),
            None => {
                if !term.is_open() && !self.is_quiet() {
                    self.report(diagnostics::literal_expected(self.at(term.span)));
                }
                Value::Null(ty)
            }
        }
    }

    fn external_data(&mut self, data: &'a kql_syntax::tree::ExternalData, span: Span) -> Term {
        let columns = self.declared_columns(&data.schema);
        let mut uris = Vec::new();
        for uri in &data.uris {
            let term = self.without_rows(|binder| binder.value(uri));
            self.expect_type(&term, Type::String);
            uris.push(term.into_scalar());
        }
        let mut properties = Vec::new();
        for property in &data.properties {
            let value = match &property.value {
                ParameterValue::Expr(expr) => {
                    let term = self.without_rows(|binder| binder.value(expr));
                    term.value().cloned().unwrap_or(Value::Null(Type::Unknown))
                }
                ParameterValue::Name(name) => Value::string(&name.name),
                ParameterValue::Names(names) => {
                    let names: Vec<&str> = names.iter().map(|name| &*name.name).collect();
                    Value::string(&names.join(","))
                }
                ParameterValue::Missing => continue,
            };
            properties.push((property.name.name.clone(), value));
        }
        self.depth = self.depth.max(1);
        let kind = RowsetKind::ExternalData(ExternalSource { uris, properties });
        Term::table(Rowset::new(kind, columns, self.at(span)), span)
    }
}

/// What `(inner)` means: as `inner`, but no longer a literal or the name of a column.
fn parenthesized(mut term: Term, span: Span) -> Term {
    term.is_constant = false;
    term.is_literal = false;
    term.constant = None;
    term.reference = term.reference.any().map_or(Reference::None, Reference::Through);
    term.span = span;
    term
}
