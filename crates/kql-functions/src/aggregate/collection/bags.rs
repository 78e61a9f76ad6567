//! How bags are merged: each key with the value that the input has first.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringArray, StringBuilder};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{AggregateUDF, EmitTo};
use kql_semantics::dynamic::write_key;
use kql_semantics::{Dynamic, Type};

use super::lists::{LARGEST, limit};
use crate::aggregate::Order;
use crate::aggregate::keep::best::Best;
use crate::aggregate::keep::distinct::{Distinct, Sets};
use crate::aggregate::keep::lists::{elements, lists, pick};
use crate::aggregate::keep::rank::Preference;
use crate::aggregate::keep::setting::Setting;
use crate::aggregate::keep::texts::Column;
use crate::aggregate::ours::{Keeper, Parts, emitted, list_of};

/// Merges the first argument; the second, if there is one, is the most keys.
pub(super) fn make(name: &'static str, types: &[Type], order: Order) -> Option<Arc<AggregateUDF>> {
    if !matches!(types.first()?, Type::Dynamic | Type::Unknown) {
        return None;
    }
    let mut state = vec![list_of(DataType::Utf8), list_of(DataType::Utf8), DataType::Int64];
    state.extend(order.is_ordinal().then(|| list_of(order.data_type())));
    let has_limit = types.len() > 1;
    let make = move || {
        let (keys, values) = empty(order);
        let size = Setting::default();
        Ok(Box::new(Maker { keys, values, groups: 0, size, has_limit, order }) as Box<dyn Keeper>)
    };
    let returns = DataType::Utf8;
    Some(Parts { name, types: types.to_vec(), order, returns, state, make }.udf())
}

fn empty(order: Order) -> (Distinct, Best) {
    let values = Best::new(&[Type::Dynamic], None, Preference::Any, order);
    (Distinct::new(DataType::Utf8, order), values)
}

struct Maker {
    keys: Distinct,
    /// The value of each pair of a group and a key.
    values: Best,
    groups: usize,
    size: Setting,
    has_limit: bool,
    order: Order,
}

/// Bags of some groups, taken apart.
struct Bags {
    keys: ArrayRef,
    values: ArrayRef,
    offsets: Vec<usize>,
    ordinals: Option<ArrayRef>,
}

impl Maker {
    fn add(
        &mut self,
        keys: &ArrayRef,
        values: &ArrayRef,
        groups: &[usize],
        ordinals: Option<&ArrayRef>,
    ) -> Result<()> {
        let limit = limit(self.size, LARGEST);
        let mut pairs = Vec::with_capacity(groups.len());
        self.keys.add_pairs(keys, groups, ordinals, limit, &mut pairs)?;
        self.values.resize(self.keys.pairs());
        let (rows, pairs): (Vec<u32>, Vec<usize>) =
            (0_u32..).zip(pairs).filter_map(|(row, pair)| Some((row, pair? as usize))).unzip();
        let mut offered = vec![pick(values, rows.clone())?];
        if let Some(ordinals) = ordinals {
            offered.push(pick(ordinals, rows)?);
        }
        self.values.update(&offered, &pairs)
    }

    fn take(&mut self, emit_to: EmitTo) -> Result<Bags> {
        let count = emitted(emit_to, self.groups);
        let all = self.take_all()?;
        let end = all.offsets.get(count).copied().unwrap_or(0);
        if count < self.groups {
            let left = all.keys.len() - end;
            let groups: Vec<usize> = all.offsets[count..]
                .windows(2)
                .enumerate()
                .flat_map(|(group, ends)| std::iter::repeat_n(group, ends[1] - ends[0]))
                .collect();
            let ordinals = all.ordinals.as_ref().map(|ordinals| ordinals.slice(end, left));
            self.keys.resize(self.groups - count);
            let (keys, values) = (all.keys.slice(end, left), all.values.slice(end, left));
            self.add(&keys, &values, &groups, ordinals.as_ref())?;
        }
        self.groups -= count;
        Ok(Bags {
            keys: all.keys.slice(0, end),
            values: all.values.slice(0, end),
            offsets: all.offsets.into_iter().take(count + 1).collect(),
            ordinals: all.ordinals.map(|ordinals| ordinals.slice(0, end)),
        })
    }

    fn take_all(&mut self) -> Result<Bags> {
        let (keys, values) = empty(self.order);
        let mut old = std::mem::replace(&mut self.keys, keys);
        let mut old_values = std::mem::replace(&mut self.values, values);
        let values = old_values.evaluate(EmitTo::All)?;
        let (Sets { values: keys, places, offsets, ordinals }, pairs) = old.take_pairs()?;
        Ok(Bags { keys: pick(&keys, places)?, values: pick(&values, pairs)?, offsets, ordinals })
    }
}

impl Keeper for Maker {
    fn resize(&mut self, groups: usize) {
        self.groups = self.groups.max(groups);
        self.keys.resize(groups);
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let [bags, rest @ ..] = values else { return Ok(()) };
        if self.has_limit {
            self.size.read(rest.first());
        }
        let ordinals = rest.last().filter(|_| self.order.is_ordinal());
        let (keys, values, rows) = entries(bags.as_string());
        let groups: Vec<usize> = rows.iter().map(|row| groups[*row as usize]).collect();
        let ordinals = ordinals.map(|ordinals| pick(ordinals, rows)).transpose()?;
        self.add(&keys, &values, &groups, ordinals.as_ref())
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        self.size.read(states.get(2));
        let (keys, of_keys) = elements(states.first(), groups)?;
        let (values, _) = elements(states.get(1), groups)?;
        let ordinals = match states.get(3) {
            Some(ordinals) => Some(elements(Some(ordinals), groups)?.0),
            None => None,
        };
        self.add(&keys, &values, &of_keys, ordinals.as_ref())
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let Bags { keys, values, offsets, ordinals } = self.take(emit_to)?;
        let groups = offsets.len().saturating_sub(1);
        let mut state =
            vec![lists(keys, &offsets)?, lists(values, &offsets)?, self.size.state(groups)];
        if let Some(ordinals) = ordinals {
            state.push(lists(ordinals, &offsets)?);
        }
        Ok(state)
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let Bags { keys, values, offsets, .. } = self.take(emit_to)?;
        let (keys, values) = (keys.as_string::<i32>(), values.as_string::<i32>());
        let limit = limit(self.size, LARGEST);
        let mut column = Column::default();
        let mut text = String::new();
        for ends in offsets.windows(2) {
            text.clear();
            text.push('{');
            for entry in (ends[0]..ends[1]).take(limit) {
                if text.len() > 1 {
                    text.push(',');
                }
                write_key(keys.value(entry), &mut text);
                text.push_str(if values.is_null(entry) { "null" } else { values.value(entry) });
            }
            text.push('}');
            column.push(&text)?;
        }
        Ok(column.finish())
    }

    fn size(&self) -> usize {
        self.keys.size() + self.values.size()
    }
}

/// All entries of bags, and the row that each one is of. What is no bag has none.
fn entries(bags: &StringArray) -> (ArrayRef, ArrayRef, Vec<u32>) {
    let (mut keys, mut values) = (StringBuilder::new(), StringBuilder::new());
    let mut rows = Vec::new();
    for (row, bag) in (0_u32..).zip(bags) {
        let Some(Ok(Dynamic::Bag(entries))) = bag.map(Dynamic::parse) else { continue };
        for (key, value) in entries {
            keys.append_value(&key);
            values.append_value(value.to_text());
            rows.push(row);
        }
    }
    (Arc::new(keys.finish()), Arc::new(values.finish()), rows)
}
