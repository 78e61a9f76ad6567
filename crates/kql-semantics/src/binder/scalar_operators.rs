//! Operators between values.

use kql_syntax::Span;
use kql_syntax::tree::{
    Between, Binary, BinaryOperator, Expr, ExprKind, InList, ListOperator, LogicalOperator,
    UnaryOperator,
};

use super::Binder;
use super::constants;
use super::term::{Meaning, Term};
use crate::bound::{Rowset, Scalar, ScalarKind};
use crate::signatures::{Signatures, best_signatures, layout};
use crate::{Shape, Type, diagnostics};

impl<'a> Binder<'a> {
    pub(crate) fn unary(&mut self, operator: UnaryOperator, operand: &'a Expr, span: Span) -> Term {
        let term = self.expr(operand);
        let name = match operator {
            UnaryOperator::Minus => "UnaryMinus",
            UnaryOperator::Plus => "UnaryPlus",
        };
        let sign = if operator == UnaryOperator::Minus { "-" } else { "+" };
        let is_constant = term.is_constant;
        let mut shape = self.operator_shape(name, sign, span, &[&term]);
        // The sign of an `int` that is no constant gives a `long`.
        if !is_constant {
            shape = shape.promoted();
        }
        let operand = term.into_scalar();
        let folded = operand.as_literal().and_then(|value| constants::unary(operator, value));
        let at = self.at(span);
        let scalar = match folded {
            Some(value) if value.ty() == shape.ty() => Scalar::literal(value, at),
            _ => Scalar::new(
                ScalarKind::Unary { operator, operand: Box::new(operand) },
                shape.ty(),
                at,
            ),
        };
        let term = Term::scalar(scalar, shape, span);
        if is_constant { term.constant() } else { term }
    }

    pub(crate) fn binary(&mut self, binary: &'a Binary, span: Span) -> Term {
        if matches!(binary.left.kind, ExprKind::Star) {
            return self.any_column(binary, span);
        }
        let left = self.expr(&binary.left);
        let right = self.expr(&binary.right);
        self.binary_of(binary.operator, binary.operator_span, (left, right), span)
    }

    /// `left operator right`, both bound.
    pub(crate) fn binary_of(
        &mut self,
        operator: BinaryOperator,
        operator_span: Span,
        (left, right): (Term, Term),
        span: Span,
    ) -> Term {
        let terms = [&left, &right];
        let shape =
            self.operator_shape(operator_name(operator), operator.text(), operator_span, &terms);
        let is_constant = left.is_constant && right.is_constant;
        let (left, right) = (left.into_scalar(), right.into_scalar());
        let folded = match (left.as_literal(), right.as_literal()) {
            (Some(left), Some(right)) => constants::binary(operator, left, right),
            _ => None,
        };
        let at = self.at(span);
        let scalar = match folded {
            Some(value) if value.ty() == shape.ty() => Scalar::literal(value, at),
            _ => Scalar::new(
                ScalarKind::Binary { operator, operands: Box::new([left, right]) },
                shape.ty(),
                at,
            ),
        };
        let term = Term::scalar(scalar, shape, span);
        if is_constant { term.constant() } else { term }
    }

    pub(crate) fn logical(
        &mut self,
        operator: LogicalOperator,
        operands: &'a [Expr],
        span: Span,
    ) -> Term {
        let (name, text) = match operator {
            LogicalOperator::And => ("And", "and"),
            LogicalOperator::Or => ("Or", "or"),
        };
        let mut is_constant = true;
        let mut scalars = Vec::with_capacity(operands.len());
        for operand in operands {
            let term = self.expr(operand);
            is_constant &= term.is_constant;
            self.check_truth(&term, name, text);
            scalars.push(term.into_scalar());
        }
        let kind = ScalarKind::Logical { operator, operands: scalars };
        let scalar = Scalar::new(kind, Type::Bool, self.at(span));
        let term = Term::scalar(scalar, Shape::Plain(Type::Bool), span);
        if is_constant { term.constant() } else { term }
    }

    /// Whether an operand of `and` and `or` is true or false.
    fn check_truth(&mut self, term: &Term, name: &str, text: &str) {
        let truth = Term::scalar(
            Scalar::literal(crate::Value::Bool(true), term.span),
            Shape::Plain(Type::Bool),
            term.span,
        );
        self.operator_shape(name, text, term.span, &[term, &truth]);
    }

    pub(crate) fn between(&mut self, between: &'a Between, span: Span) -> Term {
        let terms = [&between.value, &between.low, &between.high].map(|expr| self.expr(expr));
        let (name, text) =
            if between.is_negated { ("NotBetween", "!between") } else { ("Between", "between") };
        let all = [&terms[0], &terms[1], &terms[2]];
        let shape = self.operator_shape(name, text, between.operator_span, &all);
        let is_constant = terms.iter().all(|term| term.is_constant);
        let operands = terms.map(Term::into_scalar);
        let kind =
            ScalarKind::Between { operands: Box::new(operands), is_negated: between.is_negated };
        let term = Term::scalar(Scalar::new(kind, shape.ty(), self.at(span)), shape, span);
        if is_constant { term.constant() } else { term }
    }

    pub(crate) fn in_list(&mut self, in_list: &'a InList, span: Span) -> Term {
        let value = self.expr(&in_list.value);
        let mut list: Vec<Term> = Vec::with_capacity(in_list.list.len());
        for item in &in_list.list {
            list.push(self.expr(item));
        }
        let all: Vec<&Term> = std::iter::once(&value).chain(&list).collect();
        let name = list_operator_name(in_list.operator);
        let shape = self.operator_shape(name, in_list.operator.text(), in_list.operator_span, &all);
        let is_constant = all.iter().all(|term| term.is_constant);
        let value = Box::new(value.into_scalar());
        let operator = in_list.operator;
        let kind = match single_table(list) {
            Ok(table) => ScalarKind::InTable { operator, value, table: Box::new(table) },
            Err(list) => ScalarKind::InList {
                operator,
                value,
                list: list.into_iter().map(Term::into_scalar).collect(),
            },
        };
        let term = Term::scalar(Scalar::new(kind, Type::Bool, self.at(span)), shape, span);
        if is_constant { term.constant() } else { term }
    }

    /// The type that an operator gives; reports operands that it does not take.
    pub(crate) fn operator_shape(
        &mut self,
        name: &str,
        text: &str,
        span: Span,
        operands: &[&Term],
    ) -> Shape {
        let Some(builtin) = Signatures::get().operator(name) else { return Shape::Wrong };
        let must_all_fit = operands.len() < 3 && !name.contains("In") && !name.starts_with("HasA");
        let facts: Vec<_> = operands.iter().map(|term| term.argument()).collect();
        let best = best_signatures(&builtin.signatures, &facts, must_all_fit);
        let at = self.at(span);
        if let [signature] = best.as_slice() {
            let places = layout(signature, &facts);
            let is_right = self.check_arguments(signature, &places, operands);
            let shape = self.scalar_returned(builtin, signature, &places, operands);
            // Where an operand was wrong the type that was wanted is the best guess.
            return if is_right || shape.ty() != Type::Unknown { shape } else { Shape::Wrong };
        }
        if operands.iter().all(|term| !term.is_open()) {
            self.report(diagnostics::operator_not_defined(text, &shapes_of(operands), at));
        }
        match best.first() {
            Some(signature) if name_gives_bool(name) => {
                let _ = signature;
                Shape::Plain(Type::Bool)
            }
            _ if name_gives_bool(name) => Shape::Plain(Type::Bool),
            _ => Shape::UNKNOWN,
        }
    }
}

/// The table that a list consists of.
fn single_table(mut list: Vec<Term>) -> Result<Rowset, Vec<Term>> {
    let is_table = matches!(list.as_slice(), [Term { meaning: Meaning::Table(_), .. }]);
    match list.pop() {
        Some(Term { meaning: Meaning::Table(table), .. }) if is_table => Ok(table),
        Some(term) => {
            list.push(term);
            Err(list)
        }
        None => Err(list),
    }
}

/// What the operands are, in words.
fn shapes_of(operands: &[&Term]) -> Vec<String> {
    operands.iter().map(|term| term.describe()).collect()
}

fn name_gives_bool(name: &str) -> bool {
    !matches!(
        name,
        "Add" | "Subtract" | "Multiply" | "Divide" | "Modulo" | "UnaryMinus" | "UnaryPlus"
    )
}

/// Kusto's name of an operator.
fn operator_name(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::Add => "Add",
        BinaryOperator::Subtract => "Subtract",
        BinaryOperator::Multiply => "Multiply",
        BinaryOperator::Divide => "Divide",
        BinaryOperator::Modulo => "Modulo",
        BinaryOperator::Equal => "Equal",
        BinaryOperator::NotEqual => "NotEqual",
        BinaryOperator::Less => "LessThan",
        BinaryOperator::LessOrEqual => "LessThanOrEqual",
        BinaryOperator::Greater => "GreaterThan",
        BinaryOperator::GreaterOrEqual => "GreaterThanOrEqual",
        BinaryOperator::EqualTilde => "EqualTilde",
        BinaryOperator::BangTilde => "BangTilde",
        BinaryOperator::Has => "Has",
        BinaryOperator::NotHas => "NotHas",
        BinaryOperator::HasCs => "HasCs",
        BinaryOperator::NotHasCs => "NotHasCs",
        BinaryOperator::HasPrefix => "HasPrefix",
        BinaryOperator::NotHasPrefix => "NotHasPrefix",
        BinaryOperator::HasPrefixCs => "HasPrefixCs",
        BinaryOperator::NotHasPrefixCs => "NotHasPrefixCs",
        BinaryOperator::HasSuffix => "HasSuffix",
        BinaryOperator::NotHasSuffix => "NotHasSuffix",
        BinaryOperator::HasSuffixCs => "HasSuffixCs",
        BinaryOperator::NotHasSuffixCs => "NotHasSuffixCs",
        BinaryOperator::Contains => "Contains",
        BinaryOperator::NotContains => "NotContains",
        BinaryOperator::ContainsCs => "ContainsCs",
        BinaryOperator::NotContainsCs => "NotContainsCs",
        BinaryOperator::StartsWith => "StartsWith",
        BinaryOperator::NotStartsWith => "NotStartsWith",
        BinaryOperator::StartsWithCs => "StartsWithCs",
        BinaryOperator::NotStartsWithCs => "NotStartsWithCs",
        BinaryOperator::EndsWith => "EndsWith",
        BinaryOperator::NotEndsWith => "NotEndsWith",
        BinaryOperator::EndsWithCs => "EndsWithCs",
        BinaryOperator::NotEndsWithCs => "NotEndsWithCs",
        BinaryOperator::MatchesRegex => "MatchRegex",
        BinaryOperator::Like => "Like",
        BinaryOperator::NotLike => "NotLike",
        BinaryOperator::LikeCs => "LikeCs",
        BinaryOperator::NotLikeCs => "NotLikeCs",
        BinaryOperator::Colon => "Search",
    }
}

fn list_operator_name(operator: ListOperator) -> &'static str {
    match operator {
        ListOperator::In => "In",
        ListOperator::NotIn => "NotIn",
        // Kusto calls these two case-sensitive and compares them without regard to case.
        ListOperator::InTilde => "InCs",
        ListOperator::NotInTilde => "NotInCs",
        ListOperator::HasAny => "HasAny",
        ListOperator::HasAll => "HasAll",
    }
}
