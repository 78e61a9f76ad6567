//! What the comments above a query say of it: `// Name: …`, `// Techniques: T1078`, and prose.

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) severity: Option<String>,
    pub(crate) tactics: Vec<String>,
    pub(crate) techniques: Vec<String>,
    /// The lines that are no fields.
    pub(crate) description: String,
}

/// More lines are not looked at.
const MAX_LINES: usize = 200;
/// A longer line is prose cut out of a page, or none.
const MAX_LINE: usize = 2_000;

/// Reads the comments that stand before the first line of a query.
pub(crate) fn read(text: &str) -> Header {
    let mut header = Header::default();
    let mut prose: Vec<&str> = Vec::new();
    for line in text.lines().take(MAX_LINES).map(str::trim) {
        if line.is_empty() {
            continue;
        }
        let Some(comment) = line.strip_prefix("//") else { break };
        let comment = comment.trim_matches(['/', ' ', '\t', '*', '=', '-', '#']);
        if comment.is_empty() || comment.len() > MAX_LINE {
            continue;
        }
        if !field(comment, &mut header) {
            prose.push(comment);
        }
        for technique in techniques(comment) {
            if !header.techniques.contains(&technique) {
                header.techniques.push(technique);
            }
        }
    }
    header.description = prose.join("\n");
    header
}

/// Takes a line that is `key: value`.
fn field(comment: &str, header: &mut Header) -> bool {
    let Some((key, value)) = comment.split_once(':') else { return false };
    let value = value.trim().to_owned();
    let list = |value: &str| value.split([',', ';']).map(|one| one.trim().to_owned()).collect();
    match key.trim().to_ascii_lowercase().as_str() {
        _ if value.is_empty() => return false,
        "name" | "title" | "rule" | "rule name" | "query name" => header.name = Some(value),
        "id" | "rule id" => header.id = Some(value),
        "severity" => header.severity = Some(value),
        "tactic" | "tactics" | "mitre tactic" | "mitre tactics" => header.tactics = list(&value),
        "technique" | "techniques" | "mitre technique" | "mitre techniques" | "mitre" => {}
        // Where a collection took the text from.
        "source" | "path" | "heading" => {}
        _ => return false,
    }
    true
}

/// The technique ids in a text, in upper case.
pub(crate) fn techniques(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.') {
        let word = word.trim_matches('.');
        let Some(digits) = word.strip_prefix(['T', 't']) else { continue };
        let (parent, sub) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str, length: usize| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if is_number(parent, 4) && (sub.is_empty() && !digits.contains('.') || is_number(sub, 3)) {
            found.push(word.to_ascii_uppercase());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_prose() {
        let header = read(
            "// Name: Many failures\n//Finds what fails often.\n// MITRE: T1110.003, t1078\n\n// Severity: High\n// ----\nT\n// Name: late\n",
        );
        assert_eq!(header.name.as_deref(), Some("Many failures"));
        assert_eq!(header.description, "Finds what fails often.");
        assert_eq!(header.techniques, ["T1110.003", "T1078"]);
        assert_eq!(header.severity.as_deref(), Some("High"));
        assert_eq!(techniques("KT1078 T10780 T1078.01 (T1003)"), ["T1003"]);
    }
}
