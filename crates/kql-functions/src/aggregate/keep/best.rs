//! One row of each group: the one that ranks highest, or the first of those that do.

use std::cmp::Ordering;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, StructArray};
use arrow::compute::{filter, interleave, take};
use arrow::datatypes::{DataType, Fields};
use datafusion::common::{Result, internal_datafusion_err};
use datafusion::logical_expr::EmitTo;
use kql_semantics::Type;

use super::lists::drop_first;
use super::ordinals::{Offered, Ordinals};
use super::rank::{Preference, Ranks};
use crate::aggregate::Order;
use crate::aggregate::ours::{Keeper, emitted};
use crate::physical;

/// A group that has no row yet.
const NONE: u64 = u64::MAX;

/// Behind so many rows that nobody wants any more, the others are brought together.
const SPARE_ROWS: usize = 8192;

/// So many chunks of few rows are brought together too.
const MOST_CHUNKS: usize = 64;

/// Keeps a row a group. The rows stand in chunks, of which each group knows its place.
pub(crate) struct Best {
    /// What each kept column has for a group without rows, as an array of one value.
    empties: Vec<ArrayRef>,
    /// The columns of the answer: none where it is one column and no struct.
    fields: Option<Fields>,
    preference: Preference,
    ranks: Ranks,
    ordinals: Option<Ordinals>,
    /// Upper half: the chunk; lower half: the row in it.
    places: Vec<u64>,
    chunks: Vec<Vec<ArrayRef>>,
    rows: usize,
    bytes: usize,
    /// Which row of the batch at hand a group takes.
    fresh: Vec<u32>,
}

impl Best {
    /// Keeps columns of these types, of which the first is what ranks.
    pub(crate) fn new(
        types: &[Type],
        fields: Option<Fields>,
        preference: Preference,
        order: Order,
    ) -> Self {
        let empties = types.iter().map(|ty| physical::nulls(*ty, 1)).collect();
        let ranks = Ranks::new(types.first().copied(), preference);
        Self { ranks, preference, ..Self::first(empties, fields, order) }
    }

    /// Keeps columns of the first row.
    pub(crate) fn first(empties: Vec<ArrayRef>, fields: Option<Fields>, order: Order) -> Self {
        Self {
            ranks: Ranks::None,
            empties,
            fields,
            preference: Preference::Any,
            ordinals: Ordinals::new(order),
            places: Vec::new(),
            chunks: Vec::new(),
            rows: 0,
            bytes: 0,
            fresh: Vec::new(),
        }
    }

    /// Takes rows of the kept columns.
    fn offer(
        &mut self,
        columns: &[ArrayRef],
        ordinals: Option<&ArrayRef>,
        groups: &[usize],
    ) -> Result<()> {
        let Some(first) = columns.first() else {
            return Err(internal_datafusion_err!("an aggregate got no columns"));
        };
        let ordinals = ordinals.map(Offered::of).transpose()?;
        let offered = self.ranks.of(first, self.preference)?;
        let mut touched: Vec<usize> = Vec::new();
        for (row, group) in groups.iter().enumerate() {
            let is_better = self.places[*group] == NONE && self.fresh[*group] == u32::MAX
                || match self.ranks.compare(&offered, row, *group) {
                    Ordering::Greater => true,
                    Ordering::Less => false,
                    Ordering::Equal => match (ordinals, &self.ordinals) {
                        (Some(offered), Some(known)) => known.compare(offered, row, *group).is_lt(),
                        _ => false,
                    },
                };
            if !is_better {
                continue;
            }
            self.ranks.set(&offered, row, *group);
            if let (Some(offered), Some(known)) = (ordinals, &mut self.ordinals) {
                known.set(*group, offered, row);
            }
            if self.fresh[*group] == u32::MAX {
                touched.push(*group);
            }
            self.fresh[*group] = u32::try_from(row).unwrap_or(0);
        }
        if touched.is_empty() { Ok(()) } else { self.store(columns, &touched) }
    }

    /// Copies the rows that groups take from a batch.
    fn store(&mut self, columns: &[ArrayRef], touched: &[usize]) -> Result<()> {
        let rows: Vec<u32> = touched.iter().map(|group| self.fresh[*group]).collect();
        let rows = arrow::array::UInt32Array::from(rows);
        let chunk: Vec<ArrayRef> =
            columns.iter().map(|column| take(column, &rows, None)).collect::<Result<_, _>>()?;
        let at = (self.chunks.len() as u64) << 32;
        for (row, group) in (0_u64..).zip(touched) {
            self.places[*group] = at | row;
            self.fresh[*group] = u32::MAX;
        }
        self.push(chunk, touched.len());
        let live = self.places.len();
        let are_small = self.chunks.len() > MOST_CHUNKS && self.rows < self.chunks.len() * 128;
        if self.rows > 2 * live + SPARE_ROWS || are_small {
            self.compact()?;
        }
        Ok(())
    }

    fn push(&mut self, chunk: Vec<ArrayRef>, rows: usize) {
        self.rows += rows;
        self.bytes += chunk.iter().map(|column| column.get_array_memory_size()).sum::<usize>();
        self.chunks.push(chunk);
    }

    /// Forgets the rows that no group wants any more.
    fn compact(&mut self) -> Result<()> {
        let places: Vec<u64> = self.places.iter().copied().filter(|place| *place != NONE).collect();
        let chunk = self.columns(&places)?;
        self.forget_rows();
        if places.is_empty() {
            return Ok(());
        }
        self.push(chunk, places.len());
        let taken = self.places.iter_mut().filter(|place| **place != NONE);
        taken.zip(0..).for_each(|(place, row)| *place = row);
        Ok(())
    }

    fn forget_rows(&mut self) {
        self.chunks = Vec::new();
        self.rows = 0;
        self.bytes = 0;
    }

    /// The kept columns of rows at these places; nulls for a group without rows.
    #[expect(clippy::cast_possible_truncation, reason = "the halves are taken apart")]
    fn columns(&self, places: &[u64]) -> Result<Vec<ArrayRef>> {
        let indices: Vec<(usize, usize)> = places
            .iter()
            .map(|place| match *place {
                NONE => (self.chunks.len(), 0),
                place => ((place >> 32) as usize, place as u32 as usize),
            })
            .collect();
        let column = |(at, none): (usize, &ArrayRef)| {
            let mut arrays: Vec<&dyn Array> =
                self.chunks.iter().map(|chunk| chunk[at].as_ref()).collect();
            arrays.push(none.as_ref());
            Ok(interleave(&arrays, &indices)?)
        };
        self.empties.iter().enumerate().map(column).collect()
    }

    /// Gives up groups: their columns, ordinals, and whether they have a row.
    fn give(&mut self, emit_to: EmitTo) -> Result<(Vec<ArrayRef>, Option<ArrayRef>, BooleanArray)> {
        let count = emitted(emit_to, self.places.len());
        let columns = self.columns(&self.places[..count])?;
        let has_row = self.places[..count].iter().map(|place| Some(*place != NONE)).collect();
        let ordinals = self.ordinals.as_ref().map(|all| all.column(0..count)).transpose()?;
        drop_first(&mut self.places, count);
        if let Some(ordinals) = &mut self.ordinals {
            ordinals.drop_first(count);
        }
        drop_first(&mut self.fresh, count);
        self.ranks.drop_first(count);
        if self.places.is_empty() {
            self.forget_rows();
        } else {
            self.compact()?;
        }
        Ok((columns, ordinals, has_row))
    }

    /// The columns of its state.
    pub(crate) fn state_types(types: Vec<DataType>, order: Order) -> Vec<DataType> {
        let mut state = types;
        state.push(DataType::Boolean);
        state.extend(order.is_ordinal().then(|| order.data_type()));
        state
    }
}

impl Keeper for Best {
    fn resize(&mut self, groups: usize) {
        if self.places.len() < groups {
            self.places.resize(groups, NONE);
            self.fresh.resize(groups, u32::MAX);
            self.ranks.resize(groups);
            if let Some(ordinals) = &mut self.ordinals {
                ordinals.resize(groups);
            }
        }
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let columns = values.get(..self.empties.len()).unwrap_or(values);
        self.offer(columns, values.get(self.empties.len()), groups)
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let width = self.empties.len();
        let Some((columns, [has_row, ordinals @ ..])) = states.split_at_checked(width) else {
            return Err(internal_datafusion_err!("an aggregate's state has too few columns"));
        };
        let has_row = has_row.as_boolean();
        if has_row.false_count() == 0 {
            return self.offer(columns, ordinals.first(), groups);
        }
        let kept = |array: &ArrayRef| filter(array, has_row);
        let columns: Vec<ArrayRef> = columns.iter().map(kept).collect::<Result<_, _>>()?;
        let ordinals = ordinals.first().map(kept).transpose()?;
        let groups: Vec<usize> = groups
            .iter()
            .zip(has_row)
            .filter(|(_, has)| *has == Some(true))
            .map(|(g, _)| *g)
            .collect();
        self.offer(&columns, ordinals.as_ref(), &groups)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let (mut columns, ordinals, has_row) = self.give(emit_to)?;
        columns.push(Arc::new(has_row));
        columns.extend(ordinals);
        Ok(columns)
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let (mut columns, _, has_row) = self.give(emit_to)?;
        match &self.fields {
            None => Ok(columns.swap_remove(0)),
            Some(fields) => {
                let rows = has_row.len();
                let fields = fields.clone();
                Ok(Arc::new(StructArray::try_new_with_length(fields, columns, None, rows)?))
            }
        }
    }

    fn rows_as_state(&self, values: &[ArrayRef]) -> Option<Vec<ArrayRef>> {
        let (columns, ordinals) = values.split_at_checked(self.empties.len())?;
        let rows = columns.first().or(ordinals.first())?.len();
        let mut state = columns.to_vec();
        state.push(Arc::new(BooleanArray::from(vec![true; rows])));
        state.extend_from_slice(ordinals);
        Some(state)
    }

    fn size(&self) -> usize {
        self.bytes
            + self.ranks.size()
            + self.ordinals.as_ref().map_or(0, Ordinals::size)
            + self.places.capacity() * size_of::<u64>()
            + self.fresh.capacity() * size_of::<u32>()
    }
}
