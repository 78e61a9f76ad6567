//! `hash_xxhash64`: the xxHash of a value.

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "hash_xxhash64",
    aliases: &[],
    help: "The 64-bit xxHash of a value: of the bytes of a string in UTF-8, of the 8 bytes of a `long`, `real`, `datetime` or `timespan`; null for null. With a second argument, what is left of it, as a number without a sign, when divided by that. What the real engine hashes of other types is not known, and they are refused.",
    examples: &[Example {
        query: "print a = hash_xxhash64('World'), b = hash_xxhash64('World', 100)",
        answer: &["a:long, b:long", "1846988464401551951, 51"],
    }],
    meaning: Meaning::Kernel(hash_xxhash64),
};

fn hash_xxhash64(arguments: &Arguments<'_>) -> Answer {
    super::xxhash(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("World")], Value::Long(1846988464401551951)),
            (&[text("Hello")], Value::Long(753694413698530628)),
        ];
        check(&FUNCTION, &[Type::String], Type::Long, cases);
        let cases: &[(&[Value], Value)] = &[
            (&[text("World"), Value::Long(100)], Value::Long(51)),
            (&[text("World"), Value::Long(0)], Value::Null(Type::Long)),
        ];
        check(&FUNCTION, &[Type::String, Type::Long], Type::Long, cases);
        let cases: &[(&[Value], Value)] =
            &[(&[datetime("2015-01-01")], Value::Long(1380966698541616202))];
        check(&FUNCTION, &[Type::DateTime], Type::Long, cases);
    }
}
