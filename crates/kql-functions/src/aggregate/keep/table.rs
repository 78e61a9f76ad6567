//! A hash table of places: where in a list the entry of a given hash stands.

/// How full it may get, of 8.
const FULL: usize = 6;

/// Places by hash: open addressing, each slot with half of the hash, so that entries are looked at only where they
/// nearly surely match.
#[derive(Default)]
pub(crate) struct Table {
    /// Upper half: of the hash; lower half: the place plus one. 0 is free.
    slots: Vec<u64>,
    len: usize,
}

impl Table {
    /// The place of the entry with this hash that `is_same`; where there is none, `place` is put in, and none given.
    #[expect(clippy::cast_possible_truncation, reason = "the halves are taken apart")]
    pub(crate) fn find_or_insert(
        &mut self,
        hash: u64,
        place: u32,
        is_same: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        if self.len * 8 >= self.slots.len() * FULL {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let tag = hash >> 32;
        let mut at = tag as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                self.slots[at] = tag << 32 | (u64::from(place) + 1);
                self.len += 1;
                return None;
            }
            let known = slot as u32 - 1;
            if slot >> 32 == tag && is_same(known) {
                return Some(known);
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let slots = vec![0; (self.slots.len() * 2).max(16)];
        let old = std::mem::replace(&mut self.slots, slots);
        let mask = self.slots.len() - 1;
        for slot in old.into_iter().filter(|slot| *slot != 0) {
            let mut at = (slot >> 32) as usize & mask;
            while self.slots[at] != 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = slot;
        }
    }

    /// Bytes of memory held.
    pub(crate) fn size(&self) -> usize {
        self.slots.capacity() * size_of::<u64>()
    }
}

/// A hash of a number.
pub(crate) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (number ^ (number >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_put_in() {
        let mut table = Table::default();
        let entries: Vec<u64> = (0..10_000).map(|number| number * 7).collect();
        for round in 0..2 {
            for (place, entry) in entries.iter().enumerate() {
                let place = u32::try_from(place).unwrap();
                let found = table
                    .find_or_insert(mix(*entry), place, |known| entries[known as usize] == *entry);
                assert_eq!(found, (round == 1).then_some(place));
            }
        }
    }
}
