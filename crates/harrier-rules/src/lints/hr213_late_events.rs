//! HR213: no allowance for events that arrive late.

use kql_semantics::bound::ScalarKind;
use kql_syntax::{Diagnostic, Severity};

use crate::facts::time::words;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR213",
    name: "late-events",
    level: Severity::Information,
    persona: Persona::Auditor,
    confidence: Confidence::Medium,
    finds: "A rule whose window is as long as the time between its runs, without `ingestion_time()`.",
    why: "A run sees what has arrived five minutes after its time. An event that arrives later lies before the next run's window: no run ever sees it.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: A cleared log\nkind: Scheduled\nseverity: Low\nqueryFrequency: 5m\nqueryPeriod: 5m\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: A cleared log\nkind: Scheduled\nseverity: Low\nqueryFrequency: 5m\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where ingestion_time() > ago(5m)\n  | where EventID == 1102\n",
    ignore: "The sources arrive within five minutes.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schedule) = rule.rule.schedule else { return };
    let mut has_ingestion = false;
    rule.facts.each_scalar(&mut |_, scalar| {
        has_ingestion |= matches!(&scalar.kind, ScalarKind::Call(call) if &*call.function == "ingestion_time");
    });
    if schedule.period != schedule.frequency || has_ingestion {
        return;
    }
    let message = format!(
        "what arrives more than five minutes late is seen by no run: the window is just {}",
        words(schedule.period.ticks())
    );
    found.push(
        LINT.at(rule.field_span("queryPeriod"), "as long as the time between runs", message)
            .help("lengthen `queryPeriod` by the delay of the source, and keep `ingestion_time() > ago(queryFrequency)`"),
    );
}
