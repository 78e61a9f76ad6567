//! Words for pages: what tables hold, what codes mean, how times and lists are said.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lines::lines;

static TEXT: &str = include_str!("../../content/words.txt");
static WORDS: LazyLock<Words> = LazyLock::new(read);

/// A literal that suggests techniques.
#[derive(Clone, Debug)]
pub(crate) struct Hint {
    /// The literal, or a part of one.
    pub(crate) text: &'static str,
    /// What it suggests.
    pub(crate) techniques: Vec<&'static str>,
    /// What it means; empty where that is said elsewhere.
    pub(crate) meaning: &'static str,
}

#[derive(Default)]
struct Words {
    tables: HashMap<&'static str, &'static str>,
    codes: HashMap<(&'static str, &'static str), &'static str>,
    tactics: HashMap<&'static str, &'static str>,
    values: HashMap<&'static str, Hint>,
    events: HashMap<&'static str, Hint>,
    commands: Vec<Hint>,
    tools: Vec<&'static str>,
    scanners: Vec<&'static str>,
}

/// What the rows of a table are: `sign-ins of service principals`.
pub(crate) fn table(name: &str) -> Option<&'static str> {
    WORDS.tables.get(name).copied()
}

/// What a code means: `EventID` 4688.
pub(crate) fn code(column: &str, value: &str) -> Option<&'static str> {
    WORDS.codes.get(&(column, value)).copied()
}

/// What an adversary does for a tactic, as Sentinel names it: `keeps access`.
pub(crate) fn tactic(name: &str) -> Option<&'static str> {
    WORDS.tactics.get(name).copied()
}

/// What a value of an action or an operation suggests.
pub(crate) fn value_hint(value: &str) -> Option<&'static Hint> {
    WORDS.values.get(folded(value).as_str())
}

/// What an event id suggests.
pub(crate) fn event_hint(id: &str) -> Option<&'static Hint> {
    WORDS.events.get(id)
}

/// What is suggested by a part of a command line.
pub(crate) fn command_hint(text: &str) -> Option<&'static Hint> {
    let text = text.to_lowercase();
    WORDS.commands.iter().find(|hint| text.contains(hint.text))
}

/// Whether a text names a program of the system that is often abused.
pub(crate) fn is_system_tool(text: &str) -> bool {
    let name = text.rsplit(['\\', '/']).next().unwrap_or(text).trim().to_lowercase();
    WORDS.tools.contains(&name.as_str())
}

/// Whether a text names a tool that is used with permission, too.
pub(crate) fn is_scanner(text: &str) -> bool {
    let text = text.to_lowercase();
    WORDS.scanners.iter().any(|tool| text.contains(tool))
}

/// Lower case, one dash, one blank, no full stop: what slips of spelling leave alike.
pub(crate) fn folded(text: &str) -> String {
    let dash = |c: char| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    };
    let text: String = text.chars().map(dash).flat_map(char::to_lowercase).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_end_matches('.').to_owned()
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// A text as code; what would break out of that is quoted instead.
pub(crate) fn code_text(text: &str) -> String {
    let shown: String = match text.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text)),
        None => text.to_owned(),
    };
    let shown = shown.replace(['\n', '\r', '\t'], " ");
    let has_edge = shown.starts_with(' ') || shown.ends_with(' ');
    match shown.contains('`') || shown.is_empty() {
        true => format!("\"{}\"", shown.replace('`', "'")),
        // A blank at an edge is seen only between quotes.
        false if has_edge => format!("`\"{shown}\"`"),
        false => format!("`{shown}`"),
    }
}

/// Several texts as code, the first of them and how many more.
pub(crate) fn code_list(texts: &[String], most: usize, last: &str) -> String {
    let mut shown: Vec<String> = texts.iter().take(most).map(|text| code_text(text)).collect();
    if texts.len() > most {
        shown.push(format!("{} more", texts.len() - most));
    }
    listed(&shown, last)
}

/// A span of time: `1 day`, `14 days`, `90 minutes`.
pub(crate) fn duration(ticks: i64) -> String {
    const SECOND: i64 = 10_000_000;
    let units = [(86_400 * SECOND, "day"), (3600 * SECOND, "hour"), (60 * SECOND, "minute")];
    let ticks = ticks.abs();
    for (unit, name) in units {
        if ticks >= unit && ticks % unit == 0 {
            return counted(ticks / unit, name);
        }
    }
    match ticks {
        _ if ticks > 2 * 86_400 * SECOND => {
            format!("about {}", counted((ticks + 43_200 * SECOND) / (86_400 * SECOND), "day"))
        }
        _ => counted(ticks / SECOND, "second"),
    }
}

/// `1 day`, `2 days`.
pub(crate) fn counted(count: i64, name: &str) -> String {
    match count {
        1 => format!("1 {name}"),
        _ => format!("{count} {name}s"),
    }
}

fn read() -> Words {
    let mut words = Words::default();
    for (kind, mut fields) in lines(TEXT) {
        match kind {
            "table" => {
                words.tables.insert(fields.text(), fields.text());
            }
            "code" => {
                words.codes.insert((fields.text(), fields.text()), fields.text());
            }
            "tactic" => {
                words.tactics.insert(fields.text(), fields.text());
            }
            "tool" => words.tools.push(fields.text()),
            "scanner" => words.scanners.push(fields.text()),
            _ => {
                let text = fields.text();
                let hint = Hint { text, techniques: fields.list(), meaning: fields.text() };
                match kind {
                    "value" => {
                        words.values.insert(text, hint);
                    }
                    "event" => {
                        words.events.insert(text, hint);
                    }
                    "command" => words.commands.push(hint),
                    _ => {}
                }
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attack::{Status, technique};

    #[test]
    fn literals_suggest_active_techniques() {
        let written = "Update application \u{2013} Certificates and secrets management ";
        assert_eq!(
            value_hint(written).map(|hint| hint.techniques.clone()),
            Some(vec!["T1098.001"])
        );
        assert_eq!(event_hint("1102").map(|hint| hint.techniques.clone()), Some(vec!["T1685.005"]));
        let all = WORDS.values.values().chain(WORDS.events.values()).chain(&WORDS.commands);
        for id in all.flat_map(|hint| &hint.techniques) {
            assert_eq!(technique(id).map(|one| one.status), Some(Status::Active), "{id}");
        }
    }

    #[test]
    fn lists_and_times_are_said() {
        let items = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        assert_eq!(listed(&items(&["a", "b", "c"]), "or"), "a, b or c");
        assert_eq!(code_list(&items(&["a", "b", "c"]), 2, "or"), "`a`, `b` or 1 more");
        assert_eq!(code_text("a`b"), "\"a'b\"");
        assert_eq!(code_text("a "), "`\"a \"`");
        assert_eq!(duration(864_000_000_000), "1 day");
        assert_eq!(duration(864_000_000_000 * 14), "14 days");
        assert_eq!(duration(54_000_000_000), "90 minutes");
        assert!(is_system_tool("C:\\Windows\\System32\\CertUtil.exe"));
    }
}
