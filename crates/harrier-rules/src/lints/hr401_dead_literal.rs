//! HR401: a text that differs from a known value by a character that looks alike.

use kql_syntax::{Diagnostic, Edit, Severity, Span};

use crate::facts::comparison::{Comparison, Test, comparison};
use crate::lint::{BoundRule, Confidence, Lint, Persona, mended};
use crate::vocabulary::{self, fold};

pub(crate) static LINT: Lint = Lint {
    code: "HR401",
    name: "dead-literal",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A text that is compared with a column and can never be met there: it differs from a value that the column is known to hold only by a dash, a quotation mark, a blank, or a character that looks alike.",
    why: "The texts look the same on the screen and are not equal. The audit log writes `Update application – Certificates and secrets management ` with an en dash (U+2013); written with a hyphen the condition is false for every event, so half of the rule has never matched. Repositories that forbid characters outside ASCII made many of these.",
    example: "CloudAppEvents\n| where ActionType == \"Update application - Certificates and secrets management \"\n",
    instead: "CloudAppEvents\n| where ActionType == \"Update application \\u2013 Certificates and secrets management \"\n",
    ignore: "The value comes from another product that writes it so: check with your data.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    rule.facts.each_scalar(&mut |_, scalar| {
        let Some(comparison) = comparison(scalar) else { return };
        // `has` finds words whatever stands between them, except where the text itself has the character.
        let paths = rule.facts.paths(comparison.subject);
        let known = vocabulary::of(rule, &paths);
        if known.is_empty() {
            return;
        }
        let column = paths.first().map(crate::facts::origin::Path::text).unwrap_or_default();
        for (text, span) in &comparison.literals {
            let Some(value) = look_alike(&comparison, text, &known) else { continue };
            let span = rule.facts.spelled(*span, text).unwrap_or(*span);
            let message = format!("`{column}` never holds this text: {}", difference(text, value));
            let finding = LINT
                .at(rule.file(span), "equals no value of the column", message)
                .help(format!("the known value is `{value}`{}", where_blank(value)));
            found.push(mended(finding, edit(rule, span, text, value, comparison.test)));
        }
    });
}

/// The known value that `text` was meant to be.
fn look_alike<'v>(comparison: &Comparison<'_>, text: &str, known: &[&'v str]) -> Option<&'v str> {
    let folded = fold(text);
    let meets = |value: &&&str| match (comparison.test, comparison.minds_case) {
        (Test::Equal, true) => **value == text,
        (Test::Equal, false) => value.to_lowercase() == text.to_lowercase(),
        _ => value.to_lowercase().contains(&text.to_lowercase()),
    };
    if folded.len() < 4 || known.iter().any(|value| meets(&value)) {
        return None;
    }
    let is_alike = |value: &&&str| match comparison.test {
        // What differs in case only is another matter.
        Test::Equal => fold(value) == folded && value.to_lowercase() != text.to_lowercase(),
        Test::Part | Test::Start | Test::End => {
            !text.is_ascii() | text.contains('-') && fold(value).contains(&folded)
        }
        Test::Term | Test::TermEdge => false,
    };
    known.iter().find(|value| is_alike(value)).copied()
}

/// Which characters differ, spelled out.
fn difference(text: &str, value: &str) -> String {
    let mut pairs = text.trim().chars().zip(value.trim().chars());
    match pairs.find(|(own, other)| own.to_lowercase().ne(other.to_lowercase())) {
        Some((own, other)) => format!(
            "it has {} where the value has {}",
            vocabulary::spelled_out(own),
            vocabulary::spelled_out(other)
        ),
        None => String::from("it differs from the value by blanks at its edges"),
    }
}

fn where_blank(value: &str) -> &'static str {
    if value.ends_with(' ') { ", with the blank at its end" } else { "" }
}

/// Writes the known value instead, its special characters as escapes where the file has none.
fn edit(rule: &BoundRule<'_>, span: Span, text: &str, value: &str, test: Test) -> Option<Edit> {
    if test != Test::Equal {
        return None;
    }
    let written = span.text(&rule.rule.query.text);
    let quote = written.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    if written != format!("{quote}{text}{quote}") || value.contains(['\\', '"', '\'']) {
        return None;
    }
    let is_ascii = rule.rule.file.source.text.is_ascii();
    let spell = |character: char| match is_ascii && !character.is_ascii() {
        true => format!("\\u{:04x}", u32::from(character)),
        false => character.to_string(),
    };
    let value: String = value.chars().map(spell).collect();
    rule.replace(span, format!("{quote}{value}{quote}"))
}
