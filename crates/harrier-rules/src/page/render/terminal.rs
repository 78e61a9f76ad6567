//! A page for a terminal.

use super::super::document::{Block, Line, Piece};
use super::super::{Label, Page};

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const CYAN: &str = "\u{1b}[36m";
const RED: &str = "\u{1b}[31m";
const YELLOW: &str = "\u{1b}[33m";
const PLAIN: &str = "\u{1b}[0m";

/// The page for a terminal of so many columns. Control characters of the rule's text do not reach it.
#[must_use]
pub fn terminal(page: &Page, width: usize, is_coloured: bool) -> String {
    let writer = Writer { width: width.clamp(40, 120), is_coloured };
    let mut out = String::new();
    writer.styled(BOLD, &clean(page.title.value.shown()), &mut out);
    out.push('\n');
    for section in page.sections() {
        // The file itself is at hand where a terminal is.
        if section.id == "source" {
            continue;
        }
        if !section.title.is_empty() {
            out.push('\n');
            writer.styled(BOLD, section.title, &mut out);
            out.push('\n');
        }
        for block in &section.blocks {
            writer.block(block, &mut out);
        }
    }
    out
}

struct Writer {
    width: usize,
    is_coloured: bool,
}

/// A piece of text with its style.
struct Word {
    text: String,
    style: &'static str,
}

impl Writer {
    fn styled(&self, style: &str, text: &str, out: &mut String) {
        match self.is_coloured && !style.is_empty() {
            true => out.push_str(&format!("{style}{text}{PLAIN}")),
            false => out.push_str(text),
        }
    }

    fn block(&self, block: &Block, out: &mut String) {
        match block {
            Block::Paragraph(line) => self.wrapped(&self.words(line), "  ", "  ", out),
            Block::Note(line) => self.wrapped(&self.words(line), "  ! ", "    ", out),
            Block::List(lines) => {
                lines.iter().for_each(|line| self.wrapped(&self.words(line), "  - ", "    ", out));
            }
            Block::Table { head, rows } => self.table(head, rows, out),
            Block::Code { text, .. } => {
                for line in text.trim_end().lines() {
                    out.push_str("    ");
                    self.styled(CYAN, &clean(line), out);
                    out.push('\n');
                }
            }
        }
    }

    /// The words of a line: names in one colour, what is said by a model marked.
    fn words(&self, line: &Line) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut glue = false;
        let mut add = |text: &str, style: &'static str, keep: bool| {
            let text = clean(text);
            let parts: Vec<&str> =
                if keep { vec![text.as_str()] } else { text.split(' ').collect() };
            for (place, part) in parts.iter().enumerate() {
                match words.last_mut() {
                    // What is written without a blank stays together.
                    Some(last) if place == 0 && glue => {
                        if last.style == style {
                            last.text.push_str(part);
                        } else {
                            let rest = Word { text: format!("\u{0}{part}"), style };
                            words.push(rest);
                        }
                    }
                    _ => words.push(Word { text: (*part).to_owned(), style }),
                }
            }
            glue = true;
        };
        for piece in &line.pieces {
            match piece {
                Piece::Text(text) => add(text, "", false),
                Piece::Code(text) if self.is_coloured => add(text, CYAN, true),
                Piece::Code(text) => add(&format!("`{text}`"), "", true),
                Piece::Strong(text) => add(text, BOLD, false),
                Piece::Link { text, url } if text == url => add(url, CYAN, true),
                Piece::Link { text, url } if url.contains("://") => {
                    add(text, "", false);
                    add(&format!(" {url}"), DIM, false);
                }
                Piece::Link { text, .. } => add(text, "", false),
                Piece::Badge { about, text } => {
                    let style = match *about {
                        "error" => RED,
                        "warning" => YELLOW,
                        _ => DIM,
                    };
                    let is_severity = matches!(*about, "error" | "warning" | "information");
                    let text =
                        if is_severity { format!("{about} {text}") } else { format!("[{text}] ") };
                    add(&text, style, false);
                }
            }
        }
        if line.label == Some(Label::Model) {
            add(" (AI, unreviewed)", DIM, false);
        }
        words
    }

    fn wrapped(&self, words: &[Word], first: &str, others: &str, out: &mut String) {
        out.push_str(first);
        let mut column = first.chars().count();
        let mut is_start = true;
        for word in words {
            let (text, is_glued) = match word.text.strip_prefix('\u{0}') {
                Some(rest) => (rest, true),
                None => (word.text.as_str(), false),
            };
            if text.is_empty() && (is_start || is_glued) {
                continue;
            }
            let length = text.chars().count();
            if !is_start && !is_glued {
                if column + 1 + length > self.width {
                    out.push('\n');
                    out.push_str(others);
                    column = others.chars().count();
                } else {
                    out.push(' ');
                    column += 1;
                }
            }
            self.styled(word.style, text, out);
            column += length;
            is_start = false;
        }
        out.push('\n');
    }

    fn table(&self, head: &[&'static str], rows: &[Vec<Line>], out: &mut String) {
        let shown = |line: &Line| -> String {
            // An address would take the room of the other cells.
            let short = |piece: &Piece| match piece {
                Piece::Link { text, .. } => Piece::Text(text.clone()),
                other => other.clone(),
            };
            let line = Line { pieces: line.pieces.iter().map(short).collect(), ..line.clone() };
            let words = self.words(&line);
            let mut text = String::new();
            for word in &words {
                match word.text.strip_prefix('\u{0}') {
                    Some(rest) => text.push_str(rest),
                    None if text.is_empty() => text.push_str(&word.text),
                    None => text.push_str(&format!(" {}", word.text)),
                }
            }
            text
        };
        let cells: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(shown).collect()).collect();
        let count = cells.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
        let most = (self.width * 3 / (count.max(1) * 2)).max(12);
        let widths: Vec<usize> = (0..count)
            .map(|place| {
                let of_cells =
                    cells.iter().filter_map(|row| row.get(place)).map(|cell| cell.chars().count());
                let of_head = head.get(place).map(|cell| cell.chars().count());
                of_cells.chain(of_head).max().unwrap_or(0).min(if place + 1 == count {
                    usize::MAX
                } else {
                    most
                })
            })
            .collect();
        let mut line = |cells: &mut dyn Iterator<Item = String>, style: &str| {
            let mut text = String::from("  ");
            for (cell, width) in cells.zip(&widths) {
                let length = cell.chars().count();
                text.push_str(&cell);
                text.push_str(&" ".repeat((*width).max(length).min(200) - length.min(200) + 2));
            }
            self.styled(style, text.trim_end(), out);
            out.push('\n');
        };
        if !head.is_empty() {
            line(&mut head.iter().map(|cell| (*cell).to_owned()), DIM);
        }
        for row in cells {
            line(&mut row.into_iter(), "");
        }
    }
}

/// Without what would move the cursor or change colours.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
        .collect()
}
