//! `externaldata`: rows that whoever embeds the engine fetches before the query runs.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema};
use datafusion::datasource::MemTable;
use kql_functions::physical;
use kql_semantics::Value;
use kql_semantics::bound::{ExternalSource, Rowset};

use super::table::rows_of;
use crate::QueryError;
use crate::diagnostics::{external_data, not_supported, refused, refused_outside};
use crate::lower::{KeptRows, Lowering};
use crate::outside::{ExternalTable, OutsideError};
use crate::plan::{Order, OrderKey, Plan, Strength, column_name};
use crate::run::Run;

/// The column that numbers the rows.
const ORDINAL: &str = "external_row";

/// Fetches the rows.
pub(crate) async fn fetch(
    run: &Run<'_>,
    rowset: &Rowset,
    source: &ExternalSource,
) -> Result<KeptRows, QueryError> {
    if rowset.is_open {
        let what = "an external table that does not say its columns";
        return Err(refused(not_supported(what, rowset.span)));
    }
    let columns = rowset.columns.iter().map(|column| (column.name.clone(), column.ty));
    let table = ExternalTable {
        columns: columns.collect(),
        places: places(run, source)?,
        properties: source.properties.clone(),
    };
    let batches = run.tables.outside().external_data(&table).await;
    let batches = batches.map_err(|error| not_had(error, &table, rowset))?;
    let mut fields: Vec<Field> = rowset
        .columns
        .iter()
        .map(|column| physical::field(&column_name(column.id), column.ty))
        .collect();
    fields.push(Field::new(ORDINAL, DataType::Int64, false));
    let schema = Arc::new(Schema::new(fields));
    let mut first = 0_i64;
    let numbered = batches.into_iter().map(|batch| {
        let next = first.saturating_add(i64::try_from(batch.num_rows()).unwrap_or(i64::MAX));
        let ordinals: ArrayRef = Arc::new(Int64Array::from_iter_values(first..next));
        first = next;
        let mut arrays = batch.columns().to_vec();
        arrays.push(ordinals);
        Ok(RecordBatch::try_new(Arc::clone(&schema), arrays)?)
    });
    let numbered = numbered.collect::<Result<Vec<_>, QueryError>>()?;
    run.hold(&numbered)?;
    let provider = Arc::new(MemTable::try_new(schema, vec![numbered])?);
    let order = Order { keys: vec![OrderKey::ascending(ORDINAL)], strength: Strength::Written };
    Ok(KeptRows { provider, order, ingested: None })
}

/// Where the data lies, as text.
fn places(run: &Run<'_>, source: &ExternalSource) -> Result<Vec<String>, QueryError> {
    run.with_lowering(|lowering| {
        let place = |uri| match lowering.constant(uri)? {
            Value::String(place) => Ok(place.to_string()),
            _ => Ok(String::new()),
        };
        source.uris.iter().map(place).collect()
    })
}

fn not_had(error: OutsideError, table: &ExternalTable, rowset: &Rowset) -> QueryError {
    let place = table.places.first().map_or("", String::as_str);
    match error {
        // What follows a `?` or `;` may be a key.
        OutsideError::NotGiven => {
            let place = place.split(['?', ';']).next().unwrap_or("");
            refused(external_data(place, rowset.span))
        }
        error => refused_outside(error, "external-data", rowset.span),
    }
}

pub(crate) fn lower(lowering: &Lowering<'_>, rowset: &Rowset) -> Result<Plan, QueryError> {
    let kept = lowering.kept.rows(rowset).cloned();
    let kept = kept.ok_or_else(|| {
        refused(not_supported("`externaldata` inside this expression", rowset.span))
    })?;
    let plan = rows_of(&lowering.fresh("t"), kept.provider)?;
    Ok(Plan { order: kept.order, ..Plan::unordered(plan) })
}
