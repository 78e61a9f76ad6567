//! The beta distribution.

use statrs::function::beta::{beta_reg, ln_beta};

use crate::prelude::*;

/// How likely a value is not greater than `x`.
pub(super) fn cdf(x: f64, alpha: f64, beta: f64) -> f64 {
    if !(0.0..=1.0).contains(&x) || beta <= 0.0 || !beta.is_finite() || !alpha.is_finite() {
        return f64::NAN;
    }
    // The limit as alpha goes to 0, which the real engine gives below it too.
    if alpha <= 0.0 { 1.0 } else { beta_reg(alpha, beta, x) }
}

/// The density at `x`.
pub(super) fn density(x: f64, alpha: f64, beta: f64) -> f64 {
    if !(0.0..=1.0).contains(&x) || !are_positive(alpha, beta) {
        return f64::NAN;
    }
    let of_x = if alpha == 1.0 { 0.0 } else { (alpha - 1.0) * x.ln() };
    let of_rest = if beta == 1.0 { 0.0 } else { (beta - 1.0) * (-x).ln_1p() };
    (of_x + of_rest - ln_beta(alpha, beta)).exp()
}

/// The `x` below which lies the share `p`; none where `p` is no share.
pub(super) fn inverse(p: f64, alpha: f64, beta: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    if !are_positive(alpha, beta) {
        return Some(f64::NAN);
    }
    let (mut low, mut high) = (0.0, 1.0);
    if p == 0.0 || p == 1.0 {
        return Some(p);
    }
    // Halving the interval ends where a double has no more digits.
    for _ in 0..1100 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if beta_reg(alpha, beta, middle) < p { low = middle } else { high = middle }
    }
    Some(f64::midpoint(low, high))
}

fn are_positive(alpha: f64, beta: f64) -> bool {
    alpha > 0.0 && beta > 0.0 && alpha.is_finite() && beta.is_finite()
}

/// Computes a real a row from three.
pub(super) fn rows(arguments: &Arguments<'_>, compute: fn(f64, f64, f64) -> Option<f64>) -> Answer {
    let (x, alpha, beta) = (arguments.reals(0)?, arguments.reals(1)?, arguments.reals(2)?);
    arguments.make_reals(|row| compute(x.at(row)?, alpha.at(row)?, beta.at(row)?))
}
