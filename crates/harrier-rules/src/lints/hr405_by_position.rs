//! HR405: an array without a promised order, read by position.

use std::collections::HashSet;

use kql_semantics::bound::ScalarKind;
use kql_syntax::{Diagnostic, Severity};

use crate::facts::origin::{Path, Step};
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR405",
    name: "by-position",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::Medium,
    finds: "A fixed position in an array whose order and length the source does not promise: `TargetResources`, `modifiedProperties`, `Target`, `EventDetail`, `Parameters`.",
    why: "Events of one kind come with one target or several, and with properties in any order. Where the value stands elsewhere, the rule reads another value or none, and misses the event.",
    example: "AuditLogs\n| extend Changed = tostring(TargetResources[0].modifiedProperties[1].newValue)\n",
    instead: "AuditLogs\n| mv-expand Target = TargetResources\n| mv-expand Property = Target.modifiedProperties\n| where Property.displayName == \"Included Updated Properties\"\n| extend Changed = tostring(Property.newValue)\n",
    ignore: "The operation has one target always, and the data shows it.",
    check,
};

/// Arrays whose order nobody promises.
const UNORDERED: &[&str] = &[
    "targetresources",
    "modifiedproperties",
    "target",
    "eventdetail",
    "eventdetails",
    "parameters",
    "extendedproperties",
    "additionaldetails",
    "devicedetails",
    "actor",
    "conditionalaccesspolicies",
    "authenticationdetails",
];

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let mut said = HashSet::new();
    rule.facts.each_scalar(&mut |_, scalar| {
        let ScalarKind::Index { base, index } = &scalar.kind else { return };
        let Some(kql_semantics::Value::Long(_) | kql_semantics::Value::Int(_)) = index.as_literal() else { return };
        let paths = rule.facts.paths(scalar);
        let Some(path) = paths.iter().find(|path| is_unordered(path)) else { return };
        // Whoever takes the only element of what was expanded before asks for nothing in particular.
        if !said.insert((rule.facts.tree.is_foreign(base.span), path.text())) {
            return;
        }
        let message = format!("`{}` is read by position, and the order of that array is not promised", path.text());
        found.push(
            LINT.at(rule.file(scalar.span), "another value, or none, where the array differs", message)
                .help("expand the array with `mv-expand` or `mv-apply` and choose the element by its name or type"),
        );
    });
}

fn is_unordered(path: &Path<'_>) -> bool {
    let [before @ .., Step::Index(_)] = path.steps.as_slice() else { return false };
    let name = match before.last() {
        Some(Step::Key(key)) => key,
        None => path.column,
        Some(Step::Index(_) | Step::Any) => return false,
    };
    UNORDERED.contains(&name.to_ascii_lowercase().as_str())
}
