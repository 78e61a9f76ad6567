//! `make-series aggregates on axis from start to end step step by keys`

use kql_syntax::tree::{Expr, MakeSeries, NamedExpr, Operator, SeriesAggregate, SeriesBounds};
use kql_syntax::{Name, Span};

use crate::binder::Binder;
use crate::binder::parameters::{Allowed, SHUFFLE_KEY, Takes, allowed, word};
use crate::binder::projection::{How, Projection, Style};
use crate::binder::term::Term;
use crate::bound::{
    AggregateCall, ColumnId, MakeSeriesRowset, Rowset, RowsetKind, Scalar, ScalarKind,
};
use crate::shape::Conversion;
use crate::{Shape, Type, Value, diagnostics};

const PARAMETERS: &[Allowed] = &[SHUFFLE_KEY, allowed("kind", Takes::Word(&["nonempty"]))];

/// The axis of a series.
struct Axis {
    column: (ColumnId, Scalar),
    from: Option<Scalar>,
    to: Option<Scalar>,
    step: Scalar,
    includes_end: bool,
}

impl<'a> Binder<'a> {
    pub(crate) fn make_series_operator(
        &mut self,
        input: Rowset,
        series: &'a MakeSeries,
        operator: &'a Operator,
    ) -> Rowset {
        let (input, (projection, keys, made, axis)) = self.with_rows(input, |binder| {
            binder.check_parameters(&series.parameters, PARAMETERS);
            let mut projection = Projection::default();
            for named in &series.by {
                let term = binder.any_value(&named.expr);
                binder.project(&mut projection, named, term, &How::new(Style::Default));
            }
            let keys = projection.entries().len();
            let mut made = Vec::with_capacity(series.aggregates.len());
            for aggregate in &series.aggregates {
                binder.series(&mut projection, aggregate, &mut made);
            }
            let axis = binder.axis(&mut projection, &series.axis, &series.bounds);
            (projection, keys, made, axis)
        });
        let columns = projection.columns();
        let key_entries = projection.entries().iter().take(keys);
        let keys = key_entries.map(|entry| (entry.id, entry.scalar.clone())).collect();
        let kind = RowsetKind::MakeSeries(MakeSeriesRowset {
            input: Box::new(input),
            series: made,
            axis: axis.column,
            from: axis.from,
            to: axis.to,
            step: axis.step,
            includes_end: axis.includes_end,
            keys,
            is_nonempty: word(&series.parameters, "kind") == Some("nonempty"),
        });
        Rowset::new(kind, columns, self.at(operator.span))
    }

    /// One series: an aggregate, whose column then is an array.
    fn series(
        &mut self,
        projection: &mut Projection,
        written: &'a SeriesAggregate,
        made: &mut Vec<(AggregateCall, Option<Scalar>)>,
    ) {
        let (term, calls) = self.aggregate_expr(&written.aggregate);
        let default = written.default.as_ref().map(|default| self.series_default(default, &term));
        let is_call = calls.len() == 1 && crate::binder::aggregates::is_call(&written.aggregate);
        // A constant stands in each bin that has rows.
        let constant = (calls.is_empty() && term.value().is_some()).then(|| constant_series(&term));
        let is_plain = is_call || constant.is_some();
        if !is_plain && !term.is_wrong() {
            self.report(diagnostics::series_of_expression(self.at(term.span)));
        }
        let before = projection.entries().len();
        let how = How { shape: Some(Shape::DYNAMIC), ..How::new(Style::Summarize) };
        self.project(projection, &written.aggregate, term, &how);
        let Some(mut call) = calls.into_iter().next().or(constant) else { return };
        let outputs = projection.entries().get(before..).unwrap_or(&[]);
        call.outputs = outputs.iter().map(|entry| entry.id).collect();
        made.push((call, default));
    }

    fn series_default(&mut self, default: &'a Expr, aggregate: &Term) -> Scalar {
        let term = self.value(default);
        let wanted = &aggregate.shape;
        let is_right = term.is_open()
            || aggregate.is_open()
            || wanted.accepts(&term.shape, Conversion::Promotable);
        if term.value().is_none() && !term.is_open() {
            self.report(diagnostics::literal_expected(self.at(term.span)));
        } else if !is_right {
            let at = self.at(term.span);
            self.report(diagnostics::type_wanted(&aggregate.describe(), &term.describe(), at));
        }
        let ty = wanted.ty();
        crate::binder::casts::convert(term.into_scalar(), ty)
    }

    fn axis(
        &mut self,
        projection: &mut Projection,
        axis: &'a NamedExpr,
        bounds: &'a SeriesBounds,
    ) -> Axis {
        let term = self.value(&axis.expr);
        let shape = term.shape.clone();
        let source = term.clone().into_scalar();
        let before = projection.entries().len();
        let how = How { shape: Some(Shape::DYNAMIC), ..How::new(Style::Default) };
        self.project(projection, axis, term, &how);
        let id = projection.entries().get(before).map(|entry| entry.id);
        let id = id.unwrap_or_else(|| self.new_column(&Shape::DYNAMIC));
        let nothing = || Scalar::literal(Value::Null(Type::Unknown), Span::default());
        let (from, to, step, includes_end) = match bounds {
            SeriesBounds::FromToStep { from, to, step } => (
                from.as_ref().map(|from| self.axis_end(from, &shape)),
                to.as_ref().map(|to| self.axis_end(to, &shape)),
                self.axis_step(step, &shape),
                false,
            ),
            SeriesBounds::InRange(range) => match range.as_slice() {
                [from, to, step] => (
                    Some(self.axis_end(from, &shape)),
                    Some(self.axis_end(to, &shape)),
                    self.axis_step(step, &shape),
                    true,
                ),
                _ => {
                    let at = range.first().map_or(axis.span, |first| first.span);
                    self.report(diagnostics::range_of_three(range.len(), self.at(at)));
                    (None, None, nothing(), true)
                }
            },
        };
        Axis { column: (id, source), from, to, step, includes_end }
    }

    fn axis_end(&mut self, end: &'a Expr, axis: &Shape) -> Scalar {
        let term = self.value(end);
        let is_right =
            term.is_open() || axis.is_open() || axis.accepts(&term.shape, Conversion::Promotable);
        if !is_right {
            let at = self.at(term.span);
            self.report(diagnostics::type_wanted(axis.ty().name(), &term.describe(), at));
        }
        term.into_scalar()
    }

    fn axis_step(&mut self, step: &'a Expr, axis: &Shape) -> Scalar {
        let term = self.value(step);
        if !term.is_open() && !axis.is_open() {
            let point = Term::scalar(
                Scalar::new(ScalarKind::Literal(Value::Null(axis.ty())), axis.ty(), term.span),
                axis.clone(),
                term.span,
            );
            let (sum, error) = self
                .quietly(|binder| binder.operator_shape("Add", "+", term.span, &[&term, &point]));
            if error.is_some() || !axis.accepts(&sum, Conversion::None) {
                let at = self.at(term.span);
                self.report(diagnostics::wrong_step(axis.ty(), &term.describe(), at));
            }
        }
        term.into_scalar()
    }
}

/// A constant as the aggregate of a series.
fn constant_series(term: &Term) -> AggregateCall {
    let value = term.clone().into_scalar();
    AggregateCall {
        function: Name::new("take_any"),
        types: vec![value.ty],
        span: value.span,
        arguments: vec![value],
        outputs: Vec::new(),
    }
}
