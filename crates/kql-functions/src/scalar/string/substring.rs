//! `substring`: a part of a string.

use crate::operand::Texts;
use crate::prelude::*;
use crate::text::chars;

pub(super) static FUNCTION: Function = Function {
    name: "substring",
    aliases: &[],
    help: "The part of a string from a code point on (counted from 0), so long or up to the end. A negative start counts \
           from the end. A part that begins outside the string, or whose length is negative, is \"\".",
    examples: &[Example {
        query: "print a = substring('abcdef', 3), b = substring('abcdef', -2), c = substring('abcdef', 1, 2)",
        answer: &["a:string, b:string, c:string", "def, ef, bc"],
    }],
    meaning: Meaning::Kernel(substring),
};

fn substring(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    let starts = arguments.longs(1)?;
    let lengths = if arguments.len() > 2 { Some(arguments.longs(2)?) } else { None };
    arguments.make_strs(|row| {
        let text = source.at(row);
        let length = match &lengths {
            None => None,
            Some(lengths) => match lengths.at(row).map(usize::try_from) {
                Some(Ok(length)) => Some(length),
                _ => return "",
            },
        };
        match starts.at(row).and_then(|start| place(text, start)) {
            Some(start) => chars::slice(text, start, length),
            None => "",
        }
    })
}

/// Where a start lies that may be counted from the end; none where that is before the beginning.
fn place(text: &str, start: i64) -> Option<usize> {
    match usize::try_from(start) {
        Ok(start) => Some(start),
        Err(_) => chars::count(text).checked_sub(usize::try_from(start.unsigned_abs()).ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn cuts() {
        let three =
            |source: &str, start, length| [text(source), Value::Long(start), Value::Long(length)];
        check(
            &FUNCTION,
            &[Type::String, Type::Long, Type::Long],
            Type::String,
            &[
                (&three("hello", 1, 3), text("ell")),
                (&three("hello", -2, 2), text("lo")),
                (&three("hello", 2, 100), text("llo")),
                (&three("hello", 1, -1), text("")),
                (&three("hello", 0, 0), text("")),
                (&three("abc", 5, 3), text("")),
                (&three("x", -2, 5), text("")),
                (&three("a😀éb", 1, 2), text("😀é")),
                (&three("a😀éb", -2, 1), text("é")),
                (&[text("a"), Value::Null(Type::Long), Value::Long(1)], text("")),
            ],
        );
        check(
            &FUNCTION,
            &[Type::String, Type::Int],
            Type::String,
            &[(&[text("xy"), Value::Int(-2)], text("xy")), (&[text(""), Value::Int(3)], text(""))],
        );
    }
}
