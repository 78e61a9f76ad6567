//! Columns built value by value.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BooleanBuilder, FixedSizeBinaryBuilder, Float64Builder, Int32Builder,
    Int64Builder, PrimitiveBuilder, StringBuilder,
};
use arrow::datatypes::Decimal256Type;
use datafusion::common::{DataFusionError, Result};
use kql_functions::convert::dynamic as scalars;
use kql_functions::physical;
use kql_semantics::value::parse_guid;
use kql_semantics::{Dynamic, Type, Value, dynamic, number, time};

/// Builds the array of a column.
pub(crate) struct Cells {
    ty: Type,
    builder: Builder,
}

enum Builder {
    Bool(BooleanBuilder),
    Int(Int32Builder),
    /// `long`, `datetime`, `timespan`.
    Long(Int64Builder),
    Real(Float64Builder),
    Decimal(PrimitiveBuilder<Decimal256Type>),
    /// `string`, `dynamic`.
    Text(StringBuilder),
    Guid(FixedSizeBinaryBuilder),
}

impl Cells {
    /// None yet.
    pub(crate) fn new(ty: Type) -> Self {
        let builder = match ty {
            Type::Bool => Builder::Bool(BooleanBuilder::new()),
            Type::Int => Builder::Int(Int32Builder::new()),
            Type::Long | Type::DateTime | Type::TimeSpan => Builder::Long(Int64Builder::new()),
            Type::Real => Builder::Real(Float64Builder::new()),
            Type::Decimal => Builder::Decimal(
                PrimitiveBuilder::new().with_data_type(physical::data_type(Type::Decimal)),
            ),
            Type::String | Type::Dynamic | Type::Unknown => Builder::Text(StringBuilder::new()),
            Type::Guid => Builder::Guid(FixedSizeBinaryBuilder::new(16)),
        };
        Self { ty, builder }
    }

    /// A null; "" in a column of strings.
    pub(crate) fn null(&mut self) {
        match &mut self.builder {
            Builder::Bool(builder) => builder.append_null(),
            Builder::Int(builder) => builder.append_null(),
            Builder::Long(builder) => builder.append_null(),
            Builder::Real(builder) => builder.append_null(),
            Builder::Decimal(builder) => builder.append_null(),
            Builder::Text(builder) if self.ty == Type::String => builder.append_value(""),
            Builder::Text(builder) => builder.append_null(),
            Builder::Guid(builder) => builder.append_null(),
        }
    }

    /// A value of the column's type; a null where it is of another.
    pub(crate) fn value(&mut self, value: &Value) {
        match (&mut self.builder, value) {
            (Builder::Bool(builder), Value::Bool(value)) => builder.append_value(*value),
            (Builder::Int(builder), Value::Int(value)) => builder.append_value(*value),
            (Builder::Long(builder), Value::Int(value)) => {
                builder.append_value(i64::from(*value));
            }
            (
                Builder::Long(builder),
                Value::Long(value) | Value::DateTime(value) | Value::TimeSpan(value),
            ) => builder.append_value(*value),
            (Builder::Real(builder), Value::Real(value)) => builder.append_value(*value),
            (Builder::Decimal(builder), Value::Decimal(value)) => {
                builder.append_option(physical::decimal_units(*value));
            }
            (Builder::Text(builder), Value::String(value)) if self.ty == Type::String => {
                builder.append_value(value);
            }
            (Builder::Text(builder), Value::Dynamic(value)) if self.ty != Type::String => {
                builder.append_value(value.to_text());
            }
            (Builder::Guid(builder), Value::Guid(value)) => {
                // It has 16 bytes, as the builder wants.
                let _ = builder.append_value(value.to_be_bytes());
            }
            _ => self.null(),
        }
    }

    /// What a text says; a null where it says none, which is told.
    pub(crate) fn text(&mut self, text: &str) -> bool {
        match self.read(text) {
            Some(value) => {
                self.value(&value);
                true
            }
            None => {
                self.null();
                false
            }
        }
    }

    /// What a text says as a value of the column's type.
    fn read(&self, text: &str) -> Option<Value> {
        read(text, self.ty)
    }

    /// What an element of a dynamic is as a value of the column's type, as `to typeof(...)` has it: a string is no number.
    pub(crate) fn element(&mut self, text: Option<&str>) {
        let Some(text) = text.filter(|text| *text != "null") else { return self.null() };
        match (&mut self.builder, self.ty) {
            (Builder::Text(builder), Type::String) => {
                builder.append_value(dynamic::to_string(text));
            }
            (Builder::Text(builder), _) => builder.append_value(text),
            (_, ty) => match scalars::parse(text).and_then(|value| element(&value, ty)) {
                Some(value) => self.value(&value),
                None => self.null(),
            },
        }
    }

    /// The array; the builder is empty again.
    pub(crate) fn finish(&mut self) -> ArrayRef {
        match &mut self.builder {
            Builder::Bool(builder) => Arc::new(builder.finish()),
            Builder::Int(builder) => Arc::new(builder.finish()),
            Builder::Long(builder) => Arc::new(builder.finish()),
            Builder::Real(builder) => Arc::new(builder.finish()),
            Builder::Decimal(builder) => Arc::new(builder.finish()),
            Builder::Text(builder) => Arc::new(builder.finish()),
            Builder::Guid(builder) => Arc::new(builder.finish()),
        }
    }
}

/// What a text says as a value of a type: as `tolong` and its kin read it, spaces around left out.
pub(crate) fn read(text: &str, ty: Type) -> Option<Value> {
    let trimmed = text.trim();
    match ty {
        Type::String => Some(Value::string(text)),
        Type::Bool => number::parse_bool(trimmed).map(Value::Bool),
        Type::Int => number::parse_int(trimmed).map(Value::Int),
        Type::Long => number::parse_long(trimmed).map(Value::Long),
        Type::Real => number::parse_real(trimmed).map(Value::Real),
        Type::Decimal => trimmed.parse().ok().map(Value::Decimal),
        Type::DateTime => time::parse_datetime(trimmed).map(Value::DateTime),
        Type::TimeSpan => time::parse_timespan_text(trimmed).map(Value::TimeSpan),
        Type::Guid => parse_guid(trimmed).map(Value::Guid),
        Type::Dynamic | Type::Unknown => match Dynamic::parse(text) {
            Ok(Dynamic::Null) => None,
            Ok(value) => Some(Value::Dynamic(Arc::new(value))),
            Err(_) if text.is_empty() => None,
            Err(_) => Some(Value::Dynamic(Arc::new(Dynamic::string(text)))),
        },
    }
}

/// A scalar inside a dynamic as a value of a type.
#[expect(clippy::cast_possible_truncation, reason = "what Kusto does")]
fn element(value: &Dynamic, ty: Type) -> Option<Value> {
    let is_number = matches!(value, Dynamic::Long(_) | Dynamic::Real(_) | Dynamic::Decimal(_));
    match (ty, value) {
        (Type::Bool, Dynamic::Bool(value)) => Some(Value::Bool(*value)),
        (Type::Bool, Dynamic::Long(value)) => Some(Value::Bool(*value != 0)),
        (Type::Int, _) if is_number => scalars::long(value).map(|value| Value::Int(value as i32)),
        (Type::Long, _) if is_number => scalars::long(value).map(Value::Long),
        (Type::Real, _) if is_number => scalars::real(value).map(Value::Real),
        (Type::Decimal, _) if is_number => scalars::decimal(value).map(Value::Decimal),
        (Type::DateTime, Dynamic::DateTime(ticks)) => Some(Value::DateTime(*ticks)),
        (Type::DateTime, Dynamic::String(text)) => time::parse_datetime(text).map(Value::DateTime),
        (Type::TimeSpan, Dynamic::TimeSpan(ticks)) => Some(Value::TimeSpan(*ticks)),
        (Type::TimeSpan, Dynamic::String(text)) => {
            time::parse_timespan_text(text).map(Value::TimeSpan)
        }
        (Type::Guid, Dynamic::Guid(value)) => Some(Value::Guid(*value)),
        (Type::Guid, Dynamic::String(text)) => parse_guid(text).map(Value::Guid),
        _ => None,
    }
}

/// A value as another type, where Kusto turns it unasked; null where it does not.
pub(crate) fn converted(value: &Value, ty: Type) -> Value {
    if value.ty() == ty {
        return value.clone();
    }
    match ty {
        Type::String => Value::string(""),
        Type::Dynamic | Type::Unknown if !value.is_null() => {
            Value::Dynamic(Arc::new(to_dynamic(value)))
        }
        _ => element(&to_dynamic(value), ty).unwrap_or(Value::Null(ty)),
    }
}

/// A value as a whole number: ticks of times.
pub(crate) fn long(value: &Value) -> Option<i64> {
    scalars::long(&to_dynamic(value))
}

/// A value as a double.
pub(crate) fn real(value: &Value) -> Option<f64> {
    scalars::real(&to_dynamic(value))
}

/// A scalar value as a dynamic.
pub(crate) fn to_dynamic(value: &Value) -> Dynamic {
    match value {
        Value::Null(_) => Dynamic::Null,
        Value::Bool(value) => Dynamic::Bool(*value),
        Value::Int(value) => Dynamic::Long(i64::from(*value)),
        Value::Long(value) => Dynamic::Long(*value),
        Value::Real(value) => Dynamic::Real(*value),
        Value::Decimal(value) => Dynamic::Decimal(*value),
        Value::String(value) => Dynamic::String(Arc::clone(value)),
        Value::DateTime(value) => Dynamic::DateTime(*value),
        Value::TimeSpan(value) => Dynamic::TimeSpan(*value),
        Value::Guid(value) => Dynamic::Guid(*value),
        Value::Dynamic(value) => Dynamic::clone(value),
    }
}

/// A column of a batch, by name.
pub(crate) fn column<'a>(batch: &'a arrow::array::RecordBatch, name: &str) -> Result<&'a ArrayRef> {
    batch.column_by_name(name).ok_or_else(|| {
        DataFusionError::Internal(format!("an operator's input lacks the column `{name}`"))
    })
}

/// A column of texts (`string`, `dynamic`), by name.
pub(crate) fn texts<'a>(
    batch: &'a arrow::array::RecordBatch,
    name: &str,
) -> Result<&'a arrow::array::StringArray> {
    let array: &dyn Array = column(batch, name)?;
    arrow::array::AsArray::as_string_opt(array)
        .ok_or_else(|| DataFusionError::Internal(format!("`{name}` is no column of texts")))
}

/// A column of flags, by name.
pub(crate) fn flags<'a>(
    batch: &'a arrow::array::RecordBatch,
    name: &str,
) -> Result<&'a arrow::array::BooleanArray> {
    arrow::array::AsArray::as_boolean_opt(column(batch, name)?)
        .ok_or_else(|| DataFusionError::Internal(format!("`{name}` is no column of flags")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_keep_to_their_kind() {
        let all = ["1", "2.5", "-2.5", "\"2\"", "true", "null"];
        let read = |ty: Type| {
            let mut cells = Cells::new(ty);
            all.iter().for_each(|text| cells.element(Some(text)));
            let array = cells.finish();
            (0..all.len()).map(|row| physical::value_at(&array, row, ty)).collect::<Vec<_>>()
        };
        let null = Value::Null(Type::Long);
        let longs = [1, 2, -2].map(Value::Long).into_iter();
        assert_eq!(
            read(Type::Long),
            longs.chain([null.clone(), null.clone(), null]).collect::<Vec<_>>()
        );
        let null = || Value::Null(Type::Bool);
        assert_eq!(
            read(Type::Bool),
            [Value::Bool(true), null(), null(), null(), Value::Bool(true), null()]
        );
        let texts = ["1", "2.5", "-2.5", "2", "true", ""].map(Value::string);
        assert_eq!(read(Type::String), texts);
    }
}
