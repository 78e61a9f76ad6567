//! HR150: a character that the eye does not see.

use kql_syntax::{Diagnostic, Severity, Span};

use crate::lint::{BoundRule, Confidence, Lint, Persona, mended};
use crate::vocabulary::spelled_out;

pub(crate) static LINT: Lint = Lint {
    code: "HR150",
    name: "invisible-character",
    level: Severity::Information,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A character outside ASCII between the words of a query: a blank that does not break, one without width, a curly quotation mark.",
    why: "Copied from a web page, it looks like nothing. Some editors and portals refuse the query, and nobody sees why.",
    example: "SecurityEvent\n|\u{a0}where EventID == 1102\n",
    instead: "SecurityEvent\n| where EventID == 1102\n",
    ignore: "Never.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let text = &rule.rule.query.text;
    if text.is_ascii() {
        return;
    }
    let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    for (offset, character) in text.char_indices().filter(|(_, character)| !character.is_ascii()) {
        let is_suspect = matches!(character, '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{feff}' | '\u{2018}'..='\u{201f}' | '\u{2010}'..='\u{2015}' | '\u{ad}');
        let span = Span::new(narrow(offset), narrow(offset + character.len_utf8()));
        if !is_suspect || is_inside(rule, span) {
            continue;
        }
        let message = format!("{} stands between the words of the query", spelled_out(character));
        let finding = LINT.at(rule.file(span), "not ASCII", message);
        let text = match character {
            '\u{a0}' | '\u{2028}' => Some(" "),
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => Some(""),
            _ => None,
        };
        let help = match text {
            Some(" ") => "write a blank",
            Some(_) => "remove it",
            None => "write the plain character",
        };
        found.push(mended(finding.help(help), text.and_then(|text| rule.replace(span, text))));
    }
}

/// Whether a place lies in a text or a comment.
fn is_inside(rule: &BoundRule<'_>, span: Span) -> bool {
    let strings = &rule.facts.tree.strings;
    let in_string = |offset: u32| {
        strings.iter().any(|string| string.span.start <= offset && offset < string.span.end)
    };
    if in_string(span.start) {
        return true;
    }
    let text = &rule.rule.query.text;
    let before = text.get(..span.start as usize).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let comments = before.get(line..).unwrap_or("").match_indices("//");
    comments.into_iter().any(|(at, _)| !in_string(u32::try_from(line + at).unwrap_or(u32::MAX)))
}
