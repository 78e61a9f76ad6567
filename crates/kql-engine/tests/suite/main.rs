//! Tests of the engine as a whole: queries in, answers out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that fails says so, and tallies are printed"
)]

mod aggregates;
mod cases;
mod compare;
mod conformance;
mod examples;
mod graphs;
mod limits;
mod manual;
mod operators;
mod pushdown;
mod queries;
mod shared;
mod tables;
