//! `extend`, `print`, `serialize` and the `project` family.

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::tree::{NamedExpr, OperatorKind, ReorderExpr, ReorderOrder};

impl Parser<'_> {
    pub(super) fn extend(&mut self) -> OperatorKind {
        OperatorKind::Extend { columns: self.some_columns() }
    }

    pub(super) fn print(&mut self) -> OperatorKind {
        OperatorKind::Print { columns: self.some_columns() }
    }

    pub(super) fn project(&mut self) -> OperatorKind {
        OperatorKind::Project { columns: self.any_columns() }
    }

    pub(super) fn project_rename(&mut self) -> OperatorKind {
        OperatorKind::ProjectRename { columns: self.any_columns() }
    }

    pub(super) fn serialize(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::NONE, Names::BeforeEqual);
        let columns = self.list(List::ANY, Self::opt_named);
        OperatorKind::Serialize { parameters, columns }
    }

    pub(super) fn project_away(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::ProjectAway { columns: self.list(List::ANY, Self::opt_column_pattern) }
    }

    pub(super) fn project_keep(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::ProjectKeep { columns: self.list(List::ANY, Self::opt_column_pattern) }
    }

    pub(super) fn project_by_names(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::ProjectByNames { columns: self.list(List::ANY, Self::opt_expression) }
    }

    pub(super) fn project_reorder(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::ProjectReorder { columns: self.list(List::ANY, Self::opt_reorder) }
    }

    /// `column`, `Device* asc`
    fn opt_reorder(&mut self) -> Option<ReorderExpr> {
        let expr = self.opt_column_pattern()?;
        let order = match self.keyword() {
            Some(Keyword::Asc) => ReorderOrder::Ascending,
            Some(Keyword::Desc) => ReorderOrder::Descending,
            Some(Keyword::GrannyAsc) => ReorderOrder::GrannyAscending,
            Some(Keyword::GrannyDesc) => ReorderOrder::GrannyDescending,
            _ => return Some(ReorderExpr { expr, order: ReorderOrder::None }),
        };
        self.bump();
        Some(ReorderExpr { expr, order })
    }

    fn some_columns(&mut self) -> Vec<NamedExpr> {
        self.bump();
        self.list(List::SOME, Self::opt_named)
    }

    fn any_columns(&mut self) -> Vec<NamedExpr> {
        self.bump();
        self.list(List::ANY, Self::opt_named)
    }
}
