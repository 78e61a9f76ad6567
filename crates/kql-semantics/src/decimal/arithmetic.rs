//! Arithmetic of decimals: exact where 34 digits suffice, else rounded half away from zero; none where the answer is too large.

use std::ops::Neg;

use super::{Decimal, MAX_SCALE};

/// The most digits of a quotient or a rounded product.
const DIGITS: u32 = 34;

impl Neg for Decimal {
    type Output = Self;

    fn neg(self) -> Self {
        Self { coefficient: -self.coefficient, scale: self.scale }
    }
}

impl Decimal {
    /// The decimal that a double is shortly written as; none for what is not finite or does not fit.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        value.to_string().parse().ok()
    }

    /// The whole part; none where 64 bits do not hold it.
    #[must_use]
    pub fn trunc_to_i64(self) -> Option<i64> {
        i64::try_from(self.coefficient / unit(self.scale)).ok()
    }

    /// Without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self { coefficient: self.coefficient.abs(), scale: self.scale }
    }

    /// The greatest whole number that is not greater.
    #[must_use]
    pub fn floor(self) -> Self {
        Self { coefficient: self.coefficient.div_euclid(unit(self.scale)), scale: 0 }
    }

    /// Rounded half away from zero to so many digits behind the point, or before it where negative.
    #[must_use]
    pub fn round(self, digits: i32) -> Option<Self> {
        let cut = u32::try_from(i32::from(self.scale).saturating_sub(digits)).unwrap_or(0);
        let Some(divisor) = 10i128.checked_pow(cut) else {
            return Some(Self { coefficient: 0, scale: 0 });
        };
        let coefficient = divide_rounded(self.coefficient, divisor);
        match u8::try_from(digits.min(i32::from(self.scale))) {
            Ok(scale) => Self::new(coefficient, scale).ok(),
            Err(_) => {
                let factor = 10i128.checked_pow(digits.unsigned_abs())?;
                Self::new(coefficient.checked_mul(factor)?, 0).ok()
            }
        }
    }

    /// The sum.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        // Digits behind the point go only where there is no room for them.
        (0..=self.scale.max(other.scale)).rev().find_map(|scale| {
            let sum = self.at_scale(scale)?.checked_add(other.at_scale(scale)?)?;
            Self::new(sum, scale).ok()
        })
    }

    /// The difference.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(-other)
    }

    /// The product.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let negative = (self.coefficient < 0) != (other.coefficient < 0);
        let mut product =
            Wide::product(self.coefficient.unsigned_abs(), other.coefficient.unsigned_abs());
        let mut scale = self.scale + other.scale;
        let mut dropped = 0;
        while scale > 0 && (scale > MAX_SCALE || product.exceeds(10u128.pow(DIGITS))) {
            dropped = product.divide_by_ten();
            scale -= 1;
        }
        let coefficient = i128::try_from(product.low()?).ok()? + i128::from(dropped >= 5);
        Self::new(if negative { -coefficient } else { coefficient }, scale).ok()
    }

    /// The quotient; none for a divisor of 0.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        let (dividend, divisor) = (self.to_digits()?, other.to_digits()?);
        let negative = (self.coefficient < 0) != (other.coefficient < 0);
        let (a, b) = (dividend.coefficient.unsigned_abs(), divisor.coefficient.unsigned_abs());
        if b == 0 {
            return None;
        }
        let (mut quotient, mut rest) = (a / b, a % b);
        let mut scale = i32::from(dividend.scale) - i32::from(divisor.scale);
        while rest != 0 && scale < i32::from(MAX_SCALE) && quotient < 10u128.pow(DIGITS - 1) {
            // The divisor has at most 34 digits, and so has the rest.
            quotient = quotient * 10 + rest * 10 / b;
            rest = rest * 10 % b;
            scale += 1;
        }
        let is_half = rest * 2 >= b;
        let mut coefficient = i128::try_from(quotient).ok()? + i128::from(is_half);
        while scale < 0 {
            coefficient = coefficient.checked_mul(10)?;
            scale += 1;
        }
        let scale = u8::try_from(scale).ok()?;
        Self::new(if negative { -coefficient } else { coefficient }, scale).ok()
    }

    /// What is left of a division, never negative; none for a divisor of 0.
    #[must_use]
    pub fn checked_rem(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let (a, b) = (self.at_scale(scale)?, other.at_scale(scale)?);
        if b == 0 { None } else { Self::new(a.checked_rem_euclid(b)?, scale).ok() }
    }

    /// The coefficient at another scale, rounded where that is less.
    fn at_scale(self, scale: u8) -> Option<i128> {
        if scale < self.scale {
            return Some(divide_rounded(self.coefficient, unit(self.scale - scale)));
        }
        self.coefficient.checked_mul(10i128.checked_pow(u32::from(scale - self.scale))?)
    }

    /// With at most 34 digits.
    fn to_digits(self) -> Option<Self> {
        let mut value = self;
        while value.coefficient.unsigned_abs() >= 10u128.pow(DIGITS) {
            if value.scale == 0 {
                return None;
            }
            value.coefficient = divide_rounded(value.coefficient, 10);
            value.scale -= 1;
        }
        Some(value)
    }
}

/// `10^scale`, which fits as scales end at 34.
const fn unit(scale: u8) -> i128 {
    10i128.pow(scale as u32)
}

fn divide_rounded(value: i128, divisor: i128) -> i128 {
    let (quotient, rest) = (value / divisor, value % divisor);
    let is_half = rest.unsigned_abs() >= divisor.unsigned_abs().div_ceil(2) && rest != 0;
    quotient + if is_half { value.signum() } else { 0 }
}

/// 256 bits, in four parts, the lowest first.
struct Wide([u64; 4]);

impl Wide {
    #[expect(clippy::cast_possible_truncation, reason = "the parts of a number are cut out of it")]
    fn product(a: u128, b: u128) -> Self {
        let (a, b) = ([a as u64, (a >> 64) as u64], [b as u64, (b >> 64) as u64]);
        let mut parts = [0u64; 4];
        for (i, x) in a.into_iter().enumerate() {
            let mut carry = 0;
            for (j, y) in b.into_iter().enumerate() {
                let sum = u128::from(x) * u128::from(y) + u128::from(parts[i + j]) + carry;
                parts[i + j] = sum as u64;
                carry = sum >> 64;
            }
            parts[i + 2] = carry as u64;
        }
        Self(parts)
    }

    #[expect(clippy::cast_possible_truncation, reason = "a quotient by 10 of less than ten parts")]
    fn divide_by_ten(&mut self) -> u64 {
        let mut rest = 0;
        for part in self.0.iter_mut().rev() {
            let value = (rest << 64) | u128::from(*part);
            *part = (value / 10) as u64;
            rest = value % 10;
        }
        rest as u64
    }

    /// The value, where 128 bits hold it.
    fn low(&self) -> Option<u128> {
        let [first, second, 0, 0] = self.0 else { return None };
        Some(u128::from(first) | u128::from(second) << 64)
    }

    fn exceeds(&self, limit: u128) -> bool {
        self.low().is_none_or(|value| value >= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn computes() {
        let shown = |value: Option<Decimal>| value.map_or("none".to_owned(), |v| v.to_string());
        let (a, b) = (decimal("1.1"), decimal("-2.25"));
        assert_eq!(shown(a.checked_add(b)), "-1.15");
        assert_eq!(shown(a.checked_sub(b)), "3.35");
        assert_eq!(shown(a.checked_mul(b)), "-2.475");
        assert_eq!(shown(decimal("7").checked_div(decimal("-2"))), "-3.5");
        let third = decimal("1").checked_div(decimal("3"));
        assert_eq!(shown(third), "0.3333333333333333333333333333333333");
        let two_thirds = decimal("2").checked_div(decimal("3"));
        assert_eq!(shown(two_thirds), "0.6666666666666666666666666666666667");
        assert_eq!(shown(decimal("10").checked_div(decimal("0.0001"))), "100000");
        assert_eq!(shown(decimal("1").checked_div(decimal("0"))), "none");
        assert_eq!(shown(decimal("-7.5").checked_rem(decimal("2"))), "0.5");
        let large = decimal("12345678901234567890.12345678901234");
        assert_eq!(shown(large.checked_mul(large)), "152415787532388367504953515625666679230");
        assert_eq!(shown(decimal("1e30").checked_mul(decimal("1e30"))), "none");
        assert_eq!(
            shown(decimal("1e37").checked_add(decimal("0.001"))),
            "1".to_owned() + &"0".repeat(37)
        );
        assert_eq!(
            shown(third.unwrap().checked_mul(third.unwrap())),
            "0.1111111111111111111111111111111111"
        );
    }

    #[test]
    fn rounds() {
        let shown = |text: &str, digits| decimal(text).round(digits).unwrap().to_string();
        assert_eq!(shown("3.14159", 2), "3.14");
        assert_eq!(shown("-2.5", 0), "-3");
        assert_eq!(shown("1250", -2), "1300");
        assert_eq!(shown("1.5", 9), "1.5");
        assert_eq!(shown("1.5", -60), "0");
        assert_eq!(decimal("-1.5").floor().to_string(), "-2");
        assert_eq!(decimal("-1.5").trunc_to_i64(), Some(-1));
        assert_eq!(Decimal::from_f64(0.1), Some(decimal("0.1")));
        assert_eq!(Decimal::from_f64(f64::NAN), None);
    }
}
