//! `harrier explain RULE`: the rule's page.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use harrier::feed;
use harrier_rules::page::{Page, compare, markdown, terminal};

use crate::arguments::{DataArguments, Limits};
use crate::failure::{Exit, Failure};
use crate::output::Output;
use crate::pages;

/// The form of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// For a terminal.
    Text,
    /// Markdown.
    Markdown,
    /// One HTML file that needs nothing else.
    Html,
    /// The model: each field with its value, label and evidence.
    Json,
}

impl PageFormat {
    /// The one asked for; else the one that the file's ending names; else text.
    fn chosen(asked: Option<Self>, out: Option<&Path>) -> Self {
        let ending = out.and_then(Path::extension).and_then(|ending| ending.to_str());
        asked.unwrap_or(match ending {
            Some("md" | "markdown") => Self::Markdown,
            Some("html" | "htm") => Self::Html,
            Some("json" | "ndjson") => Self::Json,
            _ => Self::Text,
        })
    }
}

/// Writes the pages of the rules of a path.
pub(crate) fn run(
    path: &Path,
    data: &DataArguments,
    (format, out): (Option<PageFormat>, Option<&PathBuf>),
    limits: Limits,
) -> Result<Exit, Failure> {
    let mut read = pages::read(std::slice::from_ref(&path.to_owned()), data, limits)?;
    if read.pages.is_empty() {
        return Err(Failure::user_with(
            format!("no rule in {}", path.display()),
            "functions have no page; `harrier check` says what is wrong with them",
        ));
    }
    compare(&mut read.pages, &|_| None);
    let mut output = Output::open(out.map(PathBuf::as_path))?;
    match PageFormat::chosen(format, out.map(PathBuf::as_path)) {
        PageFormat::Text => {
            let is_coloured = output.is_coloured();
            let width = width();
            each(&read.pages, &mut output, |page| terminal(page, width, is_coloured))?;
        }
        PageFormat::Markdown => each(&read.pages, &mut output, markdown)?,
        PageFormat::Json => {
            for page in &read.pages {
                match read.pages.len() {
                    1 => {
                        serde_json::to_writer_pretty(&mut output, page).map_err(io::Error::from)?
                    }
                    _ => serde_json::to_writer(&mut output, page).map_err(io::Error::from)?,
                }
                output.write_all(b"\n")?;
            }
        }
        PageFormat::Html => {
            let pages: Vec<&Page> = read.pages.iter().collect();
            let text =
                feed::single_page(&pages).map_err(|error| Failure::Own(error.to_string()))?;
            output.write_all(text.as_bytes())?;
        }
    }
    output.finish()?;
    Ok(Exit::Clean)
}

fn each(pages: &[Page], output: &mut Output, text: impl Fn(&Page) -> String) -> io::Result<()> {
    for (place, page) in pages.iter().enumerate() {
        if place > 0 {
            output.write_all(b"\n")?;
        }
        output.write_all(text(page).as_bytes())?;
    }
    Ok(())
}

/// How wide the terminal is, as the shell says; what reads well elsewhere.
fn width() -> usize {
    const READABLE: usize = 100;
    if !io::stdout().is_terminal() {
        return READABLE;
    }
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(READABLE)
}
