//! Time zones.

use chrono::{DateTime, Days, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;
use kql_semantics::time::{TICKS_PER_SECOND, UNIX_EPOCH};

use super::calendar::in_range;
use crate::prelude::*;

/// Turns the first argument by `turn` in the time zone that the second names.
pub(super) fn convert(arguments: &Arguments<'_>, turn: fn(i64, Tz) -> Option<i64>) -> Answer {
    let (times, names) = (arguments.longs(0)?, arguments.strings(1)?);
    let constant = arguments.constant_string(1)?.map(zone).transpose()?;
    let mut last = ("", constant);
    let mut error = None;
    let answer = arguments.make_longs(|row| {
        let zone = match constant {
            Some(zone) => zone,
            None if last.1.is_some() && last.0 == names.at(row) => last.1?,
            None => match zone(names.at(row)) {
                Ok(zone) => {
                    last = (names.at(row), Some(zone));
                    zone
                }
                Err(unknown) => {
                    error = Some(unknown);
                    return None;
                }
            },
        };
        turn(times.at(row)?, zone).and_then(in_range)
    })?;
    error.map_or(Ok(answer), Err)
}

fn zone(name: &str) -> Result<Tz, KernelError> {
    name.parse::<Tz>().map_err(|_| KernelError::new(format!("`{name}` is no time zone")))
}

/// What clocks show there at a time in UTC.
pub(super) fn local(ticks: i64, zone: Tz) -> Option<i64> {
    let offset = zone.offset_from_utc_datetime(&naive(ticks)?).fix().local_minus_utc();
    ticks.checked_add(i64::from(offset) * TICKS_PER_SECOND)
}

/// When clocks there show a time: the first time of two, and where they leave it out, what they would have shown
/// with the offset that holds afterwards.
pub(super) fn utc(ticks: i64, zone: Tz) -> Option<i64> {
    let shown = naive(ticks)?;
    let offset = match zone.offset_from_local_datetime(&shown).earliest() {
        Some(offset) => offset,
        // No gap is as long as a day.
        None => {
            zone.offset_from_local_datetime(&shown.checked_add_days(Days::new(1))?).earliest()?
        }
    };
    ticks.checked_sub(i64::from(offset.fix().local_minus_utc()) * TICKS_PER_SECOND)
}

/// The whole seconds of a datetime.
fn naive(ticks: i64) -> Option<NaiveDateTime> {
    let seconds = (ticks - UNIX_EPOCH).div_euclid(TICKS_PER_SECOND);
    let since = TimeDelta::try_seconds(seconds)?;
    DateTime::UNIX_EPOCH.naive_utc().checked_add_signed(since)
}
