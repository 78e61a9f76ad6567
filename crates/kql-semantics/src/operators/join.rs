//! `join kind=inner (right) on keys`

use kql_syntax::tree::{
    BinaryOperator, Expr, ExprKind, Join, JoinCondition, LogicalOperator, Operator,
};
use kql_syntax::{Identifier, Span};

use crate::binder::Binder;
use crate::binder::casts::convert;
use crate::binder::parameters::{
    Allowed, PARTITIONS, REMOTE, SHUFFLE_KEY, STRATEGY, Takes, allowed, word,
};
use crate::binder::projection::UniqueNames;
use crate::binder::rows::RowScope;
use crate::binder::term::Term;
use crate::bound::{Column, ColumnId, JoinKind, JoinRowset, Rowset, RowsetKind, Scalar};
use crate::{Type, diagnostics};

const KINDS: &[&str] = &[
    "inner",
    "fullouter",
    "innerunique",
    "leftanti",
    "leftantisemi",
    "anti",
    "leftouter",
    "leftsemi",
    "rightanti",
    "rightantisemi",
    "rightouter",
    "rightsemi",
];
const PARAMETERS: &[Allowed] =
    &[allowed("kind", Takes::Word(KINDS)), REMOTE, SHUFFLE_KEY, STRATEGY, PARTITIONS];

/// What rows of two sides go together.
#[derive(Default)]
pub(super) struct Keys {
    /// Left and right value, to be equal.
    pub(super) pairs: Vec<(Scalar, Scalar)>,
    /// The columns of the right side among them.
    pub(super) right: Vec<ColumnId>,
    /// A condition that is no equality: `join ... where`.
    predicate: Option<Scalar>,
}

impl<'a> Binder<'a> {
    pub(crate) fn join_operator(
        &mut self,
        input: Rowset,
        join: &'a Join,
        operator: &'a Operator,
    ) -> Rowset {
        let (left, right, keys) = self.join_sides(input, join, PARAMETERS, operator);
        let kind = kind_of(word(&join.parameters, "kind"));
        let at = self.at(operator.span);
        let columns = match kind {
            JoinKind::LeftSemi | JoinKind::LeftAnti => left.columns.clone(),
            JoinKind::RightSemi | JoinKind::RightAnti => right.columns.clone(),
            _ => side_by_side(&left.columns, &right.columns),
        };
        let is_open = match kind {
            JoinKind::LeftSemi | JoinKind::LeftAnti => left.is_open,
            JoinKind::RightSemi | JoinKind::RightAnti => right.is_open,
            _ => left.is_open || right.is_open,
        };
        let Keys { pairs, predicate, .. } = keys;
        if predicate.is_some() && !matches!(kind, JoinKind::Inner | JoinKind::InnerUnique) {
            self.report(diagnostics::not_supported("join ... where of this kind", at));
        }
        let is_wrong = pairs.is_empty() && predicate.is_none();
        let joined = JoinRowset { kind, left, right, keys: pairs, is_lookup: false };
        let kind = RowsetKind::Join(Box::new(joined));
        let rowset = Rowset { is_open, ..Rowset::new(kind, columns, at) };
        match predicate {
            Some(predicate) => rowset.then(at, |input| RowsetKind::Filter { input, predicate }),
            None if is_wrong => Rowset { kind: RowsetKind::Error, ..rowset },
            None => rowset,
        }
    }

    /// Binds the right side and what rows go together.
    pub(super) fn join_sides(
        &mut self,
        input: Rowset,
        join: &'a Join,
        parameters: &[Allowed],
        operator: &'a Operator,
    ) -> (Rowset, Rowset, Keys) {
        let (right, _) = self.tabular(&join.right);
        let outer = self.rows.replace(RowScope::new(input));
        let outer_right = self.right.replace(RowScope::new(right));
        self.check_parameters(&join.parameters, parameters);
        let mut keys = Keys::default();
        match &join.condition {
            JoinCondition::On(conditions) => {
                for condition in conditions {
                    self.join_condition(condition, &mut keys);
                }
            }
            JoinCondition::Where(predicate) => {
                let term = self.value(predicate);
                self.expect_truth(&term);
                keys.predicate = Some(term.into_scalar());
            }
            JoinCondition::None => {
                self.report(diagnostics::join_without_keys(self.at(operator.keyword)));
            }
        }
        let right = std::mem::replace(&mut self.right, outer_right);
        let left = std::mem::replace(&mut self.rows, outer);
        let rowset = |side: Option<RowScope>| {
            side.map_or_else(|| Rowset::wrong(Span::default()), RowScope::into_rowset)
        };
        (rowset(left), rowset(right), keys)
    }

    fn join_condition(&mut self, condition: &'a Expr, keys: &mut Keys) {
        match &condition.kind {
            ExprKind::Paren(inner) => self.join_condition(inner, keys),
            ExprKind::Logical { operator: LogicalOperator::And, operands } => {
                operands.iter().for_each(|operand| self.join_condition(operand, keys));
            }
            ExprKind::Binary(binary) if binary.operator == BinaryOperator::Equal => {
                self.join_equality(&binary.left, &binary.right, condition.span, keys);
            }
            ExprKind::Name(name) => self.common_column(name, keys),
            ExprKind::Missing => {}
            _ => self.report(diagnostics::join_condition(self.at(condition.span))),
        }
    }

    /// `on column`: a column of both sides.
    fn common_column(&mut self, name: &'a Identifier, keys: &mut Keys) {
        if name.is_missing() {
            return;
        }
        let at = self.at(name.span);
        let left = self.rows.as_ref().and_then(|rows| rows.find(&name.name).cloned());
        let left = left.or_else(|| {
            let right = self.right.take();
            let column = self.infer_column(&name.name);
            self.right = right;
            column
        });
        let right = self.right.as_ref().and_then(|rows| rows.find(&name.name).cloned());
        let right = right.or_else(|| self.infer_right_column(&name.name));
        let (left, right) = match (left, right) {
            (Some(left), Some(right)) => (left, right),
            (None, None) => {
                let diagnostic = self.unknown_column_of(self.rows.as_ref(), &name.name, at);
                self.report(diagnostic);
                return;
            }
            (left, _) => {
                let side = if left.is_some() { "right" } else { "left" };
                let rows = if left.is_some() { &self.right } else { &self.rows };
                let names: Vec<String> = rows
                    .iter()
                    .flat_map(|rows| rows.columns())
                    .map(|column| column.name.to_string())
                    .collect();
                let nearest = crate::suggest::nearest(&name.name, names.iter().map(|n| &**n));
                self.report(diagnostics::key_on_one_side(&name.name, side, nearest.as_deref(), at));
                return;
            }
        };
        let are_known = left.ty != Type::Unknown && right.ty != Type::Unknown;
        if left.ty != right.ty && are_known {
            self.report(diagnostics::key_types_differ(&name.name, left.ty, right.ty, at));
            return;
        }
        let left_term = self.column_term(left.id, &left.name, name.span);
        let right_term = self.column_term(right.id, &right.name, name.span);
        if are_known && left.ty == Type::Dynamic {
            self.report(diagnostics::dynamic_key(&name.name, at));
        }
        keys.right.push(right.id);
        keys.pairs.push((left_term.into_scalar(), right_term.into_scalar()));
    }

    /// `$left.a == $right.b`
    fn join_equality(&mut self, left: &'a Expr, right: &'a Expr, span: Span, keys: &mut Keys) {
        let at = self.at(span);
        match (side_of(left), side_of(right)) {
            (Some(Side::Left), Some(Side::Right)) => {}
            (Some(Side::Right), Some(Side::Left)) => {
                self.report(diagnostics::join_sides_swapped(at, (left.span, right.span)));
                self.join_pair((right, left), span, keys);
                return;
            }
            (left_side, _) => {
                let is_left = left_side != Some(Side::Left);
                let (operand, side) = if is_left { (left, "$left") } else { (right, "$right") };
                self.report(diagnostics::join_operand(side, self.at(operand.span)));
                return;
            }
        }
        self.join_pair((left, right), span, keys);
    }

    fn join_pair(&mut self, (left, right): (&'a Expr, &'a Expr), span: Span, keys: &mut Keys) {
        let (left, right) = (self.value(left), self.value(right));
        if !self.expect_column(&left) || !self.expect_column(&right) {
            return;
        }
        let right_id = right.reference.column();
        if self.are_comparable(&left, &right, span) {
            keys.right.extend(right_id);
            keys.pairs.push(compared(left.into_scalar(), right.into_scalar()));
        }
    }

    fn are_comparable(&mut self, left: &Term, right: &Term, span: Span) -> bool {
        for term in [left, right] {
            if term.shape.is_dynamic() {
                let name = term.name.as_deref().unwrap_or("key").to_owned();
                self.report(diagnostics::dynamic_key(&name, self.at(term.span)));
                return false;
            }
        }
        if left.is_open() || right.is_open() {
            return true;
        }
        let (left, right) = (left.shape.clone().promoted(), right.shape.clone().promoted());
        if left == right {
            return true;
        }
        self.report(diagnostics::keys_not_comparable(left.ty(), right.ty(), self.at(span)));
        false
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Which side an operand names.
fn side_of(expr: &Expr) -> Option<Side> {
    match &expr.kind {
        ExprKind::Paren(inner) => side_of(inner),
        ExprKind::Path { base, .. } | ExprKind::Element { base, .. } => match &base.kind {
            ExprKind::Name(name) if &*name.name == "$left" => Some(Side::Left),
            ExprKind::Name(name) if &*name.name == "$right" => Some(Side::Right),
            _ => None,
        },
        _ => None,
    }
}

/// Keys of one type.
fn compared(left: Scalar, right: Scalar) -> (Scalar, Scalar) {
    match (left.ty, right.ty) {
        (Type::Int, Type::Long) => (convert(left, Type::Long), right),
        (Type::Long, Type::Int) => (left, convert(right, Type::Long)),
        _ => (left, right),
    }
}

fn kind_of(word: Option<&str>) -> JoinKind {
    match word.map(str::to_ascii_lowercase).as_deref() {
        Some("inner") => JoinKind::Inner,
        Some("leftouter") => JoinKind::LeftOuter,
        Some("rightouter") => JoinKind::RightOuter,
        Some("fullouter") => JoinKind::FullOuter,
        Some("leftsemi") => JoinKind::LeftSemi,
        Some("rightsemi") => JoinKind::RightSemi,
        Some("leftanti" | "leftantisemi" | "anti") => JoinKind::LeftAnti,
        Some("rightanti" | "rightantisemi") => JoinKind::RightAnti,
        _ => JoinKind::InnerUnique,
    }
}

/// The columns of both sides; a name that is there already gets a number.
pub(crate) fn side_by_side(left: &[Column], right: &[Column]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::with_capacity(left.len() + right.len());
    let mut names = UniqueNames::default();
    // Names that come first anywhere keep their columns.
    left.iter().chain(right).for_each(|column| names.add(&column.name));
    let mut seen = std::collections::HashSet::new();
    for column in left.iter().chain(right) {
        let mut column = column.clone();
        if !seen.insert(column.name.clone()) {
            column.name = names.claim(&column.name, None);
        }
        columns.push(column);
    }
    columns
}
