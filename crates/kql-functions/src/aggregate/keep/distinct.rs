//! The distinct values of each group, in the order that they were met in or that ordinals give.

use std::cmp::Ordering;

use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::EmitTo;

use super::interner::{Interner, NULL, number};
use super::lists::{Sorted, drop_first, pick};
use super::ordinals::{Offered, Ordinals};
use super::table::{Table, mix};
use crate::aggregate::Order;
use crate::aggregate::ours::emitted;

/// Where values stand in the input: their rows' ordinals, and their places in what the rows brought.
struct Positions {
    ordinals: Ordinals,
    places: Vec<u32>,
}

impl Positions {
    fn new(order: Order) -> Option<Self> {
        Some(Self { ordinals: Ordinals::new(order)?, places: Vec::new() })
    }

    fn compare(&self, a: u32, b: u32) -> Ordering {
        let places = || self.places[a as usize].cmp(&self.places[b as usize]);
        self.ordinals.compare_entries(a, b).then_with(places)
    }
}

/// Where the row at hand stands.
#[derive(Clone, Copy)]
struct Position<'a> {
    offered: Offered<'a>,
    row: usize,
    place: u32,
}

/// Pairs of a group and a value: each value is held once, however many groups have it.
pub(crate) struct Distinct {
    ty: DataType,
    values: Interner,
    /// Upper half: the group; lower half: the value's number.
    pairs: Vec<u64>,
    table: Table,
    order: Order,
    positions: Option<Positions>,
    counts: Vec<u32>,
    scratch: Vec<u32>,
}

/// The distinct values of some groups.
pub(crate) struct Sets {
    /// All values, whichever group has them.
    pub values: ArrayRef,
    /// The first group's values as places in `values`, then the second's, ....
    pub places: Vec<u32>,
    /// Where in `places` each group begins, and where the last ends.
    pub offsets: Vec<usize>,
    /// The ordinals that belong to `places`, where there are any.
    pub ordinals: Option<ArrayRef>,
}

impl Distinct {
    /// Without groups.
    pub(crate) fn new(ty: DataType, order: Order) -> Self {
        Self {
            values: Interner::new(ty.clone()),
            ty,
            pairs: Vec::new(),
            table: Table::default(),
            order,
            positions: Positions::new(order),
            counts: Vec::new(),
            scratch: Vec::new(),
        }
    }

    /// Makes room for groups.
    pub(crate) fn resize(&mut self, groups: usize) {
        if self.counts.len() < groups {
            self.counts.resize(groups, 0);
        }
    }

    /// How many values each group has.
    pub(crate) fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// Takes values; nulls are passed over. What comes behind the first `limit` of a group is not needed, unless
    /// ordinals may still put it before them.
    pub(crate) fn add(
        &mut self,
        values: &ArrayRef,
        groups: &[usize],
        ordinals: Option<&ArrayRef>,
        limit: usize,
    ) -> Result<()> {
        self.each_pair(values, groups, ordinals, limit, |_| {})
    }

    /// Takes values, and adds each one's pair to `pairs`: none for nulls, and behind the limit.
    pub(crate) fn add_pairs(
        &mut self,
        values: &ArrayRef,
        groups: &[usize],
        ordinals: Option<&ArrayRef>,
        limit: usize,
        pairs: &mut Vec<Option<u32>>,
    ) -> Result<()> {
        self.each_pair(values, groups, ordinals, limit, |pair| pairs.push(pair))
    }

    /// How many pairs of a group and a value there are; they are numbered from 0.
    pub(crate) fn pairs(&self) -> usize {
        self.pairs.len()
    }

    fn each_pair(
        &mut self,
        values: &ArrayRef,
        groups: &[usize],
        ordinals: Option<&ArrayRef>,
        limit: usize,
        mut each: impl FnMut(Option<u32>),
    ) -> Result<()> {
        let mut numbers = std::mem::take(&mut self.scratch);
        numbers.clear();
        self.values.numbers(values, &mut numbers)?;
        let offered = ordinals.map(Offered::of).transpose()?;
        let mut place = 0;
        for (row, (value, group)) in numbers.iter().zip(groups).enumerate() {
            let position = offered.map(|offered| {
                // Values with one ordinal are a row's, and stand one behind another.
                let is_same = row > 0 && offered.are_equal(row - 1, row);
                place = if is_same { place + 1 } else { 0 };
                Position { offered, row, place }
            });
            each(match *value {
                NULL => None,
                value => self.add_pair(*group, value, position, limit)?,
            });
        }
        self.scratch = numbers;
        Ok(())
    }

    fn add_pair(
        &mut self,
        group: usize,
        value: u32,
        position: Option<Position<'_>>,
        limit: usize,
    ) -> Result<Option<u32>> {
        let pair = (group as u64) << 32 | u64::from(value);
        let next = number(self.pairs.len())?;
        let pairs = &self.pairs;
        let is_same = |known: u32| pairs[known as usize] == pair;
        let is_full = self.positions.is_none() && self.counts[group] as usize >= limit;
        if is_full {
            return Ok(None);
        }
        let found = self.table.find_or_insert(mix(pair), next, is_same);
        if found.is_none() {
            self.pairs.push(pair);
            self.counts[group] += 1;
        }
        if let (Some(known), Some(Position { offered, row, place })) =
            (&mut self.positions, position)
        {
            let Some(entry) = found.map(|entry| entry as usize) else {
                known.ordinals.push(offered, row);
                known.places.push(place);
                return Ok(Some(next));
            };
            if known.ordinals.compare(offered, row, entry).is_lt() {
                known.ordinals.set(entry, offered, row);
                known.places[entry] = place;
            }
        }
        Ok(Some(found.unwrap_or(next)))
    }

    /// Gives up all groups, and the number of the pair that stands at each of the places.
    pub(crate) fn take_pairs(&mut self) -> Result<(Sets, Vec<u32>)> {
        self.take_sorted(EmitTo::All)
    }

    /// Gives up the first groups, or all.
    pub(crate) fn take(&mut self, emit_to: EmitTo) -> Result<Sets> {
        Ok(self.take_sorted(emit_to)?.0)
    }

    fn take_sorted(&mut self, emit_to: EmitTo) -> Result<(Sets, Vec<u32>)> {
        let count = emitted(emit_to, self.counts.len());
        let pairs = std::mem::take(&mut self.pairs);
        let positions = std::mem::replace(&mut self.positions, Positions::new(self.order));
        let groups = pairs.iter().map(|pair| (pair >> 32) as u32);
        let mut sorted = Sorted::new(groups.clone(), count);
        if let Some(positions) = &positions {
            sorted.groups_mut(|entries| {
                entries.sort_unstable_by(|a, b| positions.compare(*a, *b));
            });
        }
        let ordinals = |entries: &[u32]| {
            let column = |positions: &Positions| {
                positions.ordinals.column(entries.iter().map(|entry| *entry as usize))
            };
            positions.as_ref().map(column).transpose()
        };
        let places = |entries: &[u32]| -> Vec<u32> {
            #[expect(clippy::cast_possible_truncation, reason = "the lower half is the value")]
            entries.iter().map(|entry| pairs[*entry as usize] as u32).collect()
        };
        let values = self.values.values()?;
        self.values = Interner::new(self.ty.clone());
        self.table = Table::default();
        drop_first(&mut self.counts, count);
        if sorted.order.len() < pairs.len() {
            let mut left = Vec::new();
            let mut of_groups = Vec::new();
            for (entry, group) in (0_u32..).zip(groups) {
                if group as usize >= count {
                    left.push(entry);
                    of_groups.push(group as usize - count);
                }
            }
            if let Some(positions) = &positions {
                // In the order of their positions, from which the new ones are made.
                let mut both: Vec<(u32, usize)> = left.into_iter().zip(of_groups).collect();
                both.sort_unstable_by(|a, b| {
                    a.1.cmp(&b.1).then_with(|| positions.compare(a.0, b.0))
                });
                (left, of_groups) = both.into_iter().unzip();
            }
            self.counts.fill(0);
            let ordinals = ordinals(&left)?;
            self.add(&pick(&values, places(&left))?, &of_groups, ordinals.as_ref(), usize::MAX)?;
        }
        let sets = Sets {
            values,
            places: places(&sorted.order),
            ordinals: ordinals(&sorted.order)?,
            offsets: sorted.offsets,
        };
        Ok((sets, sorted.order))
    }

    /// Bytes of memory held.
    pub(crate) fn size(&self) -> usize {
        self.values.size()
            + self.table.size()
            + self.pairs.capacity() * size_of::<u64>()
            + self
                .positions
                .as_ref()
                .map_or(0, |all| all.ordinals.size() + all.places.capacity() * 4)
            + self.counts.capacity() * size_of::<u32>()
            + self.scratch.capacity() * size_of::<u32>()
    }
}
