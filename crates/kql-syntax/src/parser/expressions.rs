//! Expressions with operators, by precedence: text operators bind tightest, then `*`, `+`, `<`, `==`, `and`, `or`.
//!
//! Operators and operands wait on a stack of our own, not on the thread's, so that `1 + 2 * 3 + ...` costs no nesting.

use super::cursor::Parser;
use super::lists::List;
use crate::Span;
use crate::keyword::Keyword;
use crate::token::TokenKind;
use crate::tree::{
    Between, Binary, BinaryOperator, Expr, ExprKind, InList, ListOperator, LogicalOperator,
    UnaryOperator,
};

/// How loosely an operator binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Operand,
    Text,
    Multiplicative,
    Additive,
    Relational,
    Equality,
    And,
    Or,
}

impl Level {
    /// Whether `a op b op c` is possible; `a == b == c` is not.
    const fn is_repeatable(self) -> bool {
        matches!(self, Self::Multiplicative | Self::Additive | Self::And | Self::Or)
    }
}

/// An operator between or behind operands.
#[derive(Clone, Copy)]
enum Infix {
    Binary(BinaryOperator),
    Logical(LogicalOperator),
    List(ListOperator),
    Between { is_negated: bool },
}

/// An operand, how loosely its outermost operator binds, and the deepest level of its tree.
struct Operand {
    expr: Expr,
    level: Level,
    deepest: u32,
}

/// An operator whose right operand is still to come.
struct Pending {
    left: Operand,
    infix: Infix,
    level: Level,
    span: Span,
}

impl Parser<'_> {
    /// An expression without a name and without bars.
    pub(super) fn opt_expression(&mut self) -> Option<Expr> {
        self.nested(Self::opt_expression_here)
    }

    /// The same, where one must stand.
    pub(super) fn expression(&mut self) -> Expr {
        self.opt_expression().unwrap_or_else(|| self.missing_expression())
    }

    pub(super) fn missing_expression(&mut self) -> Expr {
        self.report_missing_expression();
        Expr::missing(self.here())
    }

    fn opt_expression_here(&mut self) -> Option<Expr> {
        let outer = self.deepest;
        let Some(first) = self.opt_operand(Level::Operand) else {
            self.deepest = outer;
            return None;
        };
        let operand = match self.infix() {
            None => first,
            Some(_) => self.operators_behind(first),
        };
        self.deepest = outer.max(operand.deepest);
        Some(operand.expr)
    }

    fn operators_behind(&mut self, first: Operand) -> Operand {
        let mut current = first;
        let mut pending: Vec<Pending> = Vec::new();
        while let Some((infix, level)) = self.infix() {
            while let Some(waiting) = pending.pop_if(|waiting| binds(waiting.level, level)) {
                current = self.joined(waiting, current);
            }
            let is_blocked = pending.last().is_some_and(|waiting| waiting.level == level);
            let is_too_loose = current.level > level;
            let is_repeated = current.level == level && !level.is_repeatable();
            if is_blocked || is_too_loose || is_repeated {
                break;
            }
            let span = self.bump();
            match infix {
                Infix::List(operator) => current = self.in_list(current, operator, span),
                Infix::Between { is_negated } => current = self.between(current, is_negated, span),
                Infix::Binary(_) | Infix::Logical(_) => {
                    pending.push(Pending { left: current, infix, level, span });
                    current = self.operand(level);
                }
            }
        }
        while let Some(waiting) = pending.pop() {
            current = self.joined(waiting, current);
        }
        current
    }

    fn operand(&mut self, level: Level) -> Operand {
        let missing = |parser: &mut Self| {
            let expr = parser.missing_expression();
            Operand { expr, level: Level::Operand, deepest: parser.depth }
        };
        self.opt_operand(level).unwrap_or_else(|| missing(self))
    }

    /// An operand with its sign; `outer` is the level of the operator left of it.
    fn opt_operand(&mut self, outer: Level) -> Option<Operand> {
        self.deepest = self.depth;
        let start = self.position();
        let expr = match self.kind() {
            TokenKind::Star if self.is_star_operand(outer) => {
                let span = self.bump();
                Expr::new(ExprKind::Star, span)
            }
            TokenKind::Minus => self.signed(UnaryOperator::Minus, start),
            TokenKind::Plus => self.signed(UnaryOperator::Plus, start),
            _ => self.opt_path()?,
        };
        Some(Operand { expr, level: Level::Operand, deepest: self.deepest })
    }

    /// `* has "x"` anywhere, `* == "x"` where nothing tighter stands before it.
    fn is_star_operand(&self, outer: Level) -> bool {
        match infix_of(self.nth(1)) {
            Some((_, Level::Text)) => true,
            Some((Infix::Binary(BinaryOperator::Equal), _)) => {
                matches!(outer, Level::Operand | Level::And | Level::Or)
            }
            _ => false,
        }
    }

    fn signed(&mut self, operator: UnaryOperator, start: usize) -> Expr {
        self.bump();
        let operand = self.opt_path().unwrap_or_else(|| self.missing_expression());
        self.reach(self.deepest + 1);
        let operand = Box::new(operand);
        Expr::new(ExprKind::Unary { operator, operand }, self.span_from(start))
    }

    /// `left operator right` as one operand.
    fn joined(&mut self, waiting: Pending, right: Operand) -> Operand {
        let Pending { left, infix, level, span: operator_span } = waiting;
        let span = left.expr.span.to(right.expr.span);
        let is_chain = matches!(infix, Infix::Logical(_)) && left.level == level;
        let left_deepest = if is_chain { left.deepest } else { left.deepest + 1 };
        let deepest = left_deepest.max(right.deepest + 1);
        self.reach(deepest);
        let kind = match infix {
            Infix::Logical(operator) => logical(operator, left, right.expr, level),
            Infix::Binary(operator) => ExprKind::Binary(Box::new(Binary {
                operator,
                operator_span,
                left: left.expr,
                right: right.expr,
            })),
            // These take their right side at once and never wait.
            Infix::List(_) | Infix::Between { .. } => left.expr.kind,
        };
        Operand { expr: Expr::new(kind, span), level, deepest }
    }

    /// `(list)` behind `in` and its kin: values, or one query.
    fn in_list(&mut self, value: Operand, operator: ListOperator, operator_span: Span) -> Operand {
        self.deepest = value.deepest + 1;
        let position = self.position();
        let open = self.open(TokenKind::OpenParen);
        let is_query = self.at_possible_operator() || self.brackets.is_pipeline(position);
        let list = if is_query {
            vec![self.query_expression()]
        } else {
            self.list(List::SOME, Self::opt_expression)
        };
        self.close(open, TokenKind::CloseParen);
        let span = value.expr.span.to(Span::at(self.end_of_last()));
        let value = value.expr;
        let kind = ExprKind::InList(Box::new(InList { operator, operator_span, value, list }));
        self.behind(kind, span)
    }

    /// `(low .. high)` behind `between`.
    fn between(&mut self, value: Operand, is_negated: bool, operator_span: Span) -> Operand {
        self.deepest = value.deepest + 1;
        let open = self.open(TokenKind::OpenParen);
        let low = self.expression();
        self.expect(TokenKind::DotDot);
        let high = self.expression();
        self.close(open, TokenKind::CloseParen);
        let span = value.expr.span.to(Span::at(self.end_of_last()));
        let value = value.expr;
        let between = Between { value, is_negated, operator_span, low, high };
        self.behind(ExprKind::Between(Box::new(between)), span)
    }

    fn behind(&mut self, kind: ExprKind, span: Span) -> Operand {
        self.reach(self.deepest);
        Operand { expr: Expr::new(kind, span), level: Level::Equality, deepest: self.deepest }
    }

    fn infix(&self) -> Option<(Infix, Level)> {
        // `make-series ... on t in range(...)`
        let is_range = self.at_keyword(Keyword::In) && self.nth_is_keyword(1, Keyword::Range);
        if is_range { None } else { infix_of(self.kind()) }
    }
}

/// Whether an operator that waits takes its right operand before one of level `next` does.
fn binds(waiting: Level, next: Level) -> bool {
    waiting < next || waiting == next && next.is_repeatable()
}

fn logical(operator: LogicalOperator, left: Operand, right: Expr, level: Level) -> ExprKind {
    let is_chain = left.level == level;
    match left.expr.kind {
        ExprKind::Logical { operator: same, mut operands } if is_chain && same == operator => {
            operands.push(right);
            ExprKind::Logical { operator, operands }
        }
        kind => {
            let left = Expr::new(kind, left.expr.span);
            ExprKind::Logical { operator, operands: vec![left, right] }
        }
    }
}

fn infix_of(kind: TokenKind) -> Option<(Infix, Level)> {
    use BinaryOperator as B;
    let binary = |operator, level| Some((Infix::Binary(operator), level));
    match kind {
        TokenKind::Keyword(keyword) => keyword_infix(keyword),
        TokenKind::EqualTilde => binary(B::EqualTilde, Level::Text),
        TokenKind::BangTilde => binary(B::BangTilde, Level::Text),
        TokenKind::Colon => binary(B::Colon, Level::Text),
        TokenKind::Star => binary(B::Multiply, Level::Multiplicative),
        TokenKind::Slash => binary(B::Divide, Level::Multiplicative),
        TokenKind::Percent => binary(B::Modulo, Level::Multiplicative),
        TokenKind::Plus => binary(B::Add, Level::Additive),
        TokenKind::Minus => binary(B::Subtract, Level::Additive),
        TokenKind::Less => binary(B::Less, Level::Relational),
        TokenKind::LessOrEqual => binary(B::LessOrEqual, Level::Relational),
        TokenKind::Greater => binary(B::Greater, Level::Relational),
        TokenKind::GreaterOrEqual => binary(B::GreaterOrEqual, Level::Relational),
        TokenKind::EqualEqual => binary(B::Equal, Level::Equality),
        TokenKind::BangEqual | TokenKind::LessGreater => binary(B::NotEqual, Level::Equality),
        _ => None,
    }
}

fn keyword_infix(keyword: Keyword) -> Option<(Infix, Level)> {
    use Keyword as K;
    use ListOperator as L;
    let equality = |infix| Some((infix, Level::Equality));
    match keyword {
        K::And => Some((Infix::Logical(LogicalOperator::And), Level::And)),
        K::Or => Some((Infix::Logical(LogicalOperator::Or), Level::Or)),
        K::In => equality(Infix::List(L::In)),
        K::NotIn => equality(Infix::List(L::NotIn)),
        K::InTilde => equality(Infix::List(L::InTilde)),
        K::NotInTilde => equality(Infix::List(L::NotInTilde)),
        K::HasAny => equality(Infix::List(L::HasAny)),
        K::HasAll => equality(Infix::List(L::HasAll)),
        K::Between => equality(Infix::Between { is_negated: false }),
        K::NotBetween => equality(Infix::Between { is_negated: true }),
        _ => text_operator(keyword).map(|operator| (Infix::Binary(operator), Level::Text)),
    }
}

/// The text operator that a keyword is.
pub(super) fn text_operator(keyword: Keyword) -> Option<BinaryOperator> {
    use BinaryOperator as B;
    use Keyword as K;
    Some(match keyword {
        K::Has => B::Has,
        K::NotHas => B::NotHas,
        K::HasCs => B::HasCs,
        K::NotHasCs => B::NotHasCs,
        K::HasPrefix => B::HasPrefix,
        K::NotHasPrefix => B::NotHasPrefix,
        K::HasPrefixCs => B::HasPrefixCs,
        K::NotHasPrefixCs => B::NotHasPrefixCs,
        K::HasSuffix => B::HasSuffix,
        K::NotHasSuffix => B::NotHasSuffix,
        K::HasSuffixCs => B::HasSuffixCs,
        K::NotHasSuffixCs => B::NotHasSuffixCs,
        K::Contains => B::Contains,
        K::NotContains | K::NotContainsOld => B::NotContains,
        K::ContainsCs | K::ContainsCsOld => B::ContainsCs,
        K::NotContainsCs | K::NotContainsCsOld => B::NotContainsCs,
        K::StartsWith => B::StartsWith,
        K::NotStartsWith => B::NotStartsWith,
        K::StartsWithCs => B::StartsWithCs,
        K::NotStartsWithCs => B::NotStartsWithCs,
        K::EndsWith => B::EndsWith,
        K::NotEndsWith => B::NotEndsWith,
        K::EndsWithCs => B::EndsWithCs,
        K::NotEndsWithCs => B::NotEndsWithCs,
        K::MatchesRegex => B::MatchesRegex,
        K::Like => B::Like,
        K::NotLike => B::NotLike,
        K::LikeCs => B::LikeCs,
        K::NotLikeCs => B::NotLikeCs,
        _ => return None,
    })
}
