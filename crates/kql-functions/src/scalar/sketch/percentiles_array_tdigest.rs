//! `percentiles_array_tdigest`: the values at several percentiles, as an array.

use crate::prelude::*;
use crate::sketch::digest::Digest;

use super::values;

pub(super) static FUNCTION: Function = Function {
    name: "percentiles_array_tdigest",
    aliases: &[],
    help: "The values at several percentiles (0 to 100) of a sketch of `tdigest` as a dynamic array; null where the dynamic is no sketch. The percentiles are arguments, or one dynamic array.",
    examples: &[Example {
        query: "range x from 1 to 10 step 1 | summarize t = tdigest(x) | project p = percentiles_array_tdigest(t, 50, 100)",
        answer: &["p:dynamic", "[5,10]"],
    }],
    meaning: Meaning::Kernel(percentiles_array_tdigest),
};

fn percentiles_array_tdigest(arguments: &Arguments<'_>) -> Answer {
    let sketches = arguments.dynamics(0)?;
    let lists = match arguments.ty(1) {
        Type::Dynamic | Type::Unknown => Some(arguments.dynamics(1)?),
        _ => None,
    };
    let columns: Vec<_> = match lists {
        Some(_) => Vec::new(),
        None => (1..arguments.len()).map(|at| arguments.reals(at)).collect::<Result<_, _>>()?,
    };
    let percentiles = |row: usize| match &lists {
        Some(lists) => values::numbers(lists.at(row)?),
        None => columns.iter().map(|column| column.at(row)).collect(),
    };
    let of = |row: usize| {
        let digest = Digest::parse(sketches.at(row)?)?;
        let at = |percentile| values::of_type(digest.ty(), digest.percentile(percentile)?);
        let found = percentiles(row)?.into_iter().map(at).collect::<Option<Vec<Dynamic>>>()?;
        Some(Dynamic::Array(found))
    };
    arguments.make_dynamics(|row, text| match of(row) {
        Some(found) => {
            text.push_str(&found.to_text());
            true
        }
        None => false,
    })
}
