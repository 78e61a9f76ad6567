//! Pipelines: a source and the operators behind bars.

use super::cursor::Parser;
use super::operators;
use super::parameters::Names;
use super::recovery::Behind;
use crate::Span;
use crate::keyword::Keyword;
use crate::token::TokenKind;
use crate::tree::{Expr, ExprKind, Operator, OperatorKind, SubQuery};

/// The kinds of chart that `render` knows.
pub(super) const CHARTS: &[&str] = &[
    "table",
    "list",
    "barchart",
    "piechart",
    "ladderchart",
    "timechart",
    "linechart",
    "anomalychart",
    "pivotchart",
    "areachart",
    "stackedareachart",
    "scatterchart",
    "timepivot",
    "columnchart",
    "timeline",
    "3Dchart",
    "card",
    "treemap",
    "plotly",
    "graph",
    "sankey",
];

impl Parser<'_> {
    /// An expression that may be a pipeline.
    pub(super) fn opt_query_expression(&mut self) -> Option<Expr> {
        let start = self.position();
        let source = if self.at_possible_operator() {
            self.opt_source_operator().or_else(|| self.opt_expression())
        } else {
            self.opt_expression().or_else(|| self.opt_source_operator())
        }?;
        Some(self.pipeline_from(source, start))
    }

    pub(super) fn query_expression(&mut self) -> Expr {
        self.opt_query_expression().unwrap_or_else(|| self.missing_expression())
    }

    pub(super) fn whole_expression(&mut self) -> Expr {
        let expr = self.query_expression();
        if !self.at(TokenKind::End) {
            self.report_unexpected_text();
        }
        expr
    }

    /// `source` and the operators behind it; `start` is the index of its first token.
    pub(super) fn pipeline_from(&mut self, source: Expr, start: usize) -> Expr {
        let mut operators = Vec::new();
        self.piped_operators(&mut operators);
        if operators.is_empty() {
            return source;
        }
        let kind = ExprKind::Pipe { source: Box::new(source), operators };
        Expr::new(kind, self.span_from(start))
    }

    fn opt_source_operator(&mut self) -> Option<Expr> {
        let operator = self.opt_operator()?;
        let span = operator.span;
        Some(Expr::new(ExprKind::Source(Box::new(operator)), span))
    }

    /// The operators behind bars; text that is none is skipped up to the next bar.
    pub(super) fn piped_operators(&mut self, operators: &mut Vec<Operator>) {
        loop {
            if self.at(TokenKind::Bar) {
                self.bump();
                self.is_recovering = false;
                operators.push(self.operator());
                continue;
            }
            match self.behind_pipeline(!operators.is_empty()) {
                Behind::End => return,
                Behind::Bar => {}
                Behind::Operator => operators.push(self.operator()),
            }
        }
    }

    /// Operators without a source of their own.
    pub(super) fn sub_query(&mut self) -> SubQuery {
        let start = self.position();
        let mut operators = Vec::new();
        if self.at_keyword(Keyword::ContextualDatatable) {
            let at = self.token(0).span;
            self.report(crate::diagnostics::unsupported("a table that the service fills in", at));
            self.contextual_datatable();
        } else {
            operators.push(self.operator());
        }
        self.piped_operators(&mut operators);
        SubQuery { operators, span: self.span_from(start) }
    }

    pub(super) fn operator(&mut self) -> Operator {
        self.opt_operator().unwrap_or_else(|| self.unknown_operator())
    }

    pub(super) fn opt_operator(&mut self) -> Option<Operator> {
        self.nested(Self::opt_operator_here)
    }

    fn opt_operator_here(&mut self) -> Option<Operator> {
        let production = operators::production(self.keyword()?)?;
        let (start, keyword) = (self.position(), self.token(0).span);
        let kind = production(self)?;
        Some(Operator { kind, keyword, span: self.span_from(start) })
    }

    fn unknown_operator(&mut self) -> Operator {
        let at = self.here();
        self.report_expected_operator();
        let name =
            if self.kind().is_word() { self.bump_identifier() } else { self.missing_identifier() };
        let span = if name.is_missing() { Span::at(at.start) } else { name.span };
        Operator { kind: OperatorKind::Unknown(name), keyword: span, span }
    }

    /// Whether an operator begins here, where a name could too: most keywords of operators may be names.
    pub(super) fn at_possible_operator(&self) -> bool {
        use Keyword as K;
        let Some(keyword) = self.keyword() else { return false };
        let at_by = self.nth_is_keyword(1, K::By);
        let at_parameter = || self.parameter_name_length(1, &[], Names::Known).is_some();
        match keyword {
            K::Evaluate => self.name_length(1).is_some() || at_parameter(),
            K::Facet => at_by,
            K::Partition | K::Reduce => at_by || at_parameter(),
            K::Range => {
                let name = self.name_length(1);
                name.is_some_and(|length| self.nth_is_keyword(1 + length, K::From))
            }
            K::InlineExternalTable => {
                self.nth(1) == TokenKind::OpenParen || self.nth_is_keyword(1, K::Kind)
            }
            K::Render => CHARTS.contains(&self.nth_text(1)) || self.nth(1).is_name(),
            // In first place Kusto takes these for the start of an expression, and finds them behind it.
            K::GraphShortestPaths | K::GraphWhereNodes | K::GraphWhereEdges => false,
            keyword => {
                operators::production(keyword).is_some() && !TokenKind::Keyword(keyword).is_name()
            }
        }
    }
}
