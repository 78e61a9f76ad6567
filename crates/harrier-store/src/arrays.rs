//! Arrow arrays as foreign files hold them, to those that the engine reads.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringArray, StringBuilder};
use arrow::buffer::NullBuffer;
use arrow::compute::cast;
use arrow::datatypes::{
    DataType, DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType,
    DurationSecondType, Int64Type, TimeUnit, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType,
};
use arrow::error::ArrowError;
use kql_functions::physical;
use kql_semantics::time::{DateTimeText, TICKS_PER_DAY, TICKS_PER_SECOND, UNIX_EPOCH};
use kql_semantics::{Dynamic, Type};

use crate::instant::from_number;
use crate::kinds::Kinds;
use crate::values::{ColumnBuilder, Raw, trusted_dynamic_text};

/// An array as the engine holds values of `ty`; what the type can not hold is null.
///
/// **Errors**: when the values do not fit one array.
pub(crate) fn to_physical(array: &ArrayRef, ty: Type) -> Result<ArrayRef, ArrowError> {
    Ok(match (array.data_type(), ty) {
        (DataType::Timestamp(unit, _), Type::DateTime) => Arc::new(instants(array, *unit)),
        (DataType::Timestamp(unit, _), _) => instant_texts(&instants(array, *unit), ty)?,
        (DataType::Date32 | DataType::Date64, _) => {
            let days = cast(array, &DataType::Date32)?;
            let days = cast(&days, &DataType::Int32)?;
            let days = cast(&days, &DataType::Int64)?;
            let ticks = days
                .as_primitive::<Int64Type>()
                .unary::<_, Int64Type>(|days| UNIX_EPOCH + days * TICKS_PER_DAY);
            if ty == Type::DateTime { Arc::new(ticks) } else { instant_texts(&ticks, ty)? }
        }
        (DataType::Duration(unit), Type::TimeSpan) => Arc::new(durations(array, *unit)),
        (DataType::Utf8, Type::String) => Arc::new(without_nulls(array.as_string())),
        (DataType::Utf8, Type::Dynamic | Type::Unknown) => dynamics(array.as_string()),
        (DataType::Utf8, _) => parsed(array.as_string(), ty)?,
        (
            DataType::LargeUtf8
            | DataType::Utf8View
            | DataType::Dictionary(_, _)
            | DataType::BinaryView
            | DataType::LargeBinary,
            _,
        ) => to_physical(&cast(array, &DataType::Utf8)?, ty)?,
        (DataType::Binary, _) => to_physical(&texts_of_bytes(array), ty)?,
        (DataType::Int64, Type::DateTime) => {
            Arc::new(array.as_primitive::<Int64Type>().unary_opt::<_, Int64Type>(from_number))
        }
        (from, _) if *from == physical::data_type(ty) => Arc::clone(array),
        (from, Type::Long | Type::Int | Type::Real | Type::Decimal | Type::TimeSpan)
            if from.is_numeric() =>
        {
            cast(array, &physical::data_type(ty))?
        }
        (from, Type::Dynamic | Type::String | Type::Unknown) if from.is_nested() => {
            json_texts(array)?
        }
        (from, _) if from.is_nested() || from.is_null() => physical::nulls(ty, array.len()),
        (from, Type::Dynamic | Type::Unknown)
            if from.is_numeric() || *from == DataType::Boolean =>
        {
            cast(array, &DataType::Utf8)?
        }
        _ => to_physical(&cast(array, &DataType::Utf8)?, ty)?,
    })
}

/// The kind of value that a column of this array type holds.
pub(crate) fn kind_of(data_type: &DataType) -> Kinds {
    match data_type {
        DataType::Boolean => Kinds::BOOL,
        DataType::Timestamp(_, _) | DataType::Date32 | DataType::Date64 => Kinds::DATETIME,
        DataType::Duration(_) => Kinds::TIMESPAN,
        DataType::Float16 | DataType::Float32 | DataType::Float64 => Kinds::REAL,
        DataType::FixedSizeBinary(16) => Kinds::GUID,
        data_type if data_type.is_integer() => Kinds::LONG,
        data_type if data_type.is_decimal() => Kinds::DECIMAL,
        data_type if data_type.is_nested() => Kinds::NESTED,
        data_type if data_type.is_null() => Kinds::NONE,
        _ => Kinds::STRING,
    }
}

/// Timestamps as ticks; what is out of the years 1 to 9999 is null.
fn instants(array: &ArrayRef, unit: TimeUnit) -> Int64Array {
    let max = kql_semantics::time::MAX_DATETIME;
    let scaled = |value: i64, factor: i64| {
        value
            .checked_mul(factor)
            .and_then(|ticks| ticks.checked_add(UNIX_EPOCH))
            .filter(|ticks| (0..=max).contains(ticks))
    };
    match unit {
        TimeUnit::Second => array
            .as_primitive::<TimestampSecondType>()
            .unary_opt(|value| scaled(value, TICKS_PER_SECOND)),
        TimeUnit::Millisecond => array
            .as_primitive::<TimestampMillisecondType>()
            .unary_opt(|value| scaled(value, 10_000)),
        TimeUnit::Microsecond => microseconds(array),
        TimeUnit::Nanosecond => array
            .as_primitive::<TimestampNanosecondType>()
            .unary(|value| value.div_euclid(100) + UNIX_EPOCH),
    }
}

/// The common unit, without a test of each value where all are in range.
fn microseconds(array: &ArrayRef) -> Int64Array {
    const FIRST: i64 = -UNIX_EPOCH / 10;
    const LAST: i64 = (kql_semantics::time::MAX_DATETIME - UNIX_EPOCH) / 10;
    let array = array.as_primitive::<TimestampMicrosecondType>();
    let is_in_range = |value: i64| (FIRST..=LAST).contains(&value);
    if array.values().iter().fold(true, |all, value| all & is_in_range(*value)) {
        return array.unary(|value| value * 10 + UNIX_EPOCH);
    }
    array.unary_opt(|value| is_in_range(value).then(|| value * 10 + UNIX_EPOCH))
}

fn durations(array: &ArrayRef, unit: TimeUnit) -> Int64Array {
    match unit {
        TimeUnit::Second => array
            .as_primitive::<DurationSecondType>()
            .unary_opt(|value| value.checked_mul(TICKS_PER_SECOND)),
        TimeUnit::Millisecond => array
            .as_primitive::<DurationMillisecondType>()
            .unary_opt(|value| value.checked_mul(10_000)),
        TimeUnit::Microsecond => {
            array.as_primitive::<DurationMicrosecondType>().unary_opt(|value| value.checked_mul(10))
        }
        TimeUnit::Nanosecond => {
            array.as_primitive::<DurationNanosecondType>().unary(|value| value.div_euclid(100))
        }
    }
}

/// Times as text, for columns that the schema does not hold as times.
fn instant_texts(ticks: &Int64Array, ty: Type) -> Result<ArrayRef, ArrowError> {
    if ty != Type::Dynamic {
        let texts: StringArray =
            ticks.iter().map(|ticks| ticks.map(|ticks| DateTimeText(ticks).to_string())).collect();
        return to_physical(&(Arc::new(texts) as ArrayRef), ty);
    }
    let texts: StringArray =
        ticks.iter().map(|ticks| ticks.map(|ticks| Dynamic::DateTime(ticks).to_text())).collect();
    Ok(Arc::new(texts))
}

/// Strings with "" where there were nulls.
fn without_nulls(array: &StringArray) -> StringArray {
    let Some(nulls) = array.nulls().filter(|nulls| nulls.null_count() > 0) else {
        return StringArray::new(array.offsets().clone(), array.values().clone(), None);
    };
    // A null is of no length in what the Parquet reader makes, and then the buffers can stay as they are.
    let are_empty = array
        .offsets()
        .windows(2)
        .zip(nulls.iter())
        .all(|(ends, is_valid)| is_valid || ends[0] == ends[1]);
    if are_empty {
        return StringArray::new(array.offsets().clone(), array.values().clone(), None);
    }
    array.iter().map(|text| Some(text.unwrap_or(""))).collect()
}

fn dynamics(array: &StringArray) -> ArrayRef {
    let is_plain = |text: &str| {
        matches!(text.as_bytes(), [b'{', .., b'}'] | [b'[', .., b']'])
            && memchr::memchr(kql_semantics::dynamic::TAG, text.as_bytes()).is_none()
    };
    // What most files hold can stay as it is; "" among it becomes null.
    if array.iter().all(|text| text.is_none_or(|text| text.is_empty() || is_plain(text))) {
        let present: NullBuffer = (0..array.len())
            .map(|row| array.is_valid(row) && !array.value(row).is_empty())
            .collect();
        return Arc::new(StringArray::new(
            array.offsets().clone(),
            array.values().clone(),
            Some(present).filter(|nulls| nulls.null_count() > 0),
        ));
    }
    let mut builder = StringBuilder::with_capacity(array.len(), array.value_data().len());
    for text in array {
        match text.and_then(trusted_dynamic_text) {
            Some(text) => builder.append_value(text),
            None => builder.append_null(),
        }
    }
    Arc::new(builder.finish())
}

fn parsed(array: &StringArray, ty: Type) -> Result<ArrayRef, ArrowError> {
    let mut builder = ColumnBuilder::new(ty);
    for text in array {
        builder.append(text.map_or(Raw::Absent, Raw::Text))?;
    }
    Ok(builder.finish())
}

/// Bytes that are text; others are absent.
fn texts_of_bytes(array: &ArrayRef) -> ArrayRef {
    let texts: StringArray = array
        .as_binary::<i32>()
        .iter()
        .map(|bytes| bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()))
        .collect();
    Arc::new(texts)
}

/// Lists, structs and maps as JSON.
fn json_texts(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    use arrow::json::writer::{EncoderOptions, make_encoder};
    let field = Arc::new(arrow::datatypes::Field::new("value", array.data_type().clone(), true));
    let options = EncoderOptions::default();
    let mut encoder = make_encoder(&field, array, &options)?;
    let mut builder = StringBuilder::new();
    let mut text = Vec::new();
    for row in 0..array.len() {
        if encoder.is_null(row) {
            builder.append_null();
            continue;
        }
        text.clear();
        encoder.encode(row, &mut text);
        builder.append_value(String::from_utf8_lossy(&text));
    }
    Ok(Arc::new(builder.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{
        BooleanArray, DictionaryArray, Int32Array, ListArray, TimestampMicrosecondArray,
        TimestampNanosecondArray,
    };
    use arrow::datatypes::Int32Type;
    use kql_functions::physical::value_at;
    use kql_semantics::Value;

    fn first(array: impl Array + 'static, ty: Type) -> Value {
        let array = to_physical(&(Arc::new(array) as ArrayRef), ty).unwrap();
        assert_eq!(*array.data_type(), physical::data_type(ty));
        value_at(&array, 0, ty)
    }

    #[test]
    fn arrays_take_the_type_of_their_column() {
        let epoch = TimestampMicrosecondArray::from(vec![1]).with_timezone("UTC");
        assert_eq!(first(epoch.clone(), Type::DateTime), Value::DateTime(UNIX_EPOCH + 10));
        assert_eq!(first(epoch, Type::String), Value::string("1970-01-01T00:00:00.0000010Z"));
        let before = TimestampNanosecondArray::from(vec![-1]);
        assert_eq!(first(before, Type::DateTime), Value::DateTime(UNIX_EPOCH - 1));
        let far = TimestampMicrosecondArray::from(vec![i64::MAX]);
        assert_eq!(first(far, Type::DateTime), Value::Null(Type::DateTime));
        let words: DictionaryArray<Int32Type> = vec!["a"].into_iter().collect();
        assert_eq!(first(words, Type::String), Value::string("a"));
        assert_eq!(first(StringArray::from(vec![None::<&str>]), Type::String), Value::string(""));
        assert_eq!(first(StringArray::from(vec!["7"]), Type::Long), Value::Long(7));
        assert_eq!(first(Int32Array::from(vec![7]), Type::Long), Value::Long(7));
        assert_eq!(first(Int32Array::from(vec![7]), Type::String), Value::string("7"));
        assert_eq!(first(BooleanArray::from(vec![true]), Type::String), Value::string("true"));
        assert_eq!(
            first(BooleanArray::from(vec![true]), Type::Dynamic),
            Value::Dynamic(Arc::new(Dynamic::Bool(true)))
        );
        let lists =
            ListArray::from_iter_primitive::<Int32Type, _, _>(vec![Some(vec![Some(1), None])]);
        assert_eq!(first(lists.clone(), Type::Long), Value::Null(Type::Long));
        assert_eq!(
            first(lists, Type::Dynamic),
            Value::Dynamic(Arc::new(Dynamic::Array(vec![Dynamic::Long(1), Dynamic::Null])))
        );
        assert_eq!(first(StringArray::from(vec![""]), Type::Dynamic), Value::Null(Type::Dynamic));
        assert_eq!(
            first(StringArray::from(vec!["x"]), Type::Dynamic),
            Value::Dynamic(Arc::new(Dynamic::string("x")))
        );
    }
}
