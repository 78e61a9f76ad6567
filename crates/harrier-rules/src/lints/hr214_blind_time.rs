//! HR214: a suppression longer than the windows overlap.

use kql_syntax::{Diagnostic, Severity};

use crate::Seconds;
use crate::facts::time::words;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR214",
    name: "blind-time",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "`suppressionDuration` longer than the windows of two runs overlap.",
    why: "Suppression does not hide similar alerts: the rule does not run at all until it is over. Events older than the next run's window are then never looked at.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: A cleared log\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\nsuppressionEnabled: true\nsuppressionDuration: 5h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: A cleared log\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 6h\nsuppressionEnabled: true\nsuppressionDuration: 5h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | summarize count() by Computer, bin(TimeGenerated, 1h)\n  | where TimeGenerated > ago(1h)\n",
    ignore: "One alert is enough, and what happens meanwhile does not matter.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schedule) = rule.rule.schedule else { return };
    let text = |name: &str| rule.field(name).and_then(crate::yaml::Node::text).map(str::trim);
    if !text("suppressionEnabled").is_some_and(|text| text.eq_ignore_ascii_case("true")) {
        return;
    }
    let Some(duration) = text("suppressionDuration").and_then(Seconds::parse) else { return };
    let overlap = schedule.period.0 - schedule.frequency.0;
    // The next run comes after the pause, a run's distance at least.
    if duration.0 <= overlap.max(0) + schedule.frequency.0 && overlap > 0
        || duration.0 <= schedule.frequency.0
    {
        return;
    }
    let message = format!(
        "the rule pauses for {} after an alert and then sees {}: what lies between is never looked at",
        words(duration.ticks()),
        words(schedule.period.ticks())
    );
    found.push(
        LINT.at(rule.field_span("suppressionDuration"), "a pause of the whole rule", message)
            .help("shorten it, or group alerts into incidents instead"),
    );
}
