//! What columns are known to hold: values of audit logs and the like, shipped with the program.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::facts::origin::Path;
use crate::lint::BoundRule;

/// Values by column: a line `[Table.Column ...]`, then a value a line, blanks at its end written as `␠`.
static TEXT: &str = include_str!("../content/vocabulary.txt");

/// Known values of `table.path`.
type Columns = HashMap<&'static str, Vec<&'static str>>;

fn columns() -> &'static Columns {
    static COLUMNS: OnceLock<Columns> = OnceLock::new();
    COLUMNS.get_or_init(|| {
        let mut columns = Columns::new();
        let mut current: Vec<&'static str> = Vec::new();
        for line in TEXT.lines() {
            let line = line.trim_end_matches('\r');
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(names) => current = names.split_whitespace().collect(),
                None => current
                    .iter()
                    .for_each(|name| columns.entry(name).or_default().push(value_of(line))),
            }
        }
        columns
    })
}

/// A value as it stands in a line: a blank at its end is a sign that an editor does not strip.
fn value_of(line: &'static str) -> &'static str {
    static SPELLED: OnceLock<std::sync::Mutex<HashMap<&'static str, &'static str>>> =
        OnceLock::new();
    if !line.contains('␠') {
        return line;
    }
    let spelled = SPELLED.get_or_init(Default::default);
    let Ok(mut spelled) = spelled.lock() else { return line };
    spelled.entry(line).or_insert_with(|| Box::leak(line.replace('␠', " ").into_boxed_str()))
}

/// The known values of the columns that these paths name, whose values the rule's own data does not contradict.
pub(crate) fn of(_: &BoundRule<'_>, paths: &[Path<'_>]) -> Vec<&'static str> {
    let mut values = Vec::new();
    for path in paths {
        let name = format!("{}.{}", path.table, path.text());
        if let Some(known) = columns().get(name.as_str()) {
            values.extend(known.iter().copied());
        }
    }
    values
}

/// The known place of a dynamic column whose name differs from this one in case only.
pub(crate) fn key_in_other_case(table: &str, path: &str) -> Option<&'static str> {
    let keys = columns().get(format!("{table}.*").as_str())?;
    if keys.contains(&path) {
        return None;
    }
    keys.iter().find(|key| key.eq_ignore_ascii_case(path)).copied()
}

/// A text without what the eye does not see: dashes and quotation marks in one spelling, blanks once, letters small.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        let plain = match character {
            // A damaged dash became a replacement character, or was dropped: both read as a blank.
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '-' | '\u{fffd}' => ' ',
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '`' | '\u{b4}' => '\'',
            '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
            '\u{200b}' | '\u{feff}' => continue,
            character if character.is_whitespace() => ' ',
            character => character,
        };
        if plain == ' ' && (folded.is_empty() || folded.ends_with(' ')) {
            continue;
        }
        folded.extend(plain.to_lowercase());
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// `-` (U+002D), hyphen
pub(crate) fn spelled_out(character: char) -> String {
    let name = match character {
        '-' => ", a hyphen",
        '\u{2013}' => ", an en dash",
        '\u{2014}' => ", an em dash",
        '\u{2018}' | '\u{2019}' => ", a curly quotation mark",
        '\u{a0}' => ", a blank that does not break",
        ' ' => ", a blank",
        '\u{fffd}' => ", a damaged character",
        _ => "",
    };
    format!("`{character}` (U+{:04X}{name})", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_fold_to_one() {
        let value = "Update application – Certificates and secrets management ";
        for text in [
            "Update application - Certificates and secrets management ",
            "Update application  Certificates and secrets management",
            "update application \u{fffd} certificates and secrets management",
        ] {
            assert_eq!(fold(text), fold(value), "{text}");
        }
        assert_ne!(fold("Update application"), fold(value));
    }

    #[test]
    fn the_shipped_values_are_read() {
        let known = columns().get("CloudAppEvents.ActionType").unwrap();
        assert!(known.contains(&"Update application – Certificates and secrets management "));
        assert!(columns().values().flatten().all(|value| !value.contains('␠')));
    }
}
