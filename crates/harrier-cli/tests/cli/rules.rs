//! `harrier rules`.

use std::path::Path;
use std::process::Command;

use crate::harrier::{Ran, run, write};

const RULE: &str = "id: 6b2a1c1e-7a52-4d0e-9b39-6c2f4f1d8a10\nname: Odd sign-ins\ndescription: Looks for oddities.\nkind: Scheduled\nseverity: Low\n\
    queryFrequency: 1d\nqueryPeriod: 1d\ntriggerOperator: gt\ntriggerThreshold: 0\nstatus: Available\nrelevantTechniques: [T1078]\nquery: |\n  SigninLogs\n  | where ResultType == '50126'\n  | project UserPrincipalName\n";

/// A folder with git, and two commits; none where git is not installed.
fn repository(folder: &Path) -> Option<String> {
    let git = |words: &[&str]| {
        let identity =
            ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        Command::new("git").args(identity).args(words).current_dir(folder).output().ok()
    };
    write(folder, "rules/odd.yaml", RULE);
    if git(&["init", "--quiet"]).is_none() {
        eprintln!("skipped: git is not installed");
        return None;
    }
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "Odd sign-ins"]);
    write(folder, "rules/odd.yaml", &RULE.replace("50126", "50053"));
    git(&["commit", "--quiet", "-am", "Locked accounts \u{1b}[31m"]);
    Some(folder.display().to_string())
}

#[test]
fn a_repository_from_add_to_remove() {
    let folder = tempfile::tempdir().unwrap();
    let Some(work) = repository(&folder.path().join("work")) else { return };
    let home = folder.path().join("home").display().to_string();
    let rules = |words: &[&str]| -> Ran {
        let mut all = vec!["rules"];
        all.extend_from_slice(words);
        all.extend(["--home", home.as_str()]);
        run(&all)
    };
    assert!(rules(&["search", "odd"]).ended(2).err.contains("rules add"));
    let added = rules(&["add", &work, "--name", "ours"]).ended(0);
    assert!(added.out.starts_with("ours: 1 rules at "), "{}", added.out);
    assert!(rules(&["add", &work, "--name", "ours"]).ended(2).err.contains("already"));
    let listed = rules(&["list", "--format", "json"]).ended(0).json();
    assert_eq!((&listed[0]["name"], &listed[0]["rules"]), (&"ours".into(), &1.into()));
    assert!(rules(&["list"]).ended(0).out.contains("ours"));
    let found = rules(&["search", "table:SigninLogs", "technique:T1078", "ODD"]).ended(0);
    assert!(found.out.contains("ours/rules/odd.yaml"), "{}", found.out);
    let lines = rules(&["search", "odd", "--format", "ndjson"]).ended(0).out;
    assert!(lines.contains("\"tables\":[\"SigninLogs\"]"), "{lines}");
    let log = rules(&["log", "odd.yaml"]).ended(0).out;
    for wanted in [
        "Odd sign-ins",
        "literals",
        "- ResultType == \"50126\"",
        "+ ResultType == \"50053\"",
        "added",
    ] {
        assert!(log.contains(wanted), "{wanted}: {log}");
    }
    assert!(!log.contains('\u{1b}'));
    let diff = rules(&["diff", "Odd sign-ins", "--text"]).ended(1).out;
    assert!(diff.contains("-  | where ResultType == '50126'"), "{diff}");
    let shown = rules(&["show", "6b2a1c1e-7a52-4d0e-9b39-6c2f4f1d8a10"]).ended(0).out;
    assert!(shown.contains("every 1d, over 1d") && shown.contains("commit"), "{shown}");
    assert!(rules(&["sync"]).ended(0).out.contains("nothing new"));
    rules(&["remove", "our"]).ended(2);
    rules(&["remove", "ours"]).ended(0);
    assert!(rules(&["show", "Odd sign-ins"]).ended(2).err.contains("no rule"));
}

#[test]
fn a_rule_in_other_forms() {
    let folder = tempfile::tempdir().unwrap();
    let rule = write(folder.path(), "odd.yaml", RULE);
    let template = folder.path().join("odd.json").display().to_string();
    run(&["rules", "show", &rule, "--format", "arm", "--out", &template]).ended(0);
    let text = std::fs::read_to_string(&template).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["resources"][0]["properties"]["queryPeriod"], "P1D");
    let back = run(&["rules", "show", &template, "--format", "json"]).ended(0).json();
    assert_eq!((&back["status"], &back["queryPeriod"]), (&"Available".into(), &"1d".into()));
    assert_eq!(run(&["rules", "diff", &rule, &template]).ended(0).out, "");
    assert_eq!(run(&["rules", "show", &rule, "--format", "original"]).ended(0).out, RULE);
}

#[test]
fn a_url_with_a_secret_is_told_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().display().to_string();
    // Nobody listens there.
    let refused =
        run(&["rules", "add", "http://me:s3cret@127.0.0.1:1/x.git", "--home", &home]).ended(2);
    assert!(refused.err.contains("127.0.0.1:1/x.git"), "{}", refused.err);
    assert!(!refused.err.contains("s3cret"), "{}", refused.err);
    let clear =
        run(&["rules", "add", "http://me:s3cret@example.com/x.git", "--home", &home]).ended(2);
    assert!(clear.err.contains("https") && !clear.err.contains("s3cret"), "{}", clear.err);
}
