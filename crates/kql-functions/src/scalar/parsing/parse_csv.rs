//! `parse_csv`: the fields of a line of CSV.

use std::iter::Peekable;
use std::str::Chars;

use crate::operand::Texts;
use crate::prelude::*;

use kql_semantics::dynamic::write_string;

pub(super) static FUNCTION: Function = Function {
    name: "parse_csv",
    aliases: &[],
    help: "The fields of a text of comma-separated values, as an array of strings. Fields may stand in quotes (two of them are one within); only the first record counts.",
    examples: &[Example {
        query: r#"print v = parse_csv('aa,"b,b",cc')"#,
        answer: &["v:dynamic", r#"["aa","b,b","cc"]"#],
    }],
    meaning: Meaning::Kernel(parse_csv),
};

fn parse_csv(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    let mut field = String::new();
    arguments.make_dynamics(|row, text| {
        let mut chars = source.at(row).chars().peekable();
        text.push('[');
        loop {
            field.clear();
            let goes_on = read_field(&mut chars, &mut field);
            write_string(&field, text);
            if !goes_on {
                break;
            }
            text.push(',');
        }
        text.push(']');
        true
    })
}

/// Reads a field; gives whether another follows in the record.
fn read_field(chars: &mut Peekable<Chars<'_>>, field: &mut String) -> bool {
    let mut is_quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                field.push('"');
                chars.next();
            }
            '"' if is_quoted || field.is_empty() => is_quoted = !is_quoted,
            ',' if !is_quoted => return true,
            '\n' if !is_quoted => break,
            '\r' if !is_quoted && chars.peek() == Some(&'\n') => break,
            _ => field.push(c),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("record1,a,b,c\nrecord2,x,y,z")], json(r#"["record1","a","b","c"]"#)),
            (&[text(r#"a,"b ""q"" ","#)], json(r#"["a","b \"q\" ",""]"#)),
            (&[text("")], json(r#"[""]"#)),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
