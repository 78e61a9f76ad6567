//! What makes one value rank above another: how `arg_max` and `take_any` compare.

use std::cmp::Ordering;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{DataType, Decimal256Type, Float64Type, Int32Type, Int64Type};
use datafusion::common::{Result, exec_datafusion_err};
use kql_semantics::Type;

use super::lists::drop_first;

/// Which values are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Preference {
    /// The highest; nulls last, NaN first.
    Highest,
    /// The lowest; nulls last, NaN first.
    Lowest,
    /// Any that is neither null nor empty.
    Present,
    /// All are alike.
    Any,
}

/// The rank of the row that each group has.
pub(crate) enum Ranks {
    /// All are alike.
    None,
    /// Of values that fit 64 bits: higher is better, and none is a null.
    Words(Vec<Option<u64>>),
    /// Of strings, decimals and guids.
    Bytes(Vec<Option<Box<[u8]>>>, Preference),
}

/// The ranks of a batch's rows.
pub(crate) enum Offered<'a> {
    None,
    Words(Vec<Option<u64>>),
    Strings(&'a arrow::array::StringArray),
    Guids(&'a arrow::array::FixedSizeBinaryArray),
    Decimals(Vec<Option<[u8; 32]>>),
}

impl Offered<'_> {
    fn bytes(&self, row: usize) -> Option<&[u8]> {
        match self {
            Self::Strings(array) if array.is_valid(row) => Some(array.value(row).as_bytes()),
            Self::Guids(array) if array.is_valid(row) => Some(array.value(row)),
            Self::Decimals(all) => all.get(row)?.as_ref().map(<[u8; 32]>::as_slice),
            _ => None,
        }
    }
}

impl Ranks {
    /// Of values of a type.
    pub(crate) fn new(ty: Option<Type>, preference: Preference) -> Self {
        match (preference, ty) {
            (Preference::Any, _) | (_, None) => Self::None,
            (Preference::Highest | Preference::Lowest, Some(ty)) if is_wide(ty) => {
                Self::Bytes(Vec::new(), preference)
            }
            _ => Self::Words(Vec::new()),
        }
    }

    pub(crate) fn resize(&mut self, groups: usize) {
        match self {
            Self::None => {}
            Self::Words(words) => words.resize(groups, None),
            Self::Bytes(bytes, _) => bytes.resize(groups, None),
        }
    }

    /// The ranks of an array's values.
    pub(crate) fn of<'a>(
        &self,
        array: &'a ArrayRef,
        preference: Preference,
    ) -> Result<Offered<'a>> {
        match self {
            Self::None => Ok(Offered::None),
            Self::Words(_) => words(array, preference).map(Offered::Words),
            Self::Bytes(..) => wide(array),
        }
    }

    /// How a batch's row ranks against the one that a group has.
    pub(crate) fn compare(&self, offered: &Offered<'_>, row: usize, group: usize) -> Ordering {
        match (self, offered) {
            (Self::Words(known), Offered::Words(offered)) => offered[row].cmp(&known[group]),
            (Self::Bytes(known, preference), offered) => {
                match (offered.bytes(row), known[group].as_deref()) {
                    (Some(a), Some(b)) if *preference == Preference::Lowest => b.cmp(a),
                    (a, b) => a.cmp(&b),
                }
            }
            _ => Ordering::Equal,
        }
    }

    /// Gives a group a batch's row.
    pub(crate) fn set(&mut self, offered: &Offered<'_>, row: usize, group: usize) {
        match (self, offered) {
            (Self::Words(known), Offered::Words(offered)) => known[group] = offered[row],
            (Self::Bytes(known, _), offered) => known[group] = offered.bytes(row).map(Box::from),
            _ => {}
        }
    }

    pub(crate) fn drop_first(&mut self, count: usize) {
        match self {
            Self::None => {}
            Self::Words(words) => drop_first(words, count),
            Self::Bytes(bytes, _) => drop_first(bytes, count),
        }
    }

    /// Bytes of memory held.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Words(words) => words.capacity() * size_of::<Option<u64>>(),
            Self::Bytes(bytes, _) => {
                let held: usize = bytes.iter().flatten().map(|bytes| bytes.len()).sum();
                held + bytes.capacity() * size_of::<Option<Box<[u8]>>>()
            }
        }
    }
}

fn is_wide(ty: Type) -> bool {
    matches!(ty, Type::String | Type::Dynamic | Type::Unknown | Type::Decimal | Type::Guid)
}

/// Ranks as numbers: higher is better, and any value better than none.
fn words(array: &ArrayRef, preference: Preference) -> Result<Vec<Option<u64>>> {
    let rows = 0..array.len();
    if preference == Preference::Present {
        let is_empty = |row: usize| match array.data_type() {
            DataType::Utf8 => array.as_string::<i32>().value(row).is_empty(),
            _ => false,
        };
        let of = |row: usize| Some(1).filter(|_| array.is_valid(row) && !is_empty(row));
        return Ok(rows.map(of).collect());
    }
    let is_lowest = preference == Preference::Lowest;
    let ranked = |rank: u64| if is_lowest { !rank } else { rank };
    let signed = |value: i64| ranked(value.cast_unsigned() ^ (1 << 63));
    let collect = |of: &dyn Fn(usize) -> u64| -> Vec<Option<u64>> {
        rows.clone().map(|row| array.is_valid(row).then(|| of(row))).collect()
    };
    Ok(match array.data_type() {
        DataType::Boolean => {
            let array = array.as_boolean();
            collect(&|row| signed(array.value(row).into()))
        }
        DataType::Int32 => {
            let array = array.as_primitive::<Int32Type>();
            collect(&|row| signed(array.value(row).into()))
        }
        DataType::Int64 => {
            let array = array.as_primitive::<Int64Type>();
            array.iter().map(|value| value.map(signed)).collect()
        }
        DataType::Float64 => {
            let array = array.as_primitive::<Float64Type>();
            let rank = |value: f64| match value.is_nan() {
                true => u64::MAX,
                false => ranked(ordered_bits(value)),
            };
            collect(&|row| rank(array.value(row)))
        }
        ty => return Err(exec_datafusion_err!("values of {ty} can not be ranked")),
    })
}

/// Bits that compare as the reals do; both zeros are one.
fn ordered_bits(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

fn wide(array: &ArrayRef) -> Result<Offered<'_>> {
    match array.data_type() {
        DataType::Utf8 => Ok(Offered::Strings(array.as_string::<i32>())),
        DataType::FixedSizeBinary(_) => Ok(Offered::Guids(array.as_fixed_size_binary())),
        DataType::Decimal256(..) => {
            let array = array.as_primitive::<Decimal256Type>();
            let rank = |value: arrow::datatypes::i256| {
                let mut bytes = value.to_be_bytes();
                // The sign's bit turned over: negative numbers come first.
                bytes[0] ^= 0x80;
                bytes
            };
            Ok(Offered::Decimals(array.iter().map(|value| value.map(rank)).collect()))
        }
        ty => Err(exec_datafusion_err!("values of {ty} can not be ranked")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_compare_as_reals() {
        let reals = [f64::NEG_INFINITY, -2.5, -1.0, 0.0, 1e-300, 1.0, f64::INFINITY];
        for pair in reals.windows(2) {
            assert!(ordered_bits(pair[0]) < ordered_bits(pair[1]));
        }
        assert_eq!(ordered_bits(0.0), ordered_bits(-0.0));
    }
}
