//! Datetimes from text, in all the forms that Kusto takes.

use super::timespan::{digits, fraction_ticks};
use super::{MAX_DATETIME, TICKS_PER_HOUR, TICKS_PER_MINUTE, datetime_from_parts};

/// Reads a datetime: ISO 8601 (`2020-01-02[(T| )03:04[:05[.1234567]]][Z|±hh[:mm]]`), RFC 822 and 850 (`Fri, 02 Dec 22 13:45:56 GMT`),
/// `2 Dec 2022`, `Dec 2, 2022`, `2022/12/02`, month first in `12/02/2022` and `12-02-2022`, and times of twelve hours.
///
/// Digits beyond the seventh behind the second are cut off; what has no offset is UTC.
#[must_use]
pub fn parse_datetime(text: &str) -> Option<i64> {
    // `2017 - 08 - 01`
    let joined = text.contains(" - ").then(|| text.replace(" - ", "-"));
    let text = joined.as_deref().unwrap_or(text);
    let mut rest = Rest(text.trim());
    rest.weekday();
    let date = rest.date()?;
    let time = rest.time()?;
    let offset = rest.offset()?;
    if !rest.0.is_empty() {
        return None;
    }
    datetime_from_parts(date, time.clock, time.ticks)?
        .checked_sub(offset)
        .filter(|ticks| (0..=MAX_DATETIME).contains(ticks))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] =
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// A time of day.
#[derive(Default)]
struct Time {
    clock: (i64, i64, i64),
    ticks: i64,
}

/// What is still to be read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    /// The part that `is_part` holds for, taken off.
    fn take(&mut self, is_part: impl Fn(u8) -> bool) -> &'a str {
        let length = self.0.bytes().take_while(|byte| is_part(*byte)).count();
        let (part, rest) = self.0.split_at(length);
        self.0 = rest;
        part
    }

    fn number(&mut self) -> Option<(i64, usize)> {
        let part = self.take(|byte| byte.is_ascii_digit());
        Some((digits(part, 4)?, part.len()))
    }

    fn word(&mut self) -> &'a str {
        self.take(|byte| byte.is_ascii_alphabetic())
    }

    fn skip_spaces(&mut self) {
        self.0 = self.0.trim_start();
    }

    fn eat(&mut self, c: char) -> bool {
        let rest = self.0.strip_prefix(c);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Takes off the day of the week, whichever it is.
    fn weekday(&mut self) {
        let before = self.0;
        let word = self.word();
        if place(word, &WEEKDAYS).is_none() {
            self.0 = before;
            return;
        }
        self.eat(',');
        self.skip_spaces();
    }

    fn month(&mut self) -> Option<i64> {
        place(self.word(), &MONTHS)
    }

    /// Year, month and day.
    fn date(&mut self) -> Option<(i64, i64, i64)> {
        if self.0.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let month = self.month()?;
            self.skip_spaces();
            let (day, _) = self.number()?;
            self.eat(',');
            self.skip_spaces();
            return Some((self.year()?, month, day));
        }
        let (first, length) = self.number()?;
        let separator = self.0.chars().next().filter(|c| matches!(c, '-' | '/' | '.'));
        let Some(separator) = separator else {
            let before = self.0;
            self.skip_spaces();
            if let Some(month) = self.month() {
                self.skip_spaces();
                return Some((self.year()?, month, first));
            }
            self.0 = before;
            return (length == 4).then_some((first, 1, 1));
        };
        self.eat(separator);
        if self.0.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let month = self.month()?;
            return if self.eat(separator) { Some((self.year()?, month, first)) } else { None };
        }
        let (second, _) = self.number()?;
        if !self.eat(separator) {
            return (length == 4).then_some((first, second, 1));
        }
        if length == 4 {
            let (day, digits) = self.number()?;
            return (digits <= 2).then_some((first, second, day));
        }
        (length <= 2).then_some((self.year()?, first, second))
    }

    /// A year of four digits, or of two in the hundred years up to 2049.
    fn year(&mut self) -> Option<i64> {
        match self.number()? {
            (year, 4) => Some(year),
            (year, 2) => Some(if year < 50 { 2000 + year } else { 1900 + year }),
            _ => None,
        }
    }

    /// The time of day; midnight where none is written.
    fn time(&mut self) -> Option<Time> {
        let before = self.0;
        if !self.eat('T') && !self.eat('t') {
            self.eat(',');
            self.skip_spaces();
        }
        if !self.0.starts_with(|c: char| c.is_ascii_digit()) {
            // Behind a `T` a time must follow.
            return if before.len() == self.0.len() || before.starts_with([' ', ',']) {
                Some(Time::default())
            } else {
                None
            };
        }
        let hour = self.two_digits()?;
        let mut time = Time { clock: (hour, 0, 0), ticks: 0 };
        let has_minutes = self.eat(':');
        if has_minutes {
            time.clock.1 = self.two_digits()?;
            if self.eat(':') {
                time.clock.2 = self.two_digits()?;
                if self.eat('.') {
                    time.ticks = fraction_ticks(self.take(|byte| byte.is_ascii_digit()))?;
                }
            }
        }
        let is_half = self.half_of_day(&mut time.clock.0)?;
        (has_minutes || is_half).then_some(time)
    }

    fn two_digits(&mut self) -> Option<i64> {
        self.number().filter(|(_, length)| *length <= 2).map(|(number, _)| number)
    }

    /// Turns an hour of twelve into one of 24 where `AM` or `PM` follows.
    fn half_of_day(&mut self, hour: &mut i64) -> Option<bool> {
        let before = self.0;
        self.skip_spaces();
        let word = self.word();
        let is_pm = word.eq_ignore_ascii_case("pm");
        if !is_pm && !word.eq_ignore_ascii_case("am") {
            self.0 = before;
            return Some(false);
        }
        if !(1..=12).contains(hour) {
            return None;
        }
        *hour = *hour % 12 + if is_pm { 12 } else { 0 };
        Some(true)
    }

    /// The offset from UTC in ticks.
    fn offset(&mut self) -> Option<i64> {
        self.skip_spaces();
        if self.0.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let zone = self.word();
            let is_utc = ["z", "gmt", "utc"].iter().any(|name| zone.eq_ignore_ascii_case(name));
            return is_utc.then_some(0);
        }
        let sign = match self.0.chars().next() {
            None => return Some(0),
            Some('+') => 1,
            Some('-') => -1,
            Some(_) => return None,
        };
        self.0 = &self.0[1..];
        let (hours, minutes) = match self.number()? {
            (hours, 1 | 2) if self.eat(':') => (hours, self.two_digits()?),
            (hours, 1 | 2) => (hours, 0),
            (both, 4) => (both / 100, both % 100),
            _ => return None,
        };
        (hours < 24 && minutes < 60)
            .then_some(sign * (hours * TICKS_PER_HOUR + minutes * TICKS_PER_MINUTE))
    }
}

/// The place of a name, counted from 1, written in full or by three letters or more.
fn place(word: &str, names: &[&str]) -> Option<i64> {
    if word.len() < 3 {
        return None;
    }
    let is_it =
        |name: &&str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    names.iter().zip(1..).find(|(name, _)| is_it(name)).map(|(_, place)| place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DateTimeText;

    #[test]
    fn reads_what_kusto_reads() {
        for (text, expected) in [
            ("2022-12-02T13:45:56+02:00", "2022-12-02T11:45:56.0000000Z"),
            ("2022-12-02T13:45:56-0500", "2022-12-02T18:45:56.0000000Z"),
            ("2022-12-02 13:45:56", "2022-12-02T13:45:56.0000000Z"),
            ("2022-12-02T13:45:56.12345678Z", "2022-12-02T13:45:56.1234567Z"),
            ("12-02-2022", "2022-12-02T00:00:00.0000000Z"),
            ("12-02-2022 13:45:56", "2022-12-02T13:45:56.0000000Z"),
            ("2022/12/02", "2022-12-02T00:00:00.0000000Z"),
            ("2/3/2022", "2022-02-03T00:00:00.0000000Z"),
            ("2 Dec 2022", "2022-12-02T00:00:00.0000000Z"),
            ("Dec 2, 2022", "2022-12-02T00:00:00.0000000Z"),
            ("December 2 2022 1:05 PM", "2022-12-02T13:05:00.0000000Z"),
            ("Fri, 02 Dec 2022 13:45:56 GMT", "2022-12-02T13:45:56.0000000Z"),
            ("Sat, 8 Nov 14 15:05 GMT", "2014-11-08T15:05:00.0000000Z"),
            ("Saturday, 08-Nov-14 15:05:02", "2014-11-08T15:05:02.0000000Z"),
            ("2014-11-08T15:05:25 GMT", "2014-11-08T15:05:25.0000000Z"),
            ("2014-1-8 5:05", "2014-01-08T05:05:00.0000000Z"),
            ("12/31/2022 12:00:01 AM", "2022-12-31T00:00:01.0000000Z"),
            ("2014-11", "2014-11-01T00:00:00.0000000Z"),
            (" 2014 ", "2014-01-01T00:00:00.0000000Z"),
        ] {
            let read = parse_datetime(text).map(|ticks| DateTimeText(ticks).to_string());
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_datetime() {
        for text in [
            "",
            "13-01-2022",
            "x12-02-2022",
            "not a date",
            "2020-02-30",
            "2020-13-01",
            "2020-01-01T",
            "2020-01-01T25:00",
            "2020-01-01 10",
            "2020-01-01x",
            "2020-01-01 10:00 é€",
            "2020-01-01 10:00+é€",
            "0001-01-01 00:00+01:00",
            "9999-12-31 23:59-01:00",
            "2022-12-02T13:45:56 PST",
            "20221202",
            "1-2-3",
            "2022-12/02",
        ] {
            assert_eq!(parse_datetime(text), None, "{text}");
        }
    }
}
