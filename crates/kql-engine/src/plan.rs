//! A rowset in the making: a DataFusion plan, and the order that its rows are in.

use std::sync::Arc;

use datafusion::common::{Column, DFSchema};
use datafusion::logical_expr::expr::Sort as SortExpr;
use datafusion::logical_expr::{Expr, Limit, LogicalPlan, Projection, Sort, lit, not};
use kql_semantics::bound::ColumnId;
use kql_syntax::Span;

use crate::QueryError;
use crate::diagnostics::{not_supported, refused};
use crate::node::Operator;

/// What a rowset was lowered to.
///
/// Its columns are the rowset's, named as [`column_name`] has it, and hidden ones that only its order is made of.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Makes the rows.
    pub(crate) plan: LogicalPlan,
    /// The order that they count as being in. DataFusion keeps no order by itself: who needs it asks for [`Plan::sorted`].
    pub(crate) order: Order,
    /// Whether it holds the rows of many runs of a subquery, side by side.
    pub(crate) apart: Option<Apart>,
    /// The hidden column of when each row was ingested; none where that is not known, or not asked for.
    pub(crate) ingested: Option<String>,
}

/// The rows of many runs of a subquery in one plan: `mv-apply` runs its body for each input row, `partition` for each value.
///
/// Each operator of the body treats the rows of a run as if they were all. The columns named here are hidden, and kept to
/// the end of the body.
#[derive(Clone, Debug)]
pub(crate) struct Apart {
    /// Tells the runs apart.
    pub(crate) key: String,
    /// Columns that are the same for all rows of a run, and wanted behind it.
    pub(crate) carried: Vec<String>,
    /// Marks a row that is none: each run has one, so that a run whose rows are all filtered out is still there when a
    /// `summarize` without keys makes a row of it.
    pub(crate) ghost: Option<String>,
}

impl Apart {
    /// All its columns.
    pub(crate) fn columns(&self) -> impl Iterator<Item = String> + '_ {
        std::iter::once(&self.key).chain(&self.carried).chain(&self.ghost).cloned()
    }
}

/// An order of rows. Keys stand in columns of the plan, most significant first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    /// What is compared; none where nothing is known of the order.
    pub(crate) keys: Vec<OrderKey>,
    /// How much it is meant.
    pub(crate) strength: Strength,
}

/// How much an order is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// A table's: used where one of several rows must be chosen, never worth sorting for.
    #[default]
    Natural,
    /// A summary's: the first of its rows are chosen by it.
    Derived,
    /// Written (`sort`, `range`, `datatable`): the answer's rows come in it.
    Written,
}

/// A column that rows are ordered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OrderKey {
    /// Its name in the plan.
    pub(crate) column: String,
    /// Whether the lowest comes first.
    pub(crate) is_ascending: bool,
    /// Whether nulls come first.
    pub(crate) nulls_first: bool,
}

impl OrderKey {
    /// Lowest first, as Kusto does it: nulls before all.
    pub(crate) fn ascending(column: impl Into<String>) -> Self {
        Self { column: column.into(), is_ascending: true, nulls_first: true }
    }

    fn sort_expr(&self) -> SortExpr {
        column(&self.column).sort(self.is_ascending, self.nulls_first)
    }
}

/// The name that a column has in plans.
pub(crate) fn column_name(id: ColumnId) -> String {
    format!("c{}", id.0)
}

/// A column of the plan at hand, by its name there.
pub(crate) fn column(name: &str) -> Expr {
    // `col` would lower the case and split at dots.
    Expr::Column(Column::from_name(name))
}

/// A column of the plan at hand, by its id.
pub(crate) fn column_of(id: ColumnId) -> Expr {
    column(&column_name(id))
}

impl Plan {
    /// Rows in no order.
    pub(crate) fn unordered(plan: LogicalPlan) -> Self {
        Self { plan, order: Order::default(), apart: None, ingested: None }
    }

    /// Rows in the order of one column, ascending.
    pub(crate) fn ordered_by(plan: LogicalPlan, column: impl Into<String>) -> Self {
        let order = Order { keys: vec![OrderKey::ascending(column)], strength: Strength::Written };
        Self { plan, order, apart: None, ingested: None }
    }

    /// The schema of its rows.
    pub(crate) fn schema(&self) -> &DFSchema {
        self.plan.schema()
    }

    /// Whether it has a column of this name.
    pub(crate) fn has_column(&self, name: &str) -> bool {
        self.schema().fields().iter().any(|field| field.name() == name)
    }

    /// The same rows in the same order, made into another plan that keeps its columns.
    pub(crate) fn with(self, make: impl FnOnce(Arc<LogicalPlan>) -> LogicalPlan) -> Self {
        Self { plan: make(Arc::new(self.plan)), ..self }
    }

    /// Just these columns, each an expression and the name that it gets, and the hidden ones: what the order is made of, and
    /// what keeps runs apart.
    pub(crate) fn project(self, columns: Vec<(Expr, String)>) -> Result<Self, QueryError> {
        let mut expressions = Vec::with_capacity(columns.len());
        let mut taken: Vec<String> = Vec::with_capacity(columns.len());
        for (expression, name) in columns {
            expressions.push(named(expression, &name));
            taken.push(name);
        }
        let hidden = self.order.keys.iter().map(|key| key.column.clone());
        let hidden = hidden.chain(self.ingested.clone());
        for name in hidden.chain(self.apart.iter().flat_map(Apart::columns)) {
            if !taken.contains(&name) {
                expressions.push(column(&name));
                taken.push(name);
            }
        }
        let plan = Projection::try_new(expressions, Arc::new(self.plan))?;
        Ok(Self { plan: LogicalPlan::Projection(plan), ..self })
    }

    /// All its columns and further ones; one whose name is there already takes its place.
    pub(crate) fn extend(self, columns: Vec<(Expr, String)>) -> Result<Self, QueryError> {
        if columns.is_empty() {
            return Ok(self);
        }
        let kept = self.schema().fields().iter().map(|field| field.name().clone());
        let mut all: Vec<(Expr, String)> = kept
            .filter(|name| !columns.iter().any(|(_, new)| new == name))
            .map(|name| (column(&name), name))
            .collect();
        all.extend(columns);
        self.project(all)
    }

    /// The rows in their order, and only the first `limit`.
    pub(crate) fn sorted(self, limit: Option<usize>) -> Self {
        let Self { mut plan, order, apart, ingested } = self;
        if !order.keys.is_empty() {
            let expr = order.keys.iter().map(OrderKey::sort_expr).collect();
            plan = LogicalPlan::Sort(Sort { expr, input: Arc::new(plan), fetch: limit });
        }
        Self { plan, order, apart, ingested }.limited(limit)
    }

    /// Any `limit` of the rows.
    pub(crate) fn limited(self, limit: Option<usize>) -> Self {
        let Some(limit) = limit else { return self };
        let fetch = lit(i64::try_from(limit).unwrap_or(i64::MAX));
        self.with(|input| {
            LogicalPlan::Limit(Limit { skip: None, fetch: Some(Box::new(fetch)), input })
        })
    }

    /// Only rows for which `predicate` is true.
    pub(crate) fn filter(self, predicate: Expr) -> Result<Self, QueryError> {
        let Self { plan, order, apart, ingested } = self;
        let filter = datafusion::logical_expr::Filter::try_new(predicate, Arc::new(plan))?;
        Ok(Self { plan: LogicalPlan::Filter(filter), order, apart, ingested })
    }

    /// What an operator of ours makes of the rows; the columns that the order is made of are kept.
    pub(crate) fn operator(self, operator: Arc<dyn Operator>) -> Result<Self, QueryError> {
        Ok(Self { plan: crate::node::plan(operator, Vec::new(), vec![self.plan])?, ..self })
    }

    /// What an operator of ours makes of the rows, which it sees in their order.
    pub(crate) fn in_order(self, operator: Arc<dyn Operator>) -> Result<Self, QueryError> {
        let order = self.order.keys.clone();
        Ok(Self { plan: crate::node::plan(operator, order, vec![self.plan])?, ..self })
    }

    /// What an operator of ours makes of the rows and of all those of another plan.
    pub(crate) fn operator_with(
        self,
        operator: Arc<dyn Operator>,
        other: Plan,
    ) -> Result<Self, QueryError> {
        let plan = crate::node::plan(operator, Vec::new(), vec![self.plan, other.plan])?;
        Ok(Self { plan, ..self })
    }

    /// The same rows, those of each run together.
    pub(crate) fn runs_together(mut self) -> Self {
        if let Some(Apart { key, .. }) = &self.apart {
            self.order.keys.retain(|known| known.column != *key);
            self.order.keys.insert(0, OrderKey::ascending(key));
        }
        self
    }

    /// Without the rows that are none.
    pub(crate) fn without_ghosts(mut self) -> Result<Self, QueryError> {
        match self.apart.as_mut().and_then(|apart| apart.ghost.take()) {
            Some(ghost) => self.filter(not(column(&ghost))),
            None => Ok(self),
        }
    }

    /// Rows that are not kept apart; an operator that can not do that is refused in a subquery.
    pub(crate) fn all_one(self, operator: &str, at: Span) -> Result<Self, QueryError> {
        match &self.apart {
            Some(_) => Err(refused(not_supported(&format!("{operator} in a subquery"), at))),
            None => Ok(self),
        }
    }
}

/// `expression` under a name.
pub(crate) fn named(expression: Expr, name: &str) -> Expr {
    match &expression {
        Expr::Column(column) if column.relation.is_none() && column.name == name => expression,
        _ => expression.alias(name),
    }
}
