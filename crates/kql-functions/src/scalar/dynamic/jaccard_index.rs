//! `jaccard_index`: how alike two sets are

use super::array;
use super::sets::keys;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "jaccard_index",
    aliases: &[],
    help: "The size of the two arrays' intersection as sets, divided by that of their union; NaN where both \
           are empty, null where one is no array.",
    examples: &[Example {
        query: "print v = jaccard_index(dynamic([1, 2, 3]), dynamic([1, 2, 3, 4]))",
        answer: &["v:real", "0.75"],
    }],
    meaning: Meaning::Kernel(jaccard_index),
};

#[expect(clippy::cast_precision_loss, reason = "sizes of arrays are small")]
fn jaccard_index(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (arguments.dynamics(0)?, arguments.dynamics(1)?);
    arguments.make_reals(|row| {
        let (a, b) = (array(a.at(row))?, array(b.at(row))?);
        let (a, b) = (keys(&a), keys(&b));
        let common = a.intersection(&b).count();
        Some(common as f64 / (a.len() + b.len() - common) as f64)
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
            &[
                (&[json("[1,2,3,4]"), json("[3,4,5,6]")], Value::Real(1.0 / 3.0)),
                (&[json("[]"), json("[]")], Value::Real(f64::NAN)),
                (&[json("1"), json("[]")], Value::Null(Type::Real)),
            ],
        );
    }
}
