//! `unixtime_milliseconds_todatetime`: milliseconds since 1970 as a datetime

use super::unixtime::datetime;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "unixtime_milliseconds_todatetime",
    aliases: &[],
    help: "The datetime so many milliseconds after 1970-01-01 UTC; null where that is out of range.",
    examples: &[Example {
        query: "print t = unixtime_milliseconds_todatetime(1546300800000)",
        answer: &["t:datetime", "2019-01-01T00:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(unixtime_milliseconds_todatetime),
};

fn unixtime_milliseconds_todatetime(arguments: &Arguments<'_>) -> Answer {
    datetime(arguments, 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime};

    #[test]
    fn converts() {
        check(
            &FUNCTION,
            &[Type::Long],
            Type::DateTime,
            &[
                (&[Value::Long(1546300800000)], datetime("2019-01-01")),
                (&[Value::Long(-1)], datetime("1969-12-31 23:59:59.999")),
                (&[Value::Long(i64::MAX)], Value::Null(Type::DateTime)),
                (&[Value::Long(i64::MIN)], Value::Null(Type::DateTime)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Real],
            Type::DateTime,
            &[
                (&[Value::Real(1546300800000.5)], datetime("2019-01-01 00:00:00.0005")),
                (&[Value::Real(f64::NAN)], Value::Null(Type::DateTime)),
            ],
        );
    }
}
