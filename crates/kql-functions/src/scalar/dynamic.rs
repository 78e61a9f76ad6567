//! Functions of arrays and property bags.

use crate::json;
use std::borrow::Cow;
use std::collections::HashMap;

mod array_concat;
mod array_iff;
mod array_index_of;
mod array_length;
mod array_reverse;
mod array_rotate_left;
mod array_rotate_right;
mod array_shift_left;
mod array_shift_right;
mod array_slice;
mod array_sort_asc;
mod array_sort_desc;
mod array_split;
mod array_sum;
mod bag_has_key;
mod bag_keys;
mod bag_merge;
mod bag_pack;
mod bag_pack_columns;
mod bag_remove_keys;
mod bag_set_key;
mod bag_zip;
mod dynamic_to_json;
mod estimate_data_size;
mod gettype;
mod jaccard_index;
mod nested;
mod pack;
mod pack_all;
mod pack_array;
mod parse_json;
mod range;
mod repeat;
mod set_difference;
mod set_equals;
mod set_has_element;
mod set_intersect;
mod set_union;
mod sets;
mod sort;
mod treepath;
mod zip;

family![
    array_concat,
    array_iff,
    array_index_of,
    array_length,
    array_reverse,
    array_rotate_left,
    array_rotate_right,
    array_shift_left,
    array_shift_right,
    array_slice,
    array_sort_asc,
    array_sort_desc,
    array_split,
    array_sum,
    bag_has_key,
    bag_keys,
    bag_merge,
    bag_pack,
    bag_pack_columns,
    bag_remove_keys,
    bag_set_key,
    bag_zip,
    dynamic_to_json,
    estimate_data_size,
    gettype,
    jaccard_index,
    pack_all,
    pack_array,
    parse_json,
    range,
    repeat,
    set_difference,
    set_equals,
    set_has_element,
    set_intersect,
    set_union,
    treepath,
    zip,
];

/// How many elements `range` and `repeat` make at most.
const MOST_ELEMENTS: usize = 1_048_576;

/// The elements of an array as texts; none where the value is no array.
fn array(text: Option<&str>) -> Option<Vec<&str>> {
    let text = text?;
    text.trim_start().starts_with('[').then(|| json::elements(text).collect())
}

/// Whether a value is a bag.
fn is_bag(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// The entries of a bag, keys without quotes and escapes, of equal keys the last; none where the value is no bag.
fn bag(text: Option<&str>) -> Option<Entries<'_>> {
    let text = text.filter(|text| is_bag(text))?;
    let mut entries = Entries::default();
    json::entries(text).for_each(|(key, value)| entries.set(json::unescaped(key), value));
    Some(entries)
}

/// Entries of a bag in the order of their first appearance.
#[derive(Default)]
struct Entries<'a> {
    entries: Vec<(Cow<'a, str>, &'a str)>,
    /// Where each key is, once there are many of them.
    places: HashMap<Cow<'a, str>, usize, foldhash::fast::RandomState>,
}

impl<'a> Entries<'a> {
    /// So many are quicker looked through.
    const FEW: usize = 16;

    /// Where a key is.
    fn place(&self, key: &str) -> Option<usize> {
        if self.entries.len() <= Self::FEW {
            self.entries.iter().position(|(known, _)| *known == key)
        } else {
            self.places.get(key).copied()
        }
    }

    /// The value of a key.
    fn get(&self, key: &str) -> Option<&'a str> {
        self.entries.get(self.place(key)?).map(|(_, value)| *value)
    }

    /// Puts a value under a key, in the place of the one that is there.
    fn set(&mut self, key: Cow<'a, str>, value: &'a str) {
        if let Some(entry) = self.place(&key).and_then(|place| self.entries.get_mut(place)) {
            entry.1 = value;
            return;
        }
        self.entries.push((key, value));
        if self.entries.len() == Self::FEW + 1 {
            let keys = self.entries.iter().enumerate();
            self.places = keys.map(|(place, (key, _))| (key.clone(), place)).collect();
        } else if let (true, Some((key, _))) = (self.entries.len() > Self::FEW, self.entries.last())
        {
            self.places.insert(key.clone(), self.entries.len() - 1);
        }
    }
}

/// Writes an array of values that are JSON already.
fn write_array<T: AsRef<str>>(values: impl IntoIterator<Item = T>, text: &mut String) {
    text.push('[');
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(value.as_ref());
    }
    text.push(']');
}

/// Writes a bag of values that are JSON already.
fn write_bag<K: AsRef<str>, V: AsRef<str>>(
    entries: impl IntoIterator<Item = (K, V)>,
    text: &mut String,
) {
    text.push('{');
    for (index, (key, value)) in entries.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        kql_semantics::dynamic::write_key(key.as_ref(), text);
        text.push_str(value.as_ref());
    }
    text.push('}');
}

/// A place in an array of so many elements, counted from the end where negative; before the first is 0, behind the last its length.
fn place(position: i64, length: usize) -> usize {
    let back = usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX);
    if position < 0 { length.saturating_sub(back) } else { back.min(length) }
}
