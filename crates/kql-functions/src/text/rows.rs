//! A batch's strings as stretches of bytes to search at once: no row is touched that holds nothing.

use arrow::array::{Array, BooleanBufferBuilder, StringArray};
use arrow::buffer::BooleanBuffer;

use super::fold;

/// How many bytes are folded at a time: small enough to stay in the processor's nearest caches.
const STRETCH: usize = 32 * 1024;

/// How the text of rows is folded before it is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folding {
    /// Not at all.
    None,
    /// The letters of ASCII: bytes stay in their places.
    Ascii,
    /// All letters.
    Full,
}

/// Consecutive rows and their text.
pub struct Stretch<'a> {
    /// The rows' text, one behind the other.
    pub text: &'a [u8],
    /// Where each row begins in `text` plus `base`, and where the last ends.
    offsets: &'a [i32],
    base: i32,
    /// The number of the first of the rows.
    first_row: usize,
    /// The row looked at, counted from the first.
    row: usize,
}

impl Stretch<'_> {
    fn place(&self, index: usize) -> usize {
        usize::try_from(self.offsets[index] - self.base).unwrap_or(0)
    }

    /// Goes on to the row that holds the byte at `at`, which must not lie before the row looked at.
    pub fn go_to(&mut self, at: usize) {
        while self.row + 2 < self.offsets.len() && self.place(self.row + 1) <= at {
            self.row += 1;
        }
    }

    /// Where the row looked at begins and ends.
    #[must_use]
    pub fn row(&self) -> (usize, usize) {
        (self.place(self.row), self.place(self.row + 1))
    }

    /// The number of the row looked at, in the batch.
    #[must_use]
    pub fn number(&self) -> usize {
        self.first_row + self.row
    }
}

/// Searches all rows, stretch by stretch: `search` is to set the bits of those that match.
pub fn search(
    array: &StringArray,
    folding: Folding,
    mut search: impl FnMut(&mut Stretch<'_>, &mut BooleanBufferBuilder),
) -> BooleanBuffer {
    let mut found = BooleanBufferBuilder::new(array.len());
    found.append_n(array.len(), false);
    let offsets: &[i32] = array.value_offsets();
    match folding {
        Folding::None => {
            let text = bytes(array, offsets);
            let base = offsets.first().copied().unwrap_or(0);
            search(&mut Stretch { text, offsets, base, first_row: 0, row: 0 }, &mut found);
        }
        Folding::Ascii => {
            let mut folded = Vec::new();
            for (first_row, offsets) in stretches(offsets) {
                folded.clear();
                folded.extend_from_slice(bytes(array, offsets));
                folded.make_ascii_lowercase();
                let base = offsets[0];
                let mut stretch = Stretch { text: &folded, offsets, base, first_row, row: 0 };
                search(&mut stretch, &mut found);
            }
        }
        Folding::Full => {
            let mut folded = String::new();
            let mut places = Vec::new();
            for (first_row, offsets) in stretches(offsets) {
                folded.clear();
                places.clear();
                places.push(0);
                for row in first_row..first_row + offsets.len() - 1 {
                    fold::push_lower(array.value(row), &mut folded);
                    places.push(i32::try_from(folded.len()).unwrap_or(i32::MAX));
                }
                let (text, offsets) = (folded.as_bytes(), places.as_slice());
                let mut stretch = Stretch { text, offsets, base: 0, first_row, row: 0 };
                search(&mut stretch, &mut found);
            }
        }
    }
    let found = found.finish();
    // A null is the empty string, whatever text lies behind it.
    match array.nulls() {
        Some(nulls) => &found & nulls.inner(),
        None => found,
    }
}

fn bytes<'a>(array: &'a StringArray, offsets: &[i32]) -> &'a [u8] {
    let place = |offset: Option<&i32>| offset.and_then(|at| usize::try_from(*at).ok()).unwrap_or(0);
    &array.value_data()[place(offsets.first())..place(offsets.last())]
}

/// Cuts offsets into runs of rows of some [`STRETCH`] bytes together; each run's last offset is the next one's first.
fn stretches(offsets: &[i32]) -> impl Iterator<Item = (usize, &[i32])> {
    let mut first_row = 0;
    std::iter::from_fn(move || {
        let rest = offsets.get(first_row..).filter(|rest| rest.len() > 1)?;
        let limit = rest[0].saturating_add(i32::try_from(STRETCH).unwrap_or(i32::MAX));
        let rows = rest.partition_point(|offset| *offset <= limit).saturating_sub(1).max(1);
        let run = (first_row, &rest[..=rows]);
        first_row += rows;
        Some(run)
    })
}
