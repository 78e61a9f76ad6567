//! `reduce by expression with (properties)`

use kql_syntax::tree::{NamedExpr, Operator, OperatorParameter};

use crate::binder::Binder;
use crate::binder::parameters::{Allowed, Takes, allowed, word};
use crate::bound::{Rowset, RowsetKind, Scalar};
use crate::{Shape, Type, diagnostics};

const PARAMETERS: &[Allowed] = &[allowed("kind", Takes::Word(&["source"]))];
const PROPERTIES: &[Allowed] =
    &[allowed("threshold", Takes::Number), allowed("characters", Takes::Text)];

impl<'a> Binder<'a> {
    pub(crate) fn reduce_operator(
        &mut self,
        input: Rowset,
        (parameters, by, with): (&'a [OperatorParameter], &'a NamedExpr, &'a [OperatorParameter]),
        operator: &'a Operator,
    ) -> Rowset {
        let at = self.at(operator.span);
        let (input, of) = self.with_rows(input, |binder| {
            binder.check_parameters(parameters, PARAMETERS);
            let term = binder.value(&by.expr);
            binder.expect_type(&term, Type::String);
            term.into_scalar()
        });
        self.check_parameters(with, PROPERTIES);
        let mut properties = Vec::new();
        for property in with {
            if let Some(value) = self.parameter_value(&property.value) {
                let at = self.at(property.span);
                properties.push((property.name.name.clone(), Scalar::literal(value, at)));
            }
        }
        let made =
            [("Pattern", Type::String), ("Count", Type::Long), ("Representative", Type::String)];
        let columns = made.map(|(name, ty)| self.column(name, &Shape::Plain(ty))).to_vec();
        if word(parameters, "kind") == Some("source") {
            self.report(diagnostics::not_supported("reduce kind=source", at));
            let columns = input.columns.iter().cloned().chain(columns).collect();
            return Rowset::new(RowsetKind::Error, columns, at);
        }
        let input = Box::new(input);
        Rowset::new(RowsetKind::Reduce { input, of, properties }, columns, at)
    }
}
