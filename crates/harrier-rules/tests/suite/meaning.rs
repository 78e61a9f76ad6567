//! What two versions of a rule differ in.

use harrier_rules::{Meaning, MeaningChange, compare};
use kql_semantics::Type;

use crate::forms::loaded;
use crate::known::Known;

fn known() -> Known {
    Known::default().with_table(
        "SigninLogs",
        &[
            ("TimeGenerated", Type::DateTime),
            ("UserPrincipalName", Type::String),
            ("ResultType", Type::String),
            ("IPAddress", Type::String),
        ],
    )
}

fn meaning(query: &str, fields: &str) -> Meaning {
    let indented = query.replace('\n', "\n  ");
    let text = format!("id: 1\nname: n\n{fields}query: |\n  {indented}\n");
    let loaded = loaded("r.yaml", &text);
    Meaning::of(&loaded.rules[0], &known())
}

const QUERY: &str = "let failed = SigninLogs | where ResultType in (\"50126\", \"50053\") and TimeGenerated > ago(1d);
failed\n| where IPAddress != \"10.0.0.1\"\n| summarize Failures = count() by UserPrincipalName\n| where Failures > 10";
const FIELDS: &str = "kind: Scheduled\nqueryFrequency: 1h\nqueryPeriod: 1d\nseverity: High\nentityMappings:\n- entityType: Account\n  fieldMappings:\n  - identifier: FullName\n    columnName: UserPrincipalName\n";

fn shown(changes: &[MeaningChange]) -> Vec<String> {
    let one = |change: &MeaningChange| {
        let list = |sign: &str, all: &[String]| {
            all.iter().map(|one| format!(" {sign}{one}")).collect::<String>()
        };
        format!("{}:{}{}", change.part, list("-", &change.removed), list("+", &change.added))
    };
    changes.iter().map(one).collect()
}

#[test]
fn spacing_and_order_mean_nothing() {
    let other = "// a comment\nlet failed=SigninLogs\n| where TimeGenerated > ago(24h) and ResultType in (\"50053\",\"50126\");
failed | where   IPAddress != '10.0.0.1' | summarize Failures=count() by UserPrincipalName | where Failures > 10";
    let (one, two) = (meaning(QUERY, FIELDS), meaning(other, FIELDS));
    assert_eq!(shown(&compare(&one, &two)), Vec::<String>::new(), "{one:?}");
    assert!(one.binds);
    assert_eq!(one.windows.iter().collect::<Vec<_>>(), ["TimeGenerated > ago(1d)"]);
    assert_eq!(one.groups.iter().collect::<Vec<_>>(), ["count() by UserPrincipalName"]);
}

#[test]
fn what_changed_is_told_by_part() {
    let before = meaning(QUERY, FIELDS);
    let query = QUERY
        .replace("\"50053\"", "\"50055\"")
        .replace("ago(1d)", "ago(7d)")
        .replace("> 10", "> 20");
    let fields = FIELDS
        .replace("1h", "5h")
        .replace("severity: High", "severity: Low")
        .replace("FullName", "Name");
    assert_eq!(
        shown(&compare(&before, &meaning(&query, &fields))),
        [
            "windows: -TimeGenerated > ago(1d) +TimeGenerated > ago(7d)",
            "schedule: -every 1h, over 1d, when more than 0 rows +every 5h, over 1d, when more than 0 rows",
            "literals: -Failures > 10 -ResultType in \"50053\" +Failures > 20 +ResultType in \"50055\"",
            "entities: -Account.FullName = UserPrincipalName +Account.Name = UserPrincipalName",
            "severity: -High +Low",
        ]
    );
    let joined = format!("{QUERY} | join kind=inner SigninLogs on UserPrincipalName");
    let changes = shown(&compare(&before, &meaning(&joined, FIELDS)));
    assert!(changes.contains(&String::from("joins: +inner on UserPrincipalName")), "{changes:?}");
    let broken = shown(&compare(&before, &meaning(&QUERY.replace("IPAddress", "IpAdres"), FIELDS)));
    assert_eq!(broken[0], "binding: -the query binds +the query has errors");
}
