//! Files of tests, right and wrong, and how they are begun.

use std::path::Path;

use harrier_rules::{Events, SourceText, TestFile, parse_tests, skeleton};
use kql_semantics::Type;
use kql_syntax::Diagnostic;

use crate::forms::loaded;
use crate::known::Known;

fn parsed(text: &str) -> Result<TestFile, Vec<Diagnostic>> {
    parse_tests(Path::new("a.test.yaml"), SourceText::decode(text.as_bytes()).unwrap())
}

#[test]
fn events_are_lines() {
    let text = "rule: a.yaml#2\nas_of: 2026-03-02T12:00:00Z\ncases:\n- name: n\n  parameters: [{who: a, n1: 2}, {who: b}]\n  tables:\n    T:\n    - {A: '${who}', At: ago(1h), N: 1, S: '1', B: true, Z: null, D: {x: [1, '${who}!']}}\n    - repeat: 2\n      every: 1m\n      event: {At: 2026-03-02T10:00:00Z, B: 'x${n}'}\n    - more.ndjson\n  expect: {count: 1, rows: [{A: '${who}'}]}\n";
    let tests = parsed(text).unwrap();
    assert_eq!(tests.rule.as_deref(), Some("a.yaml#2"));
    assert_eq!(tests.cases.len(), 2);
    let case = &tests.cases[1];
    assert_eq!((case.name.as_str(), case.line), ("n [who=b]", 4));
    let lines = concat!(
        r#"{"A":"b","At":"2026-03-02T11:00:00.0000000Z","N":1,"S":"1","B":true,"Z":null,"D":{"x":[1,"b!"]}}"#,
        "\n",
        r#"{"At":"2026-03-02T10:00:00Z","B":"x0"}"#,
        "\n",
        r#"{"At":"2026-03-02T10:01:00.0000000Z","B":"x1"}"#,
        "\n"
    );
    let events = [Events::Lines(lines.to_owned()), Events::File(String::from("more.ndjson"))];
    assert_eq!(case.tables, [(String::from("T"), events.to_vec())]);
    assert_eq!(case.expect.rows.as_deref(), Some([String::from(r#"{"A":"b"}"#)].as_slice()));
}

#[test]
fn what_means_nothing_is_a_fault() {
    for (text, part) in [
        ("cases: []\n", "there is no case"),
        ("case:\n- name: n\n", "`case` means nothing here"),
        ("cases:\n- expect: nothing\n", "a case has no name"),
        ("cases:\n- name: n\n", "a case expects nothing at all"),
        ("cases:\n- name: n\n  expect: {}\n", "nothing is expected here"),
        ("cases:\n- name: n\n  expect: {rowz: []}\n", "`rowz` means nothing here"),
        ("cases:\n- name: n\n  expect: {count: many}\n", "`count` is a whole number"),
        ("cases:\n- name: n\n  as_of: soon\n  expect: nothing\n", "this is no instant"),
        (
            "cases:\n- name: n\n  tables: {T: [{A: '${x}'}]}\n  expect: nothing\n",
            "`${x}` is no parameter",
        ),
        (
            "cases:\n- name: n\n  tables: {T: {A: 1}}\n  expect: nothing\n",
            "a table's events are a list",
        ),
        (
            "cases:\n- name: n\n  tables: {T: [{repeat: x, event: {}}]}\n  expect: nothing\n",
            "`repeat` is a whole number",
        ),
        (
            "cases:\n- name: n\n  tables: {T: [{repeat: 2, every: x, event: {}}]}\n  expect: nothing\n",
            "`every` is a span",
        ),
        (
            "cases:\n- name: n\n  tables: {T: [{repeat: 900000000, event: {A: 1}}]}\n  expect: nothing\n",
            "more than 200000 events",
        ),
        ("cases:\n- name: n\n  expect: {entities: [x]}\n", "this is no entity"),
        ("cases: [\n", "this is no YAML"),
    ] {
        let faults = parsed(text).unwrap_err();
        assert!(faults.iter().any(|fault| fault.message.contains(part)), "{text}: {faults:?}");
    }
}

#[test]
fn tests_are_begun_from_the_querys_literals() {
    let known = Known::default()
        .with_table(
            "SigninLogs",
            &[
                ("TimeGenerated", Type::DateTime),
                ("UserPrincipalName", Type::String),
                ("ResultType", Type::String),
                ("IPAddress", Type::String),
                ("DeviceDetail", Type::Dynamic),
            ],
        )
        .with_table("Watched", &[("TimeGenerated", Type::DateTime), ("User", Type::String)]);
    let query = "id: 1\nname: n\nquery: |\n  let codes = dynamic(['50126', '50053']);\n  SigninLogs\n  | where TimeGenerated > ago(1d) and ResultType in (codes) and IPAddress startswith '10.'\n  \
                 | where tostring(DeviceDetail.browser) has 'curl' and UserPrincipalName endswith '@x.org'\n  | join kind=inner Watched on $left.UserPrincipalName == $right.User\n  \
                 | summarize count() by UserPrincipalName\n  | where count_ > 4\n";
    let loaded = loaded("r.yaml", query);
    let text = skeleton(&loaded.rules[0], &known);
    let tests = parsed(&text).unwrap_or_else(|faults| unreachable!("{faults:?}\n{text}"));
    assert_eq!(tests.cases.len(), 2);
    for part in [
        "repeat: 5",
        "ResultType: 50126",
        "IPAddress: 10.",
        "browser: curl",
        "UserPrincipalName: '@x.org'",
        "User: '@x.org'",
        "ago(30m)",
    ] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
}
