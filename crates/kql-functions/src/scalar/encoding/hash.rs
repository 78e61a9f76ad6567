//! `hash`: a number that stands for a value.

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "hash",
    aliases: &[],
    help: "A hash of a value: the same as `hash_xxhash64`.",
    examples: &[Example {
        query: "print a = hash('World'), b = hash('World', 100)",
        answer: &["a:long, b:long", "1846988464401551951, 51"],
    }],
    meaning: Meaning::Kernel(hash),
};

fn hash(arguments: &Arguments<'_>) -> Answer {
    super::xxhash(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[(&[text("World")], Value::Long(1846988464401551951))];
        check(&FUNCTION, &[Type::String], Type::Long, cases);
        assert!(error(&FUNCTION, Type::Long, &[Value::Bool(true)]).contains("not known"));
    }
}
