//! All values of each group, in the order that they came in or that ordinals give.

use arrow::array::{Array, ArrayRef, BooleanArray, new_empty_array};
use arrow::compute::{concat, filter};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::EmitTo;

use super::interner::number;
use super::lists::{Sorted, drop_first, pick};
use super::ordinals::{Offered, Ordinals};
use crate::aggregate::Order;
use crate::aggregate::ours::emitted;

/// Values of all groups, as they came: whole arrays, and each value's group.
pub(crate) struct Collected {
    ty: DataType,
    chunks: Vec<ArrayRef>,
    bytes: usize,
    groups: Vec<u32>,
    ordinals: Option<Ordinals>,
    counts: Vec<u32>,
    nulls: Nulls,
}

/// What becomes of nulls.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nulls {
    /// They are values like others.
    Kept,
    /// They are passed over.
    Dropped,
}

/// The values of some groups, one group after another.
pub(crate) struct Lists {
    /// The values.
    pub values: ArrayRef,
    /// Where each group begins, and where the last ends.
    pub offsets: Vec<usize>,
    /// Each value's ordinal, where there are any.
    pub ordinals: Option<ArrayRef>,
}

impl Collected {
    /// Without groups.
    pub(crate) fn new(ty: DataType, nulls: Nulls, order: Order) -> Self {
        let ordinals = Ordinals::new(order);
        let (chunks, groups, counts) = (Vec::new(), Vec::new(), Vec::new());
        Self { ty, chunks, bytes: 0, groups, ordinals, counts, nulls }
    }

    /// Makes room for groups.
    pub(crate) fn resize(&mut self, groups: usize) {
        if self.counts.len() < groups {
            self.counts.resize(groups, 0);
        }
    }

    /// Takes values. What comes behind the first `limit` of a group is not needed, unless ordinals may still put it
    /// before them.
    pub(crate) fn add(
        &mut self,
        values: &ArrayRef,
        groups: &[usize],
        ordinals: Option<&ArrayRef>,
        limit: usize,
    ) -> Result<()> {
        let known = self.groups.len();
        number(known + values.len())?;
        let drops_nulls = self.nulls == Nulls::Dropped && values.null_count() > 0;
        let limit = if self.ordinals.is_some() { usize::MAX } else { limit };
        let offered = ordinals.map(Offered::of).transpose()?;
        let mut is_kept = Vec::with_capacity(values.len());
        for (row, group) in groups.iter().enumerate() {
            let count = &mut self.counts[*group];
            let keeps = (*count as usize) < limit && !(drops_nulls && values.is_null(row));
            is_kept.push(keeps);
            if keeps {
                *count += 1;
                // Groups are fewer than values.
                self.groups.push(u32::try_from(*group).unwrap_or(u32::MAX));
                if let (Some(all), Some(offered)) = (&mut self.ordinals, offered) {
                    all.push(offered, row);
                }
            }
        }
        if self.groups.len() == known {
            return Ok(());
        }
        let condition =
            (self.groups.len() - known < values.len()).then(|| BooleanArray::from(is_kept));
        let chunk = kept(values, condition.as_ref())?;
        self.bytes += chunk.get_array_memory_size();
        self.chunks.push(chunk);
        Ok(())
    }

    /// Gives up the first groups' values, or all.
    pub(crate) fn take(&mut self, emit_to: EmitTo) -> Result<Lists> {
        let count = emitted(emit_to, self.counts.len());
        let chunks = std::mem::take(&mut self.chunks);
        let groups = std::mem::take(&mut self.groups);
        let mut ordinals = self.ordinals.take();
        let refs: Vec<&dyn Array> = chunks.iter().map(AsRef::as_ref).collect();
        let all = if refs.is_empty() { new_empty_array(&self.ty) } else { concat(&refs)? };
        drop(chunks);
        let mut sorted = Sorted::new(groups.iter().copied(), count);
        if let Some(ordinals) = &ordinals {
            sorted.groups_mut(|entries| entries.sort_by(|a, b| ordinals.compare_entries(*a, *b)));
        }
        let given = ordinals
            .as_ref()
            .map(|ordinals| ordinals.column(sorted.order.iter().map(|entry| *entry as usize)))
            .transpose()?;
        self.bytes = 0;
        if sorted.order.len() < groups.len() {
            let is_left = |(_, group): &(u32, &u32)| **group as usize >= count;
            let left = (0_u32..).zip(&groups).filter(is_left);
            let (entries, of_groups): (Vec<u32>, Vec<u32>) =
                left.map(|(entry, group)| (entry, *group - count as u32)).unzip();
            if let Some(ordinals) = &mut ordinals {
                ordinals.keep(&entries);
            }
            let chunk = pick(&all, entries)?;
            self.bytes = chunk.get_array_memory_size();
            self.chunks.push(chunk);
            self.groups = of_groups;
        } else if let Some(ordinals) = &mut ordinals {
            ordinals.keep(&[]);
        }
        self.ordinals = ordinals;
        drop_first(&mut self.counts, count);
        let values = pick(&all, sorted.order)?;
        Ok(Lists { values, offsets: sorted.offsets, ordinals: given })
    }

    /// Bytes of memory held.
    pub(crate) fn size(&self) -> usize {
        self.bytes
            + self.groups.capacity() * size_of::<u32>()
            + self.ordinals.as_ref().map_or(0, Ordinals::size)
            + self.counts.capacity() * size_of::<u32>()
    }
}

fn kept(array: &ArrayRef, condition: Option<&BooleanArray>) -> Result<ArrayRef> {
    match condition {
        None => Ok(array.clone()),
        Some(condition) => Ok(filter(array, condition)?),
    }
}
