//! `sort`, `order`

use kql_semantics::bound::{Rowset, Scalar, ScalarKind, SortKey};

use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Order, OrderKey, Plan, Strength, column_name};

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    input: &Rowset,
    keys: &[SortKey],
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(input)?;
    let scalars: Vec<&Scalar> = keys.iter().map(|key| &key.value).collect();
    let plan = lowering.prepared(plan, &scalars)?;
    let mut order = Order { keys: Vec::with_capacity(keys.len()), strength: Strength::Written };
    let mut computed = Vec::new();
    for key in keys {
        let column = match &key.value.kind {
            ScalarKind::Column(id) => column_name(*id),
            ScalarKind::Literal(_) => continue,
            _ => {
                let name = lowering.fresh("o");
                computed.push((lowering.scalar(&key.value)?, name.clone()));
                name
            }
        };
        let (is_ascending, nulls_first) = (key.is_ascending, key.nulls_first);
        order.keys.push(OrderKey { column, is_ascending, nulls_first });
    }
    let mut plan = plan.extend(computed)?;
    // Rows that tie stay in the order that they were in.
    for key in std::mem::take(&mut plan.order.keys) {
        if !order.keys.iter().any(|known| known.column == key.column) {
            order.keys.push(key);
        }
    }
    plan.order = order;
    Ok(plan)
}
