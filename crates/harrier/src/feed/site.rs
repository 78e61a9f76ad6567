//! The pages that people read.

pub(super) mod coverage;
mod index;

use harrier_rules::coverage::Coverage;
use harrier_rules::page::html;
use minijinja::value::Serde;
use minijinja::{Environment, Value, context, escape_formatter};
use serde::Serialize;

use super::changes::Ledger;
use super::entry::{Entry, plain};
use super::write::Writer;
use super::{FeedError, FeedOptions};

const STYLE: &str = include_str!("../../content/feed/style.css");
const SCRIPT: &str = include_str!("../../content/feed/script.js");
const TEMPLATES: [(&str, &str); 6] = [
    ("frame.html", include_str!("../../content/feed/frame.html")),
    ("index.html", include_str!("../../content/feed/index.html")),
    ("all.html", include_str!("../../content/feed/all.html")),
    ("rule.html", include_str!("../../content/feed/rule.html")),
    ("coverage.html", include_str!("../../content/feed/coverage.html")),
    ("changes.html", include_str!("../../content/feed/changes.html")),
];

/// How many rules the index holds before its script runs.
const FIRST: usize = 100;

#[derive(Serialize)]
struct Part {
    id: &'static str,
    title: &'static str,
}

pub(super) fn write(
    writer: &mut Writer,
    entries: &[Entry<'_>],
    coverage: &Coverage,
    ledger: &Ledger,
    options: &FeedOptions,
) -> Result<(), FeedError> {
    let site = Site { frame: Frame::new()?, options, count: entries.len() };
    writer.write("style.css", STYLE)?;
    writer.write("script.js", SCRIPT)?;
    writer.write("search.js", &index::search(entries, coverage)?)?;
    let rows = index::rows(entries);
    let first = rows.get(..FIRST.min(rows.len())).unwrap_or(&rows);
    let filters = index::filters(entries, coverage);
    let said = context! { filters => Serde(&filters), first => Serde(first) };
    let text = site.page("index.html", ("", "index", &options.title), said)?;
    writer.write("index.html", &text)?;
    let all = site.page("all.html", ("", "all", "All rules"), context! { rows => Serde(&rows) })?;
    writer.write("all.html", &all)?;
    let shown = coverage::view(coverage, entries);
    let text = site.page(
        "coverage.html",
        ("", "coverage", "Coverage"),
        context! {
            coverage => Serde(coverage), matrix => Serde(&shown.matrix), gaps => Serde(&shown.gaps),
        },
    )?;
    writer.write("coverage.html", &text)?;
    let text = site.page(
        "changes.html",
        ("", "changes", "Changes"),
        context! { changes => Serde(&ledger.changes) },
    )?;
    writer.write("changes.html", &text)?;
    for entry in entries {
        let sections = entry.page.sections();
        let parts: Vec<Part> = sections
            .iter()
            .filter(|section| !section.title.is_empty())
            .map(|section| Part { id: section.id, title: section.title })
            .collect();
        let text = site.page(
            "rule.html",
            ("../", "rule", entry.page.title.value.shown()),
            context! {
                parts => Serde(&parts), body => html(entry.page),
            },
        )?;
        writer.write(&format!("rules/{}", entry.file), &text)?;
    }
    Ok(())
}

/// The templates.
pub(super) struct Frame(Environment<'static>);

impl Frame {
    pub(super) fn new() -> Result<Self, FeedError> {
        let mut environment = Environment::new();
        // The ending of a template's name is what makes values be escaped.
        for (name, text) in TEMPLATES {
            environment.add_template(name, text)?;
        }
        environment.set_formatter(|out, state, value| match value.as_str() {
            Some(text) if !value.is_safe() => {
                escape_formatter(out, state, &Value::from(plain(text)))
            }
            _ => escape_formatter(out, state, value),
        });
        Ok(Self(environment))
    }

    /// What a page says, without the frame around it.
    pub(super) fn part(&self, template: &str, said: Value) -> Result<String, FeedError> {
        Ok(self.0.get_template(template)?.render(said)?)
    }
}

struct Site<'a> {
    frame: Frame,
    options: &'a FeedOptions,
    count: usize,
}

impl Site<'_> {
    /// A page from its template: the way to the root, which page it is, its title, and what it says.
    fn page(
        &self,
        template: &str,
        (root, at, title): (&str, &str, &str),
        said: Value,
    ) -> Result<String, FeedError> {
        let site = self.options.title.as_str();
        let version = env!("CARGO_PKG_VERSION");
        let count = self.count;
        let main = self
            .frame
            .part(template, context! { ..said, ..context! { root, title, site, count } })?;
        self.frame.part("frame.html", context! { root, at, title, site, count, version, main })
    }
}
