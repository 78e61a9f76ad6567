//! Parameters and repetitions: `${name}` and `${n}` in texts, `ago(5m)` for instants.

use kql_semantics::time::DateTimeText;

use crate::Seconds;
use crate::document::entries;
use crate::yaml::{Node, NodeKind};

/// A name and the value that stands for it.
pub(super) type Parameter<'a> = (&'a str, &'a Node);

/// The tree with parameters filled in. A text that is one parameter and nothing else becomes its value.
pub(super) fn filled(node: &Node, parameters: &[Parameter<'_>]) -> Node {
    if parameters.is_empty() {
        return node.clone();
    }
    let kind = match &node.kind {
        NodeKind::Scalar { text, style } if text.contains("${") => {
            let whole = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
            let value = whole.and_then(|name| parameters.iter().find(|(known, _)| *known == name));
            if let Some((_, value)) = value {
                return Node { span: node.span, ..(*value).clone() };
            }
            let mut filled = text.clone();
            for (name, value) in parameters {
                if let Some(value) = value.text() {
                    filled = filled.replace(&format!("${{{name}}}"), value);
                }
            }
            NodeKind::Scalar { text: filled, style: *style }
        }
        NodeKind::Scalar { .. } => return node.clone(),
        NodeKind::Sequence(items) => {
            NodeKind::Sequence(items.iter().map(|item| filled(item, parameters)).collect())
        }
        NodeKind::Mapping(entries) => NodeKind::Mapping(
            entries.iter().map(|(key, value)| (key.clone(), filled(value, parameters))).collect(),
        ),
    };
    Node { kind, span: node.span }
}

/// The first name that is left to be filled in, with its place.
pub(super) fn left_over(node: &Node) -> Option<(String, &Node)> {
    match &node.kind {
        NodeKind::Scalar { text, .. } => {
            let rest = text.get(text.find("${")? + 2..)?;
            Some((rest.get(..rest.find('}')?)?.to_owned(), node))
        }
        NodeKind::Sequence(items) => items.iter().find_map(left_over),
        NodeKind::Mapping(_) => entries(node).iter().find_map(|(_, value)| left_over(value)),
    }
}

/// The instant that `ago(5m)` is; none where a text is no such call.
pub(super) fn ago(text: &str, as_of: i64) -> Option<String> {
    let inner = text.trim().strip_prefix("ago(")?.strip_suffix(')')?;
    let back = match inner.trim() {
        "0" | "0s" | "0m" => 0,
        span => Seconds::parse(span)?.ticks(),
    };
    Some(DateTimeText(as_of.saturating_sub(back)).to_string())
}
