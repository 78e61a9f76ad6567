//! Atom (RFC 4287).

use super::FeedOptions;
use super::entry::{Entry, plain};
use super::json_feed::{address, newest, tags};

pub(super) fn text(entries: &[Entry<'_>], options: &FeedOptions) -> String {
    let base = options.url.as_deref().map(|url| url.trim_end_matches('/'));
    let newest = newest(entries);
    let updated = newest.first().map_or(options.now.as_str(), |entry| entry.updated.as_str());
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
    );
    element("title", &options.title, &mut out);
    element(
        "id",
        &base.map_or_else(|| String::from("urn:harrier:feed"), |base| format!("{base}/")),
        &mut out,
    );
    element("updated", updated, &mut out);
    out.push_str("<author><name>Harrier</name></author>\n");
    out.push_str(&format!(
        "<generator version=\"{}\">Harrier</generator>\n",
        env!("CARGO_PKG_VERSION")
    ));
    if let Some(base) = base {
        out.push_str(&format!("<link rel=\"self\" href=\"{}/feed.xml\"/>\n", escaped(base)));
        out.push_str(&format!("<link href=\"{}/\"/>\n", escaped(base)));
    }
    for entry in newest {
        out.push_str("<entry>\n");
        element("title", entry.page.title.value.shown(), &mut out);
        element("id", &format!("urn:harrier:rule:{}", entry.page.path_hash()), &mut out);
        element("updated", &entry.updated, &mut out);
        out.push_str(&format!("<link href=\"{}\"/>\n", escaped(&address(base, entry))));
        for tag in tags(entry) {
            out.push_str(&format!("<category term=\"{}\"/>\n", escaped(tag)));
        }
        element("summary", &entry.summary(), &mut out);
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

fn element(name: &str, text: &str, out: &mut String) {
    out.push_str(&format!("<{name}>{}</{name}>\n", escaped(text)));
}

/// Text as XML holds it; characters that XML can not hold are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in plain(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}
