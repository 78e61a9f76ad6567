//! Distinct values, each with a number.

use std::hash::BuildHasher;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, FixedSizeBinaryArray, Float64Array, Int32Array,
    Int64Array, PrimitiveArray, StringArray,
};
use arrow::datatypes::{DataType, Decimal256Type, Float64Type, Int32Type, Int64Type, i256};
use datafusion::common::{Result, exec_datafusion_err, resources_datafusion_err};
use foldhash::fast::RandomState;

use super::table::{Table, mix};

/// The number of a null.
pub(crate) const NULL: u32 = u32::MAX;

/// Values that were met, numbered from 0 in the order that they were met in.
pub(crate) struct Interner {
    ty: DataType,
    table: Table,
    seed: RandomState,
    /// Of values that fit 64 bits.
    words: Vec<u64>,
    /// Of the others: their bytes, and where each ends.
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Interner {
    /// Without values.
    pub(crate) fn new(ty: DataType) -> Self {
        let (words, bytes, ends) = (Vec::new(), Vec::new(), Vec::new());
        Self { ty, table: Table::default(), seed: RandomState::default(), words, bytes, ends }
    }

    /// Adds the numbers of an array's values to `numbers`; [`NULL`] for nulls.
    pub(crate) fn numbers(&mut self, array: &ArrayRef, numbers: &mut Vec<u32>) -> Result<()> {
        numbers.reserve(array.len());
        match &self.ty {
            DataType::Boolean => {
                let array = array.as_boolean();
                self.add_words(array, |row| array.value(row).into(), numbers)
            }
            DataType::Int32 => {
                let array = array.as_primitive::<Int32Type>();
                self.add_words(array, |row| u64::from(array.value(row).cast_unsigned()), numbers)
            }
            DataType::Int64 => {
                let array = array.as_primitive::<Int64Type>();
                self.add_words(array, |row| array.value(row).cast_unsigned(), numbers)
            }
            DataType::Float64 => {
                let array = array.as_primitive::<Float64Type>();
                self.add_words(array, |row| real_bits(array.value(row)), numbers)
            }
            DataType::Utf8 => {
                let array = array.as_string::<i32>();
                self.add_bytes(array, |row, add| add(array.value(row).as_bytes()), numbers)
            }
            DataType::Decimal256(..) => {
                let array = array.as_primitive::<Decimal256Type>();
                self.add_bytes(array, |row, add| add(&array.value(row).to_be_bytes()), numbers)
            }
            DataType::FixedSizeBinary(_) => {
                let array = array.as_fixed_size_binary();
                self.add_bytes(array, |row, add| add(array.value(row)), numbers)
            }
            ty => Err(exec_datafusion_err!("values of {ty} can not be told apart")),
        }
    }

    fn add_words(
        &mut self,
        array: &dyn Array,
        word: impl Fn(usize) -> u64,
        numbers: &mut Vec<u32>,
    ) -> Result<()> {
        for row in 0..array.len() {
            if array.is_null(row) {
                numbers.push(NULL);
                continue;
            }
            let word = word(row);
            let next = number(self.words.len())?;
            let words = &self.words;
            let found =
                self.table.find_or_insert(mix(word), next, |known| words[known as usize] == word);
            if found.is_none() {
                self.words.push(word);
            }
            numbers.push(found.unwrap_or(next));
        }
        Ok(())
    }

    fn add_bytes(
        &mut self,
        array: &dyn Array,
        get: impl Fn(usize, &mut dyn FnMut(&[u8]) -> Result<u32>) -> Result<u32>,
        numbers: &mut Vec<u32>,
    ) -> Result<()> {
        for row in 0..array.len() {
            let number =
                if array.is_valid(row) { get(row, &mut |bytes| self.add(bytes))? } else { NULL };
            numbers.push(number);
        }
        Ok(())
    }

    fn add(&mut self, value: &[u8]) -> Result<u32> {
        let next = number(self.ends.len())?;
        let (bytes, ends) = (&self.bytes, &self.ends);
        let hash = self.seed.hash_one(value);
        let found =
            self.table.find_or_insert(hash, next, |known| slice(bytes, ends, known) == value);
        if found.is_none() {
            self.bytes.extend_from_slice(value);
            self.ends.push(self.bytes.len());
        }
        Ok(found.unwrap_or(next))
    }

    /// All values, in the order of their numbers.
    pub(crate) fn values(&self) -> Result<ArrayRef> {
        let words = || self.words.iter().copied();
        let all = || (0..self.ends.len()).map(|at| slice_at(&self.bytes, &self.ends, at));
        Ok(match &self.ty {
            DataType::Boolean => {
                Arc::new(words().map(|word| Some(word != 0)).collect::<BooleanArray>())
            }
            #[expect(clippy::cast_possible_truncation, reason = "it was an i32")]
            DataType::Int32 => Arc::new(Int32Array::from_iter_values(
                words().map(|word| (word as u32).cast_signed()),
            )),
            DataType::Int64 => {
                Arc::new(Int64Array::from_iter_values(words().map(u64::cast_signed)))
            }
            DataType::Float64 => {
                Arc::new(Float64Array::from_iter_values(words().map(f64::from_bits)))
            }
            DataType::Utf8 => {
                if i32::try_from(self.bytes.len()).is_err() {
                    return Err(resources_datafusion_err!(
                        "an aggregate's distinct strings are longer than 2 GB"
                    ));
                }
                Arc::new(StringArray::from_iter_values(
                    all().map(|bytes| str::from_utf8(bytes).unwrap_or("")),
                ))
            }
            DataType::Decimal256(..) => {
                let units = |bytes: &[u8]| bytes.try_into().map_or(i256::ZERO, i256::from_be_bytes);
                let array = PrimitiveArray::<Decimal256Type>::from_iter_values(all().map(units));
                Arc::new(array.with_data_type(self.ty.clone()))
            }
            _ if self.ends.is_empty() => arrow::array::new_empty_array(&self.ty),
            _ => Arc::new(FixedSizeBinaryArray::try_from_iter(all())?),
        })
    }

    /// Bytes of memory held.
    pub(crate) fn size(&self) -> usize {
        self.table.size()
            + self.words.capacity() * size_of::<u64>()
            + self.bytes.capacity()
            + self.ends.capacity() * size_of::<usize>()
    }
}

fn slice<'a>(bytes: &'a [u8], ends: &[usize], number: u32) -> &'a [u8] {
    slice_at(bytes, ends, number as usize)
}

fn slice_at<'a>(bytes: &'a [u8], ends: &[usize], at: usize) -> &'a [u8] {
    let start = if at == 0 { 0 } else { ends[at - 1] };
    &bytes[start..ends[at]]
}

/// The bits of a real: all NaNs are one value, and both zeros.
pub(crate) fn real_bits(value: f64) -> u64 {
    if value.is_nan() { f64::NAN.to_bits() } else { (value + 0.0).to_bits() }
}

/// The number of an entry that comes behind so many.
pub(crate) fn number(entries: usize) -> Result<u32> {
    u32::try_from(entries)
        .ok()
        .filter(|number| *number < NULL - 1)
        .ok_or_else(|| resources_datafusion_err!("an aggregate met more than 4 billion values"))
}
