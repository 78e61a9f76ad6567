//! Findings that somebody has looked at and does not want to see again: `harrier:ignore CODE reason` in a comment.
//!
//! A comment (`//` in a query, `#` in YAML) speaks for its own line; one that stands alone on its line speaks for the next
//! line that is none. One without a reason is a finding itself, and so is one that meets nothing.

use kql_syntax::{Diagnostic, Severity, Span};

use crate::SourceText;
use crate::lint::{Confidence, Lint, Persona};

/// A suppression without a reason.
pub(crate) static WITHOUT_REASON: Lint = Lint {
    code: "HR001",
    name: "no-reason",
    level: Severity::Information,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A suppression that does not say why.",
    why: "The next reader can not tell whether it still holds.",
    example: "SigninLogs\n| where ResultType == 50126 // harrier:ignore HR410\n",
    instead: "SigninLogs\n| where ResultType == 50126 // harrier:ignore HR410 the column is a number in our copy\n",
    ignore: "Never: a few words are enough.",
    check: |_, _| {},
};

/// A suppression that meets nothing.
pub(crate) static WITHOUT_FINDING: Lint = Lint {
    code: "HR002",
    name: "nothing-to-ignore",
    level: Severity::Information,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A suppression of a finding that is not there.",
    why: "The rule was mended, or the line moved: the suppression would hide the next finding, which nobody has looked at.",
    example: "SigninLogs\n| where ResultType == \"50126\" // harrier:ignore HR410 a number in our copy\n",
    instead: "SigninLogs\n| where ResultType == \"50126\"\n",
    ignore: "Never: remove it.",
    check: |_, _| {},
};

/// The words that begin a suppression.
const WORDS: &str = "harrier:ignore";

/// A comment that suppresses findings.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Suppression {
    codes: Vec<String>,
    has_reason: bool,
    /// The line that it speaks for.
    line: u32,
    span: Span,
    was_used: bool,
}

/// Takes out what comments of the file suppress, and adds what is to be said of these. Gives how many were taken out.
pub fn suppress(source: &SourceText, findings: &mut Vec<Diagnostic>) -> usize {
    let mut suppressions = suppressions(source);
    if suppressions.is_empty() {
        return 0;
    }
    let before = findings.len();
    findings.retain(|finding| {
        let (first, last) = source.places(finding.span());
        let meets = |one: &&mut Suppression| {
            (first.line..=last.line.max(first.line)).contains(&one.line)
                && one.codes.iter().any(|code| code.eq_ignore_ascii_case(finding.code.0))
        };
        let mut meeting = suppressions.iter_mut().filter(meets).peekable();
        let is_kept = meeting.peek().is_none();
        meeting.for_each(|one| one.was_used = true);
        is_kept
    });
    let taken = before - findings.len();
    for one in &suppressions {
        if !one.was_used {
            let codes = one.codes.join(", ");
            let message = format!("nothing to ignore: no finding {codes} on line {}", one.line);
            findings.push(WITHOUT_FINDING.at(one.span, "", message).help("remove it"));
        } else if !one.has_reason {
            let message = "this suppression does not say why";
            findings.push(
                WITHOUT_REASON.at(one.span, "", message).help("write a few words behind the code"),
            );
        }
    }
    taken
}

fn suppressions(source: &SourceText) -> Vec<Suppression> {
    let mut found: Vec<Suppression> = Vec::new();
    let mut start = 0;
    for (number, line) in (1u32..).zip(source.text.split_inclusive('\n')) {
        let own = suppression(line, start, number);
        let is_alone = own.is_some() && is_comment(line);
        // What stands alone speaks for the next line that is no such comment.
        if !is_alone && own.is_none() && !line.trim().is_empty() {
            for waiting in found.iter_mut().filter(|one| one.line == 0) {
                waiting.line = number;
            }
        }
        if let Some(mut own) = own {
            own.line = if is_alone { 0 } else { number };
            found.push(own);
        }
        start += line.len();
    }
    found
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with('#')
}

fn suppression(line: &str, start: usize, number: u32) -> Option<Suppression> {
    let at = line.find(WORDS)?;
    let before = line.get(..at)?;
    let comment = before.rfind("//").into_iter().chain(before.rfind('#')).max()?;
    // Between the sign of a comment and the words stands nothing else.
    if !before.get(comment..)?.trim_start_matches(['/', '#']).trim().is_empty() {
        return None;
    }
    let rest = line.get(at + WORDS.len()..)?.trim();
    let mut codes = Vec::new();
    let mut reason = "";
    let mut left = rest;
    while let Some((word, rest)) =
        left.split_once([' ', '\t']).or(Some((left, ""))).filter(|(word, _)| !word.is_empty())
    {
        let code = word.trim_end_matches([',', ':']);
        if !is_code(code) {
            reason = left;
            break;
        }
        codes.push(code.to_ascii_uppercase());
        left = rest.trim_start();
    }
    let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let span = Span::new(
        narrow(start + at),
        narrow(start + at + WORDS.len() + line.get(at + WORDS.len()..)?.trim_end().len()),
    );
    (!codes.is_empty()).then(|| Suppression {
        codes,
        has_reason: !reason.trim().is_empty(),
        line: number,
        span,
        was_used: false,
    })
}

/// `HR401`
fn is_code(word: &str) -> bool {
    word.len() == 5
        && word.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("HR"))
        && word.bytes().skip(2).all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use kql_syntax::Code;

    use super::*;
    use crate::Encoding;

    fn left(text: &str, at: &str) -> Vec<&'static str> {
        let source = SourceText::new(text.to_owned(), Encoding::Utf8);
        let start = u32::try_from(text.find(at).unwrap()).unwrap();
        let mut findings =
            vec![Diagnostic::warning(Code("HR410"), "m").mark(Span::new(start, start + 1), "")];
        suppress(&source, &mut findings);
        findings.iter().map(|finding| finding.code.0).collect()
    }

    #[test]
    fn comments_speak_for_their_line_or_the_next() {
        assert!(left("T\n| where x == 1 // harrier:ignore HR410 it is so\n", "x").is_empty());
        assert!(left("T\n// harrier:ignore HR410 it is so\n| where x == 1\n", "x").is_empty());
        assert!(left("a: b\n# harrier:ignore HR410, HR301 it is so\n\nx: y\n", "x").is_empty());
        assert_eq!(left("T\n| where x == 1 // harrier:ignore HR410\n", "x"), ["HR001"]);
        assert_eq!(
            left("T // harrier:ignore HR410 why\n| where x == 1\n", "x"),
            ["HR410", "HR002"]
        );
        assert_eq!(
            left("T\n| where x == 1 // harrier:ignore HR411 why\n", "x"),
            ["HR410", "HR002"]
        );
        assert_eq!(left("T\n| where x == '// no harrier:ignore HR410'\n", "x"), ["HR410"]);
    }
}
