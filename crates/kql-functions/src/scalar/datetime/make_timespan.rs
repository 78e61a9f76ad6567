//! `make_timespan`: a timespan from its parts

use crate::convert;
use crate::prelude::*;
use kql_semantics::time::{TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND};

pub(super) static FUNCTION: Function = Function {
    name: "make_timespan",
    aliases: &[],
    help: "The timespan of hours and minutes, of hours, minutes and seconds, or of days, hours, minutes and \
           seconds; null where an hour is not within 0 and 23, or a minute or second not within 0 and 59. One argument \
           alone is turned into a timespan as `totimespan` does.",
    examples: &[Example {
        query: "print t = make_timespan(1, 12, 30, 55.123)",
        answer: &["t:timespan", "1.12:30:55.1230000"],
    }],
    meaning: Meaning::Kernel(make_timespan),
};

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "in range")]
fn make_timespan(arguments: &Arguments<'_>) -> Answer {
    if arguments.len() == 1 {
        return convert::column(arguments, Type::TimeSpan);
    }
    let parts =
        (0..arguments.len()).map(|at| arguments.reals(at)).collect::<Result<Vec<_>, _>>()?;
    // Two parts are hours and minutes, four begin with days.
    let first = usize::from(parts.len() == 4);
    arguments.make_longs(|row| {
        let part = |index: usize, limit: f64| {
            let value = parts.get(index).map_or(Some(0.0), |part| part.at(row))?;
            (0.0..limit).contains(&value).then_some(value)
        };
        let days = if first == 1 { part(0, 1e7)?.trunc() } else { 0.0 };
        let (hours, minutes) = (part(first, 24.0)?.trunc(), part(first + 1, 60.0)?.trunc());
        let seconds = (part(first + 2, 60.0)? * TICKS_PER_SECOND as f64).round() as i64;
        let ticks = days as i64 * TICKS_PER_DAY + hours as i64 * TICKS_PER_HOUR;
        ticks.checked_add(minutes as i64 * TICKS_PER_MINUTE + seconds)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, timespan};

    #[test]
    fn makes_timespans() {
        let long = Type::Long;
        let number = Value::Long;
        check(
            &FUNCTION,
            &[long, long],
            Type::TimeSpan,
            &[
                (&[number(2), number(30)], timespan("02:30:00")),
                (&[number(25), number(70)], Value::Null(Type::TimeSpan)),
            ],
        );
        check(
            &FUNCTION,
            &[long, long, long, Type::Real],
            Type::TimeSpan,
            &[(
                &[number(1), number(12), number(30), Value::Real(55.123)],
                timespan("1.12:30:55.123"),
            )],
        );
    }
}
