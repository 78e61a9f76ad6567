//! Functions of numbers, and rounding of all that is counted.

mod abs;
mod acos;
mod around;
mod asin;
mod atan;
mod atan2;
mod beta;
mod beta_cdf;
mod beta_inv;
mod beta_pdf;
mod bin;
mod bin_at;
mod binary_and;
mod binary_not;
mod binary_or;
mod binary_shift_left;
mod binary_shift_right;
mod binary_xor;
mod bitset_count_ones;
mod ceiling;
mod cos;
mod cot;
mod degrees;
mod divisor;
mod erf;
mod erfc;
mod exp;
mod exp10;
mod exp2;
mod gamma;
mod isfinite;
mod isinf;
mod isnan;
mod log;
mod log10;
mod log2;
mod loggamma;
mod new_guid;
mod pi;
mod pow;
mod radians;
mod rand;
mod reals;
mod round;
mod sign;
mod sin;
mod sqrt;
mod tan;
mod welch_test;

family![
    abs,
    acos,
    around,
    asin,
    atan,
    atan2,
    beta_cdf,
    beta_inv,
    beta_pdf,
    bin,
    bin_at,
    binary_and,
    binary_not,
    binary_or,
    binary_shift_left,
    binary_shift_right,
    binary_xor,
    bitset_count_ones,
    ceiling,
    cos,
    cot,
    degrees,
    erf,
    erfc,
    exp,
    exp10,
    exp2,
    gamma,
    isfinite,
    isinf,
    isnan,
    log,
    log10,
    log2,
    loggamma,
    new_guid,
    pi,
    pow,
    radians,
    rand,
    round,
    sign,
    sin,
    sqrt,
    tan,
    welch_test,
];
