//! `top-hitters number of column by weight`

use kql_syntax::Name;
use kql_syntax::tree::{Expr, ExprNames, NamedExpr, Operator};

use crate::binder::Binder;
use crate::bound::{Rowset, RowsetKind};
use crate::{Shape, Type, diagnostics};

impl<'a> Binder<'a> {
    pub(crate) fn top_hitters_operator(
        &mut self,
        input: Rowset,
        (count, of, by): (&'a Expr, &'a NamedExpr, Option<&'a NamedExpr>),
        operator: &'a Operator,
    ) -> Rowset {
        let (input, (count, of_term, by_term)) = self.with_rows(input, |binder| {
            let count = binder.count_of_rows(count);
            let of_term = binder.value(&of.expr);
            binder.expect_column(&of_term);
            let by_term = by.map(|by| binder.weight(by));
            (count, of_term, by_term)
        });
        let of_name = match &of.names {
            ExprNames::One(name) => name.name.clone(),
            _ => of_term.name.clone().unwrap_or_else(|| "Column1".into()),
        };
        let of_column = self.column(of_name.clone(), &of_term.shape);
        let (sum_name, sum_shape) = match &by_term {
            Some(by) => {
                let name = by.name.as_deref().unwrap_or("");
                (format!("approximate_sum_{name}"), by.shape.clone())
            }
            None => (format!("approximate_count_{of_name}"), Shape::Plain(Type::Long)),
        };
        let sum = self.column(Name::from(sum_name), &sum_shape);
        let kind = RowsetKind::TopHitters {
            input: Box::new(input),
            count,
            of: (of_column.id, of_term.into_scalar()),
            by: by_term.map(crate::binder::term::Term::into_scalar),
            sum: sum.id,
        };
        Rowset::new(kind, vec![of_column, sum], self.at(operator.span))
    }

    fn weight(&mut self, by: &'a NamedExpr) -> crate::binder::term::Term {
        let term = self.value(&by.expr);
        if !term.is_open() && !term.shape.is_numeric() {
            self.report(diagnostics::number_expected(&term.describe(), self.at(term.span)));
        }
        term
    }
}
