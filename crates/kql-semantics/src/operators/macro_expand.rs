//! `macro-expand entity_group as name (statements)`: the statements for each member, put together.

use std::rc::Rc;

use kql_syntax::tree::{ExprKind, MacroExpand, Operator};
use kql_syntax::{Name, Span};

use crate::binder::Binder;
use crate::binder::parameters::{Allowed, BEST_EFFORT, IS_FUZZY, Takes, allowed, is_set};
use crate::binder::scope::Symbol;
use crate::binder::term::Meaning;
use crate::bound::Rowset;
use crate::diagnostics;

const PARAMETERS: &[Allowed] = &[allowed("force_remote", Takes::Bool), IS_FUZZY, BEST_EFFORT];

impl<'a> Binder<'a> {
    pub(crate) fn macro_expand_operator(
        &mut self,
        expand: &'a MacroExpand,
        operator: &'a Operator,
    ) -> Rowset {
        self.check_parameters(&expand.parameters, PARAMETERS);
        let was_fuzzy = self.is_fuzzy;
        self.is_fuzzy |= is_set(&expand.parameters, "isfuzzy");
        let group = self.expr(&expand.group);
        self.is_fuzzy = was_fuzzy;
        let at = self.at(operator.span);
        let Meaning::EntityGroup(members) = group.meaning else {
            if !group.is_wrong() {
                self.report(diagnostics::entity_group_expected(self.at(expand.group.span)));
            }
            return Rowset::wrong(at);
        };
        let (name, span) = scope_name(expand);
        let outer = self.scope;
        let mut legs = Vec::with_capacity(members.len());
        for member in members {
            let symbol = Symbol::Database(Rc::new(member));
            self.scope = self.scopes.open(Some(outer));
            self.scope = self.scopes.declare(self.scope, name.clone(), symbol, span);
            let term = self.without_rows(|binder| binder.block(&expand.body));
            legs.push((None, self.expect_table(term)));
        }
        self.scope = outer;
        self.union_of_legs(legs, (None, false), at)
    }
}

/// The name that the statements call the member by.
fn scope_name(expand: &MacroExpand) -> (Name, Span) {
    match (&expand.scope, &expand.group.kind) {
        (Some(name), _) => (name.name.clone(), name.span),
        (None, ExprKind::Name(name)) => (name.name.clone(), name.span),
        _ => (Name::new("$scope"), expand.group.span),
    }
}
