//! HyperLogLog: how many distinct values there are, from a few kilobytes.
//!
//! Few values are counted exactly, by their hashes. As a dynamic it is `[[1024, precision], [hashes], [registers]]`: the
//! hashes as texts, as JSON's numbers are no 64 bits everywhere; the registers as one text in base64.

use std::collections::HashSet;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{DataType, Decimal256Type, Float64Type, Int32Type, Int64Type};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kql_semantics::Dynamic;
use xxhash_rust::xxh64::xxh64;

use crate::KernelError;

/// The first number of the dynamic.
const VERSION: i64 = 1024;

/// The estimate's constant for registers without bound: `1 / (2 ln 2)`.
const ALPHA: f64 = 0.721_347_520_444_481_7;

/// How many bits of a hash choose the register, for an accuracy that a query asks for.
///
/// **Errors**: there are 0 to 4, and 1 where none is asked for.
pub fn precision(accuracy: Option<i64>) -> Result<u8, KernelError> {
    match accuracy.unwrap_or(1) {
        0 => Ok(12),
        1 => Ok(14),
        2 => Ok(16),
        3 => Ok(17),
        4 => Ok(18),
        other => Err(KernelError(format!("the accuracy of a count is 0 to 4, not {other}"))),
    }
}

/// Up to how many values are counted exactly.
#[must_use]
pub fn most_exact(precision: u8) -> usize {
    match precision {
        ..14 => 250,
        14 => 1000,
        _ => 8000,
    }
}

/// Puts a hash into registers.
pub fn put(registers: &mut [u8], precision: u8, hash: u64) {
    let at = usize::try_from(hash >> (64 - precision)).unwrap_or(0);
    let rest = hash << precision;
    let most = 64 - precision + 1;
    let rank = u8::try_from(rest.leading_zeros() + 1).map_or(most, |rank| rank.min(most));
    if let Some(register) = registers.get_mut(at) {
        *register = rank.max(*register);
    }
}

/// Puts registers into others of the same precision.
pub fn put_all(registers: &mut [u8], others: &[u8]) {
    for (register, other) in registers.iter_mut().zip(others) {
        *register = (*register).max(*other);
    }
}

/// How many distinct hashes were put into registers, nearly (Ertl's estimator, which needs no corrections).
#[must_use]
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "it is near")]
pub fn estimate(registers: &[u8], precision: u8) -> i64 {
    let bits = usize::from(64 - precision);
    let mut counts = vec![0_usize; bits + 2];
    for register in registers {
        counts[usize::from(*register).min(bits + 1)] += 1;
    }
    let all = registers.len() as f64;
    let mut sum = all * tau(1.0 - counts[bits + 1] as f64 / all);
    for count in counts[1..=bits].iter().rev() {
        sum = 0.5 * (sum + *count as f64);
    }
    sum += all * sigma(counts[0] as f64 / all);
    (ALPHA * all * all / sum).round() as i64
}

fn sigma(mut x: f64) -> f64 {
    if x >= 1.0 {
        return f64::INFINITY;
    }
    let (mut y, mut z) = (1.0, x);
    loop {
        x *= x;
        let before = z;
        z += x * y;
        y += y;
        if z <= before {
            return z;
        }
    }
}

fn tau(mut x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return 0.0;
    }
    let (mut y, mut z) = (1.0, 1.0 - x);
    loop {
        x = x.sqrt();
        let before = z;
        y *= 0.5;
        z -= (1.0 - x).powi(2) * y;
        if z >= before {
            return z / 3.0;
        }
    }
}

/// The hashes of an array's values: the same on all machines, as they are kept. Nulls have one that means nothing.
pub fn hashes(array: &ArrayRef) -> Result<Vec<u64>, KernelError> {
    let long = |value: i64| xxh64(&value.to_le_bytes(), 0);
    let rows = 0..array.len();
    Ok(match array.data_type() {
        DataType::Boolean => {
            let array = array.as_boolean();
            rows.map(|row| long(array.value(row).into())).collect()
        }
        DataType::Int32 => {
            array.as_primitive::<Int32Type>().values().iter().map(|v| long((*v).into())).collect()
        }
        DataType::Int64 => {
            array.as_primitive::<Int64Type>().values().iter().map(|value| long(*value)).collect()
        }
        DataType::Float64 => {
            let bits = |value: &f64| if value.is_nan() { f64::NAN } else { value + 0.0 }.to_bits();
            let array = array.as_primitive::<Float64Type>();
            array.values().iter().map(|value| xxh64(&bits(value).to_le_bytes(), 1)).collect()
        }
        DataType::Utf8 => {
            let array = array.as_string::<i32>();
            rows.map(|row| xxh64(array.value(row).as_bytes(), 0)).collect()
        }
        DataType::Decimal256(..) => {
            let array = array.as_primitive::<Decimal256Type>();
            array.values().iter().map(|value| xxh64(&value.to_le_bytes(), 0)).collect()
        }
        DataType::FixedSizeBinary(_) => {
            let array = array.as_fixed_size_binary();
            rows.map(|row| xxh64(array.value(row), 0)).collect()
        }
        ty => return Err(KernelError(format!("values of {ty} can not be counted"))),
    })
}

/// A sketch of one set of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Hll {
    precision: u8,
    hashes: HashSet<u64>,
    /// None while the values are few.
    registers: Vec<u8>,
}

impl Hll {
    /// Of no values.
    #[must_use]
    pub fn new(precision: u8) -> Self {
        Self { precision, hashes: HashSet::new(), registers: Vec::new() }
    }

    /// Of these hashes, or of registers where there are any.
    #[must_use]
    pub fn of(precision: u8, hashes: impl Iterator<Item = u64>, registers: &[u8]) -> Self {
        Self { precision, hashes: hashes.collect(), registers: registers.to_vec() }
    }

    /// Adds what another one has; the lower precision of the two is left.
    pub fn merge(&mut self, other: &Self) {
        if other.precision < self.precision {
            self.lower(other.precision);
        }
        for hash in &other.hashes {
            self.add(*hash);
        }
        if !other.registers.is_empty() {
            let mut other = other.clone();
            other.lower(self.precision);
            self.fill_registers();
            put_all(&mut self.registers, &other.registers);
        }
    }

    fn add(&mut self, hash: u64) {
        if !self.registers.is_empty() {
            return put(&mut self.registers, self.precision, hash);
        }
        self.hashes.insert(hash);
        if self.hashes.len() > most_exact(self.precision) {
            self.fill_registers();
        }
    }

    fn fill_registers(&mut self) {
        if self.registers.is_empty() {
            self.registers = vec![0; 1 << self.precision];
            for hash in std::mem::take(&mut self.hashes) {
                put(&mut self.registers, self.precision, hash);
            }
        }
    }

    /// Registers of fewer bits, as if the values had been put into them.
    fn lower(&mut self, precision: u8) {
        if precision >= self.precision {
            return;
        }
        let by = self.precision - precision;
        let old = std::mem::take(&mut self.registers);
        self.precision = precision;
        if old.is_empty() {
            return;
        }
        let mut registers = vec![0; 1 << precision];
        for (at, rank) in old.iter().enumerate().filter(|(_, rank)| **rank > 0) {
            let low = at & ((1 << by) - 1);
            // The bits that chose among the old registers now come before those that were ranked.
            let rank = match low {
                0 => rank + by,
                low => by - u8::try_from(low.ilog2()).unwrap_or(0),
            };
            let register: &mut u8 = &mut registers[at >> by];
            *register = rank.max(*register);
        }
        self.registers = registers;
    }

    /// How many distinct values there are: exactly where they are few.
    #[must_use]
    pub fn count(&self) -> i64 {
        if self.registers.is_empty() {
            return i64::try_from(self.hashes.len()).unwrap_or(i64::MAX);
        }
        estimate(&self.registers, self.precision)
    }

    /// As a dynamic's text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut hashes: Vec<i64> = self.hashes.iter().map(|hash| hash.cast_signed()).collect();
        hashes.sort_unstable();
        let hashes = hashes.iter().map(|hash| Dynamic::string(&hash.to_string())).collect();
        let registers = match self.registers.as_slice() {
            [] => Vec::new(),
            registers => vec![Dynamic::string(&STANDARD.encode(registers))],
        };
        let head = vec![Dynamic::Long(VERSION), Dynamic::Long(self.precision.into())];
        let parts = [head, hashes, registers].map(Dynamic::Array);
        Dynamic::Array(parts.into()).to_text()
    }

    /// Reads what [`Self::to_text`] wrote; none of anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let Ok(Dynamic::Array(parts)) = Dynamic::parse(text) else { return None };
        let [Dynamic::Array(head), Dynamic::Array(hashes), Dynamic::Array(registers)] =
            parts.as_slice()
        else {
            return None;
        };
        let [Dynamic::Long(VERSION), Dynamic::Long(precision)] = head.as_slice() else {
            return None;
        };
        let precision = u8::try_from(*precision).ok().filter(|bits| (4..=18).contains(bits))?;
        let hash = |value: &Dynamic| match value {
            Dynamic::String(text) => text.parse::<i64>().ok().map(i64::cast_unsigned),
            Dynamic::Long(value) => Some(value.cast_unsigned()),
            _ => None,
        };
        let hashes = hashes.iter().map(hash).collect::<Option<HashSet<u64>>>()?;
        let registers = match registers.as_slice() {
            [] => Vec::new(),
            [Dynamic::String(text)] => STANDARD.decode(text.as_bytes()).ok()?,
            _ => return None,
        };
        let is_whole = registers.is_empty() || registers.len() == 1 << precision;
        is_whole.then_some(Self { precision, hashes, registers })
    }

    /// Bytes of memory held.
    #[must_use]
    pub fn size(&self) -> usize {
        size_of::<Self>() + self.hashes.capacity() * 16 + self.registers.capacity()
    }
}

/// How many sketches that hold more than a few values may be intersected: the work doubles with each.
const MOST_INTERSECTED: usize = 10;

/// How many distinct values all sketches share: exactly where they hold few, and else from the counts of all their unions.
///
/// **Errors**: they are too many.
pub fn common(sketches: &[Hll]) -> Result<i64, KernelError> {
    let Some((first, others)) = sketches.split_first() else { return Ok(0) };
    if sketches.iter().all(|sketch| sketch.registers.is_empty()) {
        let is_common = |hash: &&u64| others.iter().all(|other| other.hashes.contains(hash));
        return Ok(i64::try_from(first.hashes.iter().filter(is_common).count()).unwrap_or(i64::MAX));
    }
    if sketches.len() > MOST_INTERSECTED {
        return Err(KernelError::new("more than ten large sketches can not be intersected"));
    }
    // What all share is what each has, less what two have together, and so on.
    let mut sum = 0;
    for chosen in 1_u32..1 << sketches.len() {
        let mut own = (0_u32..).zip(sketches).filter(|(at, _)| chosen >> at & 1 == 1);
        let Some((_, one)) = own.next() else { continue };
        let mut union = one.clone();
        own.for_each(|(_, other)| union.merge(other));
        let sign = if chosen.count_ones() % 2 == 1 { 1 } else { -1 };
        sum += sign * union.count();
    }
    Ok(sum.max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: std::ops::Range<i64>, precision: u8) -> Hll {
        let mut sketch = Hll::new(precision);
        values.for_each(|value| sketch.add(xxh64(&value.to_le_bytes(), 0)));
        sketch
    }

    fn is_near(count: i64, of: f64, share: f64) -> bool {
        (count as f64 - of).abs() <= of * share
    }

    #[test]
    fn few_are_exact_and_many_are_near() {
        assert_eq!(of(0..1000, 14).count(), 1000);
        for (count, precision, error) in
            [(2000, 14, 0.03), (100_000, 14, 0.03), (1_000_000, 14, 0.03), (300_000, 18, 0.008)]
        {
            let found = of(0..count, precision).count();
            assert!(is_near(found, count as f64, error), "{count}: {found}");
        }
    }

    #[test]
    fn merging_is_adding() {
        let (mut a, b) = (of(0..50_000, 14), of(25_000..75_000, 14));
        a.merge(&b);
        assert_eq!(a, of(0..75_000, 14));
        let mut few = of(0..100, 14);
        few.merge(&of(50..20_000, 14));
        assert_eq!(few, of(0..20_000, 14));
    }

    #[test]
    fn sketches_share_values() {
        assert_eq!(common(&[of(0..100, 14), of(50..120, 14)]).unwrap(), 50);
        let shared = common(&[of(0..50_000, 14), of(25_000..75_000, 14)]).unwrap();
        assert!(is_near(shared, 25_000.0, 0.1), "{shared}");
        assert_eq!(common(&[]).unwrap(), 0);
    }

    #[test]
    fn a_lower_precision_is_as_if_it_had_been_asked_for() {
        let mut fine = of(0..50_000, 16);
        fine.lower(12);
        assert_eq!(fine, of(0..50_000, 12));
    }

    #[test]
    fn comes_back_from_its_text() {
        for sketch in [of(0..0, 14), of(0..10, 12), of(0..20_000, 16)] {
            assert_eq!(Hll::parse(&sketch.to_text()), Some(sketch));
        }
        for text in ["", "[]", "[[1024,14],[],[\"AA==\"]]", "[[1024,99],[],[]]", "[[1,14],[],[]]"] {
            assert_eq!(Hll::parse(text), None, "{text}");
        }
    }
}
