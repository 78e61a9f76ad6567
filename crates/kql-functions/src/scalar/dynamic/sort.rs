//! Sorting arrays, several along with the first.

use std::cmp::Ordering;

use super::array;
use crate::convert::dynamic::real;
use crate::prelude::*;

/// Sorts the first array by `direction` of its order, and all others with it: an array of the sorted ones.
pub(super) fn sort(arguments: &Arguments<'_>, direction: fn(Ordering) -> Ordering) -> Answer {
    let count = (0..arguments.len()).take_while(|at| arguments.ty(*at) != Type::Bool).count();
    let arrays = (0..count).map(|at| arguments.dynamics(at)).collect::<Result<Vec<_>, _>>()?;
    let nulls_last = if count < arguments.len() { Some(arguments.bools(count)?) } else { None };
    arguments.make_dynamics(|row, text| {
        let are_nulls_last = nulls_last.as_ref().is_none_or(|last| last.at(row) != Some(false));
        let arrays: Vec<Option<Vec<&str>>> =
            arrays.iter().map(|values| array(values.at(row))).collect();
        let first = arrays.first().and_then(Option::as_deref);
        let order = first.map(|elements| order(elements, direction, are_nulls_last));
        let sorted = arrays.iter().map(|elements| sorted(elements.as_deref(), order.as_deref()));
        super::write_array(sorted, text);
        true
    })
}

/// An array in the given order; `null` where there is no array, or one of another length.
fn sorted(elements: Option<&[&str]>, order: Option<&[usize]>) -> String {
    let mut text = String::new();
    match elements.zip(order) {
        Some((elements, order)) if elements.len() == order.len() => {
            super::write_array(order.iter().filter_map(|index| elements.get(*index)), &mut text);
        }
        _ => text.push_str("null"),
    }
    text
}

/// The places of elements in the order in which they are sorted.
fn order(
    elements: &[&str],
    direction: fn(Ordering) -> Ordering,
    are_nulls_last: bool,
) -> Vec<usize> {
    let values: Vec<Dynamic> =
        elements.iter().map(|text| Dynamic::parse(text).unwrap_or(Dynamic::Null)).collect();
    let mut order: Vec<usize> = (0..elements.len()).collect();
    order.sort_by(|a, b| {
        let (Some(a), Some(b)) = (values.get(*a), values.get(*b)) else { return Ordering::Equal };
        let by_kind = kind(a, are_nulls_last).cmp(&kind(b, are_nulls_last));
        by_kind.then_with(|| direction(compare(a, b)))
    });
    order
}

/// Which come before which, in either direction.
fn kind(value: &Dynamic, are_nulls_last: bool) -> u8 {
    match value {
        Dynamic::Null => {
            if are_nulls_last {
                5
            } else {
                0
            }
        }
        Dynamic::Long(_) | Dynamic::Real(_) | Dynamic::Decimal(_) => 1,
        Dynamic::DateTime(_) | Dynamic::TimeSpan(_) => 1,
        Dynamic::String(_) => 2,
        Dynamic::Guid(_) => 3,
        Dynamic::Bool(_) | Dynamic::Array(_) | Dynamic::Bag(_) => 4,
    }
}

fn compare(a: &Dynamic, b: &Dynamic) -> Ordering {
    match (a, b) {
        (Dynamic::Long(a), Dynamic::Long(b)) => a.cmp(b),
        (Dynamic::String(a), Dynamic::String(b)) => a.cmp(b),
        (Dynamic::Guid(a), Dynamic::Guid(b)) => a.cmp(b),
        (Dynamic::Bool(a), Dynamic::Bool(b)) => a.cmp(b),
        _ => match real(a).zip(real(b)) {
            Some((a, b)) => a.total_cmp(&b),
            None => Ordering::Equal,
        },
    }
}
