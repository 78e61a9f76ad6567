//! Where the engine's rows come from.

use std::sync::Arc;

use datafusion::catalog::TableProvider;
use kql_semantics::catalog::Catalog;
use kql_syntax::Name;

use crate::outside::{Nothing, Outside};

/// The tables that queries are run over: their schemas for the binder, their rows for the engine.
pub trait Tables: Catalog + Send + Sync {
    /// The rows of a table that [`Catalog::table`] knows; none where it has no data, which reads as an empty table.
    fn source(&self, table: &str) -> Option<TableSource>;

    /// This as the binder sees it.
    fn catalog(&self) -> &dyn Catalog;

    /// What queries may reach beyond tables. **Default**: nothing.
    fn outside(&self) -> &dyn Outside {
        &Nothing
    }
}

/// The rows of one table.
#[derive(Clone, Debug)]
pub struct TableSource {
    /// Its columns under their KQL names, in the arrays of `kql_functions::physical` (ticks, dynamics as text, strings without nulls).
    ///
    /// It may lack columns of the schema, which then read as null (as "" for strings). Filters are pushed down in terms of
    /// these columns, such as `TimeGenerated >= 637...` in ticks; it prunes what it can and may leave the rest to the engine.
    pub provider: Arc<dyn TableProvider>,
    /// Columns of `provider` that together order the rows, ascending, most significant first: the time column where there is
    /// one, then hidden ones that tell rows of equal time apart (file, place in the file). They are the same on every run
    /// and any number of cores. Empty where the order does not matter or is the provider's own single partition.
    pub order: Vec<Name>,
    /// The column by which the table is in time (`TimeGenerated`, `Timestamp`), where it has one.
    pub time: Option<Name>,
    /// The column of `provider` that says when each row was ingested, for `ingestion_time()`; none where nothing does, and then
    /// it is null. Where it is the column of time, an answer has a warning that says so.
    pub ingested: Option<Name>,
}
