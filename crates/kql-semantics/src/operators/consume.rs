//! `consume`

use kql_syntax::tree::{Operator, OperatorParameter};

use crate::binder::Binder;
use crate::binder::parameters::{Allowed, Takes, allowed};
use crate::bound::{Rowset, RowsetKind};

const PARAMETERS: &[Allowed] = &[allowed("decodeblocks", Takes::Bool)];

impl<'a> Binder<'a> {
    pub(crate) fn consume_operator(
        &mut self,
        input: Rowset,
        parameters: &'a [OperatorParameter],
        operator: &'a Operator,
    ) -> Rowset {
        self.check_parameters(parameters, PARAMETERS);
        let kind = RowsetKind::Consume { input: Box::new(input) };
        Rowset::new(kind, Vec::new(), self.at(operator.span))
    }
}
