//! `narrow()`: a row for each cell: the row's number, the column's name, the value as text.

use kql_semantics::Value;
use kql_semantics::bound::{Scalar, ScalarKind};

use super::{Call, whole};
use crate::QueryError;
use crate::cells::to_dynamic;
use crate::lower::Lowering;
use crate::plan::Plan;

pub(super) fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let columns = call.evaluate.input.iter().flat_map(|input| &input.columns);
    let names: Vec<Value> = columns.clone().map(|own| Value::string(&own.name)).collect();
    let reads: Vec<Scalar> = columns
        .map(|own| Scalar::new(ScalarKind::Column(own.id), own.ty, call.evaluate.span))
        .collect();
    let reads: Vec<&Scalar> = reads.iter().collect();
    let compute = move |rows: Vec<whole::Row>| {
        let mut made = Vec::new();
        for (at, row) in (0_i64..).zip(rows) {
            for (name, value) in names.iter().zip(&row) {
                made.push(vec![Value::Long(at), name.clone(), text(value)]);
            }
        }
        Ok(made)
    };
    whole::lower(lowering, call, "Narrow", &reads, Box::new(compute))
}

/// What `tostring` gives.
fn text(value: &Value) -> Value {
    match value {
        Value::Bool(true) => Value::string("True"),
        Value::Bool(false) => Value::string("False"),
        value => Value::string(&kql_semantics::dynamic::to_string(&to_dynamic(value).to_text())),
    }
}
