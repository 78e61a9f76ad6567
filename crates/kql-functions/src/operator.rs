//! Operators as functions, named as KQL writes them. Negated ones (`!has`) are made of `not` and these.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::Function;

mod arithmetic;
mod convert;
mod list;
mod text;

static FAMILIES: &[&[&Function]] =
    &[arithmetic::FUNCTIONS, convert::FUNCTIONS, list::FUNCTIONS, text::FUNCTIONS];

static BY_NAME: LazyLock<HashMap<&'static str, &'static Function>> =
    LazyLock::new(|| all().map(|function| (function.name, function)).collect());

/// The function that computes an operator: `+`, `has_any`, `matches regex`; `unary -` for the sign, `convert` for what is
/// converted unasked.
#[must_use]
pub fn operator(name: &str) -> Option<&'static Function> {
    BY_NAME.get(name).copied()
}

/// All of them, family by family.
pub fn all() -> impl Iterator<Item = &'static Function> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}
