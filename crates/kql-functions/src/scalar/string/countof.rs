//! `countof`: how often a string holds another.

use memchr::memmem::Finder;

use crate::operand::Texts;
use crate::prelude::*;
use crate::text::pattern::Patterns;

pub(super) static FUNCTION: Function = Function {
    name: "countof",
    aliases: &[],
    help: "How often a string holds another, places that overlap counted too; with the kind `regex`, how often a regular \
           expression matches, one match behind the other. An empty string is nowhere.",
    examples: &[Example {
        query: "print a = countof('aaaa', 'aa'), b = countof('hello world', 'l+', 'regex')",
        answer: &["a:long, b:long", "3, 2"],
    }],
    meaning: Meaning::Kernel(countof),
};

fn countof(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    let searched = Texts::new(arguments, 1)?;
    let kinds = if arguments.len() > 2 { Some(Texts::new(arguments, 2)?) } else { None };
    let finder = searched.constant().map(Finder::new);
    let mut patterns = None;
    arguments.try_longs(|row| {
        let text = source.at(row);
        let kind = kinds.as_ref().map_or("normal", |kinds| kinds.at(row));
        if kind.eq_ignore_ascii_case("regex") {
            let patterns = match &mut patterns {
                Some(patterns) => patterns,
                None => patterns.insert(Patterns::new(arguments, 1)?),
            };
            return Ok(i64::try_from(patterns.at(row)?.find_iter(text).count()).ok());
        }
        if !kind.eq_ignore_ascii_case("normal") {
            return Err(KernelError::new("the kind of `countof` must be `normal` or `regex`"));
        }
        Ok(Some(match &finder {
            Some(finder) => count(text, finder),
            None => count(text, &Finder::new(searched.at(row))),
        }))
    })
}

fn count(text: &str, finder: &Finder<'_>) -> i64 {
    if finder.needle().is_empty() {
        return 0;
    }
    let (mut count, mut rest) = (0, text.as_bytes());
    while let Some(at) = finder.find(rest) {
        count += 1;
        rest = rest.get(at + 1..).unwrap_or(&[]);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn counts() {
        check(
            &FUNCTION,
            &[Type::String, Type::String],
            Type::Long,
            &[
                (&[text("aaaa"), text("aa")], Value::Long(3)),
                (&[text("ααα"), text("αα")], Value::Long(2)),
                (&[text("abc"), text("")], Value::Long(0)),
                (&[text("AAAA"), text("aa")], Value::Long(0)),
                (&[text(""), text("a")], Value::Long(0)),
            ],
        );
        check(
            &FUNCTION,
            &[Type::String, Type::String, Type::String],
            Type::Long,
            &[(&[text("aaaa"), text("a+"), text("regex")], Value::Long(1))],
        );
        let wrong = error(&FUNCTION, Type::Long, &[text("a"), text("("), text("regex")]);
        assert!(wrong.contains("`(` is no regular expression"), "{wrong}");
    }
}
