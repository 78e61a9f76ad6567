//! One file's text to the rules, functions or whatever else it holds.

use std::ops::Range;
use std::sync::Arc;

use kql_syntax::{Code, Diagnostic, Span};

use super::form::Form;
use super::{LoadError, Loaded, NotARule};
use crate::arm::read::{self as arm, Found};
use crate::rule::{Rule, RuleFile};
use crate::yaml::{self, Node, NodeKind};
use crate::{fields, function, graph, json, markdown};

const NO_RULE: &str = "JSON that holds no rule";

/// Adds what a file holds.
pub(super) fn load(form: &Form, file: Arc<RuleFile>, loaded: &mut Loaded) {
    match form {
        Form::Yaml => load_yaml(file, loaded),
        Form::Json => load_json(file, loaded),
        Form::Markdown => load_markdown(&file, loaded),
        Form::Function => {
            let function = function::of_text(file.clone());
            // What has no name to be called by is read as a query.
            match function.names.is_empty() {
                true => loaded.rules.push(fields::bare_query(file)),
                false => loaded.functions.push(function),
            }
        }
        Form::Query => loaded.rules.push(fields::bare_query(file)),
        Form::Text if is_query(&file.source.text) => loaded.rules.push(fields::bare_query(file)),
        Form::Text | Form::Other(_) => skip(&file, "a text that is no query", loaded),
    }
}

fn skip(file: &RuleFile, reason: &str, loaded: &mut Loaded) {
    let (path, relative) = (file.path.clone(), file.relative.clone());
    loaded.others.push(NotARule { path, relative, reason: reason.to_owned() });
}

fn load_yaml(file: Arc<RuleFile>, loaded: &mut Loaded) {
    match yaml::parse(&file.source.text) {
        Ok((root, diagnostics)) => fields_of(file, &root, diagnostics, loaded),
        Err(diagnostic) => {
            loaded.errors.push(LoadError::Text { file, diagnostic: *diagnostic });
        }
    }
}

/// A document in the words of the repository's form.
fn fields_of(file: Arc<RuleFile>, root: &Node, diagnostics: Vec<Diagnostic>, loaded: &mut Loaded) {
    if !matches!(root.kind, NodeKind::Mapping(_)) {
        return skip(&file, "YAML that describes no rule", loaded);
    }
    for key in ["ParserQuery", "FunctionQuery"] {
        if let Some(query) = root.get(key).filter(|query| is_text(query)) {
            let function = function::of_yaml(file.clone(), root, query, diagnostics);
            // Without a name that could be called it is a form to be filled in.
            if function.names.is_empty() {
                return skip(&file, "a template", loaded);
            }
            loaded.functions.push(function);
            return;
        }
    }
    match root.get("query").or_else(|| root.get("BaseQuery")) {
        Some(query) if is_text(query) => {
            loaded.rules.push(fields::rule(file, root, query, diagnostics));
        }
        Some(query) if matches!(query.kind, NodeKind::Sequence(_) | NodeKind::Mapping(_)) => {
            let diagnostic = query_is_no_text(query.span);
            loaded.errors.push(LoadError::Text { file, diagnostic });
        }
        _ if root.get("name").is_some() && root.get("id").is_some() => {
            skip(&file, "a rule without a query (retired)", loaded);
        }
        _ => skip(&file, "YAML that describes no rule", loaded),
    }
}

fn is_text(node: &Node) -> bool {
    node.text().is_some_and(|text| !text.trim().is_empty())
}

fn query_is_no_text(span: Span) -> Diagnostic {
    Diagnostic::error(Code("not-a-query"), "`query` is a list or a mapping")
        .mark(span, "")
        .help("write the query as a text behind `query: |`")
}

fn load_json(file: Arc<RuleFile>, loaded: &mut Loaded) {
    // Logs, workbooks and schemas are JSON too.
    let text = &file.source.text;
    if !holds_any(text, &["\"query\"", "\"queryText\"", "alertRules"]) {
        return skip(&file, NO_RULE, loaded);
    }
    let root = match json::parse(text) {
        Ok(root) => root,
        Err(diagnostic) => {
            let words =
                ["Microsoft.SecurityInsights", "savedSearches", "queryCondition", "alertRules"];
            match holds_any(text, &words) {
                true => loaded.errors.push(LoadError::Text { file, diagnostic: *diagnostic }),
                false => skip(&file, NO_RULE, loaded),
            }
            return;
        }
    };
    let detections = graph::all(&root).into_iter();
    let mut found: Vec<Found> =
        detections.map(|root| Found::Rule { root, diagnostics: Vec::new() }).collect();
    if found.is_empty() {
        found = arm::all(&root);
    }
    if found.is_empty() {
        // The form of the repository, written as JSON.
        let is_ours =
            root.get("query").is_some() && (root.get("name").is_some() || root.get("id").is_some());
        return match is_ours {
            true => fields_of(file, &root, Vec::new(), loaded),
            false => skip(&file, NO_RULE, loaded),
        };
    }
    load_found(&file, found, loaded);
}

fn holds_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

fn load_found(file: &Arc<RuleFile>, found: Vec<Found>, loaded: &mut Loaded) {
    let is_several = found.len() > 1;
    let before = loaded.rules.len() + loaded.functions.len();
    let mut without = None;
    for (index, one) in found.into_iter().enumerate() {
        match one {
            Found::Rule { root, diagnostics } => {
                let Some(query) = root.get("query").cloned() else { continue };
                let rule = fields::rule(file.clone(), &root, &query, diagnostics);
                let id = || rule.id.clone().unwrap_or_else(|| (index + 1).to_string());
                let part = is_several.then(id);
                loaded.rules.push(Rule { part, ..rule });
            }
            Found::Function { name, parameters, query } => {
                let function = function::of_saved_search(file.clone(), &name, &parameters, &query);
                match function.names.is_empty() {
                    true => without = Some(String::from("a function without a name")),
                    false => loaded.functions.push(function),
                }
            }
            Found::WithoutQuery(kind) => {
                without = Some(format!("a rule of kind {kind}, which has no query"));
            }
        }
    }
    if before == loaded.rules.len() + loaded.functions.len() {
        skip(file, &without.unwrap_or_else(|| NO_RULE.to_owned()), loaded);
    }
}

fn load_markdown(file: &Arc<RuleFile>, loaded: &mut Loaded) {
    let text = &file.source.text;
    let within = |range: &Range<usize>| text.get(range.clone()).unwrap_or("");
    let mut fences = markdown::fences(text);
    fences.retain(|fence| {
        let query = within(&fence.range);
        !query.trim().is_empty() && (fence.is_told || is_query(query))
    });
    if fences.is_empty() {
        return skip(file, "Markdown without a query", loaded);
    }
    let is_several = fences.len() > 1;
    for (index, fence) in fences.into_iter().enumerate() {
        let rule = fields::fenced_query(file.clone(), &fence, is_several);
        let part = is_several.then(|| (index + 1).to_string());
        loaded.rules.push(Rule { part, ..rule });
    }
}

/// Whether a text is KQL rather than prose.
fn is_query(text: &str) -> bool {
    text.contains('|') && !kql_syntax::parse(text).has_errors()
}
