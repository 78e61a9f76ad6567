//! `invoke FileProfile(SHA1, 1000)`: what is known of the file of each row.
//!
//! The product asks its own service for at most so many hashes as the second argument says. Here the rows given for the
//! function are asked, for all hashes.

use datafusion::functions::core::expr_fn::coalesce;
use datafusion::functions::string::expr_fn::lower as lower_case;
use datafusion::logical_expr::{Expr, lit, when};
use kql_semantics::bound::{CalledFunction, Rowset, Scalar, ScalarKind};
use kql_semantics::{Type, Value};

use super::look_up::{given_column, input_column, look_up};
use crate::QueryError;
use crate::diagnostics::{column_wanted, refused};
use crate::lower::Lowering;
use crate::plan::{Plan, column_name, column_of};

/// The column by which rows are given: a hash in lower case, of whatever kind.
const HASH: &str = "Hash";

pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    call: (&Rowset, &CalledFunction),
    input: &Rowset,
) -> Result<Plan, QueryError> {
    let (rowset, function) = call;
    let plan = lowering.rowset(input)?.all_one("`FileProfile`", rowset.span)?;
    let hash = hash(lowering, call, input)?;
    let given = super::given(lowering, rowset, function)?;
    let key = given_column(&given, HASH, call)?;
    let plan = look_up(lowering, plan, lower_case(hash), (&given, key))?;
    let is_known = given.value(HASH, Type::String).is_not_null();
    let mut columns = Vec::with_capacity(rowset.columns.len());
    for made in &rowset.columns {
        let own = input.columns.iter().find(|own| own.id == made.id);
        let value = match own {
            Some(own) => column_of(own.id),
            None => added(lowering, input, (&made.name, made.ty), (&given, &is_known))?,
        };
        columns.push((value, column_name(made.id)));
    }
    plan.project(columns)
}

/// The value of a column that the function adds: what the rows say themselves of their file goes before what is known of it.
fn added(
    lowering: &Lowering<'_>,
    input: &Rowset,
    (name, ty): (&str, Type),
    (given, is_known): (&super::Given, &Expr),
) -> Result<Expr, QueryError> {
    let value = given.value(name, ty);
    let value = match ty {
        Type::String => coalesce(vec![value, lit("")]),
        _ => value,
    };
    if name == "ProfileAvailability" {
        let stated = when(value.clone().not_eq(lit("")), value).otherwise(lit("Available"))?;
        return Ok(when(is_known.clone(), stated).otherwise(lit("Missing"))?);
    }
    let own = input.columns.iter().find(|own| &*own.name == name);
    let Some(own) = own.filter(|_| matches!(name, "SHA1" | "SHA256" | "MD5" | "FileSize")) else {
        return Ok(value);
    };
    let own_value = lowering.converted(column_of(own.id), own.ty, ty, input.span)?;
    Ok(match ty {
        Type::String => when(own_value.clone().not_eq(lit("")), own_value).otherwise(value)?,
        _ => coalesce(vec![own_value, value]),
    })
}

/// The hash that rows are looked up by: a column, or its name as text; `SHA1` where nothing is said.
fn hash(
    lowering: &Lowering<'_>,
    call: (&Rowset, &CalledFunction),
    input: &Rowset,
) -> Result<Expr, QueryError> {
    match call.1.arguments.first() {
        None => input_column(input, "SHA1", call),
        Some(Scalar { kind: ScalarKind::Literal(Value::String(name)), .. }) => {
            input_column(input, name, call)
        }
        Some(Scalar { kind: ScalarKind::Literal(Value::Null(_)), .. }) => {
            input_column(input, "SHA1", call)
        }
        Some(hash) if hash.ty == Type::String => lowering.scalar(hash),
        Some(hash) => {
            let what = "`FileProfile` looks up a hash, which is a string";
            Err(refused(column_wanted(what, hash.span)))
        }
    }
}
