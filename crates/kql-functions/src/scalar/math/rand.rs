//! `rand`: a random number

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "rand",
    aliases: &[],
    help: "A random real from 0 up to and without 1, another one at each call and in each row; or, where a \
           number is given, a random whole number from 0 up to and without it.",
    examples: &[Example {
        query: "print v = rand() < 1, w = rand(1)",
        answer: &["v:bool, w:real", "True, 0.0"],
    }],
    meaning: Meaning::VolatileKernel(rand),
};

#[expect(clippy::cast_precision_loss, reason = "the answer is a real by definition")]
fn rand(arguments: &Arguments<'_>) -> Answer {
    if arguments.is_empty() {
        return arguments.make_reals(|_| Some(fastrand::f64()));
    }
    let ends = arguments.longs(0)?;
    arguments.make_reals(|row| match ends.at(row)? {
        end @ 1.. => Some(fastrand::i64(0..end) as f64),
        _ => Some(fastrand::f64()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::call_volatile;

    #[test]
    fn stays_in_range() {
        for value in call_volatile(&FUNCTION, Type::Real, &[], 100) {
            assert!(matches!(value, Value::Real(value) if (0.0..1.0).contains(&value)));
        }
        for value in call_volatile(&FUNCTION, Type::Real, &[Value::Long(3)], 100) {
            assert!(matches!(value, Value::Real(value) if [0.0, 1.0, 2.0].contains(&value)));
        }
    }
}
