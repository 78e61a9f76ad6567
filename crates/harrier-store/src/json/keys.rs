//! Keys of records to columns, fast because records of a file have the same keys in the same order.

use std::collections::HashMap;

/// Keys to targets, in the order of their first appearance.
pub(crate) struct Keys<T> {
    known: Vec<(Box<str>, T)>,
    places: HashMap<Box<str>, usize>,
    /// Where the next key of a record like the ones before would be.
    next: usize,
}

impl<T: Copy> Keys<T> {
    pub(crate) fn new() -> Self {
        Self { known: Vec::new(), places: HashMap::new(), next: 0 }
    }

    /// A record begins.
    pub(crate) fn begin(&mut self) {
        self.next = 0;
    }

    /// The target of a key as it is written; `new` tells that of one which has not come before.
    pub(crate) fn target(&mut self, key: &str, new: impl FnOnce(&str) -> T) -> T {
        if let Some((known, target)) = self.known.get(self.next)
            && **known == *key
        {
            self.next += 1;
            return *target;
        }
        if let Some(place) = self.places.get(key)
            && let Some((_, target)) = self.known.get(*place)
        {
            self.next = place + 1;
            return *target;
        }
        let target = new(key);
        // Keys that are data (a guid each) would grow this without end.
        if self.known.len() < MOST_KEYS {
            self.places.insert(key.into(), self.known.len());
            self.known.push((key.into(), target));
            self.next = self.known.len();
        }
        target
    }
}

/// No table has more columns.
pub(crate) const MOST_KEYS: usize = 10_000;
