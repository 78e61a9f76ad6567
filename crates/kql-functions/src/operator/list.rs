//! Operators that look for any or all of a list.

use std::collections::HashSet;

use arrow::array::{Array, BooleanArray, BooleanBufferBuilder, StringArray};
use arrow::buffer::BooleanBuffer;

use crate::operand::{self, Texts};
use crate::prelude::*;

mod has_all;
mod has_any;
mod in_list;
mod in_tilde;
mod values;

family![has_all, has_any, in_list, in_tilde];

/// A set that hashes quickly.
type Set<T> = HashSet<T, foldhash::fast::RandomState>;

/// Looks for a list's strings in the first operand: `make` makes a list ready, `rows` gives the rows that match.
fn find<T: Send + Sync + 'static>(
    arguments: &Arguments<'_>,
    make: impl Fn(&[String]) -> Result<T, KernelError>,
    rows: impl Fn(&T, &StringArray) -> BooleanBuffer,
) -> Answer {
    let texts = Texts::new(arguments, 0)?;
    if arguments.is_constant(1) && texts.array.len() == arguments.rows() {
        let list = operand::prepared_list(arguments, 1, make)?;
        return Ok(truths(rows(&list, &texts.array)));
    }
    let lists = arguments.strings(1)?;
    let mut found = BooleanBufferBuilder::new(arguments.rows());
    // Lists of neighbouring rows are often the same.
    let mut last: Option<(&str, T)> = None;
    for row in 0..arguments.rows() {
        let text = lists.at(row);
        let list = match last.take() {
            Some((known, list)) if known == text => list,
            _ => make(&operand::elements(text))?,
        };
        let one = StringArray::from_iter_values([texts.at(row)]);
        found.append(rows(&list, &one).value(0));
        last = Some((text, list));
    }
    Ok(truths(found.finish()))
}

/// An answer without nulls.
fn truths(found: BooleanBuffer) -> ArrayRef {
    Arc::new(BooleanArray::new(found, None))
}
