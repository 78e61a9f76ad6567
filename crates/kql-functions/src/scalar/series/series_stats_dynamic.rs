//! `series_stats_dynamic`: the least, greatest and average of a series as a bag

use super::stats::each;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_stats_dynamic",
    aliases: &[],
    help: "What `series_stats` gives, and the sum and the length, as a bag: `min`, `min_idx`, `max`, \
           `max_idx`, `avg`, `stdev`, `variance`, `sum`, `len`.",
    examples: &[Example {
        query: "print v = series_stats_dynamic(dynamic([10, 20])).avg",
        answer: &["v:dynamic", "15.0"],
    }],
    meaning: Meaning::Kernel(series_stats_dynamic),
};

fn series_stats_dynamic(arguments: &Arguments<'_>) -> Answer {
    each(arguments, |stats, text| {
        let Some(stats) = stats else { return false };
        let entries = [
            ("min", super::real_text(stats.min)),
            ("min_idx", stats.min_index.to_string()),
            ("max", super::real_text(stats.max)),
            ("max_idx", stats.max_index.to_string()),
            ("avg", super::real_text(stats.average)),
            ("stdev", super::real_text(stats.variance.sqrt())),
            ("variance", super::real_text(stats.variance)),
            ("sum", super::real_text(stats.sum)),
            ("len", stats.length.to_string()),
        ];
        super::write_bag(&entries, text);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn measures() {
        let stats = r#"{"min":10.0,"min_idx":0,"max":20.0,"max_idx":1,"avg":15.0,"stdev":7.0710678118654755,"variance":50.0,"sum":30.0,"len":2}"#;
        check(&FUNCTION, &[Type::Dynamic], Type::Dynamic, &[(&[json("[10,20]")], json(stats))]);
    }
}
