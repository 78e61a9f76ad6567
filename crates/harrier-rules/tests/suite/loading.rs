//! Files of all kinds, and broken ones.

use std::path::PathBuf;

use harrier_rules::{
    CheckLine, LoadError, Loaded, RuleKind, Seconds, Severity, check, load, stored_functions,
};
use kql_semantics::BindOptions;

use crate::known::Known;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        Self(folder)
    }

    fn load(&self) -> Loaded {
        load(&[self.0.path().to_owned()])
    }
}

const RULE: &str = "\u{feff}id: 0F7A
name: Failures
description: |
  'Many failures.'
severity: high
kind: Scheduled
queryFrequency: 1h
queryPeriod: P1D
triggerOperator: gt
triggerThreshold: 3
tactics:
- CredentialAccess
relevantTechniques: [t1110]
query: |
  print x = 1
    | where y == 2
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: FullName
        columnName: x
version: 1.0
";

/// With the line ends that many rules have.
fn rule_text() -> String {
    RULE.replace('\n', "\r\n")
}

fn line(loaded: &Loaded) -> CheckLine {
    check(&loaded.rules[0], &Known::default(), &BindOptions::default()).line()
}

#[test]
fn a_rule_has_its_fields() {
    let folder = Folder::new(&[("a/rule.yaml", rule_text().as_bytes())]);
    let loaded = folder.load();
    let rule = &loaded.rules[0];
    assert_eq!(rule.file.relative, "a/rule.yaml");
    assert_eq!(&*rule.file.bytes, rule_text().as_bytes());
    assert_eq!((rule.kind, rule.id.as_deref()), (RuleKind::Scheduled, Some("0f7a")));
    assert_eq!((rule.name.as_str(), rule.description.as_str()), ("Failures", "Many failures."));
    assert_eq!(rule.severity, Some(Severity::High));
    assert_eq!(rule.techniques, ["T1110"]);
    let schedule = rule.schedule.unwrap();
    assert_eq!((schedule.frequency, schedule.period), (Seconds(3600), Seconds(86_400)));
    assert_eq!(schedule.threshold, 3);
    assert_eq!(rule.entity_mappings[0].fields, [("FullName".to_owned(), "x".to_owned())]);
    assert_eq!(rule.version.as_deref(), Some("1.0"));
}

#[test]
fn a_mistake_is_shown_in_its_line() {
    let loaded = Folder::new(&[("rule.yaml", rule_text().as_bytes())]).load();
    let line = line(&loaded);
    assert!(line.parse_ok);
    let error = &line.diagnostics[0];
    assert_eq!((error.code, error.line, error.column), ("unknown-column", 16, 13));
    assert_eq!((error.end_line, error.end_column), (16, 14));
    assert!(line.columns.is_none());
}

#[test]
fn each_file_is_one_thing() {
    let deep = format!("query: {}x{}", "[".repeat(60), "]".repeat(60));
    let folder = Folder::new(&[
        ("Parsers/Syslog.kql.txt", b"// save it under the alias as SyslogParsed\nprint a = 1"),
        (
            "asim.yaml",
            b"ParserName: vimX\nEquivalentBuiltInParser: _Im_X\nParserQuery: print b = 2\n",
        ),
        ("template.yaml", b"ParserName: <name>\nParserQuery: T | take 1\n"),
        ("retired.yaml", b"id: 1\nname: Old\ndescription: moved\n"),
        ("plain.kql", b"print 1"),
        ("readme.txt", b"This folder | holds rules"),
        ("query.txt", b"print 1 | take 1"),
        ("list.yaml", b"- a\n- b\n"),
        ("bad.yaml", b"query: |\n  T\n bad: [\n"),
        ("deep.yaml", deep.as_bytes()),
        ("notes.md", b"# notes"),
        ("arm.json", b"{}"),
        ("picture.png", b"\x89PNG\0"),
        ("zip.kql", b"PK\x03\x04\0\0"),
        ("empty.yaml", b""),
        (".git/config", b"hidden"),
        (
            "wrong.yaml",
            b"name: n\nseverity: Grave\nqueryFrequency: often\nqueryPeriod: 1h\nquery: print 1\n",
        ),
    ]);
    let loaded = folder.load();
    assert_eq!(loaded.file_count(), 16);
    let rules: Vec<_> = loaded.rules.iter().map(|rule| rule.file.relative.as_str()).collect();
    assert_eq!(rules, ["plain.kql", "query.txt", "wrong.yaml"]);
    let wrong = &loaded.rules[2];
    assert_eq!(wrong.diagnostics.len(), 2);
    assert_eq!(wrong.schedule.unwrap().frequency, Seconds(3600));
    assert_eq!(loaded.functions.len(), 2);
    let stored = stored_functions(&loaded.functions, &Known::default());
    let names: Vec<_> = stored.iter().map(|function| function.name.to_string()).collect();
    assert_eq!(names, ["Syslog", "SyslogParsed", "_Im_X", "vimX"]);
    let others: Vec<_> = loaded
        .others
        .iter()
        .map(|other| (other.relative.as_str(), other.reason.as_str()))
        .collect();
    assert!(others.contains(&("template.yaml", "a template")));
    assert!(others.contains(&("retired.yaml", "a rule without a query (retired)")));
    assert!(others.contains(&("zip.kql", "a binary file")));
    let errors: Vec<_> = loaded
        .errors
        .iter()
        .map(|error| match error {
            LoadError::Text { file, diagnostic } => (file.relative.as_str(), diagnostic.code.0),
            LoadError::Unreadable { relative, .. } => (relative.as_str(), "unreadable"),
        })
        .collect();
    assert_eq!(errors, [("bad.yaml", "not-yaml"), ("deep.yaml", "yaml-too-large")]);
}

#[test]
fn paths_may_be_globs_and_may_be_wrong() {
    let folder = Folder::new(&[
        ("a/x.kql", b"print 1"),
        ("b/y.kql", b"print 1"),
        ("b/z.yaml", b"query: print 1"),
    ]);
    let root = folder.0.path();
    assert_eq!(load(&[root.join("*/*.kql")]).rules.len(), 2);
    assert_eq!(load(&[root.join("b"), root.join("b/y.kql")]).rules.len(), 2);
    let nowhere = load(&[PathBuf::from("/no/such/folder"), root.join("*.nothing")]);
    assert_eq!(nowhere.errors.len(), 2);
}
