//! `rank_tdigest`: how many values are not above one.

use crate::prelude::*;
use crate::sketch::digest::Digest;

use super::values;

pub(super) static FUNCTION: Function = Function {
    name: "rank_tdigest",
    aliases: &[],
    help: "How many of the values in a sketch of `tdigest` are not above a value: exact for up to 1000 values, near for more; null where the dynamic is none.",
    examples: &[Example {
        query: "range x from 1 to 10 step 1 | summarize t = tdigest(x) | project r = rank_tdigest(t, 7)",
        answer: &["r:real", "7.0"],
    }],
    meaning: Meaning::Kernel(rank_tdigest),
};

fn rank_tdigest(arguments: &Arguments<'_>) -> Answer {
    let sketches = arguments.dynamics(0)?;
    let values = values::reals(arguments, 1)?;
    arguments.make_reals(|row| Some(Digest::parse(sketches.at(row)?)?.rank(values.at(row)?)))
}
