//! `datetime_local_to_utc`: the time of a place as UTC

use super::zone::{convert, utc};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "datetime_local_to_utc",
    aliases: &[],
    help: "When clocks show a datetime in a time zone, which goes by its name in the IANA database. A time \
           that comes twice, as summer time ends, is the first; one that clocks leave out is read as summer time. An \
           unknown time zone is an error.",
    examples: &[Example {
        query: "print t = datetime_local_to_utc(datetime(2022-07-01 12:00), 'Europe/Brussels')",
        answer: &["t:datetime", "2022-07-01T10:00:00.0000000Z"],
    }],
    meaning: Meaning::Kernel(datetime_local_to_utc),
};

fn datetime_local_to_utc(arguments: &Arguments<'_>) -> Answer {
    convert(arguments, utc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, text};

    #[test]
    fn converts() {
        for (local, utc) in [
            ("2022-03-27 01:00", "2022-03-27 00:00"),
            ("2022-03-27 02:00", "2022-03-27 00:00"),
            ("2022-03-27 03:00", "2022-03-27 01:00"),
            ("2022-10-30 02:30", "2022-10-30 00:30"),
            ("2022-10-30 03:00:00.0000001", "2022-10-30 02:00:00.0000001"),
        ] {
            check(
                &FUNCTION,
                &[Type::DateTime, Type::String],
                Type::DateTime,
                &[(&[datetime(local), text("Europe/Brussels")], datetime(utc))],
            );
        }
    }
}
