//! The feed and the pages of bundled rules.

mod browser;
mod formats;
mod snapshots;

use std::path::{Path, PathBuf};

use harrier::demo::{FUNCTIONS, RULES};
use harrier::feed::{FeedOptions, FeedReport, build};
use harrier::pages::{Knowledge, pages};
use harrier_rules::attack::Version;
use harrier_rules::page::Page;
use harrier_rules::{load, stored_functions};
use harrier_store::KnownSchemas;

/// A folder with the bundled rules.
fn bundled() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in RULES.iter().chain(FUNCTIONS) {
        let path = folder.path().join(format!("{name}.yaml"));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// The pages of the rules in a folder.
fn read(folder: &Path) -> Vec<Page> {
    let loaded = load(&[folder.to_owned()]);
    let functions = stored_functions(&loaded.functions, &KnownSchemas);
    pages(
        &loaded,
        Knowledge { catalog: &KnownSchemas, functions: &functions, observed: None, threads: 2 },
    )
}

fn options() -> FeedOptions {
    FeedOptions {
        title: String::from("Rules of a test"),
        url: Some(String::from("https://rules.example/feed/")),
        now: String::from("2026-11-24T18:00:00Z"),
        version: Version::V19,
    }
}

fn built(rules: &Path, site: &Path, options: &FeedOptions) -> FeedReport {
    build(site, read(rules), None, options).unwrap()
}

/// All files of a folder, by their path.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => waiting.push(path),
                false => found.push((path.clone(), std::fs::read(path).unwrap())),
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_same_rules_give_the_same_bytes() {
    let rules = bundled();
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let report = built(rules.path(), &one.path().join("site"), &options());
    built(rules.path(), &other.path().join("site"), &options());
    assert_eq!(report.rules, RULES.len());
    let relative = |folder: &Path| -> Vec<(PathBuf, Vec<u8>)> {
        let all = files(folder).into_iter();
        all.map(|(path, bytes)| (path.strip_prefix(folder).unwrap().to_owned(), bytes)).collect()
    };
    assert!(relative(one.path()) == relative(other.path()));
    // Built again, nothing is written.
    let again = built(rules.path(), &one.path().join("site"), &options());
    assert_eq!((again.files, again.changes), (0, 0));
}

#[test]
fn what_changed_in_meaning_is_told() {
    let rules = bundled();
    let site = rules.path().join("site-of-it");
    let rules = rules.path().join("identity");
    built(&rules, &site, &options());
    let path = rules.join("guessed-password.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let layout = text
        .replace("  | where ResultType == \"0\"", "  | where ResultType   ==   \"0\" // success");
    assert_ne!(text, layout);
    std::fs::write(&path, layout).unwrap();
    let later = FeedOptions { now: String::from("2026-11-25T18:00:00Z"), ..options() };
    assert_eq!(built(&rules, &site, &later).changes, 0, "layout and comments are no change");
    std::fs::write(
        &path,
        text.replace("severity: High", "severity: Low").replace("50126", "50053"),
    )
    .unwrap();
    std::fs::remove_file(rules.join("password-spray.yaml")).unwrap();
    let report = built(&rules, &site, &later);
    assert_eq!(report.changes, 2);
    let page = std::fs::read_to_string(site.join("changes.html")).unwrap();
    for said in [
        "severity Low instead of High",
        "literals added: SigninLogs.ResultType: 50053",
        "gone",
        "2026-11-25",
    ] {
        assert!(page.contains(said), "{said}");
    }
    let left: Vec<_> = files(&site.join("rules"))
        .into_iter()
        .filter(|(path, _)| path.to_string_lossy().contains("spray"))
        .collect();
    assert!(left.is_empty(), "pages of rules that are gone are removed");
}

#[test]
fn a_folder_with_other_files_is_left_alone() {
    let rules = bundled();
    let error = build(&rules.path().join("identity"), Vec::new(), None, &options()).unwrap_err();
    assert!(error.to_string().contains("no feed"), "{error}");
}

#[test]
fn hostile_text_stays_text() {
    let rules = tempfile::tempdir().unwrap();
    std::fs::write(rules.path().join("bad<b>.yaml"), HOSTILE).unwrap();
    let site = rules.path().join("out");
    let pages = read(rules.path());
    assert_eq!(pages.len(), 1);
    build(&site, pages, None, &options()).unwrap();
    for (path, bytes) in files(&site) {
        let text = String::from_utf8(bytes).unwrap();
        if path.extension().is_some_and(|ending| ending == "html" || ending == "xml") {
            for bad in
                ["<script>alert", "<img", "<svg", "javascript:alert(1)\"", "\u{202e}", "\u{1b}"]
            {
                assert!(!text.contains(bad), "{} holds {bad:?}", path.display());
            }
        }
    }
}

/// A rule that would like to be a page.
const HOSTILE: &str = r#"id: 11111111-2222-4333-8444-555555555555
name: "<script>alert(1)</script> & \"quotes\" \u202etxt \e[2J <img src=x onerror=alert(1)>"
description: "</section></main><script>alert(2)</script> see javascript:alert(1) and https://a.example/\"><svg onload=alert(3)> `code` | table"
severity: "High\" onmouseover=\"alert(4)"
kind: Scheduled
queryFrequency: 1d
queryPeriod: 1d
triggerOperator: gt
triggerThreshold: 0
tactics:
  - "<script>alert(5)</script>"
relevantTechniques:
  - "T1078</td><script>alert(6)</script>"
query: |
  // <script>alert(7)</script> */ ]]> </code></pre>
  let x = "</script><script>alert(8)</script>";
  SigninLogs | where UserAgent has x or UserAgent == '`<img src=y onerror=alert(9)>`'
"#;
