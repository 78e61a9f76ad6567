//! Scalar values, as literals and constants hold them.

use std::fmt;
use std::sync::Arc;

use crate::{Decimal, Dynamic, Type};

/// A scalar value of any type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// The null of a type. A string has none: it is [`Value::String`] of nothing.
    Null(Type),
    /// A `bool`.
    Bool(bool),
    /// An `int`.
    Int(i32),
    /// A `long`.
    Long(i64),
    /// A `real`.
    Real(f64),
    /// A `decimal`.
    Decimal(Decimal),
    /// A `string`.
    String(Arc<str>),
    /// Ticks since the year 1.
    DateTime(i64),
    /// Ticks.
    TimeSpan(i64),
    /// The 128 bits in the order they are written.
    Guid(u128),
    /// A dynamic that is not null.
    Dynamic(Arc<Dynamic>),
}

impl Value {
    /// Its type.
    #[must_use]
    pub const fn ty(&self) -> Type {
        match self {
            Self::Null(ty) => *ty,
            Self::Bool(_) => Type::Bool,
            Self::Int(_) => Type::Int,
            Self::Long(_) => Type::Long,
            Self::Real(_) => Type::Real,
            Self::Decimal(_) => Type::Decimal,
            Self::String(_) => Type::String,
            Self::DateTime(_) => Type::DateTime,
            Self::TimeSpan(_) => Type::TimeSpan,
            Self::Guid(_) => Type::Guid,
            Self::Dynamic(_) => Type::Dynamic,
        }
    }

    /// Whether it is a null.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null(_))
    }

    /// A `string` value.
    #[must_use]
    pub fn string(text: &str) -> Self {
        Self::String(Arc::from(text))
    }
}

/// Shows a guid as `00112233-4455-6677-8899-aabbccddeeff`.
#[derive(Clone, Copy, Debug)]
pub struct GuidText(pub u128);

impl fmt::Display for GuidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |shift: u32, digits: u32| (self.0 >> shift) & ((1 << (digits * 4)) - 1);
        write!(
            f,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            part(96, 8),
            part(80, 4),
            part(64, 4),
            part(48, 4),
            part(0, 12)
        )
    }
}

/// Reads a guid: 32 hexadecimal digits, with or without hyphens in their places, with or without braces.
#[must_use]
pub fn parse_guid(text: &str) -> Option<u128> {
    let text = text.trim();
    let text = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(text);
    let is_hyphenated =
        text.len() == 36 && [8, 13, 18, 23].iter().all(|at| text.as_bytes()[*at] == b'-');
    let digits: String = if is_hyphenated { text.split('-').collect() } else { text.to_owned() };
    let is_guid = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_guid { u128::from_str_radix(&digits, 16).ok() } else { None }
}
