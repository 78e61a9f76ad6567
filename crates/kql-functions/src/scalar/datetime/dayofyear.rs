//! `dayofyear`: the day of the year

use super::calendar::{day_of_year, part};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "dayofyear",
    aliases: &[],
    help: "The day of the year, from 1 on.",
    examples: &[Example {
        query: "print v = dayofyear(datetime(2015-12-14))",
        answer: &["v:int", "348"],
    }],
    meaning: Meaning::Kernel(dayofyear),
};

fn dayofyear(arguments: &Arguments<'_>) -> Answer {
    part(arguments, day_of_year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime};

    #[test]
    fn counts_days() {
        check(
            &FUNCTION,
            &[Type::DateTime],
            Type::Int,
            &[
                (&[datetime("2020-12-31")], Value::Int(366)),
                (&[datetime("1900-03-01")], Value::Int(60)),
                (&[datetime("2015-12-14 23:59:59.999")], Value::Int(348)),
            ],
        );
    }
}
