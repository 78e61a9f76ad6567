//! Durations as rule files write them.

use serde::Serialize;

/// A span of time. **Unit**: seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Seconds(pub i64);

/// Ticks of 100 ns in a second.
const TICKS: i64 = 10_000_000;

impl Seconds {
    /// In ticks of 100 ns.
    #[must_use]
    pub const fn ticks(self) -> i64 {
        self.0.saturating_mul(TICKS)
    }

    /// In the repository's spelling (`5m`, `1h`, `14d`); none where it is no whole number of minutes.
    #[must_use]
    pub fn short(self) -> Option<String> {
        let units = [(86_400, 'd'), (3600, 'h'), (60, 'm')];
        let (unit, letter) = units.into_iter().find(|(unit, _)| self.0 % unit == 0)?;
        Some(format!("{}{letter}", self.0 / unit))
    }

    /// In ISO 8601, as ARM writes it (`PT5M`, `P1DT12H`).
    #[must_use]
    pub fn iso(self) -> String {
        let (days, rest) = (self.0 / 86_400, self.0 % 86_400);
        let part = |count: i64, letter: char| match count {
            0 => String::new(),
            count => format!("{count}{letter}"),
        };
        let time =
            [part(rest / 3600, 'H'), part(rest % 3600 / 60, 'M'), part(rest % 60, 'S')].concat();
        let between = if time.is_empty() { "" } else { "T" };
        format!("P{}{between}{time}", part(days, 'D'))
    }

    /// Reads `5m`, `1h`, `14d`, `1.02:00:00`, `02:00:00`, `P1DT12H`. Not a bare number, nor months and years: none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let seconds = match text.strip_prefix(['P', 'p']) {
            Some(rest) => iso(rest)?,
            None if text.contains(':') => clock(text)?,
            None => short(text)?,
        };
        (seconds > 0).then_some(Self(seconds))
    }
}

/// `5m`, `1 hr`
fn short(text: &str) -> Option<i64> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let number: i64 = number.parse().ok()?;
    let unit = match unit.trim().to_ascii_lowercase().as_str() {
        "s" | "sec" | "second" | "seconds" => 1,
        "m" | "min" | "minute" | "minutes" => 60,
        "h" | "hr" | "hour" | "hours" => 3600,
        "d" | "day" | "days" => 86_400,
        _ => return None,
    };
    number.checked_mul(unit)
}

/// `d.hh:mm:ss`, `hh:mm:ss`, `hh:mm`
fn clock(text: &str) -> Option<i64> {
    let (days, clock) = text.split_once('.').unwrap_or(("0", text));
    let mut parts = clock.split(':').map(|part| part.parse::<i64>().ok());
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let seconds = parts.next().unwrap_or(Some(0))?;
    if parts.next().is_some() || !(0..60).contains(&minutes) || !(0..60).contains(&seconds) {
        return None;
    }
    let days: i64 = days.parse().ok()?;
    let hours = days.checked_mul(24)?.checked_add(hours)?;
    hours.checked_mul(3600)?.checked_add(minutes * 60 + seconds)
}

/// `1DT12H`, behind the P.
fn iso(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(['T', 't']).unwrap_or((text, ""));
    let date = designated(date, &[('W', 604_800), ('D', 86_400)])?;
    date.checked_add(designated(time, &[('H', 3600), ('M', 60), ('S', 1)])?)
}

fn designated(mut text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut sum = 0i64;
    while !text.is_empty() {
        let end = text.find(|c: char| !c.is_ascii_digit())?;
        let (number, rest) = text.split_at(end);
        let letter = rest.chars().next()?.to_ascii_uppercase();
        let (_, unit) = units.iter().find(|(unit, _)| *unit == letter)?;
        sum = sum.checked_add(number.parse::<i64>().ok()?.checked_mul(*unit)?)?;
        text = rest.get(1..)?;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_again() {
        for (seconds, short, iso) in [
            (300, Some("5m"), "PT5M"),
            (86_400, Some("1d"), "P1D"),
            (129_600, Some("36h"), "P1DT12H"),
            (61, None, "PT1M1S"),
        ] {
            assert_eq!(Seconds(seconds).short().as_deref(), short);
            assert_eq!(Seconds(seconds).iso(), iso);
            assert_eq!(Seconds::parse(iso), Some(Seconds(seconds)));
        }
    }

    #[test]
    fn all_spellings() {
        for (text, seconds) in [
            ("5m", 300),
            ("24h", 86_400),
            ("14d", 1_209_600),
            ("30min", 1800),
            ("1.02:00:00", 93_600),
            ("01:30:00", 5400),
            ("PT5M", 300),
            ("P1DT12H", 129_600),
            ("P14D", 1_209_600),
        ] {
            assert_eq!(Seconds::parse(text), Some(Seconds(seconds)), "{text}");
        }
        for text in ["", "5", "P1M", "P1Y", "h", "1x", "0d", "1:99", "-1h", "99999999999999999d"] {
            assert_eq!(Seconds::parse(text), None, "{text}");
        }
    }
}
