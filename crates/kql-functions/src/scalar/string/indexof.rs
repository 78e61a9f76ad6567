//! `indexof`: where a string stands in another.

use memchr::memmem::Finder;

use super::range::{Ranges, position};
use crate::operand::Texts;
use crate::prelude::*;
use crate::text::chars;

pub(super) static FUNCTION: Function = Function {
    name: "indexof",
    aliases: &[],
    help: "The code point (counted from 0) at which a string stands in another, -1 where it does not. The search may begin \
           at a later code point (a negative one counts from the end), be so many code points long (-1: all), and look \
           for the second or a later place. Null where the string looked for is empty, or a number makes no sense.",
    examples: &[Example {
        query: "print a = indexof('abcabc', 'b', 2), b = indexof('abcabc', 'z'), c = indexof('abcabc', 'b', 0, -1, 2)",
        answer: &["a:long, b:long, c:long", "4, -1, 4"],
    }],
    meaning: Meaning::Kernel(indexof),
};

fn indexof(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    let needles = Texts::new(arguments, 1)?;
    let ranges = Ranges::new(arguments)?;
    let constant = needles.constant().map(Finder::new);
    arguments.make_longs(|row| {
        let text = source.at(row);
        let varying;
        let finder = match &constant {
            Some(finder) => finder,
            None => {
                varying = Finder::new(needles.at(row));
                &varying
            }
        };
        if finder.needle().is_empty() {
            return None;
        }
        let search = ranges.at(row, text, true)?;
        let mut from = search.from;
        let mut place = 1;
        while let Some(tail) = from.and_then(|from| text.get(from..)) {
            // The length is counted anew from behind each place.
            let within = chars::slice(tail, 0, search.length);
            let Some(found) = finder.find(within.as_bytes()) else { break };
            let at = text.len() - tail.len() + found;
            if place == search.occurrence {
                return position(text, at);
            }
            place += 1;
            from = text.get(at..)?.chars().next().map(|c| at + c.len_utf8());
        }
        Some(-1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn finds() {
        check(
            &FUNCTION,
            &[Type::String, Type::String],
            Type::Long,
            &[
                (&[text("hello world"), text("world")], Value::Long(6)),
                (&[text("cafe\u{301} é"), text("é")], Value::Long(6)),
                (&[text("abc"), text("")], Value::Null(Type::Long)),
                (&[text(""), text("a")], Value::Long(-1)),
            ],
        );
        let all = |source: &str, needle: &str, start, length, occurrence| {
            let [start, length, occurrence] = [start, length, occurrence].map(Value::Long);
            [text(source), text(needle), start, length, occurrence]
        };
        check(
            &FUNCTION,
            &[Type::String, Type::String, Type::Long, Type::Long, Type::Long],
            Type::Long,
            &[
                (&all("abcdefg", "cde", 1, 4, 1), Value::Long(2)),
                (&all("abcdefg", "cde", 1, 2, 1), Value::Long(-1)),
                (&all("abcdefg", "cde", 3, 4, 1), Value::Long(-1)),
                (&all("abcdefg", "cde", -5, -1, 1), Value::Long(2)),
                (&all("abcdefgabcdefg", "cde", 1, 10, 2), Value::Long(9)),
                (&all("abcdefgabcdefg", "cde", 1, -1, 3), Value::Long(-1)),
                (&all("abc", "c", 0, -2, 1), Value::Null(Type::Long)),
                (&all("abc", "c", 9, -1, 1), Value::Long(-1)),
                (&all("éaéa", "a", 2, -1, 1), Value::Long(3)),
            ],
        );
    }
}
