//! `externaldata`: refused, since a query may read nothing but the tables that it is given.

use kql_semantics::Value;
use kql_semantics::bound::{ExternalSource, Rowset};

use crate::QueryError;
use crate::diagnostics::{external_data, refused};
use crate::lower::Lowering;
use crate::plan::Plan;

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    source: &ExternalSource,
) -> Result<Plan, QueryError> {
    let first = source.uris.first().and_then(|uri| lowering.constant(uri).ok());
    let place = match &first {
        // What follows a `?` or `;` may be a key.
        Some(Value::String(uri)) => uri.split(['?', ';']).next().unwrap_or(""),
        _ => "",
    };
    Err(refused(external_data(place, rowset.span)))
}
