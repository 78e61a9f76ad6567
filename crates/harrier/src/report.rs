//! The report of a hunt: one HTML file that needs nothing else, for people and for keeping.

mod entities;
mod heat_map;
mod hits;
mod page;
mod timeline;

use harrier_detect::HuntReport;
use minijinja::value::Serde;
use minijinja::{Environment, context};

use page::Page;

/// What a report is called, and how much of the hits it shows.
#[derive(Clone, Debug)]
pub struct ReportOptions {
    /// Its title.
    pub title: String,
    /// How many rows of one rule are shown. The rest is counted.
    pub rows_of_a_rule: usize,
    /// How many rows are shown in all.
    pub rows: usize,
}

impl Default for ReportOptions {
    fn default() -> Self {
        Self { title: String::from("Hunt report"), rows_of_a_rule: 100, rows: 5_000 }
    }
}

const TEMPLATE: &str = include_str!("../content/report/page.html");
const STYLE: &str = include_str!("../content/report/style.css");
const SCRIPT: &str = include_str!("../content/report/script.js");

/// The report as HTML. Names and values from logs and rules are escaped; what is too much is cut and counted.
///
/// # Errors
/// Where the template is at fault, which tests rule out.
pub fn html(report: &HuntReport, options: &ReportOptions) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.add_filter("truncate_name", truncate_name);
    // The ending of its name is what makes values be escaped.
    environment.add_template("page.html", TEMPLATE)?;
    let page = Page::of(report, options);
    environment.get_template("page.html")?.render(context! {
        page => Serde(page),
        style => STYLE,
        script => SCRIPT,
        version => env!("CARGO_PKG_VERSION"),
    })
}

/// What fits beside a lane.
fn truncate_name(name: &str) -> String {
    if name.chars().count() <= 50 {
        return name.to_owned();
    }
    let mut cut: String = name.chars().take(49).collect();
    cut.push('…');
    cut
}
