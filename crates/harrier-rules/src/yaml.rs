//! YAML as rules use it: a tree with places, every scalar read as text, hostile documents refused.

use std::collections::{HashMap, HashSet};

use kql_syntax::{Code, Diagnostic, Span};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

/// How deep lists and mappings may stand in one another.
const MAX_DEPTH: usize = 40;
/// How many values a document may have, its aliases written out.
const MAX_NODES: usize = 200_000;
/// How many bytes the scalars of a document may have, its aliases written out.
const MAX_BYTES: usize = 16 << 20;

/// A value in a YAML document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    /// Where it is written; for a block scalar from its first line that is not blank.
    pub(crate) span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NodeKind {
    Scalar { text: String, style: ScalarStyle },
    Sequence(Vec<Node>),
    Mapping(Vec<(Node, Node)>),
}

impl Node {
    /// What stands under a key; the first where there are several.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let NodeKind::Mapping(entries) = &self.kind else { return None };
        entries.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    /// The text of a scalar; none for `null`, `~` and nothing at all.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, style: ScalarStyle::Plain }
                if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL") =>
            {
                None
            }
            NodeKind::Scalar { text, .. } => Some(text),
            NodeKind::Sequence(_) | NodeKind::Mapping(_) => None,
        }
    }

    /// Its elements; a single value is a list of itself, `null` one of nothing.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.kind {
            NodeKind::Sequence(items) => items,
            NodeKind::Scalar { .. } if self.text().is_some() => std::slice::from_ref(self),
            NodeKind::Scalar { .. } | NodeKind::Mapping(_) => &[],
        }
    }

    /// The texts among its elements, trimmed.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.items().iter().filter_map(Node::text).map(|text| text.trim().to_owned()).collect()
    }

    /// Its values and bytes.
    fn size(&self) -> (usize, usize) {
        let sum = |(nodes, bytes): (usize, usize), node: &Node| {
            let (more, size) = node.size();
            (nodes + more, bytes + size)
        };
        match &self.kind {
            NodeKind::Scalar { text, .. } => (1, text.len()),
            NodeKind::Sequence(items) => items.iter().fold((1, 0), sum),
            NodeKind::Mapping(entries) => {
                entries.iter().fold((1, 0), |size, (key, value)| sum(sum(size, key), value))
            }
        }
    }
}

/// Reads the first document of a text.
///
/// # Errors
/// One diagnostic at the place where it is no YAML, or more than a rule file may hold.
pub(crate) fn parse(text: &str) -> Result<(Node, Vec<Diagnostic>), Box<Diagnostic>> {
    let mut builder = Builder::new(text);
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| builder.not_yaml(&error))?;
        let span = Span::new(builder.offset(span.start), builder.offset(span.end));
        if builder.event(event, span)? == Progress::Done {
            break;
        }
    }
    let root = builder.root.take().unwrap_or_else(|| scalar(Span::at(0)));
    Ok((root, builder.diagnostics))
}

fn scalar(span: Span) -> Node {
    Node { kind: NodeKind::Scalar { text: String::new(), style: ScalarStyle::Plain }, span }
}

#[derive(PartialEq)]
enum Progress {
    More,
    Done,
}

/// A list or mapping whose end has not come yet.
struct Open {
    node: Node,
    anchor: usize,
    /// The key whose value comes next.
    key: Option<Node>,
    /// The keys of a mapping so far.
    keys: HashSet<String>,
}

struct Builder {
    /// Byte offsets by character, where they differ.
    offsets: Vec<u32>,
    length: u32,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    root: Option<Node>,
    nodes: usize,
    bytes: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Builder {
    fn new(text: &str) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let offsets = match text.is_ascii() {
            true => Vec::new(),
            false => text.char_indices().map(|(offset, _)| narrow(offset)).collect(),
        };
        Self {
            offsets,
            length: narrow(text.len()),
            open: Vec::new(),
            anchors: HashMap::new(),
            root: None,
            nodes: 0,
            bytes: 0,
            diagnostics: Vec::new(),
        }
    }

    /// The byte offset of a marker, which counts characters.
    fn offset(&self, marker: Marker) -> u32 {
        let index = marker.index();
        if self.offsets.is_empty() {
            return u32::try_from(index).unwrap_or(u32::MAX).min(self.length);
        }
        self.offsets.get(index).copied().unwrap_or(self.length)
    }

    /// The file is no YAML, so that nothing of the rule can be read.
    fn not_yaml(&self, error: &ScanError) -> Box<Diagnostic> {
        let at = Span::at(self.offset(*error.marker()));
        let diagnostic =
            Diagnostic::error(Code("not-yaml"), format!("this is no YAML: {}", error.info()));
        Box::new(diagnostic.mark(at, "").help("check the indentation and quotes above this place"))
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<Progress, Box<Diagnostic>> {
        match event {
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
            // What follows the first document is no part of the rule.
            Event::StreamEnd | Event::DocumentEnd => return Ok(Progress::Done),
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned().unwrap_or_else(|| scalar(span));
                self.add(Node { span, ..node }, 0)?;
            }
            Event::Scalar(text, style, anchor, _) => {
                let kind = NodeKind::Scalar { text: text.into_owned(), style };
                self.add(Node { kind, span }, anchor)?;
            }
            Event::SequenceStart(anchor, _) => {
                self.push(NodeKind::Sequence(Vec::new()), anchor, span)?;
            }
            Event::MappingStart(anchor, _) => {
                self.push(NodeKind::Mapping(Vec::new()), anchor, span)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open { mut node, anchor, .. }) = self.open.pop() {
                    node.span.end = span.end.max(node.span.start);
                    self.place(node, anchor);
                }
            }
        }
        Ok(Progress::More)
    }

    fn push(&mut self, kind: NodeKind, anchor: usize, span: Span) -> Result<(), Box<Diagnostic>> {
        self.count((1, 0), span)?;
        if self.open.len() >= MAX_DEPTH {
            let message =
                format!("lists and mappings stand more than {MAX_DEPTH} deep in one another");
            return Err(too_much(message, span));
        }
        self.open.push(Open { node: Node { kind, span }, anchor, key: None, keys: HashSet::new() });
        Ok(())
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Box<Diagnostic>> {
        self.count(node.size(), node.span)?;
        self.place(node, anchor);
        Ok(())
    }

    fn count(&mut self, (nodes, bytes): (usize, usize), span: Span) -> Result<(), Box<Diagnostic>> {
        self.nodes += nodes;
        self.bytes += bytes;
        if self.nodes > MAX_NODES || self.bytes > MAX_BYTES {
            let message = format!(
                "with its aliases written out this file has more than {MAX_NODES} values or {MAX_BYTES} bytes"
            );
            return Err(too_much(message, span));
        }
        Ok(())
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node, anchor: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut open.node.kind {
            NodeKind::Sequence(items) => items.push(node),
            NodeKind::Mapping(entries) => match open.key.take() {
                None => open.key = Some(node),
                Some(key) => {
                    if key.text().is_some_and(|text| !open.keys.insert(text.to_owned())) {
                        self.diagnostics.push(doubled_key(&key));
                    }
                    entries.push((key, node));
                }
            },
            NodeKind::Scalar { .. } => {}
        }
    }
}

fn too_much(message: String, span: Span) -> Box<Diagnostic> {
    let diagnostic = Diagnostic::error(Code("yaml-too-large"), message).mark(span, "");
    Box::new(diagnostic.help("a rule file is small: split it, or write aliases out"))
}

fn doubled_key(key: &Node) -> Diagnostic {
    let name = key.text().unwrap_or("");
    Diagnostic::error(Code("doubled-key"), format!("the key `{name}` is given twice"))
        .mark(key.span, "given before")
        .help("a mapping has each key once: remove one of them")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_texts_with_places() {
        let text = "id: 007\nversion: 1.0\ntags:\n- ä: b\n- null\nquery: |\n  T\n  | take 1\n";
        let (root, diagnostics) = parse(text).unwrap();
        assert!(diagnostics.is_empty());
        assert_eq!(root.get("version").unwrap().text(), Some("1.0"));
        assert_eq!(root.get("id").unwrap().span.text(text), "007");
        let query = root.get("query").unwrap();
        assert_eq!(query.text(), Some("T\n| take 1\n"));
        assert!(query.span.text(text).starts_with("T\n"), "{:?}", query.span.text(text));
        assert!(root.get("tags").unwrap().texts().is_empty());
    }

    #[test]
    fn faults_have_places() {
        let error = parse("a: b\nc: [d\ne: f\n").unwrap_err();
        assert_eq!(error.code.0, "not-yaml");
        assert!(error.span().start > 5);
        let (_, diagnostics) = parse("a: 1\nb: 2\na: 3\n").unwrap();
        assert_eq!(diagnostics[0].span(), Span::new(10, 11));
    }

    #[test]
    fn hostile_documents_are_refused() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let alias = format!("*a{}", level - 1);
            let list = vec![alias; 10].join(", ");
            bomb.push_str(&format!("a{level}: &a{level} [{list}]\n"));
        }
        assert_eq!(parse(&bomb).unwrap_err().code.0, "yaml-too-large");
        let deep = "[".repeat(100_000);
        assert!(parse(&deep).is_err());
        let deep = format!("a: {}x{}", "[".repeat(1000), "]".repeat(1000));
        assert!(parse(&deep).is_err());
        assert!(parse("*nobody").is_err());
    }
}
