//! All that a rule's file says, field by field: the repository's YAML form, whatever form the file has.

use kql_syntax::Span;
use saphyr_parser::ScalarStyle;

use crate::arm;
use crate::json;
use crate::write_yaml;
use crate::yaml::{Node, NodeKind};

/// The fields of a rule, known and unknown, in the file's order and in the words of the repository's YAML form.
///
/// Scalars are texts as they are written. Nothing that a file says is left out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub(crate) root: Node,
}

impl Document {
    /// A mapping's fields.
    pub(crate) fn new(root: Node) -> Self {
        Self { root }
    }

    /// The names of its fields, in order.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        entries(&self.root).iter().filter_map(|(key, _)| key.text()).collect()
    }

    /// The text of a field; none where it is absent, null, or no text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        self.root.get(key).and_then(Node::text)
    }

    /// Where the value of a field is written in the file.
    #[must_use]
    pub fn place(&self, key: &str) -> Option<Span> {
        self.root.get(key).map(|node| node.span)
    }

    /// As the repository's YAML form.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        write_yaml::write(&self.root)
    }

    /// As an ARM template that deploys it: an alert rule, or a saved search where it has no schedule.
    ///
    /// What ARM has no place for stands in the template's `metadata`, from where it is read again: nothing is lost.
    #[must_use]
    pub fn to_arm(&self) -> String {
        json::write(&arm::write::template(&self.root))
    }

    /// As JSON, in the words of the YAML form; all scalars but null are texts.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(&quoted(&self.root))
    }

    /// Whether two say the same in the same order; places, quotes and block styles aside.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        same(&self.root, &other.root)
    }
}

/// Whether two trees hold the same texts.
pub(crate) fn same(one: &Node, other: &Node) -> bool {
    match (&one.kind, &other.kind) {
        (NodeKind::Scalar { .. }, NodeKind::Scalar { .. }) => one.text() == other.text(),
        (NodeKind::Sequence(one), NodeKind::Sequence(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same(a, b))
        }
        (NodeKind::Mapping(one), NodeKind::Mapping(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|((k, v), (l, w))| same(k, l) && same(v, w))
        }
        _ => false,
    }
}

/// The entries of a mapping; none of anything else.
pub(crate) fn entries(node: &Node) -> &[(Node, Node)] {
    match &node.kind {
        NodeKind::Mapping(entries) => entries,
        NodeKind::Scalar { .. } | NodeKind::Sequence(_) => &[],
    }
}

/// A text.
pub(crate) fn text(value: impl Into<String>) -> Node {
    scalar(value.into(), ScalarStyle::DoubleQuoted)
}

/// A number, `true`, `false` or `null`.
pub(crate) fn bare(value: impl Into<String>) -> Node {
    scalar(value.into(), ScalarStyle::Plain)
}

/// `null`
pub(crate) fn null() -> Node {
    bare("null")
}

/// A list.
pub(crate) fn list(items: impl IntoIterator<Item = Node>) -> Node {
    Node { kind: NodeKind::Sequence(items.into_iter().collect()), span: Span::default() }
}

/// A mapping.
pub(crate) fn mapping<'k>(entries: impl IntoIterator<Item = (&'k str, Node)>) -> Node {
    let entries = entries.into_iter().map(|(key, value)| (text(key), value));
    Node { kind: NodeKind::Mapping(entries.collect()), span: Span::default() }
}

fn scalar(text: String, style: ScalarStyle) -> Node {
    Node { kind: NodeKind::Scalar { text, style }, span: Span::default() }
}

/// The tree with all scalars but null as texts.
pub(crate) fn quoted(node: &Node) -> Node {
    let kind = match &node.kind {
        NodeKind::Scalar { .. } => match node.text() {
            Some(text) => {
                NodeKind::Scalar { text: text.to_owned(), style: ScalarStyle::DoubleQuoted }
            }
            None => null().kind,
        },
        NodeKind::Sequence(items) => NodeKind::Sequence(items.iter().map(quoted).collect()),
        NodeKind::Mapping(entries) => NodeKind::Mapping(
            entries.iter().map(|(key, value)| (quoted(key), quoted(value))).collect(),
        ),
    };
    Node { kind, span: node.span }
}
