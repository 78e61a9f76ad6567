//! Dividing many numbers by the same one, without a division for each.

/// A positive number to divide by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Divisor {
    divisor: u64,
    /// 2 to the power of 64, divided by it and rounded down.
    reciprocal: u64,
}

impl Divisor {
    /// None of what is not positive.
    pub(super) fn new(divisor: i64) -> Option<Self> {
        let divisor = u64::try_from(divisor).ok().filter(|divisor| *divisor > 0)?;
        // 2^64 itself does not fit: for 1 this is one less, which the correction below makes good.
        Some(Self { divisor, reciprocal: u64::MAX / divisor })
    }

    /// What a division leaves, never negative.
    pub(super) fn remainder(self, value: i64) -> i64 {
        let Ok(positive) = u64::try_from(value) else {
            return value.rem_euclid(self.divisor.cast_signed());
        };
        let product = u128::from(positive) * u128::from(self.reciprocal);
        let quotient = u64::try_from(product >> 64).unwrap_or(u64::MAX);
        let mut rest = positive - quotient * self.divisor;
        // The reciprocal is rounded down, so the quotient may be too small, by 2 at most.
        while rest >= self.divisor {
            rest -= self.divisor;
        }
        rest.cast_signed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_what_a_division_does() {
        let divisors = [1, 2, 3, 7, 10, 864_000_000_000, 1 << 62, i64::MAX];
        let values = [0, 1, 2, 6, 7, 8, 637_000_000_000_000_001, i64::MAX - 1, i64::MAX, -1, -8];
        for divisor in divisors {
            let ready = Divisor::new(divisor).unwrap();
            for value in values {
                assert_eq!(
                    ready.remainder(value),
                    value.rem_euclid(divisor),
                    "{value} / {divisor}"
                );
            }
        }
        assert!(Divisor::new(0).is_none() && Divisor::new(-1).is_none());
    }
}
