//! `percentile_tdigest`: the value below which a share of the values lies.

use crate::prelude::*;
use crate::sketch::digest::Digest;

use super::values;

pub(super) static FUNCTION: Function = Function {
    name: "percentile_tdigest",
    aliases: &[],
    help: "The value at a percentile (0 to 100) of a sketch of `tdigest`, of the type that the sketch was made of, or of the type that is asked for; null where the dynamic is no sketch, or one of no values.",
    examples: &[Example {
        query: "range x from 1 to 10 step 1 | summarize t = tdigest(x) | project p = percentile_tdigest(t, 50, typeof(long))",
        answer: &["p:long", "5"],
    }],
    meaning: Meaning::Kernel(percentile_tdigest),
};

fn percentile_tdigest(arguments: &Arguments<'_>) -> Answer {
    let sketches = arguments.dynamics(0)?;
    let percentiles = arguments.reals(1)?;
    let of = |row: usize| {
        let digest = Digest::parse(sketches.at(row)?)?;
        values::of_type(digest.ty(), digest.percentile(percentiles.at(row)?)?)
    };
    let found = arguments.make_dynamics(|row, text| match of(row) {
        Some(value) => {
            text.push_str(&value.to_text());
            true
        }
        None => false,
    })?;
    values::converted(found, arguments.result())
}
