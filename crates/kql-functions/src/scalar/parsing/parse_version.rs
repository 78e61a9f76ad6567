//! `parse_version`: a version as a number that sorts like it.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "parse_version",
    aliases: &[],
    help: "A version of one to four numbers with points between them as a decimal: versions compare as these do. A missing number is 0; null where there are more than four, or one is none or has more than 8 digits.",
    examples: &[Example {
        query: "print v = parse_version('0.1.2.0')",
        answer: &["v:decimal", "10000000200000000"],
    }],
    meaning: Meaning::Kernel(parse_version),
};

fn parse_version(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_decimals(|row| parse(source.at(row)))
}

/// What a number of a version is worth more than the next one.
const PLACE: i128 = 100_000_000;

fn parse(text: &str) -> Option<Decimal> {
    let mut parts = text.split('.');
    let mut version = 0;
    for _ in 0..4 {
        version = version * PLACE + parts.next().map_or(Some(0), part)?;
    }
    if parts.next().is_some() {
        return None;
    }
    Decimal::new(version, 0).ok()
}

fn part(text: &str) -> Option<i128> {
    let is_number = (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, decimal, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("0.0.0.5")], decimal("5")),
            (&[text("1.2.3.4")], decimal("1000000020000000300000004")),
            (&[text("1")], decimal("1000000000000000000000000")),
            (&[text("1.2.3.4.5")], Value::Null(Type::Decimal)),
            (&[text("1.a")], Value::Null(Type::Decimal)),
            (&[text("")], Value::Null(Type::Decimal)),
        ];
        check(&FUNCTION, &[Type::String], Type::Decimal, cases);
    }
}
