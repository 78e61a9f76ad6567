//! Values of one type where another is wanted.

use std::sync::Arc;

use crate::bound::{Scalar, ScalarKind};
use crate::time::{DateTimeText, TimeSpanText, parse_datetime, parse_timespan};
use crate::value::{GuidText, parse_guid};
use crate::{Decimal, Dynamic, Type, Value};

/// `scalar` as a value of type `ty`: itself where it is one, a literal where that is exact, else written out.
pub(crate) fn convert(scalar: Scalar, ty: Type) -> Scalar {
    if scalar.ty == ty || ty == Type::Unknown {
        return scalar;
    }
    if let ScalarKind::Literal(value) = &scalar.kind
        && let Some(value) = widened(value, ty)
    {
        return Scalar::literal(value, scalar.span);
    }
    let span = scalar.span;
    Scalar::new(ScalarKind::Convert(Box::new(scalar)), ty, span)
}

/// A literal as one of a wider type, where nothing is lost.
fn widened(value: &Value, ty: Type) -> Option<Value> {
    #[expect(clippy::cast_precision_loss, reason = "checked to be small enough")]
    let real = |value: i64| (value.unsigned_abs() < 1 << 53).then_some(Value::Real(value as f64));
    match (value, ty) {
        (Value::Null(_), Type::String) => Some(Value::string("")),
        (Value::Null(_), _) => Some(Value::Null(ty)),
        (Value::Int(value), Type::Long) => Some(Value::Long(i64::from(*value))),
        (Value::Int(value), Type::Real) => Some(Value::Real(f64::from(*value))),
        (Value::Long(value), Type::Real) => real(*value),
        (Value::Int(value), Type::Decimal) => {
            Decimal::new(i128::from(*value), 0).ok().map(Value::Decimal)
        }
        (Value::Long(value), Type::Decimal) => {
            Decimal::new(i128::from(*value), 0).ok().map(Value::Decimal)
        }
        (Value::Long(value), Type::Int) => i32::try_from(*value).ok().map(Value::Int),
        (_, Type::Dynamic) => Some(as_dynamic(value)),
        _ => None,
    }
}

fn as_dynamic(value: &Value) -> Value {
    Value::Dynamic(Arc::new(match value {
        Value::Null(_) => return Value::Null(Type::Dynamic),
        Value::Dynamic(value) => return Value::Dynamic(value.clone()),
        Value::Bool(value) => Dynamic::Bool(*value),
        Value::Int(value) => Dynamic::Long(i64::from(*value)),
        Value::Long(value) => Dynamic::Long(*value),
        Value::Real(value) => Dynamic::Real(*value),
        Value::Decimal(value) => Dynamic::Decimal(*value),
        Value::String(value) => Dynamic::String(value.clone()),
        Value::DateTime(value) => Dynamic::DateTime(*value),
        Value::TimeSpan(value) => Dynamic::TimeSpan(*value),
        Value::Guid(value) => Dynamic::Guid(*value),
    }))
}

/// A value written in a `datatable` as one of its column's type; the null of it where it is none.
pub(crate) fn cell(value: &Value, ty: Type) -> Value {
    if value.ty() == ty || ty == Type::Unknown {
        return value.clone();
    }
    if let Some(value) = widened(value, ty) {
        return value;
    }
    match ty {
        Type::String => Value::string(&text_of(value)),
        Type::Real => real_of(value).map_or(Value::Null(ty), Value::Real),
        Type::Long => long_of(value).map_or(Value::Null(ty), Value::Long),
        Type::Int => long_of(value)
            .and_then(|value| i32::try_from(value).ok())
            .map_or(Value::Null(ty), Value::Int),
        Type::Bool => bool_of(value).map_or(Value::Null(ty), Value::Bool),
        Type::Decimal => text_of(value).parse().map_or(Value::Null(ty), Value::Decimal),
        Type::DateTime => match value {
            Value::Long(ticks) => Value::DateTime(*ticks),
            Value::String(text) => parse_datetime(text).map_or(Value::Null(ty), Value::DateTime),
            _ => Value::Null(ty),
        },
        Type::TimeSpan => match value {
            Value::Long(ticks) => Value::TimeSpan(*ticks),
            Value::String(text) => parse_timespan(text).map_or(Value::Null(ty), Value::TimeSpan),
            _ => Value::Null(ty),
        },
        Type::Guid => parse_guid(&text_of(value)).map_or(Value::Null(ty), Value::Guid),
        Type::Dynamic | Type::Unknown => value.clone(),
    }
}

/// As `tostring` gives it.
fn text_of(value: &Value) -> String {
    match value {
        Value::Null(_) => String::new(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(value) => value.to_string(),
        Value::Long(value) => value.to_string(),
        Value::Real(value) => format!("{value:?}"),
        Value::Decimal(value) => value.to_string(),
        Value::String(value) => value.to_string(),
        Value::DateTime(value) => DateTimeText(*value).to_string(),
        Value::TimeSpan(value) => TimeSpanText(*value).to_string(),
        Value::Guid(value) => GuidText(*value).to_string(),
        Value::Dynamic(value) => match &**value {
            Dynamic::String(text) => text.to_string(),
            value => crate::dynamic::untagged(&value.to_text()).into_owned(),
        },
    }
}

fn real_of(value: &Value) -> Option<f64> {
    match value {
        Value::Decimal(value) => Some(value.to_f64()),
        Value::Bool(value) => Some(f64::from(u8::from(*value))),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn long_of(value: &Value) -> Option<i64> {
    match value {
        Value::Int(value) => Some(i64::from(*value)),
        Value::Long(value) => Some(*value),
        #[expect(clippy::cast_possible_truncation, reason = "`tolong` cuts")]
        Value::Real(value) if value.is_finite() => Some(*value as i64),
        Value::Bool(value) => Some(i64::from(*value)),
        Value::String(text) => super::literals::long_value(text),
        _ => None,
    }
}

fn bool_of(value: &Value) -> Option<bool> {
    match value {
        Value::Int(value) => Some(*value != 0),
        Value::Long(value) => Some(*value != 0),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}
