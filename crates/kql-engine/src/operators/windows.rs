//! Functions of a row's place among the others: `row_number`, `row_cumsum`, `row_rank_dense`, `row_rank_min`,
//! `row_window_session`, `prev`, `next`.
//!
//! Wherever a scalar calls one, its value stands in a column of the rows before the scalar is computed.

mod node;
mod running;

use std::sync::Arc;

use kql_functions::physical;
use kql_semantics::bound::{Rowset, RowsetKind, Scalar, ScalarCall, ScalarKind};
use kql_semantics::{Type, Value};

use crate::QueryError;
use crate::cells;
use crate::diagnostics::{constant_expected, not_serialized, positive_expected, refused};
use crate::lower::Lowering;
use crate::plan::Plan;
use node::{WindowFunction, WindowKind, Windows};
use running::Running;

/// Whether a builtin is one of these functions.
pub(crate) fn is_window(function: &str) -> bool {
    matches!(
        function,
        "row_number"
            | "row_cumsum"
            | "row_rank"
            | "row_rank_dense"
            | "row_rank_min"
            | "row_window_session"
            | "prev"
            | "next"
    )
}

/// Refuses window functions over rows that are in no order.
pub(crate) fn check(rowset: &Rowset) -> Result<(), QueryError> {
    let mut found = None;
    rowset.for_each_scalar(&mut |scalar| {
        scalar.walk(&mut |inner| {
            if let ScalarKind::Call(call) = &inner.kind
                && is_window(&call.function)
            {
                found = found.take().or(Some((call.function.clone(), inner.span)));
            }
        });
    });
    let Some((function, at)) = found else { return Ok(()) };
    let mut is_in_order = true;
    rowset.for_each_input(&mut |input| is_in_order &= is_serialized(input));
    match is_in_order {
        true => Ok(()),
        false => Err(refused(not_serialized(&function, at))),
    }
}

/// Whether the rows of a rowset are in an order that is meant.
fn is_serialized(rowset: &Rowset) -> bool {
    match &rowset.kind {
        RowsetKind::Sort { .. }
        | RowsetKind::Serialize { .. }
        | RowsetKind::Range { .. }
        | RowsetKind::TopHitters { .. }
        | RowsetKind::Context(_)
        | RowsetKind::Error => true,
        RowsetKind::Reference { definition } => is_serialized(&definition.rowset),
        RowsetKind::Filter { input, .. }
        | RowsetKind::Extend { input, .. }
        | RowsetKind::Project { input, .. }
        | RowsetKind::Take { input, .. }
        | RowsetKind::AssertSchema { input } => is_serialized(input),
        RowsetKind::MvExpand(expand) => is_serialized(&expand.input),
        RowsetKind::MvApply(apply) => is_serialized(&apply.expand.input),
        RowsetKind::Parse(parse) => is_serialized(&parse.input),
        RowsetKind::ParseKv(parse) => is_serialized(&parse.input),
        RowsetKind::Scan(scan) => is_serialized(&scan.input),
        RowsetKind::Table(_)
        | RowsetKind::Values(_)
        | RowsetKind::Print(_)
        | RowsetKind::ExternalData(_)
        | RowsetKind::Called(_)
        | RowsetKind::Distinct { .. }
        | RowsetKind::Summarize { .. }
        | RowsetKind::Join(_)
        | RowsetKind::Union(_)
        | RowsetKind::Sample { .. }
        | RowsetKind::SampleDistinct { .. }
        | RowsetKind::MakeSeries(_)
        | RowsetKind::Partition(_)
        | RowsetKind::TopNested(_)
        | RowsetKind::Reduce { .. }
        | RowsetKind::Graph(_)
        | RowsetKind::Evaluate(_)
        | RowsetKind::Consume { .. } => false,
    }
}

/// The rows of a plan with a column for each window function that these scalars call.
pub(crate) fn prepared(
    lowering: &Lowering<'_>,
    mut plan: Plan,
    scalars: &[&Scalar],
) -> Result<Plan, QueryError> {
    let mut levels: Vec<Vec<(&Scalar, &ScalarCall)>> = Vec::new();
    for scalar in scalars {
        gather(scalar, &mut levels);
    }
    for level in levels {
        plan = computed(lowering, plan, &level)?;
    }
    Ok(plan)
}

/// The calls in a scalar by how many others stand in their arguments, one inside the other; gives that number.
fn gather<'a>(scalar: &'a Scalar, levels: &mut Vec<Vec<(&'a Scalar, &'a ScalarCall)>>) -> usize {
    let mut depth = 0;
    scalar.for_each_child(&mut |child| depth = depth.max(gather(child, levels)));
    if let ScalarKind::Call(call) = &scalar.kind
        && is_window(&call.function)
    {
        if levels.len() <= depth {
            levels.push(Vec::new());
        }
        if let Some(level) = levels.get_mut(depth) {
            level.push((scalar, call));
        }
        return depth + 1;
    }
    depth
}

fn computed(
    lowering: &Lowering<'_>,
    plan: Plan,
    calls: &[(&Scalar, &ScalarCall)],
) -> Result<Plan, QueryError> {
    let mut terms = Terms { lowering, columns: Vec::new() };
    let mut functions = Vec::with_capacity(calls.len());
    let mut names = Vec::with_capacity(calls.len());
    for (scalar, call) in calls {
        let output = lowering.fresh("w");
        let (term, kind) = terms.function(scalar, call)?;
        functions.push(WindowFunction { kind, term, output: output.clone(), ty: scalar.ty });
        names.push((*call, output));
    }
    let plan = plan.extend(terms.columns)?.runs_together();
    let key = plan.apart.as_ref().map(|apart| apart.key.clone());
    let plan = plan.in_order(Arc::new(Windows { functions, key }))?;
    for (call, name) in names {
        lowering.keep_window(call, name);
    }
    Ok(plan)
}

/// Gathers the columns that functions are over.
struct Terms<'l, 'a> {
    lowering: &'l Lowering<'a>,
    columns: Vec<(datafusion::logical_expr::Expr, String)>,
}

impl Terms<'_, '_> {
    fn function(
        &mut self,
        scalar: &Scalar,
        call: &ScalarCall,
    ) -> Result<(Option<String>, WindowKind), QueryError> {
        let argument = |at: usize| call.arguments.get(at);
        let ticks = |terms: &Self, at: usize| match argument(at) {
            Some(argument) => match terms.lowering.constant(argument)? {
                Value::TimeSpan(ticks) => Ok(ticks),
                _ => Err(refused(constant_expected("this timespan", argument.span))),
            },
            None => Ok(0),
        };
        let (running, term, restart) = match &*call.function {
            "row_number" => {
                let start = match argument(0) {
                    Some(start) => self.long(start)?,
                    None => 1,
                };
                (Running::Number { start }, None, argument(1))
            }
            "row_cumsum" => (Running::Sum, argument(0), argument(1)),
            "row_rank" | "row_rank_dense" => (Running::RankDense, argument(0), argument(1)),
            "row_rank_min" => (Running::RankMin, argument(0), argument(1)),
            "row_window_session" => {
                let (from_first, from_last) = (ticks(self, 1)?, ticks(self, 2)?);
                (Running::Session { from_first, from_last }, argument(0), argument(3))
            }
            _ => return self.shift(scalar, call),
        };
        let term = term.map(|term| self.column(term)).transpose()?;
        let restart = restart.map(|restart| self.column(restart)).transpose()?;
        Ok((term, WindowKind::Running(running, restart)))
    }

    /// `prev(column, offset, default)`, `next(...)`
    fn shift(
        &mut self,
        scalar: &Scalar,
        call: &ScalarCall,
    ) -> Result<(Option<String>, WindowKind), QueryError> {
        let offset = match call.arguments.get(1) {
            Some(offset) => match isize::try_from(self.long(offset)?) {
                Ok(rows) if rows > 0 => rows,
                _ => return Err(refused(positive_expected("the number of rows", offset.span))),
            },
            None => 1,
        };
        let by = if &*call.function == "prev" { offset } else { -offset };
        let default = match call.arguments.get(2) {
            Some(default) => {
                let value = self.lowering.constant(default)?;
                cells::converted(&value, scalar.ty)
            }
            None if scalar.ty == Type::String => Value::string(""),
            None => Value::Null(scalar.ty),
        };
        let term = call.arguments.first().map(|term| self.column(term)).transpose()?;
        Ok((term, WindowKind::Shift(by, physical::scalar_value(&default))))
    }

    fn long(&self, scalar: &Scalar) -> Result<i64, QueryError> {
        match self.lowering.constant(scalar)? {
            Value::Int(value) => Ok(i64::from(value)),
            Value::Long(value) => Ok(value),
            _ => Err(refused(constant_expected("this number", scalar.span))),
        }
    }

    fn column(&mut self, scalar: &Scalar) -> Result<String, QueryError> {
        let name = self.lowering.fresh("x");
        self.columns.push((self.lowering.scalar(scalar)?, name.clone()));
        Ok(name)
    }
}
