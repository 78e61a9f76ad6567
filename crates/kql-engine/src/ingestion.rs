//! `ingestion_time()`: whether a query asks for it, and what is assumed of the tables that it reads.

use std::collections::BTreeSet;

use kql_semantics::bound::{BoundQuery, BoundResult, Rowset, RowsetKind, Scalar, ScalarKind};
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
    each_rowset(query, &mut |rowset| rowset.for_each_scalar(&mut see));
    query.shared.iter().for_each(see);
    is_read
}

/// A warning for each column that is taken for the time of ingestion because nothing tells it.
pub(crate) fn assumed(query: &BoundQuery, tables: &dyn Tables) -> Vec<Diagnostic> {
    let mut columns: BTreeSet<Name> = BTreeSet::new();
    each_rowset(query, &mut |rowset| {
        if let RowsetKind::Table(table) = &rowset.kind
            && let Some(source) = tables.source(&table.name)
            && source.ingested == source.time
        {
            columns.extend(source.time);
        }
    });
    columns.iter().map(|column| ingestion_assumed(column)).collect()
}

/// All rowsets of a query, those inside scalars included.
fn each_rowset<'a>(query: &'a BoundQuery, see: &mut dyn FnMut(&'a Rowset)) {
    for result in &query.results {
        match result {
            BoundResult::Table { rowset, .. } => rowset.walk(see),
            BoundResult::Tables(several) => {
                several.iter().for_each(|(_, rowset)| rowset.walk(see));
            }
            BoundResult::Scalar(scalar) => of_scalar(scalar, see),
        }
    }
    query.shared.iter().for_each(|scalar| of_scalar(scalar, see));
}

fn of_scalar<'a>(scalar: &'a Scalar, see: &mut dyn FnMut(&'a Rowset)) {
    let mut tables = Vec::new();
    scalar.walk(&mut |inner| tables.extend(inner.table()));
    tables.into_iter().for_each(|table| table.walk(see));
}
