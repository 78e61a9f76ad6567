//! Tests of the engine as a whole: queries in, answers out.

mod aggregates;
mod cases;
mod compare;
mod conformance;
mod examples;
mod limits;
mod operators;
mod queries;
mod shared;
mod tables;
