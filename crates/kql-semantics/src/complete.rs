//! What can be written at a place of an unfinished text.

use kql_syntax::{Keyword, Span, Token, TokenKind, lex, parse};

use crate::bound::BoundResult;
use crate::catalog::Catalog;
use crate::signatures::Signatures;
use crate::{BindOptions, bind};

/// What can be written at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The beginning of the word that is there, which a completion stands for.
    pub span: Span,
    /// What may stand there, the nearest kind first, each kind in its own order.
    pub items: Vec<Completion>,
}

/// A word that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// As it is written; a name that needs brackets has them.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CompletionKind {
    /// A column of the rows so far.
    Column,
    /// A name that a `let` gives.
    Let,
    /// A table.
    Table,
    /// A stored function.
    StoredFunction,
    /// A scalar function.
    Function,
    /// An aggregate.
    Aggregate,
    /// A plugin, behind `evaluate`.
    Plugin,
    /// A tabular operator, behind a bar.
    Operator,
}

/// What can be written in `text` at byte `cursor`; only what begins with the letters before the cursor, case aside.
#[must_use]
pub fn complete(text: &str, cursor: usize, catalog: &dyn Catalog) -> Completions {
    let Some(before) = text.get(..cursor) else { return Completions::default() };
    let tokens = lex(before);
    let tokens: Vec<Token> =
        tokens.as_slice().iter().filter(|token| token.kind != TokenKind::End).copied().collect();
    let end = u32::try_from(before.len()).unwrap_or(u32::MAX);
    let is_comment = before.rsplit('\n').next().is_some_and(|line| line.contains("//"));
    let (word, known) = match tokens.split_last() {
        Some((last, known)) if last.span.end == end && last.kind.is_word() => (last.span, known),
        Some((last, _)) if last.span.end == end && last.kind == TokenKind::String => {
            return Completions::default();
        }
        _ if is_comment => return Completions::default(),
        _ => (Span::at(end), tokens.as_slice()),
    };
    let place = Place::behind(known);
    let mut items = place.items(before, catalog);
    let typed = word.text(before).to_lowercase();
    items.retain(|item| item.text.to_lowercase().trim_start_matches("['").starts_with(&typed));
    items.dedup();
    Completions { span: word, items }
}

/// A pair of brackets that is open, or a statement.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// Where the expression in it begins.
    start: u32,
    /// The last bar in it.
    bar: Option<u32>,
    /// The operator behind that bar, or at its start.
    operator: Option<Keyword>,
    /// How many tokens stand behind its start, or behind its bar.
    length: usize,
    /// Whether it holds the arguments of a function.
    is_call: bool,
}

impl Frame {
    const fn at(start: u32) -> Self {
        Self { start, bar: None, operator: None, length: 0, is_call: false }
    }
}

/// Where the cursor is.
struct Place {
    frames: Vec<Frame>,
    /// Where the statement begins.
    statement: u32,
    last: Option<TokenKind>,
}

impl Place {
    fn behind(tokens: &[Token]) -> Self {
        use TokenKind as T;
        let mut frames = vec![Frame::at(0)];
        let mut statement = 0;
        let mut before: Option<&Token> = None;
        for token in tokens {
            let before = before.replace(token);
            let end = token.span.end;
            match token.kind {
                T::OpenParen | T::OpenBracket | T::OpenBrace => {
                    if let Some(frame) = frames.last_mut() {
                        frame.length += 1;
                    }
                    let is_call = before.is_some_and(|before| {
                        before.kind.is_name() && before.span.end == token.span.start
                    });
                    frames.push(Frame { is_call, ..Frame::at(end) });
                }
                T::CloseParen | T::CloseBracket | T::CloseBrace if frames.len() > 1 => {
                    frames.pop();
                }
                T::Semicolon => {
                    if let [only] = frames.as_mut_slice() {
                        *only = Frame::at(end);
                        statement = end;
                    }
                }
                kind => {
                    let Some(frame) = frames.last_mut() else { continue };
                    let is_let = frame.operator == Some(Keyword::Let);
                    if kind == T::Bar {
                        *frame = Frame { bar: Some(token.span.start), ..Frame::at(frame.start) };
                    } else if kind == T::Equal && is_let {
                        *frame = Frame::at(end);
                    } else {
                        if frame.length == 0 {
                            frame.operator = kind.keyword();
                        }
                        frame.length += 1;
                    }
                }
            }
        }
        Self { frames, statement, last: tokens.last().map(|token| token.kind) }
    }

    fn items(&self, text: &str, catalog: &dyn Catalog) -> Vec<Completion> {
        let Some(frame) = self.frames.last() else { return Vec::new() };
        if self.last == Some(TokenKind::Bar) {
            return named(CompletionKind::Operator, operators());
        }
        let operator = self.frames.iter().rev().find_map(|frame| frame.operator);
        if frame.operator == Some(Keyword::Evaluate) {
            let plugins = Signatures::get().plugins().iter();
            let shown = plugins.filter(|plugin| !plugin.is_hidden);
            return named(CompletionKind::Plugin, shown.map(|plugin| plugin.name.to_string()));
        }
        let is_source = frame.length == 0 && frame.bar.is_none() && !frame.is_call;
        let takes_tables = matches!(
            operator,
            Some(
                Keyword::Union | Keyword::Join | Keyword::Lookup | Keyword::Find | Keyword::Search
            )
        );
        let mut items = Vec::new();
        if !is_source || !takes_tables {
            items.extend(self.columns(text, catalog));
        }
        items.extend(self.lets(text));
        if is_source || takes_tables {
            items.extend(named(CompletionKind::Table, catalog.table_names()));
            items.extend(named(CompletionKind::StoredFunction, catalog.function_names()));
        }
        let shown =
            |builtin: &&crate::signatures::Builtin| !builtin.is_hidden && builtin.instead.is_none();
        let text_of = |builtin: &crate::signatures::Builtin| builtin.name.to_string();
        if matches!(operator, Some(Keyword::Summarize | Keyword::MakeSeries)) {
            let aggregates = Signatures::get().aggregates().iter().filter(shown).map(text_of);
            items.extend(named(CompletionKind::Aggregate, aggregates));
        }
        let scalars = Signatures::get().scalars().iter().filter(shown).map(text_of);
        items.extend(named(CompletionKind::Function, scalars));
        items
    }

    /// The columns of the rows before the last bar around the cursor.
    fn columns(&self, text: &str, catalog: &dyn Catalog) -> Vec<Completion> {
        let Some(frame) = self.frames.iter().rev().find(|frame| frame.bar.is_some()) else {
            return Vec::new();
        };
        let lets = Span::new(0, self.statement).text(text);
        let rows = Span::new(frame.start, frame.bar.unwrap_or(frame.start)).text(text);
        let query = parse(&format!("{lets}\n{rows}")).tree;
        let bound = bind(&query, catalog, &BindOptions::default()).query;
        let columns = match bound.results.last() {
            Some(BoundResult::Table { rowset, .. }) => rowset.columns.as_slice(),
            _ => &[],
        };
        named(CompletionKind::Column, columns.iter().map(|column| column.name.clone()))
    }

    /// The names of the `let` statements before.
    fn lets(&self, text: &str) -> Vec<Completion> {
        use kql_syntax::tree::StatementKind;
        let statements = parse(Span::new(0, self.statement).text(text)).tree.statements;
        let names = statements.into_iter().filter_map(|statement| match statement.kind {
            StatementKind::Let(named) => Some(named.name.name),
            _ => None,
        });
        named(CompletionKind::Let, names)
    }
}

fn named(
    kind: CompletionKind,
    names: impl IntoIterator<Item = impl std::ops::Deref<Target = str>>,
) -> Vec<Completion> {
    let written = |name: &str| Completion { text: written(name, kind), kind };
    names.into_iter().map(|name| written(&name)).collect()
}

/// A name as a query can hold it.
fn written(name: &str, kind: CompletionKind) -> String {
    let is_plain = kind == CompletionKind::Operator || {
        let tokens = lex(name);
        matches!(tokens.as_slice(), [token, _] if token.kind.is_name())
    };
    match is_plain {
        true => name.to_owned(),
        false => format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'")),
    }
}

/// The operators that may stand behind a bar.
fn operators() -> Vec<&'static str> {
    let names = [
        "as",
        "consume",
        "count",
        "distinct",
        "evaluate",
        "extend",
        "facet",
        "fork",
        "getschema",
        "invoke",
        "join",
        "lookup",
        "make-graph",
        "make-series",
        "mv-apply",
        "mv-expand",
        "order",
        "parse",
        "parse-kv",
        "parse-where",
        "partition",
        "project",
        "project-away",
        "project-by-names",
        "project-keep",
        "project-rename",
        "project-reorder",
        "reduce",
        "render",
        "sample",
        "sample-distinct",
        "scan",
        "search",
        "serialize",
        "sort",
        "summarize",
        "take",
        "top",
        "top-hitters",
        "top-nested",
        "union",
        "where",
    ];
    names.to_vec()
}
