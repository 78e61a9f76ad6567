//! `ceiling`: the next whole number

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ceiling",
    aliases: &[],
    help: "The least whole number that is not less than the number.",
    examples: &[Example {
        query: "print a = ceiling(-1.1), b = ceiling(0.9)",
        answer: &["a:real, b:real", "-1.0, 1.0"],
    }],
    meaning: Meaning::Kernel(ceiling),
};

fn ceiling(arguments: &Arguments<'_>) -> Answer {
    match arguments.ty(0) {
        Type::Real => super::reals::map(arguments, f64::ceil),
        Type::Decimal => {
            let values = arguments.decimals(0)?;
            arguments.make_decimals(|row| values.at(row).map(|value| -(-value).floor()))
        }
        _ => {
            let values = arguments.longs(0)?;
            arguments.make_whole(|row| values.at(row))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, decimal};

    #[test]
    fn rounds_up() {
        check(&FUNCTION, &[Type::Real], Type::Real, &[(&[Value::Real(-5.5)], Value::Real(-5.0))]);
        check(&FUNCTION, &[Type::Decimal], Type::Decimal, &[(&[decimal("1.1")], decimal("2"))]);
        let type_of_constants = Type::Real;
        check(
            &FUNCTION,
            &[Type::Long],
            type_of_constants,
            &[(&[Value::Long(3)], Value::Real(3.0))],
        );
    }
}
