//! `pow`: a power

use crate::prelude::*;
use arrow::datatypes::Float64Type;

pub(super) static FUNCTION: Function = Function {
    name: "pow",
    aliases: &[],
    help: "The first number to the power of the second; NaN where that is no real number.",
    examples: &[Example { query: "print v = pow(2, 10)", answer: &["v:real", "1024.0"] }],
    meaning: Meaning::Kernel(pow),
};

fn pow(arguments: &Arguments<'_>) -> Answer {
    let (bases, exponents) = (arguments.real_array(0)?, arguments.real_array(1)?);
    arguments.zip::<Float64Type, Float64Type, Float64Type>(&bases, &exponents, f64::powf)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check;

    #[test]
    fn raises() {
        check(
            &FUNCTION,
            &[Type::Real, Type::Real],
            Type::Real,
            &[
                (&[Value::Real(2.0), Value::Real(-1.0)], Value::Real(0.5)),
                (&[Value::Real(-8.0), Value::Real(1.0 / 3.0)], Value::Real(f64::NAN)),
                (&[Value::Null(Type::Real), Value::Real(2.0)], Value::Null(Type::Real)),
            ],
        );
    }
}
