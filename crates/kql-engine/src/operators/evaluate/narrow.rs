//! `narrow()`: a row for each cell: the row's number, the column's name, the value as text.

use kql_functions::Example;
use kql_semantics::Value;
use kql_semantics::bound::{Scalar, ScalarKind};

use super::{Call, Plugin, whole};
use crate::QueryError;
use crate::cells::to_dynamic;
use crate::lower::Lowering;
use crate::plan::Plan;

pub(super) static PLUGIN: Plugin = Plugin {
    name: "narrow",
    help: "A row for each cell: the row's number, the column's name, the value as text.",
    examples: &[Example {
        query: "print a = 1, b = 'x' | evaluate narrow()",
        answer: &["Row:long, Column:string, Value:string", "0, a, 1", "0, b, x"],
    }],
    lower,
};

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
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
