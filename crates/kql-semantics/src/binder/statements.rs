//! Statements: `let`, `set`, `declare`, `alias`, `restrict`.

use std::rc::Rc;

use kql_syntax::tree::{
    Expr, ExprKind, FunctionBody, Let, LetValue, Parameter, ParameterKind, Query, SetOption,
    Statement, StatementKind,
};
use kql_syntax::{Identifier, Name};

use super::Binder;
use super::casts::{cell, convert};
use super::databases::alias_key;
use super::scope::{ScalarVariable, Symbol};
use super::term::{Meaning, Term};
use crate::bound::{BoundQuery, BoundResult, Scalar, ScalarKind};
use crate::{Shape, Type, Value, diagnostics};

impl<'a> Binder<'a> {
    /// Binds a whole text.
    pub(crate) fn query(&mut self, query: &'a Query) -> BoundQuery {
        let mut bound = BoundQuery {
            results: Vec::new(),
            options: Vec::new(),
            shared: Vec::new(),
            undiscovered: Vec::new(),
        };
        for statement in &query.statements {
            match &statement.kind {
                StatementKind::Expression(expr) => {
                    self.depth = 0;
                    self.default_column = 1;
                    if let Some(result) = self.result(expr) {
                        bound.results.push(result);
                    }
                }
                StatementKind::Set(option) => {
                    let value = option.value.as_ref().map(|value| self.option_value(value));
                    bound.options.push((option.name.name.clone(), value));
                    self.declare_option(option);
                }
                _ => self.statement(statement),
            }
        }
        bound.shared = std::mem::take(&mut self.shared);
        bound.undiscovered = std::mem::take(&mut self.undiscovered);
        bound
    }

    /// What a query statement gives.
    fn result(&mut self, expr: &'a Expr) -> Option<BoundResult> {
        self.render = None;
        let term = self.expr(expr);
        let render = self.render.take();
        match term.meaning {
            Meaning::Table(rowset) => Some(BoundResult::Table { rowset, render }),
            Meaning::Tables(tables) => {
                let named = |(name, rowset): (Name, _)| {
                    (if name.is_empty() { None } else { Some(name) }, rowset)
                };
                Some(BoundResult::Tables(tables.into_iter().map(named).collect()))
            }
            Meaning::Scalar(_) | Meaning::Several(_) | Meaning::Type(_) => {
                Some(BoundResult::Scalar(term.into_scalar()))
            }
            Meaning::Graph(graph) => {
                Some(crate::operators::graph::result(&graph, self.at(term.span)))
            }
            _ => None,
        }
    }

    /// A statement that gives nothing by itself.
    pub(crate) fn statement(&mut self, statement: &'a Statement) {
        match &statement.kind {
            StatementKind::Let(declared) => self.let_statement(declared),
            StatementKind::QueryParameters(parameters) => {
                for parameter in parameters {
                    self.query_parameter(parameter);
                }
            }
            StatementKind::Pattern(pattern) => self.pattern_statement(pattern),
            StatementKind::Alias { name, database } => self.alias_statement(name, database),
            StatementKind::Restrict(entities) => self.restrict_statement(entities),
            StatementKind::Set(option) => self.declare_option(option),
            StatementKind::Expression(expr) => {
                // A query in the middle of a function gives nothing, but what is wrong with it is worth saying.
                self.expr(expr);
            }
        }
    }

    fn declare(&mut self, name: &Identifier, symbol: Symbol<'a>) {
        if !name.is_missing() {
            self.scope = self.scopes.declare(self.scope, name.name.clone(), symbol, name.span);
        }
    }

    fn let_statement(&mut self, declared: &'a Let) {
        let name = &declared.name;
        if let Some(first) = self.scopes.declared_here(self.scope, &name.name) {
            let first = self.at(first);
            self.report(diagnostics::declared_twice(&name.name, self.at(name.span), first));
        }
        let symbol = match &declared.value {
            LetValue::Function(function) => self.local_function(name, function),
            LetValue::Expression(expr) => {
                let outer = std::mem::take(&mut self.depth);
                let term = self.without_rows(|binder| binder.expr(expr));
                let depth = std::mem::replace(&mut self.depth, outer);
                self.symbol_of(&name.name, term, depth)
            }
        };
        self.declare(name, symbol);
    }

    /// What a name stands for that is bound to `term`.
    fn symbol_of(&mut self, name: &Name, term: Term, depth: u32) -> Symbol<'a> {
        let at = self.at(term.span);
        match term.meaning {
            Meaning::Table(rowset) => {
                self.spend(1, term.span);
                Symbol::Table(self.define(Some(name.clone()), rowset, false, depth))
            }
            Meaning::Scalar(_) => Symbol::Scalar(Rc::new(ScalarVariable::new(term))),
            Meaning::Several(ref outputs) if outputs.len() == 1 => {
                Symbol::Scalar(Rc::new(ScalarVariable::new(term)))
            }
            Meaning::Several(_) | Meaning::Row(_) => {
                self.report(diagnostics::several_values_in_let(at));
                Symbol::Wrong
            }
            Meaning::Database(database) => Symbol::Database(Rc::new(database)),
            Meaning::EntityGroup(members) => Symbol::EntityGroup(Rc::new(members)),
            Meaning::Graph(graph) => Symbol::Graph(graph),
            _ => Symbol::Wrong,
        }
    }

    /// A parameter of the whole query: its value, its default, or what is not known yet.
    fn query_parameter(&mut self, parameter: &'a Parameter) {
        let name = &parameter.name;
        let ParameterKind::Scalar { ty, default } = &parameter.kind else {
            let symbol = Symbol::Wrong;
            return self.declare(name, symbol);
        };
        let ty = self.type_named(ty);
        let default = default.as_ref().map(|default| self.value(default));
        let at = self.at(parameter.span);
        let given = self.options.parameters.get(&name.name).map(|value| cell(value, ty));
        let scalar = match (given, default) {
            (Some(value), _) => Scalar::literal(value, at),
            (None, Some(default)) => convert(default.into_scalar(), ty),
            (None, None) => Scalar::new(ScalarKind::Parameter(name.name.clone()), ty, at),
        };
        let term = Term::scalar(scalar, Shape::Plain(ty), parameter.span).constant();
        self.declare(name, Symbol::Scalar(Rc::new(ScalarVariable::new(term))));
    }

    fn option_value(&mut self, value: &'a Expr) -> Value {
        match &value.kind {
            ExprKind::Name(name) => Value::string(&name.name),
            _ => {
                let term = self.without_rows(|binder| binder.expr(value));
                match term.value() {
                    Some(value) => value.clone(),
                    None => {
                        if !term.is_open() {
                            self.report(diagnostics::option_value(self.at(term.span)));
                        }
                        Value::Null(Type::Unknown)
                    }
                }
            }
        }
    }

    /// `bin_auto` takes its width and start from options of these names.
    fn declare_option(&mut self, option: &'a SetOption) {
        if !matches!(&*option.name.name, "query_bin_auto_size" | "query_bin_auto_at") {
            return;
        }
        if let Some(value) = &option.value {
            let term = self.without_rows(|binder| binder.expr(value));
            let symbol = Symbol::Scalar(Rc::new(ScalarVariable::new(term)));
            self.declare(&option.name, symbol);
        }
    }

    fn alias_statement(&mut self, name: &'a Identifier, database: &'a Expr) {
        let term = self.expr(database);
        match term.meaning {
            Meaning::Database(database) => {
                let alias = Identifier::new(alias_key(&name.name), name.span);
                self.declare(&alias, Symbol::Database(Rc::new(database)));
            }
            Meaning::Wrong => {}
            _ => self.report(diagnostics::database_expected(self.at(term.span))),
        }
    }

    /// `restrict access to (...)`: what may be named from here on. Harrier's catalog is what the user gave it.
    fn restrict_statement(&mut self, entities: &'a [Expr]) {
        for entity in entities {
            match &entity.kind {
                ExprKind::Wildcard(pattern) => {
                    let _ = self.matching_tables(pattern);
                }
                _ => {
                    self.table_term(entity);
                }
            }
        }
    }

    /// Binds the statements of a block and gives what its last expression means.
    pub(crate) fn block(&mut self, body: &'a FunctionBody) -> Term {
        let outer = self.scope;
        self.scope = self.scopes.open(Some(outer));
        for statement in &body.statements {
            self.statement(statement);
        }
        let term = match &body.result {
            Some(result) => self.table_term(result),
            None => Term::wrong(body.span),
        };
        self.scope = outer;
        term
    }

    /// The value that `term` is; what is none, and what is several, is reported.
    pub(crate) fn expect_scalar(&mut self, term: Term) -> Term {
        let is_several = matches!(&term.meaning, Meaning::Several(outputs) if outputs.len() != 1)
            || matches!(term.meaning, Meaning::Row(_));
        if term.is_wrong() || term.is_scalar() && !is_several {
            return term;
        }
        self.report(diagnostics::scalar_expected(&term.describe(), self.at(term.span)));
        Term::wrong(term.span)
    }
}
