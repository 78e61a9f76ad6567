//! `dcount_hll`: how many distinct values a sketch has.

use crate::prelude::*;
use crate::sketch::hll::Hll;

pub(super) static FUNCTION: Function = Function {
    name: "dcount_hll",
    aliases: &[],
    help: "The number of distinct values in a sketch of `hll`, as `dcount` would give it; null where the dynamic is none.",
    examples: &[Example {
        query: "range x from 1 to 10 step 1 | summarize h = hll(x) | project n = dcount_hll(h)",
        answer: &["n:long", "10"],
    }],
    meaning: Meaning::Kernel(dcount_hll),
};

fn dcount_hll(arguments: &Arguments<'_>) -> Answer {
    let sketches = arguments.dynamics(0)?;
    arguments.make_longs(|row| Some(Hll::parse(sketches.at(row)?)?.count()))
}
