//! `partition by column (operators)` or `{ query }`, and `__partitionby`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::parameters::{self, Names};
use crate::token::TokenKind;
use crate::tree::{Expr, FunctionBody, OperatorKind, Partition, PartitionBody, SubQuery};

impl Parser<'_> {
    pub(super) fn partition(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::PARTITION, Names::Any);
        self.expect_keyword(Keyword::By);
        let by = self.simple_path();
        let scope = if self.eat_keyword(Keyword::In) { Some(self.partition_scope()) } else { None };
        let body = if self.at(TokenKind::OpenBrace) {
            PartitionBody::Query(self.partition_query())
        } else {
            PartitionBody::SubQuery(self.sub_query_in_parentheses())
        };
        OperatorKind::Partition(Box::new(Partition { parameters, by, scope, body }))
    }

    fn partition_scope(&mut self) -> Expr {
        let scope = self.opt_call().or_else(|| self.opt_dynamic());
        scope.unwrap_or_else(|| self.missing_expression())
    }

    fn partition_query(&mut self) -> FunctionBody {
        let start = self.position();
        let open = self.open(TokenKind::OpenBrace);
        let result = Some(self.query_expression());
        self.close(open, TokenKind::CloseBrace);
        FunctionBody { statements: Vec::new(), result, span: self.span_from(start) }
    }

    fn sub_query_in_parentheses(&mut self) -> SubQuery {
        let open = self.open(TokenKind::OpenParen);
        let body = self.sub_query();
        self.close(open, TokenKind::CloseParen);
        body
    }

    pub(super) fn partition_by(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::PARTITION, Names::Any);
        let column = self.simple_path();
        let id = if self.eat_keyword(Keyword::Id) { Some(self.partition_id()) } else { None };
        let body = self.sub_query_in_parentheses();
        OperatorKind::PartitionBy { column, parameters, id, body }
    }

    fn partition_id(&mut self) -> Expr {
        self.opt_literal().unwrap_or_else(|| self.missing_expression())
    }
}
