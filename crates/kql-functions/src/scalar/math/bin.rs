//! `bin`: a value rounded down to a multiple

use super::divisor::Divisor;
use crate::prelude::*;
use arrow::array::PrimitiveArray;
use arrow::datatypes::{Float64Type, Int64Type};

pub(super) static FUNCTION: Function = Function {
    name: "bin",
    aliases: &["floor"],
    help: "The greatest multiple of the second argument that is not greater than the first. Multiples of a \
           timespan are counted from 0001-01-01 for datetimes. Null where the second argument is not positive.",
    examples: &[Example {
        query: "print a = bin(-7, 5), b = bin(5.5, 2), c = bin(datetime(1970-05-11 13:45:07), 1d)",
        answer: &["a:long, b:real, c:datetime", "-10, 4.0, 1970-05-11T00:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(bin),
};

fn bin(arguments: &Arguments<'_>) -> Answer {
    match arguments.result() {
        Type::Decimal => {
            let (values, sizes) = (arguments.any_decimals(0)?, arguments.any_decimals(1)?);
            arguments.make_decimals(|row| {
                let (value, size) = (values.at(row)?, sizes.at(row)?);
                let is_positive = size > Decimal::from(0);
                is_positive.then(|| value.checked_div(size)?.floor().checked_mul(size)).flatten()
            })
        }
        Type::Real => {
            let (values, sizes) = (arguments.real_array(0)?, arguments.real_array(1)?);
            arguments.zip_some::<Float64Type, Float64Type, Float64Type>(
                &values,
                &sizes,
                |value, size| (size > 0.0).then(|| (value / size).floor() * size),
            )
        }
        Type::Int => {
            let (values, sizes) = (arguments.longs(0)?, arguments.longs(1)?);
            arguments.make_whole(|row| long(values.at(row)?, sizes.at(row)?))
        }
        _ => longs(arguments),
    }
}

/// Whole numbers and ticks; a constant size is what queries have nearly always.
fn longs(arguments: &Arguments<'_>) -> Answer {
    let (values, sizes) = (ticks(arguments, 0)?, ticks(arguments, 1)?);
    if arguments.is_constant(1) && !arguments.is_constant(0) {
        let size = sizes.iter().next().flatten().and_then(Divisor::new);
        let Some(size) = size else {
            return Ok(Arc::new(PrimitiveArray::<Int64Type>::new_null(arguments.rows())));
        };
        if values.iter().flatten().all(|value| value >= i64::MIN / 2) {
            let binned: PrimitiveArray<Int64Type> =
                arrow::compute::unary(&values, |value| value - size.remainder(value));
            return Ok(Arc::new(binned));
        }
    }
    arguments.zip_some::<Int64Type, Int64Type, Int64Type>(&values, &sizes, long)
}

fn long(value: i64, size: i64) -> Option<i64> {
    if size <= 0 { None } else { value.checked_sub(value.rem_euclid(size)) }
}

/// An argument as whole numbers; of a real, the whole part.
fn ticks(
    arguments: &Arguments<'_>,
    index: usize,
) -> Result<PrimitiveArray<Int64Type>, KernelError> {
    match arguments.ty(index) {
        Type::Real | Type::Decimal => {
            let converted = crate::convert::argument(arguments, index, Type::Long)?;
            Ok(arrow::array::AsArray::as_primitive::<Int64Type>(&converted).clone())
        }
        _ => arguments.long_array(index),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, decimal, timespan};

    #[test]
    fn rounds_down() {
        let null = Value::Null;
        check(
            &FUNCTION,
            &[Type::Long, Type::Long],
            Type::Long,
            &[
                (&[Value::Long(-7), Value::Long(4)], Value::Long(-8)),
                (&[Value::Long(9), Value::Long(4)], Value::Long(8)),
                (&[Value::Long(9), Value::Long(0)], null(Type::Long)),
                (&[Value::Long(i64::MIN), Value::Long(1)], Value::Long(i64::MIN)),
                (&[Value::Long(i64::MIN), Value::Long(3)], null(Type::Long)),
                (&[null(Type::Long), Value::Long(3)], null(Type::Long)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Real, Type::Real],
            Type::Real,
            &[
                (&[Value::Real(-2.5), Value::Real(1.5)], Value::Real(-3.0)),
                (&[Value::Real(7.5), Value::Real(0.5)], Value::Real(7.5)),
                (&[Value::Real(7.5), Value::Real(0.0)], null(Type::Real)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::DateTime, Type::TimeSpan],
            Type::DateTime,
            &[
                (&[datetime("1955-11-05 06:15:00.5"), timespan("7d")], datetime("1955-10-31")),
                (&[datetime("2020-10-25 02:30"), timespan("-1h")], null(Type::DateTime)),
                (
                    &[datetime("9999-12-31 23:59:59.9999999"), timespan("1d")],
                    datetime("9999-12-31"),
                ),
            ],
        );
        check(
            &FUNCTION,
            &[Type::TimeSpan, Type::TimeSpan],
            Type::TimeSpan,
            &[(&[timespan("-1s"), timespan("1m")], timespan("-1m"))],
        );
        check(
            &FUNCTION,
            &[Type::Decimal, Type::Decimal],
            Type::Decimal,
            &[(&[decimal("-1.25"), decimal("0.5")], decimal("-1.5"))],
        );
        check(
            &FUNCTION,
            &[Type::Int, Type::Int],
            Type::Int,
            &[(&[Value::Int(9), Value::Int(4)], Value::Int(8))],
        );
    }
}
