//! What a kernel reads its arguments from and writes its answer to.

use std::any::Any;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, BooleanBuilder, FixedSizeBinaryArray, PrimitiveArray,
    PrimitiveBuilder, StringArray, StringBuilder,
};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Decimal256Type, Float64Type, Int32Type, Int64Type,
};
use datafusion::common::{DataFusionError, ScalarValue};
use datafusion::logical_expr::ColumnarValue;
use kql_semantics::{Decimal, Type};

use crate::physical;
use crate::prepared::Prepared;

/// Why a kernel can not answer: the query fails, and the user reads this.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct KernelError(pub String);

impl KernelError {
    /// With what the user reads: lower case, no full stop, names in backticks.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl From<KernelError> for DataFusionError {
    fn from(error: KernelError) -> Self {
        Self::External(Box::new(error))
    }
}

/// The arguments of one call over one batch of rows.
pub struct Arguments<'a> {
    values: Vec<Argument<'a>>,
    types: &'a [Type],
    result: Type,
    rows: usize,
    prepared: &'a Prepared,
}

struct Argument<'a> {
    array: &'a ArrayRef,
    is_constant: bool,
}

impl<'a> Arguments<'a> {
    /// Of arrays of `rows` values each, or of one where `is_constant`.
    pub(crate) fn new(
        arrays: &'a [ArrayRef],
        is_constant: &[bool],
        types: &'a [Type],
        result: Type,
        rows: usize,
        prepared: &'a Prepared,
    ) -> Self {
        let values = arrays
            .iter()
            .zip(is_constant)
            .map(|(array, is_constant)| Argument { array, is_constant: *is_constant })
            .collect();
        Self { values, types, result, rows, prepared }
    }

    /// How many rows there are; 1 where all arguments are constants.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many arguments there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The type of an argument.
    #[must_use]
    pub fn ty(&self, index: usize) -> Type {
        self.types.get(index).copied().unwrap_or(Type::Unknown)
    }

    /// The type that the binder promised of the answer.
    #[must_use]
    pub fn result(&self) -> Type {
        self.result
    }

    /// Whether an argument is the same for all rows.
    #[must_use]
    pub fn is_constant(&self, index: usize) -> bool {
        self.values.get(index).is_some_and(|value| value.is_constant)
    }

    /// The array of an argument: of [`Self::rows`] values, or of one where it is constant.
    pub fn array(&self, index: usize) -> Result<&'a ArrayRef, KernelError> {
        self.values
            .get(index)
            .map(|value| value.array)
            .ok_or_else(|| KernelError(format!("argument {} is missing", index + 1)))
    }

    /// Reads a `string` argument.
    pub fn strings(&self, index: usize) -> Result<Strings<'a>, KernelError> {
        let array = self.array(index)?.as_string_opt::<i32>().ok_or_else(|| self.wrong(index))?;
        Ok(Strings { array, is_constant: self.is_constant(index) })
    }

    /// Reads a `dynamic` argument as the text that holds it.
    pub fn dynamics(&self, index: usize) -> Result<Dynamics<'a>, KernelError> {
        self.strings(index).map(Dynamics)
    }

    /// Reads a `bool` argument.
    pub fn bools(&self, index: usize) -> Result<Bools<'a>, KernelError> {
        let array = self.array(index)?.as_boolean_opt().ok_or_else(|| self.wrong(index))?;
        Ok(Bools { array, is_constant: self.is_constant(index) })
    }

    /// Reads an `int` argument.
    pub fn ints(&self, index: usize) -> Result<Primitives<'a, Int32Type>, KernelError> {
        self.primitives(index)
    }

    /// Reads a `long`, `datetime` or `timespan` argument; an `int` too, widened.
    pub fn longs(&self, index: usize) -> Result<Longs<'a>, KernelError> {
        match self.array(index)?.data_type() {
            DataType::Int32 => self.primitives(index).map(Longs::Int),
            _ => self.primitives(index).map(Longs::Long),
        }
    }

    /// Reads a `real` argument; an `int`, `long` or `decimal` too, widened.
    pub fn reals(&self, index: usize) -> Result<Reals<'a>, KernelError> {
        Ok(match self.array(index)?.data_type() {
            DataType::Float64 => Reals::Real(self.primitives(index)?),
            DataType::Decimal256(..) => Reals::Decimal(self.decimals(index)?),
            _ => Reals::Long(self.longs(index)?),
        })
    }

    /// Reads a `decimal` argument.
    pub fn decimals(&self, index: usize) -> Result<Decimals<'a>, KernelError> {
        self.primitives(index).map(Decimals)
    }

    /// Reads a `decimal` argument; an `int`, `long` or `real` too, widened.
    pub fn any_decimals(&self, index: usize) -> Result<AnyDecimals<'a>, KernelError> {
        Ok(match self.array(index)?.data_type() {
            DataType::Decimal256(..) => AnyDecimals::Decimal(self.decimals(index)?),
            DataType::Float64 => AnyDecimals::Real(self.primitives(index)?),
            _ => AnyDecimals::Long(self.longs(index)?),
        })
    }

    /// Reads a `guid` argument.
    pub fn guids(&self, index: usize) -> Result<Guids<'a>, KernelError> {
        let array =
            self.array(index)?.as_fixed_size_binary_opt().ok_or_else(|| self.wrong(index))?;
        Ok(Guids { array, is_constant: self.is_constant(index) })
    }

    /// The text of a constant `string` argument; none where it differs by row.
    pub fn constant_string(&self, index: usize) -> Result<Option<&'a str>, KernelError> {
        if self.is_constant(index) { Ok(Some(self.strings(index)?.at(0))) } else { Ok(None) }
    }

    /// The same call with another array and type as one of its arguments; `with` is called with it.
    pub(crate) fn replacing<R>(
        &self,
        index: usize,
        array: ArrayRef,
        ty: Type,
        with: impl FnOnce(&Arguments<'_>) -> R,
    ) -> R {
        let mut types = self.types.to_vec();
        let mut values: Vec<Argument<'_>> =
            self.values.iter().map(|value| Argument { ..*value }).collect();
        if let (Some(value), Some(place)) = (values.get_mut(index), types.get_mut(index)) {
            value.array = &array;
            *place = ty;
        }
        let Self { result, rows, prepared, .. } = *self;
        with(&Arguments { values, types: &types, result, rows, prepared })
    }

    /// An array that was computed, of a value a row, as the only argument; `with` is called with it.
    pub(crate) fn computed<R>(
        &self,
        array: &ArrayRef,
        ty: Type,
        with: impl FnOnce(&Arguments<'_>) -> R,
    ) -> R {
        let values = vec![Argument { array, is_constant: false }];
        let Self { result, prepared, .. } = *self;
        with(&Arguments { values, types: &[ty], result, rows: array.len(), prepared })
    }

    /// One argument as the only one, of as many rows as its array has; `with` is called with it.
    pub(crate) fn only<R>(
        &self,
        index: usize,
        result: Type,
        with: impl FnOnce(&Arguments<'_>) -> R,
    ) -> Result<R, KernelError> {
        let array = self.array(index)?;
        let value = Argument { array, is_constant: self.is_constant(index) };
        let types = &[self.ty(index)];
        let prepared = self.prepared;
        let rows = array.len();
        Ok(with(&Arguments { values: vec![value], types, result, rows, prepared }))
    }

    /// What `make` makes of constant arguments (an automaton, a set): made once for a call site, not once for a batch.
    ///
    /// `constants` are the arguments that it is made of; to be asked for only where they are constant.
    pub fn prepared<T: Any + Send + Sync>(
        &self,
        constants: &[usize],
        make: impl FnOnce() -> Result<T, KernelError>,
    ) -> Result<Arc<T>, KernelError> {
        debug_assert!(constants.iter().all(|index| self.is_constant(*index)));
        let arrays: Vec<&ArrayRef> =
            constants.iter().map(|index| self.array(*index)).collect::<Result<_, _>>()?;
        self.prepared.get(&arrays, make)
    }

    pub(crate) fn primitives<T: ArrowPrimitiveType>(
        &self,
        index: usize,
    ) -> Result<Primitives<'a, T>, KernelError> {
        let array = self.array(index)?.as_primitive_opt::<T>().ok_or_else(|| self.wrong(index))?;
        Ok(Primitives { array, is_constant: self.is_constant(index) })
    }

    fn wrong(&self, index: usize) -> KernelError {
        KernelError(format!("argument {} can not be a {}", index + 1, self.ty(index)))
    }

    /// Answers with a `string` a row, written by `write`.
    pub fn make_strings(
        &self,
        mut write: impl FnMut(usize, &mut String),
    ) -> Result<ArrayRef, KernelError> {
        let mut builder = StringBuilder::with_capacity(self.rows, self.rows * 16);
        let mut text = String::new();
        for row in 0..self.rows {
            text.clear();
            write(row, &mut text);
            append(&mut builder, &text)?;
        }
        Ok(Arc::new(builder.finish()))
    }

    /// Answers with a `string` a row, borrowed from somewhere.
    pub fn make_strs<'b>(
        &self,
        mut get: impl FnMut(usize) -> &'b str,
    ) -> Result<ArrayRef, KernelError> {
        let mut builder = StringBuilder::with_capacity(self.rows, self.rows * 16);
        for row in 0..self.rows {
            append(&mut builder, get(row))?;
        }
        Ok(Arc::new(builder.finish()))
    }

    /// Answers with a `dynamic` a row: `write` writes its text and gives true, or gives false for null.
    pub fn make_dynamics(
        &self,
        mut write: impl FnMut(usize, &mut String) -> bool,
    ) -> Result<ArrayRef, KernelError> {
        let mut builder = StringBuilder::with_capacity(self.rows, self.rows * 32);
        let mut text = String::new();
        for row in 0..self.rows {
            text.clear();
            if write(row, &mut text) && text != "null" {
                append(&mut builder, &text)?;
            } else {
                builder.append_null();
            }
        }
        Ok(Arc::new(builder.finish()))
    }

    /// Answers with a `bool` a row.
    pub fn make_bools(
        &self,
        mut get: impl FnMut(usize) -> Option<bool>,
    ) -> Result<ArrayRef, KernelError> {
        let mut builder = BooleanBuilder::with_capacity(self.rows);
        (0..self.rows).for_each(|row| builder.append_option(get(row)));
        Ok(Arc::new(builder.finish()))
    }

    /// Answers with an `int` a row.
    pub fn make_ints(
        &self,
        get: impl FnMut(usize) -> Option<i32>,
    ) -> Result<ArrayRef, KernelError> {
        self.make_primitives::<Int32Type>(get)
    }

    /// Answers with a `long`, `datetime` or `timespan` a row.
    pub fn make_longs(
        &self,
        get: impl FnMut(usize) -> Option<i64>,
    ) -> Result<ArrayRef, KernelError> {
        self.make_primitives::<Int64Type>(get)
    }

    /// Answers with a `real` a row.
    pub fn make_reals(
        &self,
        get: impl FnMut(usize) -> Option<f64>,
    ) -> Result<ArrayRef, KernelError> {
        self.make_primitives::<Float64Type>(get)
    }

    /// Answers with a `decimal` a row; null where it does not fit.
    pub fn make_decimals(
        &self,
        mut get: impl FnMut(usize) -> Option<Decimal>,
    ) -> Result<ArrayRef, KernelError> {
        let mut builder = PrimitiveBuilder::<Decimal256Type>::with_capacity(self.rows)
            .with_data_type(physical::data_type(Type::Decimal));
        (0..self.rows)
            .for_each(|row| builder.append_option(get(row).and_then(physical::decimal_units)));
        Ok(Arc::new(builder.finish()))
    }

    /// Answers with a `guid` a row.
    pub fn make_guids(
        &self,
        get: impl FnMut(usize) -> Option<u128>,
    ) -> Result<ArrayRef, KernelError> {
        let bytes = (0..self.rows).map(get).map(|guid| guid.map(u128::to_be_bytes));
        FixedSizeBinaryArray::try_from_sparse_iter_with_size(bytes, 16)
            .map(|array| Arc::new(array) as ArrayRef)
            .map_err(|error| KernelError(error.to_string()))
    }

    fn make_primitives<T: ArrowPrimitiveType>(
        &self,
        mut get: impl FnMut(usize) -> Option<T::Native>,
    ) -> Result<ArrayRef, KernelError> {
        let mut builder = PrimitiveBuilder::<T>::with_capacity(self.rows);
        (0..self.rows).for_each(|row| builder.append_option(get(row)));
        Ok(Arc::new(builder.finish()))
    }
}

/// Adds a string to an answer.
///
/// **Errors**: the strings of a batch are too long for one array.
pub(crate) fn append(builder: &mut StringBuilder, text: &str) -> Result<(), KernelError> {
    if builder.values_slice().len() + text.len() > i32::MAX as usize {
        return Err(KernelError::new("the strings of one batch need more than 2 GB"));
    }
    builder.append_value(text);
    Ok(())
}

/// The row of an array that stands for a row of the batch.
const fn place(is_constant: bool, row: usize) -> usize {
    if is_constant { 0 } else { row }
}

/// A `string` argument.
#[derive(Clone, Copy)]
pub struct Strings<'a> {
    array: &'a StringArray,
    is_constant: bool,
}

impl<'a> Strings<'a> {
    /// The string of a row; "" where it is absent.
    #[must_use]
    pub fn at(&self, row: usize) -> &'a str {
        self.nullable(row).unwrap_or("")
    }

    /// The string of a row, the few nulls that the engine makes told apart.
    #[must_use]
    pub fn nullable(&self, row: usize) -> Option<&'a str> {
        let row = place(self.is_constant, row);
        if self.array.is_null(row) { None } else { Some(self.array.value(row)) }
    }

    /// The whole array; of one value where the argument is constant.
    #[must_use]
    pub fn array(&self) -> &'a StringArray {
        self.array
    }
}

/// A `dynamic` argument, as text.
#[derive(Clone, Copy)]
pub struct Dynamics<'a>(Strings<'a>);

impl<'a> Dynamics<'a> {
    /// The text of a row's value; none where it is null.
    #[must_use]
    pub fn at(&self, row: usize) -> Option<&'a str> {
        self.0.nullable(row)
    }
}

/// A `bool` argument.
#[derive(Clone, Copy)]
pub struct Bools<'a> {
    array: &'a BooleanArray,
    is_constant: bool,
}

impl Bools<'_> {
    /// The value of a row.
    #[must_use]
    pub fn at(&self, row: usize) -> Option<bool> {
        let row = place(self.is_constant, row);
        if self.array.is_null(row) { None } else { Some(self.array.value(row)) }
    }
}

/// A `guid` argument.
#[derive(Clone, Copy)]
pub struct Guids<'a> {
    array: &'a FixedSizeBinaryArray,
    is_constant: bool,
}

impl Guids<'_> {
    /// The value of a row.
    #[must_use]
    pub fn at(&self, row: usize) -> Option<u128> {
        let row = place(self.is_constant, row);
        if self.array.is_null(row) {
            return None;
        }
        self.array.value(row).try_into().ok().map(u128::from_be_bytes)
    }
}

/// An argument of fixed width.
pub struct Primitives<'a, T: ArrowPrimitiveType> {
    array: &'a PrimitiveArray<T>,
    is_constant: bool,
}

impl<'a, T: ArrowPrimitiveType> Primitives<'a, T> {
    pub(crate) const fn new(array: &'a PrimitiveArray<T>, is_constant: bool) -> Self {
        Self { array, is_constant }
    }

    /// The whole array; of one value where the argument is constant.
    #[must_use]
    pub fn array(&self) -> &'a PrimitiveArray<T> {
        self.array
    }

    /// The value of a row.
    #[must_use]
    pub fn at(&self, row: usize) -> Option<T::Native> {
        let row = place(self.is_constant, row);
        if self.array.is_null(row) { None } else { Some(self.array.value(row)) }
    }
}

/// A whole number or a count of ticks.
pub enum Longs<'a> {
    /// An `int`.
    Int(Primitives<'a, Int32Type>),
    /// A `long`, `datetime` or `timespan`.
    Long(Primitives<'a, Int64Type>),
}

impl Longs<'_> {
    /// The value of a row.
    #[must_use]
    pub fn at(&self, row: usize) -> Option<i64> {
        match self {
            Self::Int(values) => values.at(row).map(i64::from),
            Self::Long(values) => values.at(row),
        }
    }
}

/// A number, as a double.
pub enum Reals<'a> {
    /// A `real`.
    Real(Primitives<'a, Float64Type>),
    /// An `int` or `long`.
    Long(Longs<'a>),
    /// A `decimal`.
    Decimal(Decimals<'a>),
}

impl Reals<'_> {
    /// The value of a row.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "what Kusto does when it widens")]
    pub fn at(&self, row: usize) -> Option<f64> {
        match self {
            Self::Real(values) => values.at(row),
            Self::Long(values) => values.at(row).map(|value| value as f64),
            Self::Decimal(values) => values.at(row).map(Decimal::to_f64),
        }
    }
}

/// A `decimal` argument.
pub struct Decimals<'a>(Primitives<'a, Decimal256Type>);

impl Decimals<'_> {
    /// The value of a row.
    #[must_use]
    pub fn at(&self, row: usize) -> Option<Decimal> {
        self.0.at(row).and_then(physical::decimal_from_units)
    }
}

/// A number, as a decimal.
pub enum AnyDecimals<'a> {
    /// A `decimal`.
    Decimal(Decimals<'a>),
    /// A `real`.
    Real(Primitives<'a, Float64Type>),
    /// An `int` or `long`.
    Long(Longs<'a>),
}

impl AnyDecimals<'_> {
    /// The value of a row.
    #[must_use]
    pub fn at(&self, row: usize) -> Option<Decimal> {
        match self {
            Self::Decimal(values) => values.at(row),
            Self::Real(values) => values.at(row).and_then(Decimal::from_f64),
            Self::Long(values) => values.at(row).map(Decimal::from),
        }
    }
}

/// Arguments as DataFusion gives them, as arrays; and which of them are constant.
pub(crate) fn arrays(
    values: &[ColumnarValue],
    types: &[Type],
) -> Result<(Vec<ArrayRef>, Vec<bool>), DataFusionError> {
    let mut arrays = Vec::with_capacity(values.len());
    let mut is_constant = Vec::with_capacity(values.len());
    for (value, ty) in values.iter().zip(types) {
        is_constant.push(matches!(value, ColumnarValue::Scalar(_)));
        arrays.push(match value {
            ColumnarValue::Array(array) => Arc::clone(array),
            // The optimiser may make an untyped null of a constant.
            ColumnarValue::Scalar(ScalarValue::Null) => physical::nulls(*ty, 1),
            ColumnarValue::Scalar(scalar) => scalar.to_array()?,
        });
    }
    Ok((arrays, is_constant))
}
