//! Bags of arguments that are keys and values by turns.

use crate::convert::dynamic::Texts;
use crate::prelude::*;

/// Which values become entries.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Packed {
    /// All.
    All,
    /// Those that are not null, or "".
    WithoutEmpty,
}

/// Packs the arguments from `first` on: a key, its value, and so on. Of equal keys the last counts.
pub(super) fn pack(
    arguments: &Arguments<'_>,
    first: usize,
    which: impl Fn(usize) -> Packed,
) -> Answer {
    let pairs = (first..arguments.len().saturating_sub(1))
        .step_by(2)
        .map(|index| Ok((Key::new(arguments, index)?, Texts::new(arguments, index + 1)?)))
        .collect::<Result<Vec<_>, KernelError>>()?;
    let are_distinct = are_distinct(&pairs);
    let mut value = String::new();
    arguments.make_dynamics(|row, text| {
        let which = which(row);
        text.push('{');
        for (index, (key, values)) in pairs.iter().enumerate() {
            let is_overwritten = !are_distinct
                && pairs.iter().skip(index + 1).any(|(later, _)| later.at(row) == key.at(row));
            value.clear();
            values.write(row, &mut value);
            let is_empty = matches!(value.as_str(), "null" | "\"\"");
            if is_overwritten || (which == Packed::WithoutEmpty && is_empty) {
                continue;
            }
            if text.len() > 1 {
                text.push(',');
            }
            kql_semantics::dynamic::write_key(key.at(row), text);
            text.push_str(&value);
        }
        text.push('}');
        true
    })
}

/// A key: constant as a rule.
struct Key(crate::operand::Texts);

impl Key {
    fn new(arguments: &Arguments<'_>, index: usize) -> Result<Self, KernelError> {
        crate::operand::Texts::new(arguments, index).map(Self)
    }

    fn at(&self, row: usize) -> &str {
        self.0.at(row)
    }
}

/// Whether all keys are constant, and no two are equal.
fn are_distinct(pairs: &[(Key, Texts<'_>)]) -> bool {
    let mut seen = std::collections::HashSet::new();
    pairs.iter().all(|(key, _)| key.0.constant().is_some_and(|key| seen.insert(key)))
}
