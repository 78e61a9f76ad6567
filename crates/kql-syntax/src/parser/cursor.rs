//! The place in the text, and what every production asks of it.

use super::brackets::{Brackets, closer_of};
use crate::keyword::Keyword;
use crate::token::{Fault, Token, TokenKind, Tokens};
use crate::{Diagnostic, Span, diagnostics, lexer};

/// How many levels a tree may have. A level is an expression inside another one, an operator inside an expression, a
/// value inside `dynamic(...)`, a function's body; a chain of operators counts a level for each link, as its tree does.
///
/// Measured: at this depth parsing, and cloning, comparing, printing and dropping the tree, stay inside the 2 MB of a
/// thread's stack in a debug build (`tests/hostile.rs`).
pub(super) const DEEPEST: u32 = 500;

/// More diagnostics help nobody.
const MOST_DIAGNOSTICS: usize = 100;

/// The state of a parse.
pub(super) struct Parser<'text> {
    pub(super) text: &'text str,
    tokens: &'text Tokens,
    slice: &'text [Token],
    end: Token,
    pub(super) brackets: Brackets,
    position: usize,
    /// Level of the production at work.
    pub(super) depth: u32,
    /// Deepest level of what was parsed since somebody reset it.
    pub(super) deepest: u32,
    /// How many brackets are open since the last place where statements may stand.
    pub(super) open_brackets: u32,
    /// How many brackets with statements in them are open.
    pub(super) open_blocks: u32,
    pub(super) is_recovering: bool,
    diagnostics: Vec<Diagnostic>,
}

impl<'text> Parser<'text> {
    pub(super) fn new(text: &'text str, tokens: &'text Tokens) -> Self {
        let slice = tokens.as_slice();
        let at_end = Token { kind: TokenKind::End, span: Span::default(), is_faulty: false };
        Self {
            text,
            tokens,
            slice,
            end: slice.last().copied().unwrap_or(at_end),
            brackets: Brackets::of(slice),
            position: 0,
            depth: 0,
            deepest: 0,
            open_brackets: 0,
            open_blocks: 0,
            is_recovering: false,
            diagnostics: Vec::new(),
        }
    }

    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    pub(super) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    // Looking.

    pub(super) const fn position(&self) -> usize {
        self.position
    }

    /// The token `ahead` of the next one.
    pub(super) fn token(&self, ahead: usize) -> Token {
        self.slice.get(self.position + ahead).copied().unwrap_or(self.end)
    }

    pub(super) fn kind(&self) -> TokenKind {
        self.token(0).kind
    }

    pub(super) fn nth(&self, ahead: usize) -> TokenKind {
        self.token(ahead).kind
    }

    pub(super) fn keyword(&self) -> Option<Keyword> {
        self.kind().keyword()
    }

    pub(super) fn at(&self, kind: TokenKind) -> bool {
        self.kind() == kind
    }

    pub(super) fn at_keyword(&self, keyword: Keyword) -> bool {
        self.nth_is_keyword(0, keyword)
    }

    pub(super) fn nth_is_keyword(&self, ahead: usize, keyword: Keyword) -> bool {
        self.nth(ahead) == TokenKind::Keyword(keyword)
    }

    /// The text of the token `ahead` of the next one.
    pub(super) fn nth_text(&self, ahead: usize) -> &'text str {
        self.token(ahead).span.text(self.text)
    }

    /// Whether nothing stands between the token `ahead` and the one before it.
    pub(super) fn is_glued(&self, ahead: usize) -> bool {
        let before = (self.position + ahead).checked_sub(1).and_then(|at| self.slice.get(at));
        before.is_some_and(|before| before.span.end == self.token(ahead).span.start)
    }

    /// Whether the next token is the first of its line.
    pub(super) fn is_first_of_line(&self) -> bool {
        let gap = self.tokens.gap_before(self.position).text(self.text);
        self.position == 0 || gap.contains(lexer::trivia::is_line_break)
    }

    /// Where the next token is, or where it should be: at the end of a line, behind what stands there.
    pub(super) fn here(&self) -> Span {
        if self.at(TokenKind::End) || self.is_first_of_line() && self.position > 0 {
            Span::at(self.end_of_last())
        } else {
            self.token(0).span
        }
    }

    /// Where the last token ends.
    pub(super) fn end_of_last(&self) -> u32 {
        let last = self.position.checked_sub(1).and_then(|last| self.slice.get(last));
        last.map_or(0, |last| last.span.end)
    }

    /// From the token at index `start` to the last one taken; empty where none was.
    pub(super) fn span_from(&self, start: usize) -> Span {
        let first = self.slice.get(start).map_or(self.end.span.start, |token| token.span.start);
        if self.position > start { Span::new(first, self.end_of_last()) } else { Span::at(first) }
    }

    /// The place of the token at an index.
    pub(super) fn span_at(&self, index: usize) -> Span {
        self.slice.get(index).map_or(self.end.span, |token| token.span)
    }

    /// Where the last token of the text ends.
    pub(super) fn end_of_text(&self) -> u32 {
        let last = self.slice.len().checked_sub(2).and_then(|last| self.slice.get(last));
        last.map_or(0, |last| last.span.end)
    }

    // Taking.

    /// Takes the next token, whatever it is; the end is never taken.
    pub(super) fn bump(&mut self) -> Span {
        let token = self.token(0);
        if token.is_faulty {
            self.report_fault();
        }
        self.position = (self.position + 1).min(self.slice.len().saturating_sub(1));
        token.span
    }

    pub(super) fn eat(&mut self, kind: TokenKind) -> bool {
        let is_there = self.at(kind) && kind != TokenKind::End;
        if is_there {
            self.bump();
        }
        is_there
    }

    pub(super) fn eat_keyword(&mut self, keyword: Keyword) -> bool {
        self.eat(TokenKind::Keyword(keyword))
    }

    /// Takes several tokens that stand without a space between them.
    pub(super) fn eat_glued(&mut self, kinds: &[TokenKind]) -> bool {
        let is_there = kinds
            .iter()
            .enumerate()
            .all(|(ahead, &kind)| self.nth(ahead) == kind && (ahead == 0 || self.is_glued(ahead)));
        if is_there {
            self.skip(kinds.len());
        }
        is_there
    }

    pub(super) fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.bump();
        }
    }

    /// Takes tokens up to the one at `index`.
    pub(super) fn skip_to(&mut self, index: usize) {
        while self.position < index && !self.at(TokenKind::End) {
            self.bump();
        }
    }

    pub(super) fn expect(&mut self, kind: TokenKind) -> bool {
        let is_there = self.eat(kind);
        if !is_there {
            let what = kind.text().map_or_else(|| "a name".to_owned(), |text| format!("`{text}`"));
            self.report_expected(&what);
        }
        is_there
    }

    pub(super) fn expect_keyword(&mut self, keyword: Keyword) -> bool {
        self.expect(TokenKind::Keyword(keyword))
    }

    // Brackets.

    /// Takes an opening bracket and gives its index, for [`Self::close`].
    pub(super) fn open(&mut self, kind: TokenKind) -> Option<usize> {
        let index = self.position;
        self.expect(kind).then(|| {
            self.open_brackets += 1;
            index
        })
    }

    /// Takes the bracket that closes the one at `open`; where other text stands before it, skips that.
    pub(super) fn close(&mut self, open: Option<usize>, kind: TokenKind) {
        let Some(open) = open else {
            self.eat(kind);
            return;
        };
        self.open_brackets = self.open_brackets.saturating_sub(1);
        if self.eat(kind) {
            return;
        }
        let opener = self.slice.get(open).copied().unwrap_or(self.end);
        let brackets = (opener.kind.text().unwrap_or(""), kind.text().unwrap_or(""));
        let (at, found) = (self.here(), self.nth_text(0));
        self.report(diagnostics::unclosed(brackets, opener.span, at, found));
        let may_skip = |&closer: &usize| {
            // A bar belongs to what stands around the bracket, unless statements stand in it.
            closer > self.position
                && (kind == TokenKind::CloseBrace || !self.brackets.has_bar(self.position, closer))
        };
        if let Some(closer) = self.brackets.closer(open).filter(may_skip) {
            self.skip_to(closer);
            self.bump();
        }
    }

    /// Skips a pair of brackets and all between them, or a single token.
    pub(super) fn skip_balanced(&mut self) {
        let closer = closer_of(self.kind()).and_then(|_| self.brackets.closer(self.position));
        match closer {
            Some(closer) => self.skip_to(closer + 1),
            None => {
                self.bump();
            }
        }
    }

    // Reporting.

    /// Reports an error, unless the text since the last one is still in disorder.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.is_recovering {
            return;
        }
        let token = self.token(0);
        let diagnostic = if token.kind == TokenKind::Bad {
            diagnostics::unexpected_character(self.nth_text(0), token.span)
        } else {
            diagnostic
        };
        self.push_error(diagnostic);
    }

    fn push_error(&mut self, diagnostic: Diagnostic) {
        self.is_recovering = true;
        if self.diagnostics.len() == MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostics::too_many_errors(diagnostic.span()));
            self.give_up();
        } else if self.diagnostics.len() < MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Adds a warning, which does not put the text in disorder.
    pub(super) fn warn(&mut self, diagnostic: Diagnostic) {
        if !self.is_recovering && self.diagnostics.len() < MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    pub(super) fn report_expected(&mut self, what: &str) {
        let (at, found) = (self.here(), self.nth_text(0));
        self.report(diagnostics::expected(what, at, found));
    }

    pub(super) fn report_missing(&mut self, what: &str) {
        let (at, found) = (self.here(), self.nth_text(0));
        self.report(diagnostics::missing(what, at, found));
    }

    /// Reports what the lexer found wrong with the next token.
    fn report_fault(&mut self) {
        let (span, text) = (self.token(0).span, self.nth_text(0));
        let Some(fault) = self.tokens.fault(self.position).filter(|_| !self.is_recovering) else {
            return;
        };
        let diagnostic = match fault {
            Fault::UnexpectedCharacter => diagnostics::unexpected_character(text, span),
            Fault::UnterminatedString => diagnostics::unterminated_string(text, span),
            Fault::InvalidEscape(at) => diagnostics::invalid_escape(at.text(self.text), at),
            Fault::TypographicQuotes => {
                let (value, _) = lexer::strings::value(text);
                diagnostics::typographic_quotes(&value, span)
            }
            Fault::UnterminatedLiteral => diagnostics::unterminated_literal(text, span),
        };
        self.push_error(diagnostic);
    }

    /// How many diagnostics there are, for [`Self::replace_since`].
    pub(super) const fn mark(&self) -> (usize, bool) {
        (self.diagnostics.len(), self.is_recovering)
    }

    /// Puts one diagnostic in the place of all since `mark`.
    pub(super) fn replace_since(&mut self, mark: (usize, bool), diagnostic: Diagnostic) {
        if !mark.1 {
            self.diagnostics.truncate(mark.0);
            self.push_error(diagnostic);
        }
    }

    // Nesting.

    /// Runs a production one level deeper.
    pub(super) fn nested<T>(&mut self, production: fn(&mut Self) -> Option<T>) -> Option<T> {
        self.depth += 1;
        self.reach(self.depth);
        let tree = if self.depth > DEEPEST { None } else { production(self) };
        self.depth -= 1;
        tree
    }

    /// Notes that the tree has a node at `level`.
    pub(super) fn reach(&mut self, level: u32) {
        self.deepest = self.deepest.max(level);
        if level > DEEPEST {
            let at = self.here();
            self.report(diagnostics::nested_too_deep(at));
            self.give_up();
        }
    }

    /// Gives up: there is nothing more to read, and nothing more to say.
    pub(super) fn give_up(&mut self) {
        self.position = self.slice.len().saturating_sub(1);
        self.is_recovering = true;
    }
}
