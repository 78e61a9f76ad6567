//! `format_datetime`: a datetime as text by a pattern

use super::calendar::date;
use super::pattern::{Parts, Shown, format};
use crate::prelude::*;
use kql_semantics::time::TICKS_PER_DAY;

pub(super) static FUNCTION: Function = Function {
    name: "format_datetime",
    aliases: &[],
    help: "The datetime as a pattern shows it: `yyyy`, `yy`, `y` year; `MM`, `M` month; `dd`, `d` day; `HH`, \
           `H` hour; `hh`, `h` hour of twelve; `tt` AM or PM; `mm`, `m` minute; `ss`, `s` second; `f` to `fffffff` so \
           many digits behind the second, `F` to `FFFFFFF` the same, or nothing where all are 0. Between them can \
           stand space and `/-:,._[]`; all else is an error. Null gives \"\".",
    examples: &[Example {
        query: "print t = format_datetime(datetime(2017-01-29 09:00:05), 'yy-MM-dd [hh:mm:ss tt]')",
        answer: &["t:string", "17-01-29 [09:00:05 AM]"],
    }],
    meaning: Meaning::Kernel(format_datetime),
};

fn format_datetime(arguments: &Arguments<'_>) -> Answer {
    format(arguments, Shown::DateTime, |pattern, ticks, text| {
        let (year, month, day) = date(ticks);
        pattern.write(&Parts { year, month, day, time: ticks.rem_euclid(TICKS_PER_DAY) }, text);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, error, text};

    #[test]
    fn shows_by_patterns() {
        for (time, pattern, shown) in [
            ("2007-01-02 03:04:05", "yy-MM-dd HH:mm", "07-01-02 03:04"),
            ("2020-06-15 09:05:03.007", "M/d/yy H:m:s", "6/15/20 9:5:3"),
            ("2020-06-15 09:05:03.007", "MM/dd/yyyy HH:mm:ss.fff", "06/15/2020 09:05:03.007"),
            ("2020-06-15 09:05:03.007", "yyyyMMddHHmmss", "20200615090503"),
            ("2007-03-09 17:04:03.5", "s.f h tt", "3.5 5 PM"),
            ("2007-03-09 00:30:00", "hh:mm tt", "12:30 AM"),
            ("2020-01-05", "dddd ddd MMMM MMM", "0505 055 0101 011"),
            ("2020-01-05", "y yyyy", "20 2020"),
            (
                "2009-06-05T03:04:05.0617500",
                "F_FF_FFF_FFFF_FFFFF_FFFFFF",
                "_06_061_0617_06175_061750",
            ),
            (
                "2009-06-05T03:04:05.0050000",
                "F_FF_FFF_FFFF_FFFFF_FFFFFF",
                "__005_0050_00500_005000",
            ),
            ("2009-06-05T03:04:05.0000007", "FFFFFFF", "0000007"),
            ("0900-01-01", "yyyy-MM-dd [HH:mm:ss],_/", "0900-01-01 [00:00:00],_/"),
        ] {
            let types = &[Type::DateTime, Type::String];
            check(
                &FUNCTION,
                types,
                Type::String,
                &[(&[datetime(time), text(pattern)], text(shown))],
            );
        }
        for pattern in ["zzz", "K", "yyyy-MM-ddTHH", "t"] {
            let message = error(&FUNCTION, Type::String, &[datetime("2020-01-01"), text(pattern)]);
            assert!(message.contains("means nothing in the format"), "{message}");
        }
    }
}
