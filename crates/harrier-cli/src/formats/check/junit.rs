//! JUnit: a suite a file, a case a finding.

use std::io::{self, Write};

use harrier_rules::Checked;
use kql_syntax::{Diagnostic, Severity};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::checking::{level, said};

/// What is below `fail_on` passes, with what is said of it as its output.
pub(crate) fn write(
    checked: &[Checked],
    fail_on: Severity,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut report = Report::new("harrier check");
    for one in checked {
        let path = clean(&one.file.path.to_string_lossy());
        let mut suite = TestSuite::new(path.clone());
        let said = said(one);
        if said.is_empty() {
            suite.add_test_case(case("check", &path, TestCaseStatus::success()));
        }
        for diagnostic in said {
            suite.add_test_case(finding(one, diagnostic, fail_on, &path));
        }
        report.add_test_suite(suite);
    }
    report.serialize(output).map_err(io::Error::other)
}

fn finding(checked: &Checked, diagnostic: &Diagnostic, fail_on: Severity, path: &str) -> TestCase {
    let (start, _) = checked.file.source.places(diagnostic.span());
    let name = format!("{} at line {}", diagnostic.code.0, start.line);
    let message = clean(&diagnostic.message);
    let help = diagnostic.help.as_deref().map(|help| format!("\nhelp: {}", clean(help)));
    let text = format!(
        "{path}:{}:{}: {}[{}]: {message}{}",
        start.line,
        start.column,
        level(diagnostic.severity),
        diagnostic.code.0,
        help.unwrap_or_default()
    );
    if diagnostic.severity > fail_on {
        let mut passed = case(&name, path, TestCaseStatus::success());
        passed.set_system_out(text);
        return passed;
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(diagnostic.code.0).set_message(message).set_description(text);
    case(&name, path, status)
}

fn case(name: &str, path: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name.to_owned(), status);
    case.set_classname(path.to_owned());
    case
}

/// A text without the control characters that XML can not hold.
fn clean(text: &str) -> String {
    crate::screen::clean(text)
}
