//! A list of values to compare with columns of any type but `string`.

use super::{Set, truths};
use crate::prelude::*;
use arrow::array::BooleanBufferBuilder;
use kql_semantics::{number, time, value};

/// The list's values as the column's type holds them; those that it can not hold equal none of it.
pub(super) enum Values {
    /// `bool`, `int`, `long`, `datetime`, `timespan`.
    Longs(Set<i64>),
    /// `real`: the bits.
    Reals(Set<u64>),
    Decimals(Set<Decimal>),
    Guids(Set<u128>),
    /// `dynamic`: keys as [`key`] makes them.
    Texts(Set<String>),
}

impl Values {
    /// The elements of a dynamic array; a value that is no array is the only one.
    pub(super) fn new(ty: Type, list: Option<&str>) -> Self {
        let values = match list.map(Dynamic::parse) {
            Some(Ok(Dynamic::Array(values))) => values,
            Some(Ok(value)) => vec![value],
            None | Some(Err(_)) => Vec::new(),
        };
        let values = values.iter().filter(|value| **value != Dynamic::Null);
        match ty {
            Type::Real => Self::Reals(values.filter_map(real).map(bits).collect()),
            Type::Decimal => Self::Decimals(values.filter_map(decimal).collect()),
            Type::Guid => Self::Guids(values.filter_map(guid).collect()),
            Type::Dynamic | Type::String | Type::Unknown => {
                Self::Texts(values.filter_map(|value| key(&value.to_text())).collect())
            }
            Type::Bool | Type::Int | Type::Long | Type::DateTime | Type::TimeSpan => {
                Self::Longs(values.filter_map(|value| long(ty, value)).collect())
            }
        }
    }

    /// The rows of the first argument that equal one of them.
    pub(super) fn rows(&self, arguments: &Arguments<'_>) -> Answer {
        let mut found = BooleanBufferBuilder::new(arguments.rows());
        match self {
            Self::Longs(set) if arguments.ty(0) != Type::Bool => {
                let column = arguments.longs(0)?;
                for row in 0..arguments.rows() {
                    found.append(column.at(row).is_some_and(|value| set.contains(&value)));
                }
            }
            _ => {
                for row in 0..arguments.rows() {
                    found.append(self.holds(arguments, row)?);
                }
            }
        }
        Ok(truths(found.finish()))
    }

    /// Whether a row of the first argument equals one of them.
    pub(super) fn holds(&self, arguments: &Arguments<'_>, row: usize) -> Result<bool, KernelError> {
        Ok(match self {
            Self::Longs(set) if arguments.ty(0) == Type::Bool => {
                let value = arguments.bools(0)?.at(row);
                value.is_some_and(|value| set.contains(&i64::from(value)))
            }
            Self::Longs(set) => {
                arguments.longs(0)?.at(row).is_some_and(|value| set.contains(&value))
            }
            Self::Reals(set) => {
                let value = arguments.reals(0)?.at(row).filter(|value| !value.is_nan());
                value.is_some_and(|value| set.contains(&bits(value)))
            }
            Self::Decimals(set) => {
                arguments.decimals(0)?.at(row).is_some_and(|value| set.contains(&value))
            }
            Self::Guids(set) => {
                arguments.guids(0)?.at(row).is_some_and(|value| set.contains(&value))
            }
            Self::Texts(set) => {
                let key = arguments.dynamics(0)?.at(row).and_then(key);
                key.is_some_and(|key| set.contains(&key))
            }
        })
    }
}

/// The bits of a double; both zeros have the same.
fn bits(value: f64) -> u64 {
    (value + 0.0).to_bits()
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "checked after")]
fn long(ty: Type, value: &Dynamic) -> Option<i64> {
    match (ty, value) {
        (_, Dynamic::Bool(value)) => Some(i64::from(*value)),
        (_, Dynamic::Long(value)) => Some(*value),
        (_, Dynamic::Real(value)) => {
            Some(*value as i64).filter(|long| bits(*long as f64) == bits(*value))
        }
        (_, Dynamic::Decimal(value)) => {
            i64::try_from(value.coefficient()).ok().filter(|_| value.scale() == 0)
        }
        (_, Dynamic::DateTime(ticks) | Dynamic::TimeSpan(ticks)) => Some(*ticks),
        (Type::DateTime, Dynamic::String(text)) => time::parse_datetime(text),
        (Type::TimeSpan, Dynamic::String(text)) => time::parse_timespan_text(text),
        (Type::Bool, Dynamic::String(text)) => number::parse_bool(text).map(i64::from),
        (_, Dynamic::String(text)) => number::parse_long(text),
        (_, Dynamic::Null | Dynamic::Guid(_) | Dynamic::Array(_) | Dynamic::Bag(_)) => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "what Kusto does when it widens")]
fn real(value: &Dynamic) -> Option<f64> {
    match value {
        Dynamic::Real(value) => Some(*value),
        Dynamic::Decimal(value) => Some(value.to_f64()),
        Dynamic::String(text) => number::parse_real(text),
        _ => long(Type::Long, value).map(|value| value as f64),
    }
}

fn decimal(value: &Dynamic) -> Option<Decimal> {
    match value {
        Dynamic::Real(value) => Decimal::from_f64(*value),
        Dynamic::Decimal(value) => Some(*value),
        Dynamic::String(text) => text.parse().ok(),
        _ => long(Type::Long, value).map(Decimal::from),
    }
}

fn guid(value: &Dynamic) -> Option<u128> {
    match value {
        Dynamic::Guid(value) => Some(*value),
        Dynamic::String(text) => value::parse_guid(text),
        _ => None,
    }
}

/// What two dynamics have in common exactly where they are equal; none for null.
fn key(text: &str) -> Option<String> {
    match Dynamic::parse(text).ok()? {
        Dynamic::Null => None,
        Dynamic::Real(value) => {
            let whole = long(Type::Long, &Dynamic::Real(value));
            Some(whole.map_or_else(|| value.to_string(), |whole| whole.to_string()))
        }
        value => Some(value.to_text()),
    }
}
