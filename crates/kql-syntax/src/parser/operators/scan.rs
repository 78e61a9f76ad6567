//! `scan declare (...) with (steps)`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::token::TokenKind;
use crate::tree::{
    Expr, ExprNames, NamedExpr, OperatorKind, OrderedExpr, Parameter, Scan, ScanStep,
};

const BEHIND_KEYS: &[Keyword] =
    &[Keyword::Partition, Keyword::Order, Keyword::By, Keyword::Declare, Keyword::With];

impl Parser<'_> {
    pub(super) fn scan(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::SCAN, Names::Any);
        let order_by =
            if self.eat_keyword(Keyword::Order) { self.scan_order() } else { Vec::new() };
        let has_partition = self.eat_keyword(Keyword::Partition);
        let partition_by = if has_partition { self.scan_partition() } else { Vec::new() };
        let has_declare = self.eat_keyword(Keyword::Declare);
        let declare = if has_declare { self.scan_declare() } else { Vec::new() };
        self.expect_keyword(Keyword::With);
        let open = self.open(TokenKind::OpenParen);
        let mut steps = Vec::new();
        while self.at_keyword(Keyword::Step) {
            steps.push(self.scan_step());
        }
        self.close(open, TokenKind::CloseParen);
        OperatorKind::Scan(Box::new(Scan { parameters, order_by, partition_by, declare, steps }))
    }

    fn scan_order(&mut self) -> Vec<OrderedExpr> {
        self.expect_keyword(Keyword::By);
        let list = List::SOME.until(|parser| parser.at_list_end_or(BEHIND_KEYS));
        self.list(list, Self::opt_ordered)
    }

    fn scan_partition(&mut self) -> Vec<Expr> {
        self.expect_keyword(Keyword::By);
        let list = List::SOME.until(|parser| parser.at_list_end_or(BEHIND_KEYS));
        self.list(list, Self::opt_expression)
    }

    fn scan_declare(&mut self) -> Vec<Parameter> {
        self.function_parameters()
    }

    /// `step name optional output=last: predicate => column = value;`
    fn scan_step(&mut self) -> ScanStep {
        let start = self.position();
        self.bump();
        let name = self.declared_name();
        let is_optional = self.eat_keyword(Keyword::Optional);
        let output = if self.eat_keyword(Keyword::Output) {
            self.expect(TokenKind::Equal);
            Some(self.word_of(&["all", "last", "none"]))
        } else {
            None
        };
        self.expect(TokenKind::Colon);
        let condition = self.expression();
        let assignments = if self.eat(TokenKind::FatArrow) {
            self.list(List::SOME.of("name"), Self::opt_assignment)
        } else {
            Vec::new()
        };
        let span = self.span_from(start);
        if !self.eat(TokenKind::Semicolon) {
            self.report_expected("`;` behind this step");
            self.skip_step();
        }
        ScanStep { name, is_optional, output, condition, assignments, span }
    }

    fn skip_step(&mut self) {
        while !self.at_list_end() && !self.at_keyword(Keyword::Step) {
            self.skip_balanced();
        }
        self.eat(TokenKind::Semicolon);
    }

    /// `column = value`
    fn opt_assignment(&mut self) -> Option<NamedExpr> {
        let start = self.position();
        let name = self.opt_declared_name()?;
        self.expect(TokenKind::Equal);
        let expr = self.expression();
        Some(NamedExpr { names: ExprNames::One(name), expr, span: self.span_from(start) })
    }
}
