//! Why a query has no answer.

use arrow::error::ArrowError;
use datafusion::error::DataFusionError;
use kql_functions::KernelError;
use kql_syntax::Diagnostic;

/// Why a query has no answer. What the user can do differs by variant.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The text is wrong, or says what can not be run here: mend the text. Never empty; the first is the gravest.
    #[error("{}", first_message(.0))]
    Refused(Vec<Diagnostic>),
    /// It took longer than it was given.
    #[error(
        "the query ran longer than its deadline of {0:?}: narrow its time window, or allow more"
    )]
    Deadline(std::time::Duration),
    /// It needs more memory than it was given, spilling included.
    #[error(
        "the query needs more memory than the {limit} bytes it was given: narrow it, or allow more ({detail})"
    )]
    Memory {
        /// The limit, in bytes.
        limit: usize,
        /// Which part of the plan asked for more.
        detail: String,
    },
    /// It was cancelled.
    #[error("the query was cancelled")]
    Cancelled,
    /// A value that a function can not work with, or growth past a limit (`range`, `mv-expand`): mend the query.
    #[error("{0}")]
    Value(String),
    /// A table could not be read.
    #[error("{0}")]
    Io(String),
    /// A fault of ours.
    #[error("the engine failed, which is a fault of Harrier: {0}")]
    Internal(String),
}

fn first_message(diagnostics: &[Diagnostic]) -> &str {
    diagnostics.first().map_or("the query is refused", |diagnostic| &diagnostic.message)
}

impl From<DataFusionError> for QueryError {
    /// Who runs the query fills in the limit of memory.
    fn from(error: DataFusionError) -> Self {
        match error {
            DataFusionError::Context(_, inner) | DataFusionError::Diagnostic(_, inner) => {
                Self::from(*inner)
            }
            DataFusionError::ResourcesExhausted(detail) => Self::Memory { limit: 0, detail },
            DataFusionError::ArrowError(error, _) => Self::from(*error),
            DataFusionError::External(error) => from_outside(error),
            DataFusionError::Shared(ref shared) => of_shared(shared),
            DataFusionError::IoError(error) => Self::Io(error.to_string()),
            DataFusionError::ObjectStore(error) => Self::Io(error.to_string()),
            DataFusionError::ParquetError(error) => Self::Io(error.to_string()),
            DataFusionError::Execution(message) => Self::Value(message),
            error => Self::Internal(error.to_string()),
        }
    }
}

impl From<ArrowError> for QueryError {
    fn from(error: ArrowError) -> Self {
        match error {
            ArrowError::ExternalError(error) => from_outside(error),
            ArrowError::IoError(message, _) => Self::Io(message),
            ArrowError::MemoryError(detail) => Self::Memory { limit: 0, detail },
            error => Self::Internal(error.to_string()),
        }
    }
}

/// An error that travelled through DataFusion: ours, or a table's.
fn from_outside(error: Box<dyn std::error::Error + Send + Sync>) -> QueryError {
    let error = match error.downcast::<KernelError>() {
        Ok(error) => return QueryError::Value(error.0),
        Err(error) => error,
    };
    let error = match error.downcast::<QueryError>() {
        Ok(error) => return *error,
        Err(error) => error,
    };
    match error.downcast::<DataFusionError>() {
        Ok(error) => QueryError::from(*error),
        Err(error) => QueryError::Io(error.to_string()),
    }
}

/// What can be told of an error that several streams share.
fn of_shared(error: &DataFusionError) -> QueryError {
    match error.find_root() {
        DataFusionError::ResourcesExhausted(detail) => {
            QueryError::Memory { limit: 0, detail: detail.clone() }
        }
        DataFusionError::Execution(message) => QueryError::Value(message.clone()),
        DataFusionError::External(error) => match error.downcast_ref::<KernelError>() {
            Some(error) => QueryError::Value(error.0.clone()),
            None => QueryError::Io(error.to_string()),
        },
        error => QueryError::Internal(error.to_string()),
    }
}
