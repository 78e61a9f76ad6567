//! Differences of two times that a query bounds.

use std::collections::HashMap;

use kql_semantics::Type;
use kql_semantics::bound::{ColumnId, Scalar, ScalarKind};
use kql_syntax::Span;
use kql_syntax::tree::BinaryOperator;

use super::{Facts, columns_of, conjuncts};

/// `a - b`, with what a query says of it.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    /// Bounded from below somewhere.
    pub(crate) has_low: bool,
    /// Bounded from above somewhere.
    pub(crate) has_high: bool,
    /// Whether some bound is of the kind "at most so long after": true for everything before as well.
    pub(crate) is_window: bool,
    /// Where it is bounded first.
    pub(crate) span: Span,
}

/// Differences by the pair of columns, the one with the lower id first.
pub(crate) type Differences = HashMap<(ColumnId, ColumnId), Difference>;

/// A sum of times and distances: each column with how often it is added.
#[derive(Clone, Debug, Default)]
struct Sum {
    columns: Vec<(ColumnId, i32)>,
    /// Whether something is added that is no column.
    distance: Option<i64>,
}

impl<'a> Facts<'a> {
    /// What the filters of a query say of the differences of its datetime columns.
    pub(crate) fn differences(&self) -> Differences {
        let mut all = Differences::new();
        for (_, _, predicate) in self.filters() {
            for part in conjuncts(predicate) {
                self.bound(part, &mut all);
            }
        }
        all
    }

    fn bound(&self, part: &'a Scalar, all: &mut Differences) {
        match &part.kind {
            ScalarKind::Binary { operator, operands } => {
                let [left, right] = &**operands;
                let (low, high) = match operator {
                    BinaryOperator::Less | BinaryOperator::LessOrEqual => (false, true),
                    BinaryOperator::Greater | BinaryOperator::GreaterOrEqual => (true, false),
                    BinaryOperator::Equal => (true, true),
                    _ => return,
                };
                match (self.sum(left, 40), self.sum(right, 40)) {
                    (Some(left), Some(right)) => {
                        self.note(&left.minus(right), (low, high), part.span, all)
                    }
                    _ => self.vague_difference(part, all),
                }
            }
            ScalarKind::Between { operands, is_negated: false } => {
                let [value, low, _] = &**operands;
                match (self.sum(value, 40), self.sum(low, 40)) {
                    (Some(value), Some(low)) => {
                        self.note(&value.minus(low), (true, true), part.span, all)
                    }
                    _ => self.vague_difference(part, all),
                }
            }
            _ => self.vague_difference(part, all),
        }
    }

    /// `left - right` in `a - b + distance` form, noted for the pair.
    fn note(&self, sum: &Sum, (low, high): (bool, bool), span: Span, all: &mut Differences) {
        let [(first, one), (second, other)] = sum.columns.as_slice() else { return };
        if one + other != 0 || one.abs() != 1 {
            return;
        }
        // `a - b + distance < 0` leaves b as far before a as it likes; so does `b - a + distance > 0`.
        let is_window =
            sum.distance.is_some_and(|distance| high && distance < 0 || low && distance > 0);
        let is_turned = *one < 0;
        let (low, high) = if is_turned { (high, low) } else { (low, high) };
        let pair = (*first.min(second), *first.max(second));
        let known = all.entry(pair).or_insert(Difference {
            has_low: false,
            has_high: false,
            is_window: false,
            span,
        });
        known.has_low |= low;
        known.has_high |= high;
        if is_window && !known.is_window {
            known.is_window = true;
            known.span = span;
        }
    }

    /// A condition that speaks of several times in another way bounds them all.
    fn vague_difference(&self, part: &'a Scalar, all: &mut Differences) {
        let mut columns: Vec<ColumnId> = Vec::new();
        let mut waiting = columns_of(part);
        let mut left = 100;
        while let Some(id) = waiting.pop() {
            left -= 1;
            if left == 0 {
                return;
            }
            match self.expression(id) {
                Some(value) => waiting.extend(columns_of(value)),
                None => columns.push(self.root(id)),
            }
        }
        columns.sort();
        columns.dedup();
        for (place, first) in columns.iter().enumerate() {
            for second in columns.iter().skip(place + 1) {
                let known = all.entry((*first, *second)).or_insert(Difference {
                    has_low: true,
                    has_high: true,
                    is_window: false,
                    span: part.span,
                });
                known.has_low = true;
                known.has_high = true;
            }
        }
    }

    fn sum(&self, scalar: &'a Scalar, left: u32) -> Option<Sum> {
        let left = left.checked_sub(1)?;
        let scalar = self.resolved(scalar);
        if let Some(distance) = self.span(scalar) {
            return Some(Sum { columns: Vec::new(), distance: Some(distance) });
        }
        match &scalar.kind {
            ScalarKind::Column(id) => match self.expression(*id) {
                Some(value) if matches!(value.kind, ScalarKind::Binary { .. }) => {
                    self.sum(value, left)
                }
                _ if scalar.ty == Type::DateTime => {
                    Some(Sum { columns: vec![(self.root(*id), 1)], distance: Some(0) })
                }
                _ => None,
            },
            ScalarKind::Convert(inner) => self.sum(inner, left),
            ScalarKind::Call(call) if &*call.function == "todatetime" => {
                self.sum(call.arguments.first()?, left)
            }
            ScalarKind::Binary { operator, operands } => {
                let [one, other] = &**operands;
                let (one, other) = (self.sum(one, left)?, self.sum(other, left)?);
                match operator {
                    BinaryOperator::Add => Some(one.plus(other)),
                    BinaryOperator::Subtract => Some(one.minus(other)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

impl Sum {
    fn plus(mut self, other: Self) -> Self {
        for (id, times) in other.columns {
            match self.columns.iter_mut().find(|(known, _)| *known == id) {
                Some((_, known)) => *known += times,
                None => self.columns.push((id, times)),
            }
        }
        self.columns.retain(|(_, times)| *times != 0);
        self.columns.sort();
        self.distance = match (self.distance, other.distance) {
            (Some(one), Some(two)) => one.checked_add(two),
            _ => None,
        };
        self
    }

    fn minus(self, other: Self) -> Self {
        let columns = other.columns.into_iter().map(|(id, times)| (id, -times)).collect();
        let distance = other.distance.and_then(i64::checked_neg);
        self.plus(Self { columns, distance })
    }
}
