//! `week_of_year`: the week of the year

use super::calendar::{iso_week, part};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "week_of_year",
    aliases: &["weekofyear"],
    help: "The week of the year as ISO 8601 counts it: weeks begin on Monday, and the first is the one with \
           the year's first Thursday.",
    examples: &[Example {
        query: "print a = week_of_year(datetime(2020-12-31)), b = week_of_year(datetime(2023-01-01))",
        answer: &["a:int, b:int", "53, 52"],
    }],
    meaning: Meaning::Kernel(week_of_year),
};

fn week_of_year(arguments: &Arguments<'_>) -> Answer {
    part(arguments, iso_week)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime};

    #[test]
    fn counts_weeks() {
        let int = Value::Int;
        check(
            &FUNCTION,
            &[Type::DateTime],
            Type::Int,
            &[
                (&[datetime("2015-12-31")], int(53)),
                (&[datetime("2016-01-01")], int(53)),
                (&[datetime("2018-12-31")], int(1)),
                (&[datetime("2023-01-01")], int(52)),
                (&[datetime("0001-01-01")], int(1)),
                (&[datetime("9999-12-31 23:59:59.9999999")], int(52)),
            ],
        );
    }
}
