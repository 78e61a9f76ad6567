//! The sitemap.

use super::atom::escaped;
use super::entry::Entry;

/// How many addresses one sitemap may name.
const MOST: usize = 50_000;

pub(super) fn text(entries: &[Entry<'_>], url: &str) -> String {
    let base = url.trim_end_matches('/');
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in ["", "coverage.html", "changes.html"] {
        out.push_str(&format!("<url><loc>{}/{page}</loc></url>\n", escaped(base)));
    }
    for entry in entries.iter().take(MOST - 3) {
        out.push_str(&format!(
            "<url><loc>{}/rules/{}</loc><lastmod>{}</lastmod></url>\n",
            escaped(base),
            escaped(&entry.file),
            escaped(&entry.updated)
        ));
    }
    out.push_str("</urlset>\n");
    out
}
