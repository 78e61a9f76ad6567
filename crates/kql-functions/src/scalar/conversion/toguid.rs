//! `toguid`: to a guid.

use crate::convert;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "toguid",
    aliases: &[],
    help: "The value as a `guid`: 32 hexadecimal digits, with or without hyphens and braces; null where it is none.",
    examples: &[Example {
        query: "print g = toguid('{70FC66F7-8279-44FC-9092-D364D70FCE44}')",
        answer: &["g:guid", "70fc66f7-8279-44fc-9092-d364d70fce44"],
    }],
    meaning: Meaning::Kernel(toguid),
};

fn toguid(arguments: &Arguments<'_>) -> Answer {
    convert::column(arguments, Type::Guid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn converts() {
        check(
            &FUNCTION,
            &[Type::String],
            Type::Guid,
            &[
                (&[text("00000000000000000000000000000001")], Value::Guid(1)),
                (&[text("xyz")], Value::Null(Type::Guid)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::Dynamic],
            Type::Guid,
            &[
                (&[json("\"00000000-0000-0000-0000-000000000001\"")], Value::Guid(1)),
                (&[json("1")], Value::Null(Type::Guid)),
            ],
        );
    }
}
