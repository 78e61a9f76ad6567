//! Arrays as sets: elements are equal as their values are, so `1` and `1.0` are one.

use std::borrow::Cow;
use std::collections::HashSet;

use super::array;
use crate::json::canonical;
use crate::prelude::*;

/// What elements go by in a set.
pub(super) fn keys<'a>(elements: &[&'a str]) -> HashSet<Cow<'a, str>, foldhash::fast::RandomState> {
    elements.iter().map(|element| canonical(element)).collect()
}

/// The elements without those that came before, in their order.
pub(super) fn distinct<'a>(elements: &[&'a str]) -> Vec<&'a str> {
    let mut seen: HashSet<Cow<'a, str>, foldhash::fast::RandomState> = HashSet::default();
    elements.iter().copied().filter(|element| seen.insert(canonical(element))).collect()
}

/// Computes a dynamic a row from the arguments' arrays; none stands for what is no array.
pub(super) fn rows(
    arguments: &Arguments<'_>,
    write: impl Fn(&[Option<Vec<&str>>], &mut String) -> bool,
) -> Answer {
    let values =
        (0..arguments.len()).map(|at| arguments.dynamics(at)).collect::<Result<Vec<_>, _>>()?;
    arguments.make_dynamics(|row, text| {
        let arrays: Vec<_> = values.iter().map(|value| array(value.at(row))).collect();
        write(&arrays, text)
    })
}
