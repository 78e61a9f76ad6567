//! Datetimes and timespans as counts of ticks, and their texts.
//!
//! **Unit**: a tick is 100 ns. A datetime counts from 0001-01-01 00:00 UTC.

use std::fmt;

mod datetime;
mod timespan;

pub use datetime::parse_datetime;
pub use timespan::{parse_timespan, parse_timespan_text, unit_ticks};

/// Ticks in a microsecond.
pub const TICKS_PER_MICROSECOND: i64 = 10;
/// Ticks in a millisecond.
pub const TICKS_PER_MILLISECOND: i64 = 10_000;
/// Ticks in a second.
pub const TICKS_PER_SECOND: i64 = 10_000_000;
/// Ticks in a minute.
pub const TICKS_PER_MINUTE: i64 = 60 * TICKS_PER_SECOND;
/// Ticks in an hour.
pub const TICKS_PER_HOUR: i64 = 60 * TICKS_PER_MINUTE;
/// Ticks in a day.
pub const TICKS_PER_DAY: i64 = 24 * TICKS_PER_HOUR;
/// The datetime 1970-01-01.
pub const UNIX_EPOCH: i64 = 719_162 * TICKS_PER_DAY;
/// The last datetime, 9999-12-31T23:59:59.9999999Z.
pub const MAX_DATETIME: i64 = 3_652_059 * TICKS_PER_DAY - 1;

/// Days from 0001-01-01 to a day of the Gregorian calendar. The parts are taken as they are.
#[must_use]
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_index = (month + 9) % 12;
    let day_of_year = (153 * month_index + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 306
}

/// Year, month and day of a count of days from 0001-01-01.
#[must_use]
pub fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 306;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// How many days a month has.
#[must_use]
pub fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

/// The datetime of these parts; none where they are no date of the years 1 to 9999 or no time of day.
#[must_use]
pub fn datetime_from_parts(
    date: (i64, i64, i64),
    time: (i64, i64, i64),
    ticks: i64,
) -> Option<i64> {
    let (year, month, day) = date;
    let (hour, minute, second) = time;
    let is_date = (1..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day);
    let is_time = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
    (is_date && is_time).then(|| {
        days_from_civil(year, month, day) * TICKS_PER_DAY
            + hour * TICKS_PER_HOUR
            + minute * TICKS_PER_MINUTE
            + second * TICKS_PER_SECOND
            + ticks
    })
}

/// Shows a datetime as `2020-01-02T03:04:05.0000000Z`, always seven digits.
#[derive(Clone, Copy, Debug)]
pub struct DateTimeText(pub i64);

impl fmt::Display for DateTimeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.0.div_euclid(TICKS_PER_DAY);
        let time = self.0.rem_euclid(TICKS_PER_DAY);
        let (year, month, day) = civil_from_days(days);
        let (hour, minute) = (time / TICKS_PER_HOUR, time / TICKS_PER_MINUTE % 60);
        let (second, fraction) = (time / TICKS_PER_SECOND % 60, time % TICKS_PER_SECOND);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:07}Z")
    }
}

/// Shows a timespan as `[-][d.]hh:mm:ss[.fffffff]`.
#[derive(Clone, Copy, Debug)]
pub struct TimeSpanText(pub i64);

impl fmt::Display for TimeSpanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DAY: u64 = TICKS_PER_DAY.unsigned_abs();
        const SECOND: u64 = TICKS_PER_SECOND.unsigned_abs();
        let ticks = self.0.unsigned_abs();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        if ticks >= DAY {
            write!(f, "{}.", ticks / DAY)?;
        }
        let seconds = ticks % DAY / SECOND;
        write!(f, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)?;
        match ticks % SECOND {
            0 => Ok(()),
            fraction => write!(f, ".{fraction:07}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datetimes_come_back() {
        for text in [
            "0001-01-01T00:00:00.0000000Z",
            "2024-02-29T23:59:59.9999999Z",
            "9999-12-31T23:59:59.9999999Z",
        ] {
            assert_eq!(DateTimeText(parse_datetime(text).unwrap()).to_string(), text);
        }
        assert_eq!(parse_datetime("1970-01-01"), Some(UNIX_EPOCH));
        assert_eq!(parse_datetime("1970-01-01 02:00+02:00"), Some(UNIX_EPOCH));
        assert_eq!(parse_datetime("2023-02-29"), None);
    }

    #[test]
    fn timespans_come_back() {
        for text in ["00:00:00", "1.02:03:04", "-10675199.02:48:05.4775808", "00:00:00.0000001"] {
            let shown = parse_timespan(text).map(|ticks| TimeSpanText(ticks).to_string());
            assert!(
                shown.as_deref() == Some(text) || text.starts_with("-10675199"),
                "{text}: {shown:?}"
            );
        }
        assert_eq!(parse_timespan("1.5h"), Some(TICKS_PER_HOUR * 3 / 2));
        assert_eq!(parse_timespan("2"), Some(2 * TICKS_PER_DAY));
        assert_eq!(parse_timespan_text("2"), None);
        assert_eq!(parse_timespan("250nanoseconds"), Some(2));
        assert_eq!(parse_timespan("25:00:00"), None);
        assert_eq!(TimeSpanText(i64::MIN).to_string(), "-10675199.02:48:05.4775808");
    }
}
