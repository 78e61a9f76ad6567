//! Times as logs write them, to ticks.

use kql_semantics::time::{
    TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MICROSECOND, TICKS_PER_MILLISECOND, TICKS_PER_MINUTE,
    TICKS_PER_SECOND, UNIX_EPOCH, days_from_civil, days_in_month, parse_datetime,
};

/// Reads a time. The common form is read without the general parser: logs hold millions of them.
pub(crate) fn parse_instant(text: &str) -> Option<i64> {
    parse_common(text.as_bytes()).or_else(|| parse_datetime(text)).or_else(|| number(text))
}

/// Reads `2025-06-01T10:20:30[.1234567]Z`.
fn parse_common(text: &[u8]) -> Option<i64> {
    let (date_time, rest) = text.split_first_chunk::<19>()?;
    let fraction = match rest {
        [b'Z'] => &[],
        [b'.', digits @ .., b'Z'] if !digits.is_empty() => digits,
        _ => return None,
    };
    let separators = [date_time[4], date_time[7], date_time[10], date_time[13], date_time[16]];
    if separators != *b"--T::" {
        return None;
    }
    let two = |at: usize| {
        let (tens, ones) = (date_time[at].wrapping_sub(b'0'), date_time[at + 1].wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| i64::from(tens) * 10 + i64::from(ones))
    };
    let year = two(0)? * 100 + two(2)?;
    let (month, day) = (two(5)?, two(8)?);
    let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
    let is_date =
        year >= 1 && (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
    if !is_date || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut ticks = 0;
    let mut unit = TICKS_PER_SECOND;
    for digit in fraction {
        if !digit.is_ascii_digit() {
            return None;
        }
        unit /= 10;
        ticks += i64::from(digit - b'0') * unit;
    }
    Some(
        days_from_civil(year, month, day) * TICKS_PER_DAY
            + hour * TICKS_PER_HOUR
            + minute * TICKS_PER_MINUTE
            + second * TICKS_PER_SECOND
            + ticks,
    )
}

/// A time as a number in text.
fn number(text: &str) -> Option<i64> {
    let text = text.trim();
    let is_number = text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok().and_then(from_number)).flatten()
}

/// A time as a count since 1970 of seconds, milli-, micro- or nanoseconds, or of ticks since the year 1: told apart by
/// size, which is safe for the years from 2000 to 2100.
pub(crate) fn from_number(count: i64) -> Option<i64> {
    const YEAR_2000: i64 = 946_684_800;
    const YEAR_2100: i64 = 4_102_444_800;
    let is_within = |unit: i64| (YEAR_2000 * unit..YEAR_2100 * unit).contains(&count);
    if is_within(1) {
        Some(UNIX_EPOCH + count * TICKS_PER_SECOND)
    } else if is_within(1_000) {
        Some(UNIX_EPOCH + count * TICKS_PER_MILLISECOND)
    } else if is_within(1_000_000) {
        Some(UNIX_EPOCH + count * TICKS_PER_MICROSECOND)
    } else if (UNIX_EPOCH..UNIX_EPOCH + YEAR_2100 * TICKS_PER_SECOND).contains(&count) {
        Some(count)
    } else if count >= YEAR_2000 * 1_000_000_000 && count / 1_000_000_000 < YEAR_2100 {
        Some(UNIX_EPOCH + count / 100)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql_semantics::time::DateTimeText;

    #[test]
    fn times_are_read() {
        for (text, expected) in [
            ("2025-06-01T10:20:30Z", "2025-06-01T10:20:30.0000000Z"),
            ("2025-06-01T10:20:30.123Z", "2025-06-01T10:20:30.1230000Z"),
            ("2025-06-01T10:20:30.123456789Z", "2025-06-01T10:20:30.1234567Z"),
            ("2025-06-01T10:20:30+02:00", "2025-06-01T08:20:30.0000000Z"),
            ("2025-06-01 10:20:30.5", "2025-06-01T10:20:30.5000000Z"),
            ("11/27/2020, 10:09:35.587 PM", "2020-11-27T22:09:35.5870000Z"),
            ("1580980000000", "2020-02-06T09:06:40.0000000Z"),
            ("1580980000", "2020-02-06T09:06:40.0000000Z"),
            ("637165768000000000", "2020-02-06T09:06:40.0000000Z"),
        ] {
            let read = parse_instant(text).map(|ticks| DateTimeText(ticks).to_string());
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "null",
            "2025-02-30T10:20:30Z",
            "2025-06-01T24:20:30Z",
            "12345",
            "Ü25-06-01T10:20:30Z",
        ] {
            assert_eq!(parse_instant(text), None, "{text}");
        }
    }
}
