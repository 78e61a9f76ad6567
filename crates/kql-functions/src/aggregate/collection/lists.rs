//! How lists are made: all values of a group, in the input's order.

use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{AggregateUDF, EmitTo};
use kql_semantics::Type;

use crate::aggregate::Order;
use crate::aggregate::keep::collected::{Collected, Lists, Nulls};
use crate::aggregate::keep::lists::{elements, lists};
use crate::aggregate::keep::setting::Setting;
use crate::aggregate::keep::texts::{arrays, texts};
use crate::aggregate::ours::{Keeper, Parts, list_of};
use crate::physical;

/// The most elements that an array can be asked to hold, and what it holds where nothing is said.
pub(super) const LARGEST: usize = 1_048_576;

/// What the obsolete spellings hold where nothing is said.
pub(super) const LARGEST_OF_OLD: usize = 128;

/// A largest size that was asked for.
pub(super) fn limit(setting: Setting, default: usize) -> usize {
    match setting.get() {
        Some(size) => usize::try_from(size).unwrap_or(0).min(LARGEST),
        None => default,
    }
}

/// Makes lists of the first argument; the second, if there is one, is the largest size.
pub(super) fn make(
    name: &'static str,
    types: &[Type],
    order: Order,
    nulls: Nulls,
    default: usize,
) -> Option<Arc<AggregateUDF>> {
    let ty = *types.first()?;
    // Nulls inside a dynamic are values.
    let nulls = if is_dynamic(ty) { Nulls::Kept } else { nulls };
    let mut state = vec![list_of(physical::data_type(ty)), DataType::Int64];
    state.extend(order.is_ordinal().then(|| list_of(order.data_type())));
    let has_limit = types.len() > 1;
    let make = move || {
        let values = Collected::new(physical::data_type(ty), nulls, order);
        let size = Setting::default();
        Ok(Box::new(Maker { ty, values, size, has_limit, default, order }) as Box<dyn Keeper>)
    };
    let returns = DataType::Utf8;
    Some(Parts { name, types: types.to_vec(), order, returns, state, make }.udf())
}

pub(super) fn is_dynamic(ty: Type) -> bool {
    matches!(ty, Type::Dynamic | Type::Unknown)
}

struct Maker {
    ty: Type,
    values: Collected,
    size: Setting,
    has_limit: bool,
    default: usize,
    order: Order,
}

impl Keeper for Maker {
    fn resize(&mut self, groups: usize) {
        self.values.resize(groups);
    }

    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()> {
        let [first, rest @ ..] = values else { return Ok(()) };
        if self.has_limit {
            self.size.read(rest.first());
        }
        let ordinals = rest.last().filter(|_| self.order.is_ordinal());
        self.values.add(first, groups, ordinals, self.most_values())
    }

    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()> {
        self.size.read(states.get(1));
        let (values, of_values) = elements(states.first(), groups)?;
        let ordinals = match states.get(2) {
            Some(ordinals) => Some(elements(Some(ordinals), groups)?.0),
            None => None,
        };
        self.values.add(&values, &of_values, ordinals.as_ref(), self.most_values())
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let Lists { values, offsets, ordinals } = self.values.take(emit_to)?;
        let mut state =
            vec![lists(values, &offsets)?, self.size.state(offsets.len().saturating_sub(1))];
        if let Some(ordinals) = ordinals {
            state.push(lists(ordinals, &offsets)?);
        }
        Ok(state)
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let Lists { values, offsets, .. } = self.values.take(emit_to)?;
        let elements = texts(&values, self.ty)?;
        let places: Vec<u32> = (0..).take(values.len()).collect();
        let limit = limit(self.size, self.default);
        arrays(&elements, &places, &offsets, limit, is_dynamic(self.ty))
    }

    fn size(&self) -> usize {
        self.values.size()
    }
}

impl Maker {
    /// How many values can have a place in an answer: an empty dynamic array takes none.
    fn most_values(&self) -> usize {
        if is_dynamic(self.ty) { usize::MAX } else { limit(self.size, self.default) }
    }
}

#[cfg(test)]
mod tests {
    use crate::aggregate::testing::check;
    use crate::testing::{json, text};
    use kql_semantics::{Type, Value};

    fn list(name: &str, values: &[Value], expected: &str) {
        let ty = values.first().map_or(Type::Long, Value::ty);
        let rows: Vec<&[Value]> = values.iter().map(std::slice::from_ref).collect();
        check(name, &[ty], &[Type::Dynamic], &rows, &[json(expected)]);
    }

    #[test]
    fn lists_keep_the_order_and_drop_nulls() {
        let values = [Value::Long(3), Value::Null(Type::Long), Value::Long(1), Value::Long(3)];
        list("make_list", &values, "[3,1,3]");
        list("make_list_with_nulls", &values, "[3,null,1,3]");
        list("make_list", &[text("b"), text(""), text("a\"")], r#"["b","","a\""]"#);
        list("make_list", &[], "[]");
    }

    #[test]
    fn dynamics_are_flattened_and_their_nulls_kept() {
        let values = [
            json("[1, [2]]"),
            Value::Null(Type::Dynamic),
            json("{\"a\":1}"),
            json("[]"),
            json("\"x\""),
        ];
        list("make_list", &values, r#"[1,[2],null,{"a":1},"x"]"#);
        list("make_list_with_nulls", &values, r#"[1,[2],null,{"a":1},"x"]"#);
    }

    #[test]
    fn the_largest_size() {
        let rows: Vec<[Value; 2]> = (0..9).map(|v| [Value::Long(v), Value::Long(3)]).collect();
        let rows: Vec<&[Value]> = rows.iter().map(<[Value; 2]>::as_slice).collect();
        let types = [Type::Long, Type::Long];
        check("make_list", &types, &[Type::Dynamic], &rows, &[json("[0,1,2]")]);
        check("make_set", &types, &[Type::Dynamic], &rows, &[json("[0,1,2]")]);
        let all: Vec<Value> = (0..200).map(Value::Long).collect();
        let first: Vec<String> = (0..128).map(|value: i64| value.to_string()).collect();
        list("makelist", &all, &format!("[{}]", first.join(",")));
        list("makeset", &all, &format!("[{}]", first.join(",")));
    }

    #[test]
    fn sets_keep_the_order_of_first_appearance() {
        let values = [Value::Long(3), Value::Null(Type::Long), Value::Long(1), Value::Long(3)];
        list("make_set", &values, "[3,1]");
        list("make_set", &[text("b"), text(""), text("B"), text("b")], r#"["b","","B"]"#);
        list(
            "make_set",
            &[Value::Bool(true), Value::Bool(false), Value::Bool(true)],
            "[true,false]",
        );
        list("make_set", &[json("[1,2]"), json("[2,3]"), json("\"a\"")], r#"[1,2,3,"a"]"#);
        list("make_set", &[json("{\"a\" : 1}"), json("{\"a\":1}")], r#"[{"a":1}]"#);
        list("make_set", &[Value::Real(0.5), Value::Real(f64::NAN)], "[0.5,\"\u{1}rNaN\"]");
        list("make_set", &[], "[]");
    }

    #[test]
    fn the_first_value_of_a_key_stays() {
        let values = [
            json(r#"{"a":1}"#),
            json(r#"{"a":2,"b":[3]}"#),
            Value::Null(Type::Dynamic),
            json("[1]"),
            json(r#"{"c":null}"#),
        ];
        list("make_bag", &values, r#"{"a":1,"b":[3],"c":null}"#);
        list("make_bag", &[Value::Null(Type::Dynamic)], "{}");
    }
}
