//! All lints over all rules: how often each finds something.

use std::collections::BTreeMap;
use std::time::Instant;

use harrier_rules::{Beside, LINTS, RuleCatalog, RuleSet, check_and_lint, load, stored_functions};

use super::found;
use crate::known::Known;
use crate::shared::folder;

/// `FINDINGS=file` writes every finding there, a JSON object a line; `MATCH=part-of-a-path` looks at some files only.
#[test]
fn counts() {
    let Some(shared) = folder() else { return };
    let loaded = load(&[shared.join("corpus/rules")]);
    let known = Known::load(&shared);
    let functions = stored_functions(&loaded.functions, &known);
    let catalog = RuleCatalog::new(&known, &functions);
    let set = RuleSet::new(&loaded.rules, &loaded.functions);
    let matching = std::env::var("MATCH").unwrap_or_default();
    let started = Instant::now();
    let mut counts: BTreeMap<(&str, String), (usize, usize)> = BTreeMap::new();
    let mut lines = String::new();
    for rule in loaded.rules.iter().filter(|rule| rule.file.relative.contains(&matching)) {
        let beside = Beside { set: Some(&set), ..Beside::default() };
        let checked = check_and_lint(rule, &catalog, beside);
        let mut of_rule: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in &checked.findings {
            *of_rule.entry(finding.code.0).or_default() += 1;
            let found = found(rule, finding);
            lines.push_str(
                &serde_json::json!({
                    "path": rule.file.relative, "kind": checked.kind, "code": found.code, "level": format!("{:?}", found.level),
                    "line": found.line, "marked": found.marked, "message": found.message, "help": finding.help,
                })
                .to_string(),
            );
            lines.push('\n');
        }
        for (code, times) in of_rule {
            let count = counts.entry((code, checked.kind.to_owned())).or_default();
            count.0 += 1;
            count.1 += times;
        }
    }
    println!("{} rules in {:.1} s", loaded.rules.len(), started.elapsed().as_secs_f64());
    for lint in LINTS {
        let of = |kinds: &[&str]| -> String {
            let counts =
                kinds.iter().filter_map(|kind| counts.get(&(lint.code, (*kind).to_owned())));
            let (files, findings) =
                counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
            format!("{files:>5}/{findings:<5}")
        };
        println!(
            "{} {:<26} rules {} hunts {} others {}",
            lint.code,
            lint.name,
            of(&["scheduled", "nrt"]),
            of(&["hunting"]),
            of(&["query", "exploration"])
        );
    }
    if let Ok(path) = std::env::var("FINDINGS") {
        std::fs::write(path, lines).unwrap();
    }
}
