//! Timespans from text.

use super::{
    TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MICROSECOND, TICKS_PER_MILLISECOND, TICKS_PER_MINUTE,
    TICKS_PER_SECOND,
};

/// Reads what stands in `timespan(...)`: `[-][d.]hh:mm[:ss[.fffffff]]`, a number with a unit (`1.5h`, `2d`, `7ticks`),
/// or a bare number of days.
#[must_use]
pub fn parse_timespan(text: &str) -> Option<i64> {
    parse(text, |number| scaled(number, TICKS_PER_DAY))
}

/// Reads what `totimespan` does: as [`parse_timespan`], but for bare numbers.
#[must_use]
pub fn parse_timespan_text(text: &str) -> Option<i64> {
    parse(text, |_| None)
}

fn parse(text: &str, bare: impl Fn(&str) -> Option<i64>) -> Option<i64> {
    let text = text.trim();
    let (is_negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text),
    };
    let unit_at = body.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(body.len());
    let (number, unit) = body.split_at(unit_at);
    let ticks = match unit.trim() {
        "" => bare(number)?,
        unit if unit.starts_with(':') => clock(body)?,
        "nano" | "nanos" | "nanosec" | "nanosecond" | "nanoseconds" => scaled(number, 1)? / 100,
        unit => scaled(number, unit_ticks(unit)?)?,
    };
    Some(if is_negative { -ticks } else { ticks })
}

/// Reads `[d.]hh:mm[:ss[.fffffff]]`.
fn clock(text: &str) -> Option<i64> {
    let (before, rest) = text.split_once(':')?;
    let (days, hours) = before.split_once('.').unwrap_or(("0", before));
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let days = digits(days, 8)?;
    let (hours, minutes, seconds) = (digits(hours, 2)?, digits(minutes, 2)?, digits(seconds, 2)?);
    if hours >= 24 || minutes >= 60 || seconds >= 60 {
        return None;
    }
    let seconds = hours * 3600 + minutes * 60 + seconds;
    let rest = seconds * TICKS_PER_SECOND + fraction_ticks(fraction)?;
    days.checked_mul(TICKS_PER_DAY)?.checked_add(rest)
}

/// A number of units, as ticks; what is left of a tick is cut off.
fn scaled(number: &str, unit: i64) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction = &fraction[..fraction.len().min(17)];
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = if whole.is_empty() { 0 } else { digits(whole, 18)? };
    let part = if fraction.is_empty() { 0 } else { digits(fraction, 17)? };
    let parts_of_one = 10i128.pow(u32::try_from(fraction.len()).ok()?);
    let part = i64::try_from(i128::from(part) * i128::from(unit) / parts_of_one).ok()?;
    whole.checked_mul(unit)?.checked_add(part)
}

/// Ticks of a unit as a literal's suffix spells it.
#[must_use]
pub fn unit_ticks(unit: &str) -> Option<i64> {
    Some(match unit {
        "d" | "day" | "days" => TICKS_PER_DAY,
        "h" | "hr" | "hrs" | "hour" | "hours" => TICKS_PER_HOUR,
        "m" | "min" | "minute" | "minutes" => TICKS_PER_MINUTE,
        "s" | "sec" | "second" | "seconds" => TICKS_PER_SECOND,
        "ms" | "milli" | "millis" | "millisec" | "millisecond" | "milliseconds" => {
            TICKS_PER_MILLISECOND
        }
        "micro" | "micros" | "microsec" | "microsecond" | "microseconds" => TICKS_PER_MICROSECOND,
        "tick" | "ticks" => 1,
        _ => return None,
    })
}

/// A number of one to `most` digits and nothing else.
pub(super) fn digits(text: &str, most: usize) -> Option<i64> {
    if text.is_empty() || text.len() > most {
        return None;
    }
    text.bytes().try_fold(0, |value: i64, byte| {
        byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0'))
    })
}

/// Ticks of the digits behind a second's point; those beyond the seventh are cut off.
pub(super) fn fraction_ticks(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = text.bytes().chain(std::iter::repeat(b'0')).take(7);
    Some(digits.fold(0, |value, byte| value * 10 + i64::from(byte - b'0')))
}
