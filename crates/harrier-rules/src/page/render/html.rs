//! A page as HTML: the body only, without style and script.

use super::super::Page;
use super::super::document::{Block, Line, Piece, Section};
use super::super::{Label, highlighted};

/// The sections of the page as HTML, each a `section` with its anchor. Text of the rule can not become markup.
#[must_use]
pub fn html(page: &Page) -> String {
    let mut out = String::with_capacity(16_384);
    for section in page.sections() {
        write_section(&section, &mut out);
    }
    out
}

fn write_section(section: &Section, out: &mut String) {
    match section.title.is_empty() {
        true => out.push_str(&format!("<section id=\"{}\">\n", section.id)),
        false => out.push_str(&format!(
            "<section id=\"{0}\" aria-labelledby=\"h-{0}\">\n<h2 id=\"h-{0}\">{1}</h2>\n",
            section.id,
            escaped(section.title)
        )),
    }
    for block in &section.blocks {
        write(block, section.id, out);
    }
    out.push_str("</section>\n");
}

fn write(block: &Block, section: &str, out: &mut String) {
    match block {
        Block::Paragraph(line) => tagged("p", line, out),
        Block::Note(line) => {
            out.push_str("<p class=\"note\"");
            attributes(line, out);
            out.push_str(&format!(">{}</p>\n", told(line)));
        }
        Block::List(lines) => {
            out.push_str("<ul>\n");
            lines.iter().for_each(|line| tagged("li", line, out));
            out.push_str("</ul>\n");
        }
        Block::Table { head, rows } => {
            out.push_str("<div class=\"wide\" tabindex=\"0\"><table>\n");
            if !head.is_empty() {
                out.push_str("<thead><tr>");
                for cell in head {
                    let cell = if cell.is_empty() { "Remark" } else { cell };
                    out.push_str(&format!("<th scope=\"col\">{}</th>", escaped(cell)));
                }
                out.push_str("</tr></thead>\n");
            }
            out.push_str("<tbody>\n");
            for row in rows {
                out.push_str("<tr>");
                for (place, cell) in row.iter().enumerate() {
                    let tag = if place == 0 { "th scope=\"row\"" } else { "td" };
                    out.push_str(&format!("<{tag}"));
                    attributes(cell, out);
                    let end = if place == 0 { "th" } else { "td" };
                    out.push_str(&format!(">{}</{end}>", told(cell)));
                }
                out.push_str("</tr>\n");
            }
            out.push_str("</tbody></table></div>\n");
        }
        Block::Code { language, text, marks } => {
            let name = if section == "source" { "The rule's file" } else { "The query" };
            out.push_str(&format!("<pre tabindex=\"0\" class=\"code {language}\" role=\"region\" aria-label=\"{name}\"><code>"));
            match *language {
                "kusto" => out.push_str(&highlighted(text, marks)),
                _ => out.push_str(&escaped(text)),
            }
            out.push_str("</code></pre>\n");
        }
    }
}

fn tagged(tag: &str, line: &Line, out: &mut String) {
    out.push_str(&format!("<{tag}"));
    attributes(line, out);
    out.push_str(&format!(">{}</{tag}>\n", told(line)));
}

/// Where a statement is from, on hover.
fn attributes(line: &Line, out: &mut String) {
    let Some(label) = line.label else { return };
    if label == Label::Source && line.evidence.is_empty() {
        return;
    }
    let shown: Vec<&str> = line.evidence.iter().take(8).map(String::as_str).collect();
    let more = line.evidence.len().saturating_sub(8);
    let mut title = format!("{}: {}", label.name(), shown.join(", "));
    if more > 0 {
        title.push_str(&format!(" and {more} more"));
    }
    out.push_str(&format!(
        " class=\"{}\" title=\"{}\"",
        label.name(),
        escaped(title.trim_end_matches([':', ' ']))
    ));
}

fn told(line: &Line) -> String {
    let mut out = String::new();
    for piece in &line.pieces {
        match piece {
            Piece::Text(text) => out.push_str(&escaped(text)),
            Piece::Code(text) => out.push_str(&format!("<code>{}</code>", escaped(text))),
            Piece::Strong(text) => out.push_str(&format!("<strong>{}</strong>", escaped(text))),
            Piece::Link { text, url } => out.push_str(&link(text, url)),
            Piece::Badge { about, text } => out.push_str(&format!(
                "<span class=\"badge b-{}\"><span class=\"about\">{} </span>{}</span> ",
                escaped(about),
                escaped(about),
                escaped(text)
            )),
        }
    }
    if line.label == Some(Label::Model) {
        out.push_str(" <span class=\"model\">AI, unreviewed</span>");
    }
    out
}

/// A link to the web or to a file beside; what else an address may do is shown as text.
fn link(text: &str, url: &str) -> String {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_beside = !url.contains(':') && !url.starts_with("//");
    match (is_web, is_beside) {
        (true, _) => format!(
            "<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>",
            escaped(url),
            escaped(text)
        ),
        (false, true) => format!("<a href=\"{}\">{}</a>", escaped(url), escaped(text)),
        (false, false) => escaped(text),
    }
}

/// Text as HTML shows it. Control characters and marks that turn the direction of writing are shown as U+FFFD.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(character),
            '\r' => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            other if other.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_rule_becomes_markup() {
        assert_eq!(escaped("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
        assert_eq!(escaped("a\u{202e}b\u{1b}"), "a\u{fffd}b\u{fffd}");
        assert_eq!(link("x", "javascript:alert(1)"), "x");
        assert_eq!(link("x", "//evil.example"), "x");
        assert!(link("x", "https://a.example/\"><b>").contains("&quot;&gt;&lt;b&gt;"));
    }
}
