//! `invoke SeenBy()`: the onboarded devices that saw each device.

use kql_semantics::Type;
use kql_semantics::bound::{CalledFunction, Rowset};

use super::look_up::{given_column, input_column, look_up};
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::{Plan, column_name, column_of};

pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    call: (&Rowset, &CalledFunction),
    input: &Rowset,
) -> Result<Plan, QueryError> {
    let (rowset, function) = call;
    let plan = lowering.rowset(input)?.all_one("`SeenBy`", rowset.span)?;
    let device = input_column(input, "DeviceId", call)?;
    let given = super::given(lowering, rowset, function)?;
    let key = given_column(&given, "DeviceId", call)?;
    let plan = look_up(lowering, plan, device, (&given, key))?;
    let columns = rowset.columns.iter().map(|made| {
        let is_own = input.columns.iter().any(|own| own.id == made.id);
        let value = if is_own { column_of(made.id) } else { given.value("SeenBy", Type::Dynamic) };
        (value, column_name(made.id))
    });
    let columns = columns.collect();
    plan.project(columns)
}
