//! Literals, and names of types.

use std::collections::HashMap;
use std::sync::Arc;

use kql_syntax::tree::{ColumnDeclaration, Json, JsonKind, Literal, RowSchema, TypeLiteral};
use kql_syntax::{Identifier, Name, Span};

use super::Binder;
use super::term::{Meaning, Term, TypeMeaning};
use crate::bound::Scalar;
use crate::shape::{Conversion, common_of};
use crate::value::parse_guid;
use crate::{Decimal, Dynamic, Shape, Type, Value, diagnostics, time};

impl<'a> Binder<'a> {
    pub(crate) fn literal(&mut self, literal: &'a Literal, span: Span) -> Term {
        let at = self.at(span);
        let (value, shape) = match literal {
            Literal::Type(ty) => return self.type_literal(ty, span),
            Literal::Dynamic(json) => (self.dynamic_literal(json), json_shape(json).as_dynamic()),
            _ => {
                let value = literal_value(literal, self.options.now);
                if value.is_null() && matches!(literal, Literal::Long(text) if is_number(text)) {
                    self.report(diagnostics::number_too_large(at));
                }
                let shape = Shape::Plain(value.ty());
                (value, shape)
            }
        };
        let mut term = Term::scalar(Scalar::literal(value.clone(), at), shape, span).constant();
        term.is_literal = true;
        term.constant = Some(value);
        term
    }

    fn dynamic_literal(&mut self, json: &Json) -> Value {
        if let Some(at) = decimal_in(json) {
            self.report(diagnostics::decimal_in_dynamic(self.at(at)));
        }
        match json_value(json) {
            Dynamic::Null => Value::Null(Type::Dynamic),
            value => Value::Dynamic(Arc::new(value)),
        }
    }

    fn type_literal(&mut self, ty: &'a TypeLiteral, span: Span) -> Term {
        let meaning = match ty {
            TypeLiteral::Scalar(name) => TypeMeaning::Scalar(self.type_named(name)),
            TypeLiteral::Row(schema) => TypeMeaning::Row(self.row_type(schema)),
        };
        let mut term = Term::new(Meaning::Type(meaning), span).constant();
        term.shape = Shape::TypeLiteral;
        term.is_literal = true;
        term
    }

    fn row_type(&mut self, schema: &RowSchema) -> Vec<(Name, Type)> {
        let mut columns = Vec::new();
        if schema.is_open {
            let in_scope = self.row_columns();
            if self.rows.is_none() {
                self.report(diagnostics::no_columns_in_scope(self.at(schema.span)));
            }
            columns.extend(in_scope.into_iter().map(|column| (column.name, column.ty)));
        }
        for ColumnDeclaration { name, ty } in &schema.columns {
            columns.push((name.name.clone(), self.type_named(ty)));
        }
        columns
    }

    /// The type that `name` is a name of.
    pub(crate) fn type_named(&mut self, name: &Identifier) -> Type {
        if name.is_missing() {
            return Type::Unknown;
        }
        match type_of_name(&name.name) {
            Some(ty) => ty,
            None => {
                self.report(diagnostics::unknown_type(&name.name, self.at(name.span)));
                Type::Unknown
            }
        }
    }

    /// The columns of a written schema; a name that comes twice is reported and left out.
    pub(crate) fn schema_columns(&mut self, schema: &RowSchema) -> Vec<(Name, Type, Span)> {
        let mut columns: Vec<(Name, Type, Span)> = Vec::new();
        for ColumnDeclaration { name, ty } in &schema.columns {
            let ty = self.type_named(ty);
            if name.is_missing() {
                continue;
            }
            match columns.iter().find(|(known, ..)| *known == name.name) {
                Some((_, _, first)) => {
                    let first = *first;
                    self.report(diagnostics::duplicate_column(
                        &name.name,
                        self.at(name.span),
                        Some(first),
                    ));
                }
                None => columns.push((name.name.clone(), ty, name.span)),
            }
        }
        columns
    }
}

/// The type that Kusto's language service knows under this name: it takes a few more than queries use.
fn type_of_name(name: &str) -> Option<Type> {
    name.parse().ok().or(match name {
        "uint" | "uint32" | "int8" | "uint8" | "int16" | "uint16" => Some(Type::Int),
        "ulong" | "uint64" => Some(Type::Long),
        "float" => Some(Type::Real),
        _ => None,
    })
}

/// The value of a literal that is neither a type nor a dynamic; the null of its type where its text is no value.
fn literal_value(literal: &Literal, now: i64) -> Value {
    let or_null = |value: Option<Value>, ty: Type| value.unwrap_or(Value::Null(ty));
    match literal {
        Literal::Bool(text) => or_null(bool_value(text).map(Value::Bool), Type::Bool),
        Literal::Int(text) => {
            let value = long_value(text).and_then(|value| i32::try_from(value).ok());
            or_null(value.map(Value::Int), Type::Int)
        }
        Literal::Long(text) => or_null(long_value(text).map(Value::Long), Type::Long),
        Literal::Real(text) => or_null(real_value(text).map(Value::Real), Type::Real),
        Literal::Decimal(text) => {
            or_null(text.trim().parse::<Decimal>().ok().map(Value::Decimal), Type::Decimal)
        }
        Literal::DateTime(text) => {
            or_null(datetime_value(text, now).map(Value::DateTime), Type::DateTime)
        }
        Literal::TimeSpan(text) => {
            or_null(time::parse_timespan(text).map(Value::TimeSpan), Type::TimeSpan)
        }
        Literal::Guid(text) => or_null(parse_guid(text).map(Value::Guid), Type::Guid),
        Literal::String(text) => Value::String(text.value.clone()),
        Literal::Type(_) | Literal::Dynamic(_) => Value::Null(Type::Unknown),
    }
}

/// Whether a text is digits.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn bool_value(text: &str) -> Option<bool> {
    match text.trim() {
        text if text.eq_ignore_ascii_case("true") => Some(true),
        text if text.eq_ignore_ascii_case("false") => Some(false),
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

/// Reads a whole number, decimal or hexadecimal, with a sign.
pub(crate) fn long_value(text: &str) -> Option<i64> {
    let text = text.trim();
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let value = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        #[expect(clippy::cast_possible_wrap, reason = "0xFFFFFFFFFFFFFFFF is -1")]
        Some(digits) => u64::from_str_radix(digits, 16).ok()? as i64,
        // Through the sign, since the least long has no positive twin.
        None if is_negative => return format!("-{digits}").parse().ok(),
        None => digits.parse().ok()?,
    };
    Some(if is_negative { value.wrapping_neg() } else { value })
}

fn real_value(text: &str) -> Option<f64> {
    match text.trim() {
        "+inf" | "inf" => Some(f64::INFINITY),
        "-inf" => Some(f64::NEG_INFINITY),
        text if text.eq_ignore_ascii_case("nan") => Some(f64::NAN),
        "null" => None,
        text => text.parse().ok(),
    }
}

fn datetime_value(text: &str, now: i64) -> Option<i64> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("now") || text.is_empty() {
        return Some(now);
    }
    if text.contains(',') && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b',' | b' ')) {
        return datetime_of_parts(text);
    }
    // A year alone is none.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { None } else { time::parse_datetime(text) }
}

/// `2025, 6, 14`: year and month, and a day, an hour, a minute and a second where they are written.
fn datetime_of_parts(text: &str) -> Option<i64> {
    let parts: Vec<i64> =
        text.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let part = |at: usize, default: i64| parts.get(at).copied().unwrap_or(default);
    if parts.len() > 6 {
        return None;
    }
    time::datetime_from_parts(
        (part(0, 1), part(1, 1), part(2, 1)),
        (part(3, 0), part(4, 0), part(5, 0)),
        0,
    )
}

fn json_value(json: &Json) -> Dynamic {
    match &json.kind {
        JsonKind::Null => Dynamic::Null,
        JsonKind::Bool(value) => Dynamic::Bool(*value),
        JsonKind::Long(text) => match long_value(text) {
            Some(value) => Dynamic::Long(value),
            None => real_value(text).map_or(Dynamic::Null, Dynamic::Real),
        },
        JsonKind::Real(text) => real_value(text).map_or(Dynamic::Null, Dynamic::Real),
        JsonKind::String(text) => Dynamic::String(text.clone()),
        JsonKind::DateTime(text) => {
            datetime_value(text, 0).map_or(Dynamic::Null, Dynamic::DateTime)
        }
        JsonKind::TimeSpan(text) => {
            // Kusto holds it as a number of ticks there.
            time::parse_timespan(text).map_or(Dynamic::Null, Dynamic::Long)
        }
        JsonKind::Guid(text) => parse_guid(text).map_or(Dynamic::Null, Dynamic::Guid),
        JsonKind::Decimal(text) => text.parse().map_or(Dynamic::Null, Dynamic::Decimal),
        JsonKind::Array(items) => Dynamic::Array(items.iter().map(json_value).collect()),
        JsonKind::Bag(entries) => {
            let mut bag: Vec<(Arc<str>, Dynamic)> = Vec::with_capacity(entries.len());
            let mut places: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
            for (key, value) in entries {
                let value = json_value(value);
                let place = *places.entry(key).or_insert(bag.len());
                match bag.get_mut(place) {
                    Some(known) => known.1 = value,
                    None => bag.push((key.clone(), value)),
                }
            }
            Dynamic::Bag(bag)
        }
    }
}

fn json_shape(json: &Json) -> Shape {
    match &json.kind {
        JsonKind::Null => Shape::Null,
        JsonKind::Bool(_) => Shape::Plain(Type::Bool),
        JsonKind::Long(_) => Shape::Plain(Type::Long),
        JsonKind::Real(_) => Shape::Plain(Type::Real),
        JsonKind::String(_) => Shape::Plain(Type::String),
        JsonKind::DateTime(_) => Shape::Plain(Type::DateTime),
        JsonKind::TimeSpan(_) => Shape::Plain(Type::TimeSpan),
        JsonKind::Guid(_) => Shape::Plain(Type::Guid),
        JsonKind::Decimal(_) => Shape::Plain(Type::Decimal),
        JsonKind::Array(items) => {
            let shapes: Vec<Shape> = items.iter().map(json_shape).collect();
            match common_of(&shapes, Conversion::None) {
                Some(element) => Shape::array_of(&element),
                None => Shape::array(),
            }
        }
        JsonKind::Bag(entries) => Shape::bag_of(
            entries.iter().map(|(key, value)| (Name::new(key), json_shape(value))).collect(),
        ),
    }
}

fn decimal_in(json: &Json) -> Option<Span> {
    match &json.kind {
        JsonKind::Decimal(_) => Some(json.span),
        JsonKind::Array(items) => items.iter().find_map(decimal_in),
        JsonKind::Bag(entries) => entries.iter().find_map(|(_, value)| decimal_in(value)),
        _ => None,
    }
}
