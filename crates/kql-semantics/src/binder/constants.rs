//! Folding of constants, where it is cheap and exact: what time filters, bins and `let`s of them are made of.

use std::sync::Arc;

use kql_syntax::tree::{BinaryOperator, UnaryOperator};

use crate::Value;
use crate::bound::Scalar;
use crate::time::{
    MAX_DATETIME, TICKS_PER_DAY, civil_from_days, datetime_from_parts, days_in_month,
};

/// `-value`
pub(crate) fn unary(operator: UnaryOperator, value: &Value) -> Option<Value> {
    if operator == UnaryOperator::Plus {
        return Some(value.clone());
    }
    match value {
        Value::Int(value) => value.checked_neg().map(Value::Int),
        Value::Long(value) => Some(Value::Long(value.wrapping_neg())),
        Value::Real(value) => Some(Value::Real(-value)),
        Value::TimeSpan(value) => value.checked_neg().map(Value::TimeSpan),
        _ => None,
    }
}

/// `left operator right`
pub(crate) fn binary(operator: BinaryOperator, left: &Value, right: &Value) -> Option<Value> {
    use BinaryOperator::{Add, Divide, Multiply, Subtract};
    let datetime = |ticks: Option<i64>| {
        ticks.filter(|ticks| (0..=MAX_DATETIME).contains(ticks)).map(Value::DateTime)
    };
    match (operator, left, right) {
        (Add, Value::DateTime(a), Value::TimeSpan(b)) => datetime(a.checked_add(*b)),
        (Add, Value::TimeSpan(a), Value::DateTime(b)) => datetime(a.checked_add(*b)),
        (Subtract, Value::DateTime(a), Value::TimeSpan(b)) => datetime(a.checked_sub(*b)),
        (Subtract, Value::DateTime(a), Value::DateTime(b)) => Some(Value::TimeSpan(a - b)),
        (Add, Value::TimeSpan(a), Value::TimeSpan(b)) => a.checked_add(*b).map(Value::TimeSpan),
        (Subtract, Value::TimeSpan(a), Value::TimeSpan(b)) => {
            a.checked_sub(*b).map(Value::TimeSpan)
        }
        (Multiply, Value::TimeSpan(a), b) | (Multiply, b, Value::TimeSpan(a)) => {
            a.checked_mul(whole(b)?).map(Value::TimeSpan)
        }
        (Divide, Value::TimeSpan(a), b) => {
            let b = whole(b).filter(|b| *b != 0 && a % b == 0)?;
            Some(Value::TimeSpan(a / b))
        }
        (Add, a, b) => Some(Value::Long(whole(a)?.wrapping_add(whole(b)?))),
        (Subtract, a, b) => Some(Value::Long(whole(a)?.wrapping_sub(whole(b)?))),
        (Multiply, a, b) => Some(Value::Long(whole(a)?.wrapping_mul(whole(b)?))),
        _ => None,
    }
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Int(value) => Some(i64::from(*value)),
        Value::Long(value) => Some(*value),
        _ => None,
    }
}

/// A call of a builtin with constant arguments, at the instant `now`.
pub(crate) fn call(function: &str, arguments: &[Scalar], now: i64) -> Option<Value> {
    let values: Vec<&Value> = arguments.iter().map(Scalar::as_literal).collect::<Option<_>>()?;
    let datetime =
        |ticks: i64| (0..=MAX_DATETIME).contains(&ticks).then_some(Value::DateTime(ticks));
    match (function, values.as_slice()) {
        ("now", []) => datetime(now),
        ("now", [Value::TimeSpan(offset)]) => datetime(now.checked_add(*offset)?),
        ("ago", [Value::TimeSpan(back)]) => datetime(now.checked_sub(*back)?),
        ("startofday", [Value::DateTime(at)]) => datetime(at - at.rem_euclid(TICKS_PER_DAY)),
        ("endofday", [Value::DateTime(at)]) => {
            datetime(at - at.rem_euclid(TICKS_PER_DAY) + TICKS_PER_DAY - 1)
        }
        ("startofweek", [Value::DateTime(at)]) => datetime(start_of_week(*at)),
        ("startofmonth", [Value::DateTime(at)]) => {
            let (year, month, _) = date_of(*at);
            datetime_from_parts((year, month, 1), (0, 0, 0), 0).map(Value::DateTime)
        }
        ("startofyear", [Value::DateTime(at)]) => {
            let (year, ..) = date_of(*at);
            datetime_from_parts((year, 1, 1), (0, 0, 0), 0).map(Value::DateTime)
        }
        ("endofmonth", [Value::DateTime(at)]) => {
            let (year, month, _) = date_of(*at);
            let last =
                datetime_from_parts((year, month, days_in_month(year, month)), (0, 0, 0), 0)?;
            datetime(last + TICKS_PER_DAY - 1)
        }
        ("bin" | "floor", [Value::DateTime(at), Value::TimeSpan(width)]) if *width > 0 => {
            datetime(at - at.rem_euclid(*width))
        }
        ("todatetime", [Value::DateTime(at)]) => datetime(*at),
        ("totimespan", [Value::TimeSpan(span)]) => Some(Value::TimeSpan(*span)),
        ("tostring", [Value::String(text)]) => Some(Value::String(text.clone())),
        ("strcat", values) if !values.is_empty() => concatenated(values),
        _ => None,
    }
}

fn start_of_week(at: i64) -> i64 {
    // The first day of the year 1 was a Monday, weeks begin on Sunday.
    let day = at.div_euclid(TICKS_PER_DAY);
    (day - (day + 1).rem_euclid(7)) * TICKS_PER_DAY
}

fn date_of(at: i64) -> (i64, i64, i64) {
    civil_from_days(at.div_euclid(TICKS_PER_DAY))
}

fn concatenated(values: &[&Value]) -> Option<Value> {
    let mut text = String::new();
    for value in values {
        match value {
            Value::String(piece) => text.push_str(piece),
            Value::Long(number) => text.push_str(&number.to_string()),
            _ => return None,
        }
    }
    Some(Value::String(Arc::from(text)))
}

#[cfg(test)]
mod tests {
    use kql_syntax::Span;

    use super::*;
    use crate::time::parse_datetime;

    fn folded(function: &str, at: &str) -> Option<i64> {
        let at = Value::DateTime(parse_datetime(at).expect("it is a datetime"));
        match call(function, &[Scalar::literal(at, Span::default())], 0) {
            Some(Value::DateTime(ticks)) => Some(ticks),
            _ => None,
        }
    }

    #[test]
    fn starts_and_ends_of_periods() {
        let at = |text| parse_datetime(text);
        assert_eq!(folded("startofday", "2024-02-29T13:00:00"), at("2024-02-29"));
        assert_eq!(folded("startofweek", "2024-02-29T13:00:00"), at("2024-02-25"));
        assert_eq!(folded("startofmonth", "2024-02-29T13:00:00"), at("2024-02-01"));
        assert_eq!(folded("endofmonth", "2024-02-03"), at("2024-02-29T23:59:59.9999999"));
    }
}
