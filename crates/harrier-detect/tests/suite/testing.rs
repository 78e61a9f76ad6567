//! Tests of rules: what passes, what fails, and which branches are reached.

use std::path::Path;

use harrier_detect::testing::{CaseOutcome, TestOptions, TestReport, run_tests};
use harrier_rules::{FileBytes, Loaded, SourceText, load_bytes, parse_tests};

const RULE: &str = "id: 1\nname: Failures\nkind: Scheduled\nqueryFrequency: 1h\nqueryPeriod: 1d\ntriggerOperator: gt\ntriggerThreshold: 1\n\
query: |\n  SigninLogs\n  | where ResultType == '50126' or ResultType == '50053'\n  | extend Where = iff(IPAddress startswith '10.', 'inside', 'outside')\n  \
| summarize Failures = count(), Where = take_any(Where) by UserPrincipalName\n  | where Failures >= 3\n\
entityMappings:\n- entityType: Account\n  fieldMappings:\n  - identifier: FullName\n    columnName: UserPrincipalName\n";

fn rule(text: &str) -> Loaded {
    load_bytes(FileBytes {
        path: "r.yaml".into(),
        relative: String::from("r.yaml"),
        bytes: text.as_bytes().into(),
        origin: None,
    })
}

fn run_in(folder: &Path, rule_text: &str, tests: &str) -> TestReport {
    let loaded = rule(rule_text);
    let source = SourceText::decode(tests.as_bytes()).unwrap();
    let tests = parse_tests(&folder.join("r.test.yaml"), source).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let functions = Loaded::default();
    runtime.block_on(run_tests(&loaded.rules[0], &tests, &functions, &TestOptions::default()))
}

fn run(tests: &str) -> TestReport {
    run_in(Path::new("."), RULE, tests)
}

fn reasons(report: &TestReport) -> Vec<String> {
    let of_case = |outcome: &CaseOutcome| match outcome {
        CaseOutcome::Passed => String::from("passed"),
        CaseOutcome::Failed { reasons, .. } => reasons.join("; "),
        CaseOutcome::Broken { reason } => format!("broken: {reason}"),
    };
    report.cases.iter().map(|case| of_case(&case.outcome)).collect()
}

const EVENTS: &str = "as_of: 2026-03-02T12:00:00Z
tables:
  SigninLogs:
  - repeat: ${count}
    every: 1m
    event: {TimeGenerated: 2026-03-02T11:00:00Z, UserPrincipalName: a@x.org, ResultType: 50126, IPAddress: 10.0.0.1}
";

#[test]
fn cases_pass_and_fail() {
    let text = format!(
        "{EVENTS}cases:
- name: enough
  parameters: [{{count: 3, rows: 1}}, {{count: 2, rows: 0}}, {{count: 5, rows: 2}}]
  expect: {{count: '${{rows}}'}}
- name: all that can be said
  parameters: [{{count: 4}}]
  tables:
    SigninLogs:
    - repeat: 3
      event: {{TimeGenerated: ago(5m), UserPrincipalName: 'b${{n}}@x.org', ResultType: '50053'}}
  expect: {{rows: [{{UserPrincipalName: a@x.org, Failures: 4, Where: inside}}], entities: [{{Account: a@x.org}}, {{Account.FullName: a@x.org}}], alert: false}}
- name: wrong
  parameters: [{{count: 3}}]
  expect: {{rows: [{{UserPrincipalName: c@x.org}}], includes: [{{Failure: 3}}], entities: [{{Host: h}}], alert: true}}
- name: nothing
  as_of: 2026-03-05
  parameters: [{{count: 30}}]
  expect: nothing
"
    );
    let report = run(&text);
    assert_eq!(
        reasons(&report),
        [
            "passed",
            "passed",
            "1 row came out, 2 must",
            "passed",
            "no row is {\"UserPrincipalName\":\"c@x.org\"}; there is no result column `Failure`; no row names Host `h`; \
             the rule raises no alert, and it must be one that raises an alert",
            "passed",
        ]
    );
    assert_eq!(report.cases[2].name, "enough [count=5, rows=2]");
    assert_eq!(report.counts(), (4, 2, 0));
}

#[test]
fn branches_are_counted_over_all_cases() {
    let text = format!(
        "{EVENTS}cases:\n- name: inside\n  parameters: [{{count: 3}}]\n  expect: {{count: 1}}\n"
    );
    let coverage = run(&text).coverage.unwrap();
    let missed: Vec<(u32, &str, &str)> = coverage
        .branches
        .iter()
        .filter(|branch| !branch.is_reached)
        .map(|branch| (branch.line, branch.what.as_str(), branch.text.as_str()))
        .collect();
    assert_eq!(
        missed,
        [
            (10, "or", "ResultType == '50053'"),
            (11, "else of the case", "IPAddress startswith '10.'")
        ]
    );
    let both = "as_of: 2026-03-02T12:00:00Z\ncases:\n- name: one\n  tables: {SigninLogs: [{TimeGenerated: ago(1m), ResultType: 50126, IPAddress: 10.0.0.1}]}\n  expect: nothing\n\
                - name: two\n  tables: {SigninLogs: [{repeat: 3, event: {TimeGenerated: ago(1m), ResultType: 50053, IPAddress: 8.8.8.8}}]}\n  expect: {count: 1}\n";
    let (reached, of) = run(both).coverage.unwrap().counts();
    assert_eq!((reached, of), (6, 6));
}

#[test]
fn joins_unions_and_lets_are_branches() {
    let query = "id: 1\nname: n\nquery: |\n  let failed = SigninLogs | where ResultType != '0';\n  union (failed | project User = UserPrincipalName), (AuditLogs | project User = Identity)\n  \
                 | join kind=inner (Heartbeat | project User = Computer) on User\n";
    let tests = "as_of: 2026-03-02\ncases:\n- name: n\n  tables: {SigninLogs: [{TimeGenerated: ago(1h), ResultType: 1, UserPrincipalName: a}], Heartbeat: [{TimeGenerated: ago(1h), Computer: a}]}\n  expect: {rows: [{User: a}]}\n";
    let report = run_in(Path::new("."), query, tests);
    assert_eq!(reasons(&report), ["passed"]);
    let coverage = report.coverage.unwrap();
    let missed: Vec<_> = coverage.branches.iter().filter(|branch| !branch.is_reached).collect();
    assert_eq!(missed.len(), 1, "{coverage:?}");
    assert_eq!(missed[0].what, "leg of the union");
}

#[test]
fn what_can_not_be_run_is_broken() {
    let tests = "as_of: 2026-03-02\ncases:\n- name: n\n  tables: {SigninLogs: [{TimeGenerated: ago(1h)}]}\n  expect: nothing\n";
    let report = run_in(Path::new("."), &RULE.replace("ResultType ==", "ResultTyp =="), tests);
    assert!(
        reasons(&report)[0].starts_with("broken: the rule can not run: line 10: "),
        "{report:?}"
    );
    let timeless = "cases:\n- name: n\n  expect: nothing\n";
    assert!(reasons(&run(timeless))[0].contains("say `as_of`"));
}

#[test]
fn events_lie_in_files_below_the_test() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    std::fs::create_dir_all(inner.join("events")).unwrap();
    let line =
        r#"{"TimeGenerated":"2026-03-01T11:00:00Z","ResultType":"50126","UserPrincipalName":"a"}"#;
    std::fs::write(inner.join("events/in.ndjson"), [line; 3].join("\n")).unwrap();
    std::fs::write(folder.path().join("out.ndjson"), line).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../out.ndjson", inner.join("link.ndjson")).unwrap();
    let test = |file: &str| {
        let tests = format!(
            "as_of: 2026-03-02\ncases:\n- name: n\n  tables: {{SigninLogs: {file}}}\n  expect: {{count: 1}}\n"
        );
        reasons(&run_in(&inner, RULE, &tests)).remove(0)
    };
    assert_eq!(test("events/in.ndjson"), "passed");
    for outside in ["../out.ndjson", "/etc/passwd", "link.ndjson", "nowhere.json"] {
        assert!(test(outside).starts_with("broken: `"), "{outside}: {}", test(outside));
    }
}
