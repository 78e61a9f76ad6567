//! Days, weeks, months and years of datetimes.

use kql_semantics::time::{
    MAX_DATETIME, TICKS_PER_DAY, civil_from_days, days_from_civil, days_in_month,
};

use crate::prelude::*;

/// A datetime's year, month and day.
pub(super) fn date(ticks: i64) -> (i64, i64, i64) {
    civil_from_days(ticks.div_euclid(TICKS_PER_DAY))
}

/// The datetime if it lies in the years 1 to 9999.
pub(super) fn in_range(ticks: i64) -> Option<i64> {
    (0..=MAX_DATETIME).contains(&ticks).then_some(ticks)
}

/// The day of the week, Sunday being 0.
pub(super) fn weekday(ticks: i64) -> i64 {
    // 0001-01-01 is a Monday.
    (ticks.div_euclid(TICKS_PER_DAY) + 1).rem_euclid(7)
}

/// The day of the year, counted from 1.
pub(super) fn day_of_year(ticks: i64) -> i64 {
    let (year, ..) = date(ticks);
    ticks.div_euclid(TICKS_PER_DAY) - days_from_civil(year, 1, 1) + 1
}

/// The week of the year as ISO 8601 counts it: weeks begin on Monday, and the first has the year's first Thursday.
pub(super) fn iso_week(ticks: i64) -> i64 {
    let days = ticks.div_euclid(TICKS_PER_DAY);
    let thursday = days - days.rem_euclid(7) + 3;
    let (year, ..) = civil_from_days(thursday);
    (thursday - days_from_civil(year, 1, 1)) / 7 + 1
}

/// The datetime so many months later, on the last day of the month where there is no such day.
pub(super) fn add_months(ticks: i64, months: i64) -> Option<i64> {
    let (year, month, day) = date(ticks);
    let months = (year * 12 + month - 1).checked_add(months)?;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    if !(1..=9999).contains(&year) {
        return None;
    }
    let day = day.min(days_in_month(year, month));
    in_range(days_from_civil(year, month, day) * TICKS_PER_DAY + ticks.rem_euclid(TICKS_PER_DAY))
}

/// What datetimes are rounded to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Period {
    Day,
    /// From Sunday on.
    Week,
    Month,
    Year,
}

impl Period {
    /// When the period begins that lies `offset` periods from the datetime's.
    pub(super) fn start(self, ticks: i64, offset: i64) -> Option<i64> {
        self.start_beyond(ticks, offset).and_then(in_range)
    }

    /// The last tick of the period that lies `offset` periods from the datetime's.
    pub(super) fn end(self, ticks: i64, offset: i64) -> Option<i64> {
        let next = self.start_beyond(ticks, offset.checked_add(1)?)?;
        in_range(next.checked_sub(1)?)
    }

    fn start_beyond(self, ticks: i64, offset: i64) -> Option<i64> {
        let day = ticks - ticks.rem_euclid(TICKS_PER_DAY);
        match self {
            Self::Day => day.checked_add(offset.checked_mul(TICKS_PER_DAY)?),
            Self::Week => (day - weekday(ticks) * TICKS_PER_DAY)
                .checked_add(offset.checked_mul(7 * TICKS_PER_DAY)?),
            Self::Month => {
                let (year, month, _) = date(ticks);
                first_of_month((year * 12 + month - 1).checked_add(offset)?)
            }
            Self::Year => first_of_month(date(ticks).0.checked_add(offset)?.checked_mul(12)?),
        }
    }
}

/// The begin of a month counted from the year 0; none far outside the range of datetimes.
fn first_of_month(months: i64) -> Option<i64> {
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    (0..=10_000).contains(&year).then(|| days_from_civil(year, month, 1) * TICKS_PER_DAY)
}

/// `startof...(date, offset)` and `endof...(date, offset)`.
pub(super) fn edge(arguments: &Arguments<'_>, edge: impl Fn(i64, i64) -> Option<i64>) -> Answer {
    let dates = arguments.longs(0)?;
    if arguments.len() < 2 {
        return arguments.make_longs(|row| edge(dates.at(row)?, 0));
    }
    let offsets = arguments.longs(1)?;
    arguments.make_longs(|row| edge(dates.at(row)?, offsets.at(row)?))
}

/// A whole number of each datetime.
pub(super) fn part(arguments: &Arguments<'_>, part: fn(i64) -> i64) -> Answer {
    let dates = arguments.longs(0)?;
    arguments.make_whole(|row| dates.at(row).map(part))
}
