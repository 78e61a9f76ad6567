//! ARM's expressions: `[concat(variables('a'), parameters('b').c[0])]`.

use kql_syntax::Span;

use super::scope::Scope;
use crate::document::{entries, text};
use crate::yaml::{Node, NodeKind};

/// How deep expressions and what they name may stand in one another.
const MAX_DEPTH: usize = 24;
/// The longest text that may be put together. **Unit**: bytes.
const MAX_TEXT: usize = 1 << 20;
/// How many calls one value may take.
const MAX_CALLS: usize = 2_000;

/// The expression that a text is, without its brackets; none where it stands for itself.
pub(super) fn inner(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    (!inner.starts_with('[')).then_some(inner)
}

/// The text that `[[x]` spells; none where no bracket is escaped.
pub(super) fn unescaped(text: &str) -> Option<&str> {
    (text.starts_with("[[") && text.ends_with(']')).then(|| text.get(1..))?
}

/// The value of a text that may be an expression; none where it can not be told from the template alone.
pub(super) fn value(node: &Node, scope: &Scope<'_>, budget: &mut Budget) -> Option<Node> {
    let NodeKind::Scalar { text, style } = &node.kind else { return Some(node.clone()) };
    if let Some(plain) = unescaped(text) {
        let span = Span::new(node.span.start + 1, node.span.end);
        return Some(Node {
            kind: NodeKind::Scalar { text: plain.to_owned(), style: *style },
            span,
        });
    }
    let Some(expression) = inner(text) else { return Some(node.clone()) };
    budget.enter()?;
    let mut reader = Reader { rest: expression, scope, budget, at: node.span };
    let value = reader.expression()?;
    let is_whole = reader.rest.trim().is_empty();
    budget.leave();
    is_whole.then_some(value)
}

/// What is left to spend on one value.
#[derive(Default)]
pub(super) struct Budget {
    depth: usize,
    calls: usize,
}

impl Budget {
    fn enter(&mut self) -> Option<()> {
        self.depth += 1;
        self.calls += 1;
        (self.depth <= MAX_DEPTH && self.calls <= MAX_CALLS).then_some(())
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }
}

struct Reader<'e, 's> {
    rest: &'e str,
    scope: &'s Scope<'s>,
    budget: &'s mut Budget,
    /// Where the expression is written.
    at: Span,
}

impl Reader<'_, '_> {
    fn expression(&mut self) -> Option<Node> {
        self.budget.enter()?;
        let mut value = self.primary()?;
        loop {
            self.blank();
            value = if self.eat('.') {
                let name = self.word()?;
                member(&value, &name)?
            } else if self.eat('[') {
                let index = self.expression()?;
                self.blank();
                if !self.eat(']') {
                    return None;
                }
                element(&value, index.text()?)?
            } else {
                self.budget.leave();
                return Some(value);
            };
        }
    }

    fn primary(&mut self) -> Option<Node> {
        self.blank();
        if self.rest.starts_with('\'') {
            return self.string().map(text);
        }
        if self.rest.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            let is_part = |c: char| c.is_ascii_digit() || c == '-';
            let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
            let (number, rest) = self.rest.split_at_checked(end)?;
            self.rest = rest;
            return Some(text(number));
        }
        let function = self.word()?.to_ascii_lowercase();
        self.blank();
        if !self.eat('(') {
            return None;
        }
        let arguments = self.arguments()?;
        self.call(&function, &arguments)
    }

    fn arguments(&mut self) -> Option<Vec<Node>> {
        let mut arguments = Vec::new();
        self.blank();
        if self.eat(')') {
            return Some(arguments);
        }
        loop {
            arguments.push(self.expression()?);
            self.blank();
            if self.eat(')') {
                return Some(arguments);
            }
            if !self.eat(',') {
                return None;
            }
        }
    }

    fn call(&mut self, function: &str, arguments: &[Node]) -> Option<Node> {
        match (function, arguments) {
            ("parameters", [name]) => {
                let (node, scope) = self.scope.parameter(name.text()?)?;
                value(node, scope, self.budget)
            }
            ("variables", [name]) => {
                let (node, scope) = self.scope.variable(name.text()?)?;
                value(node, scope, self.budget)
            }
            ("concat", parts) => self.concat(parts),
            ("tolower", [one]) => Some(text(one.text()?.to_lowercase())),
            ("toupper", [one]) => Some(text(one.text()?.to_uppercase())),
            ("string", [one]) => Some(text(one.text()?)),
            _ => None,
        }
    }

    fn concat(&self, parts: &[Node]) -> Option<Node> {
        if parts.iter().any(|part| matches!(part.kind, NodeKind::Sequence(_))) {
            let items: Vec<Node> = parts.iter().flat_map(Node::items).cloned().collect();
            return Some(Node { kind: NodeKind::Sequence(items), span: self.at });
        }
        let mut whole = String::new();
        for part in parts {
            whole.push_str(part.text()?);
            if whole.len() > MAX_TEXT {
                return None;
            }
        }
        Some(Node { span: self.at, ..text(whole) })
    }

    /// `'it''s'`
    fn string(&mut self) -> Option<String> {
        let mut value = String::new();
        self.rest = self.rest.get(1..)?;
        loop {
            let end = self.rest.find('\'')?;
            value.push_str(self.rest.get(..end)?);
            self.rest = self.rest.get(end + 1..)?;
            if !self.rest.starts_with('\'') {
                return Some(value);
            }
            value.push('\'');
            self.rest = self.rest.get(1..)?;
        }
    }

    fn word(&mut self) -> Option<String> {
        self.blank();
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!word.is_empty()).then(|| word.to_owned())
    }

    fn eat(&mut self, wanted: char) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn blank(&mut self) {
        self.rest = self.rest.trim_start();
    }
}

fn member(node: &Node, name: &str) -> Option<Node> {
    let is_it = |(key, _): &&(Node, Node)| key.text().is_some_and(|k| k.eq_ignore_ascii_case(name));
    entries(node).iter().find(is_it).map(|(_, value)| value.clone())
}

fn element(node: &Node, index: &str) -> Option<Node> {
    match &node.kind {
        NodeKind::Sequence(items) => items.get(index.parse::<usize>().ok()?).cloned(),
        _ => member(node, index),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn evaluated(expression: &str) -> Option<String> {
        let template = json::parse(
            r#"{"parameters": {"ws": {"defaultValue": "main"}, "bare": {"type": "string"}},
                "variables": {"q": "T | take 1", "o": {"id": "x1", "list": ["a", "b"]}, "both": "[concat(variables('q'), ' ', parameters('WS'))]",
                "loop": "[variables('loop')]", "p0": "0123456789", "p1": "[concat(variables('p0'),variables('p0'),variables('p0'))]"}}"#,
        )
        .unwrap();
        let scope = Scope::of_template(&template, None, None);
        let value = value(&text(expression), &scope, &mut Budget::default())?;
        value.text().map(str::to_owned)
    }

    #[test]
    fn what_can_be_told() {
        for (expression, expected) in [
            ("plain", Some("plain")),
            ("[[x]", Some("[x]")),
            ("[x", Some("[x")),
            ("[variables('both')]", Some("T | take 1 main")),
            ("[concat('it''s ', variables('o').list[1], variables('o')['id'])]", Some("it's bx1")),
            ("[variables('loop')]", None),
            ("[parameters('bare')]", None),
            ("[uniqueString('x')]", None),
            ("[variables('q')", Some("[variables('q')")),
            ("[variables('q') x]", None),
        ] {
            assert_eq!(evaluated(expression).as_deref(), expected, "{expression}");
        }
        let deep = format!("[{}'x'{}]", "concat(".repeat(5000), ")".repeat(5000));
        assert_eq!(evaluated(&deep), None);
    }
}
