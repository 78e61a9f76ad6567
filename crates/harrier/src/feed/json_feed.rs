//! JSON Feed 1.1.

use serde::Serialize;

use super::entry::Entry;
use super::{FeedError, FeedOptions};

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    description: &'static str,
    language: &'static str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    url: String,
    title: &'a str,
    content_text: String,
    date_modified: &'a str,
    tags: Vec<&'a str>,
}

/// How many rules a feed names: those that changed last.
pub(super) const MOST: usize = 1_000;

pub(super) fn text(entries: &[Entry<'_>], options: &FeedOptions) -> Result<String, FeedError> {
    let base = options.url.as_deref().map(|url| url.trim_end_matches('/'));
    let items = newest(entries).into_iter().map(|entry| Item {
        id: entry.key.clone(),
        url: address(base, entry),
        title: entry.page.title.value.shown(),
        content_text: entry.summary(),
        date_modified: &entry.updated,
        tags: tags(entry),
    });
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &options.title,
        home_page_url: base.map(|base| format!("{base}/")),
        feed_url: base.map(|base| format!("{base}/feed.json")),
        description: "Detection rules: what each means, needs and covers, and what is wrong with it",
        language: "en",
        items: items.collect(),
    };
    Ok(serde_json::to_string(&feed)?)
}

/// The entries that changed last.
pub(super) fn newest<'e, 'a>(entries: &'e [Entry<'a>]) -> Vec<&'e Entry<'a>> {
    let mut sorted: Vec<&Entry<'_>> = entries.iter().collect();
    sorted.sort_by(|one, other| (&other.updated, &one.key).cmp(&(&one.updated, &other.key)));
    sorted.truncate(MOST);
    sorted
}

/// Where a rule's page is.
pub(super) fn address(base: Option<&str>, entry: &Entry<'_>) -> String {
    match base {
        Some(base) => format!("{base}/rules/{}", entry.file),
        None => format!("rules/{}", entry.file),
    }
}

/// Tables, techniques, severity.
pub(super) fn tags<'e>(entry: &'e Entry<'_>) -> Vec<&'e str> {
    let meaning = &entry.meaning;
    let severity = Some(meaning.severity.as_str()).filter(|severity| !severity.is_empty());
    let lists = meaning.techniques.iter().chain(&meaning.tactics).chain(&meaning.tables);
    severity.into_iter().chain(lists.map(String::as_str)).take(40).collect()
}
