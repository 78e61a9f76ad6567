//! Diagnostics as the report tells them, at places of the rule's own file.

use harrier_rules::SourceText;
use kql_syntax::Diagnostic;

use crate::report::{Place, Problem};

/// Longer lines are cut. **Unit**: characters.
const LONGEST_LINE: usize = 400;

/// A diagnostic whose spans are places of `source`.
pub(super) fn problem(diagnostic: &Diagnostic, source: &SourceText) -> Problem {
    Problem {
        code: diagnostic.code.0.to_owned(),
        kusto: diagnostic.kusto.map(str::to_owned),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
        place: place(diagnostic, source),
    }
}

/// Something wrong that has no place.
pub(super) fn placeless(code: &str, message: String, help: &str) -> Problem {
    let help = Some(help.to_owned());
    Problem { code: code.to_owned(), message, help, ..Problem::default() }
}

fn place(diagnostic: &Diagnostic, source: &SourceText) -> Option<Place> {
    let mark = diagnostic.marks.first()?;
    let (start, end) = source.places(mark.span);
    let line = source.text.lines().nth(start.line.saturating_sub(1) as usize).unwrap_or("");
    let length = u64::from(line_length(line)).saturating_sub(u64::from(start.column) - 1);
    let length = if start.line == end.line {
        u64::from(end.column.saturating_sub(start.column))
    } else {
        length
    };
    Some(Place {
        line: u64::from(start.line),
        column: u64::from(start.column),
        length: length.max(1),
        text: line.chars().take(LONGEST_LINE).collect(),
        label: mark.label.clone(),
    })
}

fn line_length(line: &str) -> u32 {
    u32::try_from(line.chars().count()).unwrap_or(u32::MAX)
}
