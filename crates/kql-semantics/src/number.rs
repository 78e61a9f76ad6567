//! Numbers and truth values as text: what `tolong`, `toreal` and `tobool` read, and how Kusto writes a double.

use std::fmt;

/// Reads a whole number, with spaces around: decimal with a sign, or hexadecimal (`0xFF`) as the bits of 64.
#[must_use]
pub fn parse_long(text: &str) -> Option<i64> {
    let text = text.trim();
    match hexadecimal(text) {
        Some(digits) => u64::from_str_radix(digits, 16).ok().map(u64::cast_signed),
        None => text.parse().ok(),
    }
}

/// Reads a whole number of 32 bits.
#[must_use]
pub fn parse_int(text: &str) -> Option<i32> {
    let text = text.trim();
    match hexadecimal(text) {
        Some(digits) => u32::from_str_radix(digits, 16).ok().map(u32::cast_signed),
        None => text.parse().ok(),
    }
}

fn hexadecimal(text: &str) -> Option<&str> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    // The library would take a sign here.
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(digits)
}

/// Reads a double, with spaces around: decimal, with or without a point and an exponent, or a name of what is not finite.
#[must_use]
pub fn parse_real(text: &str) -> Option<f64> {
    let text = text.trim();
    match text {
        "nan" | "NaN" => Some(f64::NAN),
        "inf" | "+inf" | "Infinity" | "+Infinity" => Some(f64::INFINITY),
        "-inf" | "-Infinity" => Some(f64::NEG_INFINITY),
        _ => {
            let is_of_number = |byte: u8| {
                byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E')
            };
            if text.bytes().all(is_of_number) { text.parse().ok() } else { None }
        }
    }
}

/// Reads `true` or `false` in any case, or a whole number, which is true unless 0.
#[must_use]
pub fn parse_bool(text: &str) -> Option<bool> {
    // A space before the word is refused, as the real engine does; other white space is not.
    let word = text.trim_end().trim_start_matches(['\t', '\n', '\r']);
    if word.eq_ignore_ascii_case("true") {
        Some(true)
    } else if word.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        parse_long(text).map(|value| value != 0)
    }
}

/// Shows a double with the fewest digits that give it back: `1.5`, `1500.0`, `1e30`, `NaN`, `Infinity`.
#[derive(Clone, Copy, Debug)]
pub struct RealText(pub f64);

impl fmt::Display for RealText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        if self.0.is_nan() {
            f.write_str("NaN")
        } else if self.0.is_infinite() {
            f.write_str(if self.0 > 0.0 { "Infinity" } else { "-Infinity" })
        } else if size != 0.0 && !(1e-6..1e21).contains(&size) {
            write!(f, "{:e}", self.0)
        } else if self.0.fract() == 0.0 {
            write!(f, "{}.0", self.0)
        } else {
            write!(f, "{}", self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_whole_numbers() {
        for (text, value) in [
            (" 123 ", Some(123)),
            ("\t456\t", Some(456)),
            ("00789", Some(789)),
            ("-0", Some(0)),
            ("+7", Some(7)),
            ("0X1f", Some(31)),
            ("0xFFFFFFFFFFFFFFFF", Some(-1)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("-0x10", None),
            ("0x+1", None),
            ("0x", None),
            ("12.5", None),
            ("1_000", None),
            ("1e3", None),
            ("", None),
        ] {
            assert_eq!(parse_long(text), value, "{text}");
        }
        assert_eq!(parse_int("0x7FFFFFFF"), Some(i32::MAX));
        assert_eq!(parse_int("2147483648"), None);
    }

    #[test]
    fn reads_and_shows_doubles() {
        for (text, shown) in [
            ("5.", "5.0"),
            ("+.5", "0.5"),
            ("1.5e+3", "1500.0"),
            ("1e400", "Infinity"),
            ("1e-400", "0.0"),
            ("-0.0", "-0.0"),
            ("1e20", "100000000000000000000.0"),
            ("1e21", "1e21"),
            ("1.25e-7", "1.25e-7"),
            ("0.000001", "0.000001"),
            (" NaN ", "NaN"),
            ("-inf", "-Infinity"),
            ("+Infinity", "Infinity"),
        ] {
            let value = parse_real(text).map(|value| RealText(value).to_string());
            assert_eq!(value.as_deref(), Some(shown), "{text}");
        }
        for text in ["INF", "1,234", "1_000", "1 000", "1d", "0x1F", "", ".", "infinity", "e5"] {
            assert_eq!(parse_real(text), None, "{text}");
        }
    }

    #[test]
    fn reads_truth() {
        for text in ["true", "TrUe ", "\ttrue", "1", "0002", "-1", "+1", "2"] {
            assert_eq!(parse_bool(text), Some(true), "{text}");
        }
        for text in ["FALSE", "0", "false\t"] {
            assert_eq!(parse_bool(text), Some(false), "{text}");
        }
        for text in [" true", "yes", "t", "1.0", "0.0", "99999999999999999999", "", "on"] {
            assert_eq!(parse_bool(text), None, "{text}");
        }
    }
}
