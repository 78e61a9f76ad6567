//! The engine: tables once, queries many times.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use kql_semantics::Value;
use kql_syntax::Name;

use crate::{Answer, QueryError, Tables};

/// Runs queries over tables. Cheap to clone; queries may run side by side and share its threads and memory.
#[derive(Clone)]
pub struct Engine {
    tables: Arc<dyn Tables>,
    options: EngineOptions,
}

/// What all queries of an engine share.
#[derive(Clone, Debug)]
pub struct EngineOptions {
    /// Partitions of a plan. **Default**: the cores of the machine.
    pub threads: usize,
    /// Memory that all running queries may hold together before they spill. **Unit**: bytes. **Default**: 2 GiB.
    pub memory: usize,
}

/// The circumstances of one query.
#[derive(Clone, Debug)]
pub struct QueryOptions {
    /// What `now()` is. **Unit**: ticks since the year 1.
    pub now: i64,
    /// Only rows of time-stamped tables with `after < time <= until` are seen. **Unit**: ticks. **Default**: all rows.
    pub window: Option<Window>,
    /// Values for `declare query_parameters`.
    pub parameters: HashMap<Name, Value>,
    /// How long it may take. **Default**: ten minutes.
    pub deadline: Duration,
    /// How many rows an answer may have; the rest is cut, and a warning says so. **Default**: 500,000, as Kusto's.
    pub max_rows: usize,
}

/// A span of time: `after < time <= until`. **Unit**: ticks since the year 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// Before the first row.
    pub after: i64,
    /// The last row's.
    pub until: i64,
}

impl Engine {
    /// Runs a text: parses, binds, plans, computes. Dropping the future stops it.
    ///
    /// # Errors
    /// As [`QueryError`] tells.
    pub async fn query(&self, text: &str, options: &QueryOptions) -> Result<Answer, QueryError> {
        let _ = (text, options, &self.tables, &self.options);
        Err(QueryError::Internal(String::from("engine-core implements this")))
    }
}
