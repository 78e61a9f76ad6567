//! `$first_row`: the columns of the first row of a group, in an order that other columns give.
//!
//! What `innerunique` keeps of its left side. Rows that tie are told apart by the order's last columns, so the answer
//! is the same on any number of cores.

use std::sync::Arc;

use arrow::array::{ArrayRef, new_null_array};
use arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::{Result, internal_datafusion_err};
use datafusion::logical_expr::{AggregateUDF, EmitTo};

use super::keep::best::Best;
use super::order_key::{OrderColumn, key, kind};
use super::ours::{Keeper, udf};

/// The aggregate over order columns of these types and directions (ascending, nulls first), then columns of `kept` types.
/// It gives a struct of the kept columns, fields `0`, `1`, ....
#[must_use]
pub fn first_row(
    order: Vec<DataType>,
    directions: Vec<(bool, bool)>,
    kept: Vec<DataType>,
) -> Arc<AggregateUDF> {
    let order: Vec<OrderColumn> = order
        .into_iter()
        .zip(directions)
        .map(|(data_type, (is_ascending, nulls_first))| OrderColumn {
            data_type,
            is_ascending,
            nulls_first,
        })
        .collect();
    let fields: Fields = kept
        .iter()
        .enumerate()
        .map(|(at, ty)| Field::new(at.to_string(), ty.clone(), true))
        .collect();
    let name = format!("$first_row({order:?}; {kept:?})");
    let arguments = order.len() + kept.len();
    let state = Best::state_types(kept.clone(), kind(&order));
    let returns = DataType::Struct(fields.clone());
    let make = move || {
        let empties = kept.iter().map(|ty| new_null_array(ty, 1)).collect();
        let best = Best::first(empties, Some(fields.clone()), kind(&order));
        Ok(Box::new(FirstRow { order: order.clone(), best }) as Box<dyn Keeper>)
    };
    udf(name, arguments, (returns, state), make)
}

/// Keeps the first row of each group by a key that is made of the order's columns.
struct FirstRow {
    order: Vec<OrderColumn>,
    best: Best,
}

impl FirstRow {
    /// The kept columns, and the key behind them.
    fn arranged(&self, values: &[ArrayRef]) -> Result<Vec<ArrayRef>> {
        let Some((order, kept)) = values.split_at_checked(self.order.len()) else {
            return Err(internal_datafusion_err!("$first_row got too few columns"));
        };
        let mut arranged = kept.to_vec();
        if !order.is_empty() {
            arranged.push(key(&self.order, order)?);
        }
        Ok(arranged)
    }
}

impl Keeper for FirstRow {
    fn resize(&mut self, groups: usize) {
        self.best.resize(groups);
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let arranged = self.arranged(values)?;
        self.best.update(&arranged, groups)
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        self.best.merge(states, groups)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        self.best.state(emit_to)
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        self.best.evaluate(emit_to)
    }

    fn rows_as_state(&self, values: &[ArrayRef]) -> Option<Vec<ArrayRef>> {
        self.best.rows_as_state(&self.arranged(values).ok()?)
    }

    fn size(&self) -> usize {
        self.best.size()
    }
}
