//! Computing on whole arrays of numbers at once, where the loop is short enough for the processor to do several rows in a step.

use arrow::array::{Array, ArrowPrimitiveType, PrimitiveArray};
use arrow::compute::{binary, unary};
use arrow::datatypes::{DataType, Float64Type, Int32Type, Int64Type};

use crate::arguments::Primitives;
use crate::prelude::*;

impl Arguments<'_> {
    /// An `int`, `long`, `datetime` or `timespan` argument as an array of 64 bits.
    pub fn long_array(&self, index: usize) -> Result<PrimitiveArray<Int64Type>, KernelError> {
        if self.ty(index) == Type::Int {
            let ints = self.primitives::<Int32Type>(index)?;
            return Ok(unary(ints.array(), i64::from));
        }
        Ok(self.primitives::<Int64Type>(index)?.array().clone())
    }

    /// An `int`, `long`, `real` or `decimal` argument as an array of doubles.
    #[expect(clippy::cast_precision_loss, reason = "what Kusto does when it widens")]
    pub fn real_array(&self, index: usize) -> Result<PrimitiveArray<Float64Type>, KernelError> {
        match self.array(index)?.data_type() {
            DataType::Float64 => Ok(self.primitives::<Float64Type>(index)?.array().clone()),
            DataType::Decimal256(..) => {
                let values = self.decimals(index)?;
                let rows = self.array(index)?.len();
                Ok((0..rows).map(|row| values.at(row).map(Decimal::to_f64)).collect())
            }
            _ => Ok(unary(&self.long_array(index)?, |value| value as f64)),
        }
    }

    /// Computes a value from those of two arrays, which are the first two arguments' or made of them.
    pub fn zip<A, B, C>(
        &self,
        a: &PrimitiveArray<A>,
        b: &PrimitiveArray<B>,
        compute: impl Fn(A::Native, B::Native) -> C::Native,
    ) -> Answer
    where
        A: ArrowPrimitiveType,
        B: ArrowPrimitiveType,
        C: ArrowPrimitiveType,
    {
        let is_null = |array: &dyn Array| array.len() == 1 && array.is_null(0);
        if is_null(a) || is_null(b) {
            return Ok(Arc::new(PrimitiveArray::<C>::new_null(self.rows())));
        }
        let answer: PrimitiveArray<C> = match (a.len(), b.len()) {
            (a_rows, b_rows) if a_rows == b_rows => {
                binary(a, b, compute).map_err(|error| KernelError(error.to_string()))?
            }
            (1, _) => {
                let a = a.value(0);
                unary(b, |b| compute(a, b))
            }
            (_, 1) => {
                let b = b.value(0);
                unary(a, |a| compute(a, b))
            }
            _ => return Err(KernelError::new("the arguments differ in length")),
        };
        Ok(Arc::new(answer))
    }

    /// Computes a value, or null, from those of two arrays.
    pub fn zip_some<A, B, C>(
        &self,
        a: &PrimitiveArray<A>,
        b: &PrimitiveArray<B>,
        compute: impl Fn(A::Native, B::Native) -> Option<C::Native>,
    ) -> Answer
    where
        A: ArrowPrimitiveType,
        B: ArrowPrimitiveType,
        C: ArrowPrimitiveType,
    {
        let is_constant = |array: &dyn Array| array.len() == 1;
        let (a, b) = (Primitives::new(a, is_constant(a)), Primitives::new(b, is_constant(b)));
        let at = |row| compute(a.at(row)?, b.at(row)?);
        Ok(Arc::new((0..self.rows()).map(at).collect::<PrimitiveArray<C>>()))
    }
}
