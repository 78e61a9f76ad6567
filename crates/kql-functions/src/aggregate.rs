//! The aggregates, by family.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

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
mod first_row;
pub(crate) mod prelude;

pub use first_row::first_row;

static FAMILIES: &[&[&Aggregate]] = &[basic::AGGREGATES];

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

/// A call of an aggregate over these arguments; none where it can not be computed.
#[must_use]
pub fn aggregate_expr(
    name: &str,
    mut arguments: Vec<Expr>,
    types: &[Type],
    results: &[Type],
) -> Option<AggregateExpr> {
    match aggregate(name)?.meaning {
        AggregateMeaning::If(of, predicate) => {
            if predicate >= arguments.len() {
                return None;
            }
            let filter = arguments.remove(predicate);
            let types: Vec<Type> = types
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != predicate)
                .map(|(_, ty)| *ty)
                .collect();
            let inner = aggregate_expr(of, arguments, &types, results)?;
            let aggregate = inner.aggregate.filter(filter).build().ok()?;
            Some(AggregateExpr { aggregate, finish: inner.finish })
        }
        AggregateMeaning::Expr(build) => Some(build(arguments, types, *results.first()?)),
        AggregateMeaning::Ours(make) => {
            Some(AggregateExpr::plain(make(types, results)?.call(arguments)))
        }
    }
}
