//! `series_fill_forward`: a series with its gaps filled from before

use super::fill::{carried, fill};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_fill_forward",
    aliases: &[],
    help: "The series with the last element before it in place of each null; where there is a second \
           argument, in place of elements equal to it. Gaps at the begin stay.",
    examples: &[Example {
        query: "print v = series_fill_forward(dynamic([null, 1, null]))",
        answer: &["v:dynamic", "[null,1,1]"],
    }],
    meaning: Meaning::Kernel(series_fill_forward),
};

fn series_fill_forward(arguments: &Arguments<'_>) -> Answer {
    fill(arguments, 1, |elements, gaps, _| carried(elements.iter().copied(), gaps))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn fills() {
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Dynamic,
            &[
                (&[json("[null,null,36,41,null,null,16]")], json("[null,null,36,41,41,41,16]")),
                (&[json("{}")], Value::Null(Type::Dynamic)),
            ],
        );
    }
}
