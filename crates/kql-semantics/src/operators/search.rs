//! `search in (tables) predicate`: a filter over the union of tables.

use kql_syntax::tree::{Expr, Operator, OperatorParameter};
use kql_syntax::{Name, Span};

use super::extend::extend;
use super::project_away::only;
use crate::binder::Binder;
use crate::binder::parameters::{Allowed, Takes, allowed, word};
use crate::binder::projection::Entry;
use crate::binder::search::Case;
use crate::binder::term::Meaning;
use crate::bound::{ProjectOperator, Rowset, RowsetKind, Scalar};
use crate::{Shape, Type, Value};

const PARAMETERS: &[Allowed] =
    &[allowed("kind", Takes::Word(&["default", "case_insensitive", "case_sensitive"]))];

/// More columns of tables together than data has.
const MOST_COLUMNS: usize = 30_000;

impl<'a> Binder<'a> {
    pub(crate) fn search_operator(
        &mut self,
        input: Option<Rowset>,
        (parameters, tables, predicate): (&'a [OperatorParameter], &'a [Expr], &'a Expr),
        operator: &'a Operator,
    ) -> Rowset {
        self.check_parameters(parameters, PARAMETERS);
        let at = self.at(operator.span);
        let case = match word(parameters, "kind") {
            Some("case_sensitive") => Case::Sensitive,
            _ => Case::Insensitive,
        };
        let rows = match input {
            Some(input) if tables.is_empty() => self.with_table_name(input, operator),
            _ => {
                let legs = self.searched_tables(tables, operator.keyword);
                let source = Some(Name::new("$table"));
                // Each table is looked through by itself: together they have thousands of columns, each a few. All that are
                // known at once have too many; they hold no data.
                let columns: usize = legs.iter().map(|(_, rowset)| rowset.columns.len()).sum();
                if legs.len() > 1
                    && columns <= MOST_COLUMNS
                    && let Some(legs) = self.matching_legs(&legs, predicate, case)
                {
                    return self.union_of_legs(legs, (source, false), at);
                }
                let legs = legs.into_iter().map(|(name, rowset)| (Some(name), rowset)).collect();
                self.union_of_legs(legs, (source, false), at)
            }
        };
        let (rows, predicate) = self.with_rows(rows, |binder| {
            let term = binder.search_predicate(predicate, case);
            binder.expect_truth(&term);
            term.into_scalar()
        });
        rows.then(at, |input| RowsetKind::Filter { input, predicate })
    }

    /// The tables that `search` and `find` look into.
    pub(super) fn searched_tables(
        &mut self,
        tables: &'a [Expr],
        span: Span,
    ) -> Vec<(Name, Rowset)> {
        use kql_syntax::tree::ExprKind;
        if tables.is_empty() {
            return self.all_tables(|_| true, span);
        }
        let mut found = Vec::new();
        for table in tables {
            match &table.kind {
                ExprKind::Wildcard(pattern) => found.extend(self.matching_tables(pattern)),
                ExprKind::Star => found.extend(self.all_tables(|_| true, span)),
                _ => {
                    let term = self.without_rows(|binder| binder.table_term(table));
                    if let Meaning::Tables(tables) = term.meaning {
                        found.extend(tables);
                        continue;
                    }
                    let index = found.len();
                    let name = term.name.clone();
                    let rowset = self.expect_table(term);
                    found
                        .push((name.unwrap_or_else(|| format!("union_arg{index}").into()), rowset));
                }
            }
        }
        found
    }

    /// The rows with the column `$table` before the others.
    fn with_table_name(&mut self, input: Rowset, operator: &'a Operator) -> Rowset {
        let at = self.at(operator.span);
        let name = super::union::source_name(&input).unwrap_or_else(|| "search_arg0".into());
        let column = self.column("$table", &Shape::Plain(Type::String));
        let (input, mut projection) = self.with_rows(input, |binder| binder.pass_all(operator));
        projection.add(
            Entry {
                id: column.id,
                name: column.name.clone(),
                shape: Shape::Plain(Type::String),
                scalar: Scalar::literal(Value::string(&name), at),
            },
            None,
            true,
        );
        let rows = extend(input, &projection, at);
        let mut columns = vec![column.clone()];
        columns.extend(rows.columns.iter().filter(|own| own.id != column.id).cloned());
        only(rows, columns, ProjectOperator::Implicit, at)
    }
}
