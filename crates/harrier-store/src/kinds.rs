//! What kinds of value a column holds, and the type that follows.

use kql_semantics::Type;
use serde::{Deserialize, Serialize};

use crate::instant::parse_instant;

/// A set of kinds of value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Kinds(u16);

impl Kinds {
    pub(crate) const NONE: Self = Self(0);
    /// `""`: of any type.
    pub(crate) const EMPTY: Self = Self(1);
    pub(crate) const BOOL: Self = Self(1 << 1);
    pub(crate) const LONG: Self = Self(1 << 2);
    pub(crate) const REAL: Self = Self(1 << 3);
    pub(crate) const DATETIME: Self = Self(1 << 4);
    pub(crate) const TIMESPAN: Self = Self(1 << 5);
    pub(crate) const DECIMAL: Self = Self(1 << 6);
    pub(crate) const GUID: Self = Self(1 << 7);
    pub(crate) const STRING: Self = Self(1 << 8);
    /// An array or an object.
    pub(crate) const NESTED: Self = Self(1 << 9);

    pub(crate) const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether there is any value that is not empty.
    pub(crate) const fn has_values(self) -> bool {
        self.0 & !Self::EMPTY.0 != 0
    }

    /// Whether some value is text that is nothing else.
    pub(crate) const fn has_text(self) -> bool {
        self.0 & Self::STRING.0 != 0
    }

    const fn is_among(self, others: Self) -> bool {
        self.0 & !(others.0 | Self::EMPTY.0) == 0
    }

    const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The type that holds all these values: `string` where nothing narrower does.
    pub(crate) fn ty(self) -> Type {
        if !self.has_values() {
            return Type::String;
        }
        [
            (Self::BOOL, Type::Bool),
            (Self::LONG, Type::Long),
            (Self::LONG.or(Self::REAL), Type::Real),
            (Self::DATETIME, Type::DateTime),
            (Self::TIMESPAN, Type::TimeSpan),
            (Self::GUID, Type::Guid),
            (Self::LONG.or(Self::DECIMAL), Type::Decimal),
        ]
        .into_iter()
        .find(|(kinds, _)| self.is_among(*kinds))
        .map_or(
            if self.0 & Self::NESTED.0 != 0 { Type::Dynamic } else { Type::String },
            |(_, ty)| ty,
        )
    }

    /// The type of a column of a custom log, whose ending tells it where the values agree.
    pub(crate) fn ty_of_custom(self, column: &str) -> Type {
        let says = match column.as_bytes() {
            [.., b'_', b's' | b'g'] => return Type::String,
            [.., b'_', b'd'] => Some((Self::LONG.or(Self::REAL), Type::Real)),
            [.., b'_', b'b'] => Some((Self::BOOL, Type::Bool)),
            [.., b'_', b't'] => Some((Self::DATETIME, Type::DateTime)),
            _ => None,
        };
        says.filter(|(kinds, _)| self.is_among(*kinds)).map_or_else(|| self.ty(), |(_, ty)| ty)
    }
}

/// The kind of a value that is written as text in a column without types, as CSV's are.
pub(crate) fn kind_of_text(text: &str) -> Kinds {
    let bytes = text.as_bytes();
    match bytes {
        [] => Kinds::EMPTY,
        [b'{', .., b'}'] | [b'[', .., b']']
            if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() =>
        {
            Kinds::NESTED
        }
        [b't' | b'T' | b'f' | b'F', ..]
            if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") =>
        {
            Kinds::BOOL
        }
        [b'0'..=b'9' | b'-', ..] => kind_of_number(text).unwrap_or_else(|| kind_of_string(text)),
        _ => Kinds::STRING,
    }
}

/// The kind of a string: one that reads as date and time is such.
pub(crate) fn kind_of_string(text: &str) -> Kinds {
    let bytes = text.as_bytes();
    let may_be_time = (10..=40).contains(&bytes.len())
        && bytes.first().is_some_and(u8::is_ascii_digit)
        && bytes.contains(&b':')
        && bytes[..10].iter().filter(|byte| matches!(byte, b'-' | b'/')).count() == 2;
    if bytes.is_empty() {
        Kinds::EMPTY
    } else if may_be_time && parse_instant(text).is_some() {
        Kinds::DATETIME
    } else {
        Kinds::STRING
    }
}

/// The kind of a number that gives itself back; none for `007`, `1.20` and others that are names rather than numbers.
pub(crate) fn kind_of_number(text: &str) -> Option<Kinds> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let has_leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if has_leading_zero || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse::<i64>().is_ok().then_some(Kinds::LONG);
    }
    let is_real =
        digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    (is_real && text.parse::<f64>().is_ok_and(f64::is_finite)).then_some(Kinds::REAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_a_kind() {
        for (text, ty) in [
            ("", Type::String),
            ("12", Type::Long),
            ("-7", Type::Long),
            ("007", Type::String),
            ("1.5", Type::Real),
            ("1e3", Type::Real),
            ("10.0.0.1", Type::String),
            ("99999999999999999999", Type::String),
            ("TRUE", Type::Bool),
            ("truth", Type::String),
            ("{\"a\":[1]}", Type::Dynamic),
            ("[not json]", Type::String),
            ("2025-06-01T10:00:00Z", Type::DateTime),
            ("6/1/2025, 10:00:00.123 PM", Type::DateTime),
            ("2025-06-01", Type::String),
            ("12:30:00", Type::String),
            ("é2025-06-01", Type::String),
            ("2é25-06-01 10:00", Type::String),
        ] {
            assert_eq!(kind_of_text(text).ty(), ty, "{text}");
        }
    }

    #[test]
    fn a_column_of_several_kinds_has_the_type_that_holds_them() {
        let both = |a: Kinds, b: Kinds| a.or(b).or(Kinds::EMPTY).ty();
        assert_eq!(both(Kinds::LONG, Kinds::REAL), Type::Real);
        assert_eq!(both(Kinds::LONG, Kinds::BOOL), Type::String);
        assert_eq!(both(Kinds::NESTED, Kinds::STRING), Type::Dynamic);
        assert_eq!(both(Kinds::DATETIME, Kinds::STRING), Type::String);
        assert_eq!(Kinds::LONG.ty_of_custom("Size_d"), Type::Real);
        assert_eq!(Kinds::LONG.ty_of_custom("Code_s"), Type::String);
        assert_eq!(Kinds::STRING.ty_of_custom("When_t"), Type::String);
        assert_eq!(Kinds::NONE.ty(), Type::String);
    }
}
