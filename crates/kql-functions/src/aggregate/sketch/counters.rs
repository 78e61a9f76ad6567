//! Counting distinct values of all groups at once: hashes while a group has few, registers when it has many.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryArray, Int64Array, StringBuilder};
use arrow::datatypes::{DataType, Int64Type};
use datafusion::common::{Result, internal_datafusion_err};
use datafusion::logical_expr::{AggregateUDF, EmitTo};
use kql_semantics::Type;

use crate::aggregate::Order;
use crate::aggregate::keep::interner::number;
use crate::aggregate::keep::lists::{elements, lists};
use crate::aggregate::keep::setting::Setting;
use crate::aggregate::keep::table::{Table, mix};
use crate::aggregate::keep::texts::canonical;
use crate::aggregate::ours::{Keeper, Parts, emitted, list_of};
use crate::sketch::hll::{self, Hll};

/// What becomes of the sketches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// How many values each has.
    Count,
    /// The sketch itself, as a dynamic.
    Sketch,
}

/// Counts the first argument's values; the second, if there is one, is the accuracy.
pub(super) fn make(
    name: &'static str,
    types: &[Type],
    answer: Answer,
) -> Option<Arc<AggregateUDF>> {
    let ty = *types.first()?;
    let has_accuracy = types.len() > 1;
    let returns = match answer {
        Answer::Count => DataType::Int64,
        Answer::Sketch => DataType::Utf8,
    };
    let state = vec![list_of(DataType::Int64), DataType::Binary, DataType::Int64];
    let make = move || Ok(Box::new(Counters::new(ty, has_accuracy, answer)) as Box<dyn Keeper>);
    Some(Parts { name, types: types.to_vec(), order: Order::Arrival, returns, state, make }.udf())
}

/// A group without hashes, and the end of a chain of them.
const NONE: u32 = u32::MAX;

struct Counters {
    ty: Type,
    has_accuracy: bool,
    answer: Answer,
    accuracy: Setting,
    /// Known once rows or states came.
    precision: Option<u8>,
    /// Hashes, each mixed with its group's number: one table serves all groups.
    keys: Vec<u64>,
    /// The hash of the same group that came before.
    before: Vec<u32>,
    table: Table,
    /// Each group's last hash.
    last: Vec<u32>,
    counts: Vec<u32>,
    registers: Vec<Option<Box<[u8]>>>,
    register_bytes: usize,
}

impl Counters {
    fn new(ty: Type, has_accuracy: bool, answer: Answer) -> Self {
        Self {
            ty,
            has_accuracy,
            answer,
            accuracy: Setting::default(),
            precision: None,
            keys: Vec::new(),
            before: Vec::new(),
            table: Table::default(),
            last: Vec::new(),
            counts: Vec::new(),
            registers: Vec::new(),
            register_bytes: 0,
        }
    }

    fn precision(&mut self) -> Result<u8> {
        if self.precision.is_none() {
            self.precision = Some(hll::precision(self.accuracy.get())?);
        }
        self.precision.ok_or_else(|| internal_datafusion_err!("a sketch without precision"))
    }

    fn add(&mut self, precision: u8, most: usize, group: usize, hash: u64) -> Result<()> {
        if let Some(registers) = &mut self.registers[group] {
            hll::put(registers, precision, hash);
            return Ok(());
        }
        let key = hash ^ mix(group as u64);
        let next = number(self.keys.len())?;
        let keys = &self.keys;
        let found = self.table.find_or_insert(key, next, |known| keys[known as usize] == key);
        if found.is_some() {
            return Ok(());
        }
        self.keys.push(key);
        self.before.push(std::mem::replace(&mut self.last[group], next));
        self.counts[group] += 1;
        if self.counts[group] as usize > most {
            self.fill_registers(precision, group);
        }
        Ok(())
    }

    fn fill_registers(&mut self, precision: u8, group: usize) {
        let mut registers = vec![0; 1 << precision].into_boxed_slice();
        for hash in self.hashes(group) {
            hll::put(&mut registers, precision, hash);
        }
        self.register_bytes += registers.len();
        self.registers[group] = Some(registers);
        self.last[group] = NONE;
    }

    fn hashes(&self, group: usize) -> impl Iterator<Item = u64> {
        let mut at = self.last[group];
        let mask = mix(group as u64);
        std::iter::from_fn(move || {
            let key = self.keys.get(at as usize)?;
            at = self.before[at as usize];
            Some(key ^ mask)
        })
    }

    /// Forgets the first groups; the others are numbered from 0.
    fn forget(&mut self, count: usize) -> Result<()> {
        let old = std::mem::replace(self, Self::new(self.ty, self.has_accuracy, self.answer));
        (self.accuracy, self.precision) = (old.accuracy, old.precision);
        let left = old.last.len() - count;
        if left == 0 {
            return Ok(());
        }
        self.resize(left);
        let precision = self.precision()?;
        for group in 0..left {
            for hash in old.hashes(group + count) {
                self.add(precision, usize::MAX, group, hash)?;
            }
        }
        for (group, registers) in old.registers.into_iter().skip(count).enumerate() {
            self.register_bytes += registers.as_ref().map_or(0, |registers| registers.len());
            self.registers[group] = registers;
        }
        Ok(())
    }
}

impl Keeper for Counters {
    fn resize(&mut self, groups: usize) {
        if self.last.len() < groups {
            self.last.resize(groups, NONE);
            self.counts.resize(groups, 0);
            self.registers.resize(groups, None);
        }
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let [values, rest @ ..] = values else { return Ok(()) };
        if self.has_accuracy {
            self.accuracy.read(rest.first());
        }
        let values = match self.ty {
            Type::Dynamic | Type::Unknown => &canonical_texts(values),
            _ => values,
        };
        let precision = self.precision()?;
        let most = hll::most_exact(precision);
        let hashes = hll::hashes(values)?;
        for (row, (hash, group)) in hashes.iter().zip(groups).enumerate() {
            if values.is_valid(row) {
                self.add(precision, most, *group, *hash)?;
            }
        }
        Ok(())
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let [hashes, registers, accuracy] = states else {
            return Err(internal_datafusion_err!("a sketch's state has not three columns"));
        };
        self.accuracy.read(Some(accuracy));
        let precision = self.precision()?;
        let most = hll::most_exact(precision);
        let (hashes, of_hashes) = elements(Some(hashes), groups)?;
        for (hash, group) in hashes.as_primitive::<Int64Type>().values().iter().zip(of_hashes) {
            self.add(precision, most, group, hash.cast_unsigned())?;
        }
        for (registers, group) in registers.as_binary::<i32>().iter().zip(groups) {
            let Some(registers) = registers else { continue };
            if self.registers[*group].is_none() {
                self.fill_registers(precision, *group);
            }
            if let Some(known) = &mut self.registers[*group] {
                hll::put_all(known, registers);
            }
        }
        Ok(())
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let count = emitted(emit_to, self.last.len());
        let mut hashes = Vec::new();
        let mut offsets = vec![0];
        for group in 0..count {
            hashes.extend(self.hashes(group).map(u64::cast_signed));
            offsets.push(hashes.len());
        }
        let registers: BinaryArray = self.registers[..count].iter().map(Option::as_deref).collect();
        let hashes = lists(Arc::new(Int64Array::from(hashes)), &offsets)?;
        let state = vec![hashes, Arc::new(registers) as ArrayRef, self.accuracy.state(count)];
        self.forget(count)?;
        Ok(state)
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let count = emitted(emit_to, self.last.len());
        let precision = self.precision()?;
        let answer: ArrayRef = match self.answer {
            Answer::Count => {
                let of = |group: usize| match &self.registers[group] {
                    Some(registers) => hll::estimate(registers, precision),
                    None => self.counts[group].into(),
                };
                Arc::new(Int64Array::from_iter_values((0..count).map(of)))
            }
            Answer::Sketch => {
                let mut column = crate::aggregate::keep::texts::Column::default();
                for group in 0..count {
                    let registers = self.registers[group].as_deref().unwrap_or(&[]);
                    let sketch = Hll::of(precision, self.hashes(group), registers);
                    column.push(&sketch.to_text())?;
                }
                column.finish()
            }
        };
        self.forget(count)?;
        Ok(answer)
    }

    fn size(&self) -> usize {
        self.keys.capacity() * size_of::<u64>()
            + self.before.capacity() * size_of::<u32>()
            + self.table.size()
            + self.last.capacity() * size_of::<u32>()
            + self.counts.capacity() * size_of::<u32>()
            + self.registers.capacity() * size_of::<Option<Box<[u8]>>>()
            + self.register_bytes
    }
}

fn canonical_texts(values: &ArrayRef) -> ArrayRef {
    let values = values.as_string::<i32>();
    let mut builder = StringBuilder::with_capacity(values.len(), values.value_data().len());
    for value in values {
        builder.append_option(value.map(canonical));
    }
    Arc::new(builder.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::ours::keeper_of;
    use crate::aggregate::testing::check;
    use crate::testing::{json, text};
    use kql_semantics::Value;

    #[test]
    fn few_values_are_counted_exactly() {
        for (values, count) in [
            (vec![text(""), text("a"), text("b"), text("a")], 3),
            (vec![Value::Null(Type::Int), Value::Int(3), Value::Int(3)], 1),
            (vec![json("{\"a\": 1}"), json("{\"a\":1}"), Value::Null(Type::Dynamic)], 1),
            (vec![Value::Real(0.0), Value::Real(-0.0), Value::Real(f64::NAN)], 2),
        ] {
            let rows: Vec<&[Value]> = values.iter().map(std::slice::from_ref).collect();
            check("dcount", &[values[0].ty()], &[Type::Long], &rows, &[Value::Long(count)]);
        }
        check("dcount", &[Type::Int], &[Type::Long], &[], &[Value::Long(0)]);
        let row = [text("a"), Value::Long(4)];
        check("dcount", &[Type::String, Type::Long], &[Type::Long], &[&row], &[Value::Long(1)]);
    }

    #[test]
    fn groups_of_few_and_many_values_in_parts() {
        let udf = make("dcount", &[Type::Long], Answer::Count).unwrap();
        let mut merged = keeper_of(&udf).unwrap();
        merged.resize(2);
        for part in 0..4_i64 {
            let mut keeper = keeper_of(&udf).unwrap();
            keeper.resize(2);
            // Group 0 has 100 values, group 1 has 40,000 of which each part knows a half.
            let few = (0..100_i64).map(|value| (0, value));
            let many = (0..20_000_i64).map(|value| (1, part * 5_000 + value * 2));
            let (groups, values): (Vec<usize>, Vec<i64>) = few.chain(many).unzip();
            keeper.update(&[Arc::new(Int64Array::from(values))], &groups).unwrap();
            let first = keeper.state(EmitTo::First(1)).unwrap();
            merged.merge(&first, &[0]).unwrap();
            let second = keeper.state(EmitTo::All).unwrap();
            merged.merge(&second, &[1]).unwrap();
        }
        let counts = merged.evaluate(EmitTo::All).unwrap();
        let counts = counts.as_primitive::<Int64Type>();
        assert_eq!(counts.value(0), 100);
        // 0, 2, ... 54,998.
        assert!((counts.value(1) - 27_500).abs() < 27_500 / 30, "{}", counts.value(1));
    }

    #[test]
    fn an_accuracy_that_is_none_is_refused() {
        let udf = make("dcount", &[Type::Long, Type::Long], Answer::Count).unwrap();
        let mut keeper = keeper_of(&udf).unwrap();
        keeper.resize(1);
        let one: ArrayRef = Arc::new(Int64Array::from(vec![5]));
        let error = keeper.update(&[one.clone(), one], &[0]).unwrap_err();
        assert!(error.to_string().contains("0 to 4, not 5"), "{error}");
    }
}
