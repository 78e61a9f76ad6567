//! Rules that are like this one.

use std::collections::{BTreeSet, HashMap};

use kql_syntax::{TokenKind, lex};

use super::document::{Block, Line, Piece};
use super::field::{Evidence, Field};
use super::input::Similar;
use super::{Context, Page};

/// What pages that are alike have in common.
type Key = fn(&Page) -> Option<String>;

/// How many are named for one rule.
const MOST: usize = 8;

pub(super) fn read(context: &Context<'_>) -> Vec<Field<Similar>> {
    let similar = context.input.similar.iter();
    similar.map(|one| Field::derived(one.clone(), format!("path:{}", one.path))).collect()
}

/// Names on each page the others that are like it: the same query but for layout and comments, the same tables and
/// literals, the same technique on the same tables. `link` tells where the page of a place is.
pub fn compare(pages: &mut [Page], link: &dyn Fn(&Page) -> Option<String>) {
    let mut found: Vec<Vec<(usize, &'static str)>> = vec![Vec::new(); pages.len()];
    let keys: [(&'static str, Key); 3] = [
        ("the same query", query_key),
        ("the same tables and literals", literals_key),
        ("the same technique on the same tables", technique_key),
    ];
    for (common, key) in keys {
        let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, page) in pages.iter().enumerate() {
            if let Some(key) = key(page) {
                groups.entry(key).or_default().push(place);
            }
        }
        for group in groups.values().filter(|group| group.len() > 1) {
            // In a large group each looks at those beside it only.
            for (index, place) in group.iter().enumerate() {
                let near = group.iter().skip(index.saturating_sub(MOST)).take(MOST * 2 + 1);
                for other in near.filter(|other| *other != place) {
                    let Some(own) = found.get_mut(*place) else { continue };
                    if own.len() < MOST && !own.iter().any(|(known, _)| known == other) {
                        own.push((*other, common));
                    }
                }
            }
        }
    }
    let named: Vec<(String, String, Option<String>)> = pages
        .iter()
        .map(|page| (page.title.value.shown().to_owned(), page.path.clone(), link(page)))
        .collect();
    for (page, similar) in pages.iter_mut().zip(found) {
        let fields = similar.into_iter().filter_map(|(place, common)| {
            let (name, path, link) = named.get(place)?.clone();
            let evidence = Evidence::from(format!("path:{path}"));
            Some(Field::derived(Similar { name, path, common: common.to_owned(), link }, evidence))
        });
        page.similar = fields.collect();
    }
}

/// The query's words without layout, comments and case.
pub(crate) fn query_key(page: &Page) -> Option<String> {
    let text = &page.query.value.text;
    let tokens = lex(text);
    let words = tokens.as_slice().iter().filter(|token| token.kind != TokenKind::End);
    let words: Vec<&str> = words.map(|token| token.span.text(text)).collect();
    (words.len() > 5).then(|| words.join(" ").to_lowercase())
}

fn literals_key(page: &Page) -> Option<String> {
    let mut parts = BTreeSet::new();
    let mut count = 0;
    for source in &page.data_sources.value.tables {
        let source = &source.value;
        parts.insert(source.table.clone());
        for (column, values) in &source.literals {
            count += values.len();
            parts.extend(
                values.iter().map(|value| format!("{}\u{1}{column}\u{1}{value}", source.table)),
            );
        }
    }
    (count > 1).then(|| parts.into_iter().collect::<Vec<_>>().join("\u{2}"))
}

fn technique_key(page: &Page) -> Option<String> {
    let techniques: BTreeSet<&str> =
        page.attack.value.techniques.iter().map(|one| one.value.id.as_str()).collect();
    let tables: BTreeSet<&str> =
        page.data_sources.value.tables.iter().map(|one| one.value.table.as_str()).collect();
    let is_telling = !techniques.is_empty() && !tables.is_empty();
    let joined = |set: BTreeSet<&str>| set.into_iter().collect::<Vec<_>>().join(",");
    is_telling.then(|| format!("{}|{}", joined(techniques), joined(tables)))
}

pub(super) fn blocks(similar: &[Field<Similar>]) -> Vec<Block> {
    if similar.is_empty() {
        return vec![Block::Paragraph(Line::plain("None among the rules that were looked at."))];
    }
    let line = |field: &Field<Similar>| {
        let Similar { name, path, common, link } = &field.value;
        let shown = match link {
            Some(url) => Piece::Link { text: name.clone(), url: url.clone() },
            None => Piece::Strong(name.clone()),
        };
        let rest = Piece::Text(format!(": {common} ({path})"));
        Line::default().then(shown).then(rest).from_field(field)
    };
    vec![Block::List(similar.iter().map(line).collect())]
}
