//! What a builtin scalar function is.

use arrow::array::ArrayRef;
use datafusion::logical_expr::{Expr, Volatility};
use kql_semantics::Type;

use crate::{Arguments, KernelError};

/// A builtin scalar function: everything about it, in one value.
pub struct Function {
    /// The name that it is documented under.
    pub name: &'static str,
    /// Other names with the same meaning: obsolete and hidden spellings.
    pub aliases: &'static [&'static str],
    /// The manual: a first sentence that stands alone, then units, nulls, errors, the source and where we differ, as they apply.
    pub help: &'static str,
    /// Shown in the manual, and run as tests.
    pub examples: &'static [Example],
    /// How it is computed.
    pub meaning: Meaning,
}

/// A query and its answer.
pub struct Example {
    /// A whole query.
    pub query: &'static str,
    /// The answer: a line `name:type, name:type`, then a line a row, values separated by commas as `tostring` gives them.
    pub answer: &'static [&'static str],
}

/// How a function is computed. Take the first that is exact.
#[derive(Clone, Copy)]
pub enum Meaning {
    /// Said in KQL: an expression over the parameters, named `a`, `b`, `c`, ... in order.
    Kql(&'static str),
    /// DataFusion has it: arguments and their Kusto types in, expression out.
    Expr(fn(Vec<Expr>, &[Type]) -> Expr),
    /// Ours: computed from arrays. The same arguments always give the same value.
    Kernel(Kernel),
    /// Ours, and different at each call: `rand`, `new_guid`.
    VolatileKernel(Kernel),
    /// The binder or the engine resolves it where it stands: `now`, `row_number`, `materialize`.
    Resolved,
}

/// Computes one array from arrays: a value a row, or one value where all arguments are constants.
pub type Kernel = fn(&Arguments<'_>) -> Result<ArrayRef, KernelError>;

impl Meaning {
    /// What DataFusion may assume of repeated calls.
    #[must_use]
    pub fn volatility(self) -> Volatility {
        match self {
            Self::VolatileKernel(_) => Volatility::Volatile,
            _ => Volatility::Immutable,
        }
    }
}
