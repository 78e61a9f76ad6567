//! HR305: no entity mapped.

use kql_semantics::bound::RowsetKind;
use kql_syntax::{Diagnostic, Severity};

use crate::RuleKind;
use crate::lint::{BoundRule, Confidence, Lint, Persona};
use crate::mappings::mappings;
use crate::yaml::Node;

pub(crate) static LINT: Lint = Lint {
    code: "HR305",
    name: "no-entities",
    level: Severity::Information,
    persona: Persona::Regular,
    confidence: Confidence::Medium,
    finds: "A rule or a hunt that reads accounts, hosts or addresses and maps none of them.",
    why: "Without entities an alert is a line of text: it can not be grouped, enriched, or followed from one incident to the next. Where the columns are projected away, not even the reader sees them.",
    example: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Activity\n",
    instead: "id: 3b1f1a52-6d8f-4a3c-9a1e-5a0a5f0a7a01\nname: An example\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 0\nentityMappings:\n- entityType: Account\n  fieldMappings:\n  - identifier: FullName\n    columnName: Account\nquery: |\n  SecurityEvent\n  | where EventID == 1102\n  | project TimeGenerated, Activity, Account\n",
    ignore: "The result is a count or a trend that names nobody.",
    check,
};

/// Columns that name accounts, hosts and addresses.
const ENTITY_LIKE: &[&str] = &[
    "UserPrincipalName",
    "AccountUpn",
    "AccountName",
    "AccountObjectId",
    "AccountId",
    "Account",
    "UserId",
    "TargetUserName",
    "SubjectUserName",
    "InitiatingProcessAccountUpn",
    "InitiatingProcessAccountName",
    "DeviceName",
    "Computer",
    "IPAddress",
    "SourceIP",
    "ClientIP",
    "RemoteIP",
    "SrcIpAddr",
    "AccountDisplayName",
    "RecipientEmailAddress",
    "SenderFromAddress",
    "UserDisplayName",
    "Identity",
    "ServicePrincipalName",
];

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let is_rule = matches!(rule.rule.kind, RuleKind::Scheduled | RuleKind::Nrt | RuleKind::Hunting);
    let is_mapped = !mappings(rule).is_empty()
        || rule.field("sentinelEntitiesMappings").is_some_and(|node| !node.items().is_empty());
    if !is_rule || is_mapped || rule.rule.document.is_none() {
        return;
    }
    let Some(result) = rule.facts.result() else { return };
    let mut read: Vec<&str> = Vec::new();
    for rowset in &rule.facts.rowsets {
        if let RowsetKind::Table(table) = &rowset.kind {
            for column in &table.columns {
                if let Some(known) = ENTITY_LIKE.iter().find(|known| **known == &**column)
                    && !read.contains(known)
                {
                    read.push(known);
                }
            }
        }
    }
    if read.is_empty() {
        return;
    }
    let kept = result.columns.iter().find(|column| ENTITY_LIKE.contains(&column.name.as_str()));
    let lost: Vec<String> = read
        .iter()
        .filter(|name| result.column(name).is_none())
        .take(3)
        .map(|name| format!("`{name}`"))
        .collect();
    let (message, help) = match kept {
        Some(column) => (
            String::from("no entity is mapped, though the result names one"),
            format!("map `{}`", column.name),
        ),
        None => (
            format!(
                "no entity is mapped, and what names one is not in the result: {} of the tables read",
                lost.join(", ")
            ),
            String::from("keep such a column in the result, and map it"),
        ),
    };
    let span = rule
        .field("entityMappings")
        .or_else(|| rule.field("name"))
        .map_or_else(|| rule.field_span("name"), |node: &Node| node.span);
    found.push(
        LINT.at(span, "names nobody", message)
            .mark(rule.file(result.span), "the result")
            .help(help),
    );
}
