//! `datetime_utc_to_local`: UTC as the time of a place

use super::zone::{convert, local};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "datetime_utc_to_local",
    aliases: &[],
    help: "What clocks show at a datetime in a time zone, which goes by its name in the IANA database. Null \
           where that is out of range. An unknown time zone is an error.",
    examples: &[Example {
        query: "print t = datetime_utc_to_local(datetime(2015-12-31 23:59:59.9), 'US/Eastern')",
        answer: &["t:datetime", "2015-12-31T18:59:59.9000000Z"],
    }],
    meaning: Meaning::Kernel(datetime_utc_to_local),
};

fn datetime_utc_to_local(arguments: &Arguments<'_>) -> Answer {
    convert(arguments, local)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, error, text};

    #[test]
    fn converts() {
        check(
            &FUNCTION,
            &[Type::DateTime, Type::String],
            Type::DateTime,
            &[
                (
                    &[datetime("2022-03-27 00:00"), text("Europe/Brussels")],
                    datetime("2022-03-27 01:00"),
                ),
                (
                    &[datetime("2022-03-27 01:00"), text("Europe/Brussels")],
                    datetime("2022-03-27 03:00"),
                ),
                (&[datetime("0001-01-01"), text("US/Eastern")], Value::Null(Type::DateTime)),
            ],
        );
        let message =
            error(&FUNCTION, Type::DateTime, &[datetime("2022-03-27"), text("Mars/Olympus")]);
        assert!(message.contains("`Mars/Olympus` is no time zone"), "{message}");
    }
}
