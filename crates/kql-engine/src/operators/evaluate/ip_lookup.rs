//! `ipv4_lookup(table, address, network, further keys, return_unmatched)`, `ipv6_lookup`: rows beside the rows of a table whose
//! networks hold their addresses.

use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, RecordBatch, UInt32Array};
use arrow::compute::take;
use arrow::datatypes::Field;
use datafusion::common::Result;
use kql_functions::physical;
use kql_semantics::bound::{PluginArgument, Scalar, ScalarKind};
use kql_semantics::{Type, Value};

use super::Call;
use crate::QueryError;
use crate::cells::{self, Cells};
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::node::{Batches, Columns, Operator, Process, Run, Spread, one_batch};
use crate::plan::{Plan, column_name};

pub(super) fn lower(lowering: &mut Lowering<'_>, call: &Call<'_>) -> Result<Plan, QueryError> {
    let what = format!("`{}` without a table", call.evaluate.plugin);
    let tables = call.evaluate.arguments.iter().find_map(|argument| match argument {
        PluginArgument::Table(table) => Some(table),
        _ => None,
    });
    let table = tables.ok_or_else(|| refused(not_supported(&what, call.evaluate.span)))?;
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
    let operator = IpLookup {
        family: if &*call.evaluate.plugin == "ipv6_lookup" { Family::V6 } else { Family::V4 },
        address: held,
        network: network_column(call.needed(2)?)?,
        extra_keys,
        table: table.columns.iter().map(|own| (column_name(own.id), own.ty)).collect(),
        returns_unmatched,
    };
    // The network's column may have the address's name; then it was renamed beside it.
    call.given(plan.operator_with(Arc::new(operator), other)?)
}

fn network_column(scalar: &Scalar) -> Result<String, QueryError> {
    match scalar.kind {
        ScalarKind::Column(id) => Ok(column_name(id)),
        _ => Err(refused(not_supported("a network that is no column", scalar.span))),
    }
}

/// Looks addresses up.
#[derive(Debug)]
struct IpLookup {
    family: Family,
    address: String,
    network: String,
    /// Columns that must be equal: of the rows, of the table.
    extra_keys: Vec<((String, Type), (String, Type))>,
    /// The table's columns.
    table: Vec<(String, Type)>,
    returns_unmatched: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    V4,
    V6,
}

impl Operator for IpLookup {
    fn name(&self) -> &'static str {
        "IpLookup"
    }

    fn columns(&self) -> Columns {
        let field = |(name, ty): &(String, Type)| Field::new(name, physical::data_type(*ty), true);
        let mut reads = vec![self.address.clone()];
        reads.extend(self.extra_keys.iter().map(|((name, _), _)| name.clone()));
        Columns::Added { fields: self.table.iter().map(field).collect(), reads }
    }

    fn spread(&self) -> Spread {
        // The table is read once.
        Spread::Single
    }

    fn keeps_order(&self) -> bool {
        true
    }

    fn start(self: Arc<Self>, mut run: Run) -> Result<Box<dyn Process>> {
        let table = match run.others.pop() {
            Some(table) => table,
            None => RecordBatch::new_empty(Arc::clone(&run.input)),
        };
        run.memory.try_grow(table.num_rows() * 64)?;
        let networks = Networks::new(self.family, cells::texts(&table, &self.network)?);
        Ok(Box::new(Lookup { operator: self, run, table, networks }))
    }
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

struct Lookup {
    operator: Arc<IpLookup>,
    run: Run,
    table: RecordBatch,
    networks: Networks,
}

impl Process for Lookup {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        let operator = &self.operator;
        let addresses = cells::texts(&batch, &operator.address)?;
        let mut left: Vec<u32> = Vec::with_capacity(batch.num_rows());
        let mut right: Vec<Option<u32>> = Vec::with_capacity(batch.num_rows());
        for (row, text) in (0_u32..).zip(addresses) {
            let mut found = self.networks.rows(text.unwrap_or(""));
            let mut error = None;
            found.retain(|other| match self.has_equal_keys(&batch, row, *other) {
                Ok(is_equal) => is_equal,
                Err(wrong) => {
                    error = Some(wrong);
                    false
                }
            });
            if let Some(error) = error {
                return Err(error);
            }
            if found.is_empty() && operator.returns_unmatched {
                left.push(row);
                right.push(None);
            }
            left.extend(found.iter().map(|_| row));
            right.extend(found.into_iter().map(Some));
        }
        let left = UInt32Array::from(left);
        let passed = batch.columns().iter().map(|column| take(column, &left, None));
        let mut columns = passed.collect::<Result<Vec<ArrayRef>, _>>()?;
        let right = UInt32Array::from(right);
        for (name, ty) in &operator.table {
            columns.push(filled(&take(cells::column(&self.table, name)?, &right, None)?, *ty));
        }
        Ok(one_batch(RecordBatch::try_new(Arc::clone(&self.run.output), columns)?))
    }
}

impl Lookup {
    fn has_equal_keys(&self, batch: &RecordBatch, row: u32, other: u32) -> Result<bool> {
        for ((left, left_type), (right, right_type)) in &self.operator.extra_keys {
            let left = cells::column(batch, left)?;
            let right = cells::column(&self.table, right)?;
            let left = physical::value_at(left, row as usize, *left_type);
            if left != physical::value_at(right, other as usize, *right_type) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// A string that is missing is empty.
fn filled(array: &ArrayRef, ty: Type) -> ArrayRef {
    if ty != Type::String || array.null_count() == 0 {
        return Arc::clone(array);
    }
    let mut cells = Cells::new(ty);
    for row in 0..array.len() {
        cells.value(&physical::value_at(array, row, ty));
    }
    cells.finish()
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
