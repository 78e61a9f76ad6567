//! `facet by columns with (operators)`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::token::TokenKind;
use crate::tree::{OperatorKind, SubQuery};

impl Parser<'_> {
    pub(super) fn facet(&mut self) -> OperatorKind {
        self.bump();
        self.expect_keyword(Keyword::By);
        let list = List::SOME.of("name").until(|parser| parser.at_list_end_or(&[Keyword::With]));
        let columns = self.list(list, Self::opt_simple_path);
        let with = if self.eat_keyword(Keyword::With) { Some(self.facet_with()) } else { None };
        OperatorKind::Facet { columns, with }
    }

    /// `(operators)`, or one operator without parentheses.
    fn facet_with(&mut self) -> SubQuery {
        if !self.at(TokenKind::OpenParen) {
            let operator = self.operator();
            return SubQuery { span: operator.span, operators: vec![operator] };
        }
        let open = self.open(TokenKind::OpenParen);
        let body = self.sub_query();
        self.close(open, TokenKind::CloseParen);
        body
    }
}
