//! `harrier hunt`.

use serde_json::Value as Json;

use crate::harrier::{run, write};

const FINDS: &str = "name: Finds <b>bold</b>\nseverity: High\ntactics:\n  - InitialAccess\nrelevantTechniques:\n  - T1078.004\nquery: |\n  SigninLogs\n  | where ResultType == \"0\"\n  | project TimeGenerated, UserPrincipalName\nentityMappings:\n  - entityType: Account\n    fieldMappings:\n      - identifier: FullName\n        columnName: UserPrincipalName\n";

/// A folder with rules of every outcome, and logs.
fn lake() -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().expect("there is room");
    let at = folder.path();
    let rows = "{\"TimeGenerated\":\"2024-03-01T10:00:00Z\",\"UserPrincipalName\":\"<i>mira</i>\",\"ResultType\":\"0\"}\n{\"TimeGenerated\":\"2024-03-05T10:00:00Z\",\"UserPrincipalName\":\"b\",\"ResultType\":\"1\"}\n";
    write(at, "logs/SigninLogs.ndjson", rows);
    write(at, "rules/finds.yaml", FINDS);
    write(
        at,
        "rules/quiet.yaml",
        "name: Quiet\nseverity: Low\nquery: SigninLogs | where ResultType == \"7\"\n",
    );
    write(at, "rules/blind.yaml", "name: Blind\nquery: AuditLogs | project Id\n");
    write(
        at,
        "rules/broken.yaml",
        "name: Broken\nquery: |\n  SigninLogs\n  | where ResultTyp == \"0\"\n",
    );
    write(at, "rules/readme.md", "# Rules\n");
    let of = |name: &str| at.join(name).display().to_string();
    let (rules, logs) = (of("rules"), of("logs"));
    (folder, rules, logs)
}

#[test]
fn outcomes_forms_and_exit_codes() {
    let (folder, rules, logs) = lake();
    let table = run(&["hunt", &rules, "--data", &logs]).ended(0);
    assert!(table.out.contains("High      Finds <b>bold</b>"), "{}", table.out);
    assert!(
        table.err.contains(
            "1 with hits, 1 found nothing, 1 without data, 1 can not run, 0 failed, 1 no rules"
        ),
        "{}",
        table.err
    );
    assert!(
        table.err.contains("broken.yaml:4:11") && table.err.contains("did you mean `ResultType`?"),
        "{}",
        table.err
    );
    let lines = run(&["hunt", &rules, "--data", &logs, "--format", "ndjson"]).ended(0).out;
    let line: Json = serde_json::from_str(lines.trim_end()).unwrap();
    assert_eq!(line["row"]["UserPrincipalName"], "<i>mira</i>");
    assert_eq!(line["severity"], "High");
    let csv = run(&["hunt", &rules, "--data", &logs, "--format", "csv"]).ended(0).out;
    assert_eq!(csv.lines().count(), 2, "{csv}");
    let whole = run(&["hunt", &rules, "--data", &logs, "--format", "json"]).ended(0).json();
    assert_eq!(whole["outcomes"].as_array().unwrap().len(), 5);
    let page = folder.path().join("out.html");
    run(&["hunt", &rules, "--data", &logs, "--out", &page.display().to_string()]).ended(0);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("&lt;i&gt;mira") && !page.contains("<i>mira"), "escaped");
    for (words, code) in
        [(["--fail-on", "high"], 1), (["--fail-on", "HIGH"], 1), (["--strict", "--threads=1"], 1)]
    {
        run(&["hunt", &rules, "--data", &logs, words[0], words[1]]).ended(code);
    }
    let quiet = format!("{rules}/quiet.yaml");
    run(&["hunt", &quiet, "--data", &logs, "--fail-on", "informational"]).ended(0);
}

#[test]
fn the_users_mistakes() {
    let (folder, rules, logs) = lake();
    let no_data = run(&["hunt", &rules]).ended(2);
    assert!(no_data.err.contains("--data"), "{}", no_data.err);
    let no_rules = run(&["hunt", &logs, "--data", &logs]).ended(2);
    assert!(no_rules.err.contains("no rule"), "{}", no_rules.err);
    let no_folder = run(&["hunt", &rules.replace("rules", "rule"), "--data", &logs]).ended(2);
    assert!(
        no_folder.err.contains("did you mean") && no_folder.err.contains("rules"),
        "{}",
        no_folder.err
    );
    let out = folder.path().join("missing/out.html").display().to_string();
    let unwritable = run(&["hunt", &rules, "--data", &logs, "--out", &out]).ended(2);
    assert!(unwritable.err.contains("mkdir"), "{}", unwritable.err);
}
