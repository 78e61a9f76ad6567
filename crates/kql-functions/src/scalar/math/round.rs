//! `round`: a number rounded

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "round",
    aliases: &[],
    help: "The number rounded to so many digits behind the point, to none where the second argument is \
           missing; to tens, hundreds and so on where it is negative. Halves are rounded away from 0.",
    examples: &[Example {
        query: "print a = round(2.567, 1), b = round(-2.5)",
        answer: &["a:real, b:real", "2.6, -3.0"],
    }],
    meaning: Meaning::Kernel(round),
};

fn round(arguments: &Arguments<'_>) -> Answer {
    let digits = if arguments.len() > 1 { Some(arguments.longs(1)?) } else { None };
    let digits = |row| {
        let digits = digits.as_ref().map_or(Some(0), |digits| digits.at(row))?;
        i32::try_from(digits.clamp(-400, 400)).ok()
    };
    match arguments.ty(0) {
        Type::Real => {
            let values = arguments.reals(0)?;
            arguments.make_reals(|row| Some(real(values.at(row)?, digits(row)?)))
        }
        Type::Decimal => {
            let values = arguments.decimals(0)?;
            arguments.make_decimals(|row| values.at(row)?.round(digits(row)?))
        }
        _ => {
            let values = arguments.longs(0)?;
            arguments.make_whole(|row| long(values.at(row)?, digits(row)?))
        }
    }
}

fn real(value: f64, digits: i32) -> f64 {
    let factor = 10f64.powi(digits.abs());
    let rounded = match digits {
        0 => value.round(),
        1.. => (value * factor).round() / factor,
        _ => (value / factor).round() * factor,
    };
    // Where the factor is beyond a double, all digits are kept, or none.
    match rounded.is_finite() || !value.is_finite() {
        true => rounded,
        false if digits > 0 => value,
        false => 0.0,
    }
}

fn long(value: i64, digits: i32) -> Option<i64> {
    if digits >= 0 {
        return Some(value);
    }
    let Some(factor) = 10i64.checked_pow(digits.unsigned_abs()) else { return Some(0) };
    let rest = value % factor;
    let down = value - rest;
    if rest.unsigned_abs() >= factor.unsigned_abs().div_ceil(2) {
        down.checked_add(factor * value.signum())
    } else {
        Some(down)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, decimal};

    #[test]
    fn rounds() {
        let types = &[Type::Real, Type::Long];
        for (value, digits, rounded) in [
            (2.5, 0, 3.0),
            (-2.5, 0, -3.0),
            (2.49999999, 0, 2.0),
            (3.75, 1, 3.8),
            (1234.5, -2, 1200.0),
            (1.5, 400, 1.5),
            (1.5, -400, 0.0),
            (f64::INFINITY, 2, f64::INFINITY),
        ] {
            let arguments = [Value::Real(value), Value::Long(digits)];
            check(&FUNCTION, types, Type::Real, &[(&arguments, Value::Real(rounded))]);
        }
        let types = &[Type::Long, Type::Long];
        for (value, digits, rounded) in
            [(1250, -2, 1300), (-1250, -2, -1300), (1249, -2, 1200), (5, 3, 5), (5, -30, 0)]
        {
            let arguments = [Value::Long(value), Value::Long(digits)];
            check(&FUNCTION, types, Type::Long, &[(&arguments, Value::Long(rounded))]);
        }
        check(&FUNCTION, &[Type::Decimal], Type::Decimal, &[(&[decimal("2.5")], decimal("3"))]);
    }
}
