//! `series_fill_backward`: a series with its gaps filled from behind

use super::fill::{carried, fill};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_fill_backward",
    aliases: &[],
    help: "The series with the next element behind it in place of each null; where there is a second \
           argument, in place of elements equal to it. Gaps at the end stay.",
    examples: &[Example {
        query: "print v = series_fill_backward(dynamic([null, 1, null]))",
        answer: &["v:dynamic", "[1,1,null]"],
    }],
    meaning: Meaning::Kernel(series_fill_backward),
};

fn series_fill_backward(arguments: &Arguments<'_>) -> Answer {
    fill(arguments, 1, |elements, gaps, _| {
        let mut filled = carried(elements.iter().rev().copied(), gaps);
        filled.reverse();
        filled
    })
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
            &[(&[json("[111,null,36,null,null,16,null]")], json("[111,36,36,16,16,16,null]"))],
        );
    }
}
