//! `harrier check`: what lints find, in all forms; suppressions, baselines, mends.

use crate::harrier::{run, write};

const RULE: &str = r#"id: 6b2a1c1e-7a52-4d0e-9b39-6c2f4f1d8a10
name: Credentials added
description: Somebody added a credential to an application.
kind: scheduled
severity: Low
requiredDataConnectors: []
queryFrequency: 1d
queryPeriod: 1d
triggerOperator: gt
triggerThreshold: 0
tactics:
- Privilege escalation
query: |
  CloudAppEvents
  | where ActionType == "Update application - Certificates and secrets management "
  | project TimeGenerated, IPAddress
entityMappings:
- entityType: IP
  fieldMappings:
  - identifier: Address
    columnName: IpAddress
"#;

fn lines(out: &str) -> Vec<serde_json::Value> {
    out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

fn codes(line: &serde_json::Value) -> Vec<String> {
    let findings = line["findings"].as_array().cloned().unwrap_or_default();
    findings.iter().map(|one| one["code"].as_str().expect("a code is a text").to_owned()).collect()
}

#[test]
fn a_finding_teaches() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "rule.yaml", RULE);
    let found = run(&["check", &path]).ended(1);
    for wanted in [
        "error[HR401]",
        "rule.yaml:15:25",
        "U+2013",
        "never matched",
        "help: the known value is",
        "error[HR302]",
        "write `IPAddress`",
    ] {
        assert!(found.out.contains(wanted), "{wanted}: {}", found.out);
    }
    let line = lines(&run(&["check", &path, "--format", "ndjson"]).ended(1).out).remove(0);
    assert_eq!(codes(&line), ["HR103", "HR133", "HR401", "HR302"]);
    // What the language service would say stays apart.
    assert_eq!(line["diagnostics"], serde_json::json!([]));
}

#[test]
fn mending_keeps_the_rest_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("\u{feff}{}", RULE.replace('\n', "\r\n"));
    let path = write(folder.path(), "rule.yaml", &text);
    let mended = run(&["check", &path, "--fix"]).ended(0);
    assert!(mended.err.contains("4 mended"), "{}", mended.err);
    let wanted = text
        .replace("application - Cert", "application \\u2013 Cert")
        .replace("IpAddress", "IPAddress")
        .replace("kind: scheduled", "kind: Scheduled")
        .replace("Privilege escalation", "PrivilegeEscalation");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), wanted);
    let again = run(&["check", &path, "--fix"]).ended(0);
    assert!(!again.err.contains("mended"), "{}", again.err);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), wanted);
}

#[test]
fn suppressions_have_reasons_and_meet_something() {
    let folder = tempfile::tempdir().unwrap();
    let reason = "management \" // harrier:ignore HR401 the old log writes a hyphen\n";
    let text = RULE
        .replace("management \"\n", reason)
        .replace("    columnName", "    # harrier:ignore HR302\n    columnName")
        .replace("severity", "# harrier:ignore HR407 nothing here\nseverity");
    let path = write(folder.path(), "rule.yaml", &text);
    let line = lines(&run(&["check", &path, "--format", "ndjson"]).ended(0).out).remove(0);
    let mut codes = codes(&line);
    codes.sort();
    assert_eq!(codes, ["HR001", "HR002", "HR103", "HR133"]);
    let settings = write(
        folder.path(),
        "harrier.toml",
        r#"[check]
fail-on = "warning"

[[check.ignore]]
codes = ["HR103"]
path = "*.yaml"
reason = "as it came"

[[check.ignore]]
codes = ["HR133", "HR002"]
rule = "6B2A1C1E-7a52-4d0e-9b39-6c2f4f1d8a10"

[[check.ignore]]
codes = ["HR999"]
reason = "x"
"#,
    );
    let ran = run(&["check", &path, "--config", &settings, "--format", "ndjson"]).ended(0);
    assert_eq!(self::codes(&lines(&ran.out).remove(0)), ["HR001"]);
    assert!(
        ran.err.contains("does not say why") && ran.err.contains("HR999 meets nothing"),
        "{}",
        ran.err
    );
    let wrong = write(folder.path(), "wrong.toml", "[check]\npersona = \"nobody\"\n");
    run(&["check", &path, "--config", &wrong]).ended(2);
}

#[test]
fn a_baseline_tells_only_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "rule.yaml", RULE);
    let baseline = folder.path().join("baseline.json").display().to_string();
    run(&["check", &path, "--write-baseline", &baseline]).ended(0);
    let quiet = run(&["check", &path, "--baseline", &baseline]).ended(0);
    assert_eq!(quiet.out, "");
    // What moves stays known; what comes is told.
    write(
        folder.path(),
        "rule.yaml",
        &RULE
            .replace("kind:", "version: 1.0.0\nkind:")
            .replace("project TimeGenerated, ", "project "),
    );
    let line = lines(
        &run(&[
            "check",
            &path,
            "--baseline",
            &baseline,
            "--persona",
            "pedantic",
            "--format",
            "ndjson",
        ])
        .ended(0)
        .out,
    )
    .remove(0);
    assert_eq!(codes(&line), ["HR307"]);
    run(&["check", &path, "--baseline", &path]).ended(2);
}

#[test]
fn the_level_that_fails_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let text = RULE
        .replace("application - Cert", "application \\u2013 Cert")
        .replace("IpAddress", "IPAddress")
        .replace("Privilege escalation", "PrivilegeEscalation");
    let path = write(folder.path(), "rule.yaml", &text);
    run(&["check", &path]).ended(0);
    run(&["check", &path, "--fail-on", "warning"]).ended(1);
    let auditor = run(&["check", &path, "--persona", "auditor"]).ended(0);
    assert!(auditor.out.contains("HR213"), "{}", auditor.out);
}

#[test]
fn sarif_is_what_its_schema_says() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "rule one.yaml", RULE);
    write(folder.path(), "broken.yaml", "name: b\nquery: |\n  SigninLogs | where\n");
    let rules = folder.path().display().to_string();
    let log = run(&["check", &rules, "--format", "sarif", "--persona", "auditor"]).ended(1).json();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let of = |code: &str| results.iter().find(|one| one["ruleId"] == code).unwrap();
    assert_eq!(of("HR401")["level"], "error");
    let place = &of("HR401")["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startLine"], 15);
    assert!(
        place["artifactLocation"]["uri"].as_str().unwrap().ends_with("/rule%20one.yaml"),
        "{place}"
    );
    assert_eq!(
        of("HR302")["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
        "IPAddress"
    );
    let index = of("HR401")["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], "HR401");
    // The schema is OASIS's; where it lies on this machine is told by its path.
    let Some(schema) = std::env::var_os("SARIF_SCHEMA") else {
        println!("skipped: SARIF_SCHEMA names no schema");
        return;
    };
    let schema: serde_json::Value =
        serde_json::from_slice(&std::fs::read(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn junit_has_a_case_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "rule.yaml", RULE);
    let report = run(&["check", &path, "--format", "junit"]).ended(1).out;
    assert!(report.contains(r#"failures="2""#), "{report}");
    assert!(report.contains("HR401 at line 15"), "{report}");
    assert!(report.contains(r#"type="HR302""#), "{report}");
}

#[test]
fn codes_are_explained() {
    let page = run(&["explain", "hr401"]).ended(0).out;
    for wanted in
        ["HR401 dead-literal", "What it finds", "Why it matters", "Instead", "When to ignore"]
    {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    assert!(run(&["explain", "unknown-column"]).ended(0).out.contains("KS142"));
    assert!(run(&["explain", "KS142"]).ended(0).out.contains("unknown-column"));
    assert!(run(&["explain", "HR101"]).ended(0).out.contains("not-yaml"));
    run(&["explain", "HR999"]).ended(2);
}

#[test]
fn data_says_what_never_occurs() {
    let folder = tempfile::tempdir().unwrap();
    let event = |operation: &str, name: &str| {
        format!(
            r#"{{"TimeGenerated":"2026-11-20T08:00:00Z","Timestamp":"2026-11-20T08:00:00Z","ActionType":"{operation}","RawEventData":{{"{name}":"x"}}}}"#
        ) + "\n"
    };
    let events = event("MailItemsAccessed", "ClientIP") + &event("Add – thing", "ClientIP");
    write(folder.path(), "logs/CloudAppEvents.json", &events);
    let logs = folder.path().join("logs").display().to_string();
    let rule = "CloudAppEvents\n| where Timestamp > ago(1d)\n| where ActionType in (\"MailItemsAcessed\", \"Add - thing\", \"MailItemsAccessed\")\n| where tostring(RawEventData.clientip) == \"x\"\n| union (SigninLogs | where TimeGenerated > ago(1d))\n";
    let path = write(folder.path(), "rule.kql", rule);
    let ran =
        run(&["check", &path, "--data", &logs, "--cache", "none", "--format", "ndjson"]).ended(1);
    let line = lines(&ran.out).remove(0);
    let findings = line["findings"].as_array().unwrap();
    let of = |code: &str| -> Vec<String> {
        let found = findings.iter().filter(|one| one["code"] == code);
        found.map(|one| format!("{} {}", one["message"], one["help"])).collect()
    };
    let never = of("HR415");
    assert_eq!(never.len(), 2, "{findings:#?}");
    assert!(never[0].contains("did you mean `MailItemsAccessed`?"), "{never:?}");
    assert!(never[1].contains("U+2013") && never[1].contains("U+002D"), "{never:?}");
    assert!(of("HR406")[0].contains("`ClientIP`"), "{findings:#?}");
    assert!(of("HR416")[0].contains("SigninLogs"), "{findings:#?}");
    assert_eq!(line["data"]["CloudAppEvents"]["rows"], 2);
}
