//! `sample`: some rows, each as likely as the others

use std::sync::Arc;

use arrow::array::Float64Array;
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{
    ColumnarValue, LogicalPlan, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Sort,
    Volatility,
};
use kql_semantics::bound::{Rowset, Scalar};

use super::first_rows::FirstRows;
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Apart, Order, OrderKey, Plan, Strength, column};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    count: &Scalar,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    let count = lowering.count(count)?;
    let random = ScalarUDF::from(Random::default()).call(Vec::new());
    if let Some(Apart { key, ghost, .. }) = plan.apart.clone() {
        let name = lowering.fresh("o");
        let mut plan = plan.extend(vec![(random, name.clone())])?;
        let keys = vec![OrderKey::ascending(name)];
        plan.order = Order { keys, strength: Strength::Natural };
        let first = FirstRows { keys: vec![key], count, ghost };
        return plan.runs_together().in_order(Arc::new(first));
    }
    let fetch = Some(count);
    // A column of its own: where no other is wanted, a sort would have none to sort.
    let name = lowering.fresh("x");
    let plan = plan.extend(vec![(random, name.clone())])?;
    let expr = vec![column(&name).sort(true, true)];
    let plan = plan.with(|input| LogicalPlan::Sort(Sort { expr, input, fetch }));
    Ok(Plan::unordered(plan.plan).limited(fetch))
}

/// A number for each row that has nothing to do with it.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Random {
    signature: Signature,
}

impl Default for Random {
    fn default() -> Self {
        Self { signature: Signature::nullary(Volatility::Volatile) }
    }
}

impl ScalarUDFImpl for Random {
    fn name(&self) -> &str {
        "$random"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Float64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let numbers = (0..args.number_rows).map(|_| fastrand::f64());
        Ok(ColumnarValue::Array(Arc::new(Float64Array::from_iter_values(numbers))))
    }
}
