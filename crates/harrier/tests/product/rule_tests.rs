//! The bundled rules pass their own tests, and each has some.

use std::path::Path;

use harrier_detect::testing::{CaseOutcome, TestOptions, run_tests};
use harrier_rules::{SourceText, find_tests, load, parse_tests, rule_beside, tests_beside};

#[test]
fn bundled_rules_pass_their_tests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/rules");
    let loaded = load(std::slice::from_ref(&folder));
    let is_lesson = |path: &Path| path.to_string_lossy().contains("lessons");
    for rule in loaded.rules.iter().filter(|rule| !is_lesson(&rule.file.path)) {
        assert!(tests_beside(&rule.file.path).is_some(), "{} has no tests", rule.file.relative);
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let options = TestOptions { covers: false, ..TestOptions::default() };
    let mut cases = 0;
    for path in find_tests(&folder) {
        let source = SourceText::decode(&std::fs::read(&path).unwrap()).unwrap();
        let tests = parse_tests(&path, source).unwrap();
        let rule = rule_beside(&path).unwrap();
        let rule = loaded.rules.iter().find(|known| known.file.path == rule).unwrap();
        let report = runtime.block_on(run_tests(rule, &tests, &loaded, &options));
        for case in &report.cases {
            assert_eq!(case.outcome, CaseOutcome::Passed, "{}: {}", path.display(), case.name);
        }
        // One that finds something, and one that does not.
        assert!(report.cases.iter().any(|case| case.rows > 0), "{}", path.display());
        assert!(report.cases.iter().any(|case| case.rows == 0), "{}", path.display());
        cases += report.cases.len();
    }
    println!("{cases} cases of bundled rules");
}
