//! `make-series aggregates on axis from start to end step step by keys`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::token::TokenKind;
use crate::tree::{MakeSeries, OperatorKind, SeriesAggregate, SeriesBounds};

const BEHIND_AGGREGATES: &[Keyword] = &[Keyword::On, Keyword::From, Keyword::In];

impl Parser<'_> {
    pub(super) fn make_series(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::MAKE_SERIES, Names::BeforeEqual);
        let list = List::SOME.until(|parser| parser.at_list_end_or(BEHIND_AGGREGATES));
        let aggregates = self.list(list, Self::opt_series_aggregate);
        self.expect_keyword(Keyword::On);
        let axis = self.named();
        let bounds = match self.keyword() {
            Some(Keyword::From | Keyword::To | Keyword::Step) => self.stepped_bounds(),
            _ => self.in_range(),
        };
        let has_by = self.eat_keyword(Keyword::By);
        let by = if has_by { self.list(List::OPEN, Self::opt_named) } else { Vec::new() };
        OperatorKind::MakeSeries(Box::new(MakeSeries { parameters, aggregates, axis, bounds, by }))
    }

    /// `name = aggregate default = value`
    fn opt_series_aggregate(&mut self) -> Option<SeriesAggregate> {
        let aggregate = self.opt_named()?;
        let default = if self.eat_keyword(Keyword::Default) {
            self.expect(TokenKind::Equal);
            Some(self.expression_without_its_name())
        } else {
            None
        };
        Some(SeriesAggregate { aggregate, default })
    }

    fn stepped_bounds(&mut self) -> SeriesBounds {
        let from = if self.eat_keyword(Keyword::From) { Some(self.expression()) } else { None };
        let to = if self.eat_keyword(Keyword::To) { Some(self.expression()) } else { None };
        self.expect_keyword(Keyword::Step);
        SeriesBounds::FromToStep { from, to, step: self.expression() }
    }

    /// `in range(start, stop, step)`
    fn in_range(&mut self) -> SeriesBounds {
        if !self.at_keyword(Keyword::In) {
            self.report_expected("`from`, `to`, `step` or `in range(...)`");
        }
        self.eat_keyword(Keyword::In);
        self.expect_keyword(Keyword::Range);
        let open = self.open(TokenKind::OpenParen);
        let bounds = self.list(List::ANY, Self::opt_named);
        self.close(open, TokenKind::CloseParen);
        SeriesBounds::InRange(bounds.into_iter().map(|bound| bound.expr).collect())
    }
}
