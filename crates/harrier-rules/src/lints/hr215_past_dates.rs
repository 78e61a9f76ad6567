//! HR215: dates that are over.

use kql_semantics::Value;
use kql_semantics::bound::ScalarKind;
use kql_syntax::tree::BinaryOperator;
use kql_syntax::{Diagnostic, Severity};

use crate::facts::time::is_relative;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR215",
    name: "past-dates",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A column of times compared with fixed dates that bound it from above.",
    why: "Data of those days is gone from most installations: the query finds nothing, for ever.",
    example: "SigninLogs\n| where TimeGenerated between (datetime(2019-10-01) .. datetime(2019-10-31))\n",
    instead: "SigninLogs\n| where TimeGenerated between (ago(30d) .. now())\n",
    ignore: "The query documents a case, over data that is kept.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    rule.facts.each_scalar(&mut |_, scalar| {
        let operands = match &scalar.kind {
            ScalarKind::Between { operands, .. } => &operands[1..],
            ScalarKind::Binary { operator, operands } if is_comparison(*operator) => &operands[..],
            _ => return,
        };
        let is_of_column = match &scalar.kind {
            ScalarKind::Between { operands, .. } => is_time(&operands[0]),
            _ => operands.iter().any(is_time),
        };
        let dates: Vec<_> = operands
            .iter()
            .filter(|operand| rule.facts.instant(operand).is_some_and(|at| !is_relative(at) && at > 0))
            .collect();
        let Some(date) = dates.last().filter(|_| is_of_column) else { return };
        if let Some(Value::DateTime(_)) = date.as_literal() {
            let span = first_date(rule, date.span);
            found.push(
                LINT.at(rule.file(span), "a day that is over", "the time is bounded by a fixed date, whose data is gone from most installations")
                    .help("write a time relative to now: `ago(30d)`"),
            );
        }
    });
    // One is enough: both ends of an interval say the same.
    let mut is_first = true;
    found.retain(|one| one.code.0 != LINT.code || std::mem::take(&mut is_first));
}

fn is_comparison(operator: BinaryOperator) -> bool {
    use BinaryOperator as B;
    matches!(operator, B::Less | B::LessOrEqual | B::Greater | B::GreaterOrEqual | B::Equal)
}

fn is_time(scalar: &kql_semantics::bound::Scalar) -> bool {
    scalar.ty == kql_semantics::Type::DateTime && matches!(scalar.kind, ScalarKind::Column(_))
}

/// Where the date itself is written.
fn first_date(rule: &BoundRule<'_>, span: kql_syntax::Span) -> kql_syntax::Span {
    let dates = &rule.facts.tree.datetimes;
    dates
        .iter()
        .find(|date| date.start >= span.start && date.end <= span.end)
        .copied()
        .unwrap_or(span)
}
