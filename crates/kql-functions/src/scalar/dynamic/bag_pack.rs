//! `bag_pack`: a bag of keys and values

use super::pack::{Packed, pack};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "bag_pack",
    aliases: &["pack", "pack_dictionary"],
    help: "A bag of keys and the values behind them. Nulls are kept; of equal keys the last counts.",
    examples: &[Example {
        query: "print v = bag_pack('a', 1, 'b', dynamic([2]))",
        answer: &["v:dynamic", "{\"a\":1,\"b\":[2]}"],
    }],
    meaning: Meaning::Kernel(bag_pack),
};

fn bag_pack(arguments: &Arguments<'_>) -> Answer {
    pack(arguments, 0, |_| Packed::All)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, json, text};

    #[test]
    fn packs() {
        check(
            &FUNCTION,
            &[Type::String, Type::DateTime, Type::String, Type::Dynamic],
            Type::Dynamic,
            &[
                (
                    &[text("a"), datetime("2020-01-01"), text("b\""), json("[1]")],
                    json("{\"a\":\"\u{1}d2020-01-01T00:00:00.0000000Z\",\"b\\\"\":[1]}"),
                ),
                (
                    &[
                        text("a"),
                        Value::Null(Type::DateTime),
                        text("b"),
                        Value::Null(Type::Dynamic),
                    ],
                    json("{\"a\":null,\"b\":null}"),
                ),
                (
                    &[text("a"), Value::Null(Type::DateTime), text("a"), json("1")],
                    json("{\"a\":1}"),
                ),
            ],
        );
    }
}
