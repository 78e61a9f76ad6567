//! Where lines are broken.

use super::nodes::{Group, Node};
use super::spacing::spaces;
use super::{INDENT, SHORT_QUERY, WIDTH};
use crate::Span;
use crate::keyword::Keyword;
use crate::token::{TokenKind, Tokens};

/// Writes a forest of tokens.
pub(super) struct Printer<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    out: String,
    /// Where the next character of the line stands.
    column: usize,
    /// The next piece begins a line, this far to the right.
    pending: Option<usize>,
    /// How far to the right a line goes on that a comment has cut.
    resume: usize,
    /// The token that begins a statement: a blank line before it is kept.
    statement: Option<usize>,
    sums: Sums,
}

/// Sums over all tokens before each one, so that any stretch is measured at once.
struct Sums {
    spaces: Vec<bool>,
    widths: Vec<usize>,
    comments: Vec<usize>,
    bars: Vec<usize>,
}

impl Sums {
    fn new(text: &str, tokens: &Tokens) -> Self {
        let spaces = spaces(text, tokens);
        let (mut widths, mut comments, mut bars) = (vec![0], vec![0], vec![0]);
        let (mut width, mut comment, mut bar) = (0, 0, 0);
        for (index, token) in tokens.as_slice().iter().enumerate() {
            let word = token.span.text(text);
            width += word.chars().count() + usize::from(spaces.get(index) == Some(&true));
            // What holds a line break of its own fits no line.
            width += if word.contains('\n') { WIDTH } else { 0 };
            comment += tokens.comments_before(text, index).count();
            comment += usize::from(token.kind == TokenKind::Directive);
            bar += match token.kind {
                TokenKind::Bar => 1,
                // Several statements never share a line.
                TokenKind::Semicolon => 2,
                _ => 0,
            };
            widths.push(width);
            comments.push(comment);
            bars.push(bar);
        }
        Self { spaces, widths, comments, bars }
    }

    fn between(sums: &[usize], first: usize, end: usize) -> usize {
        let at = |index: usize| sums.get(index).copied().unwrap_or_default();
        at(end).saturating_sub(at(first))
    }
}

impl<'a> Printer<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a Tokens) -> Self {
        let sums = Sums::new(text, tokens);
        let out = String::with_capacity(text.len() + text.len() / 4);
        Self { text, tokens, out, column: 0, pending: Some(0), resume: 0, statement: None, sums }
    }

    pub(super) fn print(mut self, nodes: &[Node]) -> String {
        self.statements(nodes, 0);
        // Comments behind the last statement stand before the end of the text.
        self.pending = Some(0);
        self.comments(self.tokens.as_slice().len().saturating_sub(1));
        let length = self.out.trim_end().len();
        self.out.truncate(length);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    fn kind(&self, node: &Node) -> Option<TokenKind> {
        match node {
            Node::Word(index) => self.tokens.as_slice().get(*index).map(|token| token.kind),
            Node::Group(_) => None,
        }
    }

    fn keyword(&self, node: &Node) -> Option<Keyword> {
        self.kind(node).and_then(TokenKind::keyword)
    }

    /// How wide nodes are on one line; none where they can not stand on one.
    fn flat(&self, nodes: &[Node]) -> Option<usize> {
        let (first, last) = (nodes.first()?.first(), nodes.last()?.last());
        let has_comments = Sums::between(&self.sums.comments, first + 1, last + 1) > 0;
        let width = Sums::between(&self.sums.widths, first, last + 1);
        let may = match Sums::between(&self.sums.bars, first, last + 1) {
            0 => true,
            1 => width <= SHORT_QUERY,
            _ => false,
        };
        (may && !has_comments).then_some(width)
    }

    fn fits(&self, nodes: &[Node]) -> bool {
        let column = self.pending.unwrap_or(self.column);
        nodes.is_empty() || self.flat(nodes).is_some_and(|width| column + width <= WIDTH)
    }

    /// Statements, each on lines of its own.
    fn statements(&mut self, nodes: &[Node], indent: usize) {
        let is_end = |node: &Node| self.kind(node) == Some(TokenKind::Semicolon);
        let parts: Vec<&[Node]> = nodes.split_inclusive(is_end).collect();
        for part in parts {
            let end = part.last().filter(|node| self.kind(node) == Some(TokenKind::Semicolon));
            let statement = part.get(..part.len() - usize::from(end.is_some())).unwrap_or(part);
            self.pending = Some(indent);
            self.statement = part.first().map(Node::first);
            self.statement(statement, indent);
            if let Some(end) = end {
                self.word(end.last());
            }
        }
    }

    fn statement(&mut self, nodes: &[Node], indent: usize) {
        let is_let = nodes.first().and_then(|node| self.keyword(node)) == Some(Keyword::Let);
        let has_bar = nodes.iter().any(|node| self.kind(node) == Some(TokenKind::Bar));
        if is_let && has_bar && self.fits(nodes) {
            self.sequence(nodes);
        } else if is_let
            && has_bar
            && let Some((name, value)) = nodes.split_at_checked(3)
        {
            self.sequence(name);
            self.pending = Some(indent + INDENT);
            self.pipeline(value, indent + INDENT);
        } else {
            self.pipeline(nodes, indent);
        }
    }

    /// A source, and each operator on a line of its own.
    fn pipeline(&mut self, nodes: &[Node], indent: usize) {
        let mut segments: Vec<&[Node]> = Vec::new();
        let mut start = 0;
        for (at, node) in nodes.iter().enumerate() {
            if self.kind(node) == Some(TokenKind::Bar) {
                segments.extend(nodes.get(start..at));
                start = at;
            }
        }
        segments.extend(nodes.get(start..));
        for (index, segment) in segments.into_iter().enumerate() {
            if index > 0 {
                self.pending = Some(indent);
            }
            self.segment(segment, indent);
        }
    }

    /// An operator with its parts: on one line where it fits, else a line for each item of its list, or for each condition.
    fn segment(&mut self, nodes: &[Node], indent: usize) {
        self.resume = indent + INDENT;
        if self.fits(nodes) || self.fits_but_for_groups(nodes) {
            self.sequence(nodes);
        } else if nodes.iter().any(|node| self.kind(node) == Some(TokenKind::Comma)) {
            self.items(nodes, indent);
        } else {
            self.conditions(nodes, indent + INDENT);
        }
    }

    /// Whether nodes fit on a line where the groups that are broken anyway end it.
    fn fits_but_for_groups(&self, nodes: &[Node]) -> bool {
        let mut column = self.pending.unwrap_or(self.column);
        let mut has_block = false;
        for node in nodes {
            let one = std::slice::from_ref(node);
            column += match (self.flat(one), node) {
                (Some(width), _) => width,
                (None, Node::Group(_)) => {
                    has_block = true;
                    2
                }
                (None, Node::Word(_)) => return false,
            };
            let (first, last) = (node.first(), node.last());
            if Sums::between(&self.sums.comments, first, first + 1) > 0 && first != last {
                return false;
            }
        }
        has_block && column <= WIDTH
    }

    /// The operator's name, then each item of its list on a line.
    fn items(&mut self, nodes: &[Node], indent: usize) {
        let heads = nodes.iter().take_while(|node| self.is_head(node)).count();
        let (head, rest) = nodes.split_at(heads);
        self.sequence(head);
        let inner = indent + if head.is_empty() { 0 } else { INDENT };
        self.list(rest, inner, !head.is_empty());
    }

    /// Whether a node is the bar or the keyword that an operator begins with.
    fn is_head(&self, node: &Node) -> bool {
        use Keyword as K;
        let kind = self.kind(node);
        kind == Some(TokenKind::Bar)
            || matches!(
                kind.and_then(TokenKind::keyword),
                Some(
                    K::Project
                        | K::ProjectAway
                        | K::ProjectKeep
                        | K::ProjectRename
                        | K::ProjectReorder
                        | K::Extend
                        | K::Summarize
                        | K::Distinct
                        | K::Sort
                        | K::Order
                        | K::Union
                        | K::Print
                        | K::MvExpand
                        | K::MakeSeries
                        | K::TopNested
                        | K::Serialize
                )
            )
    }

    /// Items separated by commas, each on a line; `by` begins one too.
    fn list(&mut self, nodes: &[Node], indent: usize, begins_line: bool) {
        let mut start = 0;
        let mut is_first = !begins_line;
        for at in 0..=nodes.len() {
            let node = nodes.get(at);
            let is_comma = node.is_some_and(|node| self.kind(node) == Some(TokenKind::Comma));
            let next = nodes.get(at + 1).and_then(|node| self.keyword(node));
            let end = match node {
                None => at,
                Some(_) if is_comma => at + 1,
                Some(_) if next == Some(Keyword::By) => at + 1,
                Some(_) => continue,
            };
            let item = nodes.get(start..end).unwrap_or_default();
            start = end;
            if item.is_empty() {
                continue;
            }
            if !std::mem::take(&mut is_first) {
                self.pending = Some(indent);
            }
            self.conditions(item, indent);
        }
    }

    /// Conditions, each with its `and` or `or` on a line where they do not fit on one.
    fn conditions(&mut self, nodes: &[Node], indent: usize) {
        self.resume = indent;
        if self.fits(nodes) || self.fits_but_for_groups(nodes) {
            return self.sequence(nodes);
        }
        for (at, node) in nodes.iter().enumerate() {
            if at > 0 && matches!(self.keyword(node), Some(Keyword::And | Keyword::Or)) {
                self.pending = Some(indent);
            }
            self.sequence(std::slice::from_ref(node));
        }
    }

    /// Nodes one behind the other; brackets that do not fit are broken.
    fn sequence(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Word(index) => self.word(*index),
                Node::Group(group) => self.group(group, node),
            }
        }
    }

    fn group(&mut self, group: &Group, node: &Node) {
        if self.fits(std::slice::from_ref(node)) {
            for index in group.open..=group.close {
                self.word(index);
            }
            return;
        }
        let indent = self.line_indent();
        self.word(group.open);
        let inner = indent + INDENT;
        self.pending = Some(inner);
        let has = |kind: TokenKind| group.nodes.iter().any(|node| self.kind(node) == Some(kind));
        if has(TokenKind::Bar) || has(TokenKind::Semicolon) {
            self.statements(&group.nodes, inner);
        } else if has(TokenKind::Comma) {
            self.list(&group.nodes, inner, true);
        } else {
            self.conditions(&group.nodes, inner);
        }
        self.pending = Some(indent);
        self.word(group.close);
    }

    /// How far to the right the last line begins.
    fn line_indent(&self) -> usize {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        self.pending.unwrap_or(line.len() - line.trim_start_matches(' ').len())
    }

    /// A token with the comments before it.
    fn word(&mut self, index: usize) {
        self.comments(index);
        let Some(token) = self.tokens.as_slice().get(index) else { return };
        match self.pending.take() {
            Some(indent) => {
                self.new_line(indent);
                if self.statement == Some(index) && self.is_apart(index) {
                    self.blank_line();
                }
            }
            None if self.sums.spaces.get(index) == Some(&true) => self.push(" "),
            None => {}
        }
        self.push(token.span.text(self.text));
        if token.kind == TokenKind::Directive {
            self.pending = Some(0);
        }
    }

    /// The comments before a token: behind the text where they were, else on lines of their own.
    fn comments(&mut self, index: usize) {
        let mut from = self.tokens.gap_before(index).start;
        let comments: Vec<Span> = self.tokens.comments_before(self.text, index).collect();
        for comment in comments {
            let gap = Span::new(from, comment.start).text(self.text);
            let is_own_line = gap.contains('\n') || self.out.is_empty();
            let indent = self.pending.unwrap_or(self.resume);
            if is_own_line {
                self.new_line(indent);
                if gap.matches('\n').count() > 1 {
                    self.blank_line();
                }
            } else {
                self.push(" ");
            }
            self.push(comment.text(self.text).trim_end());
            self.pending = Some(indent);
            from = comment.end;
        }
    }

    /// Whether a blank line stands right before a token.
    fn is_apart(&self, index: usize) -> bool {
        let gap = self.tokens.gap_before(index);
        let last = self.tokens.comments_before(self.text, index).last();
        let from = last.map_or(gap.start, |comment| comment.end);
        Span::new(from, gap.end).text(self.text).matches('\n').count() > 1
    }

    /// Puts a blank line before the line that was just begun.
    fn blank_line(&mut self) {
        let line = self.out.rfind('\n').map_or(0, |at| at + 1);
        if line > 0 && !self.out.get(..line).is_some_and(|before| before.ends_with("\n\n")) {
            self.out.insert(line - 1, '\n');
        }
    }

    fn new_line(&mut self, indent: usize) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    fn push(&mut self, piece: &str) {
        self.out.push_str(piece);
        self.column = match piece.rsplit_once('\n') {
            Some((_, last)) => last.chars().count(),
            None => self.column + piece.chars().count(),
        };
    }
}
