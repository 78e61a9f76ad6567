//! What a name means where it stands.

use kql_syntax::{Identifier, Name, Span};

use super::expressions::Context;
use super::functions::Callee;
use super::rows::RowScope;
use super::scope::{ScalarVariable, Size, Symbol};
use super::term::{Database, Meaning, Reference, Row, Term};
use super::{Binder, Place};
use crate::bound::{Column, Rowset, Scalar, ScalarKind};
use crate::catalog::StoredFunction;
use crate::signatures::Signatures;
use crate::{Shape, diagnostics, suggest};

impl<'a> Binder<'a> {
    /// A name on its own.
    pub(crate) fn name(&mut self, name: &'a Identifier, context: Context) -> Term {
        if name.is_missing() {
            return Term::wrong(name.span);
        }
        let term = self.named(name, context);
        match term {
            Some(term) => term,
            None => self.unknown_name(name, context),
        }
    }

    fn named(&mut self, name: &'a Identifier, context: Context) -> Option<Term> {
        let span = name.span;
        if let Some(row) = self.join_side(&name.name) {
            let mut term = Term::new(Meaning::Row(row), span);
            term.shape = Shape::Several;
            return Some(term);
        }
        if self.place == Place::Row
            && let Some(id) = self.column_in_scope(&name.name).map(|column| column.id)
        {
            return Some(self.column_term(id, &name.name, span));
        }
        if let Some(symbol) = self.scopes.find(self.scope, &name.name).cloned() {
            return Some(self.symbol_term(name, symbol));
        }
        if let Some(term) = self.database_name(name) {
            return Some(term);
        }
        if self.is_builtin(&name.name) {
            self.report(diagnostics::argument_list_required(&name.name, self.at(span)));
            return Some(Term::wrong(span));
        }
        if self.place == Place::Row
            && context == Context::Scalar
            && let Some(column) = self.infer_column(&name.name)
        {
            return Some(self.column_term(column.id, &name.name, span));
        }
        None
    }

    fn join_side(&self, name: &str) -> Option<Row> {
        match name {
            "$left" if self.rows.is_some() && self.right.is_some() => Some(Row::Left),
            "$right" if self.right.is_some() => Some(Row::Right),
            _ => None,
        }
    }

    /// The column of this name of the rows in scope.
    pub(crate) fn column_in_scope(&self, name: &str) -> Option<&Column> {
        let left = self.rows.as_ref().and_then(|rows| rows.find(name));
        left.or_else(|| self.right.as_ref().and_then(|rows| rows.find(name)))
    }

    /// What a declared name gives.
    fn symbol_term(&mut self, name: &'a Identifier, symbol: Symbol<'a>) -> Term {
        let span = name.span;
        match symbol {
            Symbol::Scalar(variable) => {
                let scalar = self.variable_scalar(&variable, &name.name, span);
                let mut term = Term::scalar(scalar, variable.shape.clone(), span);
                term.is_constant = variable.is_constant;
                term.constant = variable.constant.clone();
                term.named(Some(name.name.clone()))
            }
            Symbol::Table(variable) => {
                let rowset = self.refer(&variable, span);
                Term::table(rowset, span).named(Some(name.name.clone()))
            }
            Symbol::Function(function) => self.call_without_list(Callee::Local(function), name),
            Symbol::Pattern(_) => {
                self.report(diagnostics::argument_list_required(&name.name, self.at(span)));
                Term::wrong(span)
            }
            Symbol::EntityGroup(members) => Term::new(Meaning::EntityGroup(members.to_vec()), span),
            Symbol::Database(database) => Term::new(Meaning::Database((*database).clone()), span),
            Symbol::Graph(graph) => Term::new(Meaning::Graph(graph), span),
            Symbol::Column(column) => {
                let mut term = self.column_term(column.id, &name.name, span);
                term.reference = Reference::Column(column.id);
                term
            }
            Symbol::Row(row) => {
                let mut term = Term::new(Meaning::Row((*row).clone()), span);
                term.shape = Shape::Several;
                term
            }
            Symbol::Wrong => Term::wrong(span),
        }
    }

    /// What stands for a scalar where its name stands: itself, or what computes it once a row.
    fn variable_scalar(&mut self, variable: &ScalarVariable, name: &Name, span: Span) -> Scalar {
        let at = self.at(span);
        let size = match variable.size {
            Size::One => Some(1),
            // What is only rehearsed is thrown away: its type is enough.
            _ if self.is_rehearsal => {
                let kind = ScalarKind::Parameter(name.clone());
                return Scalar::new(kind, variable.scalar.ty, at);
            }
            Size::Small(size) => Some(size),
            Size::OfRow(size) if !variable.was_used.replace(true) => Some(size),
            Size::OfRow(_) | Size::Large => None,
        };
        match size {
            Some(size) => {
                self.spend(size, span);
                Scalar { span: at, ..variable.scalar.clone() }
            }
            None => {
                if variable.shared.get().is_none() {
                    let shared = self.share(variable.scalar.clone());
                    // Nobody else can have set it meanwhile.
                    let _ = variable.shared.set(shared);
                }
                let shared = variable.shared.get().unwrap_or(&variable.scalar).clone();
                Scalar { span: at, ..shared }
            }
        }
    }

    /// A table or a function without parameters of the own database.
    fn database_name(&mut self, name: &'a Identifier) -> Option<Term> {
        let table = self.catalog.table(&name.name);
        let is_own_table = table.is_some() && self.current_stored() == Some(&*name.name);
        if !is_own_table
            && let Some(function) = self.stored.get(self.catalog, &name.name)
            && least_arguments(function) == 0
        {
            return Some(self.call_without_list(Callee::Stored(function), name));
        }
        let table = table?;
        let rowset = self.table(&table, &Database::own(), name.span);
        Some(Term::table(rowset, name.span).named(Some(name.name.clone())))
    }

    fn call_without_list(&mut self, callee: Callee<'a>, name: &'a Identifier) -> Term {
        if callee.least_arguments() > 0 {
            self.report(diagnostics::argument_list_required(&name.name, self.at(name.span)));
            return Term::wrong(name.span);
        }
        self.call_function(callee, Vec::new(), name, name.span).named(Some(name.name.clone()))
    }

    fn is_builtin(&self, name: &str) -> bool {
        let signatures = Signatures::get();
        signatures.scalar(name).is_some_and(|builtin| !builtin.is_graph)
            || self.place == Place::Aggregate && signatures.aggregate(name).is_some()
    }

    /// Nothing has this name: says so.
    fn unknown_name(&mut self, name: &'a Identifier, context: Context) -> Term {
        let (span, at) = (name.span, self.at(name.span));
        if self.place == Place::Aggregate
            && (self.column_in_scope(&name.name).is_some()
                || self.infer_column(&name.name).is_some())
        {
            self.report(diagnostics::column_outside_aggregate(&name.name, at));
            return Term::wrong(span);
        }
        self.wanted_hidden.insert(name.name.clone());
        if context == Context::Tabular {
            let rowset = self.unknown_table(&name.name, at);
            return Term::table(rowset, span).named(Some(name.name.clone()));
        }
        let diagnostic = self.unknown_value(&name.name, at);
        self.report(diagnostic);
        Term::wrong(span).named(Some(name.name.clone()))
    }

    /// A table that there is not.
    pub(crate) fn unknown_table(&mut self, name: &str, at: Span) -> Rowset {
        let nearest = if self.is_quiet() { None } else { self.nearest_table(name) };
        let diagnostic = if self.is_fuzzy {
            diagnostics::missing_fuzzy(name, "table", at)
        } else {
            diagnostics::unknown_table(name, at, nearest.as_deref())
        };
        self.report(diagnostic);
        Rowset::wrong(at)
    }

    fn unknown_value(&self, name: &str, at: Span) -> kql_syntax::Diagnostic {
        if self.is_quiet() {
            return diagnostics::unknown_name(name, at, None);
        }
        match &self.rows {
            Some(rows) => self.unknown_column_of(Some(rows), name, at),
            None => {
                let nearest = self.nearest_variable(name).or_else(|| self.nearest_table(name));
                diagnostics::unknown_name(name, at, nearest.as_deref())
            }
        }
    }

    /// No column has this name: which one is near, or where it went.
    pub(crate) fn unknown_column_of(
        &self,
        rows: Option<&RowScope>,
        name: &str,
        at: Span,
    ) -> kql_syntax::Diagnostic {
        let Some(rows) = rows else { return diagnostics::unknown_name(name, at, None) };
        let columns: Vec<&str> = rows.columns().map(|column| &*column.name).collect();
        if let Some(twin) = suggest::in_other_case(name, columns.iter().copied()) {
            return diagnostics::unknown_column(name, at).help(format!("did you mean `{twin}`?"));
        }
        if let Some(gone) = suggest::lost_column(rows.rowset(), name) {
            return diagnostics::lost_column(name, at, &gone);
        }
        let variable = self.nearest_variable(name);
        let nearest = suggest::nearest(name, columns).or(variable);
        diagnostics::unknown_column(name, at)
            .help_if(nearest.map(|nearest| format!("did you mean `{nearest}`?")))
    }

    fn nearest_variable(&self, name: &str) -> Option<String> {
        let declared = self.scopes.all(self.scope);
        suggest::nearest(name, declared.iter().map(|(known, _)| &**known))
    }

    pub(crate) fn nearest_table(&self, name: &str) -> Option<String> {
        let mut names: Vec<Name> =
            self.scopes.all(self.scope).into_iter().map(|(n, _)| n).collect();
        names.extend(self.catalog.table_names());
        names.extend(self.catalog.function_names());
        suggest::nearest(name, names.iter().map(|known| &**known))
    }
}

/// The fewest arguments that a stored function takes.
pub(crate) fn least_arguments(function: &StoredFunction) -> usize {
    use crate::catalog::StoredBody;
    use kql_syntax::tree::ParameterKind;
    match &function.body {
        StoredBody::Tree(tree) => tree
            .parameters
            .iter()
            .filter(|parameter| {
                !matches!(parameter.kind, ParameterKind::Scalar { default: Some(_), .. })
            })
            .count(),
        StoredBody::Signature(signature) => {
            signature.parameters.iter().filter(|parameter| !parameter.is_optional).count()
        }
    }
}
