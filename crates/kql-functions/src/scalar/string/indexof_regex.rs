//! `indexof_regex`: where a regular expression matches.

use super::range::{Ranges, position};
use crate::operand::Texts;
use crate::prelude::*;
use crate::text::chars;
use crate::text::pattern::Patterns;

pub(super) static FUNCTION: Function = Function {
    name: "indexof_regex",
    aliases: &[],
    help: "The code point (counted from 0) at which a regular expression matches, -1 where it does not. The search may \
           begin at a later code point, be so many code points long (-1: all), and look for the second or a later match, \
           one behind the other. Null where a number makes no sense.",
    examples: &[Example {
        query: "print a = indexof_regex('abcabc', 'a.c', 1), b = indexof_regex('abcabcdefg', 'a.c', 0, 9, 2)",
        answer: &["a:long, b:long", "3, 3"],
    }],
    meaning: Meaning::Kernel(indexof_regex),
};

fn indexof_regex(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    let mut patterns = Patterns::new(arguments, 1)?;
    let ranges = Ranges::new(arguments)?;
    arguments.try_longs(|row| {
        let text = source.at(row);
        let Some(search) = ranges.at(row, text, false) else { return Ok(None) };
        let Some(from) = search.from else { return Ok(Some(-1)) };
        let within = chars::slice(text.get(from..).unwrap_or(""), 0, search.length);
        let found = patterns.at(row)?.find_iter(within).nth(search.occurrence - 1);
        Ok(found.map_or(Some(-1), |found| position(text, from + found.start())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn finds() {
        let all = |source: &str, pattern: &str, start, length, occurrence| {
            let [start, length, occurrence] = [start, length, occurrence].map(Value::Long);
            [text(source), text(pattern), start, length, occurrence]
        };
        check(
            &FUNCTION,
            &[Type::String, Type::String, Type::Long, Type::Long, Type::Long],
            Type::Long,
            &[
                (&all("abcabcdefg", "a.c", 0, 9, 2), Value::Long(3)),
                (&all("abcabc", "a.c", 1, -1, 2), Value::Long(-1)),
                (&all("ababaa", "a.a", 0, -1, 2), Value::Long(-1)),
                (&all("abcabc", "a|ab", -1, -1, 1), Value::Null(Type::Long)),
                (&all("éabc", "b", 0, -1, 1), Value::Long(2)),
            ],
        );
    }
}
