//! A query with its words told apart, as HTML.

use kql_syntax::{TokenKind, lex};

use super::super::document::CodeMark;
use super::html::escaped;

/// KQL as HTML: keywords, names, literals and comments in `span`s, marks in `mark`s with what is said of them.
#[must_use]
pub fn highlighted(text: &str, marks: &[CodeMark]) -> String {
    let tokens = lex(text);
    let mut pieces: Vec<(usize, usize, &'static str)> =
        Vec::with_capacity(tokens.as_slice().len() * 2);
    let mut at = 0;
    for token in tokens.as_slice() {
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        if start > at {
            pieces.push((at, start, gap(text.get(at..start).unwrap_or(""))));
        }
        if end > start {
            pieces.push((start, end, class(token.kind)));
        }
        at = end.max(at);
    }
    if at < text.len() {
        pieces.push((at, text.len(), gap(text.get(at..).unwrap_or(""))));
    }
    let mut out = String::with_capacity(text.len() * 3);
    let mut marks = marks.iter().peekable();
    let mut open: Option<usize> = None;
    for (start, end, class) in pieces {
        let mut at = start;
        while at < end {
            // Up to where a mark begins or ends.
            let mut stop = end;
            match open {
                Some(close) => stop = stop.min(close.max(at)),
                None => {
                    if let Some(mark) = marks.peek() {
                        if mark.start <= at {
                            let note = escaped(&mark.note);
                            out.push_str(&format!(
                                "<mark class=\"{}\" title=\"{note}\">",
                                mark.severity
                            ));
                            open = Some(mark.end);
                            marks.next();
                            continue;
                        }
                        stop = stop.min(mark.start);
                    }
                }
            }
            if stop > at {
                let piece = escaped(text.get(at..stop).unwrap_or(""));
                match class {
                    "" => out.push_str(&piece),
                    _ => out.push_str(&format!("<span class=\"{class}\">{piece}</span>")),
                }
                at = stop;
            }
            if open.is_some_and(|close| close <= at) {
                out.push_str("</mark>");
                open = None;
            }
        }
    }
    if open.is_some() {
        out.push_str("</mark>");
    }
    out
}

fn gap(text: &str) -> &'static str {
    if text.contains("//") { "c" } else { "" }
}

const fn class(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Keyword(_) => "k",
        TokenKind::String => "s",
        TokenKind::Bool
        | TokenKind::Long
        | TokenKind::Int
        | TokenKind::Real
        | TokenKind::Decimal
        | TokenKind::DateTime
        | TokenKind::TimeSpan
        | TokenKind::Guid
        | TokenKind::RawGuid => "n",
        TokenKind::Directive => "c",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_whole_and_escaped() {
        let text = "T // <b>\n| where a == \"<x>\" and 1 > 0";
        let start = text.find("\"<x>").unwrap();
        let mark =
            CodeMark { start, end: start + 5, severity: "error", note: String::from("\"bad\"") };
        let out = highlighted(text, &[mark]);
        assert!(out.contains("<mark class=\"error\" title=\"&quot;bad&quot;\"><span class=\"s\">&quot;&lt;x&gt;&quot;</span></mark>"), "{out}");
        assert!(!out.contains("<b>") && !out.contains("<x>"));
        let mut plain = String::new();
        let mut is_tag = false;
        for c in out.chars() {
            match c {
                '<' => is_tag = true,
                '>' => is_tag = false,
                _ if !is_tag => plain.push(c),
                _ => {}
            }
        }
        assert_eq!(plain, escaped(text));
    }
}
