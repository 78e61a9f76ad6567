//! Where the rule is from.

use serde::Serialize;

use super::Context;
use super::document::{Block, Line, Piece};
use super::field::Field;

/// Where the rule is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What it is: `repository`, `file`, `licence`, `content`, ...
    pub about: &'static str,
    /// What it says.
    pub text: String,
    /// Where it leads; none where it is no address of the web.
    pub url: Option<String>,
}

pub(super) fn read(context: &Context<'_>) -> Vec<Field<Link>> {
    let mut links = Vec::new();
    let link = |about, text: &str, url: Option<String>| Link { about, text: text.to_owned(), url };
    let Some(origin) = context.origin() else {
        links.push(Field::source(link("file", &context.path(), None), context.git(None)));
        links.push(content(context));
        return links;
    };
    let evidence = context.git(None);
    let mut add = |link: Link, at: Option<String>| {
        links.push(Field { at, ..Field::source(link, evidence.as_str()) });
    };
    let base = web_address(&origin.url);
    add(link("repository", &origin.url, base.map(str::to_owned)), None);
    add(link("file", &origin.path, file_address(origin)), None);
    let raw =
        base.and_then(|base| base.strip_prefix("https://github.com/")).zip(origin.commit.as_ref());
    if let Some((rest, commit)) = raw {
        let url =
            format!("https://raw.githubusercontent.com/{rest}/{commit}/{}", encoded(&origin.path));
        add(link("raw", "the file alone", Some(url)), None);
    }
    if let Some(commit) = &origin.commit {
        add(link("commit", commit, None), None);
    }
    let licence = origin.licence.as_ref();
    let licence = licence.map(|one| one.id.clone().unwrap_or_else(|| format!("see {}", one.path)));
    add(link("licence", licence.as_deref().unwrap_or("not known"), None), None);
    if let Some(change) = &origin.changed {
        let time = super::instant(change.time);
        add(link("last change", &format!("{time} ({})", change.subject), None), Some(time));
    }
    if let Some(retrieved) = origin.retrieved {
        let time = super::instant(retrieved);
        add(link("retrieved", &time, None), Some(time));
    }
    links.push(content(context));
    links
}

fn content(context: &Context<'_>) -> Field<Link> {
    let text = format!("sha256:{}", context.hash);
    Field::derived(Link { about: "content", text, url: None }, context.git(None))
}

/// The address of a repository in the web.
fn web_address(url: &str) -> Option<&str> {
    url.starts_with("https://").then(|| url.trim_end_matches('/').trim_end_matches(".git"))
}

/// The address of a rule's file in the web, at the commit that was read.
pub(super) fn file_address(origin: &crate::Origin) -> Option<String> {
    let (base, commit) = (web_address(&origin.url)?, origin.commit.as_ref()?);
    Some(format!("{base}/blob/{commit}/{}", encoded(&origin.path)))
}

/// A path as part of an address.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                text.push(char::from(byte));
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

pub(super) fn blocks(links: &[Field<Link>]) -> Vec<Block> {
    let rows = links.iter().map(|link| {
        let value = match &link.value.url {
            Some(url) => Piece::Link { text: link.value.text.clone(), url: url.clone() },
            None => Piece::Text(link.value.text.clone()),
        };
        vec![Line::plain(link.value.about), Line { pieces: vec![value], ..Line::of(link) }]
    });
    vec![Block::Table { head: Vec::new(), rows: rows.collect() }]
}
