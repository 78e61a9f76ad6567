//! The rules and functions in a JSON document of Azure's: templates, templates in templates, lists, single objects.

use kql_syntax::{Code, Diagnostic, Span};

use super::resource::{self, SavedSearch};
use super::scope::Scope;
use super::{OURS, expression};
use crate::document::{entries, text};
use crate::yaml::{Node, NodeKind};

/// How many rules one document may hold.
const MAX_RULES: usize = 10_000;

/// What one resource is.
pub(crate) enum Found {
    /// A rule in the words of the YAML form.
    Rule {
        /// Its fields.
        root: Node,
        /// What could not be told from the template alone.
        diagnostics: Vec<Diagnostic>,
    },
    /// A function: its alias, its parameters, its body.
    Function {
        /// Its name.
        name: String,
        /// `a:string="x", b:int`
        parameters: String,
        /// Its text.
        query: Node,
    },
    /// A rule of a kind that has no query (`Fusion`).
    WithoutQuery(String),
}

/// All that a document holds, in its order.
pub(crate) fn all(root: &Node) -> Vec<Found> {
    let mut finder = Finder { found: Vec::new() };
    let empty = text("");
    let nothing = Scope::of_template(&empty, None, None);
    match &root.kind {
        NodeKind::Sequence(items) => items.iter().for_each(|item| finder.resource(item, &nothing)),
        NodeKind::Mapping(_) if root.get("resources").is_some() => {
            finder.template(root, None, None);
            restore(root, &mut finder.found);
        }
        NodeKind::Mapping(_) => match root.get("value") {
            Some(Node { kind: NodeKind::Sequence(items), .. }) => {
                items.iter().for_each(|item| finder.resource(item, &nothing));
            }
            _ => finder.resource(root, &nothing),
        },
        NodeKind::Scalar { .. } => {}
    }
    finder.found
}

struct Finder {
    found: Vec<Found>,
}

impl Finder {
    fn template(&mut self, template: &Node, given: Option<&Node>, around: Option<&Scope<'_>>) {
        let scope = Scope::of_template(template, given, around);
        let Some(resources) = template.get("resources") else { return };
        match &resources.kind {
            NodeKind::Sequence(items) => items.iter().for_each(|item| self.resource(item, &scope)),
            // Newer templates name their resources.
            NodeKind::Mapping(named) => {
                named.iter().for_each(|(_, one)| self.resource(one, &scope))
            }
            NodeKind::Scalar { .. } => {}
        }
    }

    fn resource(&mut self, node: &Node, scope: &Scope<'_>) {
        if self.found.len() >= MAX_RULES || !matches!(node.kind, NodeKind::Mapping(_)) {
            return;
        }
        let ty = node.get("type").and_then(Node::text).unwrap_or("").to_ascii_lowercase();
        let kind = ty.rsplit('/').next().unwrap_or("");
        let properties = node.get("properties");
        let template =
            properties.and_then(|own| own.get("template").or_else(|| own.get("mainTemplate")));
        if let (Some(template), Some(properties)) = (template, properties) {
            return self.template(template, properties.get("parameters"), Some(scope));
        }
        let has_query = properties.is_some_and(|own| own.get("query").is_some());
        match kind {
            "alertrules" | "alertruletemplates" => self.rule(node, scope),
            "savedsearches" => self.saved_search(node, scope),
            "" | "rules" if has_query => self.rule(node, scope),
            _ => {}
        }
        if let Some(Node { kind: NodeKind::Sequence(children), .. }) = node.get("resources") {
            children.iter().for_each(|child| self.resource(child, scope));
        }
    }

    fn rule(&mut self, node: &Node, scope: &Scope<'_>) {
        let mut resolver = Resolver { scope, unresolved: Vec::new() };
        let resource = resolver.resolved(node);
        match resource::rule(&resource) {
            Ok(root) => {
                let diagnostics = resolver.diagnostics(&resource);
                self.found.push(Found::Rule { root, diagnostics });
            }
            Err(kind) => self.found.push(Found::WithoutQuery(kind)),
        }
    }

    fn saved_search(&mut self, node: &Node, scope: &Scope<'_>) {
        let mut resolver = Resolver { scope, unresolved: Vec::new() };
        let resource = resolver.resolved(node);
        match resource::saved_search(&resource) {
            Some(SavedSearch::Query(root)) => {
                let diagnostics = resolver.diagnostics(&resource);
                self.found.push(Found::Rule { root, diagnostics });
            }
            Some(SavedSearch::Function { name, parameters, query }) => {
                self.found.push(Found::Function { name, parameters, query });
            }
            None => {}
        }
    }
}

/// Puts the values of expressions in their places.
struct Resolver<'s> {
    scope: &'s Scope<'s>,
    /// The expressions that stayed.
    unresolved: Vec<(Span, String)>,
}

impl Resolver<'_> {
    fn resolved(&mut self, node: &Node) -> Node {
        let kind = match &node.kind {
            NodeKind::Scalar { text, .. } => {
                let value = expression::value(node, self.scope, &mut expression::Budget::default());
                return value.unwrap_or_else(|| {
                    self.unresolved.push((node.span, text.clone()));
                    node.clone()
                });
            }
            NodeKind::Sequence(items) => {
                NodeKind::Sequence(items.iter().map(|item| self.resolved(item)).collect())
            }
            NodeKind::Mapping(entries) => NodeKind::Mapping(
                entries.iter().map(|(key, value)| (key.clone(), self.resolved(value))).collect(),
            ),
        };
        Node { kind, span: node.span }
    }

    /// What is told of expressions that stayed in a rule's own fields: an error where it is the query.
    fn diagnostics(&self, resource: &Node) -> Vec<Diagnostic> {
        let properties = resource.get("properties");
        let query = properties.and_then(|own| own.get("query")).map(|query| query.span);
        let is_own = |span: &Span| {
            properties.is_some_and(|own| own.span.start <= span.start && span.end <= own.span.end)
        };
        let unresolved = self.unresolved.iter().filter(|(span, _)| is_own(span));
        unresolved
            .map(|(span, text)| unresolved_expression(*span, text, Some(*span) == query))
            .collect()
    }
}

fn unresolved_expression(span: Span, text: &str, is_query: bool) -> Diagnostic {
    let text: String = text.chars().take(60).collect();
    let message = format!("the value of `{text}` is known only when the template is deployed");
    let code = Code("unresolved-expression");
    let diagnostic = match is_query {
        true => Diagnostic::error(code, message),
        false => Diagnostic::warning(code, message),
    };
    diagnostic.mark(span, "").help(
        "parameters with a default, variables and `concat` are read: write the value itself here",
    )
}

/// Gives the only rule of a template of ours what ARM had no place for.
fn restore(template: &Node, found: &mut [Found]) {
    let kept = template.get("metadata").and_then(|metadata| metadata.get(OURS));
    let (Some(kept), [Found::Rule { root, .. }]) = (kept, found) else { return };
    let Some(order) = kept.get("order") else { return };
    let fields = kept.get("fields").map(Node::items).unwrap_or(&[]);
    let field =
        |name: &str| fields.iter().find(|f| f.get("field").and_then(Node::text) == Some(name));
    let mut restored: Vec<(Node, Node)> = Vec::new();
    for name in order.items().iter().filter_map(Node::text) {
        let now = root.get(name);
        let kept = field(name).filter(|field| match (field.get("from"), now) {
            // What was changed in the template since then counts.
            (Some(from), Some(now)) => crate::document::same(from, now),
            (None, None) => true,
            _ => false,
        });
        let value = kept.and_then(|field| field.get("is")).or(now);
        if let Some(value) = value {
            restored.push((text(name), value.clone()));
        }
    }
    // Fields that were added to the template since then. What our writer always adds is no such field.
    for (key, value) in entries(root) {
        let name = key.text().unwrap_or("");
        let is_known = restored.iter().any(|(known, _)| known.text() == Some(name));
        if !is_known && !super::write::is_added(name, value) && name != "id" {
            restored.push((key.clone(), value.clone()));
        }
    }
    root.kind = NodeKind::Mapping(restored);
}
