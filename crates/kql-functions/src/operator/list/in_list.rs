//! `in`: one of several values.

use super::values::Values;
use super::{find, truths};
use crate::operand::Texts;
use crate::prelude::*;
use arrow::array::{Array, BooleanBufferBuilder, StringArray};
use arrow::buffer::BooleanBuffer;

pub(super) static FUNCTION: Function = Function {
    name: "in",
    aliases: &[],
    help: "Whether a value equals one of several; strings in the same case. A long list costs no more than a short one.",
    examples: &[Example {
        query: "print a = 4625 in (4624, 4625), b = 'x' in ('X', 'y')",
        answer: &["a:bool, b:bool", "True, False"],
    }],
    meaning: Meaning::Kernel(in_list),
};

fn in_list(arguments: &Arguments<'_>) -> Answer {
    if arguments.ty(0) == Type::String {
        return find(
            arguments,
            |list| Ok(list.iter().cloned().collect::<super::Set<String>>()),
            |list, array| rows(array, |text| list.contains(text)),
        );
    }
    if arguments.is_constant(1) {
        let list = arguments.strings(1)?.nullable(0);
        let values = arguments.prepared(&[1], || Ok(Values::new(arguments.ty(0), list)))?;
        return values.rows(arguments);
    }
    let lists = Texts::new(arguments, 1)?;
    let mut found = BooleanBufferBuilder::new(arguments.rows());
    for row in 0..arguments.rows() {
        found.append(Values::new(arguments.ty(0), Some(lists.at(row))).holds(arguments, row)?);
    }
    Ok(truths(found.finish()))
}

fn rows(array: &StringArray, holds: impl Fn(&str) -> bool) -> BooleanBuffer {
    BooleanBuffer::collect_bool(array.len(), |row| {
        holds(if array.is_valid(row) { array.value(row) } else { "" })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, datetime, decimal, json, text, timespan};

    #[test]
    fn compares_by_value() {
        let cases: [(Value, &str, bool); 16] = [
            (Value::Long(1), "[1,2,3]", true),
            (Value::Long(1), "[\"1\"]", true),
            (Value::Long(1), "[1.0]", true),
            (Value::Long(1), "[1.5,null]", false),
            (Value::Null(Type::Long), "[1,null]", false),
            (Value::Int(3), "[3]", true),
            (Value::Real(1.5), "[1,1.5]", true),
            (Value::Real(2.0), "[2]", true),
            (Value::Real(f64::NAN), "[\"\u{1}rNaN\"]", false),
            (decimal("1.5"), "[1.5]", true),
            (Value::Bool(true), "[true]", true),
            (datetime("2020-01-01"), "[\"2020-01-01\"]", true),
            (timespan("1d"), "[\"\u{1}t1.00:00:00\"]", true),
            (json("\"x\""), "[\"x\"]", true),
            (json("1"), "[1.0]", true),
            (text("a"), "[\"A\",\"a\"]", true),
        ];
        for (value, list, expected) in cases {
            let types = [value.ty(), Type::Dynamic];
            let arguments = [value, json(list)];
            check(&FUNCTION, &types, Type::Bool, &[(&arguments, Value::Bool(expected))]);
        }
    }
}
