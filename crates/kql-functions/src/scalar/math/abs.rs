//! `abs`: the size of a number

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "abs",
    aliases: &[],
    help: "The number or timespan without its sign.",
    examples: &[Example {
        query: "print a = abs(-5), b = abs(-1h)",
        answer: &["a:long, b:timespan", "5, 01:00:00"],
    }],
    meaning: Meaning::Kernel(abs),
};

fn abs(arguments: &Arguments<'_>) -> Answer {
    match arguments.ty(0) {
        Type::Real => super::reals::map(arguments, f64::abs),
        Type::Decimal => {
            let values = arguments.decimals(0)?;
            arguments.make_decimals(|row| values.at(row).map(Decimal::abs))
        }
        _ => {
            let values = arguments.longs(0)?;
            arguments.make_whole(|row| values.at(row).map(i64::wrapping_abs))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, decimal, timespan};

    #[test]
    fn drops_signs() {
        check(
            &FUNCTION,
            &[Type::Int],
            Type::Long,
            &[(&[Value::Int(i32::MIN)], Value::Long(1 << 31))],
        );
        check(&FUNCTION, &[Type::Real], Type::Real, &[(&[Value::Real(-5.5)], Value::Real(5.5))]);
        check(&FUNCTION, &[Type::Decimal], Type::Decimal, &[(&[decimal("-1.5")], decimal("1.5"))]);
        check(
            &FUNCTION,
            &[Type::TimeSpan],
            Type::TimeSpan,
            &[(&[timespan("-1h")], timespan("1h"))],
        );
    }
}
