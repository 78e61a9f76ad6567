//! The name that a parser's comments tell to save it under.

/// Words that follow "alias" in prose and are no names.
const PROSE: [&str; 17] = [
    "and", "from", "when", "which", "with", "this", "that", "should", "name", "function", "field",
    "text", "under", "saved", "used", "other", "alias",
];

/// The names said after the word "alias": "specifying function name and alias as X", "the alias of X", "Function Alias, as X".
pub(crate) fn aliases(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let found = lower.match_indices("alias").filter_map(|(at, word)| text.get(at + word.len()..));
    found.filter_map(name_behind).collect()
}

/// The name at the beginning of what follows the word.
fn name_behind(text: &str) -> Option<String> {
    let mut rest = text.trim_start();
    rest = without_word(rest, "as").unwrap_or(rest);
    rest = rest.strip_prefix([':', ',']).unwrap_or(rest).trim_start();
    rest = without_word(rest, "as").or_else(|| without_word(rest, "of")).unwrap_or(rest);
    rest = rest.strip_prefix(['"', '\'', '`']).unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let name = rest.get(..end)?;
    let is_name = name.len() > 3
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !PROSE.iter().any(|word| name.eq_ignore_ascii_case(word));
    is_name.then(|| name.to_owned())
}

/// `text` behind a word and the blanks after it, if it begins with that word.
fn without_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (first, rest) = text.split_at_checked(word.len())?;
    let is_word = first.eq_ignore_ascii_case(word) && rest.starts_with(|c: char| c.is_whitespace());
    is_word.then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_prose() {
        for (text, name) in [
            ("// by specifying function name and alias as AADUserInfo.", Some("AADUserInfo")),
            ("// name the Function Alias, as CiscoMeraki", Some("CiscoMeraki")),
            ("// should be given the alias of GitHubAudit.", Some("GitHubAudit")),
            ("// function alias: `Box_Events`", Some("Box_Events")),
            ("// use function alias from any other queries", None),
            ("T | project alias = 1", None),
        ] {
            assert_eq!(aliases(text).first().map(String::as_str), name, "{text}");
        }
    }
}
