//! `print values`

use kql_syntax::Name;
use kql_syntax::tree::{NamedExpr, Operator};

use crate::binder::Binder;
use crate::binder::projection::{How, Projection, Style};
use crate::bound::{Rowset, RowsetKind};

impl<'a> Binder<'a> {
    pub(crate) fn print_operator(
        &mut self,
        columns: &'a [NamedExpr],
        operator: &'a Operator,
    ) -> Rowset {
        let mut projection = Projection::default();
        for (index, named) in columns.iter().enumerate() {
            let term = self.any_value(&named.expr);
            let default = Some(Name::from(format!("print_{index}")));
            let how = How { default, ..How::new(Style::Print) };
            self.project(&mut projection, named, term, &how);
        }
        let scalars = projection.entries().iter().map(|entry| entry.scalar.clone()).collect();
        Rowset::new(RowsetKind::Print(scalars), projection.columns(), self.at(operator.span))
    }
}
