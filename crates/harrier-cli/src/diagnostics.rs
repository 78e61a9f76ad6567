//! Diagnostics as text for a terminal.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use kql_syntax::{Diagnostic, Severity};

use crate::output::Output;
use crate::screen;

/// A text that diagnostics speak of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    /// The file, or `<query>`.
    pub(crate) name: &'a str,
    /// The text that the spans count in.
    pub(crate) text: &'a str,
}

/// Says diagnostics on standard error, with the lines that they speak of.
pub(crate) fn tell(source: Source<'_>, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        screen::say(render(source, diagnostic, None));
    }
}

/// Writes a diagnostic as a result, with the reason why it matters where one is given; coloured where results go to a terminal that shows it.
pub(crate) fn write(
    source: Source<'_>,
    diagnostic: &Diagnostic,
    why: Option<&str>,
    output: &mut Output,
) -> io::Result<()> {
    let text = render(source, diagnostic, why);
    if output.is_coloured() {
        return writeln!(output, "{text}\n");
    }
    writeln!(output, "{}\n", anstream::adapter::strip_str(&text))
}

/// One diagnostic with its lines: file, line, marks, why it matters, help.
pub(crate) fn render(source: Source<'_>, diagnostic: &Diagnostic, why: Option<&str>) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
    };
    let code = match diagnostic.kusto {
        Some(kusto) => format!("{}, {kusto}", diagnostic.code.0),
        None => diagnostic.code.0.to_owned(),
    };
    let extract = Extract::around(source.text, diagnostic.span().range());
    let mut snippet = Snippet::source(Cow::Borrowed(extract.text))
        .line_start(extract.first_line)
        .path(screen::clean(source.name));
    for (index, mark) in diagnostic.marks.iter().enumerate() {
        let Some(span) = extract.place(mark.span.range()) else { continue };
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let label = screen::clean(&mark.label);
        snippet = snippet.annotation(kind.span(span).label((!label.is_empty()).then_some(label)));
    }
    let message = screen::clean(&diagnostic.message);
    let mut group = level.primary_title(message).id(code).element(snippet);
    if let Some(why) = why {
        group = group.element(Level::NOTE.message(screen::clean(why)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(screen::clean(help)));
    }
    Renderer::styled().decor_style(DecorStyle::Ascii).render(&[group])
}

/// The lines of a text that are shown.
struct Extract<'a> {
    text: &'a str,
    start: usize,
    first_line: usize,
}

/// How much of a text is shown before and behind a mark at most. **Unit**: bytes.
const MOST: usize = 2_000;

impl<'a> Extract<'a> {
    /// The lines of `span`, two before and two behind; less of lines that are endless.
    fn around(text: &'a str, span: Range<usize>) -> Self {
        let at = floor(text, span.start.min(text.len()));
        let end = floor(text, span.end.clamp(at, text.len()).min(at + MOST));
        let before = &text[floor(text, at.saturating_sub(MOST))..at];
        let lines_before =
            before.rmatch_indices('\n').nth(2).map(|(place, _)| before.len() - place - 1);
        let start = at - lines_before.unwrap_or(before.len());
        let behind = &text[end..floor(text, (end + MOST).min(text.len()))];
        let stop = end + behind.match_indices('\n').nth(2).map_or(behind.len(), |(place, _)| place);
        let first_line = text[..start].bytes().filter(|byte| *byte == b'\n').count() + 1;
        Self { text: &text[start..stop], start, first_line }
    }

    /// A span of the whole text in what is shown; none where it is not shown.
    fn place(&self, span: Range<usize>) -> Option<Range<usize>> {
        let start = span.start.checked_sub(self.start)?;
        if start > self.text.len() {
            return None;
        }
        let start = floor(self.text, start);
        let end = floor(self.text, (span.end - self.start).clamp(start, self.text.len()));
        Some(start..end)
    }
}

/// The character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql_syntax::{Code, Span};

    fn plain(text: &str, diagnostic: &Diagnostic) -> String {
        let styled = render(Source { name: "rule.kql", text }, diagnostic, None);
        anstream::adapter::strip_str(&styled).to_string()
    }

    #[test]
    fn file_line_marks_and_help() {
        let diagnostic = Diagnostic::error(Code("unknown-column"), "no column named `Acount` here")
            .kusto("KS142")
            .mark(Span::new(22, 28), "not in scope")
            .help("did you mean `Account`?");
        let text = plain("SecurityEvent\n| where Acount == \"alice\"", &diagnostic);
        assert!(
            text.contains("error[unknown-column, KS142]: no column named `Acount` here"),
            "{text}"
        );
        assert!(text.contains("rule.kql:2:9"), "{text}");
        assert!(text.contains("^^^^^^ not in scope"), "{text}");
        assert!(text.contains("did you mean `Account`?"), "{text}");
    }

    #[test]
    fn places_outside_the_text_and_endless_lines_do_no_harm() {
        let long = format!("é{}x", "(".repeat(1_000_000));
        for span in [Span::new(0, 1), Span::new(500_000, 500_001), Span::new(2_000_000, 2_000_001)]
        {
            let diagnostic = Diagnostic::error(Code("c"), "m").mark(span, "");
            assert!(plain(&long, &diagnostic).len() < 20_000);
            assert!(plain("", &diagnostic).contains("error[c]: m"));
        }
    }
}
