//! `bag_pack_columns`: some columns as a bag

use super::pack::{Packed, pack};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "bag_pack_columns",
    aliases: &[],
    help: "A bag of the given columns, by their names. Nulls are kept.",
    examples: &[Example {
        query: "print a = 1, b = 'x' | extend v = bag_pack_columns(a, b)",
        answer: &["a:long, b:string, v:dynamic", "1, x, {\"a\":1,\"b\":\"x\"}"],
    }],
    meaning: Meaning::Kernel(bag_pack_columns),
};

/// The columns come each behind its name.
fn bag_pack_columns(arguments: &Arguments<'_>) -> Answer {
    pack(arguments, 0, |_| Packed::All)
}
