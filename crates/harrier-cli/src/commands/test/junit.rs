//! JUnit XML.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use harrier_detect::testing::{CaseOutcome, CaseReport, TestReport};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::write::coverage_line;

/// Writes all files of tests as suites.
pub(super) fn write(done: &[(PathBuf, TestReport)], output: &mut impl Write) -> io::Result<()> {
    let mut report = Report::new("harrier test");
    for (path, tests) in done {
        let name = path.to_string_lossy();
        let mut suite = TestSuite::new(&*name);
        for case in &tests.cases {
            suite.add_test_case(test_case(case, &name));
        }
        if let Some(line) = tests.coverage.as_ref().and_then(coverage_line) {
            suite.set_system_out(line);
        }
        report.add_test_suite(suite);
    }
    let text = report.to_string().map_err(io::Error::other)?;
    output.write_all(text.as_bytes())
}

fn test_case(case: &CaseReport, suite: &str) -> TestCase {
    let status = match &case.outcome {
        CaseOutcome::Passed => TestCaseStatus::success(),
        CaseOutcome::Failed { reasons, found } => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(reasons.first().map_or("", String::as_str));
            let found = found.iter().map(|row| format!("found {row}"));
            let lines: Vec<String> = reasons.iter().cloned().chain(found).collect();
            status.set_description(lines.join("\n"));
            status
        }
        CaseOutcome::Broken { reason } => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message(reason.as_str());
            status
        }
    };
    let mut test = TestCase::new(case.name.as_str(), status);
    test.set_classname(suite);
    test.set_time(Duration::from_millis(case.elapsed_ms));
    test
}
