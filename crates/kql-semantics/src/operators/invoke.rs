//! `invoke function(arguments)`: calls a function with the rows as its first argument.

use kql_syntax::tree::{Call, Expr, ExprKind, Operator};

use crate::binder::Binder;
use crate::binder::calls::Target;
use crate::binder::functions::Callee;
use crate::binder::term::{Meaning, Term};
use crate::bound::Rowset;
use crate::catalog::{StoredBody, StoredResult};
use crate::diagnostics;

impl<'a> Binder<'a> {
    pub(crate) fn invoke_operator(
        &mut self,
        input: Rowset,
        function: &'a Expr,
        operator: &'a Operator,
    ) -> Term {
        let span = operator.span;
        match &function.kind {
            ExprKind::Call(call) => self.invoke(input, call, span),
            ExprKind::Path { base, member } => match &member.kind {
                ExprKind::Call(call) => {
                    // The database is the own one or one of which nothing is known.
                    let base = self.without_rows(|binder| binder.expr(base));
                    match base.meaning {
                        Meaning::Database(database)
                            if database.contents == crate::binder::term::Contents::Catalog =>
                        {
                            self.invoke(input, call, span)
                        }
                        _ => Term::table(Rowset::wrong(self.at(span)), span),
                    }
                }
                _ => Term::wrong(span),
            },
            _ => {
                self.report(diagnostics::call_expected(self.at(function.span)));
                Term::table(Rowset::wrong(self.at(span)), span)
            }
        }
    }

    fn invoke(&mut self, input: Rowset, call: &'a Call, span: kql_syntax::Span) -> Term {
        let name = &call.name;
        let Some(Target::Function(callee)) = self.target(&name.name) else {
            return self.unknown_invoked(input, call, span);
        };
        let takes_columns = matches!(&callee, Callee::Stored(function)
            if matches!(&function.body, StoredBody::Signature(signature)
                if matches!(signature.result, StoredResult::Extends(_))));
        let outer = (self.rows.take(), self.right.take());
        // What the product computes from a column takes the column by name: `invoke FileProfile(SHA1)`.
        let (input, mut arguments) = if takes_columns {
            self.with_rows(input, |binder| {
                call.arguments.iter().map(|argument| binder.argument(argument)).collect::<Vec<_>>()
            })
        } else {
            let terms: Vec<Term> =
                call.arguments.iter().map(|argument| self.argument(argument)).collect();
            (input, terms)
        };
        arguments.insert(0, Term::table(input, span));
        let term = self.call_function(callee, arguments, name, span);
        (self.rows, self.right) = outer;
        term
    }

    fn unknown_invoked(&mut self, input: Rowset, call: &'a Call, span: kql_syntax::Span) -> Term {
        let at = self.at(call.name.span);
        if !call.name.is_missing() {
            let names = self.catalog.function_names();
            let nearest =
                crate::suggest::nearest(&call.name.name, names.iter().map(|name| &**name));
            self.report(diagnostics::unknown_function(&call.name.name, at, nearest.as_deref()));
        }
        let _ = input;
        Term::table(Rowset::wrong(self.at(span)), span)
    }
}
