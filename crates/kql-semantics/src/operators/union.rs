//! `union tables`

use std::collections::HashMap;

use kql_syntax::tree::{Expr, ExprKind, Operator, OperatorParameter};
use kql_syntax::{Name, Span};

use crate::binder::Binder;
use crate::binder::parameters::{
    Allowed, BEST_EFFORT, CONCURRENCY, IS_FUZZY, SPREAD, Takes, WITH_SOURCE, WITH_SOURCE_TOO,
    allowed, is_set, new_name, word,
};
use crate::binder::projection::UniqueNames;
use crate::binder::term::{Meaning, Term};
use crate::bound::{
    Column, ColumnId, Rowset, RowsetKind, Scalar, ScalarCall, ScalarKind, UnionLeg, UnionRowset,
};
use crate::{Shape, Type};

const PARAMETERS: &[Allowed] = &[
    allowed("kind", Takes::Word(&["inner", "outer"])),
    WITH_SOURCE,
    WITH_SOURCE_TOO,
    IS_FUZZY,
    allowed("__isFuzzy", Takes::Bool),
    BEST_EFFORT,
    CONCURRENCY,
    SPREAD,
];

/// A column of a union: its name and type, and what it is in each leg.
struct Merged {
    name: Name,
    shape: Shape,
    parts: Vec<(usize, ColumnId)>,
}

/// The columns of a union that have one name, by type.
#[derive(Default)]
struct Variants {
    columns: Vec<(Type, Merged)>,
    /// How many legs have the name.
    count: usize,
    /// Whether the first two legs that have it agree on its type: then that is its type in all.
    is_settled: bool,
}

/// A leg's column whose values become another type.
struct Conversion {
    leg: usize,
    column: Column,
    ty: Type,
}

impl<'a> Binder<'a> {
    pub(crate) fn union_operator(
        &mut self,
        input: Option<Rowset>,
        parameters: &'a [OperatorParameter],
        tables: &'a [Expr],
        operator: &'a Operator,
    ) -> Rowset {
        self.check_parameters(parameters, PARAMETERS);
        let was_fuzzy = self.is_fuzzy;
        self.is_fuzzy |= is_set(parameters, "isfuzzy") || is_set(parameters, "__isFuzzy");
        let mut legs: Vec<(Option<Name>, Rowset)> = Vec::new();
        legs.extend(input.map(|rowset| (source_name(&rowset), rowset)));
        for table in tables {
            legs.extend(self.union_legs(table));
        }
        let is_fuzzy = std::mem::replace(&mut self.is_fuzzy, was_fuzzy);
        let is_open = legs.iter().any(|(_, leg)| leg.is_open);
        if is_fuzzy {
            // What is missing gives nothing; what is faulty gives no rows, and its columns as far as they are known.
            legs.retain_mut(|(_, leg)| {
                if matches!(leg.kind, RowsetKind::Error) {
                    leg.kind = RowsetKind::Values(Vec::new());
                    return !leg.columns.is_empty();
                }
                true
            });
        }
        let source = new_name(parameters, &["withsource", "with_source"]).map(|id| id.name.clone());
        let is_inner = word(parameters, "kind") == Some("inner");
        let rowset = self.union_of_legs(legs, (source, is_inner), self.at(operator.span));
        Rowset { is_open, ..rowset }
    }

    /// The tables that one item of a union names.
    fn union_legs(&mut self, table: &'a Expr) -> Vec<(Option<Name>, Rowset)> {
        let named = |(name, rowset): (Name, Rowset)| {
            (if name.is_empty() { None } else { Some(name) }, rowset)
        };
        match &table.kind {
            ExprKind::Wildcard(pattern) => {
                self.matching_tables(pattern).into_iter().map(named).collect()
            }
            ExprKind::Star => {
                let all = self.all_tables(|_| true, table.span);
                all.into_iter().map(named).collect()
            }
            ExprKind::Paren(inner) => self.union_legs(inner),
            _ => {
                let outer = std::mem::take(&mut self.depth);
                let term = self.without_rows(|binder| binder.table_term(table));
                self.depth = self.depth.max(outer);
                self.legs_of(term)
            }
        }
    }

    fn legs_of(&mut self, term: Term) -> Vec<(Option<Name>, Rowset)> {
        match term.meaning {
            Meaning::Tables(tables) => {
                tables.into_iter().map(|(name, rowset)| (Some(name), rowset)).collect()
            }
            _ => {
                let name = term.name.clone();
                let rowset = self.expect_table(term);
                // A `let` names an expression; its rows come from where that has them.
                let is_let = matches!(rowset.kind, RowsetKind::Reference { .. });
                let name = name.filter(|_| !is_let).or_else(|| source_name(&rowset));
                vec![(name, rowset)]
            }
        }
    }

    /// Several tables where one is wanted.
    pub(crate) fn union_of(&mut self, tables: Vec<(Name, Rowset)>, span: Span) -> Rowset {
        let legs = tables.into_iter().map(|(name, rowset)| (Some(name), rowset)).collect();
        let at = self.at(span);
        self.union_of_legs(legs, (None, false), at)
    }

    pub(crate) fn union_of_legs(
        &mut self,
        mut legs: Vec<(Option<Name>, Rowset)>,
        (source, is_inner): (Option<Name>, bool),
        span: Span,
    ) -> Rowset {
        if source.is_none() && legs.len() == 1 {
            return legs.into_iter().next().map_or_else(|| Rowset::wrong(span), |(_, leg)| leg);
        }
        let mut merged = self.merged(&mut legs);
        if is_inner {
            merged.retain(|column| column.parts.len() == legs.len());
        }
        let is_open = legs.iter().any(|(_, leg)| leg.is_open);
        self.spend(merged.len() / 8 + legs.len(), span);
        let mut columns = Vec::with_capacity(merged.len() + 1);
        let mut parts = Vec::with_capacity(merged.len() + 1);
        let source = source.map(|name| self.column(name, &Shape::Plain(Type::String)));
        let source_id = source.as_ref().map(|column| column.id);
        if let Some(source) = source {
            columns.push(source);
            parts.push(Vec::new());
        }
        for column in merged {
            let made = self.column(column.name, &column.shape);
            columns.push(made);
            parts.push(column.parts);
        }
        let legs = legs
            .into_iter()
            .enumerate()
            .map(|(index, (name, rowset))| UnionLeg {
                name: name.unwrap_or_else(|| format!("union_arg{index}").into()),
                rowset,
            })
            .collect();
        let kind = RowsetKind::Union(UnionRowset { legs, columns: parts, source: source_id });
        Rowset { is_open, ..Rowset::new(kind, columns, span) }
    }

    /// Columns of one name and type are one; of one name and several types one for each.
    ///
    /// As Kusto's language service has it, types count as several only where the first two legs with the name differ;
    /// else later ones are turned into that type. So `union *` has a `TimeGenerated` though some custom log keeps a text there.
    fn merged(&mut self, legs: &mut [(Option<Name>, Rowset)]) -> Vec<Merged> {
        let mut order: Vec<Name> = Vec::new();
        let mut by_name: HashMap<Name, Variants> = HashMap::new();
        let mut conversions = Vec::new();
        for (index, (_, leg)) in legs.iter().enumerate() {
            for column in &leg.columns {
                let variants = by_name.entry(column.name.clone()).or_insert_with(|| {
                    order.push(column.name.clone());
                    Variants::default()
                });
                let ty = self.merge(variants, column, index);
                if ty != column.ty && column.ty != Type::Unknown {
                    conversions.push(Conversion { leg: index, column: column.clone(), ty });
                }
            }
        }
        for Conversion { leg, column, ty } in conversions {
            let Some((_, rowset)) = legs.get_mut(leg) else { continue };
            let id = self.convert_column(rowset, &column, ty);
            let variants = by_name.get_mut(&column.name).into_iter();
            for (_, merged) in variants.flat_map(|variants| &mut variants.columns) {
                if let Some((_, part)) = merged.parts.iter_mut().find(|(at, _)| *at == leg) {
                    *part = id;
                }
            }
        }
        let mut names = UniqueNames::default();
        // A name that some column has is not taken for one that has several types.
        order.iter().for_each(|name| names.add(name));
        let mut merged = Vec::with_capacity(order.len());
        for name in order {
            let variants = by_name.remove(&name).unwrap_or_default().columns;
            let has_several = variants.len() > 1;
            for (ty, mut column) in variants {
                if has_several {
                    column.name = names.claim(&format!("{name}_{ty}").into(), None);
                }
                merged.push(column);
            }
        }
        merged
    }

    /// Puts a leg's column where it belongs; the type that it has there.
    fn merge(&mut self, variants: &mut Variants, column: &Column, leg: usize) -> Type {
        let shape = self.shape_of(column.id);
        variants.count += 1;
        let first = variants.columns.first().map(|(ty, _)| *ty);
        variants.is_settled |= variants.count == 2 && first == Some(column.ty);
        // A type that only data tells is the one that is known of the name.
        let is_any = column.ty == Type::Unknown || variants.is_settled;
        let mut known = variants.columns.iter_mut();
        let known = known.find(|(ty, _)| is_any || *ty == column.ty || *ty == Type::Unknown);
        let (ty, merged) = match known {
            Some((ty, merged)) => {
                if *ty == Type::Unknown && column.ty != Type::Unknown {
                    (*ty, merged.shape) = (column.ty, shape);
                } else if *ty == column.ty && merged.shape != shape {
                    merged.shape = Shape::Plain(column.ty);
                }
                (*ty, merged)
            }
            None => {
                let merged = Merged { name: column.name.clone(), shape, parts: Vec::new() };
                variants.columns.push((column.ty, merged));
                match variants.columns.last_mut() {
                    Some((ty, merged)) => (*ty, merged),
                    None => return column.ty,
                }
            }
        };
        // Of two columns of one name and type the leg's last counts.
        match merged.parts.last_mut() {
            Some((at, part)) if *at == leg => *part = column.id,
            _ => merged.parts.push((leg, column.id)),
        }
        ty
    }

    /// Has `rowset` give `column` as another type, behind its own columns.
    fn convert_column(&mut self, rowset: &mut Rowset, column: &Column, ty: Type) -> ColumnId {
        let span = rowset.span;
        let made = Column { name: column.name.clone(), ty, id: self.new_column(&Shape::Plain(ty)) };
        let value = Scalar::new(ScalarKind::Column(column.id), column.ty, span);
        let computed = (made.id, converted(value, ty));
        let id = made.id;
        // Of two columns of one name the leg's own is not read any more.
        let columns = rowset
            .columns
            .iter()
            .map(|own| if own.id == column.id { made.clone() } else { own.clone() });
        let columns = columns.collect();
        let input = std::mem::replace(rowset, Rowset::wrong(span));
        let is_open = input.is_open;
        let kind = RowsetKind::Extend { input: Box::new(input), columns: vec![computed] };
        *rowset = Rowset { is_open, ..Rowset::new(kind, columns, span) };
        id
    }
}

/// A value as one of another type, as the function for it makes it.
fn converted(value: Scalar, ty: Type) -> Scalar {
    let function = match ty {
        Type::Bool => "tobool",
        Type::Int => "toint",
        Type::Long => "tolong",
        Type::Real => "todouble",
        Type::Decimal => "todecimal",
        Type::String => "tostring",
        Type::DateTime => "todatetime",
        Type::TimeSpan => "totimespan",
        Type::Guid => "toguid",
        Type::Dynamic => "todynamic",
        Type::Unknown => return value,
    };
    let span = value.span;
    let call = ScalarCall {
        function: Name::new(function),
        arguments: vec![value],
        argument_names: Vec::new(),
    };
    Scalar::new(ScalarKind::Call(call), ty, span)
}

/// The name of a table that is read as it is.
pub(super) fn source_name(rowset: &Rowset) -> Option<Name> {
    match &rowset.kind {
        RowsetKind::Table(table) => Some(table.name.clone()),
        RowsetKind::Reference { definition } if definition.names_rows => definition.name.clone(),
        RowsetKind::Reference { definition } => source_name(&definition.rowset),
        RowsetKind::Filter { input, .. }
        | RowsetKind::Extend { input, .. }
        | RowsetKind::Project { input, .. }
        | RowsetKind::Sort { input, .. }
        | RowsetKind::Take { input, .. } => source_name(input),
        _ => None,
    }
}
