//! `format_timespan`: a timespan as text by a pattern

use super::pattern::{Parts, Shown, format};
use crate::prelude::*;
use kql_semantics::time::TICKS_PER_DAY;

pub(super) static FUNCTION: Function = Function {
    name: "format_timespan",
    aliases: &[],
    help: "The timespan as a pattern shows it, behind `-` where it is negative: `d` to `dddddddd` days; \
           `HH`, `H`, `hh`, `h` hours; `mm`, `m` minutes; `ss`, `s` seconds; `f` to `fffffff` so many digits behind \
           the second, `F` to `FFFFFFF` the same, or nothing where all are 0. Between them can stand space and \
           `/-:,._[]`; all else is an error. Null gives \"\".",
    examples: &[Example {
        query: "print t = format_timespan(time(29.09:00:05.12345), 'ddd.h:mm:ss [fffffff]')",
        answer: &["t:string", "029.9:00:05 [1234500]"],
    }],
    meaning: Meaning::Kernel(format_timespan),
};

fn format_timespan(arguments: &Arguments<'_>) -> Answer {
    const DAY: u64 = TICKS_PER_DAY.unsigned_abs();
    format(arguments, Shown::TimeSpan, |pattern, ticks, text| {
        if ticks < 0 {
            text.push('-');
        }
        let (day, time) = (ticks.unsigned_abs() / DAY, ticks.unsigned_abs() % DAY);
        let parts = Parts { year: 0, month: 0, day: day.cast_signed(), time: time.cast_signed() };
        pattern.write(&parts, text);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text, timespan};

    #[test]
    fn shows_by_patterns() {
        for (span, pattern, shown) in [
            ("-1.02:30:00", "d.hh:mm:ss", "-1.02:30:00"),
            ("-00:01:30", "mm:ss", "-01:30"),
            ("1.01:01:01.123", "d:h:m:s.fff", "1:1:1:1.123"),
            ("10675199.02:48:05.4775807", "d.hh:mm:ss", "10675199.02:48:05"),
            ("00:00:00.0000001", "fffffff", "0000001"),
            ("1.00:00:00", "dddd", "0001"),
            ("29.09:00:05.12345", "dd.hh:mm:ss:FF", "29.09:00:05:12"),
        ] {
            let types = &[Type::TimeSpan, Type::String];
            check(
                &FUNCTION,
                types,
                Type::String,
                &[(&[timespan(span), text(pattern)], text(shown))],
            );
        }
        for pattern in ["c", "%d", "d\\.hh"] {
            let message = error(&FUNCTION, Type::String, &[timespan("1d"), text(pattern)]);
            assert!(message.contains("means nothing in the format"), "{message}");
        }
    }
}
