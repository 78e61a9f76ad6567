//! `mv-expand columns`

use kql_syntax::tree::{ExpandColumn, Expr, MvExpand, Operator, OperatorParameter};

use crate::binder::Binder;
use crate::binder::parameters::{Allowed, ITEM_INDEX, Takes, allowed, new_name, word};
use crate::binder::projection::{Entry, How, Projection, Style};
use crate::binder::term::Term;
use crate::bound::{Expansion, MvExpandRowset, Rowset, RowsetKind, Scalar};
use crate::{Shape, Type};

const KINDS: Takes = Takes::Word(&["bag", "array"]);
const PARAMETERS: &[Allowed] =
    &[allowed("kind", KINDS), allowed("bagexpansion", KINDS), ITEM_INDEX];

/// What an expansion makes, before its input is put to it.
pub(super) struct Expanded {
    pub(super) projection: Projection,
    expansions: Vec<Expansion>,
    bags_as_arrays: bool,
    item_index: Option<crate::bound::ColumnId>,
    limit: Option<Scalar>,
}

impl<'a> Binder<'a> {
    pub(crate) fn mv_expand_operator(
        &mut self,
        input: Rowset,
        expand: &'a MvExpand,
        operator: &'a Operator,
    ) -> Rowset {
        let (input, expanded) = self.with_rows(input, |binder| {
            binder.check_parameters(&expand.parameters, PARAMETERS);
            binder.expanded((&expand.parameters, &expand.columns, expand.limit.as_ref()), operator)
        });
        let columns = expanded.projection.columns();
        let is_open = input.is_open;
        let kind = RowsetKind::MvExpand(expanded.over(input));
        Rowset { is_open, ..Rowset::new(kind, columns, self.at(operator.span)) }
    }

    /// Binds what is expanded.
    pub(super) fn expanded(
        &mut self,
        (parameters, columns, limit): (
            &'a [OperatorParameter],
            &'a [ExpandColumn],
            Option<&'a Expr>,
        ),
        operator: &'a Operator,
    ) -> Expanded {
        let bags_as_arrays =
            word(parameters, "bagexpansion").or_else(|| word(parameters, "kind")) == Some("array");
        let terms: Vec<Term> = columns.iter().map(|column| self.value(&column.expr.expr)).collect();
        let mut projection = self.pass_all(operator);
        let mut expansions = Vec::with_capacity(columns.len());
        for (column, term) in columns.iter().zip(terms) {
            let ty = column.ty.as_ref().map(|ty| self.type_named(ty));
            expansions.extend(self.expansion(&mut projection, column, (term, ty), bags_as_arrays));
        }
        let item_index = new_name(parameters, &["with_itemindex"]).map(|name| {
            let made = self.column(name.name.clone(), &Shape::Plain(Type::Long));
            let shape = Shape::Plain(Type::Long);
            let scalar = Self::wrong_scalar(self.at(name.span));
            projection.add(Entry { id: made.id, name: made.name, shape, scalar }, None, false);
            made.id
        });
        let limit = limit.map(|limit| self.count_of_rows(limit));
        Expanded { projection, expansions, bags_as_arrays, item_index, limit }
    }

    fn expansion(
        &mut self,
        projection: &mut Projection,
        column: &'a ExpandColumn,
        (term, ty): (Term, Option<Type>),
        bags_as_arrays: bool,
    ) -> Option<Expansion> {
        self.expect_type(&term, Type::Dynamic);
        let shape = element_shape(&term.shape, ty, bags_as_arrays);
        let source = term.clone().into_scalar();
        let before: Vec<_> = projection.entries().iter().map(|entry| entry.id).collect();
        let how = How { shape: Some(shape.clone()), ..How::new(Style::Replace) };
        self.project(projection, &column.expr, term, &how);
        // The entry that is new, wherever it went.
        let output = projection.entries().iter().find(|entry| !before.contains(&entry.id))?.id;
        Some(Expansion { source, output, ty: shape.ty() })
    }
}

impl Expanded {
    /// The expansion of `input`.
    pub(super) fn over(self, input: Rowset) -> MvExpandRowset {
        MvExpandRowset {
            input: Box::new(input),
            expansions: self.expansions,
            bags_as_arrays: self.bags_as_arrays,
            item_index: self.item_index,
            limit: self.limit,
        }
    }
}

/// The type of what an expansion gives.
fn element_shape(shape: &Shape, ty: Option<Type>, bags_as_arrays: bool) -> Shape {
    match (ty, shape) {
        (Some(ty), _) => Shape::Plain(ty),
        (None, Shape::Array(element)) => element.as_dynamic(),
        (None, Shape::Bag(_)) if bags_as_arrays => Shape::array(),
        (None, Shape::Bag(_)) => Shape::bag(),
        (None, shape) if shape.is_open() => Shape::UNKNOWN,
        (None, _) => Shape::DYNAMIC,
    }
}
