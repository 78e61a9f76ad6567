//! `pack_array`: several values as an array

use crate::convert::dynamic::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "pack_array",
    aliases: &[],
    help: "An array of the arguments; nulls are kept.",
    examples: &[Example {
        query: "print v = pack_array(1, 'a', int(null))",
        answer: &["v:dynamic", "[1,\"a\",null]"],
    }],
    meaning: Meaning::Kernel(pack_array),
};

fn pack_array(arguments: &Arguments<'_>) -> Answer {
    let values = (0..arguments.len())
        .map(|index| Texts::new(arguments, index))
        .collect::<Result<Vec<_>, _>>()?;
    arguments.make_dynamics(|row, text| {
        text.push('[');
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            value.write(row, text);
        }
        text.push(']');
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text, timespan};

    #[test]
    fn packs() {
        check(
            &FUNCTION,
            &[Type::Long, Type::String, Type::TimeSpan, Type::Real],
            Type::Dynamic,
            &[
                (
                    &[Value::Long(1), text("a\"b"), timespan("1s"), Value::Real(2.0)],
                    json("[1,\"a\\\"b\",\"\u{1}t00:00:01\",2.0]"),
                ),
                (
                    &[
                        Value::Null(Type::Long),
                        text(""),
                        Value::Null(Type::TimeSpan),
                        Value::Real(f64::NAN),
                    ],
                    json("[null,\"\",null,\"\u{1}rNaN\"]"),
                ),
            ],
        );
        check(&FUNCTION, &[], Type::Dynamic, &[(&[], json("[]"))]);
    }
}
