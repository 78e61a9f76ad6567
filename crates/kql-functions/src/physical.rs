//! How values of Kusto's types are held in Arrow arrays, from the scan to the result.
//!
//! | type | array | null |
//! | --- | --- | --- |
//! | `bool` | Boolean | yes |
//! | `int`, `long`, `real` | Int32, Int64, Float64 | yes |
//! | `decimal` | Decimal256(76, 34) | yes |
//! | `string` | Utf8 | an absent string is "": arrays should have no nulls, and readers take one for "" |
//! | `datetime`, `timespan` | Int64 ticks of 100 ns, the former since the year 1 | yes |
//! | `guid` | FixedSizeBinary(16), bytes as written | yes |
//! | `dynamic` | Utf8: JSON text as `kql_semantics::dynamic` describes | yes; never the text `null` |

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, new_null_array};
use arrow::datatypes::i256;
use arrow::datatypes::{DataType, Decimal256Type, Field, Float64Type, Int32Type, Int64Type};
use datafusion::common::ScalarValue;
use kql_semantics::decimal::MAX_SCALE;
use kql_semantics::{Decimal, Dynamic, Type, Value};

/// Digits behind the point of a `decimal` array.
pub const DECIMAL_SCALE: i8 = 34;

/// The array type that holds values of `ty`.
#[must_use]
pub fn data_type(ty: Type) -> DataType {
    match ty {
        Type::Bool => DataType::Boolean,
        Type::Int => DataType::Int32,
        Type::Long | Type::DateTime | Type::TimeSpan => DataType::Int64,
        Type::Real => DataType::Float64,
        Type::Decimal => DataType::Decimal256(76, DECIMAL_SCALE),
        Type::String | Type::Dynamic | Type::Unknown => DataType::Utf8,
        Type::Guid => DataType::FixedSizeBinary(16),
    }
}

/// A field that holds values of `ty`.
#[must_use]
pub fn field(name: &str, ty: Type) -> Field {
    Field::new(name, data_type(ty), true)
}

/// A constant as DataFusion holds it.
#[must_use]
pub fn scalar_value(value: &Value) -> ScalarValue {
    match value {
        Value::Null(ty) => null(*ty),
        Value::Bool(value) => ScalarValue::Boolean(Some(*value)),
        Value::Int(value) => ScalarValue::Int32(Some(*value)),
        Value::Long(value) | Value::DateTime(value) | Value::TimeSpan(value) => {
            ScalarValue::Int64(Some(*value))
        }
        Value::Real(value) => ScalarValue::Float64(Some(*value)),
        Value::Decimal(value) => ScalarValue::Decimal256(decimal_units(*value), 76, DECIMAL_SCALE),
        Value::String(value) => ScalarValue::Utf8(Some(value.to_string())),
        Value::Guid(value) => ScalarValue::FixedSizeBinary(16, Some(value.to_be_bytes().to_vec())),
        Value::Dynamic(value) => ScalarValue::Utf8(Some(value.to_text())),
    }
}

/// The null of a type; the empty string for `string`.
#[must_use]
pub fn null(ty: Type) -> ScalarValue {
    match ty {
        Type::String => ScalarValue::Utf8(Some(String::new())),
        // Every type above has a null scalar.
        _ => ScalarValue::try_from(&data_type(ty)).unwrap_or(ScalarValue::Null),
    }
}

/// An array of so many nulls of a type; of empty strings for `string`.
#[must_use]
pub fn nulls(ty: Type, rows: usize) -> ArrayRef {
    match null(ty).to_array_of_size(rows) {
        Ok(array) => array,
        Err(_) => new_null_array(&data_type(ty), rows),
    }
}

/// A decimal in the units of a `decimal` array; none where it is too large for one.
#[must_use]
pub fn decimal_units(value: Decimal) -> Option<i256> {
    let factor = i256::from_i128(10).checked_pow(u32::from(MAX_SCALE - value.scale()))?;
    i256::from_i128(value.coefficient()).checked_mul(factor)
}

/// A decimal from the units of a `decimal` array; none where it has more digits than a decimal holds.
#[must_use]
pub fn decimal_from_units(units: i256) -> Option<Decimal> {
    let ten = i256::from_i128(10);
    let (mut units, mut scale) = (units, MAX_SCALE);
    while scale > 0 && units.checked_rem(ten)? == i256::ZERO {
        units = units.checked_div(ten)?;
        scale -= 1;
    }
    Decimal::new(units.to_i128()?, scale).ok()
}

/// The value of a row of an array that holds values of `ty`; null where it holds something else.
#[must_use]
pub fn value_at(array: &dyn Array, row: usize, ty: Type) -> Value {
    let null = || if ty == Type::String { Value::string("") } else { Value::Null(ty) };
    if array.is_null(row) {
        return null();
    }
    let long = || array.as_primitive_opt::<Int64Type>().map(|array| array.value(row));
    let value = match ty {
        Type::Bool => array.as_boolean_opt().map(|array| Value::Bool(array.value(row))),
        Type::Int => {
            array.as_primitive_opt::<Int32Type>().map(|array| Value::Int(array.value(row)))
        }
        Type::Long => long().map(Value::Long),
        Type::DateTime => long().map(Value::DateTime),
        Type::TimeSpan => long().map(Value::TimeSpan),
        Type::Real => {
            array.as_primitive_opt::<Float64Type>().map(|array| Value::Real(array.value(row)))
        }
        Type::Decimal => array
            .as_primitive_opt::<Decimal256Type>()
            .and_then(|array| decimal_from_units(array.value(row)))
            .map(Value::Decimal),
        Type::String => array.as_string_opt::<i32>().map(|array| Value::string(array.value(row))),
        Type::Guid => array
            .as_fixed_size_binary_opt()
            .and_then(|array| array.value(row).try_into().ok())
            .map(|bytes| Value::Guid(u128::from_be_bytes(bytes))),
        Type::Dynamic | Type::Unknown => array
            .as_string_opt::<i32>()
            .and_then(|array| Dynamic::parse(array.value(row)).ok())
            .filter(|value| *value != Dynamic::Null)
            .map(|value| Value::Dynamic(Arc::new(value))),
    };
    value.unwrap_or_else(null)
}
