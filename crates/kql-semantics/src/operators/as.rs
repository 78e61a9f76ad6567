//! `as name`: what stands before it, by name for what follows.

use kql_syntax::Identifier;
use kql_syntax::tree::{Operator, OperatorParameter};

use crate::binder::Binder;
use crate::binder::parameters::{Allowed, MATERIALIZED, is_set};
use crate::binder::scope::Symbol;
use crate::bound::Rowset;

const PARAMETERS: &[Allowed] = &[MATERIALIZED];

impl<'a> Binder<'a> {
    pub(crate) fn as_operator(
        &mut self,
        input: Rowset,
        parameters: &'a [OperatorParameter],
        name: &'a Identifier,
        operator: &'a Operator,
    ) -> Rowset {
        self.check_parameters(parameters, PARAMETERS);
        if name.is_missing() {
            return input;
        }
        let is_materialized = is_set(parameters, "hint.materialized");
        let depth = self.depth;
        let variable = self.define_as(name.name.clone(), input, is_materialized, depth);
        let rowset = self.refer(&variable, operator.span);
        let symbol = Symbol::Table(variable);
        self.scope = self.scopes.declare(self.scope, name.name.clone(), symbol, name.span);
        rowset
    }
}
