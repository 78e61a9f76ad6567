//! Kusto's `decimal`: up to 34 significant digits.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

mod arithmetic;

/// The most digits behind the point.
pub const MAX_SCALE: u8 = 34;

/// A decimal number: `coefficient / 10^scale`, without trailing zeros behind the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    coefficient: i128,
    scale: u8,
}

/// A text that is no decimal number, or one that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDecimal;

impl Decimal {
    /// `coefficient / 10^scale`.
    ///
    /// **Errors**: more than [`MAX_SCALE`] digits behind the point that are not zeros.
    pub fn new(mut coefficient: i128, mut scale: u8) -> Result<Self, NotDecimal> {
        while scale > 0 && coefficient % 10 == 0 {
            coefficient /= 10;
            scale -= 1;
        }
        if scale > MAX_SCALE { Err(NotDecimal) } else { Ok(Self { coefficient, scale }) }
    }

    /// The digits, sign included.
    #[must_use]
    pub const fn coefficient(self) -> i128 {
        self.coefficient
    }

    /// How many of the digits stand behind the point.
    #[must_use]
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// The nearest double.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        // Through the text, since dividing two rounded doubles would round twice.
        self.to_string().parse().unwrap_or(f64::NAN)
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self { coefficient: i128::from(value), scale: 0 }
    }
}

impl FromStr for Decimal {
    type Err = NotDecimal;

    /// Reads `-12.50`, `1e5`; digits beyond the thirty-fourth behind the point are rounded half away from zero.
    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        let text = text.trim();
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], text[at + 1..].parse::<i32>().map_err(|_| NotDecimal)?),
            None => (text, 0),
        };
        let (negative, digits) = match mantissa.as_bytes().first() {
            Some(b'-') => (true, &mantissa[1..]),
            Some(b'+') => (false, &mantissa[1..]),
            _ => (false, mantissa),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && fraction.is_empty() {
            return Err(NotDecimal);
        }
        let mut number = Digits::default();
        for byte in whole.bytes() {
            number.push(byte, false)?;
        }
        for byte in fraction.bytes() {
            number.push(byte, true)?;
        }
        number.finish(negative, exponent)
    }
}

/// Digits gathered while reading; those that no longer fit are rounded away.
#[derive(Default)]
struct Digits {
    coefficient: i128,
    scale: i32,
    is_full: bool,
    dropped_whole: i32,
    first_dropped: Option<u8>,
}

impl Digits {
    const MOST: i128 = 10i128.pow(37);

    fn push(&mut self, byte: u8, is_fraction: bool) -> Result<(), NotDecimal> {
        if !byte.is_ascii_digit() {
            return Err(NotDecimal);
        }
        let digit = byte - b'0';
        self.is_full = self.is_full || self.coefficient >= Self::MOST;
        if self.is_full {
            self.first_dropped.get_or_insert(digit);
            self.dropped_whole += i32::from(!is_fraction);
            return Ok(());
        }
        self.coefficient = self.coefficient * 10 + i128::from(digit);
        self.scale += i32::from(is_fraction);
        Ok(())
    }

    fn finish(self, negative: bool, exponent: i32) -> Result<Decimal, NotDecimal> {
        let mut coefficient =
            self.coefficient + i128::from(self.first_dropped.is_some_and(|digit| digit >= 5));
        let mut scale = self.scale.saturating_sub(exponent).saturating_sub(self.dropped_whole);
        while scale < 0 && coefficient != 0 {
            coefficient = coefficient.checked_mul(10).ok_or(NotDecimal)?;
            scale += 1;
        }
        let mut scale = scale.max(0);
        while scale > i32::from(MAX_SCALE) && coefficient != 0 {
            let is_last = scale == i32::from(MAX_SCALE) + 1;
            coefficient = coefficient / 10 + i128::from(is_last && coefficient % 10 >= 5);
            scale -= 1;
        }
        let scale =
            if coefficient == 0 { 0 } else { u8::try_from(scale).map_err(|_| NotDecimal)? };
        Decimal::new(if negative { -coefficient } else { coefficient }, scale)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.coefficient.unsigned_abs().to_string();
        let scale = usize::from(self.scale);
        let sign = if self.coefficient < 0 { "-" } else { "" };
        if scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let whole = |value: &Self| value.coefficient.div_euclid(10i128.pow(u32::from(value.scale)));
        // The fractions are non-negative and below one, so they fit when brought to one scale.
        let fraction = |value: &Self| {
            let unit = 10i128.pow(u32::from(value.scale));
            value.coefficient.rem_euclid(unit) * 10i128.pow(u32::from(MAX_SCALE - value.scale))
        };
        whole(self).cmp(&whole(other)).then_with(|| fraction(self).cmp(&fraction(other)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_prints_and_compares() {
        for (text, printed) in [
            ("1.50", "1.5"),
            ("-0.001", "-0.001"),
            ("1e3", "1000"),
            ("2.5e-2", "0.025"),
            (".5", "0.5"),
        ] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), printed);
        }
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        assert!(decimal("-1.5") < decimal("-1.4") && decimal("1.25") < decimal("1.3"));
        assert_eq!(decimal("1000000000000000000000000").to_string(), "1000000000000000000000000");
        assert!("".parse::<Decimal>().is_err() && "1.2.3".parse::<Decimal>().is_err());
        assert_eq!(decimal("0.33333333333333333333333333333333333333333").scale(), MAX_SCALE);
    }
}
