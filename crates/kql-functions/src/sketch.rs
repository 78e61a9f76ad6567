//! Sketches: what is kept of many values to answer for all of them, nearly. They travel as dynamics.

pub mod digest;
pub mod hll;
