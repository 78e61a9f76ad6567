//! Which parameter each argument belongs to.

use super::matching::fit;
use super::{Argument, Fit, Layout, Parameter, Signature};
use crate::{Type, Value};

/// Stands for the parameter of an argument that is one too many.
pub(crate) const NO_PARAMETER: usize = usize::MAX;

/// For each argument the index of its parameter.
pub(crate) fn layout(signature: &Signature, arguments: &[Argument<'_>]) -> Vec<usize> {
    match signature.layout {
        Layout::Fixed => fixed(signature, arguments.len()),
        Layout::Repeating => repeating(signature, arguments),
        Layout::Block if signature.has_repeats() => block(signature, arguments.len()),
        Layout::Block => fixed(signature, arguments.len()),
        Layout::Custom => custom(signature, arguments),
    }
}

fn fixed(signature: &Signature, count: usize) -> Vec<usize> {
    (0..count).map(|at| if at < signature.parameters.len() { at } else { NO_PARAMETER }).collect()
}

fn repeating(signature: &Signature, arguments: &[Argument<'_>]) -> Vec<usize> {
    let parameters = &signature.parameters;
    let last = parameters.len().saturating_sub(1);
    let most = signature.most_arguments();
    let mut places = Vec::with_capacity(arguments.len());
    let (mut at, mut taken) = (0, 0);
    for index in 0..arguments.len() {
        let Some(parameter) = parameters.get(at).filter(|_| index < most) else {
            places.push(NO_PARAMETER);
            continue;
        };
        let mut current = parameter;
        if at < last && taken >= current.most {
            at += 1;
            taken = 0;
            current = parameters.get(at).unwrap_or(current);
        }
        let must_take = taken < current.least || (taken == 0 && current.least == 0);
        if !must_take && at == last && taken >= current.most {
            places.push(NO_PARAMETER);
            continue;
        }
        if !must_take && at < last && prefers_next(signature, &places, arguments, (index, at)) {
            at += 1;
            taken = 0;
        }
        places.push(at);
        taken += 1;
    }
    places
}

/// Whether the argument fits the parameter behind `at` and better than the one there.
fn prefers_next(
    signature: &Signature,
    places: &[usize],
    arguments: &[Argument<'_>],
    (index, at): (usize, usize),
) -> bool {
    let fit_at = |place: usize| {
        let mut tried = places.to_vec();
        tried.push(place);
        fit(signature, &tried, arguments, index)
    };
    let (current, next) = (fit_at(at), fit_at(at + 1));
    next != Fit::None && (current == Fit::None || current < next)
}

fn block(signature: &Signature, count: usize) -> Vec<usize> {
    let parameters = &signature.parameters;
    let first = parameters.iter().position(Parameter::is_repeatable).unwrap_or(0);
    let last = parameters.iter().rposition(Parameter::is_repeatable).unwrap_or(0);
    let width = last - first + 1;
    let (least, most) =
        parameters.get(first).map_or((1, 1), |parameter| (parameter.least, parameter.most));
    let behind = parameters.len() - last - 1;
    let possible = count.saturating_sub(first).saturating_sub(behind);
    let expected = possible.max(width * least).min(width * most);
    let repeated = expected.div_ceil(width) * width;
    (0..count)
        .map(|at| {
            if at < first {
                at
            } else if at < first + repeated {
                first + (at - first) % width
            } else {
                let place = last + 1 + (at - first - repeated);
                if place < parameters.len() { place } else { NO_PARAMETER }
            }
        })
        .collect()
}

/// The few builtins that need looking at their arguments; told apart by their parameters.
fn custom(signature: &Signature, arguments: &[Argument<'_>]) -> Vec<usize> {
    let place = |name: &str| signature.position(name).unwrap_or(NO_PARAMETER);
    let is_bool = |argument: &Argument<'_>| {
        argument.shape.is(Type::Bool) || matches!(argument.literal, Some(Value::Bool(_)))
    };
    let first = signature.parameters.first().map_or("", |parameter| parameter.name);
    let count = arguments.len();
    let own = |at: usize, argument: &Argument<'_>| match first {
        "arrays" => usize::from(at + 1 == count && is_bool(argument)),
        "TimelineColumn" if at < 4 => at,
        "TimelineColumn" => {
            let all_bool = arguments.get(4..=at).unwrap_or(&[]).iter().all(is_bool);
            place(if all_bool { "Expr" } else { "Dimension" })
        }
        "IdColumn" => new_activity(signature, arguments, at),
        _ if at < 3 => at,
        _ => lookup_place(signature, argument, (at, count)),
    };
    arguments.iter().enumerate().map(|(at, argument)| own(at, argument)).collect()
}

/// `new_activity_metrics`: a cohort where the sixth is a constant, dimensions, then a table.
fn new_activity(signature: &Signature, arguments: &[Argument<'_>], at: usize) -> usize {
    let place = |name: &str| signature.position(name).unwrap_or(NO_PARAMETER);
    match arguments.get(at) {
        _ if at < 5 => at,
        Some(argument) if argument.is_table => place("lookback"),
        Some(argument) if at == 5 && (argument.is_constant || !argument.is_column) => {
            place("Cohort")
        }
        _ => place("Dimension"),
    }
}

/// `ipv4_lookup`, `ipv6_lookup`, `geo_..._lookup`: what stands behind the keys.
fn lookup_place(
    signature: &Signature,
    argument: &Argument<'_>,
    (at, count): (usize, usize),
) -> usize {
    if let Some(named) = argument.name.and_then(|name| {
        signature.parameters.iter().position(|parameter| parameter.name.eq_ignore_ascii_case(name))
    }) {
        return named;
    }
    match signature.position("ExtraKey") {
        Some(_) if at + 1 == count && matches!(argument.literal, Some(Value::Bool(_))) => {
            signature.position("return_unmatched").unwrap_or(NO_PARAMETER)
        }
        Some(extra) => extra,
        None if at < signature.parameters.len() => at,
        None => NO_PARAMETER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shape;
    use crate::signatures::Signatures;

    fn places(name: &str, shapes: &[Shape]) -> Vec<usize> {
        let builtin = Signatures::get()
            .scalar(name)
            .or_else(|| Signatures::get().aggregate(name))
            .expect("it is a builtin");
        let arguments: Vec<Argument<'_>> = shapes
            .iter()
            .map(|shape| Argument {
                shape,
                is_table: false,
                is_star: false,
                is_constant: false,
                is_column: false,
                literal: None,
                name: None,
            })
            .collect();
        layout(&builtin.signatures[0], &arguments)
    }

    #[test]
    fn blocks_repeat_before_what_follows() {
        let (bool, long) = (Shape::Plain(Type::Bool), Shape::Plain(Type::Long));
        let case = [bool.clone(), long.clone(), bool, long.clone(), long];
        assert_eq!(places("case", &case), [0, 1, 0, 1, 2]);
    }

    #[test]
    fn repeats_take_what_fits() {
        let long = Shape::Plain(Type::Long);
        assert_eq!(places("arg_max", &[long.clone(), long.clone(), long]), [0, 1, 1]);
        let array = Shape::array();
        assert_eq!(places("array_sort_asc", &[array, Shape::Plain(Type::Bool)]), [0, 1]);
    }
}
