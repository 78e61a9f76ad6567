//! The branches of a query: what rows may pass through, each as a table whose rows are those that do.

use std::collections::HashSet;

use kql_semantics::Type;
use kql_semantics::bound::{
    BoundQuery, Rowset, RowsetKind, Scalar, ScalarCall, ScalarKind, UnionLeg,
};
use kql_syntax::tree::LogicalOperator;
use kql_syntax::{Name, Span};

use crate::hunt::results;

/// More branches are not looked at.
const MAX_BRANCHES: usize = 200;
/// A union of more tables is one of whatever is there.
const MAX_LEGS: usize = 20;

/// A branch.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    /// What it is: `where`, `or`, `leg of a union`, ...
    pub(super) what: &'static str,
    /// Where it is written in the query.
    pub(super) span: Span,
    /// The rows that pass through it.
    pub(super) rows: Rowset,
}

/// All branches of a query, in the order of its text.
pub(super) fn branches(query: &BoundQuery) -> Vec<Branch> {
    let mut finder = Finder::default();
    for rowset in results(query) {
        finder.rowset(rowset);
    }
    finder.found.sort_by_key(|branch| (branch.span.start, branch.span.end));
    finder.found.truncate(MAX_BRANCHES);
    finder.found
}

#[derive(Default)]
struct Finder {
    found: Vec<Branch>,
    /// What was looked at: a definition that is used twice is there twice.
    definitions: HashSet<u32>,
    known: HashSet<(&'static str, Span)>,
}

impl Finder {
    fn add(&mut self, what: &'static str, span: Span, rows: Rowset) {
        // Rows of an operator around a subquery are there only while that runs.
        let mut is_inner = false;
        rows.walk(&mut |inner| is_inner |= matches!(inner.kind, RowsetKind::Context(_)));
        if !is_inner && span.end > span.start && self.known.insert((what, span)) {
            self.found.push(Branch { what, span, rows });
        }
    }

    fn rowset(&mut self, rowset: &Rowset) {
        if self.found.len() >= 4 * MAX_BRANCHES {
            return;
        }
        match &rowset.kind {
            RowsetKind::Reference { definition } if !self.definitions.insert(definition.id) => {
                return;
            }
            RowsetKind::Filter { input, predicate } => {
                self.add("where", predicate.span, rowset.clone());
                self.alternatives(input, predicate);
            }
            RowsetKind::Union(union) if union.legs.len() <= MAX_LEGS => {
                union.legs.iter().for_each(|UnionLeg { rowset, .. }| {
                    self.add("leg of the union", rowset.span, rowset.clone());
                });
            }
            RowsetKind::Join(join) => {
                self.add("left side of the join", join.left.span, join.left.clone());
                self.add("right side of the join", join.right.span, join.right.clone());
                self.add("pairs of the join", rowset.span, rowset.clone());
            }
            RowsetKind::Extend { input, columns } => {
                columns.iter().for_each(|(_, value)| self.cases(input, value));
            }
            RowsetKind::Project { input, columns, .. } => {
                columns.iter().for_each(|(_, value)| self.cases(input, value));
            }
            _ => {}
        }
        rowset.for_each_input(&mut |input| self.rowset(input));
        rowset.for_each_scalar(&mut |scalar| {
            scalar.walk(&mut |inner| {
                if let Some(table) = inner.table() {
                    self.rowset(table);
                }
            });
        });
    }

    /// The operands of `or`, each as a condition of its own.
    fn alternatives(&mut self, input: &Rowset, predicate: &Scalar) {
        let ScalarKind::Logical { operator, operands } = &predicate.kind else { return };
        for operand in operands {
            if *operator == LogicalOperator::Or {
                self.add("or", operand.span, filtered(input, operand.clone()));
            }
            self.alternatives(input, operand);
        }
    }

    /// The conditions of `iff` and `case`.
    fn cases(&mut self, input: &Rowset, value: &Scalar) {
        value.walk(&mut |scalar| {
            let ScalarKind::Call(call) = &scalar.kind else { return };
            let conditions: Vec<&Scalar> = match &*call.function {
                "iff" | "iif" => call.arguments.iter().take(1).collect(),
                "case" => {
                    let pairs = call.arguments.chunks_exact(2);
                    pairs.filter_map(|pair| pair.first()).collect()
                }
                _ => return,
            };
            for condition in conditions {
                self.add("case", condition.span, filtered(input, condition.clone()));
                if matches!(&*call.function, "iff" | "iif") {
                    self.add("else of the case", condition.span, filtered(input, not(condition)));
                }
            }
        });
    }
}

fn filtered(input: &Rowset, predicate: Scalar) -> Rowset {
    let span = predicate.span;
    let (columns, is_open) = (input.columns.clone(), input.is_open);
    let kind = RowsetKind::Filter { input: Box::new(input.clone()), predicate };
    Rowset { kind, columns, is_open, span }
}

fn not(condition: &Scalar) -> Scalar {
    let call = ScalarCall {
        function: Name::new("not"),
        arguments: vec![condition.clone()],
        argument_names: Vec::new(),
    };
    Scalar::new(ScalarKind::Call(call), Type::Bool, condition.span)
}
