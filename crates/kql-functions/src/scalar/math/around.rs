//! `around`: whether a value is near another

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "around",
    aliases: &[],
    help: "Whether the first value lies no farther than the third from the second, on either side. Null \
           where one is null.",
    examples: &[Example {
        query: "print v = around(datetime(2021-01-01 01:29), datetime(2021-01-01 01:30), 1m)",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(around),
};

fn around(arguments: &Arguments<'_>) -> Answer {
    let is_real = (0..3).any(|index| matches!(arguments.ty(index), Type::Real | Type::Decimal));
    if is_real {
        let (values, centers) = (arguments.reals(0)?, arguments.reals(1)?);
        let distances = arguments.reals(2)?;
        return arguments.make_bools(|row| {
            let (value, center, distance) = (values.at(row)?, centers.at(row)?, distances.at(row)?);
            Some((center - distance..=center + distance).contains(&value))
        });
    }
    let (values, centers, distances) =
        (arguments.longs(0)?, arguments.longs(1)?, arguments.longs(2)?);
    arguments.make_bools(|row| {
        let (value, center, distance) = (values.at(row)?, centers.at(row)?, distances.at(row)?);
        let range = center.saturating_sub(distance)..=center.saturating_add(distance);
        Some(range.contains(&value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, timespan};

    #[test]
    fn includes_its_borders() {
        let is = |value: &str, is: bool| {
            let arguments = [datetime(value), datetime("2021-01-01 01:30"), timespan("1m")];
            let types = &[Type::DateTime, Type::DateTime, Type::TimeSpan];
            check(&FUNCTION, types, Type::Bool, &[(&arguments, Value::Bool(is))]);
        };
        is("2021-01-01 01:29", true);
        is("2021-01-01 01:31", true);
        is("2021-01-01 01:31:01", false);
        check(
            &FUNCTION,
            &[Type::Real, Type::Long, Type::Long],
            Type::Bool,
            &[
                (&[Value::Real(4.5), Value::Long(5), Value::Long(1)], Value::Bool(true)),
                (
                    &[Value::Null(Type::Real), Value::Long(5), Value::Long(1)],
                    Value::Null(Type::Bool),
                ),
            ],
        );
    }
}
