//! Calling functions in tests: over constants, and over columns.

use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::Field;
use datafusion::common::ScalarValue;
use datafusion::common::config::ConfigOptions;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF};
use kql_semantics::{Type, Value};

use crate::{Function, physical, udf};

/// A `string`.
pub(crate) fn text(text: &str) -> Value {
    Value::string(text)
}

/// A `dynamic`, of JSON text.
pub(crate) fn json(text: &str) -> Value {
    match kql_semantics::Dynamic::parse(text).unwrap() {
        kql_semantics::Dynamic::Null => Value::Null(Type::Dynamic),
        value => Value::Dynamic(Arc::new(value)),
    }
}

/// A `datetime`.
pub(crate) fn datetime(text: &str) -> Value {
    Value::DateTime(kql_semantics::time::parse_datetime(text).unwrap())
}

/// A `timespan`.
pub(crate) fn timespan(text: &str) -> Value {
    Value::TimeSpan(kql_semantics::time::parse_timespan(text).unwrap())
}

/// A `decimal`.
pub(crate) fn decimal(text: &str) -> Value {
    Value::Decimal(text.parse().unwrap())
}

/// Asserts what a function gives for arguments: over constants, over columns, and over a column with the other
/// arguments constant.
pub(crate) fn check(
    function: &'static Function,
    types: &[Type],
    result: Type,
    cases: &[(&[Value], Value)],
) {
    let udf = udf::scalar_udf(function, types.to_vec(), result).unwrap();
    for (arguments, expected) in cases {
        let constants = arguments.iter().map(constant).collect();
        let answer = call(&udf, constants, 1, result).unwrap();
        assert_same(&udf, arguments, &answer, 0, result, expected);
        let mixed = arguments.iter().enumerate().map(|(index, value)| match index {
            0 => ColumnarValue::Array(column([value, value].into_iter())),
            _ => constant(value),
        });
        if !types.is_empty() {
            let answer = call(&udf, mixed.collect(), 2, result).unwrap();
            assert_same(&udf, arguments, &answer, 1, result, expected);
        }
    }
    if types.is_empty() {
        return;
    }
    let columns = (0..types.len())
        .map(|index| ColumnarValue::Array(column(cases.iter().map(|case| &case.0[index]))))
        .collect();
    let answer = call(&udf, columns, cases.len(), result).unwrap();
    for (row, (arguments, expected)) in cases.iter().enumerate() {
        assert_same(&udf, arguments, &answer, row, result, expected);
    }
}

/// What the user reads where a function can not answer.
pub(crate) fn error(function: &'static Function, result: Type, arguments: &[Value]) -> String {
    let types = arguments.iter().map(Value::ty).collect();
    let udf = udf::scalar_udf(function, types, result).unwrap();
    let constants = arguments.iter().map(constant).collect();
    call(&udf, constants, 1, result).unwrap_err().to_string()
}

/// What a function whose value differs at each call gives for so many rows.
pub(crate) fn call_volatile(
    function: &'static Function,
    result: Type,
    arguments: &[Value],
    rows: usize,
) -> Vec<Value> {
    let types = arguments.iter().map(Value::ty).collect();
    let udf = udf::scalar_udf(function, types, result).unwrap();
    let answer = call(&udf, arguments.iter().map(constant).collect(), rows, result).unwrap();
    (0..rows).map(|row| physical::value_at(&answer, row, result)).collect()
}

fn call(
    udf: &ScalarUDF,
    args: Vec<ColumnarValue>,
    number_rows: usize,
    result: Type,
) -> datafusion::common::Result<ArrayRef> {
    let fields = args.iter().map(|value| Arc::new(Field::new("a", value.data_type(), true)));
    let arguments = ScalarFunctionArgs {
        arg_fields: fields.collect(),
        args,
        number_rows,
        return_field: Arc::new(physical::field("answer", result)),
        config_options: Arc::new(ConfigOptions::new()),
    };
    udf.invoke_with_args(arguments)?.into_array(number_rows)
}

fn constant(value: &Value) -> ColumnarValue {
    ColumnarValue::Scalar(scalar(value))
}

fn scalar(value: &Value) -> ScalarValue {
    physical::scalar_value(value)
}

fn column<'a>(values: impl Iterator<Item = &'a Value>) -> ArrayRef {
    ScalarValue::iter_to_array(values.map(scalar)).unwrap()
}

fn assert_same(
    udf: &ScalarUDF,
    arguments: &[Value],
    answer: &ArrayRef,
    row: usize,
    result: Type,
    expected: &Value,
) {
    let answer = physical::value_at(answer, row, result);
    let is_close = match (&answer, expected) {
        // The last bit of a computed real is not ours to promise.
        (Value::Real(a), Value::Real(b)) => (a - b).abs() <= 1e-14 * b.abs(),
        _ => false,
    };
    let (answer, expected) = (format!("{answer:?}"), format!("{expected:?}"));
    assert!(is_close || answer == expected, "{udf:?} {arguments:?}: {answer}, not {expected}");
}
