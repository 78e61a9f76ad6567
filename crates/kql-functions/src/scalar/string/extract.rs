//! `extract`: what a regular expression matches.

use crate::convert;
use crate::operand::Texts;
use crate::prelude::*;
use crate::text::pattern::Patterns;

pub(super) static FUNCTION: Function = Function {
    name: "extract",
    aliases: &[],
    help: "What a group of a regular expression captures at its first match (group 0: the whole match), turned into the \
           type that the fourth argument names. Without a match, or such a group, \"\"; null for a type that has a null.",
    examples: &[Example {
        query: r"print a = extract('x=([0-9.]+)', 1, 'hello x=45.6|wo'), b = extract(@'-(\d{2})-', 1, '15-12-2024', typeof(int))",
        answer: &["a:string, b:int", "45.6, 12"],
    }],
    meaning: Meaning::Kernel(extract),
};

fn extract(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 2)?;
    let mut patterns = Patterns::new(arguments, 0)?;
    let groups = arguments.longs(1)?;
    let mut locations = None;
    let captured = arguments.try_strs(|row| {
        let Some(group) = groups.at(row).and_then(|group| usize::try_from(group).ok()) else {
            return Ok("");
        };
        let text = source.at(row);
        let is_constant = matches!(patterns, Patterns::Constant(_));
        let pattern = patterns.at(row)?;
        if group == 0 {
            return Ok(pattern.find(text).map_or("", |found| found.as_str()));
        }
        if group >= pattern.captures_len() {
            return Ok("");
        }
        if !is_constant {
            locations = None;
        }
        let locations = locations.get_or_insert_with(|| pattern.capture_locations());
        pattern.captures_read(locations, text);
        let place = locations.get(group);
        Ok(place.and_then(|(start, end)| text.get(start..end)).unwrap_or(""))
    })?;
    let ty = arguments.result();
    if ty == Type::String {
        return Ok(captured);
    }
    arguments.computed(&captured, Type::String, |one| convert::column(one, ty))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn captures() {
        let three =
            |pattern: &str, group, source: &str| [text(pattern), Value::Long(group), text(source)];
        let duration = "([0-9.]+) (s|ms)$";
        check(
            &FUNCTION,
            &[Type::String, Type::Long, Type::String],
            Type::String,
            &[
                (&three(duration, 1, "took 127.5 ms"), text("127.5")),
                (&three(duration, 0, "took 127.5 ms"), text("127.5 ms")),
                (&three(duration, 3, "took 127.5 ms"), text("")),
                (&three(duration, 1, "no"), text("")),
                (&three("(a)|(b)", 1, "b"), text("")),
                (&three(r"(?<w>[a-z]+)", 1, " test word"), text("test")),
                (&three("a", -1, "a"), text("")),
            ],
        );
        check(
            &FUNCTION,
            &[Type::String, Type::Long, Type::String, Type::String],
            Type::Int,
            &[
                (&[text(r"(\d+)"), Value::Long(1), text("a12"), text("int")], Value::Int(12)),
                (
                    &[text("([a-z]+)"), Value::Long(1), text("a12"), text("")],
                    Value::Null(Type::Int),
                ),
            ],
        );
        let wrong = error(&FUNCTION, Type::String, &three("(", 1, "a"));
        assert!(wrong.contains("`(` is no regular expression"), "{wrong}");
    }
}
