//! Builtins that name things: `table()`, `database()`, `cluster()`, `column_ifexists()`; and what stands behind their dots.

use std::sync::Arc;

use kql_syntax::tree::{Call, Expr, ExprKind};
use kql_syntax::{Identifier, Name, Span};

use super::Binder;
use super::functions::Callee;
use super::names::least_arguments;
use super::scope::Symbol;
use super::term::{Contents, Database, Meaning, Term};
use super::wildcards;
use crate::bound::{Rowset, Scalar};
use crate::catalog::TableSchema;
use crate::signatures::Builtin;
use crate::{Dynamic, Shape, Type, Value, diagnostics};

impl<'a> Binder<'a> {
    /// Builtins that do more than compute a value.
    pub(crate) fn special(
        &mut self,
        builtin: &'static Builtin,
        call: &'a Call,
        span: Span,
    ) -> Option<Term> {
        if let Some(term) = self.graph_function(builtin.name, call, span) {
            return Some(term);
        }
        match builtin.name {
            "table" => Some(self.table_call(call, &Database::own(), span)),
            "database" => Some(self.database_call(call, None, span)),
            "cluster" => Some(self.cluster_call(call, span)),
            "external_table" | "materialized_view" | "stored_query_result" => {
                Some(self.named_table_call(builtin.name, call, span))
            }
            "graph" => {
                let at = self.at(call.name.span);
                self.report(diagnostics::stored_graph(at));
                Some(Term::wrong(span))
            }
            "entity_group" => {
                let at = self.at(call.name.span);
                self.report(diagnostics::not_supported(builtin.name, at));
                Some(Term::wrong(span))
            }
            "column_ifexists" | "columnifexists" if call.arguments.len() == 2 => {
                Some(self.column_if_exists(builtin, call, span))
            }
            "iscolumnexists" => self.is_column_exists(call, span),
            "column_names_of" => self.column_names_of(call, span),
            "bin_auto" => self.bin_auto(call, span),
            "pack_all" => Some(self.pack_all(builtin, call, span)),
            "current_database" if call.arguments.is_empty() => {
                let value = Value::string(self.catalog.database());
                let scalar = Scalar::literal(value, self.at(span));
                Some(Term::scalar(scalar, Shape::Plain(Type::String), span))
            }
            _ => None,
        }
    }

    /// The text that the first argument is; reports an argument that is no text.
    fn naming_argument(&mut self, call: &'a Call) -> (Option<Arc<str>>, Span) {
        let Some(first) = call.arguments.first() else { return (None, call.name.span) };
        let term = self.without_rows(|binder| binder.argument(first));
        self.expect_type(&term, Type::String);
        let text = match term.value() {
            Some(Value::String(text)) => Some(text.clone()),
            _ => None,
        };
        (text, first.span)
    }

    /// `table("name")`, `database("d").table("name")`
    fn table_call(&mut self, call: &'a Call, database: &Database, span: Span) -> Term {
        let (name, at) = self.naming_argument(call);
        let rowset = match name {
            Some(name) if name.contains('*') => {
                return self.wildcard_tables(&name, database, at, span);
            }
            Some(name) => match self.table_of_name(&name, database, at) {
                Some(rowset) => rowset,
                None => {
                    let at = self.at(at);
                    self.wanted_hidden.insert(Name::new(&name));
                    self.unknown_table(&name, at)
                }
            },
            None => Rowset::wrong(self.at(span)),
        };
        Term::table(rowset, span)
    }

    fn table_of_name(&mut self, name: &str, database: &Database, span: Span) -> Option<Rowset> {
        if *database == Database::own()
            && let Some(symbol) = self.scopes.find(self.scope, name).cloned()
        {
            match symbol {
                Symbol::Table(variable) => return Some(self.refer(&variable, span)),
                Symbol::Function(function) if function.function.is_view => {
                    let identifier = None;
                    return Some(self.view_rows(&function, identifier, span));
                }
                _ => {}
            }
        }
        self.database_table(name, database, span)
    }

    /// A table of a database.
    pub(crate) fn database_table(
        &mut self,
        name: &str,
        database: &Database,
        span: Span,
    ) -> Option<Rowset> {
        match database.contents {
            Contents::Open => Some(self.open_table(name, database, span)),
            Contents::Cluster => None,
            Contents::Catalog => {
                let table = self.catalog.table(name)?;
                Some(self.table(&table, database, span))
            }
        }
    }

    /// The tables of a database whose names are wanted. Those that are only known give the columns that the query names;
    /// without any they are left out where others are there.
    pub(crate) fn database_tables(
        &mut self,
        database: &Database,
        is_wanted: &dyn Fn(&str) -> bool,
        span: Span,
    ) -> Vec<(Name, Rowset)> {
        let (mut tables, mut empty) = (Vec::new(), Vec::new());
        for name in self.catalog.table_names() {
            if !is_wanted(&name) {
                continue;
            }
            let is_there = self.catalog.is_there(&name);
            let rowset = match database.contents {
                Contents::Catalog if !is_there => self.named_part(&name, database, span),
                _ => self.database_table(&name, database, span),
            };
            let Some(rowset) = rowset else { continue };
            match is_there || !rowset.columns.is_empty() {
                true => tables.push((name, rowset)),
                false => empty.push((name, rowset)),
            }
        }
        if tables.is_empty() { empty } else { tables }
    }

    /// A table of the catalog with no columns but those that the query names.
    fn named_part(&mut self, name: &str, database: &Database, span: Span) -> Option<Rowset> {
        let schema = self.catalog.table(name)?;
        let named = |column: &&(Name, Type)| self.hidden.contains(&column.0);
        let columns: Vec<(Name, Type)> =
            schema.columns.iter().chain(&schema.hidden).filter(named).cloned().collect();
        let part = TableSchema { name: schema.name.clone(), columns, hidden: Vec::new() };
        Some(self.table(&part, database, span))
    }

    fn wildcard_tables(
        &mut self,
        pattern: &str,
        database: &Database,
        at: Span,
        span: Span,
    ) -> Term {
        let tables =
            self.database_tables(database, &|name| wildcards::matches(pattern, name), span);
        if tables.is_empty() {
            let at = self.at(at);
            return Term::table(self.unknown_table(pattern, at), span);
        }
        Term::new(Meaning::Tables(tables), span)
    }

    /// `database("name")`
    fn database_call(&mut self, call: &'a Call, cluster: Option<&Database>, span: Span) -> Term {
        let (name, at) = self.naming_argument(call);
        let own = cluster.is_none_or(|cluster| cluster.cluster.is_none());
        let is_own = own
            && name
                .as_deref()
                .is_none_or(|name| name.eq_ignore_ascii_case(self.catalog.database()));
        if is_own {
            return Term::new(Meaning::Database(Database::own()), span);
        }
        let name = name.unwrap_or_else(|| Arc::from(""));
        if let Some(Symbol::Database(database)) = self.scopes.find(self.scope, &alias_key(&name)) {
            return Term::new(Meaning::Database((**database).clone()), span);
        }
        if own && !name.is_empty() {
            let at = self.at(at);
            let diagnostic = if self.is_fuzzy {
                diagnostics::missing_fuzzy(&name, "database", at)
            } else {
                diagnostics::unknown_database(&name, self.catalog.database(), at)
            };
            self.report(diagnostic);
        }
        let database = Database {
            name: Some(Name::new(&name)),
            cluster: cluster.and_then(|cluster| cluster.cluster.clone()),
            through: cluster.and_then(|cluster| cluster.through.clone()),
            contents: Contents::Open,
        };
        Term::new(Meaning::Database(database), span)
    }

    /// `cluster("name")`: no cluster is known, so any database and table may be there.
    fn cluster_call(&mut self, call: &'a Call, span: Span) -> Term {
        let (name, at) = self.naming_argument(call);
        let name = name.unwrap_or_else(|| Arc::from(""));
        if !name.is_empty() {
            let at = self.at(at);
            self.report(diagnostics::unknown_cluster(&name, at));
        }
        let cluster = Some(Name::new(&name));
        let through = Some(Name::new("cluster"));
        let database = Database { name: None, cluster, through, contents: Contents::Cluster };
        Term::new(Meaning::Database(database), span)
    }

    fn named_table_call(&mut self, function: &str, call: &'a Call, span: Span) -> Term {
        let (name, at) = self.naming_argument(call);
        let rowset =
            name.as_deref().and_then(|name| self.database_table(name, &Database::own(), span));
        let rowset = rowset.unwrap_or_else(|| {
            let at = self.at(at);
            if let Some(name) = &name {
                let diagnostic = if self.is_fuzzy {
                    diagnostics::missing_fuzzy(name, "table", at)
                } else {
                    diagnostics::unknown_named_table(function, name, at)
                };
                self.report(diagnostic);
            }
            Rowset::wrong(at)
        });
        Term::table(rowset, span)
    }

    /// `database("d").T`, `workspace("w").f()`
    pub(crate) fn database_member(&mut self, base: Term, member: &'a Expr, span: Span) -> Term {
        match base.meaning {
            Meaning::Database(database) => self.member_of_database(&database, member, span),
            Meaning::EntityGroup(databases) => {
                let mut found = Vec::new();
                for database in &databases {
                    let term = self.member_of_database(database, member, span);
                    if let Meaning::Table(rowset) = term.meaning {
                        found.push((Name::new(""), rowset));
                    }
                }
                Term::new(Meaning::Tables(found), span)
            }
            _ => Term::wrong(span),
        }
    }

    fn member_of_database(&mut self, database: &Database, member: &'a Expr, span: Span) -> Term {
        match &member.kind {
            ExprKind::Name(name) => self.database_name_member(database, name, span),
            ExprKind::Wildcard(pattern) => {
                self.wildcard_tables(&pattern.name, database, pattern.span, span)
            }
            ExprKind::Call(call) => match &*call.name.name {
                "database" if database.contents == Contents::Cluster => {
                    self.database_call(call, Some(database), span)
                }
                "table" => self.table_call(call, database, span),
                "external_table" | "materialized_view" => {
                    self.named_table_call(&call.name.name, call, span)
                }
                name => match self.stored.get(self.catalog, name) {
                    Some(function) if database.contents == Contents::Catalog => {
                        let terms = call.arguments.iter().map(|argument| self.argument(argument));
                        let arguments: Vec<Term> = terms.collect();
                        self.call_function(Callee::Stored(function), arguments, &call.name, span)
                    }
                    _ => self.unknown_database_function(database, call, span),
                },
            },
            _ => {
                self.report(diagnostics::member_not_allowed(self.at(member.span)));
                Term::wrong(span)
            }
        }
    }

    fn database_name_member(
        &mut self,
        database: &Database,
        name: &'a Identifier,
        span: Span,
    ) -> Term {
        if name.is_missing() {
            return Term::wrong(span);
        }
        let result_name = Some(name.name.clone());
        if database.contents == Contents::Catalog
            && let Some(function) = self.stored.get(self.catalog, &name.name)
            && least_arguments(function) == 0
        {
            let term = self.call_function(Callee::Stored(function), Vec::new(), name, span);
            return term.named(result_name);
        }
        let rowset = match self.database_table(&name.name, database, span) {
            Some(rowset) => rowset,
            None => {
                self.wanted_hidden.insert(name.name.clone());
                self.unknown_table(&name.name, self.at(name.span))
            }
        };
        Term::table(rowset, span).named(result_name)
    }

    fn unknown_database_function(
        &mut self,
        database: &Database,
        call: &'a Call,
        span: Span,
    ) -> Term {
        let at = self.at(call.name.span);
        if database.contents == Contents::Catalog {
            self.report(diagnostics::unknown_function(&call.name.name, at, None));
        }
        Term::table(self.open_table(&call.name.name, database, span), span)
    }

    /// `entity_group [members]`
    pub(crate) fn entity_group(&mut self, members: &'a [Expr], span: Span) -> Term {
        let mut databases = Vec::with_capacity(members.len());
        for member in members {
            let term = self.expr(member);
            match term.meaning {
                Meaning::Database(database) => databases.push(database),
                Meaning::Wrong => {}
                _ => self.report(diagnostics::database_expected(self.at(term.span))),
            }
        }
        Term::new(Meaning::EntityGroup(databases), span)
    }

    /// `column_ifexists("name", default)`
    fn column_if_exists(&mut self, builtin: &'static Builtin, call: &'a Call, span: Span) -> Term {
        let arguments = self.arguments(&call.arguments);
        let [name, default] = arguments.as_slice() else { return Term::wrong(span) };
        let name = match name.value() {
            Some(Value::String(name)) => Some(name.clone()),
            _ => None,
        };
        let default_shape = default.shape.clone();
        let found = name.as_deref().and_then(|name| self.column_in_scope(name)).map(|c| c.id);
        let own_name = name.as_deref().map(Name::new);
        // Checks the arguments; its value is not needed where the column is there.
        let mut term = self.builtin(builtin, arguments.clone(), &call.name, span);
        term.own_name = own_name.clone().filter(|_| found.is_some());
        match found {
            Some(id) => {
                let column = self.column_term(id, &own_name.unwrap_or_else(|| "".into()), span);
                let scalar = super::casts::convert(column.into_scalar(), default_shape.ty());
                term.meaning = Meaning::Scalar(scalar);
            }
            None if name.is_some() => {
                let default = arguments.into_iter().nth(1).map(Term::into_scalar);
                if let Some(default) = default {
                    term.meaning = Meaning::Scalar(default);
                }
            }
            None => {}
        }
        term
    }

    /// `iscolumnexists("name")`
    fn is_column_exists(&mut self, call: &'a Call, span: Span) -> Option<Term> {
        let [argument] = call.arguments.as_slice() else { return None };
        let term = self.argument(argument);
        let Some(Value::String(name)) = term.value() else { return None };
        let value = Value::Bool(self.column_in_scope(name).is_some());
        let scalar = Scalar::literal(value, self.at(span));
        Some(Term::scalar(scalar, Shape::Plain(Type::Bool), span))
    }

    /// `column_names_of(table)`
    fn column_names_of(&mut self, call: &'a Call, span: Span) -> Option<Term> {
        let [argument] = call.arguments.as_slice() else { return None };
        let term = self.argument(argument);
        let rowset = self.expect_table(term);
        let names = rowset.columns.iter().map(|column| Dynamic::string(&column.name)).collect();
        let value = Value::Dynamic(Arc::new(Dynamic::Array(names)));
        let scalar = Scalar::literal(value.clone(), self.at(span));
        let shape = Shape::array_of(&Shape::Plain(Type::String));
        let mut term = Term::scalar(scalar, shape, span).constant();
        term.constant = Some(value);
        Some(term)
    }

    /// `bin_auto(value)`: `bin_at` with the width and the start that `set` or `let` gave.
    fn bin_auto(&mut self, call: &'a Call, span: Span) -> Option<Term> {
        let variable = |binder: &Self, name: &str| match binder.scopes.find(binder.scope, name) {
            Some(Symbol::Scalar(variable)) => Some(variable.clone()),
            _ => None,
        };
        let size = variable(self, "query_bin_auto_size")?;
        let at = variable(self, "query_bin_auto_at");
        let builtins = crate::signatures::Signatures::get();
        let mut arguments: Vec<Term> = Vec::new();
        for argument in &call.arguments {
            arguments.push(self.argument(argument));
        }
        let name = arguments.first().and_then(|term| term.name.clone());
        let mut extra = |variable: &super::scope::ScalarVariable| {
            let mut term =
                Term::scalar(variable.scalar.clone(), variable.shape.clone(), call.name.span);
            term.is_constant = true;
            arguments.push(term);
        };
        extra(&size);
        if let Some(at) = &at {
            extra(at);
        }
        let function = if at.is_some() { "bin_at" } else { "bin" };
        let builtin = builtins.scalar(function)?;
        Some(self.builtin(builtin, arguments, &call.name, span).named(name))
    }

    /// `pack_all(ignore_null_empty)`: that argument, then all columns.
    fn pack_all(&mut self, builtin: &'static Builtin, call: &'a Call, span: Span) -> Term {
        let arguments = self.arguments(&call.arguments);
        let mut term = self.builtin(builtin, arguments, &call.name, span);
        let columns = self.row_columns();
        let scalars: Vec<Scalar> = columns
            .iter()
            .map(|column| self.column_term(column.id, &column.name, span).into_scalar())
            .collect();
        if let Meaning::Scalar(Scalar { kind: crate::bound::ScalarKind::Call(packed), .. }) =
            &mut term.meaning
        {
            if packed.arguments.is_empty() {
                packed.arguments.push(Scalar::literal(Value::Bool(false), span));
                packed.argument_names.push("".into());
            }
            packed.arguments.extend(scalars);
            packed.argument_names.extend(columns.into_iter().map(|column| column.name));
        }
        term
    }
}

/// The name in scope that an aliased database goes by; no text can write it as a name.
pub(crate) fn alias_key(name: &str) -> String {
    format!("database({name})")
}
