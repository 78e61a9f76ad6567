//! `harrier query`.

use std::io::Read;
use std::process::Stdio;

use serde_json::json;

use crate::harrier::{command, fed, run, write};

#[test]
fn forms_of_results() {
    let query = "range n from 1 to 2 step 1 | extend s = strcat('a,', tostring(n)), t = datetime(2026-11-02)";
    let table = run(&["query", query]).ended(0);
    assert_eq!(
        table.out,
        "n  s    t\n-  ---  ----------------------------\n1  a,1  2026-11-02T00:00:00.0000000Z\n2  a,2  2026-11-02T00:00:00.0000000Z\n(2 rows)\n"
    );
    assert_eq!(table.err, "");
    let json = run(&["query", query, "--format", "json"]).ended(0).json();
    assert_eq!(json["columns"][1], json!({ "name": "s", "type": "string" }));
    assert_eq!(json["rows"][1], json!([2, "a,2", "2026-11-02T00:00:00.0000000Z"]));
    let lines = run(&["query", query, "--format", "ndjson"]).ended(0).out;
    assert_eq!(
        lines.lines().next(),
        Some(r#"{"n":1,"s":"a,1","t":"2026-11-02T00:00:00.0000000Z"}"#)
    );
    let csv = run(&["query", query, "--format", "csv"]).ended(0).out;
    assert_eq!(
        csv,
        "n,s,t\r\n1,\"a,1\",2026-11-02T00:00:00.0000000Z\r\n2,\"a,2\",2026-11-02T00:00:00.0000000Z\r\n"
    );
}

#[test]
fn several_tables() {
    let query = "print a = 1; print b = 2";
    assert_eq!(
        run(&["query", query, "--format", "json"]).ended(0).json()["columns"][0]["name"],
        "a"
    );
    let lines = run(&["query", query, "--format", "ndjson"]).ended(0).out;
    assert_eq!(lines, "{\"$table\":\"table 1\",\"a\":1}\n{\"$table\":\"table 2\",\"b\":2}\n");
    assert!(run(&["query", query]).ended(0).out.contains("table 2:\nb\n"));
}

#[test]
fn the_query_comes_from_where_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "q.kql", "\u{feff}print x = 7");
    assert!(run(&["query", "-f", &file]).ended(0).out.contains('7'));
    assert!(fed(&["query", "-"], "print x = 8").ended(0).out.contains('8'));
    let missing = run(&["query", "-f", &file.replace("q.kql", "q.kq")]).ended(2);
    assert!(
        missing.err.contains("did you mean") && missing.err.contains("q.kql"),
        "{}",
        missing.err
    );
}

#[test]
fn a_mistake_is_shown_at_its_place() {
    let ran = run(&["query", "SecurityEvent\n| where Acount == 'a'"]).ended(2);
    assert_eq!(ran.out, "");
    for wanted in
        ["error[unknown-column, KS142]", "<query>:2:9", "^^^^^^", "did you mean `Account`?"]
    {
        assert!(ran.err.contains(wanted), "{wanted}: {}", ran.err);
    }
    let table = run(&["query", "SecurityEvnt | count"]).ended(2);
    assert!(table.err.contains("SecurityEvent"), "{}", table.err);
}

#[test]
fn now_is_the_last_event_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "{\"TimeGenerated\":\"2024-03-01T10:00:00Z\",\"UserPrincipalName\":\"a\"}\n{\"TimeGenerated\":\"2024-03-05T10:00:00Z\",\"UserPrincipalName\":\"b\"}\n";
    write(folder.path(), "SigninLogs.ndjson", rows);
    let data = folder.path().display().to_string();
    let ran = run(&[
        "query",
        "SigninLogs | where TimeGenerated > ago(1d) | project UserPrincipalName",
        "--data",
        &data,
        "--format",
        "csv",
    ])
    .ended(0);
    assert_eq!(ran.out, "UserPrincipalName\r\nb\r\n");
    assert!(ran.err.contains("now() is 2024-03-05T10:00:00"), "{}", ran.err);
    let as_of = run(&[
        "query",
        "SigninLogs | where TimeGenerated > ago(1d) | count",
        "--data",
        &data,
        "--as-of",
        "2025-01-01",
        "--format",
        "csv",
    ])
    .ended(0);
    assert_eq!((as_of.out.as_str(), as_of.err.as_str()), ("Count\r\n0\r\n", ""));
    assert_eq!(run(&["query", "SigninLogs | count", "--data", &data]).ended(0).err, "");
}

#[test]
fn parquet_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("Things_CL.parquet").display().to_string();
    let query = "range n from 1 to 3 step 1 | extend TimeGenerated = datetime(2026-01-01) + n * 1h, d = pack('k', n), s = 'x'";
    run(&["query", query, "--out", &out]).ended(0);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "something passing was left");
    let back = run(&[
        "query",
        "Things_CL | where n == 2 | project TimeGenerated, k = tolong(parse_json(d).k), s",
        "--data",
        &out,
        "--format",
        "json",
    ]);
    assert_eq!(back.ended(0).json()["rows"], json!([["2026-01-01T02:00:00.0000000Z", 2, "x"]]));
    let unknown = run(&["query", "print 1", "--out", "x.docx"]).ended(2);
    assert!(unknown.err.contains(".parquet"), "{}", unknown.err);
}

#[test]
fn a_broken_pipe_is_quiet() {
    let mut command = command(&["query", "range n from 1 to 300000 step 1", "--format", "ndjson"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 8];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
