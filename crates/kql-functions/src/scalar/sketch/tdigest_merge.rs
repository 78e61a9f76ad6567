//! `tdigest_merge`: sketches of how values are spread, merged.

use crate::prelude::*;
use crate::sketch::digest::Digest;

pub(super) static FUNCTION: Function = Function {
    name: "tdigest_merge",
    aliases: &["merge_tdigest"],
    help: "Sketches of `tdigest` merged into one; null where none of them is one.",
    examples: &[Example {
        query: "range x from 1 to 10 step 1 | summarize t = tdigest(x) | project p = percentile_tdigest(tdigest_merge(t, t), 50)",
        answer: &["p:dynamic", "5"],
    }],
    meaning: Meaning::Kernel(tdigest_merge),
};

fn tdigest_merge(arguments: &Arguments<'_>) -> Answer {
    let columns: Vec<_> =
        (0..arguments.len()).map(|index| arguments.dynamics(index)).collect::<Result<_, _>>()?;
    arguments.make_dynamics(|row, text| {
        let all: Vec<Digest> =
            columns.iter().filter_map(|column| Digest::parse(column.at(row)?)).collect();
        let merged = Digest::merged(&all);
        text.push_str(&merged.as_ref().map_or_else(String::new, Digest::to_text));
        merged.is_some()
    })
}
