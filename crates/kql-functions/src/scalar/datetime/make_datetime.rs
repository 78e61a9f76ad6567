//! `make_datetime`: a datetime from its parts

use crate::convert;
use crate::prelude::*;
use kql_semantics::time::{TICKS_PER_SECOND, datetime_from_parts};

pub(super) static FUNCTION: Function = Function {
    name: "make_datetime",
    aliases: &[],
    help: "The datetime of a year, month and day, and of an hour, minute and second where given; null where \
           there is none such. One argument alone is turned into a datetime as `todatetime` does.",
    examples: &[Example {
        query: "print t = make_datetime(2017, 10, 1, 12, 10)",
        answer: &["t:datetime", "2017-10-01T12:10:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(make_datetime),
};

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "in range")]
fn make_datetime(arguments: &Arguments<'_>) -> Answer {
    if arguments.len() == 1 {
        return convert::column(arguments, Type::DateTime);
    }
    let parts =
        (0..arguments.len()).map(|at| arguments.reals(at)).collect::<Result<Vec<_>, _>>()?;
    arguments.make_longs(|row| {
        let part = |index: usize| parts.get(index).map_or(Some(0.0), |part| part.at(row));
        let whole =
            |index: usize| part(index).filter(|part| part.abs() < 1e6).map(|part| part as i64);
        let date = (whole(0)?, whole(1)?, whole(2)?);
        let second = part(5).filter(|second| (0.0..60.0).contains(second))?;
        let ticks = (second.fract() * TICKS_PER_SECOND as f64).round() as i64;
        datetime_from_parts(date, (whole(3)?, whole(4)?, second as i64), ticks)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime};

    #[test]
    fn makes_datetimes() {
        let (long, real) = (Type::Long, Type::Real);
        let number = Value::Long;
        check(
            &FUNCTION,
            &[long, long, long],
            Type::DateTime,
            &[
                (&[number(2020), number(2), number(29)], datetime("2020-02-29")),
                (&[number(2020), number(13), number(1)], Value::Null(Type::DateTime)),
                (&[number(2021), number(2), number(29)], Value::Null(Type::DateTime)),
                (&[number(i64::MAX), number(2), number(29)], Value::Null(Type::DateTime)),
            ],
        );
        check(
            &FUNCTION,
            &[long, long, long, long, long, real],
            Type::DateTime,
            &[(
                &[
                    number(2020),
                    number(2),
                    number(29),
                    number(23),
                    number(59),
                    Value::Real(59.9999999),
                ],
                datetime("2020-02-29T23:59:59.9999999"),
            )],
        );
    }
}
