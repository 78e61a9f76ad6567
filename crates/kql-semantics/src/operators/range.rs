//! `range name from start to end step step`

use kql_syntax::Identifier;
use kql_syntax::tree::{Expr, Operator};

use crate::binder::Binder;
use crate::binder::term::Term;
use crate::bound::{Rowset, RowsetKind};
use crate::shape::{Conversion, Shape};
use crate::{Type, Value, diagnostics};

impl<'a> Binder<'a> {
    pub(crate) fn range_operator(
        &mut self,
        name: &'a Identifier,
        bounds: [&'a Expr; 3],
        operator: &'a Operator,
    ) -> Rowset {
        let terms = bounds.map(|bound| self.value(bound));
        let are_summable = terms.iter().all(|term| self.expect_summable(term));
        let [from, to, step] = &terms;
        if matches!(step.value(), Some(Value::Long(0) | Value::Int(0))) {
            self.report(diagnostics::step_of_zero(self.at(step.span)));
        }
        let shape = if are_summable { self.range_shape(from, to, step) } else { Shape::UNKNOWN };
        let column = self.column(name.name.clone(), &shape);
        let bounds = Box::new(terms.map(Term::into_scalar));
        Rowset::new(RowsetKind::Range { bounds }, vec![column], self.at(operator.span))
    }

    fn range_shape(&mut self, from: &Term, to: &Term, step: &Term) -> Shape {
        let ends = from.shape.common(&to.shape, Conversion::Promotable).unwrap_or(Shape::UNKNOWN);
        if ends.is(Type::Int) && step.shape.is(Type::Int) {
            return ends;
        }
        let mut start = from.clone();
        start.shape = ends;
        self.operator_shape("Add", "+", step.span, &[&start, step])
    }

    /// Whether `term` can be added up; reports it where not.
    pub(crate) fn expect_summable(&mut self, term: &Term) -> bool {
        let is_right = term.is_open() || term.shape.is_summable();
        if !is_right {
            self.report(diagnostics::summable_expected(&term.describe(), self.at(term.span)));
        }
        is_right
    }

    /// Whether `term` is a whole number; reports it where not.
    pub(crate) fn expect_integer(&mut self, term: &Term) -> bool {
        let is_right = term.is_open() || term.shape.is_integer();
        if !is_right {
            self.report(diagnostics::integer_expected(&term.describe(), self.at(term.span)));
        }
        is_right
    }

    /// Whether `term` is no dynamic; reports it where it is, and what to do.
    pub(crate) fn expect_no_dynamic(&mut self, term: &Term, what: &str) -> bool {
        let is_right = term.is_open() || !term.shape.is_dynamic();
        if !is_right {
            self.report(diagnostics::dynamic_not_allowed(what, self.at(term.span)));
        }
        is_right
    }
}
