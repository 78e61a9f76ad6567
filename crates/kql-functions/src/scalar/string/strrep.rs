//! `strrep`: a string several times.

use crate::answers::grow;
use crate::operand::Texts;
use crate::prelude::*;

/// How often a string may be repeated.
const MOST: i64 = 1024;

pub(super) static FUNCTION: Function = Function {
    name: "strrep",
    aliases: &[],
    help: "A value as `tostring` writes it, so many times (1,024 at most), with the third argument between them.",
    examples: &[Example {
        query: "print a = strrep('AB', 2), b = strrep(123, 3, '.')",
        answer: &["a:string, b:string", "ABAB, 123.123.123"],
    }],
    meaning: Meaning::Kernel(strrep),
};

fn strrep(arguments: &Arguments<'_>) -> Answer {
    let values = Texts::new(arguments, 0)?;
    let times = arguments.longs(1)?;
    let delimiter = if arguments.len() > 2 { Some(Texts::new(arguments, 2)?) } else { None };
    arguments.try_strings(|row, text| {
        for time in 0..times.at(row).unwrap_or(0).min(MOST) {
            if let (Some(delimiter), true) = (&delimiter, time > 0) {
                grow(text, delimiter.at(row))?;
            }
            grow(text, values.at(row))?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text, timespan};

    #[test]
    fn repeats() {
        check(
            &FUNCTION,
            &[Type::TimeSpan, Type::Long, Type::String],
            Type::String,
            &[(&[timespan("3s"), Value::Long(2), text(" ")], text("00:00:03 00:00:03"))],
        );
        check(
            &FUNCTION,
            &[Type::String, Type::Long],
            Type::String,
            &[
                (&[text("ABC"), Value::Long(2)], text("ABCABC")),
                (&[text("ABC"), Value::Long(-1)], text("")),
                (&[text("ABC"), Value::Null(Type::Long)], text("")),
                (&[text("a"), Value::Long(5000)], text(&"a".repeat(1024))),
            ],
        );
        let long = text(&"a".repeat(100_000));
        assert!(error(&FUNCTION, Type::String, &[long, Value::Long(1000)]).contains("64 MB"));
    }
}
