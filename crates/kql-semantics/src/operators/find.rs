//! `find in (tables) where predicate project columns`: a filter over tables of different columns.

use std::collections::HashSet;

use kql_syntax::tree::{Expr, ExprKind, Find, FindColumn, FindProject, Operator};
use kql_syntax::{Identifier, Name, Span};

use super::project_away::only;
use crate::binder::Binder;
use crate::binder::parameters::{Allowed, WITH_SOURCE, WITH_SOURCE_TOO, new_name};
use crate::binder::search::Case;
use crate::bound::{
    Column, ColumnId, ProjectOperator, Rowset, RowsetKind, Scalar, ScalarCall, ScalarKind,
};
use crate::{Shape, Type, Value, diagnostics};

const PARAMETERS: &[Allowed] = &[WITH_SOURCE, WITH_SOURCE_TOO];

/// A table that is looked into.
struct Leg {
    name: Name,
    rowset: Rowset,
}

/// What columns a `find` gives.
struct Wanted {
    columns: Vec<(Name, Type)>,
    /// Whether what is not among them is packed into one column.
    packs: bool,
}

impl<'a> Binder<'a> {
    pub(crate) fn find_operator(&mut self, find: &'a Find, operator: &'a Operator) -> Rowset {
        let at = self.at(operator.span);
        self.check_parameters(&find.parameters, PARAMETERS);
        let source = new_name(&find.parameters, &["withsource", "with_source"]);
        let source = source.map_or_else(|| Name::new("source_"), |name| name.name.clone());
        let tables = self.searched_tables(&find.tables, operator.keyword);
        let tables: Vec<Leg> =
            tables.into_iter().map(|(name, rowset)| Leg { name, rowset }).collect();
        let is_open = tables.iter().any(|leg| leg.rowset.is_open);
        let (legs, named) = self.found_legs(tables, &find.predicate);
        let wanted = self.wanted_columns(find, &legs, &named);
        let made = legs
            .into_iter()
            .map(|leg| {
                let Leg { name, rowset } = leg;
                (Some(name), self.packed_leg(rowset, &wanted, at))
            })
            .collect();
        let rowset = self.union_of_legs(made, (Some(source.clone()), false), at);
        let rowset = self.ordered(rowset, &source, &wanted, at);
        let rowset = self.without(rowset, &find.project_away, &source, &wanted);
        Rowset { is_open: is_open && matches!(find.project, FindProject::Default), ..rowset }
    }

    /// The tables that can match, filtered; and the columns that the predicate names.
    fn found_legs(
        &mut self,
        tables: Vec<Leg>,
        predicate: &'a Expr,
    ) -> (Vec<Leg>, Vec<(Name, Type)>) {
        let at = self.at(predicate.span);
        let all = self.common_scope(&tables, at);
        let named = self.searched_names(all, predicate, Case::Insensitive);
        let looks_everywhere = looks_everywhere(predicate) || tables.len() == 1;
        let legs = tables
            .into_iter()
            .filter(|leg| {
                looks_everywhere
                    || leg.rowset.is_open
                    || named.iter().any(|(name, _)| leg.rowset.column(name).is_some())
            })
            .map(|leg| self.filtered_leg(leg, (predicate, Case::Insensitive), &named))
            .collect();
        (legs, named)
    }

    /// The rows of each table that `search` is after; none where the predicate asks which table they are of.
    pub(super) fn matching_legs(
        &mut self,
        tables: &[(Name, Rowset)],
        predicate: &'a Expr,
        case: Case,
    ) -> Option<Vec<(Option<Name>, Rowset)>> {
        let at = self.at(predicate.span);
        let legs = || tables.iter().map(|(name, rowset)| (name.clone(), rowset.clone()));
        let legs: Vec<Leg> = legs().map(|(name, rowset)| Leg { name, rowset }).collect();
        let mut all = self.common_scope(&legs, at);
        let source = self.column("$table", &Shape::Plain(Type::String));
        all.columns.insert(0, source);
        let named = self.searched_names(all, predicate, case);
        if named.iter().any(|(name, _)| &**name == "$table") {
            return None;
        }
        let filtered = legs.into_iter().map(|leg| {
            let columns = leg.rowset.columns.clone();
            let leg = self.filtered_leg(leg, (predicate, case), &named);
            (Some(leg.name), only(leg.rowset, columns, ProjectOperator::Implicit, at))
        });
        Some(filtered.collect())
    }

    /// The columns that a predicate names; what it looks for in all columns names none. Its mistakes are told.
    fn searched_names(
        &mut self,
        rows: Rowset,
        predicate: &'a Expr,
        case: Case,
    ) -> Vec<(Name, Type)> {
        let before = rows.columns.clone();
        let (_, named) = self.with_rows(rows, |binder| {
            let term = binder.rehearse(|binder| binder.search_predicate(predicate, case));
            binder.expect_truth(&term);
            let mut named = HashSet::new();
            for part in named_parts(predicate) {
                let (bound, _) = binder.quietly(|binder| {
                    binder.rehearse(|binder| binder.search_predicate(part, case)).into_scalar()
                });
                named.extend(columns_of(&bound));
            }
            named
        });
        let named = before.iter().filter(|column| named.contains(&column.id));
        named.map(|column| (column.name.clone(), column.ty)).collect()
    }

    /// All columns of all tables, for checking the predicate once.
    fn common_scope(&mut self, tables: &[Leg], at: Span) -> Rowset {
        let mut columns: Vec<Column> = Vec::new();
        let mut seen: HashSet<Name> = HashSet::new();
        for column in tables.iter().flat_map(|leg| &leg.rowset.columns) {
            if seen.insert(column.name.clone()) {
                columns.push(column.clone());
            }
        }
        let is_open = tables.iter().any(|leg| leg.rowset.is_open);
        Rowset { is_open, ..Rowset::new(RowsetKind::Values(Vec::new()), columns, at) }
    }

    /// A table's rows that match; a column that it does not have is null there.
    fn filtered_leg(
        &mut self,
        leg: Leg,
        (predicate, case): (&'a Expr, Case),
        named: &[(Name, Type)],
    ) -> Leg {
        let at = self.at(predicate.span);
        let Leg { name, rowset } = leg;
        let lacking: Vec<(Name, Type)> = named
            .iter()
            .filter(|(name, _)| rowset.column(name).is_none() && !rowset.is_open)
            .cloned()
            .collect();
        let rowset = self.with_nulls(rowset, &lacking, at);
        let (rowset, (predicate, _)) = self.with_rows(rowset, |binder| {
            binder.quietly(|binder| binder.search_predicate(predicate, case).into_scalar())
        });
        let rowset = rowset.then(at, |input| RowsetKind::Filter { input, predicate });
        Leg { name, rowset }
    }

    fn with_nulls(&mut self, rowset: Rowset, lacking: &[(Name, Type)], at: Span) -> Rowset {
        if lacking.is_empty() {
            return rowset;
        }
        let mut columns = rowset.columns.clone();
        let mut computed = Vec::new();
        for (name, ty) in lacking {
            let column = self.column(name.clone(), &Shape::Plain(*ty));
            let value = if *ty == Type::String { Value::string("") } else { Value::Null(*ty) };
            computed.push((column.id, Scalar::literal(value, at)));
            columns.push(column);
        }
        let rowset = rowset.then(at, |input| RowsetKind::Extend { input, columns: computed });
        Rowset { columns, ..rowset }
    }

    fn wanted_columns(&mut self, find: &'a Find, legs: &[Leg], named: &[(Name, Type)]) -> Wanted {
        match &find.project {
            FindProject::Columns(columns) => self.written_columns(columns, legs),
            FindProject::Default | FindProject::Smart => {
                let mut columns = shared_columns(legs);
                for (name, ty) in named {
                    if !columns.iter().any(|(known, _)| known == name) {
                        columns.push((name.clone(), *ty));
                    }
                }
                let is_wanted =
                    |column: &Column| columns.iter().any(|(name, _)| *name == column.name);
                let packs = legs
                    .iter()
                    .any(|leg| !leg.rowset.is_open && !leg.rowset.columns.iter().all(is_wanted));
                Wanted { columns, packs }
            }
        }
    }

    fn written_columns(&mut self, written: &'a [FindColumn], legs: &[Leg]) -> Wanted {
        let mut wanted = Wanted { columns: Vec::new(), packs: false };
        let last = written.len().saturating_sub(1);
        for (index, column) in written.iter().enumerate() {
            match column {
                FindColumn::Pack => {
                    wanted.packs = true;
                    if index != last {
                        let at = written.iter().find_map(column_span).unwrap_or_default();
                        self.report(diagnostics::pack_is_last(self.at(at)));
                    }
                }
                FindColumn::Column { name, ty } => {
                    let own = legs.iter().find_map(|leg| leg.rowset.column(&name.name));
                    let own = own.map(|column| column.ty);
                    let is_open = legs.iter().any(|leg| leg.rowset.is_open);
                    if own.is_none() && !is_open {
                        let names: Vec<&str> = legs
                            .iter()
                            .flat_map(|leg| &leg.rowset.columns)
                            .map(|column| &*column.name)
                            .collect();
                        let nearest = crate::suggest::nearest(&name.name, names);
                        let diagnostic =
                            diagnostics::unknown_column(&name.name, self.at(name.span));
                        self.report(
                            diagnostic.help_if(
                                nearest.map(|nearest| format!("did you mean `{nearest}`?")),
                            ),
                        );
                        continue;
                    }
                    let ty = ty.as_ref().map(|ty| self.type_named(ty));
                    let ty = ty.or(own).unwrap_or(Type::Unknown);
                    wanted.columns.push((name.name.clone(), ty));
                }
            }
        }
        wanted
    }

    /// A table's rows with just the wanted columns, the others packed where that is wanted.
    fn packed_leg(&mut self, rowset: Rowset, wanted: &Wanted, at: Span) -> Rowset {
        let mut columns: Vec<Column> = Vec::new();
        let mut scalars: Vec<(ColumnId, Scalar)> = Vec::new();
        let mut rest: Vec<Column> = Vec::new();
        for column in &rowset.columns {
            match wanted.columns.iter().find(|(name, _)| *name == column.name) {
                Some((name, ty)) => {
                    let scalar = Scalar::new(ScalarKind::Column(column.id), column.ty, at);
                    let made = if column.ty == *ty {
                        column.clone()
                    } else {
                        self.column(name.clone(), &Shape::Plain(*ty))
                    };
                    scalars.push((made.id, crate::binder::casts::convert(scalar, *ty)));
                    columns.push(made);
                }
                None => rest.push(column.clone()),
            }
        }
        if wanted.packs {
            let packed = self.column("pack_", &Shape::DYNAMIC);
            scalars.push((packed.id, pack(&rest, at)));
            columns.push(packed);
        }
        let is_open = rowset.is_open;
        let operator = ProjectOperator::Implicit;
        let rowset =
            rowset.then(at, |input| RowsetKind::Project { input, columns: scalars, operator });
        Rowset { columns, is_open, ..rowset }
    }

    /// The columns in the order in which they are wanted.
    fn ordered(&mut self, rowset: Rowset, source: &Name, wanted: &Wanted, at: Span) -> Rowset {
        let mut columns: Vec<Column> = Vec::new();
        let pack = Name::new("pack_");
        let names = std::iter::once(source)
            .chain(wanted.columns.iter().map(|(name, _)| name))
            .chain(wanted.packs.then_some(&pack));
        for name in names {
            columns.extend(rowset.column(name).cloned());
        }
        for column in &rowset.columns {
            if !columns.iter().any(|known| known.id == column.id) {
                columns.push(column.clone());
            }
        }
        only(rowset, columns, ProjectOperator::Implicit, at)
    }

    /// The columns without those that `project-away` names.
    fn without(
        &mut self,
        rowset: Rowset,
        away: &'a [Expr],
        source: &Name,
        wanted: &Wanted,
    ) -> Rowset {
        let Some(first) = away.first() else { return rowset };
        let at = self.at(first.span);
        let all = matches!(first.kind, ExprKind::Star);
        let names: Vec<&Identifier> = away
            .iter()
            .filter_map(|expr| match &expr.kind {
                ExprKind::Name(name) => Some(name),
                _ => None,
            })
            .collect();
        let is_kept = |column: &&Column| {
            if all {
                column.name == *source || wanted.packs && &*column.name == "pack_"
            } else {
                !names.iter().any(|name| name.name == column.name)
            }
        };
        let columns: Vec<Column> = rowset.columns.iter().filter(is_kept).cloned().collect();
        only(rowset, columns, ProjectOperator::Implicit, at)
    }
}

fn column_span(column: &FindColumn) -> Option<Span> {
    match column {
        FindColumn::Column { name, .. } => Some(name.span),
        FindColumn::Pack => None,
    }
}

/// The columns that an expression reads.
fn columns_of(scalar: &Scalar) -> HashSet<ColumnId> {
    let mut columns = HashSet::new();
    scalar.walk(&mut |inner| {
        if let ScalarKind::Column(id) = inner.kind {
            columns.insert(id);
        }
    });
    columns
}

/// The columns that all tables have.
fn shared_columns(legs: &[Leg]) -> Vec<(Name, Type)> {
    let Some((first, others)) = legs.split_first() else { return Vec::new() };
    first
        .rowset
        .columns
        .iter()
        .filter(|column| others.iter().all(|leg| leg.rowset.column(&column.name).is_some()))
        .map(|column| (column.name.clone(), column.ty))
        .collect()
}

/// Whether a predicate looks for a term in all columns.
fn looks_everywhere(predicate: &Expr) -> bool {
    match &predicate.kind {
        ExprKind::Literal(_) | ExprKind::Star => true,
        ExprKind::Paren(inner) => looks_everywhere(inner),
        ExprKind::Logical { operands, .. } => operands.iter().any(looks_everywhere),
        ExprKind::Binary(binary) => matches!(binary.left.kind, ExprKind::Star),
        _ => false,
    }
}

/// The parts of a predicate that do not look for a text in all columns.
fn named_parts(predicate: &Expr) -> Vec<&Expr> {
    match &predicate.kind {
        ExprKind::Literal(_) | ExprKind::Star => Vec::new(),
        ExprKind::Paren(inner) => named_parts(inner),
        ExprKind::Logical { operands, .. } => operands.iter().flat_map(named_parts).collect(),
        ExprKind::Binary(binary) if matches!(binary.left.kind, ExprKind::Star) => Vec::new(),
        // `not("text")`
        ExprKind::Call(call) if &*call.name.name == "not" => {
            call.arguments.iter().flat_map(|argument| named_parts(&argument.expr)).collect()
        }
        _ => vec![predicate],
    }
}

/// `bag_pack` of columns under their names, those that are null left out.
fn pack(columns: &[Column], span: Span) -> Scalar {
    let mut arguments = vec![Scalar::literal(Value::Bool(true), span)];
    let mut argument_names = vec![Name::new("")];
    for column in columns {
        arguments.push(Scalar::new(ScalarKind::Column(column.id), column.ty, span));
        argument_names.push(column.name.clone());
    }
    let call = ScalarCall { function: Name::new("pack_all"), arguments, argument_names };
    Scalar::new(ScalarKind::Call(call), Type::Dynamic, span)
}
