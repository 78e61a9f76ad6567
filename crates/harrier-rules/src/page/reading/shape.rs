//! The shape of a query: which kinds of logic it holds.

use std::collections::BTreeSet;

use kql_semantics::bound::{JoinKind, RowsetKind, ScalarKind};
use kql_syntax::Span;
use kql_syntax::tree::ListOperator;

use super::{Condition, ConditionKind};
use crate::facts::Facts;

/// Which kinds of logic a query holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    /// Groups of rows.
    pub(crate) aggregates: Vec<(String, Span)>,
    /// A number that an aggregate must pass.
    pub(crate) has_threshold: bool,
    /// Deviation from a series of its own.
    pub(crate) anomalies: Vec<(String, Span)>,
    /// Order of rows.
    pub(crate) sequences: Vec<(String, Span)>,
    /// Rows that have no counterpart: `leftanti`, `!in (table)`.
    pub(crate) absences: Vec<Span>,
    /// Functions that are called.
    pub(crate) functions: BTreeSet<String>,
    /// Something is left out by a literal: `!=`, `!in`, `!has`.
    pub(crate) has_exclusions: bool,
}

pub(super) fn read(facts: &Facts<'_>, conditions: &[Condition]) -> Shape {
    let mut shape = Shape::default();
    for rowset in &facts.rowsets {
        let span = rowset.span;
        match &rowset.kind {
            RowsetKind::Summarize { aggregates, .. } => {
                let calls = aggregates.iter().map(|call| (call.function.to_string(), call.span));
                shape.aggregates.extend(calls);
            }
            RowsetKind::MakeSeries(_) => {
                shape.aggregates.push((String::from("make-series"), span));
            }
            RowsetKind::Scan(_) => shape.sequences.push((String::from("scan"), span)),
            RowsetKind::Join(join)
                if matches!(join.kind, JoinKind::LeftAnti | JoinKind::RightAnti) =>
            {
                shape.absences.push(span);
            }
            RowsetKind::Evaluate(evaluate) => match &*evaluate.plugin {
                "autocluster" | "basket" | "diffpatterns" => {
                    shape.anomalies.push((evaluate.plugin.to_string(), span));
                }
                "sequence_detect" | "funnel_sequence" | "funnel_sequence_completion" => {
                    shape.sequences.push((evaluate.plugin.to_string(), span));
                }
                _ => {}
            },
            _ => {}
        }
    }
    facts.each_scalar(&mut |_, scalar| match &scalar.kind {
        ScalarKind::Call(call) => {
            let name = call.function.to_string();
            let is_first = shape.functions.insert(name.clone());
            let is_anomaly = name.starts_with("series_decompose")
                || name.starts_with("series_outliers")
                || name == "series_fit_line";
            if is_anomaly && is_first {
                shape.anomalies.push((name, scalar.span));
            } else if matches!(&*name, "prev" | "next" | "row_window_session") && is_first {
                shape.sequences.push((name, scalar.span));
            }
        }
        ScalarKind::InTable {
            operator: ListOperator::NotIn | ListOperator::NotInTilde, ..
        } => {
            shape.absences.push(scalar.span);
        }
        _ => {}
    });
    shape.has_threshold = conditions
        .iter()
        .any(|condition| matches!(condition.kind, ConditionKind::Threshold { .. }));
    shape.has_exclusions = !shape.absences.is_empty()
        || conditions.iter().any(|condition| match &condition.kind {
            ConditionKind::Tests(tests) => {
                tests.iter().any(|test| test.is_negated && !test.values.is_empty())
            }
            _ => false,
        });
    shape
}
