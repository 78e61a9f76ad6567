//! `range`: evenly spaced values

use super::MOST_ELEMENTS;
use crate::prelude::*;
use kql_semantics::time::TICKS_PER_HOUR;

pub(super) static FUNCTION: Function = Function {
    name: "range",
    aliases: &[],
    help: "An array of the values from the first argument to the second, both included where met, in steps \
           of the third (1, or 1 hour for datetimes and timespans): at most 1,048,576. Null where an argument is, or \
           the step is 0.",
    examples: &[Example {
        query: "print a = range(1, 8, 3), b = range(1h, 2h, 30m)",
        answer: &["a:dynamic, b:dynamic", "[1,4,7], [\"01:00:00\",\"01:30:00\",\"02:00:00\"]"],
    }],
    meaning: Meaning::Kernel(range),
};

fn range(arguments: &Arguments<'_>) -> Answer {
    let is_real =
        (0..arguments.len()).any(|index| matches!(arguments.ty(index), Type::Real | Type::Decimal));
    let ty = match arguments.ty(0) {
        Type::Dynamic | Type::Unknown => {
            return Err(KernelError::new(
                "`range` needs numbers, datetimes or timespans, not a dynamic",
            ));
        }
        Type::DateTime | Type::TimeSpan => arguments.ty(0),
        _ if is_real => return reals(arguments),
        _ => Type::Long,
    };
    let (starts, stops) = (arguments.longs(0)?, arguments.longs(1)?);
    let steps = if arguments.len() > 2 { Some(arguments.longs(2)?) } else { None };
    let default = if ty == Type::Long { 1 } else { TICKS_PER_HOUR };
    arguments.make_dynamics(|row, text| {
        let step = steps.as_ref().map_or(Some(default), |steps| steps.at(row));
        let Some(((start, stop), step)) = starts.at(row).zip(stops.at(row)).zip(step) else {
            return false;
        };
        let is_before = |value: &i64| if step > 0 { *value <= stop } else { *value >= stop };
        let values = std::iter::successors(Some(start), |value| value.checked_add(step))
            .take_while(is_before)
            .take(MOST_ELEMENTS);
        write(values, text, |value, text| {
            let value = match ty {
                Type::DateTime => Dynamic::DateTime(value),
                Type::TimeSpan => Dynamic::TimeSpan(value),
                _ => Dynamic::Long(value),
            };
            text.push_str(&value.to_text());
        });
        step != 0
    })
}

#[expect(clippy::cast_precision_loss, reason = "at most a million steps")]
fn reals(arguments: &Arguments<'_>) -> Answer {
    let (starts, stops) = (arguments.reals(0)?, arguments.reals(1)?);
    let steps = if arguments.len() > 2 { Some(arguments.reals(2)?) } else { None };
    arguments.make_dynamics(|row, text| {
        let step = steps.as_ref().map_or(Some(1.0), |steps| steps.at(row));
        let Some(((start, stop), step)) = starts.at(row).zip(stops.at(row)).zip(step) else {
            return false;
        };
        let values = (0..MOST_ELEMENTS)
            .map(|index| start + step * index as f64)
            .take_while(|value| if step > 0.0 { *value <= stop } else { *value >= stop });
        write(values, text, crate::convert::dynamic::write_real);
        step != 0.0
    })
}

fn write<T>(values: impl Iterator<Item = T>, text: &mut String, write: impl Fn(T, &mut String)) {
    text.push('[');
    for (index, value) in values.enumerate() {
        if index > 0 {
            text.push(',');
        }
        write(value, text);
    }
    text.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, timespan};

    #[test]
    fn counts() {
        let (long, real, null) = (Type::Long, Type::Real, Value::Null(Type::Dynamic));
        let number = Value::Long;
        check(
            &FUNCTION,
            &[long, long, long],
            Type::Dynamic,
            &[
                (&[number(1), number(8), number(3)], json("[1,4,7]")),
                (&[number(3), number(1), number(-1)], json("[3,2,1]")),
                (&[number(3), number(1), number(1)], json("[]")),
                (&[number(1), number(3), number(0)], null.clone()),
                (&[number(1), Value::Null(long), number(1)], null),
                (
                    &[number(i64::MAX - 1), number(i64::MAX), number(1)],
                    json("[9223372036854775806,9223372036854775807]"),
                ),
            ],
        );
        check(
            &FUNCTION,
            &[long, long],
            Type::Dynamic,
            &[(&[number(1), number(3)], json("[1,2,3]"))],
        );
        check(
            &FUNCTION,
            &[long, real, real],
            Type::Dynamic,
            &[(&[number(1), Value::Real(2.0), Value::Real(0.5)], json("[1.0,1.5,2.0]"))],
        );
        check(
            &FUNCTION,
            &[Type::TimeSpan, Type::TimeSpan],
            Type::Dynamic,
            &[(&[timespan("1h"), timespan("2h")], json("[\"\u{1}t01:00:00\",\"\u{1}t02:00:00\"]"))],
        );
    }
}
