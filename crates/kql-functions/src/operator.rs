//! Operators as functions, named as KQL writes them (`+`, `matches regex`), and `$convert` for what Kusto converts unasked.
//!
//! Negated ones (`!has`) are made of `not` and these.

use crate::Function;

mod arithmetic;
mod comparison;
mod convert;
mod list;
pub mod path;
mod text;

static FAMILIES: &[&[&Function]] = &[
    arithmetic::FUNCTIONS,
    comparison::FUNCTIONS,
    convert::FUNCTIONS,
    list::FUNCTIONS,
    path::FUNCTIONS,
    text::FUNCTIONS,
];

/// All of them, family by family.
pub fn all() -> impl Iterator<Item = &'static Function> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}
