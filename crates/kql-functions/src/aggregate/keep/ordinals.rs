//! Where rows stand in the input's order, whatever order they come in.

use std::cmp::Ordering;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryArray, Decimal128Array};
use arrow::datatypes::Decimal128Type;
use datafusion::common::{Result, internal_datafusion_err};

use super::lists::drop_first;
use crate::aggregate::Order;

/// A list of ordinals.
pub(crate) enum Ordinals {
    Numbers(Vec<i128>),
    Keys(Vec<Box<[u8]>>),
}

/// The ordinals of a batch's rows.
#[derive(Clone, Copy)]
pub(crate) enum Offered<'a> {
    Numbers(&'a [i128]),
    Keys(&'a BinaryArray),
}

impl<'a> Offered<'a> {
    /// Of an argument or a state.
    pub(crate) fn of(array: &'a ArrayRef) -> Result<Self> {
        let numbers = array.as_primitive_opt::<Decimal128Type>().map(|a| Self::Numbers(a.values()));
        numbers
            .or_else(|| array.as_binary_opt::<i32>().map(Self::Keys))
            .ok_or_else(|| internal_datafusion_err!("{} is no ordinal", array.data_type()))
    }

    /// Whether two rows have the same: they were one.
    pub(crate) fn are_equal(&self, a: usize, b: usize) -> bool {
        match self {
            Self::Numbers(all) => all[a] == all[b],
            Self::Keys(all) => all.value(a) == all.value(b),
        }
    }
}

impl Ordinals {
    /// Without entries; none where the order is that of arrival.
    pub(crate) fn new(order: Order) -> Option<Self> {
        match order {
            Order::Arrival => None,
            Order::Number => Some(Self::Numbers(Vec::new())),
            Order::Key => Some(Self::Keys(Vec::new())),
        }
    }

    /// Adds a row's.
    pub(crate) fn push(&mut self, offered: Offered<'_>, row: usize) {
        match (self, offered) {
            (Self::Numbers(all), Offered::Numbers(offered)) => all.push(offered[row]),
            (Self::Keys(all), Offered::Keys(offered)) => all.push(offered.value(row).into()),
            _ => {}
        }
    }

    /// Adds entries that stand for no row yet.
    pub(crate) fn resize(&mut self, entries: usize) {
        match self {
            Self::Numbers(all) => all.resize(entries, i128::MAX),
            Self::Keys(all) => all.resize(entries, Box::default()),
        }
    }

    /// Replaces an entry.
    pub(crate) fn set(&mut self, entry: usize, offered: Offered<'_>, row: usize) {
        match (self, offered) {
            (Self::Numbers(all), Offered::Numbers(offered)) => all[entry] = offered[row],
            (Self::Keys(all), Offered::Keys(offered)) => all[entry] = offered.value(row).into(),
            _ => {}
        }
    }

    /// How a row stands to an entry.
    pub(crate) fn compare(&self, offered: Offered<'_>, row: usize, entry: usize) -> Ordering {
        match (self, offered) {
            (Self::Numbers(all), Offered::Numbers(offered)) => offered[row].cmp(&all[entry]),
            (Self::Keys(all), Offered::Keys(offered)) => offered.value(row).cmp(&all[entry]),
            _ => Ordering::Equal,
        }
    }

    /// How two entries stand to each other.
    pub(crate) fn compare_entries(&self, a: u32, b: u32) -> Ordering {
        match self {
            Self::Numbers(all) => all[a as usize].cmp(&all[b as usize]),
            Self::Keys(all) => all[a as usize].cmp(&all[b as usize]),
        }
    }

    /// These entries as a column of a state.
    pub(crate) fn column(&self, entries: impl Iterator<Item = usize>) -> Result<ArrayRef> {
        Ok(match self {
            Self::Numbers(all) => {
                let numbers = Decimal128Array::from_iter_values(entries.map(|at| all[at]));
                Arc::new(numbers.with_data_type(Order::Number.data_type()))
            }
            Self::Keys(all) => {
                Arc::new(BinaryArray::from_iter_values(entries.map(|at| all[at].as_ref())))
            }
        })
    }

    /// Forgets all but these entries, which are numbered anew.
    pub(crate) fn keep(&mut self, entries: &[u32]) {
        match self {
            Self::Numbers(all) => *all = entries.iter().map(|at| all[*at as usize]).collect(),
            Self::Keys(all) => *all = entries.iter().map(|at| all[*at as usize].clone()).collect(),
        }
    }

    /// Forgets the first entries.
    pub(crate) fn drop_first(&mut self, count: usize) {
        match self {
            Self::Numbers(all) => drop_first(all, count),
            Self::Keys(all) => drop_first(all, count),
        }
    }

    /// Bytes of memory held.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Numbers(all) => all.capacity() * size_of::<i128>(),
            Self::Keys(all) => {
                let held: usize = all.iter().map(|key| key.len()).sum();
                held + all.capacity() * size_of::<Box<[u8]>>()
            }
        }
    }
}
