//! What nearly every builtin's file needs.

pub use std::fmt::Write as _;
pub use std::sync::Arc;

pub use arrow::array::ArrayRef;
pub use datafusion::logical_expr::Expr;
pub use kql_semantics::{Decimal, Dynamic, Type, Value};

pub use crate::arguments::{Arguments, KernelError};
pub use crate::function::{Example, Function, Meaning};

/// What a kernel gives.
pub type Answer = Result<ArrayRef, KernelError>;
