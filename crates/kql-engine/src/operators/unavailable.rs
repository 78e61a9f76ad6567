//! A stored function whose text is not known.

use kql_functions::physical;
use kql_semantics::bound::{Rowset, Unavailable};

use crate::QueryError;
use crate::diagnostics::{refused, unavailable};
use crate::lower::Lowering;
use crate::plan::Plan;

pub(crate) fn lower(
    _lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    parts: &Unavailable,
) -> Result<Plan, QueryError> {
    let arguments: Vec<String> = parts
        .arguments
        .iter()
        .map(|argument| match argument.as_literal() {
            Some(value) => physical::scalar_value(value).to_string(),
            None => String::from("..."),
        })
        .collect();
    let call = format!("{}({})", parts.function, arguments.join(", "));
    Err(refused(unavailable(&call, rowset.span)))
}
