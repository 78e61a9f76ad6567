//! Comparisons that Arrow does otherwise: of reals (NaN equals nothing), of dynamics, and of values of two types.
//!
//! `==` is false where one side is null, and `!=` true; two nulls give null. The others are null where any side is.

use std::cmp::Ordering;

use kql_semantics::dynamic;

use crate::convert;
use crate::prelude::*;

mod equal;
mod greater;
mod greater_or_equal;
mod less;
mod less_or_equal;
mod not_equal;

family![equal, greater, greater_or_equal, less, less_or_equal, not_equal];

/// What comparing two values says.
enum Compared {
    /// Both are null.
    Nulls,
    /// One is null.
    OneNull,
    /// They can not be ordered, and are not equal: NaN, an array and a number.
    Unordered,
    /// They stand in this order.
    Ordered(Ordering),
}

/// Compares the operands row by row; `answer` says what that means.
fn compare(arguments: &Arguments<'_>, answer: impl Fn(Compared) -> Option<bool>) -> Answer {
    let (a, b) = (arguments.ty(0), arguments.ty(1));
    let ty = common_type(a, b);
    if a == Type::Dynamic && ty == Type::String {
        return dynamic_and_string(arguments, 0, answer);
    }
    if b == Type::Dynamic && ty == Type::String {
        return dynamic_and_string(arguments, 1, |compared| {
            answer(match compared {
                Compared::Ordered(ordering) => Compared::Ordered(ordering.reverse()),
                other => other,
            })
        });
    }
    let (a, b) = (convert::argument(arguments, 0, ty)?, convert::argument(arguments, 1, ty)?);
    arguments.replacing(0, a, ty, |arguments| {
        arguments.replacing(1, b, ty, |arguments| compare_same(arguments, answer))
    })
}

/// The type in which values of two types are compared. A dynamic or a string beside another type is turned into that.
fn common_type(a: Type, b: Type) -> Type {
    let is_number = |ty: Type| ty.is_numeric() || ty == Type::Bool;
    match (a, b) {
        _ if a == b => a,
        (Type::Dynamic | Type::Unknown, other) | (other, Type::Dynamic | Type::Unknown) => other,
        (Type::String, other) | (other, Type::String) => other,
        _ if is_number(a) && is_number(b) => {
            let widest = [Type::Decimal, Type::Real].into_iter().find(|ty| a == *ty || b == *ty);
            widest.unwrap_or(Type::Long)
        }
        (Type::Guid, _) | (_, Type::Guid) => Type::String,
        // Counts of ticks.
        _ => Type::Long,
    }
}

fn compare_same(arguments: &Arguments<'_>, answer: impl Fn(Compared) -> Option<bool>) -> Answer {
    macro_rules! compare_with {
        ($read:ident, $compare:expr) => {{
            let (a, b) = (arguments.$read(0)?, arguments.$read(1)?);
            arguments.make_bools(|row| answer(both(a.at(row), b.at(row), $compare)))
        }};
    }
    match arguments.ty(0) {
        Type::Bool => compare_with!(bools, |a, b| Some(a.cmp(b))),
        Type::Real => compare_with!(reals, f64::partial_cmp),
        Type::Decimal => compare_with!(decimals, |a, b| Some(a.cmp(b))),
        Type::Guid => compare_with!(guids, |a, b| Some(a.cmp(b))),
        Type::String => {
            let (a, b) = (arguments.strings(0)?, arguments.strings(1)?);
            arguments.make_bools(|row| {
                answer(both(Some(a.at(row)), Some(b.at(row)), |a, b| Some(a.cmp(b))))
            })
        }
        Type::Dynamic | Type::Unknown => compare_with!(dynamics, |a, b| dynamics(a, b)),
        _ => compare_with!(longs, |a, b| Some(a.cmp(b))),
    }
}

fn both<T>(a: Option<T>, b: Option<T>, compare: impl Fn(&T, &T) -> Option<Ordering>) -> Compared {
    match (a, b) {
        (None, None) => Compared::Nulls,
        (None, _) | (_, None) => Compared::OneNull,
        (Some(a), Some(b)) => compare(&a, &b).map_or(Compared::Unordered, Compared::Ordered),
    }
}

/// A dynamic counts as what `tostring` makes of it: its null is the empty string.
fn dynamic_and_string(
    arguments: &Arguments<'_>,
    index: usize,
    answer: impl Fn(Compared) -> Option<bool>,
) -> Answer {
    let (values, texts) = (arguments.dynamics(index)?, arguments.strings(1 - index)?);
    arguments.make_bools(|row| {
        let value = values.at(row).map_or_else(|| "".into(), dynamic::to_string);
        answer(both(Some(value), Some(texts.at(row).into()), |a, b| Some(a.cmp(b))))
    })
}

/// Two dynamics: numbers by value, strings and times among their kind; anything else is equal or not.
fn dynamics(a: &str, b: &str) -> Option<Ordering> {
    if a == b && !a.starts_with("\"\u{1}r") {
        return Some(Ordering::Equal);
    }
    let (a, b) = (Dynamic::parse(a).ok()?, Dynamic::parse(b).ok()?);
    order(&a, &b)
}

fn order(a: &Dynamic, b: &Dynamic) -> Option<Ordering> {
    match (a, b) {
        (Dynamic::Long(a), Dynamic::Long(b)) => Some(a.cmp(b)),
        (Dynamic::String(a), Dynamic::String(b)) => Some(a.cmp(b)),
        (Dynamic::Bool(a), Dynamic::Bool(b)) => Some(a.cmp(b)),
        (Dynamic::DateTime(a), Dynamic::DateTime(b))
        | (Dynamic::TimeSpan(a), Dynamic::TimeSpan(b)) => Some(a.cmp(b)),
        (Dynamic::Array(a), Dynamic::Array(b)) => {
            let is_equal = a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_equal(a, b));
            is_equal.then_some(Ordering::Equal)
        }
        (Dynamic::Bag(a), Dynamic::Bag(b)) => {
            let value_in = |key: &str| b.iter().find(|(known, _)| **known == *key);
            let holds = |key: &str, value| value_in(key).is_some_and(|(_, v)| is_equal(value, v));
            let is_equal = a.len() == b.len() && a.iter().all(|(key, value)| holds(key, value));
            is_equal.then_some(Ordering::Equal)
        }
        (Dynamic::Null, Dynamic::Null) => Some(Ordering::Equal),
        _ if is_number(a) && is_number(b) => {
            convert::dynamic::real(a)?.partial_cmp(&convert::dynamic::real(b)?)
        }
        _ => (a == b).then_some(Ordering::Equal),
    }
}

fn is_equal(a: &Dynamic, b: &Dynamic) -> bool {
    order(a, b) == Some(Ordering::Equal)
}

const fn is_number(value: &Dynamic) -> bool {
    matches!(value, Dynamic::Long(_) | Dynamic::Real(_) | Dynamic::Decimal(_))
}

/// `==`: false where one side is null.
fn equality(arguments: &Arguments<'_>, is_negated: bool) -> Answer {
    compare(arguments, |compared| match compared {
        Compared::Nulls => None,
        Compared::OneNull | Compared::Unordered => Some(is_negated),
        Compared::Ordered(ordering) => Some((ordering == Ordering::Equal) != is_negated),
    })
}

/// `<` and its kin: null where any side is.
fn ordering(arguments: &Arguments<'_>, holds: fn(Ordering) -> bool) -> Answer {
    compare(arguments, |compared| match compared {
        Compared::Nulls | Compared::OneNull => None,
        Compared::Unordered => Some(false),
        Compared::Ordered(ordering) => Some(holds(ordering)),
    })
}
