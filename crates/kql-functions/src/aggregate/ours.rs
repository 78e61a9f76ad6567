//! Aggregates of ours, as DataFusion calls them.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BooleanArray};
use arrow::compute::filter;
use arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};
use kql_semantics::Type;

use crate::aggregate::Order;

/// What an aggregate keeps for all groups of a partition at once. Groups are numbered from 0.
pub(crate) trait Keeper: Send + Sync {
    /// Makes room for so many groups; they never become fewer but by [`Self::state`] and [`Self::evaluate`].
    fn resize(&mut self, groups: usize);

    /// Takes rows: the arguments' arrays (behind them the rows' ordinals, where it was made so), and each row's group.
    fn update(&mut self, values: &[ArrayRef], groups: &[usize]) -> Result<()>;

    /// Takes what other keepers gave as their state, a row a group.
    fn merge(&mut self, states: &[ArrayRef], groups: &[usize]) -> Result<()>;

    /// Gives up the first groups, or all, as a state that another keeper can merge. A group without rows gives one that
    /// changes nothing.
    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>>;

    /// Gives up the first groups, or all, as answers.
    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef>;

    /// The state of rows that each are a group of their own, where it is made of their arrays; the keeper is not asked to
    /// hold them.
    fn rows_as_state(&self, _values: &[ArrayRef]) -> Option<Vec<ArrayRef>> {
        None
    }

    /// Bytes of memory held.
    fn size(&self) -> usize;
}

/// What is known of an aggregate over arguments of given types.
pub(crate) struct Parts<M> {
    /// As it is documented.
    pub name: &'static str,
    /// The arguments' types.
    pub types: Vec<Type>,
    /// Whether an ordinal follows the arguments.
    pub order: Order,
    /// What it gives.
    pub returns: DataType,
    /// The columns of its state.
    pub state: Vec<DataType>,
    /// Makes a keeper without groups.
    pub make: M,
}

impl<M: Fn() -> Result<Box<dyn Keeper>> + Send + Sync + 'static> Parts<M> {
    /// The DataFusion function. The types are part of its name, by which a plan that was sent elsewhere finds it again.
    pub(crate) fn udf(self) -> Arc<AggregateUDF> {
        let names: Vec<&str> = self.types.iter().map(|ty| ty.name()).collect();
        let (suffix, ordinals) = match self.order {
            Order::Arrival => ("", 0),
            Order::Number => (" by number", 1),
            Order::Key => (" by key", 1),
        };
        let name = format!("{}({}){suffix}", self.name, names.join(","));
        let arguments = self.types.len() + ordinals;
        udf(name, arguments, (self.returns, self.state), self.make)
    }
}

/// The DataFusion function of this name, by which it is told from others, over so many arguments: what it gives, the
/// columns of its state, and what makes a keeper without groups.
pub(crate) fn udf(
    name: String,
    arguments: usize,
    (returns, state): (DataType, Vec<DataType>),
    make: impl Fn() -> Result<Box<dyn Keeper>> + Send + Sync + 'static,
) -> Arc<AggregateUDF> {
    let signature = Signature::any(arguments, Volatility::Immutable);
    let make = Arc::new(make);
    Arc::new(AggregateUDF::new_from_impl(Ours { name, signature, returns, state, make }))
}

/// A list of values of a type, as states hold it.
pub(crate) fn list_of(ty: DataType) -> DataType {
    DataType::List(Arc::new(Field::new_list_field(ty, true)))
}

/// How many groups are given up.
pub(crate) fn emitted(emit_to: EmitTo, groups: usize) -> usize {
    match emit_to {
        EmitTo::All => groups,
        EmitTo::First(first) => first.min(groups),
    }
}

type Make = Arc<dyn Fn() -> Result<Box<dyn Keeper>> + Send + Sync>;

struct Ours {
    name: String,
    signature: Signature,
    returns: DataType,
    state: Vec<DataType>,
    make: Make,
}

impl std::fmt::Debug for Ours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

impl PartialEq for Ours {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.returns == other.returns
    }
}

impl Eq for Ours {}

impl Hash for Ours {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl AggregateUDFImpl for Ours {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(self.returns.clone())
    }

    fn accumulator(&self, _arguments: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(Single { keeper: (self.make)()?, groups: Vec::new() }))
    }

    fn state_fields(&self, arguments: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let field = |(at, ty): (usize, &DataType)| {
            Arc::new(Field::new(format!("{}[{at}]", arguments.name), ty.clone(), true))
        };
        Ok(self.state.iter().enumerate().map(field).collect())
    }

    fn groups_accumulator_supported(&self, _arguments: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(
        &self,
        _arguments: AccumulatorArgs,
    ) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(Grouped { keeper: (self.make)()?, make: Arc::clone(&self.make) }))
    }
}

struct Grouped {
    keeper: Box<dyn Keeper>,
    make: Make,
}

/// Rows that a filter lets pass.
fn update_filtered(
    keeper: &mut dyn Keeper,
    values: &[ArrayRef],
    groups: &[usize],
    condition: &BooleanArray,
) -> Result<()> {
    let values: Vec<ArrayRef> =
        values.iter().map(|array| filter(array, condition)).collect::<Result<_, _>>()?;
    let passes = |row: usize| condition.is_valid(row) && condition.value(row);
    let groups: Vec<usize> = groups
        .iter()
        .enumerate()
        .filter(|(row, _)| passes(*row))
        .map(|(_, group)| *group)
        .collect();
    keeper.update(&values, &groups)
}

impl GroupsAccumulator for Grouped {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        opt_filter: Option<&BooleanArray>,
        total_num_groups: usize,
    ) -> Result<()> {
        self.keeper.resize(total_num_groups);
        match opt_filter {
            None => self.keeper.update(values, group_indices),
            Some(condition) => {
                update_filtered(self.keeper.as_mut(), values, group_indices, condition)
            }
        }
    }

    fn merge_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        total_num_groups: usize,
    ) -> Result<()> {
        self.keeper.resize(total_num_groups);
        self.keeper.merge(values, group_indices)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        self.keeper.state(emit_to)
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        self.keeper.evaluate(emit_to)
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        opt_filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        if let Some(state) =
            opt_filter.is_none().then(|| self.keeper.rows_as_state(values)).flatten()
        {
            return Ok(state);
        }
        let rows = values.first().map_or(0, |array| array.len());
        let groups: Vec<usize> = (0..rows).collect();
        let mut keeper = (self.make)()?;
        keeper.resize(rows);
        match opt_filter {
            None => keeper.update(values, &groups)?,
            Some(condition) => update_filtered(keeper.as_mut(), values, &groups, condition)?,
        }
        keeper.state(EmitTo::All)
    }

    fn size(&self) -> usize {
        self.keeper.size()
    }
}

/// All rows as one group.
struct Single {
    keeper: Box<dyn Keeper>,
    groups: Vec<usize>,
}

impl Single {
    fn groups(&mut self, values: &[ArrayRef]) -> &[usize] {
        let rows = values.first().map_or(0, |array| array.len());
        self.keeper.resize(1);
        self.groups.resize(rows, 0);
        &self.groups
    }
}

impl std::fmt::Debug for Single {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an aggregate over one group")
    }
}

impl Accumulator for Single {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        self.groups(values);
        self.keeper.update(values, &self.groups)
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        self.groups(states);
        self.keeper.merge(states, &self.groups)
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        self.keeper.resize(1);
        let states = self.keeper.state(EmitTo::All)?;
        states.iter().map(|array| ScalarValue::try_from_array(array, 0)).collect()
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        self.keeper.resize(1);
        ScalarValue::try_from_array(&self.keeper.evaluate(EmitTo::All)?, 0)
    }

    fn size(&self) -> usize {
        self.keeper.size() + self.groups.capacity() * size_of::<usize>()
    }
}

/// A keeper without groups of an aggregate of ours.
#[cfg(test)]
pub(crate) fn keeper_of(udf: &AggregateUDF) -> Option<Box<dyn Keeper>> {
    let ours = udf.inner().downcast_ref::<Ours>()?;
    (ours.make)().ok()
}
