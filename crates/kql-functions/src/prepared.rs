//! What kernels make of their constant arguments (automata, regexes, sets), kept with the call site.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{Array, ArrayRef};

use crate::KernelError;

/// How many different constants one call site remembers: it has one, unless its function is shared.
const MOST: usize = 8;

/// Values made of constants, by the constants' contents.
#[derive(Default)]
pub(crate) struct Prepared(Mutex<Vec<Entry>>);

struct Entry {
    constants: Vec<ArrayRef>,
    value: Arc<dyn Any + Send + Sync>,
}

impl Prepared {
    /// The value for these constants, made by `make` when they are met first.
    pub(crate) fn get<T: Any + Send + Sync>(
        &self,
        constants: &[&ArrayRef],
        make: impl FnOnce() -> Result<T, KernelError>,
    ) -> Result<Arc<T>, KernelError> {
        if let Some(value) = self.find(constants) {
            return Ok(value);
        }
        // Made without the lock: it may take long, and two threads may well make it both.
        let value = Arc::new(make()?);
        let constants = constants.iter().map(|constant| Arc::clone(constant)).collect();
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() == MOST {
            entries.remove(0);
        }
        entries.push(Entry { constants, value: Arc::clone(&value) as Arc<dyn Any + Send + Sync> });
        Ok(value)
    }

    fn find<T: Any + Send + Sync>(&self, constants: &[&ArrayRef]) -> Option<Arc<T>> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |entry: &&Entry| {
            entry.constants.len() == constants.len()
                && entry.constants.iter().zip(constants).all(|(a, b)| is_same(a, b))
        };
        entries
            .iter()
            .filter(is_same)
            .find_map(|entry| Arc::clone(&entry.value).downcast::<T>().ok())
    }
}

fn is_same(a: &ArrayRef, b: &ArrayRef) -> bool {
    Arc::ptr_eq(a, b) || (a.data_type() == b.data_type() && a.as_ref() == b.as_ref())
}
