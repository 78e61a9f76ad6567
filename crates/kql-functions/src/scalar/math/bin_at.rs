//! `bin_at`: a value rounded down to multiples from a point on

use crate::convert;
use crate::prelude::*;
use kql_semantics::time::MAX_DATETIME;

pub(super) static FUNCTION: Function = Function {
    name: "bin_at",
    aliases: &[],
    help: "The greatest value that lies whole multiples of the second argument from the third, and is not \
           greater than the first. Null where the second argument is not positive.",
    examples: &[Example {
        query: "print a = bin_at(6.5, 2.5, 7), b = bin_at(datetime(2017-05-15 10:20), 1d, datetime(1970-01-01 12:00))",
        answer: &["a:real, b:datetime", "4.5, 2017-05-14T12:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(bin_at),
};

fn bin_at(arguments: &Arguments<'_>) -> Answer {
    match arguments.result() {
        Type::Decimal => {
            let (values, sizes) = (arguments.any_decimals(0)?, arguments.any_decimals(1)?);
            let points = arguments.any_decimals(2)?;
            arguments.make_decimals(|row| {
                let (value, size, point) = (values.at(row)?, sizes.at(row)?, points.at(row)?);
                if size <= Decimal::from(0) {
                    return None;
                }
                let steps = value.checked_sub(point)?.checked_div(size)?.floor();
                point.checked_add(steps.checked_mul(size)?)
            })
        }
        Type::Real => {
            let (values, sizes) = (arguments.reals(0)?, arguments.reals(1)?);
            let points = arguments.reals(2)?;
            arguments.make_reals(|row| {
                let (value, size, point) = (values.at(row)?, sizes.at(row)?, points.at(row)?);
                (size > 0.0).then(|| point + ((value - point) / size).floor() * size)
            })
        }
        result => {
            let sizes = convert::argument(arguments, 1, Type::Long)?;
            arguments.replacing(1, sizes, Type::Long, |arguments| longs(arguments, result))
        }
    }
}

fn longs(arguments: &Arguments<'_>, result: Type) -> Answer {
    let (values, sizes) = (arguments.longs(0)?, arguments.longs(1)?);
    let points = arguments.longs(2)?;
    arguments.make_whole(|row| {
        let (value, point) = (values.at(row)?, points.at(row)?);
        let size = sizes.at(row).filter(|size| *size > 0)?;
        let binned = value.checked_sub(value.checked_sub(point)?.rem_euclid(size))?;
        (result != Type::DateTime || (0..=MAX_DATETIME).contains(&binned)).then_some(binned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, timespan};

    #[test]
    fn rounds_down() {
        let real = Value::Real;
        check(
            &FUNCTION,
            &[Type::Real, Type::Real, Type::Real],
            Type::Real,
            &[
                (&[real(6.5), real(2.5), real(7.0)], real(4.5)),
                (&[real(6.5), real(0.0), real(7.0)], Value::Null(Type::Real)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::TimeSpan, Type::TimeSpan, Type::TimeSpan],
            Type::TimeSpan,
            &[(&[timespan("1h"), timespan("1d"), timespan("12h")], timespan("-12h"))],
        );
        check(
            &FUNCTION,
            &[Type::DateTime, Type::TimeSpan, Type::DateTime],
            Type::DateTime,
            &[
                (
                    &[datetime("2017-05-17 10:20"), timespan("7d"), datetime("2017-06-04")],
                    datetime("2017-05-14"),
                ),
                (
                    &[datetime("0001-01-01"), timespan("7d"), datetime("2017-06-04")],
                    Value::Null(Type::DateTime),
                ),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Long, Type::Long, Type::Long],
            Type::Long,
            &[(&[Value::Long(13), Value::Long(10), Value::Long(11)], Value::Long(11))],
        );
    }
}
