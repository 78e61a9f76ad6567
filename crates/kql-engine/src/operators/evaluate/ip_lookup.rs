//! `ipv4_lookup(table, address, network, further keys, return_unmatched)`, `ipv6_lookup`: rows beside the rows of a table whose
//! networks hold their addresses.

use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use arrow::array::RecordBatch;
use datafusion::common::Result;
use kql_functions::Example;
use kql_functions::physical;
use kql_semantics::bound::ScalarKind;
use kql_semantics::{Type, Value};

use super::table_lookup::{Find, TableLookup, key_column, table_of};
use super::{Call, Plugin};
use crate::QueryError;
use crate::cells;
use crate::lower::Lowering;
use crate::plan::{Plan, column_name};

pub(super) static IPV4_LOOKUP: Plugin = Plugin {
    name: "ipv4_lookup",
    help: "The rows beside those of a table whose IPv4 networks hold their addresses, narrowest first; by further keys too, and with rows that none holds where `return_unmatched` is true.",
    examples: &[Example {
        query: "datatable(ip:string)['10.1.2.3', '9.9.9.9'] | evaluate ipv4_lookup((datatable(net:string, name:string)['10.0.0.0/8', 'office']), ip, net)",
        answer: &["ip:string, net:string, name:string", "10.1.2.3, 10.0.0.0/8, office"],
    }],
    lower,
};

pub(super) static IPV6_LOOKUP: Plugin = Plugin {
    name: "ipv6_lookup",
    help: "The rows beside those of a table whose IPv6 or IPv4 networks hold their addresses, the table's columns first; with rows that none holds where `return_unmatched` is true.",
    examples: &[Example {
        query: "datatable(ip:string)['2001:db8::1'] | evaluate ipv6_lookup((datatable(net:string, name:string)['2001:db8::/32', 'lab']), ip, net)",
        answer: &["net:string, name:string, ip:string", "2001:db8::/32, lab, 2001:db8::1"],
    }],
    lower,
};

fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let table = table_of(call)?;
    let plan = call.input(lowering)?;
    let other = lowering.rowset(table)?;
    let mut returns_unmatched = false;
    let mut extra_keys = Vec::new();
    let further = call.unnamed().skip(3).filter_map(super::scalar);
    for argument in further.chain(call.named("return_unmatched")) {
        match argument.kind {
            // A key that both sides have under one name.
            ScalarKind::Column(id) => {
                let own = call.evaluate.input.iter().flat_map(|input| &input.columns);
                let all = own.chain(&table.columns);
                let name = all.clone().find(|column| column.id == id).map(|column| &column.name);
                let of = |columns: &[kql_semantics::bound::Column]| {
                    let column = columns.iter().find(|column| Some(&column.name) == name);
                    column.map(|column| (column_name(column.id), column.ty))
                };
                let left = call.evaluate.input.as_ref().and_then(|input| of(&input.columns));
                extra_keys.extend(left.zip(of(&table.columns)));
            }
            _ => returns_unmatched = lowering.constant(argument)? == Value::Bool(true),
        }
    }
    let address = call.needed(1)?;
    let plan = lowering.prepared(plan, &[address])?;
    let held = lowering.fresh("x");
    let plan = plan.extend(vec![(lowering.scalar(address)?, held.clone())])?;
    let mut reads = vec![held.clone()];
    reads.extend(extra_keys.iter().map(|((name, _), _): &ExtraKey| name.clone()));
    let family = if &*call.evaluate.plugin == "ipv6_lookup" { Family::V6 } else { Family::V4 };
    let network = key_column(call.needed(2)?)?;
    let extra_keys: Arc<[ExtraKey]> = extra_keys.into();
    let index = move |table: &RecordBatch| -> Result<Box<Find>> {
        let networks = Networks::new(family, cells::texts(table, &network)?);
        let (table, extra_keys, held) = (table.clone(), Arc::clone(&extra_keys), held.clone());
        Ok(Box::new(move |batch| {
            let addresses = cells::texts(batch, &held)?;
            let rows = (0..).zip(addresses).map(|(row, text)| {
                let mut found = Vec::new();
                for other in networks.rows(text.unwrap_or("")) {
                    if has_equal_keys((batch, row), (&table, other as usize), &extra_keys)? {
                        found.push(other);
                    }
                }
                Ok(found)
            });
            rows.collect()
        }))
    };
    let operator = TableLookup {
        name: "IpLookup",
        reads,
        table: table.columns.iter().map(|own| (column_name(own.id), own.ty)).collect(),
        returns_unmatched,
        index: Box::new(index),
    };
    // The network's column may have the address's name; then it was renamed beside it.
    call.given(plan.operator_with(Arc::new(operator), other)?)
}

/// Columns that must be equal: of the rows, of the table.
type ExtraKey = ((String, Type), (String, Type));

fn has_equal_keys(
    (batch, row): (&RecordBatch, usize),
    (table, other): (&RecordBatch, usize),
    keys: &[ExtraKey],
) -> Result<bool> {
    for ((left, left_type), (right, right_type)) in keys {
        let left = physical::value_at(cells::column(batch, left)?, row, *left_type);
        let right = physical::value_at(cells::column(table, right)?, other, *right_type);
        if left != right {
            return Ok(false);
        }
    }
    Ok(true)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    V4,
    V6,
}

/// The rows of a table by their networks.
struct Networks {
    family: Family,
    /// By the length of the mask the networks and their rows.
    by_length: BTreeMap<u32, HashMap<u128, Vec<u32>>>,
}

impl Networks {
    fn new(family: Family, texts: &arrow::array::StringArray) -> Self {
        let mut by_length: BTreeMap<u32, HashMap<u128, Vec<u32>>> = BTreeMap::new();
        for (row, text) in (0_u32..).zip(texts) {
            let Some((address, length)) = text.and_then(|text| network(text, family)) else {
                continue;
            };
            let masked = mask(address, length);
            by_length.entry(length).or_default().entry(masked).or_default().push(row);
        }
        Self { family, by_length }
    }

    /// The rows whose networks hold an address, narrowest first.
    fn rows(&self, text: &str) -> Vec<u32> {
        let Some((address, own)) = network(text, self.family) else { return Vec::new() };
        let lengths = self.by_length.range(..=own).rev();
        let rows = lengths.filter_map(|(length, networks)| networks.get(&mask(address, *length)));
        rows.flatten().copied().collect()
    }
}

/// An address and the length of its mask, in 128 bits.
fn network(text: &str, family: Family) -> Option<(u128, u32)> {
    let text = text.trim();
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length.parse::<u32>().ok()?)),
        None => (text, None),
    };
    match (address.parse::<IpAddr>().ok()?, family) {
        (IpAddr::V4(address), _) => {
            let length = length.unwrap_or(32);
            (length <= 32).then(|| (bits(address.to_ipv6_mapped()), length + 96))
        }
        (IpAddr::V6(address), Family::V6) => {
            let length = length.unwrap_or(128);
            (length <= 128).then(|| (bits(address), length))
        }
        (IpAddr::V6(_), Family::V4) => None,
    }
}

fn bits(address: Ipv6Addr) -> u128 {
    u128::from(address)
}

fn mask(address: u128, length: u32) -> u128 {
    address & u128::MAX.checked_shl(128 - length).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::StringArray;

    #[test]
    fn finds_the_networks_of_an_address() {
        let texts = StringArray::from(vec!["10.0.0.0/8", "10.1.0.0/16", "nothing", "10.1.2.3"]);
        let networks = Networks::new(Family::V4, &texts);
        assert_eq!(networks.rows("10.1.2.3"), [3, 1, 0]);
        assert_eq!(networks.rows("10.2.0.1"), [0]);
        assert!(networks.rows("11.0.0.1").is_empty());
        assert!(networks.rows("no address").is_empty());
        let texts = StringArray::from(vec!["2001:db8::/32", "0.0.0.0/0"]);
        let networks = Networks::new(Family::V6, &texts);
        assert_eq!(networks.rows("2001:db8::1"), [0]);
        assert_eq!(networks.rows("1.2.3.4"), [1]);
    }
}
