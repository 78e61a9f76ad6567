//! Operators that look for one string in another.

use arrow::array::{Array, BooleanArray, BooleanBufferBuilder};
use arrow::buffer::BooleanBuffer;

use crate::operand::Texts;
use crate::prelude::*;
use crate::text::needle::{self, Needle, Search};
use crate::text::pattern;

mod contains;
mod contains_cs;
mod endswith;
mod endswith_cs;
mod equal_tilde;
mod has;
mod has_cs;
mod hasprefix;
mod hasprefix_cs;
mod hassuffix;
mod hassuffix_cs;
mod like;
mod likecs;
mod matches_regex;
mod startswith;
mod startswith_cs;

family![
    contains,
    contains_cs,
    endswith,
    endswith_cs,
    equal_tilde,
    has,
    has_cs,
    hasprefix,
    hasprefix_cs,
    hassuffix,
    hassuffix_cs,
    like,
    likecs,
    matches_regex,
    startswith,
    startswith_cs,
];

/// Looks for the second operand in the first.
fn find(arguments: &Arguments<'_>, search: Search) -> Answer {
    let texts = Texts::new(arguments, 0)?;
    let needles = Texts::new(arguments, 1)?;
    if let (Some(needle), true) = (needles.constant(), texts.array.len() == arguments.rows()) {
        let needle = arguments.prepared(&[1], || Ok(Needle::new(needle, search)))?;
        return Ok(truths(needle.rows(&texts.array)));
    }
    let scratch = &mut (String::new(), String::new());
    arguments.make_bools(|row| Some(needle::is_in(texts.at(row), needles.at(row), search, scratch)))
}

/// Compares the operands row by row.
fn compare(arguments: &Arguments<'_>, holds: impl Fn(&str, &str) -> bool) -> Answer {
    let (texts, others) = (Texts::new(arguments, 0)?, Texts::new(arguments, 1)?);
    let rows = arguments.rows();
    let found = match others.constant() {
        Some(other) => BooleanBuffer::collect_bool(rows, |row| holds(texts.at(row), other)),
        None => BooleanBuffer::collect_bool(rows, |row| holds(texts.at(row), others.at(row))),
    };
    Ok(truths(found))
}

/// Matches the first operand against the expression that `wrap` makes of the second.
fn matches(arguments: &Arguments<'_>, wrap: fn(&str) -> String) -> Answer {
    let texts = Texts::new(arguments, 0)?;
    let expressions = Texts::new(arguments, 1)?;
    if let Some(expression) = expressions.constant() {
        let pattern = arguments.prepared(&[1], || pattern::compile(&wrap(expression)))?;
        return Ok(truths(BooleanBuffer::collect_bool(arguments.rows(), |row| {
            pattern.is_match(texts.at(row))
        })));
    }
    let mut compiled = pattern::Compiled::new(wrap);
    let mut found = BooleanBufferBuilder::new(arguments.rows());
    for row in 0..arguments.rows() {
        found.append(compiled.get(expressions.at(row))?.is_match(texts.at(row)));
    }
    Ok(truths(found.finish()))
}

/// The expression of a pattern of `%` and `_`.
fn wildcards(pattern: &str) -> String {
    let mut expression = String::from("^");
    for c in pattern.chars() {
        match c {
            '%' => expression.push_str(".*"),
            '_' => expression.push('.'),
            _ => expression.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    expression.push('$');
    expression
}

/// An answer without nulls.
fn truths(found: BooleanBuffer) -> ArrayRef {
    Arc::new(BooleanArray::new(found, None))
}
