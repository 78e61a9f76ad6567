//! `harrier check`.

use crate::harrier::{run, write};

const GOOD: &str = "id: 6b2a1c1e-7a52-4d0e-9b39-6c2f4f1d8a10\nname: Good\ndescription: Signs in.\nrequiredDataConnectors: []\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1d\nqueryPeriod: 1d\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  SigninLogs\n  | project UserPrincipalName\nentityMappings:\n- entityType: Account\n  fieldMappings:\n  - identifier: FullName\n    columnName: UserPrincipalName\n";
const BAD: &str = "name: Bad\nquery: |\n  SigninLogs\n  | where UserPrincipalNmae == 'x'\n";

#[test]
fn mistakes_at_their_line_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "good.yaml", GOOD);
    let rules = folder.path().display().to_string();
    let clean = run(&["check", &rules]).ended(0);
    assert_eq!(clean.out, "");
    let bad = write(folder.path(), "bad.yaml", BAD);
    let found = run(&["check", &rules]).ended(1);
    for wanted in ["bad.yaml:4:11", "UserPrincipalNmae", "did you mean `UserPrincipalName`?"] {
        assert!(found.out.contains(wanted), "{wanted}: {}", found.out);
    }
    assert!(found.err.contains("1 with errors"), "{}", found.err);
    let lines = run(&["check", &rules, "--format", "ndjson"]).ended(1).out;
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["path"].as_str(), Some(bad.as_str()));
    assert_eq!(lines[0]["parse_ok"], true);
    assert_eq!(lines[0]["diagnostics"][0]["line"], 4);
    assert_eq!(lines[1]["columns"], serde_json::json!([["UserPrincipalName", "string"]]));
}

#[test]
fn what_holds_no_rule_is_the_users_mistake() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "notes.txt.png", "x");
    let rules = folder.path().display().to_string();
    let none = run(&["check", &rules]).ended(2);
    assert!(none.err.contains("no rule in"), "{}", none.err);
    let missing = run(&["check", &format!("{rules}/notes.txt.pgn")]).ended(2);
    assert!(missing.err.contains("no such file or folder"), "{}", missing.err);
}
