//! Which brackets belong together, found in one pass before parsing, so that recovery and lookahead stay linear.

use crate::token::{Token, TokenKind};

/// What the parser may ask of a bracket without reading on.
pub(super) struct Brackets {
    /// For each token: the index of the closing bracket, where it is an opening one that is closed.
    closers: Vec<Option<u32>>,
    /// For each token: whether it is a `(` behind which a bar comes before a comma or the `)`.
    pipelines: Vec<bool>,
    /// For each token: how many bars stand before it.
    bars: Vec<u32>,
}

/// The bracket that closes `opener`.
pub(super) const fn closer_of(opener: TokenKind) -> Option<TokenKind> {
    match opener {
        TokenKind::OpenParen => Some(TokenKind::CloseParen),
        TokenKind::OpenBracket => Some(TokenKind::CloseBracket),
        TokenKind::OpenBrace => Some(TokenKind::CloseBrace),
        _ => None,
    }
}

/// The bracket that `closer` closes.
pub(super) const fn opener_of(closer: TokenKind) -> Option<TokenKind> {
    match closer {
        TokenKind::CloseParen => Some(TokenKind::OpenParen),
        TokenKind::CloseBracket => Some(TokenKind::OpenBracket),
        TokenKind::CloseBrace => Some(TokenKind::OpenBrace),
        _ => None,
    }
}

impl Brackets {
    pub(super) fn of(tokens: &[Token]) -> Self {
        Self { closers: closers(tokens), pipelines: pipelines(tokens), bars: bars(tokens) }
    }

    /// The index of the bracket that closes the one at `open`.
    pub(super) fn closer(&self, open: usize) -> Option<usize> {
        self.closers.get(open).copied().flatten().map(|closer| closer as usize)
    }

    /// Whether the `(` at `open` holds a pipeline rather than a list.
    pub(super) fn is_pipeline(&self, open: usize) -> bool {
        self.pipelines.get(open).copied().unwrap_or(false)
    }

    /// Whether a bar stands between two tokens.
    pub(super) fn has_bar(&self, from: usize, to: usize) -> bool {
        self.bars.get(from) != self.bars.get(to)
    }
}

fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn closers(tokens: &[Token]) -> Vec<Option<u32>> {
    let mut closers = vec![None; tokens.len()];
    let mut open: Vec<(usize, TokenKind)> = Vec::new();
    // How many of each kind are open, so that a stray closer need not search the stack.
    let mut counts = [0_usize; 3];
    let slot = |kind| match kind {
        TokenKind::OpenParen => 0,
        TokenKind::OpenBracket => 1,
        _ => 2,
    };
    for (position, token) in tokens.iter().enumerate() {
        if closer_of(token.kind).is_some() {
            open.push((position, token.kind));
            counts[slot(token.kind)] += 1;
        }
        let Some(opener) = opener_of(token.kind).filter(|&opener| counts[slot(opener)] > 0) else {
            continue;
        };
        while let Some((at, kind)) = open.pop() {
            counts[slot(kind)] -= 1;
            if kind == opener {
                closers[at] = Some(index(position));
                break;
            }
        }
    }
    closers
}

fn pipelines(tokens: &[Token]) -> Vec<bool> {
    let mut pipelines = vec![false; tokens.len()];
    // Only parentheses count, and a semicolon decides for all that are open, as in Kusto's own lookahead.
    let mut undecided: Vec<Option<usize>> = Vec::new();
    let mut decided_below = 0;
    for (position, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::OpenParen => undecided.push(Some(position)),
            TokenKind::CloseParen => {
                undecided.pop();
                decided_below = decided_below.min(undecided.len());
            }
            TokenKind::Comma => {
                if let Some(open) = undecided.last_mut() {
                    *open = None;
                }
            }
            TokenKind::Bar if undecided.len() > decided_below => {
                if let Some(open) = undecided.last_mut().and_then(Option::take) {
                    pipelines[open] = true;
                }
            }
            TokenKind::Semicolon => decided_below = undecided.len(),
            _ => {}
        }
    }
    pipelines
}

fn bars(tokens: &[Token]) -> Vec<u32> {
    let mut count = 0;
    let before = tokens.iter().map(|token| {
        let before = count;
        count += u32::from(token.kind == TokenKind::Bar);
        before
    });
    before.collect()
}
