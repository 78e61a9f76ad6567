//! `harrier schema`.

use crate::harrier::{run, write};

#[test]
fn known_and_found() {
    let list = run(&["schema", "list", "signinlogs"]).ended(0).out;
    assert!(list.contains("SigninLogs"), "{list}");
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "SigninLogs.ndjson",
        "{\"TimeGenerated\":\"2024-03-01T10:00:00Z\",\"Extra\":{\"a\":1}}\nnot json\n",
    );
    let data = folder.path().display().to_string();
    let found = run(&["schema", "list", "--data", &data]).ended(0);
    assert!(
        found.out.contains("SigninLogs") && found.out.contains("2024-03-01T10:00:00"),
        "{}",
        found.out
    );
    assert!(found.err.contains("line 2"), "{}", found.err);
    let columns = run(&["schema", "show", "SigninLogs", "--data", &data]).ended(0).out;
    assert!(
        columns.lines().any(|line| line.starts_with("Extra ") && line.contains("dynamic")),
        "{columns}"
    );
    let lines = run(&["schema", "infer", "--data", &data]).ended(0).out;
    assert!(lines.contains("\"known\":false"), "{lines}");
    let unknown = run(&["schema", "show", "SigninLog"]).ended(2);
    assert!(unknown.err.contains("did you mean `SigninLogs`?"), "{}", unknown.err);
    let missing = run(&["schema", "list", "--data", &format!("{data}x")]).ended(2);
    assert!(missing.err.contains("no such file or folder"), "{}", missing.err);
}
