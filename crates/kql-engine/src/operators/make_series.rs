//! `make-series`: a summary by group and bin, whose bins are then put side by side.

mod axis;
mod bins;
mod series;

use std::sync::Arc;

use kql_semantics::bound::{AggregateCall, ColumnId, MakeSeriesRowset, Rowset, Scalar, ScalarKind};
use kql_semantics::{Dynamic, Type, Value};

use super::summarize::{Parts, summarized};
use crate::QueryError;
use crate::cells::to_dynamic;
use crate::diagnostics::{constant_expected, not_supported, positive_expected, refused};
use crate::lower::Lowering;
use crate::plan::{Apart, Plan, column, column_name};
use axis::{Axis, Scale};
use bins::Bins;
use series::Series;

/// The id of the column of bins: none of the binder's reaches it.
const BIN: ColumnId = ColumnId(u32::MAX - 1);

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    parts: &MakeSeriesRowset,
) -> Result<Plan, QueryError> {
    let plan = lowering.rowset(&parts.input)?;
    let axis = axis(lowering, parts)?;
    let (output, source) = (&parts.axis.0, &parts.axis.1);
    let mut plan = lowering.prepared(plan, &[source])?;
    let name = lowering.fresh("x");
    let value = lowering.scalar(source)?;
    let value = match source.ty {
        Type::Decimal => lowering.converted(value, source.ty, Type::Real, source.span)?,
        _ => value,
    };
    plan = plan.extend(vec![(value, name.clone())])?;
    let bin = column_name(BIN);
    plan = plan.operator(Arc::new(Bins { axis, source: name, output: bin.clone() }))?;
    let mut keys = parts.keys.clone();
    let binned = Scalar::new(ScalarKind::Column(BIN), Type::Long, source.span);
    keys.push((BIN, binned));
    let aggregates: Vec<AggregateCall> =
        parts.series.iter().map(|(aggregate, _)| aggregate.clone()).collect();
    let summary = Parts { keys: &keys, aggregates: &aggregates, is_total: false };
    let plan = summarized(lowering, plan, &summary)?;
    let apart = plan.apart.clone();
    if apart.as_ref().is_some_and(|apart| apart.ghost.is_some()) {
        let what = "`make-series` before a `summarize` in a subquery";
        return Err(refused(not_supported(what, rowset.span)));
    }
    let mut made = Vec::new();
    let mut names = Vec::new();
    let mut arrays = Vec::new();
    for (aggregate, default) in &parts.series {
        for (id, ty) in aggregate.outputs.iter().zip(&aggregate.types) {
            let default = match default {
                Some(default) => to_dynamic(&lowering.constant(default)?),
                None => nothing(*ty),
            };
            // The array takes the name of the aggregate's column, which it replaces.
            let held = lowering.fresh("a");
            made.push((column(&column_name(*id)), held.clone()));
            arrays.push((held, *ty, default, column_name(*id)));
            names.push(column_name(*id));
        }
    }
    let mut columns: Vec<_> = parts.keys.iter().map(|(id, _)| column_name(*id)).collect();
    columns.push(bin.clone());
    let mut columns: Vec<_> = columns.into_iter().map(|name| (column(&name), name)).collect();
    columns.extend(made);
    let plan = Plan { apart: apart.clone(), ..Plan::unordered(plan.plan) }.project(columns)?;
    let held = parts.keys.iter().map(|(id, _)| column_name(*id));
    let held = held.chain(apart.iter().flat_map(Apart::columns));
    let mut keys = Vec::new();
    for name in held {
        let field = plan.schema().field_with_unqualified_name(&name)?;
        keys.push(field.as_ref().clone().with_nullable(true));
    }
    let operator = Series {
        axis,
        keys,
        bin,
        series: arrays,
        output: column_name(*output),
        is_nonempty: parts.is_nonempty && parts.keys.is_empty() && apart.is_none(),
    };
    plan.operator(Arc::new(operator))
}

/// What stands in a bin without rows where no default is written.
fn nothing(ty: Type) -> Dynamic {
    match ty {
        Type::Int | Type::Long => Dynamic::Long(0),
        Type::Real => Dynamic::Real(0.0),
        Type::Decimal => Dynamic::Decimal(0.into()),
        Type::TimeSpan => Dynamic::TimeSpan(0),
        Type::Bool => Dynamic::Bool(false),
        Type::String => Dynamic::string(""),
        Type::DateTime | Type::Guid | Type::Dynamic | Type::Unknown => Dynamic::Null,
    }
}

fn axis(lowering: &Lowering<'_>, parts: &MakeSeriesRowset) -> Result<Axis, QueryError> {
    let ty = parts.axis.1.ty;
    let bound = |scalar: &Option<Scalar>| -> Result<Option<Value>, QueryError> {
        let Some(scalar) = scalar else { return Ok(None) };
        match lowering.constant(scalar)? {
            Value::Null(_) => Err(refused(constant_expected("the end of the axis", scalar.span))),
            value => Ok(Some(value)),
        }
    };
    let (from, to) = (bound(&parts.from)?, bound(&parts.to)?);
    let step = lowering.constant(&parts.step)?;
    let includes_end = parts.includes_end;
    let scale = if matches!(ty, Type::Real | Type::Decimal) {
        let real = |value: &Value| crate::cells::real(value).unwrap_or(f64::NAN);
        let step = real(&step);
        Scale::Real { from: from.as_ref().map(real), to: to.as_ref().map(real), step, includes_end }
    } else {
        let whole = |value: &Value| crate::cells::long(value).unwrap_or(0);
        let step = whole(&step);
        Scale::Whole {
            from: from.as_ref().map(whole),
            to: to.as_ref().map(whole),
            step,
            includes_end,
        }
    };
    let is_positive = match scale {
        Scale::Whole { step, .. } => step > 0,
        Scale::Real { step, .. } => step > 0.0,
    };
    match is_positive {
        true => Ok(Axis { ty, scale }),
        false => Err(refused(positive_expected("the step", parts.step.span))),
    }
}
