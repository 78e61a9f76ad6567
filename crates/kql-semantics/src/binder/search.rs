//! Predicates of `search` and `find`: terms that may stand in any column, and `*` for all columns.

use kql_syntax::Span;
use kql_syntax::tree::{Binary, BinaryOperator, Expr, ExprKind, Literal, LogicalOperator};

use super::Binder;
use super::term::{Meaning, Term};
use crate::bound::{Column, Scalar, ScalarCall, ScalarKind};
use crate::{Shape, Type, Value, diagnostics};

/// Whether letters' case counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Sensitive,
    Insensitive,
}

impl<'a> Binder<'a> {
    /// Binds a predicate in which a text alone is looked for in all columns.
    pub(crate) fn search_predicate(&mut self, expr: &'a Expr, case: Case) -> Term {
        match &expr.kind {
            ExprKind::Star => {
                let scalar = Scalar::literal(Value::Bool(true), self.at(expr.span));
                Term::scalar(scalar, Shape::Plain(Type::Bool), expr.span)
            }
            ExprKind::Paren(inner) => self.search_predicate(inner, case),
            ExprKind::Logical { operator, operands } => {
                let terms: Vec<Term> =
                    operands.iter().map(|operand| self.search_predicate(operand, case)).collect();
                terms.iter().for_each(|term| {
                    self.expect_truth(term);
                });
                let operands = terms.into_iter().map(Term::into_scalar).collect();
                let kind = ScalarKind::Logical { operator: *operator, operands };
                let scalar = Scalar::new(kind, Type::Bool, self.at(expr.span));
                Term::scalar(scalar, Shape::Plain(Type::Bool), expr.span)
            }
            ExprKind::Literal(_) | ExprKind::Name(_) => self.search_term(expr, case),
            // `column:term`
            ExprKind::Binary(binary) if binary.operator == BinaryOperator::Colon => {
                self.search_in_column(binary, expr.span, case)
            }
            ExprKind::Binary(binary) if matches!(binary.left.kind, ExprKind::Star) => {
                self.any_column(binary, expr.span)
            }
            // What is looked for in `not("text")` is a text too.
            ExprKind::Call(call) if &*call.name.name == "not" && call.arguments.len() == 1 => {
                match call.arguments.first() {
                    Some(argument) if is_text(&argument.expr) => {
                        let term = self.search_predicate(&argument.expr, case);
                        let at = self.at(expr.span);
                        let call = ScalarCall {
                            function: "not".into(),
                            arguments: vec![term.into_scalar()],
                            argument_names: Vec::new(),
                        };
                        let scalar = Scalar::new(ScalarKind::Call(call), Type::Bool, at);
                        Term::scalar(scalar, Shape::Plain(Type::Bool), expr.span)
                    }
                    _ => self.expr(expr),
                }
            }
            _ => self.expr(expr),
        }
    }

    fn search_term(&mut self, expr: &'a Expr, case: Case) -> Term {
        let term = self.expr(expr);
        let is_term = term.is_constant && (term.shape.is(Type::String) || is_number(expr));
        if !is_term {
            return term;
        }
        let columns = self.searched_columns();
        let text = match term.value() {
            Some(Value::String(text)) => text.to_string(),
            Some(Value::Long(number)) => number.to_string(),
            _ => String::new(),
        };
        self.in_any(&columns, expr.span, |binder, column| {
            binder.term_in(column, &text, case, expr.span)
        })
    }

    /// The columns of the rows; the name of the table that they come from is none of theirs.
    fn searched_columns(&mut self) -> Vec<Column> {
        let mut columns = self.row_columns();
        columns.retain(|column| &*column.name != "$table");
        columns
    }

    fn search_in_column(&mut self, binary: &'a Binary, span: Span, case: Case) -> Term {
        let left = self.expr(&binary.left);
        let right = self.expr(&binary.right);
        let text = match right.value() {
            Some(Value::String(text)) => text.to_string(),
            Some(Value::Long(number)) => number.to_string(),
            _ => {
                let operands = (left, right);
                let operator = BinaryOperator::Has;
                return self.binary_of(operator, binary.operator_span, operands, span);
            }
        };
        if left.is_wrong() {
            return left;
        }
        let operand = as_text(left.into_scalar());
        let scalar = term_match(operand, &text, case, self.at(span));
        Term::scalar(scalar, Shape::Plain(Type::Bool), span)
    }

    fn term_in(&mut self, column: &Column, text: &str, case: Case, span: Span) -> Scalar {
        let at = self.at(span);
        let scalar = Scalar::new(ScalarKind::Column(column.id), column.ty, at);
        term_match(as_text(scalar), text, case, at)
    }

    /// `* operator value`: whether it holds for any column.
    pub(crate) fn any_column(&mut self, binary: &'a Binary, span: Span) -> Term {
        let right = self.expr(&binary.right);
        if right.is_wrong() {
            return Term::wrong(span);
        }
        let columns = self.searched_columns();
        let operator = binary.operator;
        let is_text = !matches!(operator, BinaryOperator::Equal | BinaryOperator::NotEqual);
        if !is_text && !matches!(operator, BinaryOperator::Equal) {
            let at = self.at(binary.operator_span);
            let types = ["several columns".to_owned(), right.describe()];
            self.report(diagnostics::operator_not_defined(operator.text(), &types, at));
        }
        let right = right.into_scalar();
        // What is negated must hold for all columns: none of them has it.
        let how = if operator.text().starts_with('!') {
            LogicalOperator::And
        } else {
            LogicalOperator::Or
        };
        self.in_columns((&columns, how), span, |binder, column| {
            let at = binder.at(span);
            let left = Scalar::new(ScalarKind::Column(column.id), column.ty, at);
            let left = if is_text || column.ty != right.ty { as_text(left) } else { left };
            let right = if is_text { right.clone() } else { comparable(right.clone(), left.ty) };
            let operands = Box::new([left, right]);
            Scalar::new(ScalarKind::Binary { operator, operands }, Type::Bool, at)
        })
    }

    /// Whether something holds for any of the columns.
    fn in_any(
        &mut self,
        columns: &[Column],
        span: Span,
        test: impl FnMut(&mut Self, &Column) -> Scalar,
    ) -> Term {
        self.in_columns((columns, LogicalOperator::Or), span, test)
    }

    /// Whether something holds for any or all of the columns.
    fn in_columns(
        &mut self,
        (columns, operator): (&[Column], LogicalOperator),
        span: Span,
        mut test: impl FnMut(&mut Self, &Column) -> Scalar,
    ) -> Term {
        self.spend(columns.len() * 3, span);
        let mut operands: Vec<Scalar> = columns.iter().map(|column| test(self, column)).collect();
        let at = self.at(span);
        let scalar = match operands.len() {
            0 => Scalar::literal(Value::Bool(false), at),
            1 => operands.remove(0),
            _ => {
                let kind = ScalarKind::Logical { operator, operands };
                Scalar::new(kind, Type::Bool, at)
            }
        };
        let mut term = Term::new(Meaning::Scalar(scalar), span);
        term.shape = Shape::Plain(Type::Bool);
        term
    }
}

/// A text that stands alone, parentheses around it or not.
fn is_text(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Paren(inner) => is_text(inner),
        kind => matches!(kind, ExprKind::Literal(Literal::String(_))),
    }
}

fn is_number(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Literal(Literal::Long(_)))
}

/// A value as the text that terms are looked for in.
fn as_text(scalar: Scalar) -> Scalar {
    if matches!(scalar.ty, Type::String | Type::Dynamic | Type::Unknown) {
        return scalar;
    }
    let span = scalar.span;
    let call = ScalarCall {
        function: "tostring".into(),
        arguments: vec![scalar],
        argument_names: vec!["".into()],
    };
    Scalar::new(ScalarKind::Call(call), Type::String, span)
}

fn comparable(scalar: Scalar, ty: Type) -> Scalar {
    if scalar.ty != ty && ty == Type::String { as_text(scalar) } else { scalar }
}

/// Whether `text`, in which `*` may stand for any letters, is a term of `operand`.
fn term_match(operand: Scalar, text: &str, case: Case, span: Span) -> Scalar {
    use BinaryOperator as Op;
    let inner = text.trim_matches('*');
    let (starts_open, ends_open) = (text.starts_with('*'), text.ends_with('*'));
    let (operator, pattern) = match (case, starts_open, ends_open) {
        _ if inner.is_empty() => (Op::Contains, String::new()),
        _ if inner.contains('*') => (Op::MatchesRegex, term_regex(text, case)),
        (Case::Insensitive, false, false) => (Op::Has, inner.to_owned()),
        (Case::Insensitive, false, true) => (Op::HasPrefix, inner.to_owned()),
        (Case::Insensitive, true, false) => (Op::HasSuffix, inner.to_owned()),
        (Case::Insensitive, true, true) => (Op::Contains, inner.to_owned()),
        (Case::Sensitive, false, false) => (Op::HasCs, inner.to_owned()),
        (Case::Sensitive, false, true) => (Op::HasPrefixCs, inner.to_owned()),
        (Case::Sensitive, true, false) => (Op::HasSuffixCs, inner.to_owned()),
        (Case::Sensitive, true, true) => (Op::ContainsCs, inner.to_owned()),
    };
    let operands = Box::new([operand, Scalar::literal(Value::string(&pattern), span)]);
    Scalar::new(ScalarKind::Binary { operator, operands }, Type::Bool, span)
}

/// The regular expression of a term with `*` inside.
fn term_regex(text: &str, case: Case) -> String {
    let mut regex = String::from(if case == Case::Insensitive { "(?is)" } else { "(?s)" });
    if !text.starts_with('*') {
        regex.push_str(r"\b");
    }
    for character in text.trim_matches('*').chars() {
        match character {
            '*' => regex.push_str(".*"),
            c if c.is_alphanumeric() || c == '_' || c == ' ' => regex.push(c),
            c => {
                regex.push('\\');
                regex.push(c);
            }
        }
    }
    if !text.ends_with('*') {
        regex.push_str(r"\b");
    }
    regex
}
