//! An argument that is the same for all rows, such as a largest size.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array};
use arrow::datatypes::{Int32Type, Int64Type};

/// A whole number that rows or states bring along; the first one counts.
#[derive(Clone, Copy, Default)]
pub(crate) struct Setting(Option<i64>);

impl Setting {
    /// Takes it from an argument or a state, if it is not known.
    pub(crate) fn read(&mut self, array: Option<&ArrayRef>) {
        let Some(array) = array.filter(|_| self.0.is_none()) else { return };
        let row = (0..array.len()).find(|row| array.is_valid(*row));
        self.0 = row.and_then(|row| {
            let long = || array.as_primitive_opt::<Int64Type>().map(|array| array.value(row));
            let int = || array.as_primitive_opt::<Int32Type>().map(|array| array.value(row).into());
            long().or_else(int)
        });
    }

    /// As a column of a state.
    pub(crate) fn state(self, groups: usize) -> ArrayRef {
        Arc::new(Int64Array::from(vec![self.0; groups]))
    }

    /// The number, if there is one.
    pub(crate) fn get(self) -> Option<i64> {
        self.0
    }
}
