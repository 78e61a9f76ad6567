//! `find in (tables) where predicate project columns`

use crate::Identifier;
use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::token::TokenKind;
use crate::tree::{Expr, ExprKind, Find, FindColumn, FindProject, OperatorKind};

impl Parser<'_> {
    pub(super) fn find(&mut self) -> OperatorKind {
        self.bump();
        let has_scope = self.at_keyword(Keyword::DataScope);
        let scope = if has_scope { Some(self.data_scope()) } else { None };
        let parameters = self.parameters(parameters::FIND, Names::Any);
        let tables = self.tables_in();
        let needs_where = tables.is_some() || !parameters.is_empty();
        if needs_where {
            self.expect_keyword(Keyword::Where);
        } else {
            self.eat_keyword(Keyword::Where);
        }
        let predicate = self.expression();
        let project = self.find_project();
        let project_away = self.find_project_away();
        let tables = tables.unwrap_or_default();
        OperatorKind::Find(Box::new(Find {
            scope,
            parameters,
            tables,
            predicate,
            project,
            project_away,
        }))
    }

    fn find_project(&mut self) -> FindProject {
        if self.eat_keyword(Keyword::ProjectSmart) {
            return FindProject::Smart;
        }
        if !self.eat_keyword(Keyword::Project) {
            return FindProject::Default;
        }
        FindProject::Columns(self.list(List::OPEN, Self::opt_find_column))
    }

    fn find_project_away(&mut self) -> Vec<Expr> {
        if !self.eat_keyword(Keyword::FindProjectAway) {
            return Vec::new();
        }
        let columns = self.list(List::OPEN, Self::opt_find_column);
        let names = columns.into_iter().filter_map(|column| match column {
            FindColumn::Column { name, .. } => Some(name),
            FindColumn::Pack => None,
        });
        let expr = |name: Identifier| {
            let span = name.span;
            let is_star = &*name.name == "*";
            Expr::new(if is_star { ExprKind::Star } else { ExprKind::Name(name) }, span)
        };
        names.map(expr).collect()
    }

    /// `name`, `name:type`, `*`, `pack(*)`
    fn opt_find_column(&mut self) -> Option<FindColumn> {
        if self.eat_keyword(Keyword::Pack) {
            let open = self.open(TokenKind::OpenParen);
            self.expect(TokenKind::Star);
            self.close(open, TokenKind::CloseParen);
            return Some(FindColumn::Pack);
        }
        if self.at(TokenKind::Star) {
            return Some(FindColumn::Column { name: self.bump_identifier(), ty: None });
        }
        let name = self.opt_name()?;
        let ty = if self.eat(TokenKind::Colon) { Some(self.extended_type_name()) } else { None };
        Some(FindColumn::Column { name, ty })
    }
}
