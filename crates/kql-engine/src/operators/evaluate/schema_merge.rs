//! `schema_merge(PreserveOrder)`: several schemas, as `getschema` gives them, as one.

use std::collections::BTreeSet;

use kql_functions::{Example, KernelError};
use kql_semantics::Value;
use kql_semantics::bound::{Scalar, ScalarKind};

use super::whole::Row;
use super::{Call, Plugin, whole};
use crate::QueryError;
use crate::cells::long;
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::plan::Plan;

pub(super) static PLUGIN: Plugin = Plugin {
    name: "schema_merge",
    help: "Several schemas, as `getschema` gives them, as one: a row for each column. A column that stands at another place than in the schema before gets -1 as its place, and an error as its type; with `PreserveOrder=false` it comes behind. Columns of several types, and several columns at one place, are refused: what becomes of them is not documented.",
    examples: &[Example {
        query: "union (datatable(a:string, b:int)[] | getschema), (datatable(a:string, b:int, c:long)[] | getschema) | evaluate schema_merge() | project ColumnName, ColumnOrdinal, ColumnType | sort by ColumnOrdinal asc",
        answer: &[
            "ColumnName:string, ColumnOrdinal:long, ColumnType:string",
            "a, 0, string",
            "b, 1, int",
            "c, 2, long",
        ],
    }],
    lower,
};

/// What stands in place of the types of a column that is out of order.
const OUT_OF_ORDER: [&str; 2] =
    ["ERROR(unknown CSL type:ERROR(columns are out of order))", "ERROR(columns are out of order)"];

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let given = call.named("PreserveOrder").or_else(|| call.scalar(0));
    let keeps_order = match given {
        Some(given) => lowering.constant(given)? != Value::Bool(false),
        None => true,
    };
    let all = call.evaluate.input.iter().flat_map(|input| &input.columns);
    let mut reads = Vec::new();
    for name in ["ColumnName", "ColumnOrdinal", "DataType", "ColumnType"] {
        let own = all.clone().find(|own| &*own.name == name);
        let what = "`schema_merge` over rows that are no schema";
        let own = own.ok_or_else(|| refused(not_supported(what, call.evaluate.span)))?;
        reads.push(Scalar::new(ScalarKind::Column(own.id), own.ty, call.evaluate.span));
    }
    let reads: Vec<&Scalar> = reads.iter().collect();
    let compute = move |rows: Vec<Row>| merged(&rows, keeps_order);
    whole::lower(lowering, call, "SchemaMerge", &reads, Box::new(compute))
}

/// A column of some of the schemas.
struct Merged<'a> {
    name: &'a Value,
    places: BTreeSet<i64>,
    types: [&'a Value; 2],
}

fn merged(rows: &[Row], keeps_order: bool) -> Result<Vec<Row>, KernelError> {
    let mut columns: Vec<Merged<'_>> = Vec::new();
    for row in rows {
        let [name, place, data_type, column_type] = row.as_slice() else { continue };
        let place = long(place).unwrap_or(0);
        let types = [data_type, column_type];
        match columns.iter_mut().find(|own| own.name == name) {
            Some(own) if own.types == types => {
                own.places.insert(place);
            }
            Some(_) => {
                return Err(KernelError::new(
                    "schemas whose columns have other types are not merged by this engine",
                ));
            }
            None => columns.push(Merged { name, places: BTreeSet::from([place]), types }),
        }
    }
    let mut made = Vec::new();
    let mut taken = BTreeSet::new();
    for column in columns {
        let place = column.places.last().copied().unwrap_or(0);
        let (place, types) = match keeps_order && column.places.len() > 1 {
            true => (-1, OUT_OF_ORDER.map(Value::string)),
            false => (place, column.types.map(Value::clone)),
        };
        if place >= 0 && !taken.insert(place) {
            return Err(KernelError::new(
                "schemas with several columns at one place are not merged by this engine",
            ));
        }
        let [data_type, column_type] = types;
        made.push(vec![column.name.clone(), Value::Long(place), data_type, column_type]);
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, place: i32, ty: &str) -> Row {
        vec![Value::string(name), Value::Int(place), Value::string(ty), Value::string(ty)]
    }

    #[test]
    fn columns_that_move_are_told() {
        let rows = [
            row("a", 0, "x"),
            row("b", 1, "x"),
            row("a", 0, "x"),
            row("c", 1, "x"),
            row("b", 2, "x"),
        ];
        let places = |keeps_order| -> Vec<Value> {
            merged(&rows, keeps_order).unwrap().into_iter().map(|row| row[1].clone()).collect()
        };
        assert_eq!(places(true), [0, -1, 1].map(Value::Long));
        assert_eq!(places(false), [0, 2, 1].map(Value::Long));
        assert!(merged(&[row("a", 0, "x"), row("a", 0, "y")], true).is_err());
        assert!(merged(&[row("a", 0, "x"), row("b", 0, "x")], true).is_err());
    }
}
