//! Everything that the lexer and the parser have to say, one function each.

use crate::{Code, Diagnostic, Edit, Span};

/// A word or character as it is shown in a message.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.lines().next().unwrap_or("");
    if line.chars().count() <= LONGEST && line.len() == text.len() {
        return format!("`{line}`");
    }
    let start: String = line.chars().take(LONGEST).collect();
    format!("`{start}…`")
}

/// What stands at a place: a token's text, or nothing at the end.
pub(crate) fn found(text: &str) -> String {
    if text.is_empty() { "the end of the query".to_owned() } else { quoted(text) }
}

trait WithEdit {
    fn edit(self, span: Span, text: impl Into<String>) -> Self;
}

impl WithEdit for Diagnostic {
    fn edit(mut self, span: Span, text: impl Into<String>) -> Self {
        self.edits.push(Edit { span, text: text.into() });
        self
    }
}

// Characters and literals.

/// The character is no part of KQL.
pub(crate) fn unexpected_character(text: &str, at: Span) -> Diagnostic {
    let help = match text {
        "&" => Some("write `and`"),
        "\\" => Some("put the text in quotes; a regular expression reads best as `@\"...\"`"),
        "^" => Some("put a regular expression in quotes: `@\"...\"`"),
        "`" => {
            Some("a name is quoted as `['name']`, a text over several lines with three backticks")
        }
        "!" => Some("negation is a function: `not(...)`"),
        _ => None,
    };
    Diagnostic::error(Code("unexpected-character"), format!("{} is no part of KQL", quoted(text)))
        .kusto("KS002")
        .mark(at, "")
        .help_if(help.map(str::to_owned))
}

/// A string has no closing quote.
pub(crate) fn unterminated_string(literal: &str, at: Span) -> Diagnostic {
    let escapes_its_quote = literal.ends_with("\\\"") || literal.ends_with("\\'");
    let help = escapes_its_quote.then(|| {
        "a backslash takes the quote behind it into the text; write `\\\\`, or `@\"...\"`"
            .to_owned()
    });
    Diagnostic::error(Code("unterminated-string"), "this text has no closing quote")
        .kusto("KS001")
        .mark(at, "begins here")
        .help_if(help)
}

/// A backslash in a string is followed by something that is no escape.
pub(crate) fn invalid_escape(text: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("invalid-escape"), format!("{} stands for nothing", quoted(text)))
        .kusto("KS001")
        .mark(at, "in a text with escapes")
        .help("write `\\\\` for a backslash, or put an `@` before the opening quote")
}

/// A string stands in typographic quotes.
pub(crate) fn typographic_quotes(value: &str, at: Span) -> Diagnostic {
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
    Diagnostic::error(Code("typographic-quotes"), "KQL knows straight quotes only")
        .kusto("KS002")
        .mark(at, "typographic quotes")
        .help("write `\"` or `'`")
        .edit(at, format!("\"{escaped}\""))
}

/// `datetime(` or its kin without its `)`.
pub(crate) fn unterminated_literal(literal: &str, at: Span) -> Diagnostic {
    let name = literal.split('(').next().unwrap_or(literal);
    let message = format!("expected `)` to close this `{name}(` on the same line");
    Diagnostic::error(Code("unterminated-literal"), message).kusto("KS001").mark(at, "")
}

/// A guid is written without `guid(...)`.
pub(crate) fn raw_guid(literal: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("raw-guid"), "a guid needs `guid(...)` around it")
        .kusto("KS214")
        .mark(at, "")
        .edit(at, format!("guid({literal})"))
}

/// `{name}`, which only an editor can fill in.
pub(crate) fn client_parameter(text: &str, at: Span) -> Diagnostic {
    let message = format!("the placeholder {} has no value", quoted(text));
    Diagnostic::error(Code("client-parameter"), message)
        .kusto("KS213")
        .mark(at, "")
        .help("put a value in its place before the query is run")
}

// What is missing.

/// A certain token or word should stand here.
pub(crate) fn expected(what: &str, at: Span, found_text: &str) -> Diagnostic {
    let message = format!("expected {what}, found {}", found(found_text));
    Diagnostic::error(Code("expected"), message).kusto("KS005").mark(at, format!("expected {what}"))
}

/// A bracket is not closed where it has to be.
pub(crate) fn unclosed(
    brackets: (&str, &str),
    open: Span,
    at: Span,
    found_text: &str,
) -> Diagnostic {
    let (opener, closer) = brackets;
    let message =
        format!("expected `{closer}` to close the `{opener}`, found {}", found(found_text));
    Diagnostic::error(Code("unclosed"), message)
        .kusto("KS005")
        .mark(at, format!("expected `{closer}` here"))
        .mark(open, format!("this `{opener}` is open"))
}

/// A closing bracket closes nothing.
pub(crate) fn unmatched_closer(closer: &str, opener: &str, at: Span) -> Diagnostic {
    let message = format!("this `{closer}` closes nothing: no `{opener}` is open");
    Diagnostic::error(Code("unmatched-closer"), message).kusto("KS198").mark(at, "").edit(at, "")
}

/// An expression should stand here.
pub(crate) fn missing_expression(at: Span, found_text: &str, help: Option<String>) -> Diagnostic {
    let message = format!("expected a value, found {}", found(found_text));
    Diagnostic::error(Code("missing-expression"), message)
        .kusto("KS006")
        .mark(at, "expected a value")
        .help_if(help)
}

/// Something other than an expression should stand here.
pub(crate) fn missing(what: &str, at: Span, found_text: &str) -> Diagnostic {
    let message = format!("expected {what}, found {}", found(found_text));
    Diagnostic::error(Code("missing"), message).kusto("KS006").mark(at, format!("expected {what}"))
}

/// A name should stand here.
pub(crate) fn missing_name(at: Span, found_text: &str, is_keyword: bool) -> Diagnostic {
    let help = is_keyword.then(|| format!("a keyword is a name in brackets: `['{found_text}']`"));
    let message = format!("expected a name, found {}", found(found_text));
    Diagnostic::error(Code("missing-name"), message)
        .kusto("KS006")
        .mark(at, "expected a name")
        .help_if(help)
}

/// A list ends with a comma.
pub(crate) fn trailing_comma(comma: Span) -> Diagnostic {
    Diagnostic::error(Code("trailing-comma"), "nothing follows this `,`")
        .kusto("KS006")
        .mark(comma, "")
        .help("remove the comma")
        .edit(comma, "")
}

/// Two elements of a list have no comma between them.
pub(crate) fn missing_comma(behind: u32, at: Span, found_text: &str) -> Diagnostic {
    Diagnostic::error(Code("missing-comma"), format!("expected `,` before {}", found(found_text)))
        .kusto("KS005")
        .mark(at, "expected `,` before this")
        .edit(Span::at(behind), ",")
}

/// Two statements have no semicolon between them.
pub(crate) fn missing_semicolon(behind: u32, at: Span, found_text: &str) -> Diagnostic {
    let message = format!("expected `;` before {}", found(found_text));
    Diagnostic::error(Code("missing-semicolon"), message)
        .kusto("KS005")
        .mark(at, "a new statement begins here")
        .help("statements are separated by `;`")
        .edit(Span::at(behind), ";")
}

/// An operator stands without the bar before it.
pub(crate) fn missing_bar(at: Span, keyword: &str) -> Diagnostic {
    Diagnostic::error(Code("missing-bar"), format!("expected `|` before `{keyword}`"))
        .kusto("KS005")
        .mark(at, "expected `|` before this")
        .edit(Span::at(at.start), "| ")
}

/// A bar is not followed by an operator.
pub(crate) fn expected_operator(at: Span, found_text: &str, help: Option<String>) -> Diagnostic {
    let message = if found_text.is_empty() {
        "expected an operator behind `|`".to_owned()
    } else {
        format!("{} is not an operator", quoted(found_text))
    };
    Diagnostic::error(Code("expected-operator"), message)
        .kusto("KS176")
        .mark(at, "expected an operator")
        .help_if(help)
}

/// The query begins with a bar.
pub(crate) fn leading_bar(at: Span) -> Diagnostic {
    Diagnostic::error(Code("leading-bar"), "a query cannot begin with `|`")
        .kusto("KS198")
        .mark(at, "a table must stand before this")
        .help("name the table to start from")
}

/// Text that belongs to nothing before it.
pub(crate) fn unexpected_text(
    at: Span,
    found_text: &str,
    kusto: &'static str,
    help: Option<String>,
) -> Diagnostic {
    Diagnostic::error(
        Code("unexpected-text"),
        format!("{} is not expected here", found(found_text)),
    )
    .kusto(kusto)
    .mark(at, "")
    .help_if(help)
}

// Names, types, parameters.

/// A keyword stands where only a name in brackets can.
pub(crate) fn name_needs_brackets(name: &str, at: Span) -> Diagnostic {
    let message = format!("`{name}` cannot be a name without brackets");
    Diagnostic::error(Code("name-needs-brackets"), message)
        .kusto("KS228")
        .mark(at, "")
        .help(format!("write `['{name}']`"))
        .edit(at, format!("['{name}']"))
}

/// A column or parameter is declared with something that is no type.
pub(crate) fn unknown_type(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("unknown-type"), format!("{} is not a type", quoted(name)))
        .kusto("KS160")
        .mark(at, "")
        .help("types: bool, int, long, real, decimal, string, datetime, timespan, guid, dynamic")
}

/// A column is declared with a row schema as its type.
pub(crate) fn tabular_column(at: Span) -> Diagnostic {
    Diagnostic::error(Code("tabular-column"), "a column cannot hold a table")
        .kusto("KS172")
        .mark(at, "expected the name of a type")
}

/// An operator has no parameter of this name.
pub(crate) fn unknown_parameter(name: &str, at: Span) -> Diagnostic {
    Diagnostic::warning(
        Code("unknown-parameter"),
        format!("this operator has no parameter `{name}`; it is ignored"),
    )
    .kusto("KS179")
    .mark(at, "")
}

/// A parameter is given twice.
pub(crate) fn repeated_parameter(name: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("repeated-parameter"), format!("`{name}` is given twice"))
        .kusto("KS180")
        .mark(at, "")
}

/// A parameter takes certain words only, and this is none of them.
pub(crate) fn unknown_value(values: &[&str], at: Span, found_text: &str) -> Diagnostic {
    let message = format!("{} is not possible here", found(found_text));
    Diagnostic::error(Code("unknown-value"), message)
        .kusto("KS005")
        .mark(at, "")
        .help(format!("possible: {}", values.join(", ")))
}

/// A key inside `dynamic({...})` is not in quotes.
pub(crate) fn unquoted_key(at: Span, key: &str) -> Diagnostic {
    Diagnostic::error(Code("unquoted-key"), format!("the key {} needs quotes", quoted(key)))
        .kusto("KS005")
        .mark(at, "")
        .edit(at, format!("\"{key}\""))
}

/// `where a = b`: the name is dropped, and the right side alone decides.
pub(crate) fn assignment(equal: Span) -> Diagnostic {
    Diagnostic::warning(Code("assignment"), "`=` does not compare: only what is right of it counts")
        .mark(equal, "")
        .help("write `==` to compare")
        .edit(equal, "==")
}

// The text as a whole.

/// Nesting goes deeper than the parser follows.
pub(crate) fn nested_too_deep(at: Span) -> Diagnostic {
    Diagnostic::error(Code("nested-too-deep"), "this is nested too deep to be read")
        .mark(at, "too many levels here")
        .help("name a part of it with `let`; a long chain of `==` and `or` reads better as `in (...)`")
}

/// The text is longer than can be addressed.
pub(crate) fn text_too_long() -> Diagnostic {
    Diagnostic::error(Code("text-too-long"), "the text is longer than 4 GB").mark(Span::at(0), "")
}

/// So much is wrong that the rest is not worth reading.
pub(crate) fn too_many_errors(at: Span) -> Diagnostic {
    Diagnostic::error(Code("too-many-errors"), "too much is wrong here to go on").mark(at, "")
}

/// The text is a management command.
pub(crate) fn management_command(at: Span) -> Diagnostic {
    Diagnostic::error(Code("management-command"), "this is a management command, not a query")
        .mark(at, "commands begin with a dot")
}

/// A production that Kusto has and we do not.
pub(crate) fn unsupported(what: &str, at: Span) -> Diagnostic {
    Diagnostic::error(Code("unsupported"), format!("{what} is not supported")).mark(at, "")
}
