//! A page as markdown.

use super::super::document::{Block, Line, Piece};
use super::super::{Label, Page};

/// The page as markdown. Text of the rule can not become markup.
#[must_use]
pub fn markdown(page: &Page) -> String {
    let mut out = format!("# {}\n", escaped(page.title.value.shown()));
    for section in page.sections() {
        if !section.title.is_empty() {
            out.push_str(&format!("\n## {}\n", section.title));
        }
        for block in &section.blocks {
            out.push('\n');
            write(block, &mut out);
        }
    }
    out
}

fn write(block: &Block, out: &mut String) {
    match block {
        Block::Paragraph(line) => {
            out.push_str(&told(line));
            out.push('\n');
        }
        Block::Note(line) => out.push_str(&format!("> {}\n", told(line))),
        Block::List(lines) => {
            for line in lines {
                out.push_str(&format!("* {}\n", told(line)));
            }
        }
        Block::Table { head, rows } => {
            let width = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
            let mut cells: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
            cells.resize(width, String::new());
            out.push_str(&format!("| {} |\n|{}\n", cells.join(" | "), " --- |".repeat(width)));
            for row in rows {
                let cells: Vec<String> =
                    row.iter().map(|cell| told(cell).replace('|', "\\|")).collect();
                out.push_str(&format!("| {} |\n", cells.join(" | ")));
            }
        }
        Block::Code { language, text, .. } => {
            // A fence longer than any in the text.
            let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            let text = text.trim_end_matches(['\n', '\r']);
            out.push_str(&format!("{fence}{language}\n{text}\n{fence}\n"));
        }
    }
}

fn told(line: &Line) -> String {
    let mut text = String::new();
    for piece in &line.pieces {
        match piece {
            Piece::Text(plain) => text.push_str(&escaped(plain)),
            Piece::Code(code) => text.push_str(&coded(code)),
            Piece::Strong(strong) => text.push_str(&format!("**{}**", escaped(strong.trim()))),
            Piece::Link { text: shown, url } if is_safe(url) => {
                text.push_str(&format!(
                    "[{}](<{}>)",
                    escaped(shown),
                    url.replace(['<', '>', '\n'], "")
                ));
            }
            Piece::Link { text: shown, .. } => text.push_str(&escaped(shown)),
            Piece::Badge { text: shown, .. } => text.push_str(&format!("{} ", coded(shown))),
        }
        if matches!(piece, Piece::Strong(strong) if strong.ends_with(' ')) {
            text.push(' ');
        }
    }
    if line.label == Some(Label::Model) {
        text.push_str(" *(AI, unreviewed)*");
    }
    text
}

fn coded(text: &str) -> String {
    let flat = text.replace(['\n', '\r'], " ");
    match flat.contains('`') {
        true => format!("`` {flat} ``"),
        false if flat.is_empty() => String::new(),
        false => format!("`{flat}`"),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(character);
            }
            '\n' | '\r' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

fn is_safe(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://") || !url.contains(':')
}
