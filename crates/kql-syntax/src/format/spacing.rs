//! Whether a space stands between two tokens of one line.

use crate::keyword::{Keyword, KeywordClass};
use crate::token::{Token, TokenKind, Tokens};

/// Parameters of operators that are reserved words: `name=value` without spaces.
const PARAMETERS: &[&str] = &[
    "bagexpansion",
    "best_effort",
    "cycles",
    "datascope",
    "decodeblocks",
    "default",
    "flags",
    "id",
    "isfuzzy",
    "kind",
    "output",
    "with_component_id",
    "with_itemindex",
    "with_match_id",
    "with_node_id",
    "with_source",
    "withsource",
];

/// Where a token stands.
#[derive(Clone, Copy, Debug, Default)]
struct Context {
    /// Inside `dynamic(...)`.
    is_json: bool,
    /// In an operator that takes wildcards.
    has_wildcards: bool,
    /// In an operator that draws a graph: `(a)-[b]->(c)`.
    is_graph: bool,
    /// Behind `step`, up to its colon.
    is_step: bool,
    /// Right behind the colon of a `step`.
    is_step_colon: bool,
}

/// For each token whether a space stands before it, where it does not begin a line.
pub(super) fn spaces(text: &str, tokens: &Tokens) -> Vec<bool> {
    let tokens = tokens.as_slice();
    let mut outer: Vec<Context> = Vec::new();
    let mut context = Context::default();
    let mut spaces = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        let mut inside = context;
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => {
                let before = index.checked_sub(1).and_then(|before| tokens.get(before));
                let is_dynamic =
                    before.and_then(|token| token.kind.keyword()) == Some(Keyword::Dynamic);
                outer.push(context);
                context.is_json |= is_dynamic;
            }
            TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                inside = context;
                context = outer.pop().unwrap_or_default();
            }
            _ => context.pass(token.kind),
        }
        inside.is_step = context.is_step_colon;
        context.is_step_colon = token.kind == TokenKind::Colon && context.is_step;
        context.is_step &= token.kind != TokenKind::Colon;
        let words = Words { text, tokens, index, context: inside };
        spaces.push(index > 0 && words.has_space());
    }
    spaces
}

impl Context {
    /// What a token says of those behind it.
    fn pass(&mut self, kind: TokenKind) {
        use Keyword as K;
        match kind {
            TokenKind::Bar | TokenKind::Semicolon => {
                *self = Self { is_json: self.is_json, ..Self::default() };
            }
            TokenKind::Keyword(
                K::Union
                | K::Find
                | K::Search
                | K::ProjectAway
                | K::ProjectKeep
                | K::ProjectReorder
                | K::ProjectByNames
                | K::FindProjectAway,
            ) => self.has_wildcards = true,
            TokenKind::Keyword(K::MakeGraph | K::GraphMatch | K::GraphShortestPaths) => {
                self.is_graph = true;
            }
            TokenKind::Keyword(K::Step) => self.is_step = true,
            _ => {}
        }
    }
}

/// A token with those before it.
struct Words<'a> {
    text: &'a str,
    tokens: &'a [Token],
    index: usize,
    context: Context,
}

impl Words<'_> {
    fn kind(&self, back: usize) -> Option<TokenKind> {
        let index = self.index.checked_sub(back)?;
        self.tokens.get(index).map(|token| token.kind)
    }

    /// Whether the token is written right behind the one before it.
    fn is_glued(&self) -> bool {
        let ends = |back: usize| self.index.checked_sub(back).and_then(|at| self.tokens.get(at));
        match (ends(1), ends(0)) {
            (Some(before), Some(token)) => before.span.end == token.span.start,
            _ => false,
        }
    }

    fn has_space(&self) -> bool {
        use TokenKind as T;
        let (Some(before), Some(kind)) = (self.kind(1), self.kind(0)) else { return false };
        match (before, kind) {
            (_, T::Comma | T::Semicolon | T::CloseParen | T::CloseBracket) => false,
            (T::OpenParen | T::OpenBracket, _) => false,
            (T::OpenBrace, T::CloseBrace) => false,
            (T::OpenBrace, _) | (_, T::CloseBrace) => !self.context.is_json,
            (T::Comma, _) => true,
            _ if self.context.is_graph && is_drawing(before, kind) => !self.is_glued(),
            (T::Dot, _) | (_, T::Dot) => false,
            (T::Bang | T::At | T::Question | T::Bad, _)
            | (_, T::Bang | T::At | T::Question | T::Bad) => !self.is_glued(),
            (T::Equal, _) => !self.is_parameter(2),
            (_, T::Equal) => !self.is_parameter(1),
            (T::Star, _) | (_, T::Star) if self.context.has_wildcards => !self.is_glued(),
            (_, T::Colon) => matches!(before, T::CloseParen) && !self.context.is_json,
            (T::Colon, _) => self.has_space_behind_colon(kind),
            (T::Minus | T::Plus, _) if self.is_sign() => false,
            (_, T::OpenParen) => self.has_space_before_parenthesis(before),
            (_, T::OpenBracket) => self.has_space_before_bracket(before),
            _ => true,
        }
    }

    /// Whether the token `back` before this one is a parameter of an operator.
    fn is_parameter(&self, back: usize) -> bool {
        let token = self.index.checked_sub(back).and_then(|at| self.tokens.get(at));
        let word = token.map_or("", |token| token.span.text(self.text));
        !self.context.is_json && (PARAMETERS.contains(&word) || word.starts_with("hint."))
    }

    fn has_space_behind_colon(&self, kind: TokenKind) -> bool {
        let is_schema = kind == TokenKind::OpenParen;
        let of_call = matches!(self.kind(2), Some(TokenKind::CloseParen));
        self.context.is_json || self.context.is_step || (is_schema && of_call)
    }

    /// Whether the `-` or `+` before this token has no left operand.
    fn is_sign(&self) -> bool {
        match self.kind(2) {
            None => true,
            Some(TokenKind::Keyword(keyword)) => keyword.class() != KeywordClass::Name,
            Some(TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace) => false,
            Some(other) => !(other == TokenKind::Identifier || other.is_literal()),
        }
    }

    fn has_space_before_parenthesis(&self, before: TokenKind) -> bool {
        use Keyword as K;
        match before {
            TokenKind::Keyword(
                K::ToScalar
                | K::ToTable
                | K::Materialize
                | K::Datatable
                | K::ExternalData
                | K::ExternalDataOld
                | K::Dynamic
                | K::TypeOf,
            ) => false,
            // `join kind=inner (right)`
            _ if self.kind(2) == Some(TokenKind::Equal) && self.is_parameter(3) => true,
            TokenKind::Identifier => !self.is_glued(),
            TokenKind::Keyword(keyword) if keyword.class() == KeywordClass::Name => {
                !self.is_glued() || matches!(keyword, K::On | K::With | K::Join | K::Lookup)
            }
            _ => true,
        }
    }

    fn has_space_before_bracket(&self, before: TokenKind) -> bool {
        use TokenKind as T;
        match before {
            T::Identifier | T::CloseParen | T::CloseBracket | T::String => false,
            T::Keyword(keyword) => keyword.class() != KeywordClass::Name || !self.is_glued(),
            _ => true,
        }
    }
}

/// Whether two tokens may be a part of an edge of a graph.
const fn is_drawing(before: TokenKind, kind: TokenKind) -> bool {
    use TokenKind as T;
    const fn is_line(kind: TokenKind) -> bool {
        matches!(kind, T::Minus | T::Greater | T::Less | T::OpenBracket | T::Star | T::DotDot)
    }
    is_line(before) || is_line(kind) || matches!(before, T::CloseBracket)
}
