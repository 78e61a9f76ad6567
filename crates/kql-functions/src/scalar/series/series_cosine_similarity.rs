//! `series_cosine_similarity`: how alike the directions of two vectors are

use super::{number_or, reals};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "series_cosine_similarity",
    aliases: &[],
    help: "The dot product of two series divided by the product of their magnitudes, which can be given. \
           Null where the lengths differ, or an element is no number.",
    examples: &[Example {
        query: "print v = series_cosine_similarity(dynamic([1, 0]), dynamic([5, 0]))",
        answer: &["v:real", "1.0"],
    }],
    meaning: Meaning::Kernel(series_cosine_similarity),
};

fn series_cosine_similarity(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.dynamics(0)?, arguments.dynamics(1)?);
    let magnitude = |values: &[f64]| values.iter().map(|value| value * value).sum::<f64>().sqrt();
    arguments.make_reals(|row| {
        let (a, b) = (reals(a.at(row))?, reals(b.at(row))?);
        if a.len() != b.len() {
            return None;
        }
        let product: f64 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
        let of_a = number_or(arguments, 2, row, magnitude(&a)).ok()??;
        let of_b = number_or(arguments, 3, row, magnitude(&b)).ok()??;
        Some(product / (of_a * of_b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json};

    #[test]
    fn compares() {
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Dynamic],
            Type::Real,
            &[(&[json("[0.1,0.2,0.1,0.2]"), json("[1,2,3,4]")], Value::Real(0.9237604307034011))],
        );
    }
}
