//! `hll_merge`: sketches of distinct values merged.

use crate::prelude::*;
use crate::sketch::hll::Hll;

pub(super) static FUNCTION: Function = Function {
    name: "hll_merge",
    aliases: &[],
    help: "Sketches of `hll` merged into one, as if it had been made of all their values; null where none of them is one.",
    examples: &[Example {
        query: "range x from 1 to 10 step 1 | summarize h = hll(x), i = hll(x + 5) | project n = dcount_hll(hll_merge(h, i))",
        answer: &["n:long", "15"],
    }],
    meaning: Meaning::Kernel(hll_merge),
};

fn hll_merge(arguments: &Arguments<'_>) -> Answer {
    let columns: Vec<_> =
        (0..arguments.len()).map(|index| arguments.dynamics(index)).collect::<Result<_, _>>()?;
    arguments.make_dynamics(|row, text| {
        let mut sketches = columns.iter().filter_map(|column| Hll::parse(column.at(row)?));
        let Some(mut merged) = sketches.next() else { return false };
        sketches.for_each(|sketch| merged.merge(&sketch));
        text.push_str(&merged.to_text());
        true
    })
}
