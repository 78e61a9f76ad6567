//! Degrees as the real engine writes them into GeoJSON.
//!
//! It uses Grisu2 (Loitsch 2010): nearly always the fewest digits that give a double back, and now and then not the closest of
//! those that are as few. Other doubles are written elsewhere, closest always.

use std::fmt;

use kql_semantics::number::RealText;

/// Behind so many digits after the point the real engine's library does not look for the closest last digit: its table of
/// powers ends there.
const MOST_ROUNDED: i32 = 8;

/// Shows a double by Grisu2; very small and very large ones as [`RealText`] does.
pub struct Degrees(pub f64);

impl fmt::Display for Degrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        if !(1e-6..1e9).contains(&size) {
            return RealText(self.0).fmt(f);
        }
        let Some((digits, exponent)) = grisu(size) else { return RealText(self.0).fmt(f) };
        if self.0 < 0.0 {
            f.write_str("-")?;
        }
        let count = i32::try_from(digits.len()).unwrap_or(0);
        // How many digits stand before the point.
        let whole = count + exponent;
        if exponent >= 0 {
            write!(f, "{digits}{:0<1$}.0", "", usize::try_from(exponent).unwrap_or(0))
        } else if whole > 0 {
            let (before, behind) = digits.split_at(usize::try_from(whole).unwrap_or(0));
            write!(f, "{before}.{behind}")
        } else {
            write!(f, "0.{:0<1$}{digits}", "", usize::try_from(-whole).unwrap_or(0))
        }
    }
}

/// A number of 64 bits times a power of two.
#[derive(Clone, Copy)]
struct Scaled {
    bits: u64,
    power: i32,
}

impl Scaled {
    /// With its highest bit set.
    fn normal(self) -> Self {
        let by = self.bits.leading_zeros();
        Self { bits: self.bits << by, power: self.power - by.cast_signed() }
    }

    /// The product, rounded to 64 bits.
    fn times(self, other: Self) -> Self {
        let product = u128::from(self.bits) * u128::from(other.bits) + (1 << 63);
        let bits = (product >> 64) as u64;
        Self { bits, power: self.power + other.power + 64 }
    }
}

/// The power of ten by which a number of this scale comes near to 1, as the table of every eighth power has it, rounded to 64
/// bits; and its exponent. None beyond what 128 bits hold.
fn power_of_ten(power: i32) -> Option<(Scaled, i32)> {
    // As many digits as make the scaled number's power -60 to -32.
    let least = f64::from(-61 - power) * std::f64::consts::LOG10_2 + 347.0;
    #[expect(clippy::cast_possible_truncation, reason = "a few hundred")]
    let index = ((least.ceil() as i32) >> 3) + 1;
    let exponent = index * 8 - 348;
    let whole = 10_u128.checked_pow(u32::try_from(exponent).ok()?)?;
    let shift = whole.leading_zeros();
    let normal = whole << shift;
    let bits = (normal >> 64) as u64;
    let bits = bits + u64::from((normal >> 63) & 1 == 1);
    Some((Scaled { bits, power: 64 - shift.cast_signed() }, exponent))
}

/// The digits of a positive double and the power of ten of the last.
fn grisu(value: f64) -> Option<(String, i32)> {
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let biased = i32::try_from(bits >> 52 & 0x7ff).ok()?;
    if biased == 0 {
        return None;
    }
    let own = Scaled { bits: fraction | 1 << 52, power: biased - 1075 };
    // Half way to the neighbours, the lower one closer where a power of two is passed.
    let above = Scaled { bits: (own.bits << 1) + 1, power: own.power - 1 }.normal();
    let below = match fraction {
        0 => Scaled { bits: (own.bits << 2) - 1, power: own.power - 2 },
        _ => Scaled { bits: (own.bits << 1) - 1, power: own.power - 1 },
    };
    let below = Scaled { bits: below.bits << (below.power - above.power), power: above.power };
    let (ten, exponent) = power_of_ten(above.power)?;
    let (own, mut above, mut below) = (own.normal().times(ten), above.times(ten), below.times(ten));
    // What is certain in spite of the rounding.
    above.bits -= 1;
    below.bits += 1;
    let (digits, last) = shortest(own, above, above.bits - below.bits);
    Some((digits, last - exponent))
}

/// The digits of some number between two bounds, as near to `own` as the last digit allows, and the power of ten of the last.
fn shortest(own: Scaled, above: Scaled, mut width: u64) -> (String, i32) {
    let shift = above.power.unsigned_abs();
    let one = 1_u64 << shift;
    let gap = above.bits - own.bits;
    let (mut whole, mut rest) = (above.bits >> shift, above.bits & (one - 1));
    let mut digits: Vec<u8> = Vec::new();
    let push = |digits: &mut Vec<u8>, digit: u64| {
        if digit > 0 || !digits.is_empty() {
            digits.push(u8::try_from(digit).unwrap_or(0));
        }
    };
    let mut place = i32::try_from(whole.checked_ilog10().map_or(0, |log| log + 1)).unwrap_or(0);
    while place > 0 {
        let ten = 10_u64.pow(place.unsigned_abs() - 1);
        push(&mut digits, whole / ten);
        whole %= ten;
        place -= 1;
        let left = (whole << shift) + rest;
        if left <= width {
            nearer(&mut digits, (width, left), ten << shift, gap);
            return (text(&digits), place);
        }
    }
    let mut scale: u64 = 1;
    loop {
        rest *= 10;
        width *= 10;
        scale = if place > -MOST_ROUNDED { scale * 10 } else { 0 };
        push(&mut digits, rest >> shift);
        rest &= one - 1;
        place -= 1;
        if rest < width || place < -30 {
            nearer(&mut digits, (width, rest), one, gap.wrapping_mul(scale));
            return (text(&digits), place);
        }
    }
}

/// Lowers the last digit while that brings the number nearer to the one that is meant.
fn nearer(digits: &mut [u8], (width, mut left): (u64, u64), step: u64, gap: u64) {
    let Some(last) = digits.last_mut() else { return };
    while left < gap
        && width - left >= step
        && (left + step < gap || gap - left > left + step - gap)
    {
        *last = last.saturating_sub(1);
        left += step;
    }
}

fn text(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(b'0' + digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_doubles_back() {
        let mut value = 0.000_123_4_f64;
        while value < 1e8 {
            for near in [value, -value, f64::from_bits(value.to_bits() + 1)] {
                let text = Degrees(near).to_string();
                assert_eq!(text.parse::<f64>().unwrap().to_bits(), near.to_bits(), "{text}");
            }
            value *= 1.37;
        }
    }

    #[test]
    fn writes_as_the_real_engine_does() {
        let shown = |value: f64| Degrees(value).to_string();
        // Not the closest of its length, which ends in 05.
        assert_eq!(shown(40.764_323_000_000_005), "40.764323000000008");
        assert_eq!(shown(9.999_999_999_999_998), "9.999999999999999");
        assert_eq!(shown(50.0), "50.0");
        assert_eq!(shown(-73.949247), "-73.949247");
        assert_eq!(shown(10.000_000_000_000_002), "10.000000000000002");
        assert_eq!(shown(0.0), "0.0");
        assert_eq!(shown(0.000_25), "0.00025");
        assert_eq!(shown(180.0), "180.0");
    }
}
