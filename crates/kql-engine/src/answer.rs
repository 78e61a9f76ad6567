//! What a query gives.

use arrow::array::RecordBatch;
use kql_semantics::Type;
use kql_semantics::bound::Render;
use kql_syntax::{Diagnostic, Name};

/// The answer to a text: a table for each query statement, several for `fork` and `facet`.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The tables, in the order of the text.
    pub tables: Vec<AnswerTable>,
    /// Warnings of the binder, and what the engine has to say (a limit that cut the rows short).
    pub diagnostics: Vec<Diagnostic>,
}

/// One table of an answer.
#[derive(Clone, Debug)]
pub struct AnswerTable {
    /// `as name` in a `fork`; none for most.
    pub name: Option<Name>,
    /// The columns as Kusto names and types them; the batches have them in this order under names of the engine's own.
    pub columns: Vec<AnswerColumn>,
    /// The rows, in the arrays of `kql_functions::physical`; read a value with `physical::value_at`.
    pub batches: Vec<RecordBatch>,
    /// How it is to be drawn.
    pub render: Option<Render>,
}

/// A column of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerColumn {
    /// As Kusto names it.
    pub name: Name,
    /// As Kusto types it.
    pub ty: Type,
}

impl AnswerTable {
    /// How many rows it has.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}
