//! HR507: groups so fine that a count never passes its threshold.

use kql_semantics::Type;
use kql_semantics::bound::{Scalar, ScalarKind};
use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::at_least;
use crate::facts::conjuncts;
use crate::facts::origin::{Origin, Path};
use crate::facts::time::is_row_time;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR507",
    name: "groups-of-one",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::Medium,
    finds: "`summarize count()` grouped by the raw time or the unique id of an event, with a threshold on the count.",
    why: "Events hardly ever share their time to a ten-millionth of a second, and never their id: every group has one event, and the count does not reach the threshold.",
    example: "SecurityEvent\n| summarize Failures = count() by Account, TimeGenerated\n| where Failures > 10\n",
    instead: "SecurityEvent\n| summarize Failures = count() by Account, bin(TimeGenerated, 10m)\n| where Failures > 10\n",
    ignore: "The source writes whole seconds or batches, and the count is of one batch.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for (_, _, predicate) in rule.facts.filters() {
        for part in conjuncts(predicate) {
            let Some((call, keys)) = at_least(part)
                .filter(|(_, least)| *least >= 2)
                .and_then(|(id, _)| rule.facts.aggregate(id))
            else {
                continue;
            };
            if !matches!(&*call.function, "count" | "dcount" | "countif" | "dcountif") {
                continue;
            }
            let Some((key, name)) =
                keys.iter().find_map(|(_, value)| Some((value, single(rule, value)?)))
            else {
                continue;
            };
            let message = format!(
                "every group has one event, for `{name}` differs from event to event: the count stays below the threshold"
            );
            found.push(
                LINT.at(rule.file(key.span), "as fine as the events", message)
                    .mark(rule.file(part.span), "never reached")
                    .help(format!("group by `bin({name}, ...)`, or leave `{name}` out and keep its lowest and highest")),
            );
        }
    }
}

/// The name of a key that each event has for itself.
fn single<'a>(rule: &BoundRule<'a>, value: &'a Scalar) -> Option<&'a str> {
    let ScalarKind::Column(id) = value.kind else { return None };
    let mut paths = rule.facts.paths(value);
    let Path { column, steps, .. } = paths.pop()?;
    let is_single = steps.is_empty()
        && (value.ty == Type::DateTime && is_row_time(column)
            || matches!(column, "_ItemId" | "EventRecordId"));
    // An expanded or grouped time is not the event's.
    let is_raw = matches!(rule.facts.origins.get(&rule.facts.root(id)), Some(Origin::Table { .. }));
    (is_single && is_raw).then_some(column)
}
