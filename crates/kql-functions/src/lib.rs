//! Every builtin of KQL: what it is for, examples, and what it means on Arrow arrays.
//!
//! A builtin is one file and one word in its family's list. Signatures are not repeated here: they are the official
//! language service's, and live in `kql-semantics`. This crate knows nothing of tables and rules.

pub mod aggregate;
pub mod arguments;
pub mod function;
pub mod physical;
pub mod prelude;
pub mod scalar;
pub mod udf;

pub use arguments::{Arguments, KernelError};
pub use function::{Example, Function, Meaning};
