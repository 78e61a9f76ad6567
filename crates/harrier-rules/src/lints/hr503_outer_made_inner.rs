//! HR503: rows that an outer join kept, thrown away by the filter behind it.

use kql_semantics::bound::{
    ColumnId, JoinKind, JoinRowset, Rowset, RowsetKind, Scalar, ScalarKind,
};
use kql_syntax::tree::BinaryOperator;
use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::comparison;
use crate::facts::origin::Origin;
use crate::facts::{Facts, conjuncts, has_column};
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR503",
    name: "outer-made-inner",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "`join kind=leftouter`, followed by a filter on a column of the right side that a missing partner does not pass.",
    why: "The outer join keeps rows without a partner, with nothing in the right side's columns; a comparison with nothing is false, so the filter drops them again. The join acts as an inner one, and whoever reads `leftouter` believes otherwise.",
    example: "SigninLogs\n| join kind=leftouter (AuditLogs | project CorrelationId, ChangedAt = TimeGenerated) on CorrelationId\n| where ChangedAt > ago(1d)\n",
    instead: "SigninLogs\n| join kind=leftouter (AuditLogs | where TimeGenerated > ago(1d) | project CorrelationId, ChangedAt = TimeGenerated) on CorrelationId\n",
    ignore: "Never: write `kind=inner`, or move the filter into the right side.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for (_, input, predicate) in rule.facts.filters() {
        let Some((rowset, join)) = outer_below(input) else { continue };
        if rule.facts.tree.is_foreign(rowset.span) {
            continue;
        }
        for part in conjuncts(predicate) {
            let is_right =
                |id: &ColumnId| has_column(&join.right, *id) && !has_column(&join.left, *id);
            let right =
                rejected(part).into_iter().find_map(|id| carried(&rule.facts, id, &is_right));
            let Some(id) = right else { continue };
            let message = format!(
                "this filter drops every row without a partner, which `leftouter` kept: `{}` comes from the right side",
                rule.facts.name(id)
            );
            found.push(
                LINT.at(rule.file(part.span), "false where there is no partner", message)
                    .mark(
                        rule.file(kql_syntax::Span::new(
                            rowset.span.start,
                            (rowset.span.start + 4).min(rowset.span.end),
                        )),
                        "keeps rows without a partner",
                    )
                    .help("write `kind=inner`, or filter inside the right side"),
            );
            break;
        }
    }
}

/// The outer join whose rows come to a filter.
fn outer_below(rowset: &Rowset) -> Option<(&Rowset, &JoinRowset)> {
    match &rowset.kind {
        RowsetKind::Join(join) if join.kind == JoinKind::LeftOuter && !join.is_lookup => {
            Some((rowset, join))
        }
        RowsetKind::Filter { input, .. }
        | RowsetKind::Extend { input, .. }
        | RowsetKind::Project { input, .. }
        | RowsetKind::Sort { input, .. }
        | RowsetKind::Serialize { input } => outer_below(input),
        RowsetKind::MvExpand(expand) => outer_below(&expand.input),
        _ => None,
    }
}

/// The columns that make a condition false where they are null or empty.
fn rejected(part: &Scalar) -> Vec<ColumnId> {
    match &part.kind {
        ScalarKind::Binary { operator, operands } => {
            use BinaryOperator as B;
            let [left, right] = &**operands;
            let is_ordering = matches!(
                operator,
                B::Less | B::LessOrEqual | B::Greater | B::GreaterOrEqual | B::Equal
            );
            if is_ordering && left.ty != kql_semantics::Type::String {
                return column(left).into_iter().chain(column(right)).collect();
            }
            compared(part)
        }
        ScalarKind::InList { .. } => compared(part),
        ScalarKind::Between { operands, is_negated: false } => {
            operands.iter().filter_map(column).collect()
        }
        _ => Vec::new(),
    }
}

/// The column that is compared with texts of which none is empty.
fn compared(part: &Scalar) -> Vec<ColumnId> {
    let comparison = comparison(part).filter(|one| !one.is_negated);
    let comparison = comparison.filter(|one| one.literals.iter().all(|(text, _)| !text.is_empty()));
    comparison.and_then(|one| column(one.subject)).into_iter().collect()
}

fn column(scalar: &Scalar) -> Option<ColumnId> {
    match &scalar.kind {
        ScalarKind::Column(id) => Some(*id),
        ScalarKind::Convert(inner) => column(inner),
        ScalarKind::Binary {
            operator: BinaryOperator::Add | BinaryOperator::Subtract,
            operands,
        } => operands.iter().find_map(column),
        ScalarKind::Call(call) if keeps_null(&call.function) => {
            call.arguments.first().and_then(column)
        }
        _ => None,
    }
}

/// Whether a function of nothing is nothing.
fn keeps_null(function: &str) -> bool {
    matches!(
        function,
        "todatetime"
            | "format_datetime"
            | "tostring"
            | "tolower"
            | "toupper"
            | "bin"
            | "startofday"
            | "toint"
            | "tolong"
    )
}

/// The column, of those looked for, that a column is nothing with.
fn carried(
    facts: &Facts<'_>,
    mut id: ColumnId,
    is_it: &dyn Fn(&ColumnId) -> bool,
) -> Option<ColumnId> {
    for _ in 0..50 {
        if is_it(&id) {
            return Some(id);
        }
        id = match facts.origins.get(&id)? {
            Origin::Same(other) => *other,
            Origin::Value(value) => column(facts.resolved(value)).filter(|other| *other != id)?,
            _ => return None,
        };
    }
    None
}
