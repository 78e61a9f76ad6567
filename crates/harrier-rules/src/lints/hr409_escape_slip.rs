//! HR409: a backslash that made a control character.

use kql_syntax::{Diagnostic, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR409",
    name: "escape-slip",
    level: Severity::Error,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A path written in a text whose backslashes made a control character: `\\3` is the character U+0003, `\\n` a new line, `\\t` a tab.",
    why: "No path holds such a character, so the comparison never matches.",
    example: "DeviceFileEvents\n| where FolderPath startswith \"C:\\\\WINDOWS\\\\x64\\\\\\3\\\\\"\n",
    instead: "DeviceFileEvents\n| where FolderPath startswith @\"C:\\WINDOWS\\x64\\3\\\"\n",
    ignore: "Never for a path. Write `\\\\` for a backslash, or `@\"...\"`, in which backslashes are themselves.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for string in &rule.facts.tree.strings {
        let is_path = string.value.contains(":\\") || string.value.matches('\\').count() > 1;
        let control = string
            .value
            .chars()
            .find(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t'));
        let (true, Some(control)) = (is_path, control) else { continue };
        let message = format!("this path holds the control character U+{:04X}", u32::from(control));
        found.push(
            LINT.at(rule.file(string.span), "no path has it", message)
                .help("write `\\\\` for each backslash, or begin the text with `@`"),
        );
    }
}
