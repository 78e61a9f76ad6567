//! Why a query has no answer.

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
