//! Rows written in the query: `datatable`.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema};
use datafusion::common::ScalarValue;
use datafusion::datasource::MemTable;
use kql_functions::physical;
use kql_semantics::bound::Rowset;
use kql_semantics::{Type, Value};

use super::table::rows_of;
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Plan, column_name};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    rows: &[Vec<Value>],
) -> Result<Plan, QueryError> {
    let mut fields = Vec::with_capacity(rowset.columns.len() + 1);
    let mut arrays: Vec<ArrayRef> = Vec::with_capacity(rowset.columns.len() + 1);
    for (at, column) in rowset.columns.iter().enumerate() {
        fields.push(physical::field(&column_name(column.id), column.ty));
        arrays.push(array(rows.iter().map(|row| row.get(at)), column.ty)?);
    }
    let ordinal = lowering.fresh("o");
    fields.push(Field::new(&ordinal, DataType::Int64, false));
    arrays.push(Arc::new(Int64Array::from_iter_values((0_i64..).take(rows.len()))));
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
    let table = Arc::new(MemTable::try_new(schema, vec![vec![batch]])?);
    let plan = rows_of(&lowering.fresh("t"), table)?;
    Ok(Plan::ordered_by(plan, ordinal))
}

/// The values of one column.
fn array<'a>(
    values: impl Iterator<Item = Option<&'a Value>>,
    ty: Type,
) -> Result<ArrayRef, QueryError> {
    let scalars: Vec<ScalarValue> = values
        .map(|value| value.map_or_else(|| physical::null(ty), physical::scalar_value))
        .collect();
    if scalars.is_empty() {
        return Ok(physical::nulls(ty, 0));
    }
    Ok(ScalarValue::iter_to_array(scalars)?)
}
