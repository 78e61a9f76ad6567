//! HR211: two times compared on one side only.

use kql_semantics::bound::{ColumnId, RowsetKind};
use kql_syntax::{Diagnostic, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR211",
    name: "one-sided-time",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "After a join, a distance between the times of both sides that is bounded above or below only.",
    why: "`Deleted - Created < 10m` is meant as \"within ten minutes\" and is also true for every deletion *before* the creation, however long ago: the difference is negative then.",
    example: "SecurityEvent\n| where EventID == 4720\n| project Created = TimeGenerated, TargetSid\n| join kind=inner (SecurityEvent | where EventID == 4726 | project Deleted = TimeGenerated, TargetSid) on TargetSid\n| where Deleted - Created < 10m\n",
    instead: "SecurityEvent\n| where EventID == 4720\n| project Created = TimeGenerated, TargetSid\n| join kind=inner (SecurityEvent | where EventID == 4726 | project Deleted = TimeGenerated, TargetSid) on TargetSid\n| where Deleted - Created between (0m .. 10m)\n",
    ignore: "The order of the two events does not matter, and the window bounds the other side.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let sides: Vec<(Vec<ColumnId>, Vec<ColumnId>)> = rule
        .facts
        .own_rowsets()
        .filter_map(|rowset| match &rowset.kind {
            RowsetKind::Join(join) => {
                let roots = |side: &kql_semantics::bound::Rowset| {
                    side.columns.iter().map(|column| rule.facts.root(column.id)).collect::<Vec<_>>()
                };
                Some((roots(&join.left), roots(&join.right)))
            }
            _ => None,
        })
        .collect();
    if sides.is_empty() {
        return;
    }
    let mut all: Vec<_> = rule.facts.differences().into_iter().collect();
    all.sort_by_key(|(_, difference)| difference.span);
    for ((first, second), difference) in all {
        let is_one_sided = difference.has_low != difference.has_high && difference.is_window;
        let is_across = sides.iter().any(|(left, right)| {
            left.contains(&first) && right.contains(&second) && !left.contains(&second)
                || left.contains(&second) && right.contains(&first) && !left.contains(&first)
        });
        if !is_one_sided || !is_across || rule.facts.tree.is_foreign(difference.span) {
            continue;
        }
        let message = "the distance between two times is bounded on one side only";
        found.push(
            LINT.at(
                rule.file(difference.span),
                "also true however far apart they are the other way round",
                message,
            )
            .help("bound the other side too: `later - earlier between (0m .. 10m)`"),
        );
    }
}
