//! A file that defines a function which rules call: a parser, or a function of the workspace.

use std::sync::Arc;

use kql_semantics::catalog::{StoredBody, StoredFunction};
use kql_syntax::tree::{Function, Parameter};
use kql_syntax::{Code, Diagnostic, Name, Span, parse_function_body, parse_parameters};

use crate::alias;
use crate::fields::{query_text, stem, whole_file};
use crate::rule::{QueryText, RuleFile};
use crate::yaml::Node;

/// A function's file.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionFile {
    /// The file that holds it.
    pub file: Arc<RuleFile>,
    /// Whether it makes a table of logs (a parser) or something else.
    pub kind: FunctionKind,
    /// All names that it is called by: its own, its alias, the builtin it stands for. May be empty.
    pub names: Vec<Name>,
    /// Its parameters as Kusto writes them: `(a:string = "*", T:(*))`; empty where it has none.
    pub parameters: String,
    /// Its body.
    pub query: QueryText,
    /// What is wrong with the file's fields, at places of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a function is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FunctionKind {
    /// It reads tables.
    Parser,
    /// It helps queries.
    Function,
}

impl FunctionKind {
    /// Its name, as `check` prints it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parser => "parser",
            Self::Function => "function",
        }
    }
}

impl FunctionFile {
    /// Its parameters, parsed.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        parse_parameters(&self.parameters).tree
    }

    /// The functions that it defines: one for each of its names. Where its text has faults, calls report them.
    #[must_use]
    pub fn stored(&self) -> Vec<Arc<StoredFunction>> {
        if self.names.is_empty() {
            return Vec::new();
        }
        let body = parse_function_body(&self.query.text);
        // A text that is not understood must not run as the half that was.
        if body.has_errors() {
            return Vec::new();
        }
        let span = Span::new(0, u32::try_from(self.query.text.len()).unwrap_or(u32::MAX));
        let parameters = self.parameters();
        let function = Function { is_view: false, parameters, body: body.tree, span };
        let tree = StoredBody::Tree(Arc::new(function));
        let stored = |name: &Name| StoredFunction { name: name.clone(), body: tree.clone() };
        self.names.iter().map(|name| Arc::new(stored(name))).collect()
    }
}

/// A function written as YAML, whose body stands in `query`.
pub(crate) fn of_yaml(
    file: Arc<RuleFile>,
    root: &Node,
    query: &Node,
    mut diagnostics: Vec<Diagnostic>,
) -> FunctionFile {
    let is_parser = root.get("ParserQuery").is_some();
    let names = ["ParserName", "FunctionName", "FunctionAlias"];
    let builtins = ["EquivalentBuiltInParser", "EquivalentBuiltInFunction"];
    let names = names.iter().chain(&builtins).filter_map(|key| root.get(key));
    let mut known: Vec<Name> = Vec::new();
    for name in names.flat_map(Node::texts).filter(|name| is_identifier(name)) {
        if !known.iter().any(|known| **known == *name) {
            known.push(Name::new(&name));
        }
    }
    let (parameters, faults) = parameters(root);
    diagnostics.extend(faults);
    FunctionFile {
        kind: if is_parser { FunctionKind::Parser } else { FunctionKind::Function },
        names: known,
        parameters,
        query: query_text(&file, query),
        file,
        diagnostics,
    }
}

/// A file that is a function's body and nothing else; the file's name is the function's, and its comments may give another.
pub(crate) fn of_text(file: Arc<RuleFile>) -> FunctionFile {
    let name = stem_without_endings(&file);
    let mut names: Vec<Name> = Vec::new();
    for name in std::iter::once(name).chain(alias::aliases(&file.source.text)) {
        if is_identifier(&name) && !names.iter().any(|known| **known == *name) {
            names.push(Name::new(&name));
        }
    }
    FunctionFile {
        kind: FunctionKind::Parser,
        names,
        parameters: String::new(),
        query: whole_file(&file),
        file,
        diagnostics: Vec::new(),
    }
}

/// A saved search that has an alias; its parameters stand as Kusto writes them, without parentheses.
pub(crate) fn of_saved_search(
    file: Arc<RuleFile>,
    name: &str,
    parameters: &str,
    query: &Node,
) -> FunctionFile {
    let is_right =
        !parameters.is_empty() && !parse_parameters(&format!("({parameters})")).has_errors();
    let mut diagnostics = Vec::new();
    if !is_right && !parameters.is_empty() {
        let message = format!("`{parameters}` are no parameters of a function");
        diagnostics.push(Diagnostic::warning(Code("wrong-field"), message).mark(query.span, ""));
    }
    FunctionFile {
        kind: FunctionKind::Parser,
        names: is_identifier(name).then(|| Name::new(name)).into_iter().collect(),
        parameters: if is_right { format!("({parameters})") } else { String::new() },
        query: query_text(&file, query),
        file,
        diagnostics,
    }
}

/// `Syslog.kql.txt` is `Syslog`.
fn stem_without_endings(file: &RuleFile) -> String {
    let name = file.path.file_name().unwrap_or_default().to_string_lossy();
    let mut name: &str = &name;
    while let Some((stem, ending)) = name.rsplit_once('.') {
        if !matches!(ending.to_ascii_lowercase().as_str(), "kql" | "txt" | "csl") {
            break;
        }
        name = stem;
    }
    if name.is_empty() { stem(file) } else { name.to_owned() }
}

fn is_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The parameters in Kusto's spelling, and what is wrong with them.
fn parameters(root: &Node) -> (String, Vec<Diagnostic>) {
    let keys = ["ParserParams", "FunctionParams", "FunctionParameters", "Parameters"];
    let Some(list) = keys.iter().find_map(|key| root.get(key)) else {
        return (String::new(), Vec::new());
    };
    let mut faults = Vec::new();
    let mut written = Vec::new();
    for node in list.items() {
        let Some(parameter) = parameter(node) else { continue };
        // One that does not parse must not take the others with it.
        if parse_parameters(&format!("({parameter})")).has_errors() {
            let message = format!("`{parameter}` is no parameter of a function");
            faults.push(Diagnostic::warning(Code("wrong-field"), message).mark(node.span, ""));
        } else {
            written.push(parameter);
        }
    }
    let text = if written.is_empty() { String::new() } else { format!("({})", written.join(", ")) };
    (text, faults)
}

/// `name:type = default`
fn parameter(node: &Node) -> Option<String> {
    let name = node.get("Name")?.text()?.trim();
    // Some write a tabular parameter as `Name: T:(TimeGenerated:datetime)`.
    if let Some((name, columns)) = name.split_once(':') {
        return Some(format!("{}:{}", name.trim(), columns.trim()));
    }
    let ty = type_of(node.get("Type").and_then(Node::text).unwrap_or("string"));
    let default = node.get("Default").filter(|_| !ty.starts_with('('));
    let Some(default) = default.and_then(|node| default_of(&ty, node)) else {
        return Some(format!("{name}:{ty}"));
    };
    Some(format!("{name}:{ty} = {default}"))
}

/// A type's name, its usual misspellings mended.
fn type_of(text: &str) -> String {
    let ty = text.trim().to_ascii_lowercase();
    let ty = ty.strip_prefix("type:").unwrap_or(&ty).trim_end_matches([',', ')', '[', ']']).trim();
    match ty {
        "dyanmic" => String::from("dynamic"),
        _ if ty.starts_with("table") || ty.starts_with('(') => String::from("(*)"),
        _ => ty.to_owned(),
    }
}

/// A default as a literal: strings stand in the file without quotes.
fn default_of(ty: &str, node: &Node) -> Option<String> {
    // An empty string is a default, an absent value is none.
    let text = node.text()?;
    let is_quoted =
        |quote: char| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote);
    Some(match ty {
        "string" if is_quoted('"') || is_quoted('\'') => text.to_owned(),
        "string" => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        "bool" => text.trim().to_ascii_lowercase(),
        _ if text.trim().is_empty() => return None,
        _ => text.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    fn written(text: &str) -> String {
        parameters(&yaml::parse(text).unwrap().0).0
    }

    #[test]
    fn parameters_are_written_as_kusto_does() {
        let text = "ParserParams:\n- Name: starttime\n  Type: datetime\n  Default: datetime(null)\n\
                    - Name: ip\n  Type: string\n  Default: '*'\n- Name: list\n  Type: dyanmic\n  Default: dynamic([])\n\
                    - Name: off\n  Type: bool\n  Default: False\n- Name: n\n  Type: int\n";
        let expected = "(starttime:datetime = datetime(null), ip:string = \"*\", list:dynamic = dynamic([]), \
                        off:bool = false, n:int)";
        assert_eq!(written(text), expected);
        let text = "FunctionParams:\n- Name: T:(TimeGenerated:datetime)\n- Name: U\n  Type: table:(*)\n- Type: int\n";
        assert_eq!(written(text), "(T:(TimeGenerated:datetime), U:(*))");
        assert_eq!(written("ParserName: x\n"), "");
    }

    #[test]
    fn a_wrong_parameter_is_reported() {
        let text = "ParserParams:\n- Name: a b\n  Type: string\n- Name: c\n  Type: string\n";
        let (written, faults) = parameters(&yaml::parse(text).unwrap().0);
        assert_eq!((written.as_str(), faults.len()), ("(c:string)", 1));
    }
}
