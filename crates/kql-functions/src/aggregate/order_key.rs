//! `$order_key`: columns by which rows are ordered, as one value that compares as they do.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryArray, Decimal128Array};
use arrow::compute::SortOptions;
use arrow::datatypes::{DataType, Int64Type};
use arrow::row::{RowConverter, SortField};
use datafusion::common::{Result, exec_err};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

use super::Order;

/// A column that rows are ordered by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OrderColumn {
    /// What its array holds.
    pub data_type: DataType,
    /// Whether the lowest comes first.
    pub is_ascending: bool,
    /// Whether nulls come first.
    pub nulls_first: bool,
}

/// What order-dependent aggregates are told by: the value of these columns, most significant first, and how it looks.
/// None where there are no columns.
#[must_use]
pub fn order_key(columns: Vec<(Expr, OrderColumn)>) -> Option<(Expr, Order)> {
    if columns.is_empty() {
        return None;
    }
    let (arguments, columns): (Vec<Expr>, Vec<OrderColumn>) = columns.into_iter().unzip();
    let order = kind(&columns);
    let signature = Signature::any(columns.len(), Volatility::Immutable);
    let udf = ScalarUDF::new_from_impl(OrderKey { columns, order, signature });
    Some((udf.call(arguments), order))
}

/// How the key of these columns looks.
pub(super) fn kind(columns: &[OrderColumn]) -> Order {
    match columns {
        [] => Order::Arrival,
        [_] | [_, _] if columns.iter().all(|column| column.data_type == DataType::Int64) => {
            Order::Number
        }
        _ => Order::Key,
    }
}

/// The key of rows.
pub(super) fn key(columns: &[OrderColumn], arrays: &[ArrayRef]) -> Result<ArrayRef> {
    match kind(columns) {
        Order::Number => numbers(columns, arrays),
        Order::Key | Order::Arrival => keys(columns, arrays),
    }
}

#[derive(Debug)]
struct OrderKey {
    columns: Vec<OrderColumn>,
    order: Order,
    signature: Signature,
}

impl PartialEq for OrderKey {
    fn eq(&self, other: &Self) -> bool {
        self.columns == other.columns
    }
}

impl Eq for OrderKey {}

impl Hash for OrderKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.columns.hash(state);
    }
}

impl ScalarUDFImpl for OrderKey {
    fn name(&self) -> &'static str {
        "$order_key"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(self.order.data_type())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let key = key(&self.columns, &arrays)?;
        if key.len() == args.number_rows || key.len() != 1 {
            return Ok(ColumnarValue::Array(key));
        }
        let rows = arrow::array::UInt32Array::from(vec![0; args.number_rows]);
        Ok(ColumnarValue::Array(arrow::compute::take(&key, &rows, None)?))
    }
}

/// One or two columns of 64 bits side by side.
fn numbers(columns: &[OrderColumn], arrays: &[ArrayRef]) -> Result<ArrayRef> {
    let mut answer: Vec<i128> = vec![0; arrays.first().map_or(0, |array| array.len())];
    for (column, array) in columns.iter().zip(arrays) {
        let Some(array) = array.as_primitive_opt::<Int64Type>() else {
            return exec_err!("$order_key got a column of {}", array.data_type());
        };
        let null = if column.nulls_first { i64::MIN } else { i64::MAX };
        for (row, all) in answer.iter_mut().enumerate() {
            let value = match array.is_null(row) {
                true => null,
                false if column.is_ascending => array.value(row),
                false => !array.value(row),
            };
            // Without its sign a number in the lower half compares as it does with it.
            let lower = value.cast_unsigned() ^ (1 << 63);
            *all = if columns.len() == 1 { value.into() } else { *all << 64 | i128::from(lower) };
        }
    }
    if columns.len() == 2 {
        // The upper half's sign bit turned over as well: back to a signed order.
        answer.iter_mut().for_each(|all| *all ^= i128::MIN);
    }
    Ok(Arc::new(Decimal128Array::from(answer).with_data_type(Order::Number.data_type())))
}

/// Any columns, as bytes.
fn keys(columns: &[OrderColumn], arrays: &[ArrayRef]) -> Result<ArrayRef> {
    let field = |column: &OrderColumn| {
        let options =
            SortOptions { descending: !column.is_ascending, nulls_first: column.nulls_first };
        SortField::new_with_options(column.data_type.clone(), options)
    };
    let converter = RowConverter::new(columns.iter().map(field).collect())?;
    let rows = converter.convert_columns(arrays)?;
    let bytes = (0..rows.num_rows()).map(|row| rows.row(row).data().to_vec());
    Ok(Arc::new(BinaryArray::from_iter_values(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::Int64Array;
    use arrow::datatypes::Decimal128Type;

    #[test]
    fn compares_as_the_columns_do() {
        let column = |is_ascending| OrderColumn {
            data_type: DataType::Int64,
            is_ascending,
            nulls_first: true,
        };
        let upper: ArrayRef =
            Arc::new(Int64Array::from(vec![None, Some(-5), Some(-5), Some(0), Some(7)]));
        let lower: ArrayRef = Arc::new(Int64Array::from(vec![3, -1, 2, i64::MIN, i64::MAX]));
        let both = numbers(&[column(true), column(true)], &[upper.clone(), lower.clone()]).unwrap();
        assert!(both.as_primitive::<Decimal128Type>().values().is_sorted());
        let one = numbers(&[column(true)], std::slice::from_ref(&upper)).unwrap();
        assert!(one.as_primitive::<Decimal128Type>().values().is_sorted());
        let last_first = numbers(&[column(false), column(true)], &[upper.clone(), lower.clone()]);
        let last_first = last_first.unwrap();
        let values = last_first.as_primitive::<Decimal128Type>().values();
        assert!(values[4] < values[3] && values[3] < values[1] && values[0] < values[4]);
        let any = keys(&[column(true), column(true)], &[upper, lower]).unwrap();
        assert!(any.as_binary::<i32>().iter().is_sorted());
    }
}
