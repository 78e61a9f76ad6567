//! The scalar functions, by family.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::{Function, operator};

mod conditional;
mod conversion;
mod datetime;
mod dynamic;
mod encoding;
mod geo;
mod ip;
mod math;
mod parsing;
mod series;
mod sketch;
mod string;
mod units;

static FAMILIES: &[&[&Function]] = &[
    conditional::FUNCTIONS,
    conversion::FUNCTIONS,
    datetime::FUNCTIONS,
    dynamic::FUNCTIONS,
    encoding::FUNCTIONS,
    geo::FUNCTIONS,
    ip::FUNCTIONS,
    math::FUNCTIONS,
    parsing::FUNCTIONS,
    series::FUNCTIONS,
    sketch::FUNCTIONS,
    string::FUNCTIONS,
    units::FUNCTIONS,
];

static BY_NAME: LazyLock<HashMap<&'static str, &'static Function>> = LazyLock::new(|| {
    all()
        .chain(operator::all())
        .flat_map(|function| {
            function.aliases.iter().chain([&function.name]).map(move |name| (*name, function))
        })
        .collect()
});

/// The function of this name or alias, or the operator that KQL writes so.
#[must_use]
pub fn scalar_function(name: &str) -> Option<&'static Function> {
    BY_NAME.get(name).copied()
}

/// All functions, family by family; no operators.
pub fn all() -> impl Iterator<Item = &'static Function> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}
