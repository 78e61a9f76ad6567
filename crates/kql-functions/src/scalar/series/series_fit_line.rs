//! `series_fit_line`: the line that fits a series best

use super::line::{Line, each};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_fit_line",
    aliases: &[],
    help: "The line with the least squares of distances to a series over 0, 1, 2, ...: how much it explains \
           (1 where all), its slope, the variance of the series and of what is left, where it begins, and its points. \
           Null where an element is no number.",
    examples: &[Example {
        query: "print (r, slope) = series_fit_line(dynamic([1.0, 3, 5]))",
        answer: &["r:real, slope:real", "1.0, 2.0"],
    }],
    meaning: Meaning::Kernel(series_fit_line),
};

fn series_fit_line(arguments: &Arguments<'_>) -> Answer {
    each(arguments, |values, text| {
        let Some(line) = Line::fit(values) else { return false };
        let texts = line.texts();
        let texts: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
        super::write_results(&texts, text);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn fits() {
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Dynamic,
            &[
                (&[json("[1,3,5]")], json("[1.0,2.0,4.0,0.0,1.0,[1.0,3.0,5.0]]")),
                (&[json("[1,\"a\"]")], Value::Null(Type::Dynamic)),
            ],
        );
    }
}
