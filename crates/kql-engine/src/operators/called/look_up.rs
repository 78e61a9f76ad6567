//! Rows with what is known of a key of theirs.

use std::sync::Arc;

use datafusion::common::{JoinType, NullEquality};
use datafusion::logical_expr::{Expr, Join, JoinConstraint, LogicalPlan};
use kql_semantics::bound::{CalledFunction, Rowset};

use super::Given;
use crate::QueryError;
use crate::diagnostics::{column_wanted, refused};
use crate::lower::Lowering;
use crate::plan::{Plan, column};

/// The rows of a plan with the columns of what is given for their key behind, null where nothing is. A key is given once.
pub(super) fn look_up(
    lowering: &Lowering<'_>,
    plan: Plan,
    key: Expr,
    (given, given_key): (&Given, &str),
) -> Result<Plan, QueryError> {
    let own_key = lowering.fresh("k");
    let plan = plan.extend(vec![(key, own_key.clone())])?;
    let joined = Join::try_new(
        Arc::new(plan.plan),
        Arc::new(given.plan.plan.clone()),
        vec![(column(&own_key), column(given_key))],
        None,
        JoinType::Left,
        JoinConstraint::On,
        NullEquality::NullEqualsNothing,
        false,
    )?;
    Ok(Plan { plan: LogicalPlan::Join(joined), ..plan })
}

/// The plan's name of the first of these columns that the given rows have.
pub(super) fn given_column<'a>(
    given: &'a Given,
    name: &str,
    call: (&Rowset, &CalledFunction),
) -> Result<&'a str, QueryError> {
    given.column(name).ok_or_else(|| {
        let what = format!("what is given for `{}` has no column `{name}`", call.1.function);
        refused(column_wanted(&what, call.0.span))
    })
}

/// A column that the input of a call must have.
pub(super) fn input_column(
    input: &Rowset,
    name: &str,
    call: (&Rowset, &CalledFunction),
) -> Result<Expr, QueryError> {
    let found = input.columns.iter().find(|column| &*column.name == name);
    found.map(|found| crate::plan::column_of(found.id)).ok_or_else(|| {
        let what = format!("`{}` needs rows with a column `{name}`", call.1.function);
        refused(column_wanted(&what, call.0.span))
    })
}
