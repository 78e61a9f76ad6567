//! An answer as JSON, with values as Kusto's REST answers spell them.
//!
//! Datetimes and timespans have seven digits behind the second, decimals are strings, dynamics are JSON, and reals that are not
//! finite are the strings `NaN`, `Infinity`, `-Infinity`.

use std::fmt::Write as _;

use arrow::array::{Array, AsArray, RecordBatch};
use kql_functions::physical;
use kql_semantics::dynamic::{untagged, write_string};
use kql_semantics::number::RealText;
use kql_semantics::time::{DateTimeText, TimeSpanText};
use kql_semantics::value::GuidText;
use kql_semantics::{Type, Value};

use crate::AnswerTable;

/// A table as `{"columns":[{"name","type"}],"rows":[[..]]}`.
#[must_use]
pub fn table(table: &AnswerTable) -> String {
    let mut text = String::from("{\"columns\":[");
    for (at, column) in table.columns.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str("{\"name\":");
        write_string(&column.name, &mut text);
        let _ = write!(text, ",\"type\":\"{}\"}}", shown_type(column.ty));
    }
    text.push_str("],\"rows\":");
    write_rows(table, &mut text);
    text.push('}');
    text
}

/// The rows of a table as `[[..]]`.
pub fn write_rows(table: &AnswerTable, text: &mut String) {
    text.push('[');
    let mut is_first = true;
    for batch in &table.batches {
        for row in 0..batch.num_rows() {
            if !is_first {
                text.push(',');
            }
            is_first = false;
            write_row(table, batch, row, text);
        }
    }
    text.push(']');
}

/// A row of a batch as `[..]`.
pub fn write_row(table: &AnswerTable, batch: &RecordBatch, row: usize, text: &mut String) {
    text.push('[');
    for (at, (column, array)) in table.columns.iter().zip(batch.columns()).enumerate() {
        if at > 0 {
            text.push(',');
        }
        write_cell(array.as_ref(), row, column.ty, text);
    }
    text.push(']');
}

/// The value of a row of an array that holds values of `ty`.
pub fn write_cell(array: &dyn Array, row: usize, ty: Type, text: &mut String) {
    if matches!(ty, Type::String | Type::Dynamic | Type::Unknown) {
        match array.as_string_opt::<i32>().filter(|array| array.is_valid(row)) {
            Some(array) if ty == Type::String => write_string(array.value(row), text),
            Some(array) => text.push_str(&untagged(array.value(row))),
            None if ty == Type::String => text.push_str("\"\""),
            None => text.push_str("null"),
        }
        return;
    }
    write_value(&physical::value_at(array, row, ty), text);
}

/// One value.
pub fn write_value(value: &Value, text: &mut String) {
    // Writing to a string does not fail.
    let _ = match value {
        Value::Null(_) => write!(text, "null"),
        Value::Bool(value) => write!(text, "{value}"),
        Value::Int(value) => write!(text, "{value}"),
        Value::Long(value) => write!(text, "{value}"),
        Value::Real(value) if value.is_finite() => write!(text, "{}", RealText(*value)),
        Value::Real(value) => write!(text, "\"{}\"", RealText(*value)),
        Value::Decimal(value) => write!(text, "\"{value}\""),
        Value::String(value) => {
            write_string(value, text);
            Ok(())
        }
        Value::DateTime(ticks) => write!(text, "\"{}\"", DateTimeText(*ticks)),
        Value::TimeSpan(ticks) => write!(text, "\"{}\"", TimeSpanText(*ticks)),
        Value::Guid(value) => write!(text, "\"{}\"", GuidText(*value)),
        Value::Dynamic(value) => write!(text, "{}", untagged(&value.to_text())),
    };
}

/// The name of a column's type: what is not known before the query runs is dynamic.
#[must_use]
pub fn shown_type(ty: Type) -> &'static str {
    if ty == Type::Unknown { Type::Dynamic.name() } else { ty.name() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_values_as_kusto_does() {
        let cases = [
            (Value::Null(Type::Long), "null"),
            (Value::Real(1500.0), "1500.0"),
            (Value::Real(f64::NEG_INFINITY), "\"-Infinity\""),
            (Value::string("a\"b"), "\"a\\\"b\""),
            (Value::DateTime(0), "\"0001-01-01T00:00:00.0000000Z\""),
            (Value::TimeSpan(864_000_000_000), "\"1.00:00:00\""),
            (Value::Decimal(15.into()), "\"15\""),
        ];
        for (value, expected) in cases {
            let mut text = String::new();
            write_value(&value, &mut text);
            assert_eq!(text, expected);
        }
    }
}
