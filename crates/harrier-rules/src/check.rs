//! Checking: a rule's query parsed and bound, what is wrong with it at places of its file, and what it gives.

use std::sync::Arc;

use kql_semantics::bound::BoundResult;
use kql_semantics::catalog::Catalog;
use kql_semantics::{BindOptions, Bound, Type, bind};
use kql_syntax::tree::{ParameterKind, Query};
use kql_syntax::{Diagnostic, Name, Span, parse};
use serde::Serialize;

use crate::facts::time::NOW;
use crate::function::FunctionFile;
use crate::lint::{Beside, BoundRule};
use crate::lints;
use crate::rule::{QueryText, Rule, RuleFile};
use crate::{LoadError, SourceText};

/// A file with a query, checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The file.
    pub file: Arc<RuleFile>,
    /// What it is: `scheduled`, `hunting`, `parser`, ...
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Whether its query is KQL as far as its syntax goes.
    pub parse_ok: bool,
    /// What is wrong, at places of the file's text.
    pub diagnostics: Vec<Diagnostic>,
    /// What lints find, at places of the file; empty where they were not asked.
    pub findings: Vec<Diagnostic>,
    /// The tables that it reads, through functions too; empty where lints were not asked.
    pub tables: Vec<Name>,
    /// The columns of its result; none where the query has errors.
    pub columns: Option<Vec<(Name, Type)>>,
    /// Whether further columns depend on data.
    pub is_open: bool,
}

/// One line of `check --format ndjson`.
#[derive(Clone, Debug, Serialize)]
pub struct CheckLine {
    /// Where the file lies.
    pub path: String,
    /// What it is.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Whether the syntax is right.
    pub parse_ok: bool,
    /// What is wrong.
    pub diagnostics: Vec<DiagnosticLine>,
    /// What lints find.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<DiagnosticLine>,
    /// Name and type of each result column; absent where the query has errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<(String, &'static str)>>,
    /// Whether further columns depend on data.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
}

/// A diagnostic with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiagnosticLine {
    /// Our code.
    pub code: &'static str,
    /// The code that Kusto's language service gives to the same condition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kusto: Option<&'static str>,
    /// `error`, `warning`, `information`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The first line, from 1.
    pub line: u32,
    /// The first column, from 1. **Unit**: characters.
    pub column: u32,
    /// The line of the end.
    pub end_line: u32,
    /// The column behind the last character.
    pub end_column: u32,
}

impl DiagnosticLine {
    /// A diagnostic whose spans are places of `source`.
    #[must_use]
    pub fn new(diagnostic: &Diagnostic, source: &SourceText) -> Self {
        let (start, end) = source.places(diagnostic.span());
        Self {
            code: diagnostic.code.0,
            kusto: diagnostic.kusto,
            severity: match diagnostic.severity {
                kql_syntax::Severity::Error => "error",
                kql_syntax::Severity::Warning => "warning",
                kql_syntax::Severity::Information => "information",
            },
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

impl Checked {
    /// Whether its query can not be run.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// As a line of `check --format ndjson`.
    #[must_use]
    pub fn line(&self) -> CheckLine {
        let source = &self.file.source;
        let column = |(name, ty): &(Name, Type)| (name.to_string(), ty.name());
        CheckLine {
            path: self.file.path.to_string_lossy().into_owned(),
            kind: self.kind,
            name: self.name.clone(),
            parse_ok: self.parse_ok,
            diagnostics: self.diagnostics.iter().map(|d| DiagnosticLine::new(d, source)).collect(),
            findings: self.findings.iter().map(|d| DiagnosticLine::new(d, source)).collect(),
            columns: self.columns.as_ref().map(|columns| columns.iter().map(column).collect()),
            open: self.is_open,
        }
    }
}

/// A text with its meaning.
pub struct BoundText {
    /// What it means, and what is wrong with that at places of the text.
    pub bound: Bound,
    /// Whether its syntax is right.
    pub parse_ok: bool,
    /// What is wrong with its syntax and its meaning, at places of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Its tree.
    pub tree: Query,
}

/// Parses and binds the query of a rule.
#[must_use]
pub fn bind_text(text: &str, catalog: &dyn Catalog, options: &BindOptions) -> BoundText {
    let parsed = parse(text);
    let parse_ok = !parsed.has_errors();
    let bound = bind(&parsed.tree, catalog, options);
    let mut diagnostics = parsed.diagnostics;
    diagnostics.extend(bound.diagnostics.iter().cloned());
    BoundText { bound, parse_ok, diagnostics, tree: parsed.tree }
}

/// Parses and binds the body of a function with its parameters in scope.
#[must_use]
pub fn bind_function(
    function: &FunctionFile,
    catalog: &dyn Catalog,
    options: &BindOptions,
) -> BoundText {
    let text = &function.query.text;
    let is_tabular = |kind: &ParameterKind| matches!(kind, ParameterKind::Table(_));
    let has_tables = function.parameters().iter().any(|parameter| is_tabular(&parameter.kind));
    // Only a function can take a table, and only a query has a result to speak of.
    let (head, tail) = match function.parameters.as_str() {
        "" => (String::new(), ""),
        list if has_tables => (format!("let __function = {list} {{"), "\n};"),
        list => (format!("declare query_parameters {list};"), ""),
    };
    let mut bound = bind_text(&format!("{head}{text}{tail}"), catalog, options);
    let (before, length) = (narrow(head.len()), narrow(text.len()));
    for diagnostic in &mut bound.diagnostics {
        for mark in &mut diagnostic.marks {
            let shifted = |offset: u32| offset.saturating_sub(before).min(length);
            mark.span = Span::new(shifted(mark.span.start), shifted(mark.span.end));
        }
        diagnostic.edits.clear();
    }
    bound
}

fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Checks a rule.
#[must_use]
pub fn check(rule: &Rule, catalog: &dyn Catalog, options: &BindOptions) -> Checked {
    let bound = bind_text(&rule.query.text, catalog, options);
    let head = Head { file: &rule.file, kind: rule.kind.name(), name: rule.name.clone() };
    checked(head, &rule.query, &rule.diagnostics, bound)
}

/// Checks a rule, and asks all lints of it. It is parsed and bound once.
#[must_use]
pub fn check_and_lint(rule: &Rule, catalog: &dyn Catalog, beside: Beside<'_>) -> Checked {
    let options = BindOptions { now: NOW, ..BindOptions::default() };
    let bound = bind_text(&rule.query.text, catalog, &options);
    let has_errors = bound.diagnostics.iter().any(Diagnostic::is_error);
    let of = (&bound.tree, &bound.bound.query);
    let whole = BoundRule::new(rule, of, has_errors, catalog, beside);
    let findings = lints::run(&whole);
    let mut tables: Vec<Name> =
        whole.facts.tables().into_iter().map(|(name, _)| name.clone()).collect();
    tables.sort();
    tables.dedup();
    let head = Head { file: &rule.file, kind: rule.kind.name(), name: rule.name.clone() };
    Checked { findings, tables, ..checked(head, &rule.query, &rule.diagnostics, bound) }
}

/// Checks a function.
#[must_use]
pub fn check_function(
    function: &FunctionFile,
    catalog: &dyn Catalog,
    options: &BindOptions,
) -> Checked {
    let bound = bind_function(function, catalog, options);
    let name = function.names.first().map(ToString::to_string).unwrap_or_default();
    let head = Head { file: &function.file, kind: function.kind.name(), name };
    checked(head, &function.query, &function.diagnostics, bound)
}

/// What `check` says of a file that can not be understood; none where it could not even be read.
#[must_use]
pub fn check_error(error: &LoadError) -> Option<Checked> {
    let LoadError::Text { file, diagnostic } = error else { return None };
    Some(Checked {
        file: file.clone(),
        kind: "unknown",
        name: crate::fields::stem(file),
        parse_ok: false,
        diagnostics: vec![diagnostic.clone()],
        findings: Vec::new(),
        tables: Vec::new(),
        columns: None,
        is_open: false,
    })
}

struct Head<'a> {
    file: &'a Arc<RuleFile>,
    kind: &'static str,
    name: String,
}

fn checked(head: Head<'_>, query: &QueryText, fields: &[Diagnostic], bound: BoundText) -> Checked {
    let BoundText { bound, parse_ok, diagnostics, .. } = bound;
    let has_errors = diagnostics.iter().any(Diagnostic::is_error);
    let (columns, is_open) = match bound.query.results.last() {
        Some(BoundResult::Table { rowset, .. }) => {
            let columns = rowset.columns.iter().map(|column| (column.name.clone(), column.ty));
            (columns.collect(), rowset.is_open)
        }
        _ => (Vec::new(), false),
    };
    let mut all = fields.to_vec();
    all.extend(diagnostics.into_iter().map(|diagnostic| query.offsets.diagnostic(diagnostic)));
    Checked {
        file: head.file.clone(),
        kind: head.kind,
        name: head.name,
        parse_ok,
        diagnostics: all,
        findings: Vec::new(),
        tables: Vec::new(),
        columns: (!has_errors).then_some(columns),
        is_open,
    }
}
