//! `lookup kind=leftouter (right) on keys`

use kql_syntax::tree::{Join, Operator};

use super::join::{Keys, side_by_side};
use crate::binder::Binder;
use crate::binder::parameters::{Allowed, Takes, allowed, word};
use crate::bound::{Column, JoinKind, JoinRowset, Rowset, RowsetKind};

const PARAMETERS: &[Allowed] = &[allowed("kind", Takes::Word(&["inner", "leftouter"]))];

impl<'a> Binder<'a> {
    pub(crate) fn lookup_operator(
        &mut self,
        input: Rowset,
        join: &'a Join,
        operator: &'a Operator,
    ) -> Rowset {
        let (left, right, keys) = self.join_sides(input, join, PARAMETERS, operator);
        let Keys { pairs, right: right_keys, .. } = keys;
        let kind = match word(&join.parameters, "kind") {
            Some("inner") => JoinKind::Inner,
            _ => JoinKind::LeftOuter,
        };
        let added: Vec<Column> = right
            .columns
            .iter()
            .filter(|column| !right_keys.contains(&column.id))
            .cloned()
            .collect();
        let columns = side_by_side(&left.columns, &added);
        let is_open = left.is_open || right.is_open;
        let is_wrong = pairs.is_empty();
        let joined = JoinRowset { kind, left, right, keys: pairs, is_lookup: true };
        let kind = if is_wrong { RowsetKind::Error } else { RowsetKind::Join(Box::new(joined)) };
        Rowset { is_open, ..Rowset::new(kind, columns, self.at(operator.span)) }
    }
}
