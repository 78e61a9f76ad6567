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

static FAMILIES: &[Family] = &[
    Family { title: "Conditions and nulls", functions: conditional::FUNCTIONS },
    Family { title: "Conversion", functions: conversion::FUNCTIONS },
    Family { title: "Dates and times", functions: datetime::FUNCTIONS },
    Family { title: "Arrays and bags", functions: dynamic::FUNCTIONS },
    Family { title: "Encoding and hashes", functions: encoding::FUNCTIONS },
    Family { title: "Places on the earth", functions: geo::FUNCTIONS },
    Family { title: "IP addresses", functions: ip::FUNCTIONS },
    Family { title: "Mathematics", functions: math::FUNCTIONS },
    Family { title: "Parsing", functions: parsing::FUNCTIONS },
    Family { title: "Series", functions: series::FUNCTIONS },
    Family { title: "Sketches", functions: sketch::FUNCTIONS },
    Family { title: "Strings", functions: string::FUNCTIONS },
    Family { title: "Units", functions: units::FUNCTIONS },
];

/// Functions that belong together.
pub struct Family {
    /// What they are about.
    pub title: &'static str,
    /// The functions.
    pub functions: &'static [&'static Function],
}

/// The families of functions.
#[must_use]
pub fn families() -> &'static [Family] {
    FAMILIES
}

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
    FAMILIES.iter().flat_map(|family| family.functions.iter().copied())
}
