//! Values of flags: sizes, durations, points in time.

use std::time::Duration;

use kql_semantics::time::{
    TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND, parse_datetime,
};

/// Reads a size in bytes: `2GiB`, `500MB`, `1073741824`.
pub(crate) fn size(text: &str) -> Result<usize, String> {
    let (number, unit) = split_unit(text);
    let factor: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "t" | "tib" => 1 << 40,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return Err(String::from("a size looks like 2GiB, 500MB or 1073741824")),
    };
    let bytes = number.parse::<u64>().ok().and_then(|number| number.checked_mul(factor));
    let bytes = bytes.and_then(|bytes| usize::try_from(bytes).ok());
    bytes
        .filter(|bytes| *bytes >= 1 << 20)
        .ok_or_else(|| String::from("a size looks like 2GiB or 500MB, and is at least 1MiB"))
}

/// Reads a duration in ticks: `90s`, `10m`, `1h`, `14d`.
pub(crate) fn ticks(text: &str) -> Result<i64, String> {
    let wrong = || String::from("a duration looks like 90s, 10m, 1h or 14d");
    let (number, unit) = split_unit(text);
    let ticks_each = match unit {
        "s" => TICKS_PER_SECOND,
        "m" | "min" => TICKS_PER_MINUTE,
        "h" => TICKS_PER_HOUR,
        "d" => TICKS_PER_DAY,
        _ => return Err(wrong()),
    };
    let ticks = number.parse::<i64>().ok().and_then(|number| number.checked_mul(ticks_each));
    ticks.filter(|ticks| *ticks > 0).ok_or_else(wrong)
}

/// Reads a duration of ours.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let seconds = ticks(text)? / TICKS_PER_SECOND;
    Ok(Duration::from_secs(seconds.unsigned_abs()))
}

/// Reads a point in time, in ticks.
pub(crate) fn instant(text: &str) -> Result<i64, String> {
    parse_datetime(text).ok_or_else(|| {
        String::from("a point in time looks like 2026-11-20 or 2026-11-20T08:15:00Z")
    })
}

/// Reads how many threads.
pub(crate) fn threads(text: &str) -> Result<usize, String> {
    let threads = text.parse::<usize>().ok().filter(|threads| (1..=1024).contains(threads));
    threads.ok_or_else(|| String::from("from 1 to 1024"))
}

/// Reads `NAME=GLOB`.
pub(crate) fn table_glob(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, glob)) if !name.is_empty() && !glob.is_empty() => {
            Ok((name.to_owned(), glob.to_owned()))
        }
        _ => Err(String::from("a table and its files look like SigninLogs=exports/signin*.json")),
    }
}

fn split_unit(text: &str) -> (&str, &str) {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    (number, unit.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(size("2GiB"), Ok(2 << 30));
        assert_eq!(size("500 MB"), Ok(500_000_000));
        assert_eq!(size("1073741824"), Ok(1 << 30));
        for wrong in ["", "GiB", "-1", "2 parsecs", "1", "99999999999999999999G"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn durations() {
        assert_eq!(ticks("1h"), Ok(TICKS_PER_HOUR));
        assert_eq!(duration("10m"), Ok(Duration::from_secs(600)));
        for wrong in ["", "h", "0s", "1 fortnight", "9999999999999999d"] {
            assert!(ticks(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn tables() {
        assert_eq!(table_glob("T=a/*.json"), Ok((String::from("T"), String::from("a/*.json"))));
        assert!(table_glob("T").is_err());
    }
}
