//! Arithmetic where an operand is dynamic.

use super::Operation;
use crate::convert;
use crate::prelude::*;

/// Two dynamics give a dynamic; a dynamic beside another type is turned into that first.
pub(super) fn compute<O: Operation>(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.ty(0), arguments.ty(1));
    let (index, other) = match (a, b) {
        (Type::Dynamic, Type::Dynamic) => return both::<O>(arguments),
        (Type::Dynamic, other) => (0, other),
        (other, _) => (1, other),
    };
    let ty = match other {
        Type::Int => Type::Long,
        // A timespan lies between two datetimes, and between a datetime and a timespan lies a datetime.
        Type::DateTime if arguments.result() == Type::TimeSpan => Type::DateTime,
        Type::DateTime => Type::TimeSpan,
        other => other,
    };
    let converted = convert::argument(arguments, index, ty)?;
    arguments.replacing(index, converted, ty, super::compute::<O>)
}

fn both<O: Operation>(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.dynamics(0)?, arguments.dynamics(1)?);
    arguments.make_dynamics(|row, text| {
        let parse = |text: Option<&str>| text.and_then(|text| Dynamic::parse(text).ok());
        let values = parse(a.at(row)).zip(parse(b.at(row)));
        write(values.and_then(|(a, b)| apply::<O>(&a, &b)), text)
    })
}

/// Writes a value where there is one, and says whether there is.
pub(super) fn write(value: Option<Dynamic>, text: &mut String) -> bool {
    let Some(value) = value else { return false };
    text.push_str(&value.to_text());
    true
}

fn apply<O: Operation>(a: &Dynamic, b: &Dynamic) -> Option<Dynamic> {
    match (a, b) {
        (Dynamic::Long(a), Dynamic::Long(b)) => O::long(*a, *b).map(Dynamic::Long),
        (Dynamic::DateTime(a), Dynamic::DateTime(b)) => O::long(*a, *b).map(Dynamic::TimeSpan),
        (Dynamic::DateTime(a), Dynamic::TimeSpan(b))
        | (Dynamic::TimeSpan(a), Dynamic::DateTime(b)) => O::long(*a, *b).map(Dynamic::DateTime),
        (Dynamic::TimeSpan(a), Dynamic::TimeSpan(b) | Dynamic::Long(b))
        | (Dynamic::Long(a), Dynamic::TimeSpan(b)) => O::long(*a, *b).map(Dynamic::TimeSpan),
        (Dynamic::Decimal(a), b) => {
            O::decimal(*a, convert::dynamic::decimal(b)?).map(Dynamic::Decimal)
        }
        (a, Dynamic::Decimal(b)) => {
            O::decimal(convert::dynamic::decimal(a)?, *b).map(Dynamic::Decimal)
        }
        (Dynamic::Long(_) | Dynamic::Real(_), Dynamic::Long(_) | Dynamic::Real(_)) => {
            Some(Dynamic::Real(O::real(convert::dynamic::real(a)?, convert::dynamic::real(b)?)))
        }
        _ => None,
    }
}
