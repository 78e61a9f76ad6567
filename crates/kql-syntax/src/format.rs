//! Canonical text: the same words and comments, laid out in one way.
//!
//! Only the white space between tokens changes, so the text means what it meant. How it is laid out depends on the tokens
//! and on where comments and blank lines stand, not on the line breaks that were there: formatting twice changes nothing.

mod layout;
mod nodes;
mod spacing;

use crate::diagnostic::Diagnostic;
use crate::lexer::lex;
use crate::parser::{Parsed, parse, parse_function_body};
use layout::Printer;
use nodes::nodes;

/// How long a line may be before it is broken. **Unit**: characters.
const WIDTH: usize = 120;
/// By how much a part stands to the right of what it belongs to.
const INDENT: usize = 4;
/// A query in parentheses that has one bar stays on its line where it is no longer than this.
const SHORT_QUERY: usize = 60;

/// `text` in canonical form, with a line break at its end; an empty text stays empty.
///
/// **Errors**: what is wrong with a text that is no query and no body of a function: such a text is not laid out.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let parsed = parse(text);
    let tokens = match has_faults(&parsed) {
        false => parsed.tokens,
        true => match parse_function_body(text) {
            body if !has_faults(&body) => body.tokens,
            _ => return Err(parsed.diagnostics),
        },
    };
    let nodes = nodes(&tokens);
    let formatted = Printer::new(text, &tokens).print(&nodes);
    debug_assert!(is_same(text, &formatted), "formatting changed a word");
    Ok(formatted)
}

fn has_faults<T>(parsed: &Parsed<T>) -> bool {
    parsed.diagnostics.iter().any(Diagnostic::is_error)
}

/// Whether two texts have the same tokens.
fn is_same(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let tokens = lex(text);
        tokens.as_slice().iter().map(|token| token.span.text(text).to_owned()).collect()
    };
    words(one) == words(other)
}

#[cfg(test)]
mod tests;
