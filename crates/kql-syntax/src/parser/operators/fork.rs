//! `fork (operators) name=(operators)`

use crate::parser::cursor::Parser;
use crate::token::TokenKind;
use crate::tree::{ForkBranch, OperatorKind};

impl Parser<'_> {
    pub(super) fn fork(&mut self) -> OperatorKind {
        self.bump();
        let mut branches = Vec::new();
        while let Some(branch) = self.opt_fork_branch() {
            branches.push(branch);
        }
        if branches.is_empty() {
            self.report_expected("`(`");
        }
        OperatorKind::Fork { branches }
    }

    fn opt_fork_branch(&mut self) -> Option<ForkBranch> {
        let is_named =
            self.name_length(0).is_some_and(|length| self.nth(length) == TokenKind::Equal);
        if !is_named && !self.at(TokenKind::OpenParen) {
            return None;
        }
        let name = if is_named { self.opt_name() } else { None };
        if is_named {
            self.bump();
        }
        let open = self.open(TokenKind::OpenParen);
        let body = self.sub_query();
        self.close(open, TokenKind::CloseParen);
        Some(ForkBranch { name, body })
    }
}
