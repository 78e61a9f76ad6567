//! The manual of functions and operators in `docs/manual`, made from the declarations.
//!
//! The test compares; `UPDATE=1` writes the pages anew.

use std::fmt::Write as _;
use std::path::PathBuf;

use kql_engine::manual::{self, State};
use kql_functions::{Example, Function, aggregate, operator, scalar};
use kql_semantics::signatures::{Builtin, Signature, Signatures};

/// A page: its file's name and its text.
struct Page {
    file: String,
    title: String,
    text: String,
    names: Vec<&'static str>,
}

impl Page {
    fn new(title: &str, about: &str) -> Self {
        let file = format!("{}.md", title.to_lowercase().replace(' ', "-"));
        let text = format!("# {title}\n\n{about}\n");
        Self { file, title: title.to_owned(), text, names: Vec::new() }
    }

    fn entry(&mut self, name: &'static str, written: &[String], help: &str, examples: &[Example]) {
        self.names.push(name);
        let _ = write!(self.text, "\n## `{name}`\n\n");
        for way in written {
            let _ = writeln!(self.text, "    {way}");
        }
        if !written.is_empty() {
            self.text.push('\n');
        }
        let _ = writeln!(self.text, "{help}");
        for example in examples {
            let _ = write!(self.text, "\n```kql\n{}\n```\n\n```text\n", example.query);
            for line in example.answer {
                let _ = writeln!(self.text, "{}", line.trim_end());
            }
            self.text.push_str("```\n");
        }
    }

    fn function(&mut self, function: &Function) {
        let mut written = Signatures::get().scalar(function.name).map(ways).unwrap_or_default();
        written.extend(also(function.aliases));
        self.entry(function.name, &written, function.help, function.examples);
    }
}

fn also(aliases: &[&str]) -> Option<String> {
    let aliases: Vec<String> = aliases.iter().map(|alias| format!("{alias}()")).collect();
    (!aliases.is_empty()).then(|| format!("also {}", aliases.join(", ")))
}

/// How a builtin is written, an overload a line.
fn ways(builtin: &Builtin) -> Vec<String> {
    let way = |signature: &Signature| {
        let mut text = format!("{}(", builtin.name);
        let mut open = 0;
        for (index, parameter) in signature.parameters.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            if parameter.is_optional() {
                text.push('[');
                open += 1;
            }
            let more = if parameter.is_repeatable() { ", ..." } else { "" };
            let _ = write!(text, "{comma}{}{more}", parameter.name);
        }
        text + &"]".repeat(open) + ")"
    };
    let mut ways: Vec<String> = builtin.signatures.iter().map(way).collect();
    ways.dedup();
    ways
}

const EXAMPLES: &str =
    "Every example here is run as a test. An answer is a line of columns, then a line a row.";

fn pages() -> Vec<Page> {
    let mut pages = Vec::new();
    let mut page = Page::new("Statements and tabular operators", EXAMPLES);
    for entry in manual::operators() {
        page.entry(entry.name, &[], entry.help, entry.examples);
    }
    pages.push(page);
    let mut page = Page::new("Scalar operators", EXAMPLES);
    // Names with a dollar are the engine's own.
    for function in operator::all().filter(|own| !own.name.starts_with('$')) {
        page.entry(function.name, &[], function.help, function.examples);
    }
    pages.push(page);
    for family in scalar::families() {
        let mut page = Page::new(family.title, EXAMPLES);
        let mut functions = family.functions.to_vec();
        functions.sort_by_key(|function| function.name);
        functions.into_iter().for_each(|function| page.function(function));
        pages.push(page);
    }
    let mut page = Page::new("Rows and tables", EXAMPLES);
    for entry in manual::functions() {
        let written = Signatures::get().scalar(entry.name).map(ways).unwrap_or_default();
        page.entry(entry.name, &written, entry.help, entry.examples);
    }
    pages.push(page);
    let mut page = Page::new("Aggregates", EXAMPLES);
    let mut aggregates: Vec<_> = aggregate::all().collect();
    aggregates.sort_by_key(|own| own.name);
    for own in aggregates {
        let mut written = Signatures::get().aggregate(own.name).map(ways).unwrap_or_default();
        written.extend(also(own.aliases));
        page.entry(own.name, &written, own.help, own.examples);
    }
    pages.push(page);
    let mut page = Page::new("Plugins", EXAMPLES);
    for plugin in manual::plugins() {
        let written = Signatures::get().plugin(plugin.name).map(ways).unwrap_or_default();
        page.entry(plugin.name, &written, plugin.help, plugin.examples);
    }
    pages.push(page);
    pages.push(support());
    pages
}

/// Every builtin of Kusto, and whether it can be run.
fn support() -> Page {
    let about = "Every builtin that the official language service knows. What is refused is refused by name, \
                 with its place and the reason.";
    let mut page = Page::new("Support", about);
    for section in manual::states() {
        let runs: Vec<&str> = section
            .builtins
            .iter()
            .filter_map(|(name, state)| (*state == State::Runs).then_some(*name))
            .collect();
        let all = section.builtins.len();
        let _ = write!(page.text, "\n## {}: {} of {all} run\n\n", section.title, runs.len());
        let names: Vec<String> = runs.iter().map(|name| format!("`{name}`")).collect();
        let _ =
            write!(page.text, "{}\n\n| refused | because it |\n| --- | --- |\n", names.join(", "));
        for (name, state) in &section.builtins {
            if let State::Refused(lack) = state {
                let _ = writeln!(page.text, "| `{name}` | {} |", lack.reason());
            }
        }
    }
    page
}

fn index(pages: &[Page]) -> Page {
    let mut text = String::from(
        "# Manual of the query language\n\nMade from the declarations in the code, and compared with them by a test; do not edit.\n\n",
    );
    for page in pages {
        let names: Vec<String> = page.names.iter().map(|name| format!("`{name}`")).collect();
        let colon = if names.is_empty() { "" } else { ": " };
        let _ = writeln!(text, "* [{}]({}){colon}{}", page.title, page.file, names.join(", "));
    }
    Page { file: String::from("README.md"), title: String::new(), text, names: Vec::new() }
}

#[test]
fn the_manual_says_what_the_declarations_say() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/manual");
    let mut pages = pages();
    pages.push(index(&pages));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for page in &pages {
            std::fs::write(folder.join(&page.file), &page.text).unwrap();
        }
        return;
    }
    let stale: Vec<&str> = pages
        .iter()
        .filter(|page| {
            std::fs::read_to_string(folder.join(&page.file)).ok().as_ref() != Some(&page.text)
        })
        .map(|page| &*page.file)
        .collect();
    let update = "UPDATE=1 cargo test -p kql-engine --test suite -- manual";
    assert!(stale.is_empty(), "{stale:?} in docs/manual are stale: run {update}");
}

#[test]
fn nothing_is_refused_without_a_reason() {
    let sections = manual::states();
    let all = sections.iter().flat_map(|section| &section.builtins);
    let unknown: Vec<&str> =
        all.filter(|(_, state)| *state == State::Unknown).map(|(name, _)| *name).collect();
    assert!(unknown.is_empty(), "neither run nor refused by name: {unknown:?}");
}
