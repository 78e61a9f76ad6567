//! `has_any_index`: which of several terms a string has.

use arrow::array::Array;

use crate::operand::{Texts, elements, prepared_list};
use crate::prelude::*;
use crate::text::needle::{self, Needle};
use crate::text::needles::HAS;

pub(super) static FUNCTION: Function = Function {
    name: "has_any_index",
    aliases: &[],
    help: "The place in a list, counted from 0, of the first of its elements that a string `has`; -1 where it has none.",
    examples: &[Example {
        query: "print n = has_any_index('this is an example', dynamic(['not', 'example']))",
        answer: &["n:long", "1"],
    }],
    meaning: Meaning::Kernel(has_any_index),
};

fn has_any_index(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    if !arguments.is_constant(1) {
        let lists = arguments.dynamics(1)?;
        let scratch = &mut (String::new(), String::new());
        return arguments.make_longs(|row| {
            let terms = lists.at(row).map(elements).unwrap_or_default();
            let text = source.at(row);
            place(terms.iter().position(|term| needle::is_in(text, term, HAS, scratch)))
        });
    }
    let needles = prepared_list(arguments, 1, |terms| {
        Ok(terms.iter().map(|term| Needle::new(term, HAS)).collect::<Vec<_>>())
    })?;
    if source.array.len() != arguments.rows() {
        let folded = &mut String::new();
        let text = source.at(0);
        let found = place(needles.iter().position(|needle| needle.is_in(text, folded)));
        return arguments.make_longs(|_| found);
    }
    let mut places = vec![-1; arguments.rows()];
    // From the last needle to the first, so that the first one found stays.
    for (index, needle) in (0_i64..).zip(needles.iter()).collect::<Vec<_>>().into_iter().rev() {
        let rows = needle.rows(&source.array);
        for row in rows.set_indices() {
            if let Some(place) = places.get_mut(row) {
                *place = index;
            }
        }
    }
    arguments.make_longs(|row| places.get(row).copied())
}

fn place(found: Option<usize>) -> Option<i64> {
    found.map_or(Some(-1), |place| i64::try_from(place).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn finds_the_first_of_the_list() {
        check(
            &FUNCTION,
            &[Type::String, Type::Dynamic],
            Type::Long,
            &[
                (&[text("this is an example"), json(r#"["this","example"]"#)], Value::Long(0)),
                (&[text("this is an example"), json(r#"["example","this"]"#)], Value::Long(0)),
                (&[text("this is an example"), json(r#"["not","found"]"#)], Value::Long(-1)),
                (&[text("Example number 2"), json("[1,2,3]")], Value::Long(1)),
                (&[text("this"), json("[]")], Value::Long(-1)),
                (&[text("this"), Value::Null(Type::Dynamic)], Value::Long(-1)),
            ],
        );
    }
}
