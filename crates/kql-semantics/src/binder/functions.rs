//! Functions that a query or the database defines: their bodies are bound anew at each call.

use std::rc::Rc;

use kql_syntax::tree::{Expr, Function, FunctionBody, Parameter, ParameterKind, RowSchema};
use kql_syntax::{Diagnostic, Identifier, Name, Span};

use super::casts::convert;
use super::scope::{ScalarVariable, Scope, Symbol};
use super::term::{Contents, Database, Meaning, Term};
use super::{Binder, Place};
use crate::bound::{CalledFunction, Column, Rowset, RowsetKind, Scalar, ScalarKind};
use crate::catalog::{StoredBody, StoredFunction, StoredParameter, StoredResult, StoredSignature};
use crate::{Shape, Type, Value, diagnostics};

/// How deep functions may call one another.
const MAX_CALLS: usize = 64;

/// A function that a statement declared.
pub(crate) struct LocalFunction<'a> {
    pub(crate) name: Name,
    pub(crate) function: &'a Function,
    /// What its body sees.
    pub(crate) scope: Scope,
    /// The stored function it stands in, if it does.
    pub(crate) stand_in: Option<Span>,
    /// Whether its body bound without an error where it was declared.
    pub(crate) is_sound: bool,
}

/// A function to call.
#[derive(Clone)]
pub(crate) enum Callee<'a> {
    /// One that a statement declared.
    Local(Rc<LocalFunction<'a>>),
    /// One of the catalog.
    Stored(&'a StoredFunction),
}

/// A call that is being expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Tells functions apart: where the tree lies.
    body: usize,
    /// Its name, where it is a stored one.
    stored: Option<Name>,
}

/// What a parameter takes.
enum Wanted<'a> {
    Scalar(Type, Option<&'a Expr>),
    /// A scalar of any type that may be left out.
    Optional(Type),
    Table(Option<&'a RowSchema>),
}

impl Callee<'_> {
    /// The fewest arguments that it takes.
    pub(crate) fn least_arguments(&self) -> usize {
        match self {
            Self::Local(local) => {
                local.function.parameters.iter().filter(|parameter| !is_optional(parameter)).count()
            }
            Self::Stored(function) => super::names::least_arguments(function),
        }
    }

    fn name(&self) -> &Name {
        match self {
            Self::Local(local) => &local.name,
            Self::Stored(function) => &function.name,
        }
    }
}

fn is_optional(parameter: &Parameter) -> bool {
    matches!(parameter.kind, ParameterKind::Scalar { default: Some(_), .. })
}

impl<'a> Binder<'a> {
    /// The stored function whose body is being bound.
    pub(crate) fn current_stored(&self) -> Option<&str> {
        self.calls.iter().rev().find_map(|frame| frame.stored.as_deref())
    }

    /// Calls a function.
    pub(crate) fn call_function(
        &mut self,
        callee: Callee<'a>,
        arguments: Vec<Term>,
        name: &Identifier,
        span: Span,
    ) -> Term {
        if let Callee::Stored(function) = &callee
            && let StoredBody::Signature(signature) = &function.body
        {
            return self.call_signature(function, signature, arguments, (name, span));
        }
        let Some(function) = tree_of(&callee) else { return Term::wrong(span) };
        let Some(matched) = self.match_arguments(&callee, &function.parameters, arguments, name)
        else {
            return self.unmatched(function, span);
        };
        let frame = Frame {
            body: std::ptr::from_ref(function) as usize,
            stored: match &callee {
                Callee::Stored(function) => Some(function.name.clone()),
                Callee::Local(_) => None,
            },
        };
        if self.calls.contains(&frame) {
            self.report(diagnostics::recursive_call(callee.name(), self.at(name.span)));
            return Term::unknown(span);
        }
        if self.calls.len() >= MAX_CALLS {
            self.report(diagnostics::calls_too_deep(MAX_CALLS, self.at(name.span)));
            return Term::wrong(span);
        }
        if self.is_exhausted() || !self.spend(1, span) {
            return Term::wrong(span);
        }
        self.calls.push(frame);
        let term = self.expand(&callee, function, matched, name, span);
        self.calls.pop();
        term
    }

    /// Binds the body with the arguments in place of the parameters.
    fn expand(
        &mut self,
        callee: &Callee<'a>,
        function: &'a Function,
        arguments: Vec<(Name, Term)>,
        name: &Identifier,
        span: Span,
    ) -> Term {
        let (outer, stand_in) = match callee {
            Callee::Local(local) => (Some(local.scope), local.stand_in),
            Callee::Stored(_) => (None, Some(self.at(span))),
        };
        let mut scope = self.scopes.open(outer);
        for (parameter, term) in arguments {
            let symbol = self.argument_symbol(&parameter, term);
            scope = self.scopes.declare(scope, parameter, symbol, name.span);
        }
        let saved = self.enter(scope, stand_in);
        let (mut term, error) = self.quietly(|binder| binder.function_body(&function.body));
        self.leave(saved);
        term.span = span;
        term.reference = super::term::Reference::None;
        term.is_literal = false;
        term.name = None;
        self.report_error_in_body(callee, &mut term, error, name);
        term
    }

    /// Says that a called function can not be run, where it is not said at its declaration.
    fn report_error_in_body(
        &mut self,
        callee: &Callee<'a>,
        term: &mut Term,
        error: Option<Diagnostic>,
        name: &Identifier,
    ) {
        let Some(error) = error else { return };
        let at = self.at(name.span);
        match callee {
            Callee::Local(local) if !local.is_sound || self.is_rehearsal => {}
            Callee::Local(local) => {
                self.report(diagnostics::error_in_function(&local.name, &error, at));
            }
            Callee::Stored(function) => {
                self.report(diagnostics::error_in_stored(&function.name, &error, at));
            }
        }
        if let Meaning::Table(rowset) = &mut term.meaning {
            rowset.kind = RowsetKind::Error;
        }
    }

    fn enter(&mut self, scope: Scope, stand_in: Option<Span>) -> Saved {
        Saved {
            scope: std::mem::replace(&mut self.scope, scope),
            stand_in: std::mem::replace(&mut self.stand_in, stand_in),
            is_fuzzy: std::mem::replace(&mut self.is_fuzzy, false),
            place: std::mem::replace(&mut self.place, Place::Row),
            default_column: std::mem::replace(&mut self.default_column, 1),
            rows: (self.rows.take(), self.right.take()),
            render: self.render.take(),
        }
    }

    fn leave(&mut self, saved: Saved) {
        self.scope = saved.scope;
        self.stand_in = saved.stand_in;
        self.is_fuzzy = saved.is_fuzzy;
        self.place = saved.place;
        self.default_column = saved.default_column;
        (self.rows, self.right) = saved.rows;
        // A chart that a function draws is drawn where it is the last that is called.
        self.render = self.render.take().or(saved.render);
    }

    fn function_body(&mut self, body: &'a FunctionBody) -> Term {
        for statement in &body.statements {
            self.statement(statement);
        }
        match &body.result {
            Some(result) => self.expr(result),
            None => Term::unknown(body.span),
        }
    }

    /// What a parameter's name stands for.
    fn argument_symbol(&mut self, parameter: &Name, term: Term) -> Symbol<'a> {
        match term.meaning {
            Meaning::Table(rowset) => {
                let depth = self.depth;
                Symbol::Table(self.define(Some(parameter.clone()), rowset, false, depth))
            }
            Meaning::Tables(_) | Meaning::Wrong => Symbol::Wrong,
            Meaning::Database(database) => Symbol::Database(Rc::new(database)),
            _ => Symbol::Scalar(Rc::new(ScalarVariable::new(term))),
        }
    }

    /// Which argument belongs to which parameter, defaults filled in; none where that can not be told.
    fn match_arguments(
        &mut self,
        callee: &Callee<'a>,
        parameters: &'a [Parameter],
        arguments: Vec<Term>,
        name: &Identifier,
    ) -> Option<Vec<(Name, Term)>> {
        let names: Vec<&Name> = parameters.iter().map(|parameter| &parameter.name.name).collect();
        let least = callee.least_arguments();
        let mut given = self.placed_arguments(callee, &names, least, arguments, name)?;
        let mut matched = Vec::with_capacity(parameters.len());
        let mut is_whole = true;
        for (index, parameter) in parameters.iter().enumerate() {
            let wanted = match &parameter.kind {
                ParameterKind::Scalar { ty, default } => {
                    let (ty, _) = self.quietly(|binder| binder.type_named(ty));
                    Wanted::Scalar(ty, default.as_ref())
                }
                ParameterKind::Table(schema) => Wanted::Table(Some(schema)),
            };
            let term = given.get_mut(index).and_then(Option::take);
            match self.argument_for(wanted, term, (&parameter.name.name, name)) {
                Some(term) => matched.push((parameter.name.name.clone(), term)),
                None => is_whole = false,
            }
        }
        is_whole.then_some(matched)
    }

    /// Puts arguments in the order of the parameters.
    fn placed_arguments(
        &mut self,
        callee: &Callee<'a>,
        parameters: &[&Name],
        least: usize,
        arguments: Vec<Term>,
        name: &Identifier,
    ) -> Option<Vec<Option<Term>>> {
        let at = self.at(name.span);
        let count = arguments.len();
        if !(least..=parameters.len()).contains(&count) {
            let range = (least, parameters.len());
            self.report(diagnostics::wrong_argument_count(callee.name(), range, count, at));
            return None;
        }
        let mut places: Vec<Option<Term>> = parameters.iter().map(|_| None).collect();
        let mut was_out_of_order = false;
        for (index, term) in arguments.into_iter().enumerate() {
            let term_at = self.at(term.span);
            let place = match &term.given {
                Some(given) => {
                    let Some(place) = parameters.iter().position(|known| *known == given) else {
                        let nearest =
                            crate::suggest::nearest(given, parameters.iter().map(|n| &***n));
                        self.report(diagnostics::unknown_parameter(
                            given,
                            nearest.as_deref(),
                            term_at,
                        ));
                        return None;
                    };
                    was_out_of_order |= place != index;
                    place
                }
                None if was_out_of_order => {
                    self.report(diagnostics::unnamed_after_named(term_at));
                    return None;
                }
                None => index,
            };
            if let Some(slot) = places.get_mut(place) {
                *slot = Some(term);
            }
        }
        Some(places)
    }

    /// What a parameter stands for: the argument as its type, or its default.
    fn argument_for(
        &mut self,
        wanted: Wanted<'a>,
        term: Option<Term>,
        (parameter, call): (&Name, &Identifier),
    ) -> Option<Term> {
        let Some(term) = term else {
            return match wanted {
                Wanted::Scalar(ty, Some(default)) => {
                    let (term, _) =
                        self.quietly(|binder| binder.without_rows(|binder| binder.expr(default)));
                    Some(as_parameter(term, ty))
                }
                Wanted::Optional(ty) => {
                    let scalar = Scalar::literal(Value::Null(ty), self.at(call.span));
                    Some(Term::scalar(scalar, Shape::Plain(ty), call.span))
                }
                _ => {
                    self.report(diagnostics::missing_argument(parameter, self.at(call.span)));
                    None
                }
            };
        };
        match wanted {
            Wanted::Scalar(ty, _) | Wanted::Optional(ty) => {
                let term = self.expect_scalar(term);
                Some(as_parameter(term, ty))
            }
            Wanted::Table(schema) => self.table_argument(term, schema),
        }
    }

    fn table_argument(&mut self, term: Term, schema: Option<&'a RowSchema>) -> Option<Term> {
        let span = term.span;
        let given = term.given.clone();
        let rowset = self.expect_table(term);
        let lacking =
            schema.map(|schema| self.lacking_columns(&rowset, schema)).unwrap_or_default();
        if !lacking.is_empty() {
            self.report(diagnostics::lacking_columns(&lacking, self.at(span)));
            return None;
        }
        let mut term = Term::table(rowset, span);
        term.given = given;
        Some(term)
    }

    /// The columns that a parameter asks for and a table does not have.
    fn lacking_columns(&mut self, rowset: &Rowset, schema: &RowSchema) -> Vec<String> {
        if rowset.is_open {
            return Vec::new();
        }
        let (wanted, _) = self.quietly(|binder| binder.schema_columns(schema));
        wanted
            .into_iter()
            .filter(|(name, ty, _)| {
                !rowset.column(name).is_some_and(|own| {
                    own.ty == *ty || own.ty == Type::Unknown || *ty == Type::Unknown
                })
            })
            .map(|(name, ty, _)| format!("`{name}: {ty}`"))
            .collect()
    }

    /// What a call gives whose arguments do not match: a table where the body looks like one.
    fn unmatched(&mut self, function: &Function, span: Span) -> Term {
        use kql_syntax::tree::ExprKind;
        match function.body.result.as_ref().map(|result| &result.kind) {
            Some(ExprKind::Pipe { .. } | ExprKind::Source(_) | ExprKind::Datatable(_)) => {
                Term::table(Rowset::wrong(self.at(span)), span)
            }
            _ => Term::wrong(span),
        }
    }

    /// Calls a stored function of which only the signature is known.
    fn call_signature(
        &mut self,
        function: &'a StoredFunction,
        signature: &'a StoredSignature,
        arguments: Vec<Term>,
        (name, span): (&Identifier, Span),
    ) -> Term {
        let parameters = &signature.parameters;
        let names: Vec<&Name> = parameters.iter().map(|parameter| &parameter.name).collect();
        let callee = Callee::Stored(function);
        let least = callee.least_arguments();
        let Some(mut given) = self.placed_arguments(&callee, &names, least, arguments, name) else {
            return match &signature.result {
                StoredResult::Scalar(_) => Term::wrong(span),
                _ => Term::table(Rowset::wrong(self.at(span)), span),
            };
        };
        let mut scalars = Vec::new();
        let mut input = None;
        for (parameter, slot) in parameters.iter().zip(&mut given) {
            let Some(term) = slot.take() else { continue };
            match self.argument_for(wanted_of(parameter), Some(term), (&parameter.name, name)) {
                Some(Term { meaning: Meaning::Table(rowset), .. }) => input = Some(rowset),
                Some(term) => scalars.push(term.into_scalar()),
                None => {}
            }
        }
        self.signature_result(function, &signature.result, (scalars, input), span)
    }

    fn signature_result(
        &mut self,
        function: &StoredFunction,
        result: &StoredResult,
        (arguments, input): (Vec<Scalar>, Option<Rowset>),
        span: Span,
    ) -> Term {
        let at = self.at(span);
        let cluster =
            arguments.first().and_then(Scalar::as_literal).and_then(|value| match value {
                Value::String(text) => Some(Name::new(text)),
                _ => None,
            });
        let (columns, is_open) = match result {
            StoredResult::Scalar(ty) => {
                let call = crate::bound::ScalarCall {
                    function: function.name.clone(),
                    argument_names: arguments.iter().map(|_| "".into()).collect(),
                    arguments,
                };
                let scalar = Scalar::new(ScalarKind::Call(call), *ty, at);
                return Term::scalar(scalar, Shape::Plain(*ty), span);
            }
            StoredResult::Database => {
                let database = Database { cluster, ..Database::own() };
                return Term::new(Meaning::Database(database), span);
            }
            StoredResult::OtherDatabase => {
                let through = Some(function.name.clone());
                let database = Database { cluster, through, contents: Contents::Open, name: None };
                return Term::new(Meaning::Database(database), span);
            }
            StoredResult::Table { columns, is_open } => {
                match self.catalog.called_columns(&function.name, &arguments) {
                    Some(columns) => (self.columns_of_types(&columns), false),
                    None => (self.columns_of_types(columns), *is_open),
                }
            }
            StoredResult::Extends(columns) => self.extended(columns, input.as_ref()),
        };
        let kind = RowsetKind::Called(CalledFunction {
            function: function.name.clone(),
            arguments,
            input: input.map(Box::new),
        });
        self.spend(1, span);
        let rowset = Rowset { is_open, ..Rowset::new(kind, columns, at) };
        Term::table(rowset, span)
    }

    fn columns_of_types(&mut self, columns: &[(Name, Type)]) -> Vec<Column> {
        columns.iter().map(|(name, ty)| self.column(name.clone(), &Shape::Plain(*ty))).collect()
    }

    /// The input's columns and further ones behind them.
    fn extended(
        &mut self,
        columns: &[(Name, Type)],
        input: Option<&Rowset>,
    ) -> (Vec<Column>, bool) {
        let mut all = input.map(|input| input.columns.clone()).unwrap_or_default();
        for (name, ty) in columns {
            let column = self.column(name.clone(), &Shape::Plain(*ty));
            match all.iter_mut().find(|known| known.name == *name) {
                Some(known) => *known = column,
                None => all.push(column),
            }
        }
        (all, input.is_some_and(|input| input.is_open))
    }

    /// The rows of a view.
    pub(crate) fn view_rows(
        &mut self,
        view: &Rc<LocalFunction<'a>>,
        name: Option<&Identifier>,
        span: Span,
    ) -> Rowset {
        let own = Identifier::new(view.name.clone(), span);
        let name = name.unwrap_or(&own);
        let term = self.call_function(Callee::Local(view.clone()), Vec::new(), name, span);
        self.expect_table(term)
    }

    /// Declares a function, and binds its body to find what is wrong with it.
    pub(crate) fn local_function(
        &mut self,
        name: &Identifier,
        function: &'a Function,
    ) -> Symbol<'a> {
        self.check_function_parameters(function);
        let is_sound = self.is_quiet() || self.rehearse_body(function);
        Symbol::Function(Rc::new(LocalFunction {
            name: name.name.clone(),
            function,
            scope: self.scope,
            stand_in: self.stand_in,
            is_sound,
        }))
    }

    fn check_function_parameters(&mut self, function: &'a Function) {
        let mut was_scalar = false;
        for parameter in &function.parameters {
            match &parameter.kind {
                ParameterKind::Table(_) if was_scalar => {
                    self.report(diagnostics::table_parameter_first(self.at(parameter.span)));
                }
                ParameterKind::Table(_) => {}
                ParameterKind::Scalar { ty, default } => {
                    was_scalar = true;
                    let ty = self.type_named(ty);
                    self.check_default(default.as_ref(), ty);
                }
            }
        }
    }

    fn check_default(&mut self, default: Option<&'a Expr>, ty: Type) {
        let Some(default) = default else { return };
        let term = self.without_rows(|binder| binder.expr(default));
        if term.is_wrong() || ty == Type::Unknown {
            return;
        }
        if !term.is_literal && term.value().is_none() {
            self.report(diagnostics::literal_expected(self.at(term.span)));
        } else if !Shape::Plain(ty).accepts(&term.shape, crate::shape::Conversion::Compatible) {
            let at = self.at(term.span);
            self.report(diagnostics::type_wanted(ty.name(), &term.describe(), at));
        }
    }

    /// Binds a body with parameters of the declared types; whether nothing was wrong.
    fn rehearse_body(&mut self, function: &'a Function) -> bool {
        let before = self.diagnostics.len();
        self.rehearse(|binder| {
            let mut scope = binder.scopes.open(Some(binder.scope));
            for parameter in &function.parameters {
                let symbol = binder.stand_in_for(parameter);
                let name = parameter.name.name.clone();
                scope = binder.scopes.declare(scope, name, symbol, parameter.name.span);
            }
            let stand_in = binder.stand_in;
            let saved = binder.enter(scope, stand_in);
            let _ = binder.function_body(&function.body);
            binder.leave(saved);
        });
        !self.diagnostics.get(before..).unwrap_or(&[]).iter().any(Diagnostic::is_error)
    }

    /// Something of a parameter's type.
    fn stand_in_for(&mut self, parameter: &'a Parameter) -> Symbol<'a> {
        let (name, span) = (&parameter.name.name, parameter.span);
        match &parameter.kind {
            ParameterKind::Scalar { ty, .. } => {
                let (ty, _) = self.quietly(|binder| binder.type_named(ty));
                let scalar = Scalar::new(ScalarKind::Parameter(name.clone()), ty, self.at(span));
                let term = Term::scalar(scalar, Shape::Plain(ty), span).constant();
                Symbol::Scalar(Rc::new(ScalarVariable::new(term)))
            }
            ParameterKind::Table(schema) => {
                let columns = self.declared_columns(schema);
                let rowset = Rowset::new(RowsetKind::Error, columns, self.at(span));
                Symbol::Table(self.define(Some(name.clone()), rowset, false, 0))
            }
        }
    }
}

/// What surrounds a call, put aside while the body is bound.
struct Saved {
    scope: Scope,
    stand_in: Option<Span>,
    is_fuzzy: bool,
    place: Place,
    default_column: u32,
    rows: (Option<super::rows::RowScope>, Option<super::rows::RowScope>),
    render: Option<crate::bound::Render>,
}

fn tree_of<'a>(callee: &Callee<'a>) -> Option<&'a Function> {
    match callee {
        Callee::Local(local) => Some(local.function),
        Callee::Stored(function) => match &function.body {
            StoredBody::Tree(tree) => Some(tree),
            StoredBody::Signature(_) => None,
        },
    }
}

fn wanted_of<'a>(parameter: &StoredParameter) -> Wanted<'a> {
    match parameter.ty {
        Some(ty) => Wanted::Optional(ty),
        None => Wanted::Table(None),
    }
}

/// An argument as a value of its parameter's type; Kusto turns any scalar into it.
fn as_parameter(mut term: Term, ty: Type) -> Term {
    if term.is_wrong() || ty == Type::Unknown || term.shape.ty() == ty && !term.shape.is_dynamic() {
        return term;
    }
    let (span, is_constant, given) = (term.span, term.is_constant, term.given.take());
    // Kusto forgets here what it knew of a dynamic's insides.
    let scalar = convert(term.into_scalar(), ty);
    let mut converted = Term::scalar(scalar, Shape::Plain(ty), span);
    converted.is_constant = is_constant;
    converted.constant = converted.value().cloned();
    converted.given = given;
    converted
}
