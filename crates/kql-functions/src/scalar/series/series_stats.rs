//! `series_stats`: the least, greatest and average of a series

use super::stats::{Stats, each};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_stats",
    aliases: &[],
    help: "Of a series: the least element and its place, the greatest and its place, the average, the \
           standard deviation and the variance of the sample. All are null where an element is no finite number, \
           unless the second argument is true: then those are passed over.",
    examples: &[Example {
        query: "print series_stats(dynamic([10, 20]))",
        answer: &[
            "series_stats__min:real, series_stats__min_idx:long, series_stats__max:real, series_stats__max_idx:long, series_stats__avg:real, series_stats__stdev:real, series_stats__variance:real",
            "10.0, 0, 20.0, 1, 15.0, 7.0710678118654755, 50.0",
        ],
    }],
    meaning: Meaning::Kernel(series_stats),
};

fn series_stats(arguments: &Arguments<'_>) -> Answer {
    each(arguments, |stats, text| match stats {
        Some(stats) => {
            let Stats { min, min_index, max, max_index, average, variance, .. } = stats;
            let deviation = variance.sqrt();
            super::write_results(
                &[
                    &super::real_text(*min),
                    &min_index.to_string(),
                    &super::real_text(*max),
                    &max_index.to_string(),
                    &super::real_text(*average),
                    &super::real_text(deviation),
                    &super::real_text(*variance),
                ],
                text,
            );
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn measures() {
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Dynamic,
            &[
                (&[json("[10,20]")], json("[10.0,0,20.0,1,15.0,7.0710678118654755,50.0]")),
                (&[json("[1,null]")], Value::Null(Type::Dynamic)),
                (&[json("[]")], Value::Null(Type::Dynamic)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Bool],
            Type::Dynamic,
            &[(
                &[json("[null,10,20]"), Value::Bool(true)],
                json("[10.0,1,20.0,2,15.0,7.0710678118654755,50.0]"),
            )],
        );
    }
}
