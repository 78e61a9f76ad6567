//! Every builtin of KQL: what it is for, examples, and what it means on Arrow arrays.
//!
//! A builtin is one file and one word in its family's list. Signatures are not repeated here: they are the official
//! language service's, and live in `kql-semantics`. This crate knows nothing of tables and rules.

#[macro_use]
mod family;

pub mod aggregate;
mod answers;
pub mod arguments;
pub mod convert;
pub mod function;
pub mod geo;
pub mod json;
pub mod network;
mod numbers;
pub mod operand;
pub mod operator;
pub mod physical;
pub mod prelude;
mod prepared;
pub mod scalar;
pub mod sketch;
#[cfg(test)]
mod testing;
pub mod text;
pub mod udf;
pub mod vectors;

pub use arguments::{Arguments, KernelError};
pub use function::{Example, Function, Meaning};
