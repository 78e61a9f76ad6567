//! Tokens as a forest: what stands between brackets belongs together.

use crate::token::{TokenKind, Tokens};

/// A token, or a pair of brackets with what is between them. Tokens are named by their index.
#[derive(Debug)]
pub(super) enum Node {
    Word(usize),
    Group(Group),
}

/// What stands between two brackets.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) open: usize,
    pub(super) close: usize,
    pub(super) nodes: Vec<Node>,
}

impl Node {
    /// The index of its first token.
    pub(super) fn first(&self) -> usize {
        match self {
            Self::Word(index) => *index,
            Self::Group(group) => group.open,
        }
    }

    /// The index of its last token.
    pub(super) fn last(&self) -> usize {
        match self {
            Self::Word(index) => *index,
            Self::Group(group) => group.close,
        }
    }
}

/// The forest of a text without faults, so that brackets come in pairs; the end of the text is left out.
pub(super) fn nodes(tokens: &Tokens) -> Vec<Node> {
    use TokenKind::{CloseBrace, CloseBracket, CloseParen, End, OpenBrace, OpenBracket, OpenParen};
    let mut open: Vec<(usize, Vec<Node>)> = Vec::new();
    let mut nodes = Vec::new();
    for (index, token) in tokens.as_slice().iter().enumerate() {
        match token.kind {
            OpenParen | OpenBracket | OpenBrace => open.push((index, std::mem::take(&mut nodes))),
            CloseParen | CloseBracket | CloseBrace => match open.pop() {
                Some((opened, outer)) => {
                    let inner = std::mem::replace(&mut nodes, outer);
                    nodes.push(Node::Group(Group { open: opened, close: index, nodes: inner }));
                }
                None => nodes.push(Node::Word(index)),
            },
            End => {}
            _ => nodes.push(Node::Word(index)),
        }
    }
    while let Some((opened, outer)) = open.pop() {
        let inner = std::mem::replace(&mut nodes, outer);
        nodes.push(Node::Word(opened));
        nodes.extend(inner);
    }
    nodes
}
