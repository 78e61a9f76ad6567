//! Pages as one HTML file that needs nothing else.

use harrier_rules::coverage::Coverage;
use harrier_rules::page::{Page, escaped, html};
use minijinja::context;
use minijinja::value::Serde;

use super::FeedError;
use super::site::{Frame, coverage};

const STYLE: &str = include_str!("../../content/feed/style.css");

/// Rules' pages in one file.
///
/// # Errors
/// Where the template is at fault, which tests rule out.
pub fn single_page(pages: &[&Page]) -> Result<String, FeedError> {
    let title = match pages {
        [page] => page.title.value.shown().to_owned(),
        _ => format!("{} rules", pages.len()),
    };
    let mut body = String::new();
    for page in pages {
        body.push_str(&format!(
            "<article class=\"rule\"><h1>{}</h1>\n",
            escaped(page.title.value.shown())
        ));
        body.push_str(&html(page));
        body.push_str("</article>\n");
    }
    Ok(alone(&title, &body))
}

/// The coverage in one file.
///
/// # Errors
/// Where the template is at fault, which tests rule out.
pub fn coverage_page(covered: &Coverage) -> Result<String, FeedError> {
    let frame = Frame::new()?;
    let shown = coverage::view(covered, &[]);
    let body = frame.part("coverage.html", context! {
        coverage => Serde(covered), matrix => Serde(&shown.matrix), gaps => Serde(&shown.gaps), alone => true,
    })?;
    Ok(alone("Coverage", &body))
}

fn alone(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"generator\" content=\"Harrier {}\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION"),
        escaped(title),
    )
}
