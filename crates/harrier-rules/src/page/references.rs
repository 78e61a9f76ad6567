//! What the rule refers to.

use serde::Serialize;

use super::Context;
use super::document::{Block, Line, Piece};
use super::field::Field;

/// A reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// The host of its address, or the id of a vulnerability.
    pub label: String,
    /// The address.
    pub url: String,
}

/// How many are kept.
const MOST: usize = 40;

pub(super) fn read(context: &Context<'_>) -> Vec<Field<Reference>> {
    let mut found: Vec<Field<Reference>> = Vec::new();
    let mut add = |label: String, url: String, evidence: String| {
        let is_new = !found.iter().any(|known| known.value.url == url);
        if is_new && found.len() < MOST {
            found.push(Field::source(Reference { label, url }, evidence));
        }
    };
    let description = &context.rule.description;
    let places = [(description.as_str(), context.yaml("/description"))];
    let comments = comments(&context.rule.query.text);
    let comments = comments.iter().map(|text| (*text, context.yaml("/query")));
    for (text, evidence) in places.into_iter().chain(comments) {
        for url in urls(text) {
            add(host(&url), url.clone(), evidence.clone());
        }
        for id in vulnerabilities(text) {
            let url = format!("https://www.cve.org/CVERecord?id={id}");
            add(id, url, evidence.clone());
        }
    }
    for id in vulnerabilities(&context.rule.name) {
        let url = format!("https://www.cve.org/CVERecord?id={id}");
        add(id, url, context.yaml("/name"));
    }
    if let Some(url) = context.origin().and_then(super::links::file_address) {
        add(String::from("the rule's file"), url, context.git(None));
    }
    found
}

/// Lines of the query that are comments.
fn comments(query: &str) -> Vec<&str> {
    query.lines().map(str::trim).filter(|line| line.starts_with("//")).collect()
}

fn urls(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("http") {
        let tail = rest.get(start..).unwrap_or("");
        let is_address = tail.starts_with("https://") || tail.starts_with("http://");
        let is_end = |c: char| {
            c.is_whitespace()
                || matches!(c, '"' | '\'' | '<' | '>' | '`' | '|' | '[' | ']' | '{' | '}')
        };
        let length = tail.find(is_end).unwrap_or(tail.len());
        let url = tail.get(..length).unwrap_or("");
        let url = url.trim_end_matches(['.', ',', ';', ':', ')', '*']);
        if is_address && url.len() > 10 && url.len() < 2_000 && url.contains('.') {
            found.push(url.to_owned());
        }
        rest = tail.get(length.max(4)..).unwrap_or("");
    }
    found
}

fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// `CVE-2021-44228`
fn vulnerabilities(text: &str) -> Vec<String> {
    let upper = text.to_ascii_uppercase();
    let mut found = Vec::new();
    for (start, _) in upper.match_indices("CVE") {
        let rest = upper.get(start + 3..).unwrap_or("").trim_start_matches(['-', ' ', '_']);
        let year: String = rest.chars().take(4).collect();
        let number: String = rest
            .chars()
            .skip(4)
            .skip_while(|c| matches!(c, '-' | '_' | ' '))
            .take_while(char::is_ascii_digit)
            .collect();
        let is_year = year.len() == 4 && year.chars().all(|c| c.is_ascii_digit());
        if is_year && (4..=7).contains(&number.len()) {
            let id = format!("CVE-{year}-{number}");
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }
    found
}

pub(super) fn blocks(references: &[Field<Reference>]) -> Vec<Block> {
    let line = |field: &Field<Reference>| {
        let Reference { label, url } = &field.value;
        let mut line = Line::plain(format!("{label}: "));
        line = line.then(Piece::Link { text: url.clone(), url: url.clone() });
        line.from_field(field)
    };
    match references.is_empty() {
        true => vec![Block::Paragraph(Line::plain("The file names none."))],
        false => vec![Block::List(references.iter().map(line).collect())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_vulnerabilities_are_found() {
        let text = "See https://example.org/a?b=c. And (http://two.example/x), CVE-2021-44228, cve 2020 1472; httpx";
        assert_eq!(urls(text), ["https://example.org/a?b=c", "http://two.example/x"]);
        assert_eq!(vulnerabilities(text), ["CVE-2021-44228", "CVE-2020-1472"]);
        assert_eq!(host("https://www.example.org/a"), "example.org");
    }
}
