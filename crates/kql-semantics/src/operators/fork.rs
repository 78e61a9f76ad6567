//! `fork (operators) name=(operators)`: several results from the same rows.

use kql_syntax::Name;
use kql_syntax::tree::{ForkBranch, Operator, OperatorKind};

use crate::binder::Binder;
use crate::binder::term::{Meaning, Term};
use crate::bound::Rowset;
use crate::diagnostics;

impl<'a> Binder<'a> {
    pub(crate) fn fork_operator(
        &mut self,
        input: Rowset,
        branches: &'a [ForkBranch],
        operator: &'a Operator,
    ) -> Term {
        let depth = self.depth;
        let shared = self.define_once(input, depth);
        let mut tables = Vec::with_capacity(branches.len());
        for branch in branches {
            for inner in &branch.body.operators {
                self.check_fork_operator(inner);
            }
            let rows = self.refer(&shared, operator.span);
            let term = self.subquery(rows, &branch.body);
            let rowset = self.expect_table(term);
            let name = branch.name.as_ref().map_or_else(|| Name::new(""), |name| name.name.clone());
            tables.push((name, rowset));
        }
        Term::new(Meaning::Tables(tables), operator.span)
    }

    /// Only operators that need one pass may stand in a branch.
    pub(crate) fn check_fork_operator(&mut self, operator: &'a Operator) {
        let is_allowed = matches!(
            operator.kind,
            OperatorKind::As { .. }
                | OperatorKind::Count { .. }
                | OperatorKind::Distinct { .. }
                | OperatorKind::ExecuteAndCache
                | OperatorKind::Extend { .. }
                | OperatorKind::Where { .. }
                | OperatorKind::Invoke { .. }
                | OperatorKind::MvExpand(_)
                | OperatorKind::Parse(_)
                | OperatorKind::ParseWhere(_)
                | OperatorKind::ParseKv { .. }
                | OperatorKind::Project { .. }
                | OperatorKind::ProjectAway { .. }
                | OperatorKind::ProjectByNames { .. }
                | OperatorKind::ProjectKeep { .. }
                | OperatorKind::ProjectRename { .. }
                | OperatorKind::ProjectReorder { .. }
                | OperatorKind::Reduce { .. }
                | OperatorKind::SampleDistinct { .. }
                | OperatorKind::Sample { .. }
                | OperatorKind::Sort { .. }
                | OperatorKind::Summarize(_)
                | OperatorKind::Take { .. }
                | OperatorKind::TopHitters { .. }
                | OperatorKind::TopNested { .. }
                | OperatorKind::Top { .. }
                | OperatorKind::Unknown(_)
        );
        if !is_allowed {
            self.report(diagnostics::operator_not_allowed_here(self.at(operator.keyword)));
        }
    }
}
