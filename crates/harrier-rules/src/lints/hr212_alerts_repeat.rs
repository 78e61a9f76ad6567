//! HR212: a rule that reports the same event at every run that sees it.

use kql_semantics::bound::{JoinKind, RowsetKind, ScalarKind};
use kql_semantics::{Type, Value};
use kql_syntax::{Diagnostic, Severity};

use crate::facts::time::{Bound, DAY, NOW, is_relative, words};
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR212",
    name: "alerts-repeat",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::Medium,
    finds: "A rule that looks back further than the time between its runs, with nothing in the query that limits the newest events to one interval.",
    why: "The window of each run overlaps the one before, and nothing remembers what was reported: a rule that runs every hour over 14 days raises the same event 336 times.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: A cleared log\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 14d\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: A cleared log\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 14d\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where TimeGenerated > ago(1h)\n  | where EventID == 1102\n",
    ignore: "The rule counts over the whole window, and incidents are grouped so that one stays open.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schedule) = rule.rule.schedule else { return };
    let (frequency, period) = (schedule.frequency.ticks(), schedule.period.ticks());
    // A little overlap makes up for events that arrive late.
    if period <= frequency || rule.has_errors || period - frequency <= frequency.min(DAY / 24) / 2 {
        return;
    }
    let scans: Vec<_> = rule
        .facts
        .scans()
        .iter()
        .filter(|scan| !crate::facts::time::is_state(&scan.table.name))
        .collect();
    let is_newest = |low: i64| low >= NOW - frequency - frequency / 4;
    let is_limited = scans.is_empty()
        || scans.iter().any(|scan| match scan.interval.low {
            Bound::At(low) => is_newest(low),
            Bound::Unknown => true,
            Bound::Open => false,
        })
        || has_newest_bound(rule, &is_newest)
        || has_anti_join(rule);
    if is_limited {
        return;
    }
    let times = period / frequency.max(1);
    let message = format!(
        "runs every {} over {}, and nothing limits the newest events to one run: each is seen by up to {times} runs",
        words(frequency),
        words(period)
    );
    found.push(
        LINT.at(rule.field_span("queryPeriod"), "longer than the time between runs", message)
            .help("set `queryPeriod` to `queryFrequency`, or keep only what is new: `| where ingestion_time() > ago(queryFrequency)`"),
    );
}

/// Some comparison of a time with an instant of the newest interval.
fn has_newest_bound(rule: &BoundRule<'_>, is_newest: &dyn Fn(i64) -> bool) -> bool {
    let mut has = false;
    rule.facts.each_scalar(&mut |_, scalar| {
        has |= match &scalar.kind {
            ScalarKind::Binary { operands, .. } => operands.iter().any(|operand| {
                operand.ty == Type::DateTime
                    && rule
                        .facts
                        .instant(operand)
                        .is_some_and(|at| is_relative(at) && at != NOW && is_newest(at))
            }),
            ScalarKind::Call(call) => &*call.function == "ingestion_time",
            ScalarKind::Literal(Value::DateTime(_)) => false,
            _ => false,
        };
    });
    has
}

fn has_anti_join(rule: &BoundRule<'_>) -> bool {
    rule.facts.own_rowsets().any(|rowset| match &rowset.kind {
        RowsetKind::Join(join) => matches!(join.kind, JoinKind::LeftAnti | JoinKind::RightAnti),
        _ => false,
    })
}
