//! `ingestion_time()`: whether a query asks for it, and what is assumed of the tables that it reads.

use std::collections::BTreeSet;

use kql_semantics::bound::{BoundQuery, RowsetKind, Scalar, ScalarKind};
use kql_syntax::{Diagnostic, Name};

use crate::Tables;
use crate::diagnostics::ingestion_assumed;

/// Whether a query calls `ingestion_time()`.
pub(crate) fn is_read(query: &BoundQuery) -> bool {
    let mut is_read = false;
    let mut see = |scalar: &Scalar| {
        scalar.walk(&mut |inner| {
            is_read |= matches!(&inner.kind, ScalarKind::Call(call) if &*call.function == "ingestion_time");
        });
    };
    query.walk(&mut |rowset| rowset.for_each_scalar(&mut see));
    query.shared.iter().for_each(see);
    is_read
}

/// A warning for each column that is taken for the time of ingestion because nothing tells it.
pub(crate) fn assumed(query: &BoundQuery, tables: &dyn Tables) -> Vec<Diagnostic> {
    let mut columns: BTreeSet<Name> = BTreeSet::new();
    query.walk(&mut |rowset| {
        if let RowsetKind::Table(table) = &rowset.kind
            && let Some(source) = tables.source(&table.name)
            && source.ingested == source.time
        {
            columns.extend(source.time);
        }
    });
    columns.iter().map(|column| ingestion_assumed(column)).collect()
}
