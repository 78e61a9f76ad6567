//! `assert-schema (columns)`

use kql_syntax::tree::{Operator, RowSchema};

use crate::binder::Binder;
use crate::bound::{Rowset, RowsetKind};
use crate::{Type, diagnostics};

impl<'a> Binder<'a> {
    pub(crate) fn assert_schema_operator(
        &mut self,
        input: Rowset,
        schema: &'a RowSchema,
        operator: &'a Operator,
    ) -> Rowset {
        let wanted = self.schema_columns(schema);
        if !input.is_open {
            for (name, ty, span) in wanted {
                let own = input.column(&name).map(|column| column.ty);
                let is_right = own.is_some_and(|own| own == ty || own == Type::Unknown);
                if !is_right {
                    self.report(diagnostics::schema_differs(&name, ty, own, self.at(span)));
                }
            }
        }
        input.then(self.at(operator.span), |input| RowsetKind::AssertSchema { input })
    }
}
