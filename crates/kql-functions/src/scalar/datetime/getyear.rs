//! `getyear`: the year

use super::calendar::{date, part};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "getyear",
    aliases: &[],
    help: "The year of a datetime.",
    examples: &[Example {
        query: "print v = getyear(datetime(2015-12-14))",
        answer: &["v:long", "2015"],
    }],
    meaning: Meaning::Kernel(getyear),
};

fn getyear(arguments: &Arguments<'_>) -> Answer {
    part(arguments, |ticks| date(ticks).0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime};

    #[test]
    fn gives_years() {
        let type_of_constants = Type::Long;
        check(
            &FUNCTION,
            &[Type::DateTime],
            type_of_constants,
            &[(&[datetime("1955-11-05")], Value::Long(1955))],
        );
        check(
            &FUNCTION,
            &[Type::DateTime],
            Type::Int,
            &[(&[datetime("0001-01-01")], Value::Int(1))],
        );
    }
}
