//! Values as files write them, to the arrays that the engine reads.

use std::borrow::Cow;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanBuilder, Decimal256Builder, FixedSizeBinaryBuilder, Float64Builder,
    Int32Builder, Int64Builder, StringBuilder,
};
use arrow::error::ArrowError;
use kql_functions::physical::{DECIMAL_SCALE, decimal_units};
use kql_semantics::number::{parse_bool, parse_int, parse_long, parse_real};
use kql_semantics::time::parse_timespan_text;
use kql_semantics::value::parse_guid;
use kql_semantics::{Decimal, Dynamic, Type, dynamic};

use crate::instant::{from_number, parse_instant};

/// A value of a file that names no types of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Raw<'a> {
    /// No value, or JSON's `null`.
    Absent,
    /// Text without quotes and escapes: a CSV cell, a JSON string.
    Text(&'a str),
    /// JSON's `true`, `false` or a number, as written.
    Bare(&'a str),
    /// A JSON array or object, as written.
    Nested(&'a str),
}

/// Gathers the values of one column.
pub(crate) enum ColumnBuilder {
    Bool(BooleanBuilder),
    Int(Int32Builder),
    Long(Int64Builder),
    Real(Float64Builder),
    Decimal(Decimal256Builder),
    String(StringBuilder),
    DateTime(Int64Builder),
    TimeSpan(Int64Builder),
    Guid(FixedSizeBinaryBuilder),
    Dynamic(StringBuilder),
}

impl ColumnBuilder {
    /// A builder for values of `ty`.
    pub(crate) fn new(ty: Type) -> Self {
        match ty {
            Type::Bool => Self::Bool(BooleanBuilder::new()),
            Type::Int => Self::Int(Int32Builder::new()),
            Type::Long => Self::Long(Int64Builder::new()),
            Type::Real => Self::Real(Float64Builder::new()),
            Type::Decimal => Self::Decimal(
                Decimal256Builder::new()
                    .with_data_type(arrow::datatypes::DataType::Decimal256(76, DECIMAL_SCALE)),
            ),
            Type::String => Self::String(StringBuilder::new()),
            Type::DateTime => Self::DateTime(Int64Builder::new()),
            Type::TimeSpan => Self::TimeSpan(Int64Builder::new()),
            Type::Guid => Self::Guid(FixedSizeBinaryBuilder::new(16)),
            Type::Dynamic | Type::Unknown => Self::Dynamic(StringBuilder::new()),
        }
    }

    /// Adds a value; one that the type can not hold is null, as at Kusto's ingestion.
    ///
    /// **Errors**: when a batch grows past what an array can hold.
    pub(crate) fn append(&mut self, value: Raw<'_>) -> Result<(), ArrowError> {
        let scalar = match value {
            Raw::Absent | Raw::Nested(_) => None,
            Raw::Text(text) | Raw::Bare(text) => Some(text),
        };
        match self {
            Self::Bool(builder) => builder.append_option(scalar.and_then(parse_bool)),
            Self::Int(builder) => builder.append_option(scalar.and_then(int)),
            Self::Long(builder) => builder.append_option(scalar.and_then(long)),
            Self::Real(builder) => builder.append_option(scalar.and_then(parse_real)),
            Self::Decimal(builder) => builder.append_option(
                scalar.and_then(|text| text.trim().parse::<Decimal>().ok()).and_then(decimal_units),
            ),
            Self::String(builder) => match value {
                Raw::Absent => builder.append_value(""),
                Raw::Text(text) | Raw::Bare(text) | Raw::Nested(text) => builder.append_value(text),
            },
            Self::DateTime(builder) => builder.append_option(match value {
                Raw::Bare(number) => bare_instant(number),
                _ => scalar.and_then(parse_instant),
            }),
            Self::TimeSpan(builder) => builder.append_option(scalar.and_then(timespan)),
            Self::Guid(builder) => match scalar.and_then(parse_guid) {
                Some(guid) => builder.append_value(guid.to_be_bytes())?,
                None => builder.append_null(),
            },
            Self::Dynamic(builder) => match dynamic_text(value) {
                Some(text) => builder.append_value(text),
                None => builder.append_null(),
            },
        }
        Ok(())
    }

    /// The values so far, as an array.
    pub(crate) fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Bool(builder) => Arc::new(builder.finish()),
            Self::Int(builder) => Arc::new(builder.finish()),
            Self::Long(builder) | Self::DateTime(builder) | Self::TimeSpan(builder) => {
                Arc::new(builder.finish())
            }
            Self::Real(builder) => Arc::new(builder.finish()),
            Self::Decimal(builder) => Arc::new(builder.finish()),
            Self::Guid(builder) => Arc::new(builder.finish()),
            Self::String(builder) | Self::Dynamic(builder) => Arc::new(builder.finish()),
        }
    }
}

/// A whole number: `1.0`, as exports write it in columns of doubles, is one.
fn long(text: &str) -> Option<i64> {
    parse_long(text).or_else(|| {
        let value = parse_real(text)?;
        (value.fract() == 0.0 && value.abs() < 9e15).then_some(value as i64)
    })
}

fn int(text: &str) -> Option<i32> {
    parse_int(text).or_else(|| long(text).and_then(|value| i32::try_from(value).ok()))
}

/// A timespan: as text, or as a number of ticks.
fn timespan(text: &str) -> Option<i64> {
    parse_timespan_text(text).or_else(|| parse_long(text))
}

fn bare_instant(number: &str) -> Option<i64> {
    if let Ok(count) = number.parse() {
        return from_number(count);
    }
    // Seconds with a fraction.
    let (seconds, fraction) = number.split_once('.')?;
    let whole = from_number(seconds.parse().ok()?)?;
    let digits = fraction.get(..fraction.len().min(7))?;
    let ticks: i64 = format!("{digits:0<7}").parse().ok()?;
    Some(whole + ticks)
}

/// The text that a dynamic column holds of a value: what is JSON is held parsed, any other text is a string.
pub(crate) fn dynamic_text(value: Raw<'_>) -> Option<Cow<'_, str>> {
    match value {
        Raw::Absent => None,
        Raw::Bare(text) => Some(Cow::Borrowed(text)),
        Raw::Nested(text) => Some(without_tags(text)),
        Raw::Text(text) => {
            let text = text.trim_matches([' ', '\t', '\r', '\n']);
            match text.as_bytes() {
                [] => None,
                [b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n', ..] => {
                    parsed_text(text)
                }
                _ => Some(Cow::Owned(quoted(text))),
            }
        }
    }
}

/// JSON text as it is, `null` as nothing, other text as a JSON string.
fn parsed_text(text: &str) -> Option<Cow<'_, str>> {
    if text == "null" {
        None
    } else if text.as_bytes().contains(&dynamic::TAG) || Dynamic::parse(text).is_err() {
        Some(Cow::Owned(quoted(text)))
    } else {
        Some(Cow::Borrowed(text))
    }
}

/// The text of a dynamic column that a file holds as text: trusted where it has the shape of JSON.
///
/// Bags and arrays are what such columns hold, and to parse each only to see that it can be would cost more than reading it.
pub(crate) fn trusted_dynamic_text(text: &str) -> Option<Cow<'_, str>> {
    match text.as_bytes() {
        [b'{', .., b'}'] | [b'[', .., b']'] => Some(without_tags(text)),
        _ => dynamic_text(Raw::Text(text)),
    }
}

/// JSON must not hold the byte that tags our own scalars; one that does has it escaped.
fn without_tags(text: &str) -> Cow<'_, str> {
    match memchr::memchr(dynamic::TAG, text.as_bytes()) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(text.replace(char::from(dynamic::TAG), "\\u0001")),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    dynamic::write_string(text, &mut quoted);
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::AsArray;
    use arrow::datatypes::Int64Type;
    use kql_functions::physical::value_at;
    use kql_semantics::Value;

    fn read(ty: Type, value: Raw<'_>) -> Value {
        let mut builder = ColumnBuilder::new(ty);
        builder.append(value).unwrap();
        value_at(&builder.finish(), 0, ty)
    }

    #[test]
    fn values_take_the_type_of_their_column() {
        for (ty, raw, value) in [
            (Type::Long, Raw::Text("12"), Value::Long(12)),
            (Type::Long, Raw::Bare("12.0"), Value::Long(12)),
            (Type::Long, Raw::Text("x"), Value::Null(Type::Long)),
            (Type::Int, Raw::Bare("4624"), Value::Int(4624)),
            (Type::Int, Raw::Bare("99999999999"), Value::Null(Type::Int)),
            (Type::Bool, Raw::Text("True"), Value::Bool(true)),
            (Type::Bool, Raw::Bare("false"), Value::Bool(false)),
            (Type::Real, Raw::Bare("1.5"), Value::Real(1.5)),
            (Type::String, Raw::Bare("1.50"), Value::string("1.50")),
            (Type::String, Raw::Nested("[1]"), Value::string("[1]")),
            (Type::String, Raw::Absent, Value::string("")),
            (Type::DateTime, Raw::Text(""), Value::Null(Type::DateTime)),
            (Type::TimeSpan, Raw::Text("00:00:01"), Value::TimeSpan(10_000_000)),
            (Type::DateTime, Raw::Bare("1580980000.5"), Value::DateTime(637_165_768_005_000_000)),
        ] {
            assert_eq!(read(ty, raw), value, "{raw:?}");
        }
    }

    #[test]
    fn dynamics_hold_what_their_text_means() {
        let text = |raw| dynamic_text(raw).map(Cow::into_owned);
        for (raw, expected) in [
            (Raw::Text("{\"a\":1}"), Some("{\"a\":1}")),
            (Raw::Text(" [1,2] "), Some("[1,2]")),
            (Raw::Text("{no}"), Some("\"{no}\"")),
            (Raw::Text("plain"), Some("\"plain\"")),
            (Raw::Text("5"), Some("5")),
            (Raw::Text("5 apples"), Some("\"5 apples\"")),
            (Raw::Text("\"quoted\""), Some("\"quoted\"")),
            (Raw::Text("null"), None),
            (Raw::Text(""), None),
            (Raw::Absent, None),
            (Raw::Bare("true"), Some("true")),
            (Raw::Nested("{\"k\":\"\u{1}d\"}"), Some("{\"k\":\"\\u0001d\"}")),
            (Raw::Text("\"\u{1}d2020\""), Some("\"\\\"\\u0001d2020\\\"\"")),
        ] {
            assert_eq!(text(raw).as_deref(), expected, "{raw:?}");
        }
    }

    #[test]
    fn a_time_is_ticks() {
        let mut builder = ColumnBuilder::new(Type::DateTime);
        builder.append(Raw::Text("0001-01-01T00:00:01Z")).unwrap();
        assert_eq!(builder.finish().as_primitive::<Int64Type>().value(0), 10_000_000);
    }
}
