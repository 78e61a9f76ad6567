//! `declare pattern`.

use super::cursor::Parser;
use super::lists::List;
use crate::keyword::Keyword;
use crate::token::TokenKind;
use crate::tree::{ColumnDeclaration, Expr, Pattern, PatternRule, Statement, StatementKind};

impl Parser<'_> {
    /// `declare pattern name = (parameters) [path] { rules }`
    pub(super) fn pattern(&mut self) -> StatementKind {
        self.skip(2);
        let name = self.name();
        let mut pattern = Pattern { name, parameters: Vec::new(), path: None, rules: Vec::new() };
        if self.eat(TokenKind::Equal) {
            let open = self.open(TokenKind::OpenParen);
            let list = List::ANY.of("a parameter");
            pattern.parameters = self.list(list, Self::opt_column_declaration);
            self.close(open, TokenKind::CloseParen);
            pattern.path = self.opt_pattern_path();
            pattern.rules = self.pattern_rules();
        }
        StatementKind::Pattern(pattern)
    }

    fn opt_pattern_path(&mut self) -> Option<ColumnDeclaration> {
        if !self.at(TokenKind::OpenBracket) {
            return None;
        }
        let open = self.open(TokenKind::OpenBracket);
        let path = self.opt_column_declaration();
        if path.is_none() {
            self.report_missing("the path's name and type");
        }
        self.close(open, TokenKind::CloseBracket);
        path
    }

    fn pattern_rules(&mut self) -> Vec<PatternRule> {
        let open = self.open(TokenKind::OpenBrace);
        let mut rules = Vec::new();
        while self.at(TokenKind::OpenParen) {
            rules.push(self.pattern_rule());
        }
        if rules.is_empty() {
            self.report_missing("a rule, `(values) = { body };`");
        }
        self.close(open, TokenKind::CloseBrace);
        rules
    }

    /// `(values).[path] = { body };`
    fn pattern_rule(&mut self) -> PatternRule {
        let open = self.open(TokenKind::OpenParen);
        let arguments = self.list(List::SOME, Self::opt_expression);
        self.close(open, TokenKind::CloseParen);
        let path = if self.eat(TokenKind::Dot) { Some(self.pattern_path_value()) } else { None };
        self.expect(TokenKind::Equal);
        let body = self.braced_body(Self::opt_let_statement);
        self.expect(TokenKind::Semicolon);
        PatternRule { arguments, path, body }
    }

    fn pattern_path_value(&mut self) -> Expr {
        let open = self.open(TokenKind::OpenBracket);
        let value = self.opt_literal().unwrap_or_else(|| self.missing_expression());
        self.close(open, TokenKind::CloseBracket);
        value
    }

    fn opt_let_statement(&mut self) -> Option<Statement> {
        self.at_keyword(Keyword::Let).then(|| self.let_statement())
    }
}
