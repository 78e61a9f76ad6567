//! `unicode_codepoints_to_string`: a string of the numbers of its characters.

use crate::convert::dynamic;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "unicode_codepoints_to_string",
    aliases: &["make_string"],
    help: "The string of Unicode code points, which are numbers or arrays of numbers. A number that is no code point makes \
           it \"\".",
    examples: &[Example {
        query: "print v = unicode_codepoints_to_string(75, dynamic([117, 115]), 116, 111)",
        answer: &["v:string", "Kusto"],
    }],
    meaning: Meaning::Kernel(unicode_codepoints_to_string),
};

fn unicode_codepoints_to_string(arguments: &Arguments<'_>) -> Answer {
    arguments.try_strings(|row, text| {
        for index in 0..arguments.len() {
            let is_whole = match arguments.ty(index) {
                Type::Dynamic | Type::Unknown => {
                    let value = arguments.dynamics(index)?.at(row).map(Dynamic::parse);
                    push_all(value.and_then(Result::ok), text)
                }
                _ => push(arguments.longs(index)?.at(row), text),
            };
            if is_whole.is_none() {
                text.clear();
                break;
            }
        }
        Ok(())
    })
}

fn push_all(value: Option<Dynamic>, text: &mut String) -> Option<()> {
    match value? {
        Dynamic::Array(values) => {
            values.iter().try_for_each(|value| push(dynamic::long(value), text))
        }
        value => push(dynamic::long(&value), text),
    }
}

fn push(number: Option<i64>, text: &mut String) -> Option<()> {
    text.push(char::from_u32(u32::try_from(number?).ok()?)?);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn makes_strings() {
        check(
            &FUNCTION,
            &[Type::Dynamic, Type::Long],
            Type::String,
            &[
                (&[json("[75,128512]"), Value::Long(233)], text("K😀é")),
                (&[json("[75]"), Value::Long(0xd800)], text("")),
                (&[json("[-1]"), Value::Long(65)], text("")),
                (&[json("[]"), Value::Long(65)], text("A")),
            ],
        );
    }
}
