//! `-` before a number or timespan: its sign turned. An `int` gives a `long`.

use arrow::array::PrimitiveArray;
use arrow::compute::unary;
use arrow::datatypes::{Float64Type, Int64Type};

use super::dynamic;
use crate::prelude::*;

/// Turns the sign of the only operand.
pub(super) fn negate(arguments: &Arguments<'_>) -> Answer {
    match arguments.ty(0) {
        Type::Real => {
            let values: PrimitiveArray<Float64Type> =
                unary(&arguments.real_array(0)?, |value: f64| -value);
            Ok(Arc::new(values))
        }
        Type::Decimal => {
            let values = arguments.decimals(0)?;
            arguments.make_decimals(|row| values.at(row).map(|value| -value))
        }
        Type::Dynamic => {
            let values = arguments.dynamics(0)?;
            arguments.make_dynamics(|row, text| {
                let value = values.at(row).and_then(|text| Dynamic::parse(text).ok());
                dynamic::write(value.and_then(negated), text)
            })
        }
        _ => {
            let values: PrimitiveArray<Int64Type> =
                unary(&arguments.long_array(0)?, i64::wrapping_neg);
            Ok(Arc::new(values))
        }
    }
}

fn negated(value: Dynamic) -> Option<Dynamic> {
    match value {
        Dynamic::Long(value) => Some(Dynamic::Long(value.wrapping_neg())),
        Dynamic::Real(value) => Some(Dynamic::Real(-value)),
        Dynamic::Decimal(value) => Some(Dynamic::Decimal(-value)),
        Dynamic::TimeSpan(ticks) => Some(Dynamic::TimeSpan(ticks.wrapping_neg())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::subtract::FUNCTION;
    use super::*;
    use crate::testing::{check, decimal, json, timespan};

    #[test]
    fn turns_the_sign() {
        check(
            &FUNCTION,
            &[Type::Int],
            Type::Long,
            &[(&[Value::Int(i32::MIN)], Value::Long(2147483648))],
        );
        check(
            &FUNCTION,
            &[Type::Long],
            Type::Long,
            &[
                (&[Value::Long(i64::MIN)], Value::Long(i64::MIN)),
                (&[Value::Null(Type::Long)], Value::Null(Type::Long)),
            ],
        );
        check(&FUNCTION, &[Type::Real], Type::Real, &[(&[Value::Real(1.5)], Value::Real(-1.5))]);
        check(&FUNCTION, &[Type::Decimal], Type::Decimal, &[(&[decimal("1.5")], decimal("-1.5"))]);
        check(
            &FUNCTION,
            &[Type::TimeSpan],
            Type::TimeSpan,
            &[(&[timespan("1h")], timespan("-01:00:00"))],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Dynamic,
            &[(&[json("2")], json("-2")), (&[json("\"2\"")], Value::Null(Type::Dynamic))],
        );
    }
}
