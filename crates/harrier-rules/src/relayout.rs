//! A rule's file with its query in canonical form; nothing else of it changes.

use crate::{Encoding, QueryText, RuleFile};

/// The bytes of a file in which `formatted` stands for its query; none where the query is not written as whole lines that
/// begin in one column, or the file not in UTF-8: then broken lines would change what it says.
#[must_use]
pub fn with_query(file: &RuleFile, query: &QueryText, formatted: &str) -> Option<Vec<u8>> {
    let text = (file.source.encoding == Encoding::Utf8).then_some(file.source.text.as_str())?;
    let place = |offset: usize| Some(query.offsets.to_file(u32::try_from(offset).ok()?) as usize);
    let written = query.text.trim();
    let first = query.text.len() - query.text.trim_start().len();
    let last = first + written.char_indices().last()?.0;
    let line = text.get(..place(first)?)?.rfind('\n').map_or(0, |at| at + 1);
    let rest = text.get(place(last)?..)?;
    let end = text.len() - rest.len() + rest.find(['\r', '\n']).unwrap_or(rest.len());
    let block = text.get(line..end)?;
    if !block.lines().map(str::trim).eq(written.lines().map(str::trim)) {
        return None;
    }
    // The query's own first line may begin with blanks.
    let blanks = block.len() - block.trim_start().len();
    let own = first - query.text.get(..first)?.rfind('\n').map_or(0, |at| at + 1);
    let base = block.get(..blanks.checked_sub(own)?)?;
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = formatted.trim_end().lines().map(|line| match line.is_empty() {
        true => String::new(),
        false => format!("{base}{line}"),
    });
    let lines = lines.collect::<Vec<_>>().join(line_end);
    let mark = if file.bytes.starts_with(b"\xEF\xBB\xBF") { "\u{feff}" } else { "" };
    Some([mark, text.get(..line)?, &lines, text.get(end..)?].concat().into_bytes())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use super::with_query;
    use crate::{FileBytes, load_bytes};

    fn laid_out(name: &str, text: &str) -> Option<String> {
        let file = FileBytes {
            path: PathBuf::from(name),
            relative: name.to_owned(),
            bytes: Arc::from(text.as_bytes()),
            origin: None,
        };
        let loaded = load_bytes(file);
        let rule = loaded.rules.first()?;
        let formatted = kql_syntax::format(&rule.query.text).ok()?;
        String::from_utf8(with_query(&rule.file, &rule.query, &formatted)?).ok()
    }

    #[test]
    fn only_the_query_changes() {
        let yaml = "id: 1 # one\r\nname: n\r\nquery: |\r\n\r\n    T|where a==1\r\n      | count\r\n\r\nversion: 1.0.0\r\n";
        let expected = "id: 1 # one\r\nname: n\r\nquery: |\r\n\r\n    T\r\n    | where a == 1\r\n    | count\r\n\r\nversion: 1.0.0\r\n";
        assert_eq!(laid_out("a.yaml", yaml).as_deref(), Some(expected));
        assert_eq!(laid_out("a.yaml", expected).as_deref(), Some(expected));
        assert_eq!(laid_out("a.kql", "// head\nT|count").as_deref(), Some("// head\nT\n| count"));
    }

    #[test]
    fn what_is_no_block_of_lines_is_left_alone() {
        assert_eq!(laid_out("a.yaml", "name: n\nquery: T|count\n"), None);
        assert_eq!(laid_out("a.yaml", "name: n\nquery: \"T\\n|count\"\n"), None);
        assert_eq!(laid_out("a.yaml", "name: n\nquery: >\n  T\n  |count\n"), None);
    }
}
