//! Pages, coverage, the feed.

use crate::harrier::run;

const RULE: &str = "id: 11111111-2222-4333-8444-555555555555
name: Wrong passwords
kind: Scheduled
severity: Low
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
tactics: [CredentialAccess]
relevantTechniques: [T1110]
query: |
  SigninLogs
  | where TimeGenerated > ago(1h) and ResultType == \"50126\"
  | summarize Failed = count() by UserPrincipalName
  | where Failed > 10
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: FullName
        columnName: UserPrincipalName
";

#[test]
fn a_rule_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rule.yaml");
    std::fs::write(&path, RULE).unwrap();
    let path = path.to_str().unwrap();
    let text = run(&["explain", path]).ended(0).out;
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("If an adversary steals credentials by way of brute force (T1110), then `SigninLogs` shows"), "{text}");
    assert!(flat.contains("the count `Failed` is more than 10"), "{text}");
    assert!(
        run(&["explain", path, "--format", "markdown"])
            .ended(0)
            .out
            .starts_with("# Wrong passwords")
    );
    let json = run(&["explain", path, "--format", "json"]).ended(0).out;
    let page: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(page["title"]["value"]["name"], "Wrong passwords");
    let html = folder.path().join("page.html");
    run(&["explain", path, "--out", html.to_str().unwrap()]).ended(0);
    assert!(std::fs::read_to_string(html).unwrap().contains("<h1>Wrong passwords</h1>"));
    run(&["explain", "no/such/rule.yaml"]).ended(2);
}

#[test]
fn with_data_claimed_and_able_are_two_things() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("rules");
    let logs = folder.path().join("logs");
    std::fs::create_dir_all(&rules).unwrap();
    std::fs::create_dir_all(&logs).unwrap();
    std::fs::write(rules.join("one.yaml"), RULE).unwrap();
    let other = RULE
        .replace("SigninLogs", "AADNonInteractiveUserSignInLogs")
        .replace("T1110", "T1110.003")
        .replace("1111-", "2222-");
    std::fs::write(rules.join("other.yaml"), other).unwrap();
    let row = "{\"TimeGenerated\":\"2026-11-20T10:00:00Z\",\"ResultType\":\"50126\",\"UserPrincipalName\":\"a@b.example\"}\n";
    std::fs::write(logs.join("SigninLogs.ndjson"), row).unwrap();
    let (rules, logs) = (rules.to_str().unwrap(), logs.to_str().unwrap());
    let text = run(&["coverage", rules]).ended(0).out;
    assert!(text.contains("2 rules; 2 of"), "{text}");
    let json = run(&["coverage", rules, "--data", logs, "--format", "json"]).ended(0).out;
    let coverage: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&coverage["able"], &coverage["techniques"]["claimed"], &coverage["techniques"]["able"]),
        (&1.into(), &2.into(), &1.into())
    );
    assert_eq!(coverage["gaps"][0]["table"], "AADNonInteractiveUserSignInLogs");
    assert_eq!(coverage["gaps"][0]["techniques"][0], "T1110.003");
    let layer = run(&["coverage", rules, "--format", "navigator"]).ended(0).out;
    assert!(layer.contains("\"layer\": \"4.5\""), "{layer}");
    let page = run(&["explain", &format!("{rules}/one.yaml"), "--data", logs]).ended(0).out;
    assert!(page.contains("here: 1 rows") && page.contains("seen: `50126`"), "{page}");
}

#[test]
fn a_feed_is_built() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("rule.yaml");
    std::fs::write(&rules, RULE).unwrap();
    let site = folder.path().join("site");
    let words =
        ["feed", "build", site.to_str().unwrap(), rules.to_str().unwrap(), "--as-of", "2026-11-24"];
    let ended = run(&words).ended(0);
    assert!(ended.err.contains("1 rules"), "{}", ended.err);
    assert!(site.join("index.html").is_file() && !site.join("sitemap.xml").exists());
    // A folder with other things is left alone.
    run(&["feed", "build", folder.path().to_str().unwrap(), rules.to_str().unwrap()]).ended(2);
}
