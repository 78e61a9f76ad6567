//! Aggregates: a call becomes a column that the operator around gives.

use kql_syntax::tree::{Call, ExprKind, NamedExpr};
use kql_syntax::{Name, Span};

use super::calls::result_name;
use super::term::{Meaning, Output, Reference, Term};
use super::{Binder, Place};
use crate::bound::{AggregateCall, ColumnId, Scalar, ScalarKind};
use crate::signatures::{Builtin, layout};
use crate::{Shape, Type, Value, diagnostics};

impl<'a> Binder<'a> {
    /// A call of an aggregate.
    pub(crate) fn aggregate(
        &mut self,
        builtin: &'static Builtin,
        call: &'a Call,
        span: Span,
    ) -> Term {
        let outer = std::mem::replace(&mut self.place, Place::Row);
        let arguments = self.arguments(&call.arguments);
        self.place = outer;
        let counts_column = builtin.name == "count" && self.check_count(call, &arguments);
        let facts: Vec<_> = arguments.iter().map(Term::argument).collect();
        let best = crate::signatures::best_signatures(&builtin.signatures, &facts, false);
        let [signature] = best.as_slice() else {
            drop(facts);
            return self.unclear_aggregate(builtin, call, &arguments, span);
        };
        let places = layout(signature, &facts);
        drop(facts);
        if !self.check_argument_count(builtin, signature, arguments.len(), &call.name) {
            return self.wrong_aggregate(builtin, signature, &arguments, span);
        }
        let terms: Vec<&Term> = arguments.iter().collect();
        if !counts_column {
            self.check_arguments(signature, &places, &terms);
        }
        if let Some(outputs) = self.aggregate_outputs(builtin, &arguments) {
            return self.several_aggregate(builtin, outputs, span);
        }
        let shape = self.scalar_returned(builtin, signature, &places, &terms);
        let name = aggregate_name(builtin, &arguments);
        let (scalars, _) = self.call_arguments(signature, &places, arguments, &shape);
        let scalar = self.aggregate_column(builtin.name, scalars, &shape, span);
        Term::scalar(scalar, shape, span).named(name)
    }

    /// Whether it is `count(column)`, as SQL has it; Kusto counts all rows then.
    fn check_count(&mut self, call: &'a Call, arguments: &[Term]) -> bool {
        let [argument] = arguments else { return false };
        if argument.is_open() || argument.shape.is(Type::Bool) {
            return false;
        }
        let at = self.at(call.name.span);
        let name = argument.name.as_deref().unwrap_or("x").to_owned();
        self.report(diagnostics::count_of_column(&name, self.at(argument.span), at));
        true
    }

    fn unclear_aggregate(
        &mut self,
        builtin: &'static Builtin,
        call: &'a Call,
        arguments: &[Term],
        span: Span,
    ) -> Term {
        let at = self.at(call.name.span);
        if arguments.is_empty() {
            let range = (builtin.least_arguments(), builtin.most_arguments());
            self.report(diagnostics::wrong_argument_count(builtin.name, range, 0, at));
        } else if arguments.iter().all(|term| !term.is_open()) {
            let types: Vec<String> = arguments.iter().map(Term::describe).collect();
            self.report(diagnostics::no_matching_overload(builtin.name, &types, at));
        }
        Term::unknown(span).named(aggregate_name(builtin, arguments))
    }

    fn wrong_aggregate(
        &mut self,
        builtin: &'static Builtin,
        signature: &crate::signatures::Signature,
        arguments: &[Term],
        span: Span,
    ) -> Term {
        let shape = match &signature.returns {
            crate::signatures::Returns::Declared(shape) => shape.clone(),
            _ => Shape::UNKNOWN,
        };
        let scalar = Scalar::literal(Value::Null(shape.ty()), self.at(span));
        Term::scalar(scalar, shape, span).named(aggregate_name(builtin, arguments))
    }

    /// Has the operator around compute an aggregate; stands for its value.
    pub(crate) fn aggregate_column(
        &mut self,
        function: &str,
        arguments: Vec<Scalar>,
        shape: &Shape,
        span: Span,
    ) -> Scalar {
        let id = self.new_column(shape);
        let at = self.at(span);
        self.aggregates.push(AggregateCall {
            function: Name::new(function),
            arguments,
            outputs: vec![id],
            types: vec![shape.ty()],
            span: at,
        });
        Scalar::new(ScalarKind::Column(id), shape.ty(), at)
    }

    fn several_aggregate(
        &mut self,
        builtin: &'static Builtin,
        several: SeveralOutputs,
        span: Span,
    ) -> Term {
        let at = self.at(span);
        let mut ids: Vec<ColumnId> = Vec::with_capacity(several.columns.len());
        let mut outputs = Vec::with_capacity(several.columns.len());
        for (name, shape) in several.columns {
            let id = self.new_column(&shape);
            ids.push(id);
            let scalar = Scalar::new(ScalarKind::Column(id), shape.ty(), at);
            outputs.push(Output { name, shape, scalar, column: Some(id) });
        }
        self.aggregates.push(AggregateCall {
            function: Name::new(builtin.name),
            arguments: several.arguments,
            types: outputs.iter().map(|output| output.shape.ty()).collect(),
            outputs: ids,
            span: at,
        });
        let only = match outputs.as_slice() {
            [output] => Some(output.shape.clone()),
            _ => None,
        };
        let mut term = Term::new(Meaning::Several(outputs), span);
        term.shape = only.unwrap_or(Shape::Several);
        term
    }

    /// The columns of an aggregate that has several, or whose column has a name of its own making.
    fn aggregate_outputs(
        &mut self,
        builtin: &Builtin,
        arguments: &[Term],
    ) -> Option<SeveralOutputs> {
        match builtin.name {
            "percentile" | "percentiles" => Some(percentiles(arguments, 1)),
            "percentilew" | "percentilesw" => Some(percentiles(arguments, 2)),
            "percentiles_array" | "percentilesw_array" => Some(percentiles_array(arguments)),
            "take_any" => Some(self.take_any(arguments, "any_")),
            "any" if arguments.len() > 1 || is_star(arguments.first()) => {
                Some(self.take_any(arguments, ""))
            }
            "arg_min" | "arg_max" => Some(self.arg_extreme(builtin, arguments, Extreme::Current)),
            "argmin" | "argmax" => Some(self.arg_extreme(builtin, arguments, Extreme::Old)),
            _ => None,
        }
    }

    fn take_any(&mut self, arguments: &[Term], prefix: &str) -> SeveralOutputs {
        let has_star = arguments.iter().any(|term| is_star(Some(term)));
        let mut taken = self.keys.clone();
        let mut several = SeveralOutputs::default();
        for (index, term) in arguments.iter().enumerate() {
            if is_star(Some(term)) {
                self.star_outputs(&mut several, &mut taken, term.span, None);
            } else if let Some(id) = term.reference.any() {
                if has_star && taken.contains(&id) {
                    continue;
                }
                taken.push(id);
                several.push(self.output_name(term, id), term);
            } else {
                let named = term.given.clone().or_else(|| term.name.clone());
                let name = named.filter(|name| !name.is_empty());
                several.push(name.unwrap_or_else(|| format!("{prefix}arg{index}").into()), term);
            }
        }
        several
    }

    /// All columns that are not there yet; with what stands before their names in the old spelling.
    fn star_outputs(
        &mut self,
        several: &mut SeveralOutputs,
        taken: &mut Vec<ColumnId>,
        span: Span,
        prefix: Option<&str>,
    ) {
        for column in self.row_columns() {
            if taken.contains(&column.id) {
                continue;
            }
            taken.push(column.id);
            let name = match prefix {
                Some(prefix) => format!("{prefix}_{}", column.name).into(),
                None => column.name.clone(),
            };
            let term = self.column_term(column.id, &column.name, span);
            several.push(name, &term);
        }
    }

    fn output_name(&self, term: &Term, id: ColumnId) -> Name {
        let in_scope = self.rows.as_ref().and_then(|rows| rows.columns().find(|c| c.id == id));
        term.given
            .clone()
            .or_else(|| in_scope.map(|column| column.name.clone()))
            .unwrap_or_else(|| "".into())
    }

    fn arg_extreme(
        &mut self,
        builtin: &Builtin,
        arguments: &[Term],
        spelling: Extreme,
    ) -> SeveralOutputs {
        let which = if builtin.name.ends_with("min") { "min" } else { "max" };
        let has_star = arguments.iter().any(|term| is_star(Some(term)));
        let first = arguments.first().and_then(|term| term.name.clone());
        let first = first.as_deref().unwrap_or("").to_owned();
        let prefix = (spelling == Extreme::Old).then_some(first.as_str());
        let mut taken: Vec<ColumnId> = Vec::new();
        let mut several = SeveralOutputs::default();
        for (index, term) in arguments.iter().enumerate() {
            let own_prefix = prefix.filter(|_| index > 0);
            if is_star(Some(term)) {
                taken.extend(self.keys.clone());
                self.star_outputs(&mut several, &mut taken, term.span, own_prefix);
                continue;
            }
            let name =
                match term.reference.any() {
                    Some(id) => {
                        let is_there = taken.contains(&id) || self.keys.contains(&id);
                        if index > 0 && has_star && is_there {
                            continue;
                        }
                        taken.push(id);
                        self.output_name(term, id)
                    }
                    None => term.given.clone().or_else(|| term.name.clone()).unwrap_or_else(|| {
                        match (index, spelling) {
                            (0, _) => format!("{which}_").into(),
                            (_, Extreme::Current) => format!("{which}_{first}_arg{index}").into(),
                            (_, Extreme::Old) => format!("arg{index}").into(),
                        }
                    }),
                };
            let name = match own_prefix {
                Some(prefix) => format!("{prefix}_{name}").into(),
                None => name,
            };
            several.push(name, term);
        }
        several
    }

    /// Binds aggregates and expressions over them; the calls go to `self.aggregates`.
    pub(crate) fn in_aggregates<T>(&mut self, bind: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.place, Place::Aggregate);
        let result = bind(self);
        self.place = outer;
        result
    }

    /// Binds one aggregate and what it computes.
    pub(crate) fn aggregate_expr(&mut self, named: &'a NamedExpr) -> (Term, Vec<AggregateCall>) {
        let outer = std::mem::take(&mut self.aggregates);
        let term = self.in_aggregates(|binder| binder.value(&named.expr));
        let calls = std::mem::replace(&mut self.aggregates, outer);
        (term, calls)
    }
}

/// Which generation of `arg_max` is meant: `argmax` puts the first column's name before the others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extreme {
    Current,
    Old,
}

/// The columns of an aggregate with several, and the arguments that they come from.
#[derive(Default)]
struct SeveralOutputs {
    columns: Vec<(Name, Shape)>,
    arguments: Vec<Scalar>,
}

impl SeveralOutputs {
    fn push(&mut self, name: Name, term: &Term) {
        let shape = if term.shape.is_wrong() { Shape::UNKNOWN } else { term.shape.clone() };
        self.columns.push((name, shape));
        self.arguments.push(term.clone().detached().into_scalar());
    }
}

fn is_star(term: Option<&Term>) -> bool {
    matches!(term.map(|term| &term.meaning), Some(Meaning::Star))
}

/// The name of an aggregate's column. The real engine names both columns of a covariance.
fn aggregate_name(builtin: &Builtin, arguments: &[Term]) -> Option<Name> {
    let name = result_name(builtin, arguments);
    match (builtin.name.starts_with("covariance"), name, arguments.get(1)) {
        (true, Some(name), Some(second)) => {
            let second = second.name.as_deref().unwrap_or("");
            Some(format!("{name}_{second}").into())
        }
        (_, name, _) => name,
    }
}

fn percentiles(arguments: &[Term], first: usize) -> SeveralOutputs {
    let Some(value) = arguments.first() else { return SeveralOutputs::default() };
    let shape = match &value.shape {
        shape if shape.is(Type::Int) => Shape::Plain(Type::Long),
        shape if shape.is(Type::Decimal) => Shape::Plain(Type::Real),
        Shape::Wrong => Shape::UNKNOWN,
        shape => shape.clone(),
    };
    let value_name = value.name.as_deref().unwrap_or("");
    let column = |percentile: &Term| {
        let fragment = percentile.value().map(number_fragment).unwrap_or_default();
        (Name::from(format!("percentile_{value_name}_{fragment}")), shape.clone())
    };
    SeveralOutputs {
        columns: arguments.iter().skip(first).map(column).collect(),
        arguments: arguments.iter().map(|term| term.clone().into_scalar()).collect(),
    }
}

fn percentiles_array(arguments: &[Term]) -> SeveralOutputs {
    let value_name = arguments.first().and_then(|term| term.name.as_deref()).unwrap_or("");
    SeveralOutputs {
        columns: vec![(Name::from(format!("percentiles_{value_name}")), Shape::array())],
        arguments: arguments.iter().map(|term| term.clone().into_scalar()).collect(),
    }
}

/// A number as part of a name: `99_9`.
fn number_fragment(value: &Value) -> String {
    let text = match value {
        Value::Int(number) => number.to_string(),
        Value::Long(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        _ => String::new(),
    };
    text.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

/// Whether an expression is just an aggregate call.
pub(crate) fn is_call(named: &NamedExpr) -> bool {
    matches!(named.expr.kind, ExprKind::Call(_))
}

/// The column that a term is, where an aggregate made it.
pub(crate) fn own_column(term: &Term) -> Option<ColumnId> {
    match &term.meaning {
        Meaning::Scalar(Scalar { kind: ScalarKind::Column(id), .. })
            if term.reference == Reference::None =>
        {
            Some(*id)
        }
        _ => None,
    }
}
