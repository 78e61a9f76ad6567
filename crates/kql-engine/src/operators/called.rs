//! A stored function whose text is not known: its rows, or what it looks its input up in, come from outside.

mod device_from_ip;
mod file_profile;
mod look_up;
mod seen_by;

use std::sync::Arc;

use datafusion::logical_expr::{Expr, lit};
use kql_functions::physical;
use kql_semantics::bound::{CalledFunction, Rowset};
use kql_semantics::{Type, Value};

use crate::QueryError;
use crate::diagnostics::{refused, refused_outside, unavailable};
use crate::lower::Lowering;
use crate::outside::OutsideError;
use crate::plan::{Plan, column, column_name};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    call: &CalledFunction,
) -> Result<Plan, QueryError> {
    match (&*call.function, &call.input) {
        ("FileProfile", Some(input)) => file_profile::lower(lowering, (rowset, call), input),
        ("SeenBy", Some(input)) => seen_by::lower(lowering, (rowset, call), input),
        ("DeviceFromIP", Some(input)) => device_from_ip::lower(lowering, (rowset, call), input),
        _ => rows(lowering, rowset, call),
    }
}

/// The rows that a function gives which takes none.
fn rows(
    lowering: &Lowering<'_>,
    rowset: &Rowset,
    call: &CalledFunction,
) -> Result<Plan, QueryError> {
    let given = given(lowering, rowset, call)?;
    let columns = rowset.columns.iter().map(|made| {
        let value = given.value(&made.name, made.ty);
        (value, column_name(made.id))
    });
    let columns = columns.collect();
    given.plan.project(columns)
}

/// The rows that a function has from outside, under names of their own.
struct Given {
    plan: Plan,
    /// The names of the columns, and theirs in the plan.
    columns: Vec<(String, String)>,
}

impl Given {
    /// The plan's name of a column.
    fn column(&self, name: &str) -> Option<&str> {
        let mut columns = self.columns.iter();
        columns.find(|(known, _)| known == name).map(|(_, own)| own.as_str())
    }

    /// The values of a column; null where there is none.
    fn value(&self, name: &str, ty: Type) -> Expr {
        self.column(name).map_or_else(|| lit(physical::null(ty)), column)
    }
}

/// What is given for a call.
fn given(
    lowering: &Lowering<'_>,
    rowset: &Rowset,
    call: &CalledFunction,
) -> Result<Given, QueryError> {
    let constant = |argument: &kql_semantics::bound::Scalar| match argument.as_literal() {
        Some(value) => value.clone(),
        None => Value::Null(argument.ty),
    };
    let arguments: Vec<Value> = call.arguments.iter().map(constant).collect();
    let source = lowering.tables.outside().called(&call.function, &arguments);
    let source = source.map_err(|error| match error {
        OutsideError::NotGiven => refused(unavailable(&shown(call), rowset.span)),
        error => refused_outside(error, "not-given", rowset.span),
    })?;
    let names: Vec<String> =
        source.provider.schema().fields().iter().map(|field| field.name().clone()).collect();
    let plan = super::table::rows_of(&lowering.fresh("t"), Arc::clone(&source.provider))?;
    let columns: Vec<(String, String)> =
        names.into_iter().map(|name| (name, lowering.fresh("l"))).collect();
    let renamed = columns.iter().map(|(name, own)| (column(name), own.clone())).collect();
    Ok(Given { plan: Plan::unordered(plan).project(renamed)?, columns })
}

/// A call as it is told of.
fn shown(call: &CalledFunction) -> String {
    let arguments: Vec<String> = call
        .arguments
        .iter()
        .map(|argument| match argument.as_literal() {
            Some(Value::Null(_)) | None => String::from("..."),
            Some(value) => physical::scalar_value(value).to_string(),
        })
        .collect();
    format!("{}({})", call.function, arguments.join(", "))
}
