//! Tree and catalog to bound query.
//!
//! The binder walks the tree once, from the leaves up. What a subtree means is a [`Term`]; what is in scope are the
//! rows of the operator around ([`rows`]) and the names that statements declared ([`scope`]). A fault is reported once
//! and leaves a term of which nothing is known, so that it is not reported again further up.

pub(crate) mod aggregates;
pub(crate) mod arguments;
pub(crate) mod calls;
pub(crate) mod casts;
pub(crate) mod constants;
pub(crate) mod custom;
pub(crate) mod databases;
pub(crate) mod expressions;
pub(crate) mod functions;
pub(crate) mod literals;
pub(crate) mod members;
pub(crate) mod names;
pub(crate) mod parameters;
pub(crate) mod patterns;
pub(crate) mod pipes;
pub(crate) mod projection;
pub(crate) mod rows;
pub(crate) mod scalar_operators;
pub(crate) mod scope;
pub(crate) mod search;
pub(crate) mod statements;
pub(crate) mod stored;
pub(crate) mod tables;
pub(crate) mod term;
pub(crate) mod wildcards;

use std::collections::HashSet;

use kql_syntax::{Diagnostic, Name, Span};

use crate::bound::{
    AggregateCall, Column, ColumnId, ContextId, Render, Scalar, SharedId, Undiscovered,
};
use crate::catalog::Catalog;
use crate::{BindOptions, Shape, Type, diagnostics};
use rows::RowScope;
use scope::{Scope, Scopes};
use stored::Stored;

/// How many scalars and rowsets a query may have, its functions expanded.
const MAX_NODES: usize = 200_000;
/// How much may be bound altogether, bodies that are only checked included.
const MAX_WORK: usize = 2_000_000;
/// After so many faults nobody reads on.
const MAX_DIAGNOSTICS: usize = 500;
/// How many operators may stand on top of one another, through functions and `let`s.
pub(crate) const MAX_DEPTH: u32 = 400;

/// What names may mean at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Columns, variables, scalar functions.
    Row,
    /// Aggregates and what may stand around them; no columns.
    Aggregate,
}

/// The binding of one text.
pub(crate) struct Binder<'a> {
    pub(crate) catalog: &'a dyn Catalog,
    pub(crate) options: &'a BindOptions,
    pub(crate) stored: &'a Stored,
    /// Hidden columns that the text names.
    pub(crate) hidden: &'a HashSet<Name>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The types of all columns made, by id.
    shapes: Vec<Shape>,
    /// Scalar `let`s that are computed once a row.
    pub(crate) shared: Vec<Scalar>,
    pub(crate) undiscovered: Vec<Undiscovered>,
    pub(crate) scopes: Scopes<'a>,
    pub(crate) scope: Scope,
    /// The rows that names are looked up in.
    pub(crate) rows: Option<RowScope>,
    /// The right side of a join.
    pub(crate) right: Option<RowScope>,
    pub(crate) place: Place,
    /// Where aggregate calls go.
    pub(crate) aggregates: Vec<AggregateCall>,
    /// By-columns of the `summarize` around: `arg_max(x, *)` leaves them out.
    pub(crate) keys: Vec<ColumnId>,
    /// Whether a missing table is only worth a warning.
    pub(crate) is_fuzzy: bool,
    /// Whether a body is bound only to find what is wrong with it.
    pub(crate) is_rehearsal: bool,
    /// Where code of another text stands in this one: everything in it is placed there.
    pub(crate) stand_in: Option<Span>,
    /// Whether diagnostics are kept back, and the first error that was.
    quiet: u32,
    pub(crate) kept_back: Option<Diagnostic>,
    /// Calls that are being expanded.
    pub(crate) calls: Vec<functions::Frame>,
    /// The deepest tower of operators bound since this was last reset.
    pub(crate) depth: u32,
    pub(crate) render: Option<Render>,
    /// The pattern of a graph that is around.
    pub(crate) graph: Option<Box<crate::operators::graph::GraphScope>>,
    /// For names nobody gave: `Column1`.
    pub(crate) default_column: u32,
    nodes: usize,
    work: usize,
    is_exhausted: bool,
    next_context: u32,
    next_definition: u32,
    /// Hidden columns that were asked for and are not there.
    pub(crate) wanted_hidden: HashSet<Name>,
}

impl<'a> Binder<'a> {
    pub(crate) fn new(
        catalog: &'a dyn Catalog,
        options: &'a BindOptions,
        stored: &'a Stored,
        hidden: &'a HashSet<Name>,
    ) -> Self {
        let mut scopes = Scopes::default();
        let scope = scopes.root();
        Self {
            catalog,
            options,
            stored,
            hidden,
            diagnostics: Vec::new(),
            shapes: Vec::new(),
            shared: Vec::new(),
            undiscovered: Vec::new(),
            scopes,
            scope,
            rows: None,
            right: None,
            place: Place::Row,
            aggregates: Vec::new(),
            keys: Vec::new(),
            is_fuzzy: false,
            is_rehearsal: false,
            stand_in: None,
            quiet: 0,
            kept_back: None,
            calls: Vec::new(),
            depth: 0,
            render: None,
            graph: None,
            default_column: 1,
            nodes: 0,
            work: 0,
            is_exhausted: false,
            next_context: 0,
            next_definition: 0,
            wanted_hidden: HashSet::new(),
        }
    }

    /// Where in the text what is written at `span` stands.
    pub(crate) fn at(&self, span: Span) -> Span {
        self.stand_in.unwrap_or(span)
    }

    /// Says what is wrong, unless that is kept back.
    pub(crate) fn report(&mut self, mut diagnostic: Diagnostic) {
        if let Some(stand_in) = self.stand_in {
            diagnostic.marks.iter_mut().for_each(|mark| mark.span = stand_in);
            diagnostic.edits.clear();
        }
        if self.quiet > 0 {
            if diagnostic.is_error() && self.kept_back.is_none() {
                self.kept_back = Some(diagnostic);
            }
        } else if self.diagnostics.len() < MAX_DIAGNOSTICS
            && !self.diagnostics.contains(&diagnostic)
        {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Runs `bind` with its diagnostics kept back; gives the first error among them too.
    pub(crate) fn quietly<T>(
        &mut self,
        bind: impl FnOnce(&mut Self) -> T,
    ) -> (T, Option<Diagnostic>) {
        let outer = self.kept_back.take();
        self.quiet += 1;
        let result = bind(self);
        self.quiet -= 1;
        let error = std::mem::replace(&mut self.kept_back, outer);
        (result, error)
    }

    /// Whether diagnostics are kept back.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet > 0
    }

    /// Counts a node; false where the query has become too large.
    pub(crate) fn spend(&mut self, count: usize, span: Span) -> bool {
        self.nodes = self.nodes.saturating_add(count);
        self.work = self.work.saturating_add(count);
        if self.nodes <= MAX_NODES && self.work <= MAX_WORK {
            return true;
        }
        if !self.is_exhausted {
            self.is_exhausted = true;
            let at = self.at(span);
            // Even where diagnostics are kept back: nothing that follows can be relied upon.
            self.diagnostics.push(diagnostics::query_too_large(at, MAX_NODES));
        }
        false
    }

    pub(crate) fn is_exhausted(&self) -> bool {
        self.is_exhausted
    }

    /// Runs `bind` on something that does not become part of the query.
    pub(crate) fn rehearse<T>(&mut self, bind: impl FnOnce(&mut Self) -> T) -> T {
        let nodes = self.nodes;
        let (shared, undiscovered) = (self.shared.len(), self.undiscovered.len());
        let was_rehearsal = std::mem::replace(&mut self.is_rehearsal, true);
        let result = bind(self);
        self.is_rehearsal = was_rehearsal;
        self.shared.truncate(shared);
        self.undiscovered.truncate(undiscovered);
        if !self.is_exhausted {
            self.nodes = nodes;
        }
        result
    }

    /// A new column of this type.
    pub(crate) fn new_column(&mut self, shape: &Shape) -> ColumnId {
        let id = ColumnId(u32::try_from(self.shapes.len()).unwrap_or(u32::MAX));
        self.shapes.push(shape.clone());
        id
    }

    /// A new column of this name and type.
    pub(crate) fn column(&mut self, name: impl Into<Name>, shape: &Shape) -> Column {
        Column { id: self.new_column(shape), name: name.into(), ty: shape.ty() }
    }

    /// What is known of a column's type.
    pub(crate) fn shape_of(&self, id: ColumnId) -> Shape {
        self.shapes.get(id.0 as usize).cloned().unwrap_or(Shape::UNKNOWN)
    }

    pub(crate) fn new_context(&mut self) -> ContextId {
        self.next_context += 1;
        ContextId(self.next_context)
    }

    pub(crate) fn new_definition(&mut self) -> u32 {
        self.next_definition += 1;
        self.next_definition
    }

    /// Stands for `scalar`, computed once a row.
    pub(crate) fn share(&mut self, scalar: Scalar) -> Scalar {
        let id = SharedId(u32::try_from(self.shared.len()).unwrap_or(u32::MAX));
        let (ty, span) = (scalar.ty, scalar.span);
        self.shared.push(scalar);
        Scalar::new(crate::bound::ScalarKind::Shared(id), ty, span)
    }

    /// The scalar that stands where something was wrong.
    pub(crate) fn wrong_scalar(span: Span) -> Scalar {
        Scalar::literal(crate::Value::Null(Type::Unknown), span)
    }
}
