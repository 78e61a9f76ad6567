//! `split`: a string cut at a delimiter.

use memchr::memmem::Finder;

use crate::operand::Texts;
use crate::prelude::*;
use kql_semantics::dynamic::write_string;

pub(super) static FUNCTION: Function = Function {
    name: "split",
    aliases: &[],
    help: "The parts of a string between the places of a delimiter, as an array; the whole string where the delimiter is \
           not in it or empty. With an index, an array of that part only, or null where there is none.",
    examples: &[Example {
        query: "print a = split('aa_bb__c', '_'), b = split('aa_bb', '_', 1), c = split('', '_')",
        answer: &["a:dynamic, b:dynamic, c:dynamic", r#"["aa","bb","","c"], ["bb"], [""]"#],
    }],
    meaning: Meaning::Kernel(split),
};

fn split(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    let delimiters = Texts::new(arguments, 1)?;
    let constant = match delimiters.constant() {
        Some(delimiter) => {
            Some(arguments.prepared(&[1], || Ok(Finder::new(delimiter).into_owned()))?)
        }
        None => None,
    };
    let indexes = if arguments.len() > 2 { Some(arguments.longs(2)?) } else { None };
    arguments.make_dynamics(|row, text| {
        let varying = || Finder::new(delimiters.at(row));
        let parts = match &constant {
            Some(finder) => Parts::new(source.at(row), Finder::as_ref(finder)),
            None => Parts::new(source.at(row), varying()),
        };
        match &indexes {
            None => write_all(parts, text),
            Some(indexes) => {
                let index = indexes.at(row).and_then(|index| usize::try_from(index).ok());
                write_all(index.and_then(|index| { parts }.nth(index)).into_iter(), text)
            }
        }
    })
}

/// Writes parts as an array; gives false where there are none.
fn write_all<'a>(parts: impl Iterator<Item = &'a str>, text: &mut String) -> bool {
    text.push('[');
    for part in parts {
        if text.len() > 1 {
            text.push(',');
        }
        write_string(part, text);
    }
    text.push(']');
    text.len() > 2
}

/// The parts of a text between the places of a delimiter.
struct Parts<'a, 'f> {
    rest: Option<&'a str>,
    delimiter: Finder<'f>,
}

impl<'a, 'f> Parts<'a, 'f> {
    fn new(text: &'a str, delimiter: Finder<'f>) -> Self {
        Self { rest: Some(text), delimiter }
    }
}

impl<'a> Iterator for Parts<'a, '_> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.take()?;
        let length = self.delimiter.needle().len();
        let found = if length == 0 { None } else { self.delimiter.find(rest.as_bytes()) };
        match found {
            None => Some(rest),
            Some(at) => {
                self.rest = rest.get(at + length..);
                rest.get(..at)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn cuts() {
        check(
            &FUNCTION,
            &[Type::String, Type::String],
            Type::Dynamic,
            &[
                (&[text("a,,b"), text(",")], json(r#"["a","","b"]"#)),
                (&[text(""), text(",")], json(r#"[""]"#)),
                (&[text(".."), text(".")], json(r#"["","",""]"#)),
                (&[text("line1\r\nline2"), text("\r\n")], json(r#"["line1","line2"]"#)),
                (&[text("a\"b"), text("")], json(r#"["a\"b"]"#)),
                (&[text("aaa"), text("aa")], json(r#"["","a"]"#)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::String, Type::String, Type::Long],
            Type::Dynamic,
            &[
                (&[text("a=b=c"), text("="), Value::Long(1)], json(r#"["b"]"#)),
                (&[text("noequals"), text("="), Value::Long(1)], Value::Null(Type::Dynamic)),
                (&[text("trailing="), text("="), Value::Long(1)], json(r#"[""]"#)),
                (&[text("a"), text("="), Value::Long(-1)], Value::Null(Type::Dynamic)),
            ],
        );
    }
}
