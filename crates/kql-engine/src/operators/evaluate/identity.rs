//! `identity()`: the rows as they are. `preview(n)`: so many of them.

use kql_functions::Example;

use super::{Call, Plugin};
use crate::QueryError;
use crate::lower::Lowering;
use crate::plan::Plan;

pub(super) static IDENTITY: Plugin = Plugin {
    name: "identity",
    help: "The rows as they are.",
    examples: &[Example { query: "print x = 1 | evaluate identity()", answer: &["x:long", "1"] }],
    lower,
};

pub(super) static IDENTITY_V3: Plugin = Plugin {
    name: "identity_v3",
    help: "The rows as they are.",
    examples: &[Example {
        query: "print x = 1 | evaluate identity_v3('', '')",
        answer: &["x:long", "1"],
    }],
    lower,
};

pub(super) static PREVIEW: Plugin = Plugin {
    name: "preview",
    help: "So many of the rows, the first where they are in an order.",
    examples: &[Example {
        query: "range x from 1 to 5 step 1 | evaluate preview(2)",
        answer: &["x:long", "1", "2"],
    }],
    lower: preview,
};

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    call.input(lowering)
}

fn preview(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let plan = call.input(lowering)?;
    let count = usize::try_from(call.long(lowering, 0)?).unwrap_or(0);
    Ok(plan.sorted(Some(count)))
}
