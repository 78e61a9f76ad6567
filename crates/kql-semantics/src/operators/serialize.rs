//! `serialize columns`

use kql_syntax::tree::{NamedExpr, Operator, OperatorParameter};

use crate::binder::Binder;
use crate::binder::projection::Style;
use crate::bound::{Rowset, RowsetKind};

impl<'a> Binder<'a> {
    pub(crate) fn serialize_operator(
        &mut self,
        input: Rowset,
        parameters: &'a [OperatorParameter],
        columns: &'a [NamedExpr],
        operator: &'a Operator,
    ) -> Rowset {
        self.check_parameters(parameters, &[]);
        let at = self.at(operator.span);
        let serialized = input.then(at, |input| RowsetKind::Serialize { input });
        if columns.is_empty() {
            return serialized;
        }
        self.extended_rows(serialized, columns, Style::Default, operator)
    }
}
