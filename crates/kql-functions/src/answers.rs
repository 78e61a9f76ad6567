//! Answers whose rows may fail.

use arrow::array::{PrimitiveArray, StringBuilder};
use arrow::datatypes::Int64Type;

use crate::arguments::append;
use crate::prelude::*;

/// How long a string may become that is made of others, in bytes.
const LONGEST: usize = 64 << 20;

/// Adds a piece to a string that may grow far beyond what it is made of.
///
/// **Errors**: it is too long.
pub(crate) fn grow(text: &mut String, piece: &str) -> Result<(), KernelError> {
    if text.len() + piece.len() > LONGEST {
        return Err(KernelError::new("a string would become longer than 64 MB"));
    }
    text.push_str(piece);
    Ok(())
}

impl Arguments<'_> {
    /// Answers with a `string` a row, written by `write`.
    pub fn try_strings(
        &self,
        mut write: impl FnMut(usize, &mut String) -> Result<(), KernelError>,
    ) -> Answer {
        let mut builder = StringBuilder::with_capacity(self.rows(), self.rows() * 16);
        let mut text = String::new();
        for row in 0..self.rows() {
            text.clear();
            write(row, &mut text)?;
            append(&mut builder, &text)?;
        }
        Ok(Arc::new(builder.finish()))
    }

    /// Answers with a `string` a row, borrowed from somewhere.
    pub fn try_strs<'b>(
        &self,
        mut get: impl FnMut(usize) -> Result<&'b str, KernelError>,
    ) -> Answer {
        let mut builder = StringBuilder::with_capacity(self.rows(), self.rows() * 16);
        for row in 0..self.rows() {
            append(&mut builder, get(row)?)?;
        }
        Ok(Arc::new(builder.finish()))
    }

    /// Answers with a `dynamic` a row: `write` writes its text and gives true, or gives false for null.
    pub fn try_dynamics(
        &self,
        mut write: impl FnMut(usize, &mut String) -> Result<bool, KernelError>,
    ) -> Answer {
        let mut builder = StringBuilder::with_capacity(self.rows(), self.rows() * 32);
        let mut text = String::new();
        for row in 0..self.rows() {
            text.clear();
            if write(row, &mut text)? && text != "null" {
                append(&mut builder, &text)?;
            } else {
                builder.append_null();
            }
        }
        Ok(Arc::new(builder.finish()))
    }

    /// Answers with a `long` a row.
    pub fn try_longs(&self, get: impl FnMut(usize) -> Result<Option<i64>, KernelError>) -> Answer {
        let values: Result<PrimitiveArray<Int64Type>, _> = (0..self.rows()).map(get).collect();
        Ok(Arc::new(values?))
    }
}
