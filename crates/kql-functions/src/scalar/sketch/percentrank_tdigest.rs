//! `percentrank_tdigest`: what share of the values is not above one.

use crate::prelude::*;
use crate::sketch::digest::Digest;

use super::values;

pub(super) static FUNCTION: Function = Function {
    name: "percentrank_tdigest",
    aliases: &[],
    help: "What share of the values in a sketch of `tdigest`, in percent, is not above a value; null where the dynamic is none.",
    examples: &[Example {
        query: "range x from 1 to 10 step 1 | summarize t = tdigest(x) | project r = percentrank_tdigest(t, 7)",
        answer: &["r:real", "70.0"],
    }],
    meaning: Meaning::Kernel(percentrank_tdigest),
};

fn percentrank_tdigest(arguments: &Arguments<'_>) -> Answer {
    let sketches = arguments.dynamics(0)?;
    let values = values::reals(arguments, 1)?;
    arguments.make_reals(|row| {
        let digest = Digest::parse(sketches.at(row)?)?;
        Some(digest.rank(values.at(row)?) * 100.0 / digest.weight())
    })
}
