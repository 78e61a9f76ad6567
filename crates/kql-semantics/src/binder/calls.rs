//! Calls: of builtins, of functions that a query or the database defines.

use kql_syntax::tree::{Call, ExprNames, NamedExpr};
use kql_syntax::{Identifier, Name, Span};

use super::casts::convert;
use super::expressions::Context;
use super::functions::Callee;
use super::scope::Symbol;
use super::term::{Meaning, Output, Reference, Term, TypeMeaning};
use super::{Binder, Place, constants};
use crate::bound::{Rowset, Scalar, ScalarCall, ScalarKind};
use crate::signatures::{
    Argument, Builtin, Given, Parameter, ParameterKind, ResultName, Signature, Signatures,
    best_signatures, layout, returned,
};
use crate::{Shape, Type, Value, diagnostics, suggest};

/// What a call's name stands for.
pub(crate) enum Target<'a> {
    /// A scalar function.
    Scalar(&'static Builtin),
    /// An aggregate.
    Aggregate(&'static Builtin),
    /// A function that a query or the database defines.
    Function(Callee<'a>),
    /// `declare pattern`
    Pattern(std::rc::Rc<super::patterns::Pattern<'a>>),
}

impl<'a> Binder<'a> {
    pub(crate) fn call(&mut self, call: &'a Call, span: Span, context: Context) -> Term {
        let Some(target) = self.target(&call.name.name) else {
            return self.unknown_function(call, span, context);
        };
        match target {
            Target::Aggregate(builtin) => self.aggregate(builtin, call, span),
            Target::Scalar(builtin) => {
                if let Some(term) = self.special(builtin, call, span) {
                    return term;
                }
                let arguments = self.arguments(&call.arguments);
                self.builtin(builtin, arguments, &call.name, span)
            }
            Target::Function(callee) => {
                let arguments = call.arguments.iter().map(|argument| self.argument(argument));
                let arguments: Vec<Term> = arguments.collect();
                self.call_function(callee, arguments, &call.name, span)
            }
            Target::Pattern(pattern) => self.call_pattern(&pattern, call, None, span),
        }
    }

    /// What a call's name stands for where the call stands.
    pub(crate) fn target(&self, name: &str) -> Option<Target<'a>> {
        let signatures = Signatures::get();
        if self.place == Place::Aggregate
            && let Some(builtin) = signatures.aggregate(name)
        {
            return Some(Target::Aggregate(builtin));
        }
        if let Some(builtin) =
            signatures.scalar(name).filter(|builtin| !builtin.is_graph || self.graph.is_some())
        {
            return Some(Target::Scalar(builtin));
        }
        match self.scopes.find(self.scope, name) {
            Some(Symbol::Function(function)) => {
                return Some(Target::Function(Callee::Local(function.clone())));
            }
            Some(Symbol::Pattern(pattern)) => return Some(Target::Pattern(pattern.clone())),
            _ => {}
        }
        self.stored
            .get(self.catalog, name)
            .map(|function| Target::Function(Callee::Stored(function)))
    }

    /// An argument of a function that takes any expression.
    pub(crate) fn argument(&mut self, argument: &'a NamedExpr) -> Term {
        let mut term = self.expr(&argument.expr);
        match &argument.names {
            ExprNames::None => {}
            ExprNames::One(name) => term.given = Some(name.name.clone()),
            ExprNames::List(_) => {
                self.report(diagnostics::several_argument_names(self.at(argument.span)));
            }
        }
        term
    }

    /// The arguments of a builtin.
    pub(crate) fn arguments(&mut self, written: &'a [NamedExpr]) -> Vec<Term> {
        let mut terms: Vec<Term> = Vec::with_capacity(written.len());
        for argument in written {
            let term = self.argument(argument);
            terms.push(self.element_value(term));
        }
        terms
    }

    /// Calls a builtin.
    pub(crate) fn builtin(
        &mut self,
        builtin: &'static Builtin,
        arguments: Vec<Term>,
        name: &Identifier,
        span: Span,
    ) -> Term {
        let Some(signature) = self.resolve(builtin, &arguments, name) else {
            return self.unresolved(builtin, arguments, span);
        };
        let terms: Vec<&Term> = arguments.iter().collect();
        let facts: Vec<Argument<'_>> = terms.iter().map(|term| term.argument()).collect();
        let places = layout(signature, &facts);
        drop(facts);
        self.check_arguments(signature, &places, &terms);
        if let Some(outputs) = self.several_returned(builtin, signature, &places, &terms) {
            return self.several_call(builtin, outputs, arguments, span);
        }
        let shape = self.scalar_returned(builtin, signature, &places, &terms);
        let is_constant = builtin.is_foldable && arguments.iter().all(|term| term.is_constant);
        let shape = if is_constant { shape_of_constant(builtin.name, shape) } else { shape };
        let shape = match (builtin.name, arguments.first().and_then(Term::text)) {
            // Weeks alone come as a real.
            ("datetime_diff", Some(part)) if part.eq_ignore_ascii_case("week") => {
                Shape::Plain(Type::Real)
            }
            _ => shape,
        };
        let result = ResultOf::new(builtin, &arguments, &shape);
        let (arguments, names) = self.call_arguments(signature, &places, arguments, &shape);
        let call =
            ScalarCall { function: Name::new(builtin.name), arguments, argument_names: names };
        let scalar = self.folded(call, shape.ty(), span);
        let mut term = Term::scalar(scalar, shape, span).named(result.name);
        term.own_name = result.own_name;
        term.reference = result.reference;
        if is_constant { term.constant() } else { term }
    }

    /// The overload that a call means; where there is none, that is reported.
    fn resolve(
        &mut self,
        builtin: &'static Builtin,
        arguments: &[Term],
        name: &Identifier,
    ) -> Option<&'static Signature> {
        let facts: Vec<Argument<'_>> = arguments.iter().map(Term::argument).collect();
        let best = best_signatures(&builtin.signatures, &facts, false);
        if let [signature] = best.as_slice() {
            let is_count_right =
                self.check_argument_count(builtin, signature, arguments.len(), name);
            return is_count_right.then_some(*signature);
        }
        let at = self.at(name.span);
        if arguments.is_empty() && builtin.least_arguments() > 0 {
            let range = (builtin.least_arguments(), builtin.most_arguments());
            self.report(diagnostics::wrong_argument_count(builtin.name, range, 0, at));
        } else if arguments.iter().all(|term| !term.is_open()) {
            let types: Vec<String> = arguments.iter().map(Term::describe).collect();
            self.report(diagnostics::no_matching_overload(builtin.name, &types, at));
        }
        None
    }

    /// What a call gives of which it is not clear what it means.
    fn unresolved(&mut self, builtin: &'static Builtin, arguments: Vec<Term>, span: Span) -> Term {
        let facts: Vec<Argument<'_>> = arguments.iter().map(Term::argument).collect();
        let mut shapes = builtin.signatures.iter().map(|signature| {
            match returned(signature, &layout(signature, &facts), &facts) {
                Given::Scalar(shape) if !shape.is_wrong() => shape,
                _ => Shape::UNKNOWN,
            }
        });
        let first = shapes.next().unwrap_or(Shape::UNKNOWN);
        let shape = if shapes.all(|shape| shape == first) { first } else { Shape::UNKNOWN };
        let result = ResultOf::new(builtin, &arguments, &shape);
        let scalar = Scalar::literal(Value::Null(shape.ty()), self.at(span));
        let mut term = Term::scalar(scalar, shape, span).named(result.name);
        term.own_name = result.own_name;
        term
    }

    /// The type that an overload gives for one value.
    pub(crate) fn scalar_returned(
        &mut self,
        builtin: &'static Builtin,
        signature: &Signature,
        places: &[usize],
        arguments: &[&Term],
    ) -> Shape {
        let facts: Vec<Argument<'_>> = arguments.iter().map(|term| term.argument()).collect();
        let shape = match returned(signature, places, &facts) {
            Given::Scalar(shape) => shape,
            Given::TypeOf(at) => match arguments.get(at).map(|term| &term.meaning) {
                Some(Meaning::Type(TypeMeaning::Scalar(ty))) => Shape::Plain(*ty),
                _ => Shape::UNKNOWN,
            },
            Given::Custom => self.custom_shape(builtin.name, arguments),
            Given::Table | Given::Named => Shape::UNKNOWN,
        };
        if shape == Shape::DYNAMIC
            && facts.iter().any(|fact| matches!(fact.shape, Shape::Holding(_)))
            && let Some(held) = held_shape(builtin, &facts)
        {
            return held;
        }
        shape
    }

    /// The call, or its value where that is cheap to say now.
    fn folded(&self, call: ScalarCall, ty: Type, span: Span) -> Scalar {
        let at = self.at(span);
        match constants::call(&call.function, &call.arguments, self.options.now) {
            Some(value) if value.ty() == ty => Scalar::literal(value, at),
            _ => Scalar::new(ScalarKind::Call(call), ty, at),
        }
    }

    /// Arguments of the parameters' types, `*` written out, and the names that they had.
    pub(crate) fn call_arguments(
        &mut self,
        signature: &Signature,
        places: &[usize],
        arguments: Vec<Term>,
        result: &Shape,
    ) -> (Vec<Scalar>, Vec<Name>) {
        let mut scalars = Vec::with_capacity(arguments.len());
        let mut names = Vec::with_capacity(arguments.len());
        for (term, place) in arguments.into_iter().zip(places) {
            if matches!(term.meaning, Meaning::Star) {
                for column in self.row_columns() {
                    names.push(column.name.clone());
                    let term = self.column_term(column.id, &column.name, term.span);
                    scalars.push(term.into_scalar());
                }
                continue;
            }
            names.push(
                term.given.clone().or_else(|| term.name.clone()).unwrap_or_else(|| "".into()),
            );
            let parameter = signature.parameters.get(*place);
            let wanted =
                parameter.and_then(|parameter| wanted_type(parameter, &term.shape, result));
            let value = type_argument(&term).unwrap_or_else(|| term.into_scalar());
            scalars.push(match wanted {
                Some(ty) => convert(value, ty),
                None => value,
            });
        }
        (scalars, names)
    }

    /// A call whose value is several columns.
    fn several_call(
        &mut self,
        builtin: &'static Builtin,
        outputs: Vec<(Name, Shape)>,
        arguments: Vec<Term>,
        span: Span,
    ) -> Term {
        let at = self.at(span);
        let names =
            arguments.iter().map(|term| term.name.clone().unwrap_or_else(|| "".into())).collect();
        let scalars: Vec<Scalar> = arguments.into_iter().map(Term::into_scalar).collect();
        let call = ScalarCall {
            function: Name::new(builtin.name),
            arguments: scalars,
            argument_names: names,
        };
        let call = Scalar::new(ScalarKind::Call(call), Type::Dynamic, at);
        let call = if outputs.len() > 1 { self.share(call) } else { call };
        let only = match outputs.as_slice() {
            [(_, shape)] => Some(shape.clone()),
            _ => None,
        };
        let output = |(index, (name, shape)): (usize, (Name, Shape))| {
            let kind = ScalarKind::Output { call: Box::new(call.clone()), index };
            let scalar = Scalar::new(kind, shape.ty(), at);
            Output { name, shape, scalar, column: None }
        };
        let outputs = outputs.into_iter().enumerate().map(output).collect();
        let mut term = Term::new(Meaning::Several(outputs), span);
        term.shape = only.unwrap_or(Shape::Several);
        term
    }

    /// Nothing has this name that could be called: says so.
    fn unknown_function(&mut self, call: &'a Call, span: Span, context: Context) -> Term {
        let name = &call.name;
        let at = self.at(name.span);
        let signatures = Signatures::get();
        // What is wrong with the arguments is worth saying too, but not what is wrong because of the call.
        for argument in &call.arguments {
            self.argument(argument);
        }
        if name.is_missing() {
            return Term::wrong(span);
        }
        if signatures.aggregate(&name.name).is_some() {
            self.report(diagnostics::aggregate_not_allowed(&name.name, at));
            return Term::wrong(span);
        }
        if signatures.plugin(&name.name).is_some() {
            self.report(diagnostics::plugin_not_allowed(&name.name, at));
            return Term::wrong(span);
        }
        if self.is_fuzzy {
            self.report(diagnostics::missing_fuzzy(&name.name, "function", at));
            return Term::table(Rowset::wrong(at), span);
        }
        // Kusto has functions of its own that its language service does not list.
        if name.name.starts_with("__") && context == Context::Scalar {
            return Term::unknown(span);
        }
        let nearest = self.nearest_function(&name.name);
        self.report(diagnostics::unknown_function(&name.name, at, nearest.as_deref()));
        match context {
            Context::Tabular => Term::table(Rowset::wrong(at), span),
            Context::Scalar => Term::wrong(span),
        }
    }

    fn nearest_function(&self, name: &str) -> Option<String> {
        if self.is_quiet() {
            return None;
        }
        let signatures = Signatures::get();
        let mut names: Vec<Name> = Vec::new();
        names.extend(self.scopes.all(self.scope).into_iter().map(|(name, _)| name));
        names.extend(self.catalog.function_names());
        let shown = |builtin: &&Builtin| !builtin.is_hidden && builtin.instead.is_none();
        let builtins = signatures.scalars().iter().filter(shown).map(|builtin| builtin.name);
        let aggregates = signatures.aggregates().iter().filter(shown).map(|builtin| builtin.name);
        let aggregates = aggregates.filter(|_| self.place == Place::Aggregate);
        suggest::nearest(name, builtins.chain(aggregates).chain(names.iter().map(|n| &**n)))
    }
}

/// The name of a type as an argument: `typeof(long)` is the text `long`.
fn type_argument(term: &Term) -> Option<Scalar> {
    match &term.meaning {
        Meaning::Type(TypeMeaning::Scalar(ty)) => {
            Some(Scalar::literal(Value::string(ty.name()), term.span))
        }
        _ => None,
    }
}

/// The type that an argument is turned into.
fn wanted_type(parameter: &Parameter, shape: &Shape, result: &Shape) -> Option<Type> {
    use crate::shape::Conversion;
    match &parameter.kind {
        ParameterKind::Declared(types) => types
            .iter()
            .find(|ty| ty.accepts(shape, Conversion::None))
            .or_else(|| types.iter().find(|ty| ty.accepts(shape, Conversion::Promotable)))
            .map(Shape::ty)
            .filter(|_| !shape.is_open()),
        ParameterKind::CommonScalar
        | ParameterKind::CommonScalarOrDynamic
        | ParameterKind::CommonNumber
        | ParameterKind::CommonSummable
        | ParameterKind::CommonOrderable
            if !shape.is_open() && !result.is_open() =>
        {
            Some(result.ty())
        }
        _ => None,
    }
}

/// What a call gives whose arguments are dynamics that hold a known type, where it would give a value for those.
fn held_shape(builtin: &'static Builtin, facts: &[Argument<'_>]) -> Option<Shape> {
    let held: Vec<Shape> = facts
        .iter()
        .map(|fact| match fact.shape {
            Shape::Holding(ty) => Shape::Plain(*ty),
            shape => shape.clone(),
        })
        .collect();
    let facts: Vec<Argument<'_>> =
        facts.iter().zip(&held).map(|(fact, shape)| Argument { shape, ..fact.clone() }).collect();
    let best = best_signatures(&builtin.signatures, &facts, false);
    let [signature] = best.as_slice() else { return None };
    match returned(signature, &layout(signature, &facts), &facts) {
        Given::Scalar(shape) if !shape.is_dynamic() && !shape.is_open() => Some(shape.as_dynamic()),
        _ => None,
    }
}

/// The real engine gives another type of number than the language service says, for constants.
fn shape_of_constant(function: &str, shape: Shape) -> Shape {
    match function {
        "getyear" | "monthofyear" | "getmonth" | "hourofday" | "datetime_part" => shape.promoted(),
        "ceiling" if shape == Shape::Plain(Type::Long) => Shape::Plain(Type::Real),
        _ => shape,
    }
}

/// How a call's value is called.
struct ResultOf {
    name: Option<Name>,
    own_name: Option<Name>,
    reference: Reference,
}

impl ResultOf {
    fn new(builtin: &Builtin, arguments: &[Term], shape: &Shape) -> Self {
        let first = arguments.first();
        let own_name = match builtin.result_name {
            ResultName::FirstArgumentValueIfColumn => first.and_then(Term::text).map(Name::new),
            _ => None,
        };
        let reference = match arguments {
            [only] if is_conversion(builtin.name) && only.shape == *shape => {
                only.reference.column().map_or(Reference::None, Reference::Through)
            }
            _ => Reference::None,
        };
        Self { name: result_name(builtin, arguments), own_name, reference }
    }
}

/// The name of a column that holds a call's value.
pub(crate) fn result_name(builtin: &Builtin, arguments: &[Term]) -> Option<Name> {
    let argument_name = |index: usize| {
        arguments.get(index).and_then(|term| term.given.clone().or_else(|| term.name.clone()))
    };
    let prefixed = |prefix: Option<&str>| match (prefix, arguments.is_empty()) {
        (Some(prefix), true) => Some(Name::from(format!("{prefix}_"))),
        (Some(prefix), false) => {
            let argument = argument_name(0);
            Some(Name::from(format!("{prefix}_{}", argument.as_deref().unwrap_or(""))))
        }
        (None, true) => None,
        (None, false) => argument_name(0),
    };
    match builtin.result_name {
        ResultName::None | ResultName::FirstArgumentValueIfColumn => None,
        ResultName::FirstArgument => argument_name(0),
        ResultName::OnlyArgument if arguments.len() == 1 => argument_name(0),
        ResultName::OnlyArgument => None,
        ResultName::PrefixAndFirstArgument => prefixed(builtin.result_prefix),
        ResultName::NameAndFirstArgument => prefixed(Some(builtin.name)),
        ResultName::PrefixOnly => builtin.result_prefix.map(Name::new),
    }
}

/// Whether a function only turns a value into another type.
fn is_conversion(function: &str) -> bool {
    matches!(
        function,
        "tobool"
            | "todatetime"
            | "todecimal"
            | "todouble"
            | "todynamic"
            | "toguid"
            | "toint"
            | "tolong"
            | "toreal"
            | "tostring"
            | "totime"
            | "totimespan"
    )
}
