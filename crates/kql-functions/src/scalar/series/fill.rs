//! Gaps of series, and filling them.

use super::Number;
use crate::convert::dynamic::Texts;
use crate::json;
use crate::prelude::*;

/// What counts as a gap: null, or what is equal to a number.
pub(super) struct Gaps(Option<Number>);

impl Gaps {
    /// Equal to an optional argument; null where that is null or missing.
    pub(super) fn new(
        arguments: &Arguments<'_>,
        index: usize,
        row: usize,
    ) -> Result<Self, KernelError> {
        if index >= arguments.len() {
            return Ok(Self(None));
        }
        let mut text = String::new();
        Texts::new(arguments, index)?.write(row, &mut text);
        Ok(Self(Number::parse(&text)))
    }

    /// Whether an element, as text, is a gap.
    pub(super) fn is(&self, element: &str) -> bool {
        match self.0 {
            None => element == "null",
            Some(_) => Number::parse(element).is_some_and(|number| self.is_number(number)),
        }
    }

    /// Whether a number is a gap.
    pub(super) fn is_number(&self, number: Number) -> bool {
        self.0.is_some_and(|gap| gap.real() == number.real())
    }
}

/// Fills the gaps of the first argument; what they are equal to is the argument `index`.
pub(super) fn fill(
    arguments: &Arguments<'_>,
    index: usize,
    fill: impl Fn(&[&str], &Gaps, usize) -> Vec<String>,
) -> Answer {
    let series = arguments.dynamics(0)?;
    super::dynamics(arguments, |row, text| {
        let Some(array) = series.at(row).filter(|text| text.trim_start().starts_with('[')) else {
            return Ok(false);
        };
        let elements: Vec<&str> = json::elements(array).collect();
        let filled = fill(&elements, &Gaps::new(arguments, index, row)?, row);
        text.push('[');
        text.push_str(&filled.join(","));
        text.push(']');
        Ok(true)
    })
}

/// Elements with the last one that is no gap in place of each gap.
pub(super) fn carried<'a>(elements: impl Iterator<Item = &'a str>, gaps: &Gaps) -> Vec<String> {
    let mut last = None;
    let mut carry = |element: &'a str| {
        if !gaps.is(element) {
            last = Some(element);
        }
        last.unwrap_or(element).to_owned()
    };
    elements.map(&mut carry).collect()
}

/// Elements with the points of the lines between their neighbours in place of gaps.
#[expect(clippy::cast_precision_loss, reason = "places are small")]
pub(super) fn line(
    known: &[Option<Number>],
    is_whole: bool,
    are_edges_filled: bool,
) -> Vec<Option<Number>> {
    let places: Vec<(usize, f64)> = known
        .iter()
        .enumerate()
        .filter_map(|(index, value)| Some((index, value.as_ref()?.real())))
        .collect();
    let shown = |value: f64| if is_whole { truncated(value) } else { Number::Real(value) };
    let mut next = 0;
    let mut filled = Vec::with_capacity(known.len());
    for (index, value) in known.iter().enumerate() {
        while places.get(next).is_some_and(|(place, _)| *place < index) {
            next += 1;
        }
        let before = next.checked_sub(1).and_then(|at| places.get(at));
        filled.push(match (value, before, places.get(next)) {
            (Some(value), ..) => Some(if is_whole { *value } else { Number::Real(value.real()) }),
            (None, Some((from, a)), Some((to, b))) => {
                let share = (index - from) as f64 / (to - from) as f64;
                Some(shown(a + (b - a) * share))
            }
            (None, Some((_, edge)), None) | (None, None, Some((_, edge))) if are_edges_filled => {
                Some(shown(*edge))
            }
            _ => None,
        });
    }
    filled
}

#[expect(clippy::cast_possible_truncation, reason = "it saturates")]
fn truncated(value: f64) -> Number {
    Number::Long(value as i64)
}
