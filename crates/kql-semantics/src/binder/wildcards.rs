//! Names with `*` in them.

use kql_syntax::{Identifier, Name, Span};

use super::Binder;
use super::functions::Callee;
use super::scope::Symbol;
use super::term::{Database, Meaning, Term};
use crate::bound::{ColumnId, Rowset};
use crate::diagnostics;

/// Whether `name` is what `pattern` says; `*` stands for any text.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| name.strip_prefix(first)) else {
        return false;
    };
    if !pattern.contains('*') {
        return rest.is_empty();
    }
    let mut last = "";
    for piece in pieces {
        if !last.is_empty() {
            match rest.find(last) {
                Some(at) => rest = &rest[at + last.len()..],
                None => return false,
            }
        }
        last = piece;
    }
    rest.ends_with(last)
}

impl<'a> Binder<'a> {
    /// The columns of the rows in scope that a wildcard matches.
    pub(crate) fn matching_columns(&mut self, pattern: &Identifier) -> Term {
        let matching: Vec<ColumnId> = self
            .row_columns()
            .into_iter()
            .filter(|column| matches(&pattern.name, &column.name))
            .map(|column| column.id)
            .collect();
        let is_open = self.rows.as_ref().is_some_and(super::rows::RowScope::may_have_more);
        if matching.is_empty() && !is_open {
            self.report(diagnostics::nothing_matches(
                &pattern.name,
                "column",
                self.at(pattern.span),
            ));
            return Term::wrong(pattern.span);
        }
        Term::new(Meaning::Columns(matching), pattern.span)
    }

    /// The tables and views that a wildcard matches.
    pub(crate) fn matching_tables(&mut self, pattern: &Identifier) -> Vec<(Name, Rowset)> {
        let tables = self.all_tables(|name| matches(&pattern.name, name), pattern.span);
        if tables.is_empty() {
            let at = self.at(pattern.span);
            self.report(if self.is_fuzzy {
                diagnostics::missing_fuzzy(&pattern.name, "table", at)
            } else {
                diagnostics::nothing_matches(&pattern.name, "table", at)
            });
        }
        tables
    }

    /// The tables of the own database and the views in scope whose names are wanted.
    pub(crate) fn all_tables(
        &mut self,
        is_wanted: impl Fn(&str) -> bool,
        span: Span,
    ) -> Vec<(Name, Rowset)> {
        let mut tables = self.database_tables(&Database::own(), &is_wanted, span);
        for (name, symbol) in self.scopes.all(self.scope) {
            if let Symbol::Function(function) = symbol
                && is_wanted(&name)
                && function.function.is_view
                && Callee::Local(function.clone()).least_arguments() == 0
            {
                let rowset = self.view_rows(&function, None, span);
                tables.push((name, rowset));
            }
        }
        tables
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns() {
        assert!(matches("*", "anything"));
        assert!(matches("Device*", "DeviceEvents"));
        assert!(matches("*_CL", "Custom_CL"));
        assert!(matches("a*b*c", "a1b2bc"));
        assert!(!matches("a*b*c", "a1c"));
        assert!(!matches("ab*ba", "aba"));
        assert!(!matches("Device", "DeviceEvents"));
    }
}
