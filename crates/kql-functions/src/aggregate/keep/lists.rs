//! Lists in states, and values brought together by their groups.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, UInt32Array};
use arrow::buffer::OffsetBuffer;
use arrow::compute::take;
use arrow::datatypes::Field;
use datafusion::common::{Result, internal_datafusion_err, resources_datafusion_err};

/// The elements of a column of lists, and each one's group.
pub(crate) fn elements(
    lists: Option<&ArrayRef>,
    groups: &[usize],
) -> Result<(ArrayRef, Vec<usize>)> {
    let Some(lists) = lists.and_then(|array| array.as_list_opt::<i32>()) else {
        return Err(internal_datafusion_err!("an aggregate's state is no list"));
    };
    let offsets = lists.value_offsets();
    let (Some(first), Some(last)) = (offsets.first(), offsets.last()) else {
        return Ok((lists.values().slice(0, 0), Vec::new()));
    };
    let (first, last) = (index(*first), index(*last));
    let mut of_elements = Vec::with_capacity(last - first);
    for (group, ends) in groups.iter().zip(offsets.windows(2)) {
        let length = index(ends[1]) - index(ends[0]);
        of_elements.extend(std::iter::repeat_n(*group, length));
    }
    Ok((lists.values().slice(first, last - first), of_elements))
}

fn index(offset: i32) -> usize {
    usize::try_from(offset).unwrap_or(0)
}

/// A column of lists: `offsets` tell where each one begins in `values`, and where the last ends.
pub(crate) fn lists(values: ArrayRef, offsets: &[usize]) -> Result<ArrayRef> {
    let offsets: Vec<i32> =
        offsets.iter().map(|offset| i32::try_from(*offset)).collect::<Result<_, _>>().map_err(
            |_| resources_datafusion_err!("an aggregate holds more than 2 billion values"),
        )?;
    let field = Arc::new(Field::new_list_field(values.data_type().clone(), true));
    Ok(Arc::new(ListArray::try_new(field, OffsetBuffer::new(offsets.into()), values, None)?))
}

/// Entries brought together by their groups, in the order that they came in.
pub(crate) struct Sorted {
    /// Entries of the first group, then of the second, ....
    pub order: Vec<u32>,
    /// Where in `order` each group begins, and where the last ends.
    pub offsets: Vec<usize>,
}

impl Sorted {
    /// Of entries of the first `count` groups; others are left out.
    pub(crate) fn new(groups: impl Iterator<Item = u32> + Clone, count: usize) -> Self {
        let mut offsets = vec![0; count + 1];
        for group in groups.clone() {
            if let Some(size) = offsets.get_mut(group as usize + 1) {
                *size += 1;
            }
        }
        let mut total = 0;
        for offset in &mut offsets {
            total += *offset;
            *offset = total;
        }
        let mut next = offsets.clone();
        let mut order = vec![0; total];
        for (entry, group) in (0_u32..).zip(groups) {
            if (group as usize) < count {
                order[next[group as usize]] = entry;
                next[group as usize] += 1;
            }
        }
        Self { order, offsets }
    }

    /// The entries of a group, to be put in another order.
    pub(crate) fn groups_mut(&mut self, mut sort: impl FnMut(&mut [u32])) {
        for ends in self.offsets.windows(2) {
            sort(&mut self.order[ends[0]..ends[1]]);
        }
    }
}

/// Values at these places, in this order.
pub(crate) fn pick(values: &ArrayRef, places: Vec<u32>) -> Result<ArrayRef> {
    Ok(take(values, &UInt32Array::from(places), None)?)
}

/// Forgets the first `count` of a list that has an entry a group.
pub(crate) fn drop_first<T>(entries: &mut Vec<T>, count: usize) {
    if count >= entries.len() {
        *entries = Vec::new();
    } else {
        entries.drain(..count);
    }
}
