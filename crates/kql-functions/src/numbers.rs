//! Answers whose type of number follows from the arguments: the binder says which.

use crate::prelude::*;

impl Arguments<'_> {
    /// Answers with a whole number a row as the `int`, `long`, `real` or `decimal` that was promised.
    #[expect(clippy::cast_precision_loss, reason = "what Kusto does when it widens")]
    pub fn make_whole(
        &self,
        mut get: impl FnMut(usize) -> Option<i64>,
    ) -> Result<ArrayRef, KernelError> {
        match self.result() {
            Type::Int => self.make_ints(|row| get(row).and_then(|value| value.try_into().ok())),
            Type::Real => self.make_reals(|row| get(row).map(|value| value as f64)),
            Type::Decimal => self.make_decimals(|row| get(row).map(Decimal::from)),
            _ => self.make_longs(get),
        }
    }
}
