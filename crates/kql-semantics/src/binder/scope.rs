//! Names that statements declare.
//!
//! A frame holds the names of one text or function body in the order they were declared. A scope is a place in a
//! frame: what was declared later does not exist there, so a function sees what stood above it when it is called.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use kql_syntax::{Name, Span};

use super::functions::LocalFunction;
use super::patterns::Pattern;
use super::term::{Database, Row, Term};
use crate::Shape;
use crate::Value;
use crate::bound::{Column, Graph, Scalar, ScalarKind, SharedRowset};

/// The largest scalar that is written out where its name stands.
const MAX_INLINE: usize = 32;

/// What a name stands for.
#[derive(Clone)]
pub(crate) enum Symbol<'a> {
    /// A scalar `let` or parameter.
    Scalar(Rc<ScalarVariable>),
    /// A tabular `let` or parameter, or what `as` names.
    Table(Rc<TableVariable>),
    /// A function.
    Function(Rc<LocalFunction<'a>>),
    /// `declare pattern`
    Pattern(Rc<Pattern<'a>>),
    /// `entity_group [...]`
    EntityGroup(Rc<Vec<Database>>),
    /// A database: the entity of `macro-expand`.
    Database(Rc<Database>),
    /// A graph.
    Graph(Arc<Graph>),
    /// A column that stands beside the row: of `scan ... declare`, the key of `partition`.
    Column(Column),
    /// A row by name: a step of `scan`, an element of a graph pattern.
    Row(Rc<Row>),
    /// What could not be bound.
    Wrong,
}

/// A scalar by name.
#[derive(Debug)]
pub(crate) struct ScalarVariable {
    pub(crate) scalar: Scalar,
    pub(crate) shape: Shape,
    pub(crate) is_constant: bool,
    /// Its value, where it is a literal or stands for one.
    pub(crate) constant: Option<Value>,
    pub(crate) size: Size,
    /// Whether it was written out where its name first stood.
    pub(crate) was_used: Cell<bool>,
    /// What stands for it where its name stands again.
    pub(crate) shared: OnceCell<Scalar>,
}

/// How a scalar can be used by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// A literal, a column or the like.
    One,
    /// So many nodes, none of which needs a row: it may be written anew wherever its name stands.
    Small(usize),
    /// So many nodes, computed from the row: it may be written out once.
    OfRow(usize),
    /// It is never written out more than once.
    Large,
}

impl ScalarVariable {
    /// What `term` is, by name.
    pub(crate) fn new(term: Term) -> Self {
        let (shape, is_constant) = (term.shape.clone(), term.is_constant);
        let constant = term.value().cloned();
        let scalar = term.into_scalar();
        let size = size_of(&scalar);
        let (was_used, shared) = (Cell::new(false), OnceCell::new());
        Self { scalar, shape, is_constant, constant, size, was_used, shared }
    }
}

fn size_of(scalar: &Scalar) -> Size {
    let (mut size, mut needs_row) = (0_usize, false);
    scalar.walk(&mut |inner| {
        size += 1;
        needs_row |= matches!(inner.kind, ScalarKind::Column(_) | ScalarKind::Shared(_));
        // A subquery is run once wherever it stands, but its tree is large.
        if inner.table().is_some() {
            size += MAX_INLINE;
        }
    });
    match size {
        1 => Size::One,
        _ if size > MAX_INLINE => Size::Large,
        _ if needs_row => Size::OfRow(size),
        _ => Size::Small(size),
    }
}

/// A table by name.
#[derive(Debug)]
pub(crate) struct TableVariable {
    pub(crate) definition: Arc<SharedRowset>,
    /// How many operators it is made of.
    pub(crate) depth: u32,
}

/// A place in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    frame: usize,
    /// How many names were declared before it.
    length: usize,
}

/// All frames.
#[derive(Default)]
pub(crate) struct Scopes<'a> {
    frames: Vec<Frame<'a>>,
}

struct Frame<'a> {
    outer: Option<Scope>,
    declared: Vec<(Name, Symbol<'a>, Span)>,
    by_name: HashMap<Name, Vec<usize>>,
}

impl<'a> Scopes<'a> {
    /// The empty scope of a text.
    pub(crate) fn root(&mut self) -> Scope {
        self.open(None)
    }

    /// A new frame inside `outer`.
    pub(crate) fn open(&mut self, outer: Option<Scope>) -> Scope {
        self.frames.push(Frame { outer, declared: Vec::new(), by_name: HashMap::new() });
        Scope { frame: self.frames.len() - 1, length: 0 }
    }

    /// `scope` with one name more.
    pub(crate) fn declare(
        &mut self,
        scope: Scope,
        name: Name,
        symbol: Symbol<'a>,
        span: Span,
    ) -> Scope {
        let Some(frame) = self.frames.get_mut(scope.frame) else { return scope };
        let index = frame.declared.len();
        frame.by_name.entry(name.clone()).or_default().push(index);
        frame.declared.push((name, symbol, span));
        Scope { length: index + 1, ..scope }
    }

    /// What `name` stands for.
    pub(crate) fn find(&self, scope: Scope, name: &str) -> Option<&Symbol<'a>> {
        let mut scope = Some(scope);
        while let Some(place) = scope {
            let frame = self.frames.get(place.frame)?;
            if let Some(index) = frame.latest(place, name) {
                return frame.declared.get(index).map(|(_, symbol, _)| symbol);
            }
            scope = frame.outer;
        }
        None
    }

    /// Where `name` was declared in this very frame.
    pub(crate) fn declared_here(&self, scope: Scope, name: &str) -> Option<Span> {
        let frame = self.frames.get(scope.frame)?;
        frame.declared.get(frame.latest(scope, name)?).map(|(_, _, span)| *span)
    }

    /// All names in scope with what they stand for, innermost first.
    pub(crate) fn all(&self, scope: Scope) -> Vec<(Name, Symbol<'a>)> {
        let mut all: Vec<(Name, Symbol<'a>)> = Vec::new();
        let mut scope = Some(scope);
        while let Some(place) = scope {
            let Some(frame) = self.frames.get(place.frame) else { break };
            for (name, symbol, _) in frame.declared.iter().take(place.length).rev() {
                if !all.iter().any(|(known, _)| known == name) {
                    all.push((name.clone(), symbol.clone()));
                }
            }
            scope = frame.outer;
        }
        all
    }
}

impl Frame<'_> {
    fn latest(&self, scope: Scope, name: &str) -> Option<usize> {
        self.by_name.get(name)?.iter().rev().copied().find(|index| *index < scope.length)
    }
}
