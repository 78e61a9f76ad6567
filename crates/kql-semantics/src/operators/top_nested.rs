//! `top-nested number of column by aggregate, ...`

use kql_syntax::Name;
use kql_syntax::tree::{ExprNames, NamedExpr, Operator, SortDirection, TopNestedLevel};

use crate::binder::Binder;
use crate::binder::projection::UniqueNames;
use crate::bound::{Column, Rowset, RowsetKind, TopNestedLevelRowset, TopNestedRowset};

impl<'a> Binder<'a> {
    pub(crate) fn top_nested_operator(
        &mut self,
        input: Rowset,
        levels: &'a [TopNestedLevel],
        operator: &'a Operator,
    ) -> Rowset {
        let mut names = UniqueNames::default();
        let mut columns: Vec<Column> = Vec::with_capacity(levels.len() * 2);
        let (input, levels) = self.with_rows(input, |binder| {
            levels
                .iter()
                .map(|level| binder.level(level, &mut names, &mut columns))
                .collect::<Vec<_>>()
        });
        let kind = RowsetKind::TopNested(TopNestedRowset { input: Box::new(input), levels });
        Rowset::new(kind, columns, self.at(operator.span))
    }

    fn level(
        &mut self,
        level: &'a TopNestedLevel,
        names: &mut UniqueNames,
        columns: &mut Vec<Column>,
    ) -> TopNestedLevelRowset {
        let count = level.count.as_ref().map(|count| self.count_of_rows(count));
        let of = self.value(&level.of.expr);
        let others = level.others.as_ref().map(|others| {
            let term = self.value(others);
            if !of.is_open() {
                self.expect_type(&term, of.shape.ty());
            }
            term.into_scalar()
        });
        let (by, aggregates) = self.aggregate_expr(&level.by);
        let of_name = given_name(&level.of).or_else(|| of.name.clone());
        let of_name = names.claim(&of_name.unwrap_or_else(|| "Column1".into()), None);
        let by_name =
            given_name(&level.by).unwrap_or_else(|| format!("aggregated_{of_name}").into());
        let by_name = names.claim(&by_name, None);
        // The level's column is new even where it has a column's name: rows are grouped.
        let of_column = self.column(of_name, &of.shape);
        let by_column = self.column(by_name, &by.shape);
        let made = TopNestedLevelRowset {
            count,
            of: (of_column.id, of.into_scalar()),
            others,
            aggregates,
            by: (by_column.id, by.into_scalar()),
            is_ascending: level.direction == Some(SortDirection::Ascending),
        };
        columns.push(of_column);
        columns.push(by_column);
        made
    }
}

fn given_name(named: &NamedExpr) -> Option<Name> {
    match &named.names {
        ExprNames::One(name) => Some(name.name.clone()),
        ExprNames::None | ExprNames::List(_) => None,
    }
}
