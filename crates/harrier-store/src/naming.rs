//! Which table a file's rows are of.

use kql_syntax::Name;

use crate::known::KnownSchemas;
use crate::summary::{Summary, TIME_COLUMNS};

/// What is known of a file when its table is asked for.
pub(crate) struct Clues<'a> {
    /// The folders from the given one down, and the file's name.
    pub(crate) parts: &'a [String],
    /// What its records say: `category` of a streaming export.
    pub(crate) category: Option<&'a str>,
    /// What the first pass learned.
    pub(crate) summary: &'a Summary,
}

/// The table of a file by its rows' `Type`, its folders, or its own name. Rows of several types are told apart by
/// [`tables_of_types`] before.
pub(crate) fn table_of(clues: &Clues<'_>) -> Name {
    let stem = clues.parts.last().map_or("", |name| stem_of(name));
    let stem_table = physical(without_parts(stem));
    if let Some((table, _)) = main_type(clues.summary) {
        // A type that no schema knows yields to a file's name that one does.
        let is_known = KnownSchemas.is_physical(table);
        return Name::new(if is_known { table } else { stem_table.unwrap_or(table) });
    }
    let by_category = clues.category.and_then(physical);
    let folder = by_category.or_else(|| folder_table(clues));
    if let Some(table) = folder.or(stem_table) {
        return Name::new(table);
    }
    custom(clues.parts, stem)
}

/// The tables that a column `Type` of several values names, and the rows of each; empty where it names one or none.
pub(crate) fn tables_of_types(summary: &Summary) -> Vec<(&str, u64)> {
    let named = named_types(summary);
    if named.len() > 1 { named } else { Vec::new() }
}

/// The type of most rows, where it is a table.
fn main_type(summary: &Summary) -> Option<(&str, u64)> {
    named_types(summary).into_iter().max_by_key(|(_, rows)| *rows)
}

/// The values of `Type` that are tables, where most of them are: `Alert` among `Info` and `Warning` is none.
fn named_types(summary: &Summary) -> Vec<(&str, u64)> {
    let all = summary.types.iter().map(|(value, rows)| (value.as_str(), *rows));
    let named: Vec<_> = all.filter(|(value, _)| is_table_name(value)).collect();
    let rows = |types: &[(&str, u64)]| types.iter().map(|(_, rows)| rows).sum::<u64>();
    let total: u64 = summary.types.iter().map(|(_, rows)| rows).sum();
    if rows(&named) * 2 > total { named } else { Vec::new() }
}

/// Whether a value of `Type` names a table: one that a schema knows, or a custom log.
fn is_table_name(value: &str) -> bool {
    KnownSchemas.is_physical(value)
        || (value.len() > 3
            && value.ends_with("_CL")
            && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
}

/// The table of the nearest folder that is named after one; not where the rows have nothing of its columns, as the samples
/// of a parser that lie among those of its source do.
fn folder_table(clues: &Clues<'_>) -> Option<&'static str> {
    let (_, folders) = clues.parts.split_last()?;
    let table = folders.iter().rev().find_map(|folder| folder_names_table(folder))?;
    fits(table, clues.summary).then_some(table)
}

fn folder_names_table(folder: &str) -> Option<&'static str> {
    if folder.eq_ignore_ascii_case("CEF") {
        return Some("CommonSecurityLog");
    }
    let stripped = ["am-", "insights-logs-advancedhunting-"]
        .iter()
        .find_map(|prefix| strip_prefix_ignoring_case(folder, prefix));
    physical(stripped.unwrap_or(folder))
}

/// Whether the rows have a column of the table.
fn fits(table: &str, summary: &Summary) -> bool {
    let Some(schema) = KnownSchemas.table(table) else { return true };
    summary.columns.is_empty()
        || summary
            .columns
            .iter()
            .any(|column| schema.columns.iter().any(|(known, _)| **known == *column.name))
        || TIME_COLUMNS.iter().any(|time| summary.column(time).is_some())
}

/// A table that no schema knows, named after the file, or after its folder where the file's name only counts.
fn custom(parts: &[String], stem: &str) -> Name {
    let folder = || parts.iter().rev().skip(1).find(|folder| !is_partition(folder));
    let own = without_part_numbers(stem);
    let is_custom_log = |name: &str| name.ends_with("_CL");
    match folder() {
        Some(folder) if is_part(own) || (is_custom_log(folder) && !is_custom_log(own)) => {
            let name = ["am-", "insights-logs-advancedhunting-"]
                .iter()
                .find_map(|prefix| strip_prefix_ignoring_case(folder, prefix));
            Name::new(name.unwrap_or(folder))
        }
        _ => Name::new(own),
    }
}

/// Whether a file holds a list that rules read with `externaldata`, such as indicators, rather than events.
pub(crate) fn is_list(parts: &[String], table: &str, summary: &Summary) -> bool {
    const FOLDERS: [&str; 8] = [
        "feed",
        "feeds",
        "ioc",
        "iocs",
        "indicator",
        "indicators",
        "threatintel",
        "threat-intelligence",
    ];
    const COLUMNS: [&str; 8] = [
        "ioc",
        "iocs",
        "indicator",
        "indicators",
        "indicatorvalue",
        "indicator_value",
        "indicatortype",
        "tlp",
    ];
    if physical(table).is_some() || table.ends_with("_CL") {
        return false;
    }
    let is_among =
        |name: &str, names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
    let lies_among_lists = parts.iter().rev().skip(1).any(|folder| is_among(folder, &FOLDERS));
    let has_time = TIME_COLUMNS.iter().any(|time| summary.holds(time));
    lies_among_lists
        || (!has_time && summary.columns.iter().any(|column| is_among(&column.name, &COLUMNS)))
}

/// A physical table, whatever the case.
pub(crate) fn physical(name: &str) -> Option<&'static str> {
    KnownSchemas.physical_ignoring_case(name)
}

/// What `--table` patterns and reports call the stem: the name without the endings that tell the format.
pub(crate) fn stem_of(file: &str) -> &str {
    let mut stem = file;
    while let Some((rest, ending)) = stem.rsplit_once('.') {
        let is_format = [
            "json", "ndjson", "jsonl", "csv", "tsv", "txt", "log", "parquet", "gz", "gzip", "zst",
            "zstd", "snappy",
        ]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known));
        if !is_format || rest.is_empty() {
            break;
        }
        stem = rest;
    }
    stem
}

/// The longest beginning of a stem that is a physical table, where only a part's name follows; else the whole.
fn without_parts(stem: &str) -> &str {
    if physical(stem).is_some() {
        return stem;
    }
    let ends = stem.char_indices().rev().filter(|(_, c)| is_separator(*c)).map(|(at, _)| at);
    ends.map(|end| (&stem[..end], &stem[end..]))
        .take_while(|(_, rest)| is_part(rest))
        .map(|(start, _)| start.trim_end_matches(is_separator))
        .find(|start| physical(start).is_some())
        .unwrap_or(stem)
}

/// A stem without the number of a part behind it.
fn without_part_numbers(stem: &str) -> &str {
    let mut own = stem;
    while let Some(at) = own.rfind(is_separator) {
        let last = own[at..].trim_matches(is_separator);
        let is_number = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
        let is_part = last.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("part"));
        if at == 0 || !(is_number || is_part || last.is_empty()) {
            break;
        }
        own = own[..at].trim_end_matches(is_separator);
    }
    own
}

const fn is_separator(c: char) -> bool {
    matches!(c, '_' | '-' | '.' | ' ' | '(' | ')')
}

/// Whether a text tells only which part of a table it is: `_part1`, `-2025-06-01`, `(2)`, `_sample_data`.
fn is_part(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "part", "export", "exported", "sample", "samples", "data", "query", "results", "result",
        "all", "copy", "logs", "backup", "old", "new", "pt",
    ];
    text.split(is_separator).filter(|word| !word.is_empty()).all(|word| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_word = WORDS.iter().any(|known| letters.eq_ignore_ascii_case(known));
        let is_counted =
            word.bytes().any(|byte| byte.is_ascii_digit()) && is_hexadecimal_or_time(word);
        is_word || is_counted
    })
}

/// Digits, `a1b2c3`, `20250601T1000Z`, `PT1H`.
fn is_hexadecimal_or_time(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_hexdigit())
        || word.bytes().all(|byte| {
            byte.is_ascii_digit() || matches!(byte, b'T' | b'Z' | b'P' | b'H' | b'M' | b'v' | b'V')
        })
}

/// Whether a folder only divides its table: `2025`, `y=2025`, `WorkspaceResourceId=`.
fn is_partition(folder: &str) -> bool {
    folder.contains('=')
        || folder.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
}

/// The rest behind a beginning, whatever the case.
pub(crate) fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let start = text.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::ColumnSummary;

    fn named(path: &str, columns: &[&str], types: &[(&str, u64)]) -> String {
        let parts: Vec<String> = path.split('/').map(str::to_owned).collect();
        let columns = columns
            .iter()
            .map(|name| ColumnSummary { name: (*name).to_owned(), ..Default::default() })
            .collect();
        let types = types.iter().map(|(value, rows)| ((*value).to_owned(), *rows)).collect();
        let summary = Summary { columns, types, ..Default::default() };
        table_of(&Clues { parts: &parts, category: None, summary: &summary }).to_string()
    }

    #[test]
    fn a_file_is_of_the_table_that_its_place_names() {
        for (path, table) in [
            ("logs/SigninLogs.ndjson.gz", "SigninLogs"),
            ("logs/signinlogs.json", "SigninLogs"),
            ("logs/CloudAppEvents/2026/11/part-0001.parquet", "CloudAppEvents"),
            ("logs/SecurityEvent_part1.csv", "SecurityEvent"),
            ("logs/SecurityEvent-2025-06-01T10.csv", "SecurityEvent"),
            ("logs/SecurityEvent (2).csv", "SecurityEvent"),
            ("logs/CEF/anything.json", "CommonSecurityLog"),
            ("logs/am-securityevent/WorkspaceResourceId=x/y=2025/m=01/PT05M.json", "SecurityEvent"),
            ("logs/insights-logs-advancedhunting-deviceevents/y=2025/PT1H.json", "DeviceEvents"),
            ("logs/Syslog_firewall.json", "Syslog_firewall"),
            ("logs/MyApp_CL/part-1.json", "MyApp_CL"),
            ("logs/MyApp_CL_part2.json", "MyApp_CL"),
            ("logs/eset_CL.csv", "eset_CL"),
            ("logs/things/2025/06/0001.json", "things"),
            ("logs/imDns/x.json", "x"),
            ("SecurityEvent/x.json", "SecurityEvent"),
            ("weird.name.v2.json", "weird.name.v2"),
        ] {
            assert_eq!(named(path, &[], &[]), table, "{path}");
        }
    }

    #[test]
    fn rows_know_better_than_places() {
        assert_eq!(named("Custom/SquidProxy.json", &[], &[("SquidProxy_CL", 3)]), "SquidProxy_CL");
        assert_eq!(named("Syslog/Alsid.json", &[], &[("AlsidForADLog_CL", 3)]), "AlsidForADLog_CL");
        assert_eq!(named("Feeds/x.csv", &[], &[("domainname", 3)]), "x");
        assert_eq!(named("x/QualysKB_CL.json", &[], &[("NoSuchTable_CL", 3)]), "QualysKB_CL");
        assert_eq!(named("x/y.json", &[], &[("NoSuchTable_CL", 3)]), "NoSuchTable_CL");
        // Nothing in the rows is of Syslog.
        assert_eq!(named("Syslog/GitLabAudit.json", &["severity", "time"], &[]), "GitLabAudit");
        assert_eq!(named("Syslog/Cylance.json", &["SyslogMessage"], &[]), "Syslog");
    }

    #[test]
    fn rows_of_several_types_are_told_apart() {
        let types = |types: &[(&str, u64)]| Summary {
            types: types.iter().map(|(value, rows)| ((*value).to_owned(), *rows)).collect(),
            ..Default::default()
        };
        assert_eq!(
            tables_of_types(&types(&[("Syslog", 1), ("Event", 2)])),
            [("Syslog", 1), ("Event", 2)]
        );
        assert!(tables_of_types(&types(&[("Alert", 1), ("Event", 2), ("Info", 9)])).is_empty());
        assert!(tables_of_types(&types(&[("Syslog", 1), ("reason=login", 2)])).is_empty());
    }
}
