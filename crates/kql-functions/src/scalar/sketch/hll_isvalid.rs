//! `hll_isvalid`: whether a dynamic is a sketch of distinct values.

use crate::prelude::*;
use crate::sketch::hll::Hll;

pub(super) static FUNCTION: Function = Function {
    name: "hll_isvalid",
    aliases: &[],
    help: "Whether a dynamic is a sketch that `hll` made.",
    examples: &[Example {
        query: "range x from 1 to 10 step 1 | summarize h = hll(x) | project ok = hll_isvalid(h, 0)",
        answer: &["ok:bool", "True"],
    }],
    meaning: Meaning::Kernel(hll_isvalid),
};

fn hll_isvalid(arguments: &Arguments<'_>) -> Answer {
    let sketches = arguments.dynamics(0)?;
    arguments.make_bools(|row| Some(sketches.at(row).and_then(Hll::parse).is_some()))
}
