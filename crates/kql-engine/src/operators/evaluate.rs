//! `evaluate plugin(arguments)`

use kql_semantics::Type;
use kql_semantics::bound::{Evaluate, Rowset};
use kql_syntax::Name;

use crate::QueryError;
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::plan::Plan;
use crate::run::Run;

pub(crate) fn lower(
    _lowering: &mut Lowering<'_>,
    _rowset: &Rowset,
    evaluate: &Evaluate,
) -> Result<Plan, QueryError> {
    Err(refused(not_supported(&format!("`evaluate {}`", evaluate.plugin), evaluate.span)))
}

/// The result columns of a plugin whose schema depends on its rows: [`Run::rows`] runs its input.
#[expect(clippy::unused_async, reason = "plugins run their inputs")]
pub(crate) async fn discover(
    _run: &mut Run<'_>,
    evaluate: &Evaluate,
) -> Result<Vec<(Name, Type)>, QueryError> {
    Err(refused(not_supported(&format!("`evaluate {}`", evaluate.plugin), evaluate.span)))
}
