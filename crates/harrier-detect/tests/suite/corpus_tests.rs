//! Real rules over events written for them: `tests/corpus/*.test.yaml`, whose rules lie in the shared folder.

use std::path::PathBuf;

use harrier_detect::testing::{CaseOutcome, TestOptions, run_tests};
use harrier_rules::{Loaded, SourceText, find_tests, load, parse_tests};

/// The folder of real rules; none where it is not on this machine.
fn corpus() -> Option<PathBuf> {
    let given = std::env::var_os("HARRIER_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = given.unwrap_or(beside).join("corpus/rules");
    folder.is_dir().then_some(folder)
}

#[test]
fn real_rules_find_what_is_written_for_them() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let files = find_tests(&folder);
    assert!(files.len() >= 30, "{} files of tests", files.len());
    let Some(corpus) = corpus() else {
        println!("skipped: no shared folder");
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let options = TestOptions { covers: false, ..TestOptions::default() };
    let mut wrong = Vec::new();
    for path in &files {
        let source = SourceText::decode(&std::fs::read(path).unwrap()).unwrap();
        let tests = parse_tests(path, source).unwrap();
        let rule = corpus.join(tests.rule.as_deref().unwrap());
        let rules = load(&[rule]).rules;
        let report = runtime.block_on(run_tests(&rules[0], &tests, &Loaded::default(), &options));
        // One that finds something, and one that does not.
        assert!(report.cases.iter().any(|case| case.rows > 0), "{}", path.display());
        assert!(report.cases.iter().any(|case| case.rows == 0), "{}", path.display());
        let failed = report.cases.iter().filter(|case| case.outcome != CaseOutcome::Passed);
        wrong.extend(failed.map(|case| format!("{}: {case:?}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{} real rules", files.len());
}
