//! Which overload a call means: how well each argument fits its parameter, and which overload fits best.

use std::cmp::Ordering;

use super::layout::{NO_PARAMETER, layout};
use super::{ArgumentKind, Parameter, ParameterKind, Signature};
use crate::shape::{Conversion, Shape};
use crate::{Type, Value};

/// What matching asks of an argument.
#[derive(Clone, Debug)]
pub(crate) struct Argument<'a> {
    /// Its type; [`Shape::Wrong`] for what is no scalar.
    pub(crate) shape: &'a Shape,
    /// Whether it is a table.
    pub(crate) is_table: bool,
    /// Whether it is `*`.
    pub(crate) is_star: bool,
    /// Whether it is a constant.
    pub(crate) is_constant: bool,
    /// Whether it names a column.
    pub(crate) is_column: bool,
    /// Its value, where it is written as a literal.
    pub(crate) literal: Option<&'a Value>,
    /// The name given to it: `name = value`.
    pub(crate) name: Option<&'a str>,
}

/// How well an argument fits a parameter; the better the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// Not at all.
    None,
    /// It can not be told.
    Unknown,
    /// As a dynamic.
    Dynamic,
    /// After a widening.
    Promoted,
    /// It is none of the types that are ruled out.
    NotType,
    /// It is one of several types.
    OneOfMany,
    /// It is a scalar.
    Scalar,
    /// It can be added up.
    Summable,
    /// It can be ordered.
    Orderable,
    /// It is a number.
    Number,
    /// It is an integer.
    Integer,
    /// It is a table.
    Tabular,
    /// It is of just this type.
    Exact,
}

/// How well `arguments[index]` fits the parameter that `places` gives it.
pub(crate) fn fit(
    signature: &Signature,
    places: &[usize],
    arguments: &[Argument<'_>],
    index: usize,
) -> Fit {
    let (Some(argument), Some(place)) = (arguments.get(index), places.get(index)) else {
        return Fit::None;
    };
    if *place == NO_PARAMETER {
        return if argument.is_table { Fit::None } else { Fit::Exact };
    }
    match signature.parameters.get(*place) {
        Some(parameter) => fit_parameter(signature, places, arguments, parameter, argument),
        None => Fit::None,
    }
}

fn fit_parameter(
    signature: &Signature,
    places: &[usize],
    arguments: &[Argument<'_>],
    parameter: &Parameter,
    argument: &Argument<'_>,
) -> Fit {
    if argument.shape.is_unknown() && !argument.is_table {
        return Fit::Unknown;
    }
    if is_tilde(parameter, argument) {
        return Fit::Exact;
    }
    if argument.is_star {
        let takes_star =
            matches!(parameter.argument, ArgumentKind::StarOnly | ArgumentKind::StarAllowed);
        return if takes_star { Fit::Exact } else { Fit::None };
    }
    if parameter.argument == ArgumentKind::StarOnly {
        return Fit::None;
    }
    match &parameter.kind {
        ParameterKind::Parameter0 | ParameterKind::Parameter1 => {
            let at = usize::from(parameter.kind == ParameterKind::Parameter1);
            match places.get(at).and_then(|place| signature.parameters.get(*place)) {
                Some(other) if !std::ptr::eq(other, parameter) => {
                    fit_parameter(signature, places, arguments, other, argument)
                }
                _ => Fit::None,
            }
        }
        ParameterKind::CommonScalar
        | ParameterKind::CommonNumber
        | ParameterKind::CommonSummable
        | ParameterKind::CommonOrderable
        | ParameterKind::CommonScalarOrDynamic => {
            match common_argument_shape(signature, places, arguments, Ignore::Nothing) {
                Some(common) => fit_common(parameter, &common, argument.shape),
                None => Fit::None,
            }
        }
        kind => fit_kind(kind, argument),
    }
}

/// Whether the argument is the `'~'` that stands for the parameter's default.
pub(crate) fn is_tilde(parameter: &Parameter, argument: &Argument<'_>) -> bool {
    parameter.takes_tilde && matches!(argument.literal, Some(Value::String(text)) if &**text == "~")
}

fn fit_kind(kind: &ParameterKind, argument: &Argument<'_>) -> Fit {
    let shape = argument.shape;
    let when = |holds: bool, fit: Fit| if holds { fit } else { Fit::None };
    match kind {
        ParameterKind::Any => Fit::Unknown,
        ParameterKind::Declared(types) => fit_declared(types, shape),
        ParameterKind::Scalar => when(is_scalar(argument), Fit::Scalar),
        ParameterKind::Integer => when(shape.is_integer(), Fit::Integer),
        ParameterKind::RealOrDecimal => {
            when(shape.is(Type::Real) || shape.is(Type::Decimal), Fit::OneOfMany)
        }
        ParameterKind::StringOrDynamic => when(shape.is_string_or_dynamic(), Fit::OneOfMany),
        ParameterKind::StringOrArray => when(shape.is_string_or_array(), Fit::OneOfMany),
        ParameterKind::IntegerOrArray => when(shape.is_integer_or_array(), Fit::OneOfMany),
        ParameterKind::DynamicArray => when(shape.may_be_array(), Fit::OneOfMany),
        ParameterKind::DynamicBag => when(shape.may_be_bag(), Fit::OneOfMany),
        ParameterKind::Number => when(shape.is_numeric(), Fit::Number),
        ParameterKind::NumberOrBool => {
            when(shape.is_numeric() || shape.is(Type::Bool), Fit::Number)
        }
        ParameterKind::Summable => when(shape.is_summable(), Fit::Summable),
        ParameterKind::Orderable => when(shape.is_orderable(), Fit::Orderable),
        ParameterKind::Tabular => when(argument.is_table, Fit::Tabular),
        ParameterKind::NotBool => when(!shape.is(Type::Bool), Fit::NotType),
        ParameterKind::NotRealOrBool => {
            when(!shape.is(Type::Real) && !shape.is(Type::Bool), Fit::NotType)
        }
        ParameterKind::NotDynamic => when(is_scalar(argument) && !shape.is_dynamic(), Fit::NotType),
        // Told by the caller, who sees the other arguments.
        ParameterKind::Parameter0
        | ParameterKind::Parameter1
        | ParameterKind::CommonScalar
        | ParameterKind::CommonScalarOrDynamic
        | ParameterKind::CommonNumber
        | ParameterKind::CommonSummable
        | ParameterKind::CommonOrderable => Fit::None,
    }
}

fn is_scalar(argument: &Argument<'_>) -> bool {
    !argument.is_table && !argument.shape.is_wrong()
}

fn fit_declared(types: &[Shape], shape: &Shape) -> Fit {
    let accepts = |allowed| types.iter().any(|ty| ty.accepts(shape, allowed));
    if accepts(Conversion::None) {
        return if types.len() == 1 { Fit::Exact } else { Fit::OneOfMany };
    }
    if accepts(Conversion::Promotable) { Fit::Promoted } else { Fit::None }
}

fn fit_common(parameter: &Parameter, common: &Shape, shape: &Shape) -> Fit {
    if common.accepts(shape, Conversion::None) {
        Fit::Exact
    } else if common.accepts(shape, Conversion::Promotable) {
        Fit::Promoted
    } else if common.accepts(shape, Conversion::Dynamic) {
        Fit::Dynamic
    } else if parameter.kind == ParameterKind::CommonScalarOrDynamic && *shape == Shape::DYNAMIC {
        Fit::Exact
    } else {
        Fit::None
    }
}

/// Whether dynamics count when a common type is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ignore {
    /// All arguments count.
    Nothing,
    /// Dynamics count only where there is nothing else.
    Dynamics,
}

/// The type that all arguments can be given as whose parameters want a common one.
pub(crate) fn common_argument_shape(
    signature: &Signature,
    places: &[usize],
    arguments: &[Argument<'_>],
    ignore: Ignore,
) -> Option<Shape> {
    let mut common: Option<Shape> = None;
    for (argument, place) in arguments.iter().zip(places) {
        let Some(parameter) = signature.parameters.get(*place) else { continue };
        let shape = argument.shape;
        if ignore == Ignore::Dynamics && shape.is_dynamic() {
            continue;
        }
        let allowed = match parameter.kind {
            ParameterKind::CommonScalar if is_scalar(argument) => Conversion::Promotable,
            ParameterKind::CommonNumber if shape.is_numeric() => Conversion::Promotable,
            ParameterKind::CommonSummable if shape.is_summable() => Conversion::Promotable,
            ParameterKind::CommonOrderable if shape.is_orderable() => Conversion::Promotable,
            ParameterKind::CommonScalarOrDynamic if is_scalar(argument) => Conversion::Dynamic,
            _ => continue,
        };
        common = Some(match common {
            Some(common) => common.common(shape, allowed)?,
            None => shape.clone(),
        });
    }
    if common.is_none() && ignore == Ignore::Dynamics {
        return common_argument_shape(signature, places, arguments, Ignore::Nothing);
    }
    common
}

/// The overloads that fit the arguments best: one where the call is clear.
pub(crate) fn best_signatures<'s>(
    signatures: &'s [Signature],
    arguments: &[Argument<'_>],
    must_all_fit: bool,
) -> Vec<&'s Signature> {
    if let [only] = signatures {
        return vec![only];
    }
    let candidates = by_count(signatures, arguments.len());
    if candidates.len() < 2 {
        return candidates;
    }
    let mut ranked: Vec<Ranked<'s>> =
        candidates.into_iter().map(|signature| rank(signature, arguments)).collect();
    let mut most = ranked.iter().map(|ranked| ranked.matches).max().unwrap_or(0);
    if must_all_fit {
        most = most.max(arguments.len());
    }
    ranked.retain(|ranked| ranked.matches == most);
    single_best(ranked)
}

/// Those that take so many arguments; else those that take the nearest number.
fn by_count(signatures: &[Signature], count: usize) -> Vec<&Signature> {
    let takes = |count: usize| {
        signatures
            .iter()
            .filter(|signature| {
                (signature.least_arguments()..=signature.most_arguments()).contains(&count)
            })
            .collect::<Vec<_>>()
    };
    let fitting = takes(count);
    if fitting.is_empty() {
        takes(signatures.iter().map(Signature::most_arguments).max().unwrap_or(0))
    } else {
        fitting
    }
}

struct Ranked<'s> {
    signature: &'s Signature,
    matches: usize,
    worst: Fit,
    best: Fit,
}

fn rank<'s>(signature: &'s Signature, arguments: &[Argument<'_>]) -> Ranked<'s> {
    let places = layout(signature, arguments);
    let fits: Vec<Fit> =
        (0..arguments.len()).map(|index| fit(signature, &places, arguments, index)).collect();
    Ranked {
        signature,
        matches: fits.iter().filter(|fit| **fit != Fit::None).count(),
        worst: fits.iter().copied().min().unwrap_or(Fit::Exact).min(Fit::Exact),
        best: fits.iter().copied().max().unwrap_or(Fit::None),
    }
}

/// The one that is better than every other; all of them where two are equally good.
fn single_best(ranked: Vec<Ranked<'_>>) -> Vec<&Signature> {
    let key = |ranked: &Ranked<'_>| (ranked.worst, ranked.best);
    let mut best: Option<&Ranked<'_>> = None;
    let mut is_tied = false;
    for candidate in &ranked {
        match best.map(|best| key(candidate).cmp(&key(best))) {
            None | Some(Ordering::Greater) => best = Some(candidate),
            Some(Ordering::Equal) => {
                is_tied = true;
                break;
            }
            Some(Ordering::Less) => {}
        }
    }
    match best {
        Some(best) if !is_tied => vec![best.signature],
        _ => ranked.into_iter().map(|ranked| ranked.signature).collect(),
    }
}
