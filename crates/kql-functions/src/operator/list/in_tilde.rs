//! `in~`: one of several strings but for case.

use super::{Set, find};
use crate::prelude::*;
use crate::text::fold;
use arrow::array::{Array, StringArray};
use arrow::buffer::BooleanBuffer;

pub(super) static FUNCTION: Function = Function {
    name: "in~",
    aliases: &[],
    help: "Whether a string equals one of several but for case. A long list costs no more than a short one.",
    examples: &[Example {
        query: "print v = 'Admin' in~ ('root', 'admin')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(in_tilde),
};

fn in_tilde(arguments: &Arguments<'_>) -> Answer {
    find(arguments, |list| Ok(list.iter().map(|text| fold::to_lower(text)).collect()), rows)
}

fn rows(list: &Set<String>, array: &StringArray) -> BooleanBuffer {
    let mut folded = String::new();
    BooleanBuffer::collect_bool(array.len(), |row| {
        folded.clear();
        if array.is_valid(row) {
            fold::push_lower(array.value(row), &mut folded);
        }
        list.contains(&folded)
    })
}
