//! A tree as YAML, as the rule repository writes it: blocks for long texts, and quotes only where they are needed.

use saphyr_parser::ScalarStyle;

use crate::document::entries;
use crate::yaml::{Node, NodeKind};

/// Writes a mapping. What is read from it again is the same tree.
pub(crate) fn write(root: &Node) -> String {
    let mut out = String::new();
    for (key, value) in entries(root) {
        entry(key, value, 0, &mut out);
    }
    out
}

fn entry(key: &Node, value: &Node, depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
    out.push_str(&key_text(key));
    out.push(':');
    behind(value, depth, out);
}

/// A value behind `key:` or `-`, with the line's end.
fn behind(value: &Node, depth: usize, out: &mut String) {
    match &value.kind {
        NodeKind::Scalar { .. } => {
            // Nothing at all is null too, and is what real rules write.
            if let Some(text) = value.text() {
                out.push(' ');
                scalar(text, depth, out);
            }
            out.push('\n');
        }
        NodeKind::Sequence(items) if items.is_empty() => out.push_str(" []\n"),
        NodeKind::Mapping(entries) if entries.is_empty() => out.push_str(" {}\n"),
        NodeKind::Sequence(items) => {
            out.push('\n');
            for item in items {
                list_item(item, depth + 1, out);
            }
        }
        NodeKind::Mapping(entries) => {
            out.push('\n');
            for (key, value) in entries {
                entry(key, value, depth + 1, out);
            }
        }
    }
}

fn list_item(item: &Node, depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
    out.push('-');
    match &item.kind {
        NodeKind::Mapping(entries) if !entries.is_empty() => {
            let mut inner = String::new();
            for (key, value) in entries {
                entry(key, value, depth + 1, &mut inner);
            }
            // The first key stands behind the dash.
            out.push(' ');
            out.push_str(inner.trim_start_matches(' '));
        }
        NodeKind::Sequence(items) if !items.is_empty() => {
            let mut inner = String::new();
            for item in items {
                list_item(item, depth + 1, &mut inner);
            }
            out.push(' ');
            out.push_str(inner.trim_start_matches(' '));
        }
        _ if item.text().is_none() && matches!(item.kind, NodeKind::Scalar { .. }) => {
            out.push_str(" null\n");
        }
        _ => behind(item, depth, out),
    }
}

fn key_text(key: &Node) -> String {
    match key.text() {
        Some(text) if is_plain(text) => text.to_owned(),
        Some(text) => double_quoted(text),
        None => String::from("null"),
    }
}

fn scalar(text: &str, depth: usize, out: &mut String) {
    if is_plain(text) {
        out.push_str(text);
    } else if is_block(text) {
        block(text, depth, out);
    } else if is_single_quotable(text) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    } else {
        out.push_str(&double_quoted(text));
    }
}

/// Whether a text means itself without quotes.
fn is_plain(text: &str) -> bool {
    let node = Node {
        kind: NodeKind::Scalar { text: text.to_owned(), style: ScalarStyle::Plain },
        span: kql_syntax::Span::default(),
    };
    let starts_well =
        text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '(' | '.' | '_' | '$'));
    let is_quiet = |c: char| {
        (c.is_ascii() && !c.is_control() || c.is_alphanumeric()) && !matches!(c, ':' | '#')
    };
    node.text().is_some()
        && starts_well
        && !text.starts_with("...")
        && text.chars().all(is_quiet)
        && !text.ends_with(' ')
        && !reads_as_another_type(text)
}

/// Whether other readers take a text for no text: `yes`, `1.0`, `2022-01-01`.
fn reads_as_another_type(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    // Numbers and truth values mean the same to the fields that hold them; these are no rule's.
    matches!(word.as_str(), "yes" | "no" | "on" | "off" | "y" | "n" | ".inf" | ".nan")
        || text.len() >= 8
            && text.starts_with(|c: char| c.is_ascii_digit())
            && text.contains('-')
            && !text.contains(char::is_alphabetic)
}

/// Whether a text can stand as a block that keeps each of its characters.
fn is_block(text: &str) -> bool {
    let is_kept = |c: char| {
        c == '\n'
            || c == '\t'
            || !c.is_control() && !matches!(c, '\u{feff}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    let first = text.trim_start_matches('\n').chars().next();
    text.contains('\n') && text.chars().all(is_kept) && first.is_some_and(|c| c != '\t')
        // Lines of blanks alone, before the first line that is not, would be taken for indentation.
        && !text.starts_with('\n')
        && text.lines().any(|line| !line.trim().is_empty())
        && !text.lines().next().unwrap_or("").trim().is_empty()
}

fn block(text: &str, depth: usize, out: &mut String) {
    out.push('|');
    if text.starts_with(' ') {
        out.push('2');
    }
    let body = text.trim_end_matches('\n');
    let ends = text.len() - body.len();
    match ends {
        0 => out.push('-'),
        1 => {}
        _ => out.push('+'),
    }
    let indentation = "  ".repeat(depth + 1);
    for line in body.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&indentation);
            out.push_str(line);
        }
    }
    // The last line's end is the caller's.
    for _ in 1..ends {
        out.push('\n');
    }
}

fn is_single_quotable(text: &str) -> bool {
    text.chars()
        .all(|c| !c.is_control() && !matches!(c, '\u{feff}' | '\u{85}' | '\u{2028}' | '\u{2029}'))
}

fn double_quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use crate::document::{list, mapping, null, same, text};
    use crate::yaml;

    #[test]
    fn every_text_comes_back() {
        let hard = [
            "",
            " ",
            "a",
            "null",
            "~",
            "a: b",
            "a #b",
            "- a",
            "'q'",
            "\"",
            "T\n| where x\n",
            "T\n| where x",
            "T\n\n\n",
            "  T\n| x\n",
            "\nT\n",
            "T \n  \n| x  \n",
            "a\tb\n\tc\n",
            "a\r\nb",
            "\u{1b}[2J",
            "%a",
            "@b",
            "`c`",
            "yes",
            "1.0",
            "0",
            "2022-01-01",
            "[x]",
            "{x}",
            "é: ü",
            "\u{feff}x",
            "x\u{feff}\ny",
            "|",
            ">",
            "? a",
            "!tag",
            "&a",
            "*a",
            "a\n---\nb\n",
            "...",
            "a\u{2028}b\nc",
            "\t\nx",
            " \n x\n",
            "multi\n  indented\nback\n",
            "trailing \n",
            "a\n\n",
            "#x",
            "x:",
            ":x",
            "\n",
            "\n\n",
            "a\u{a0}b",
            "a\n \n",
            "a\n \u{a0}\n",
        ];
        for one in hard {
            let tree = mapping([
                ("k", text(one)),
                (
                    "l",
                    list([
                        text(one),
                        list([text(one), null()]),
                        mapping([("m", text(one)), ("n", null())]),
                    ]),
                ),
                ("o", list([])),
                ("p", mapping([])),
            ]);
            let written = super::write(&tree);
            let (read, _) =
                yaml::parse(&written).unwrap_or_else(|e| panic!("{one:?}: {e:?}\n{written}"));
            assert!(same(&tree, &read), "{one:?}\n{written}\n{read:?}");
        }
    }
}
