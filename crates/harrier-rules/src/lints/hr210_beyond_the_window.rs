//! HR210: a query that looks further back than the rule's window reaches.

use kql_syntax::{Diagnostic, Severity};

use crate::facts::time::{Bound, NOW, is_relative, words};
use crate::lint::{BoundRule, Confidence, Lint, Persona, with_level};

pub(crate) static LINT: Lint = Lint {
    code: "HR210",
    name: "beyond-the-window",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A scheduled rule whose query asks for rows older than `queryPeriod`. An error where all that is asked for lies outside.",
    why: "The service limits the query to the window from outside: `ago(14d)` under a period of a day sees one day. A baseline that lies wholly outside is empty, so everything is new, at every run.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: New users\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1d\nqueryPeriod: 1d\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  let Known = SigninLogs | where TimeGenerated between (ago(14d) .. ago(1d)) | distinct UserId;\n  SigninLogs\n  | where TimeGenerated > ago(1d)\n  | where UserId !in (Known)\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: New users\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1d\nqueryPeriod: 14d\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  let Known = SigninLogs | where TimeGenerated between (ago(14d) .. ago(1d)) | distinct UserId;\n  SigninLogs\n  | where TimeGenerated > ago(1d)\n  | where UserId !in (Known)\n",
    ignore: "Never: lengthen `queryPeriod`, or shorten what the query asks for.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schedule) = rule.rule.schedule else { return };
    let start = NOW - schedule.period.ticks();
    for scan in rule.facts.scans() {
        let (Bound::At(low), Some(span)) = (scan.interval.low, scan.interval.low_span) else {
            continue;
        };
        // Aligned to a day or an hour, a bound may lie a little further back than is meant.
        if low >= start || !is_relative(low) || rule.facts.tree.is_foreign(span) {
            continue;
        }
        let high = match scan.interval.high {
            Bound::At(high) if is_relative(high) => high,
            _ => NOW,
        };
        let (asked, period) = (words(NOW - low), words(schedule.period.ticks()));
        let table = &scan.table.name;
        let (level, message, label) = if high <= start {
            let message = format!(
                "`{table}` is asked for rows between {asked} and {} old, and the rule sees {period}: there are none",
                words(NOW - high)
            );
            (Severity::Error, message, "always empty")
        } else {
            let share = (start - low).saturating_mul(100) / (high - low).max(1);
            let message = format!(
                "`{table}` is asked for {asked} back, and the rule sees {period}: {share} % of that is never there"
            );
            (Severity::Warning, message, "cut off by the window")
        };
        let finding = LINT
            .at(rule.file(span), label, message)
            .mark(rule.field_span("queryPeriod"), "the window")
            .help(format!(
                "set `queryPeriod` to {} (14d at most), or ask for less",
                short(NOW - low)
            ));
        found.push(with_level(finding, level));
    }
}

fn short(ticks: i64) -> String {
    words(ticks).replace(" min", "m").replace(' ', "")
}
