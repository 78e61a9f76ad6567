//! Queries in Markdown: the fences that hold KQL, with the heading and the prose above each.

use std::ops::Range;

use crate::header;

/// A query in a Markdown file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fenced {
    /// The bytes of the file that are the query.
    pub(crate) range: Range<usize>,
    /// The heading above it.
    pub(crate) heading: String,
    /// The first heading of the file.
    pub(crate) title: String,
    /// The prose since the heading of its section.
    pub(crate) prose: String,
    /// Technique ids that the file names.
    pub(crate) techniques: Vec<String>,
    /// Whether the fence says that it is KQL.
    pub(crate) is_told: bool,
}

/// More queries of one file are not read.
const MAX_FENCES: usize = 500;
/// So much prose is kept. **Unit**: bytes.
const MAX_PROSE: usize = 5_000;

/// An open fence.
struct Fence {
    mark: char,
    length: usize,
    start: usize,
    /// None where its text can be no KQL.
    is_told: Option<bool>,
}

/// All fences that may hold a query, in order.
pub(crate) fn fences(text: &str) -> Vec<Fenced> {
    let mut found: Vec<Fenced> = Vec::new();
    let (mut title, mut heading, mut prose) = (String::new(), String::new(), String::new());
    let mut open: Option<Fence> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim();
        if let Some(fence) = &open {
            let run = trimmed.chars().take_while(|c| *c == fence.mark).count();
            if run < fence.length || run < trimmed.chars().count() {
                continue;
            }
            if let Some(is_told) = fence.is_told
                && found.len() < MAX_FENCES
            {
                let (heading, title, prose) = (heading.clone(), title.clone(), prose.clone());
                let range = fence.start..start;
                found.push(Fenced {
                    range,
                    heading,
                    title,
                    prose,
                    techniques: Vec::new(),
                    is_told,
                });
            }
            open = None;
        } else if let Some(fence) = opened(trimmed, at) {
            open = Some(fence);
        } else if let Some(text) = trimmed.strip_prefix('#') {
            heading = text.trim_matches(['#', ' ', '*', ':']).to_owned();
            if title.is_empty() {
                title.clone_from(&heading);
            }
            prose.clear();
        } else if prose.len() + trimmed.len() < MAX_PROSE
            && !trimmed.is_empty()
            && !trimmed.starts_with('|')
        {
            prose.push_str(trimmed);
            prose.push('\n');
        }
    }
    let mut techniques = header::techniques(text);
    techniques.dedup();
    techniques.truncate(20);
    let mut unique: Vec<String> = Vec::new();
    for technique in techniques {
        if !unique.contains(&technique) {
            unique.push(technique);
        }
    }
    found.iter_mut().for_each(|one| one.techniques.clone_from(&unique));
    found
}

/// The fence that a line opens; its text begins at `start`.
fn opened(line: &str, start: usize) -> Option<Fence> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    let words = line.get(length..)?.trim().to_ascii_lowercase();
    if length < 3 || words.contains('`') {
        return None;
    }
    let is_told = match words.split([' ', '{', ',']).next().unwrap_or("") {
        "kql" | "kusto" | "csl" => Some(true),
        "" | "c#" | "sql" | "csharp" | "text" | "txt" => Some(false),
        _ => None,
    };
    Some(Fence { mark, length, start, is_told })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_have_places_and_headings() {
        let text = "# Title\n\nT1078 is seen.\n\n## Defender XDR\nProse.\n```KQL\r\nT\r\n| take 1\r\n```\n```json\n{}\n```\n~~~\nx | y\n~~~\n````kusto\n```\nU\n````\n```kql\nopen";
        let found = fences(text);
        let texts: Vec<&str> = found.iter().map(|one| &text[one.range.clone()]).collect();
        assert_eq!(texts, ["T\r\n| take 1\r\n", "x | y\n", "```\nU\n"]);
        assert_eq!((found[0].heading.as_str(), found[0].title.as_str()), ("Defender XDR", "Title"));
        assert_eq!(
            (found[0].prose.as_str(), found[0].is_told, found[1].is_told),
            ("Prose.\n", true, false)
        );
        assert_eq!(found[0].techniques, ["T1078"]);
    }
}
