//! The aggregates, by family.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use arrow::datatypes::DataType;
use datafusion::logical_expr::{AggregateUDF, Expr, ExprFunctionExt};
use kql_semantics::Type;

use crate::function::Example;

/// Makes a family's list. An aggregate left out of it is an unused static, which the compiler reports.
macro_rules! family {
    ($($module:ident),* $(,)?) => {
        /// The aggregates of this family.
        pub(crate) static AGGREGATES: &[&crate::aggregate::Aggregate] = &[$(&$module::AGGREGATE),*];
    };
}

mod basic;
mod binary;
mod collection;
mod first_row;
mod keep;
mod order_key;
mod ours;
pub(crate) mod prelude;
mod row;
mod sketch;
mod statistics;
#[cfg(test)]
mod testing;

pub use first_row::first_row;
pub use order_key::{OrderColumn, order_key};

static FAMILIES: &[&[&Aggregate]] = &[
    basic::AGGREGATES,
    binary::AGGREGATES,
    collection::AGGREGATES,
    row::AGGREGATES,
    sketch::AGGREGATES,
    statistics::AGGREGATES,
];

/// A builtin aggregate: everything about it, in one value.
pub struct Aggregate {
    /// The name that it is documented under.
    pub name: &'static str,
    /// Other names with the same meaning.
    pub aliases: &'static [&'static str],
    /// The manual: a first sentence that stands alone, then nulls, empty groups, errors, the source.
    pub help: &'static str,
    /// Shown in the manual, and run as tests.
    pub examples: &'static [Example],
    /// How it is computed.
    pub meaning: AggregateMeaning,
}

/// How an aggregate is computed. Take the first that is exact.
#[derive(Clone, Copy)]
pub enum AggregateMeaning {
    /// As another one, over the rows where the argument at this place holds (`sumif`): that argument left out.
    If(&'static str, usize),
    /// DataFusion has it: arguments, their Kusto types and the result's in, expression out.
    Expr(fn(Vec<Expr>, &[Type], Type) -> AggregateExpr),
    /// Ours, made for arguments of these types and results of those. With several results it gives a struct of fields
    /// `0`, `1`, ... in order; none where it can not be computed over these types.
    Ours(fn(&[Type], &[Type]) -> Option<Arc<AggregateUDF>>),
    /// Ours too, and its answer depends on the order of the rows.
    Ordered(MakeOrdered),
}

/// Makes an aggregate for arguments and results of these types, and rows whose order is told so.
pub type MakeOrdered = fn(&[Type], &[Type], Order) -> Option<Arc<AggregateUDF>>;

/// How an aggregate whose answer depends on the order of the rows learns of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The rows come in that order, all in one partition.
    Arrival,
    /// They come in any order and from several partitions; behind the arguments stands an [`order_key`] of 128 bits.
    Number,
    /// The same, with an [`order_key`] of bytes.
    Key,
}

impl Order {
    /// Whether an ordinal follows the arguments.
    #[must_use]
    pub fn is_ordinal(self) -> bool {
        self != Self::Arrival
    }

    /// What an ordinal's array holds.
    #[must_use]
    pub fn data_type(self) -> DataType {
        match self {
            Self::Arrival | Self::Key => DataType::Binary,
            Self::Number => DataType::Decimal128(38, 0),
        }
    }
}

/// An aggregate as DataFusion computes it.
pub struct AggregateExpr {
    /// A call of an aggregate, and nothing around it.
    pub aggregate: Expr,
    /// What is made of its value: the empties that Kusto gives.
    pub finish: fn(Expr) -> Expr,
}

impl AggregateExpr {
    /// Just this call.
    #[must_use]
    pub fn plain(aggregate: Expr) -> Self {
        Self { aggregate, finish: |value| value }
    }
}

static BY_NAME: LazyLock<HashMap<&'static str, &'static Aggregate>> = LazyLock::new(|| {
    all()
        .flat_map(|aggregate| {
            aggregate.aliases.iter().chain([&aggregate.name]).map(move |name| (*name, aggregate))
        })
        .collect()
});

/// The aggregate of this name or alias.
#[must_use]
pub fn aggregate(name: &str) -> Option<&'static Aggregate> {
    BY_NAME.get(name).copied()
}

/// All aggregates, family by family.
pub fn all() -> impl Iterator<Item = &'static Aggregate> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}

/// Whether the aggregate's answer depends on the order of the rows.
#[must_use]
pub fn is_ordered(name: &str) -> bool {
    match aggregate(name).map(|aggregate| aggregate.meaning) {
        Some(AggregateMeaning::If(of, _)) => is_ordered(of),
        Some(AggregateMeaning::Ordered(_)) => true,
        Some(AggregateMeaning::Expr(_) | AggregateMeaning::Ours(_)) | None => false,
    }
}

/// A call of an aggregate over these arguments; none where it can not be computed. Where [`is_ordered`], the rows must
/// come in their order and in one partition.
#[must_use]
pub fn aggregate_expr(
    name: &str,
    arguments: Vec<Expr>,
    types: &[Type],
    results: &[Type],
) -> Option<AggregateExpr> {
    ordered_aggregate_expr(name, arguments, types, results, None)
}

/// As [`aggregate_expr`], for rows that come in any order and from any number of partitions: the [`order_key`] says where
/// each one stands. Aggregates that are not [`is_ordered`] make nothing of it.
#[must_use]
pub fn ordered_aggregate_expr(
    name: &str,
    mut arguments: Vec<Expr>,
    types: &[Type],
    results: &[Type],
    ordinal: Option<(Expr, Order)>,
) -> Option<AggregateExpr> {
    match aggregate(name)?.meaning {
        AggregateMeaning::If(of, predicate) => {
            if predicate >= arguments.len() {
                return None;
            }
            let filter = arguments.remove(predicate);
            let mut types = types.to_vec();
            types.remove(predicate);
            let inner = ordered_aggregate_expr(of, arguments, &types, results, ordinal)?;
            let aggregate = inner.aggregate.filter(filter).build().ok()?;
            Some(AggregateExpr { aggregate, finish: inner.finish })
        }
        AggregateMeaning::Expr(build) => Some(build(arguments, types, *results.first()?)),
        AggregateMeaning::Ours(make) => {
            Some(AggregateExpr::plain(make(types, results)?.call(arguments)))
        }
        AggregateMeaning::Ordered(make) => {
            let order = ordinal.as_ref().map_or(Order::Arrival, |(_, order)| *order);
            arguments.extend(ordinal.map(|(expr, _)| expr));
            Some(AggregateExpr::plain(make(types, results, order)?.call(arguments)))
        }
    }
}
