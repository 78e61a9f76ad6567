//! `render chart with (properties)`

use crate::Identifier;
use crate::diagnostics;
use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::parser::pipelines::CHARTS;
use crate::token::TokenKind;
use crate::tree::{OperatorKind, OperatorParameter, ParameterValue};

impl Parser<'_> {
    pub(super) fn render(&mut self) -> OperatorKind {
        self.bump();
        let chart = self.chart();
        let mut properties = Vec::new();
        while let Some(property) = self.opt_legacy_property() {
            properties.push(property);
        }
        if self.eat_keyword(Keyword::With) {
            let open = self.open(TokenKind::OpenParen);
            self.eat(TokenKind::Comma);
            let more = self.parameters_with_commas(
                |parser| parser.opt_parameter(parameters::RENDER, Names::Own),
                parameters::RENDER,
            );
            self.close(open, TokenKind::CloseParen);
            properties.extend(more);
        }
        OperatorKind::Render { chart, properties }
    }

    fn chart(&mut self) -> Identifier {
        let (at, text) = (self.token(0).span, self.nth_text(0));
        let is_known = CHARTS.contains(&text);
        if !is_known && !self.at(TokenKind::Identifier) {
            self.report_expected("a kind of chart");
            return self.missing_identifier();
        }
        if !is_known {
            self.report(diagnostics::unknown_value(CHARTS, at, text));
        }
        self.bump_identifier()
    }

    /// `kind=stacked`, `title="x"`, `accumulate=true`, `with "x"`, `by a, b`, without parentheses.
    fn opt_legacy_property(&mut self) -> Option<OperatorParameter> {
        for spec in &parameters::LEGACY_RENDER {
            if let Some(parameter) = self.opt_single_parameter(spec) {
                return Some(parameter);
            }
        }
        let is_with = self.at_keyword(Keyword::With) && self.nth(1) != TokenKind::OpenParen;
        if !is_with && !self.at_keyword(Keyword::By) {
            return None;
        }
        let start = self.position();
        let name = self.bump_identifier();
        let value = if is_with { self.legacy_title() } else { self.legacy_columns() };
        Some(OperatorParameter { name, value, span: self.span_from(start) })
    }

    fn legacy_title(&mut self) -> ParameterValue {
        if let Some(title) = self.opt_literal() {
            return ParameterValue::Expr(title);
        }
        self.opt_name().map_or_else(
            || {
                self.report_missing("a text");
                ParameterValue::Missing
            },
            ParameterValue::Name,
        )
    }

    fn legacy_columns(&mut self) -> ParameterValue {
        let list = List::SOME.of("name").until(|parser| {
            matches!(parser.nth_text(0), "kind" | "title" | "accumulate" | "with" | "by")
        });
        ParameterValue::Names(self.list(list, Self::opt_declared_name))
    }
}
