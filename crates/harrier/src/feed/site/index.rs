//! The index: what is searched, and by what it can be narrowed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use harrier_rules::attack::{self, Technique};
use harrier_rules::coverage::{Ability, Coverage};
use serde::Serialize;

use super::super::FeedError;
use super::super::entry::{Entry, plain};

/// A rule in a list.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    file: &'a str,
    title: &'a str,
    severity: &'a str,
    summary: String,
}

/// What the script searches. Names are short because there are thousands.
#[derive(Serialize)]
struct Found<'a> {
    /// File, title, name as written, severity, kind, source.
    f: &'a str,
    t: String,
    n: String,
    s: &'a str,
    k: &'a str,
    o: &'a str,
    /// Tables, techniques, tactics, codes of findings.
    a: &'a [String],
    q: &'a [String],
    c: &'a [String],
    x: BTreeSet<&'a str>,
    /// Errors, points, band, whether it is able to match.
    e: usize,
    p: u8,
    b: &'static str,
    h: &'static str,
    /// Summary, literals.
    d: String,
    l: String,
}

/// Something by which the list can be narrowed.
#[derive(Serialize)]
pub(super) struct Filter {
    id: &'static str,
    name: &'static str,
    values: Vec<FilterValue>,
}

#[derive(Serialize)]
struct FilterValue {
    value: String,
    shown: String,
    count: usize,
}

/// How much of a summary a list shows. **Unit**: characters.
const SUMMARY: usize = 260;
/// How much of the literals is searched.
const LITERALS: usize = 400;
/// How many values a filter offers: those that most rules have.
const MOST_VALUES: usize = 400;

pub(super) fn rows<'a>(entries: &'a [Entry<'_>]) -> Vec<Row<'a>> {
    let row = |entry: &'a Entry<'_>| Row {
        file: &entry.file,
        title: entry.page.title.value.shown(),
        severity: entry.severity(),
        summary: cut(&entry.summary(), SUMMARY),
    };
    entries.iter().map(row).collect()
}

pub(super) fn search(entries: &[Entry<'_>], coverage: &Coverage) -> Result<String, FeedError> {
    let abilities = abilities(coverage);
    let found: Vec<Found<'_>> = entries
        .iter()
        .map(|entry| {
            let page = entry.page;
            let errors = page.findings.iter().filter(|one| one.value.severity == "error").count();
            let literals: Vec<&str> = entry
                .meaning
                .literals
                .iter()
                .filter_map(|one| one.split_once(": "))
                .map(|(_, value)| value)
                .collect();
            Found {
                f: &entry.file,
                t: plain(page.title.value.shown()),
                n: page
                    .title
                    .value
                    .readable
                    .as_ref()
                    .map(|_| plain(&page.title.value.name))
                    .unwrap_or_default(),
                s: entry.severity(),
                k: entry.kind(),
                o: entry.source(),
                a: &entry.meaning.tables,
                q: &entry.meaning.techniques,
                c: &entry.meaning.tactics,
                x: codes(entry),
                e: errors,
                p: page.confidence.value.points,
                b: page.confidence.value.band,
                h: abilities.get(page.path.as_str()).copied().unwrap_or(""),
                d: cut(&entry.summary(), SUMMARY),
                l: cut(&literals.join(" "), LITERALS),
            }
        })
        .collect();
    Ok(format!("window.HARRIER_RULES={};\n", serde_json::to_string(&found)?))
}

fn codes<'a>(entry: &'a Entry<'_>) -> BTreeSet<&'a str> {
    entry.page.findings.iter().map(|one| one.value.code.as_str()).collect()
}

fn abilities(coverage: &Coverage) -> HashMap<&str, &'static str> {
    let told = |ability| match ability {
        Ability::Able => "able to match",
        Ability::Unable => "not able to match",
        Ability::NotMeasured => "",
    };
    coverage.rules.iter().map(|rule| (rule.path.as_str(), told(rule.ability))).collect()
}

pub(super) fn filters(entries: &[Entry<'_>], coverage: &Coverage) -> Vec<Filter> {
    let abilities = abilities(coverage);
    let filter =
        |id, name, of: &dyn Fn(&Entry<'_>) -> Vec<String>, shown: &dyn Fn(&str) -> String| {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for entry in entries {
                let values: BTreeSet<String> =
                    of(entry).into_iter().filter(|value| !value.is_empty()).collect();
                values.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
            }
            let mut counted: Vec<(String, usize)> = counts.into_iter().collect();
            if counted.len() > MOST_VALUES {
                counted.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
                counted.truncate(MOST_VALUES);
                counted.sort();
            }
            let values = counted.into_iter().map(|(value, count)| FilterValue {
                shown: shown(&value),
                value,
                count,
            });
            Filter { id, name, values: values.collect() }
        };
    let plain = |value: &str| value.to_owned();
    let technique = |id: &str| match attack::technique(id).map(|one: &Technique| one.name) {
        Some(name) => format!("{id} {name}"),
        None => id.to_owned(),
    };
    let one = |value: &str| vec![value.to_owned()];
    let mut filters = vec![
        filter("severity", "Severity", &|entry| one(entry.severity()), &plain),
        filter("tactic", "Tactic", &|entry| entry.meaning.tactics.clone(), &plain),
        filter("technique", "Technique", &|entry| entry.meaning.techniques.clone(), &technique),
        filter("table", "Table", &|entry| entry.meaning.tables.clone(), &plain),
        filter("kind", "Kind", &|entry| one(entry.kind()), &plain),
        filter("source", "Source", &|entry| one(entry.source()), &plain),
        filter(
            "finding",
            "Finding",
            &|entry| codes(entry).into_iter().map(str::to_owned).collect(),
            &plain,
        ),
        filter("confidence", "Confidence", &|entry| one(entry.page.confidence.value.band), &plain),
        filter(
            "data",
            "Data here",
            &|entry| one(abilities.get(entry.page.path.as_str()).copied().unwrap_or("")),
            &plain,
        ),
    ];
    filters.retain(|filter| !filter.values.is_empty());
    filters
}

fn cut(text: &str, most: usize) -> String {
    let text = plain(text);
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("").trim_end()),
        None => text,
    }
}
