//! `tdigest_isvalid`: whether a dynamic is a sketch of how values are spread.

use crate::prelude::*;
use crate::sketch::digest::Digest;

pub(super) static FUNCTION: Function = Function {
    name: "tdigest_isvalid",
    aliases: &[],
    help: "Whether a dynamic is a sketch that `tdigest` made.",
    examples: &[Example {
        query: "range x from 1 to 10 step 1 | summarize t = tdigest(x) | project ok = tdigest_isvalid(t, 0)",
        answer: &["ok:bool", "True"],
    }],
    meaning: Meaning::Kernel(tdigest_isvalid),
};

fn tdigest_isvalid(arguments: &Arguments<'_>) -> Answer {
    let sketches = arguments.dynamics(0)?;
    arguments.make_bools(|row| Some(sketches.at(row).and_then(Digest::parse).is_some()))
}
