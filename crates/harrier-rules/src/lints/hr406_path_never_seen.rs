//! HR406: a path that never occurs.

use std::collections::HashSet;

use kql_semantics::bound::ScalarKind;
use kql_syntax::{Diagnostic, Severity};

use crate::facts::origin::Step;
use crate::lint::{BoundRule, Confidence, Lint, Persona, with_level};
use crate::seen::Seen;
use crate::vocabulary;

pub(crate) static LINT: Lint = Lint {
    code: "HR406",
    name: "path-never-seen",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "With data: a place in a dynamic column that never occurs, or occurs in other case only.",
    why: "JSON minds case: `RawEventData.ExtendedPRoperties` is not `RawEventData.ExtendedProperties`. What is not there is null, the comparison is false, and nothing says so.",
    example: "CloudAppEvents\n| where tostring(RawEventData.ExtendedPRoperties) has \"x\"\n",
    instead: "CloudAppEvents\n| where tostring(RawEventData.ExtendedProperties) has \"x\"\n",
    ignore: "The data is a small sample.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let mut said = HashSet::new();
    rule.facts.each_scalar(&mut |_, scalar| {
        let ScalarKind::Member { name, .. } = &scalar.kind else { return };
        let paths = rule.facts.paths(scalar);
        let [path] = paths.as_slice() else { return };
        let keys: Option<Vec<&str>> = path
            .steps
            .iter()
            .map(|step| match step {
                Step::Key(key) => Some(*key),
                // What stands in arrays is not looked at.
                Step::Index(_) | Step::Any => None,
            })
            .collect();
        let Some(keys) = keys.filter(|keys| !keys.is_empty()) else { return };
        if !said.insert(path.text()) {
            return;
        }
        let twin = match unseen(rule.beside.seen, path.table, path.column, &keys) {
            Some(twin) => twin,
            None => match vocabulary::key_in_other_case(path.table, &path.text()) {
                Some(twin) => Some(twin.to_owned()),
                None => return,
            },
        };
        let (message, level, help) = match &twin {
            Some(twin) => (
                format!("`{}` never occurs: the data writes `{twin}`", path.text()),
                Severity::Error,
                format!("write `{twin}`"),
            ),
            None => (
                format!("`{}` never occurs in the data", path.text()),
                Severity::Warning,
                String::from("look at one event: what is there instead?"),
            ),
        };
        // The name is the last thing written of the path.
        let end = scalar.span.end;
        let length = u32::try_from(name.len()).unwrap_or(0);
        let span = kql_syntax::Span::new(end.saturating_sub(length).max(scalar.span.start), end);
        found.push(with_level(LINT.at(rule.file(span), "null always", message).help(help), level));
    });
}

/// Whether the data never held the last key of a path, and the key in other case that it held.
fn unseen(
    seen: Option<&dyn Seen>,
    table: &str,
    column: &str,
    keys: &[&str],
) -> Option<Option<String>> {
    let (last, before) = keys.split_last()?;
    let known = seen?.keys(table, column, before)?;
    if known.values.is_empty() || known.values.iter().any(|key| key == last) {
        return None;
    }
    let twin = known.values.iter().find(|key| key.eq_ignore_ascii_case(last));
    (known.is_whole || twin.is_some()).then(|| twin.cloned())
}
