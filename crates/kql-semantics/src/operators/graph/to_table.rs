//! `graph-to-table nodes as name, edges as name`

use std::sync::Arc;

use kql_syntax::tree::GraphOutput as Written;
use kql_syntax::{Name, Span};

use crate::binder::Binder;
use crate::binder::parameters::new_name;
use crate::binder::scope::Symbol;
use crate::binder::term::{Meaning, Term};
use crate::bound::{Column, ElementColumn, ElementValue, Graph, GraphOutput, Rowset};
use crate::{Shape, Type};

impl<'a> Binder<'a> {
    pub(super) fn graph_to_table(
        &mut self,
        graph: &Arc<Graph>,
        outputs: &'a [Written],
        span: Span,
    ) -> Term {
        let mut tables = Vec::new();
        for output in outputs {
            let rowset = self.graph_table(graph, output, span);
            let Some(name) = &output.name else {
                tables.push((Name::new(""), rowset));
                continue;
            };
            // The name stands for the rows in the statements that follow.
            let variable = self.define(Some(name.name.clone()), rowset, false, self.depth);
            let rows = self.refer(&variable, output.what.span);
            let symbol = Symbol::Table(variable);
            self.scope = self.scopes.declare(self.scope, name.name.clone(), symbol, name.span);
            tables.push((name.name.clone(), rows));
        }
        match tables.len() {
            1 => Term::table(tables.remove(0).1, span),
            _ => Term::new(Meaning::Tables(tables), span),
        }
    }

    fn graph_table(&mut self, graph: &Arc<Graph>, output: &'a Written, span: Span) -> Rowset {
        let (ids, properties): (&[(&str, ElementValue)], _) = match &*output.what.name {
            "nodes" => (&[("with_node_id", ElementValue::NodeHash)], &graph.nodes),
            _ => (
                &[
                    ("with_source_id", ElementValue::SourceHash),
                    ("with_target_id", ElementValue::TargetHash),
                ],
                &graph.edges,
            ),
        };
        let mut columns: Vec<Column> = Vec::new();
        let mut holds = Vec::new();
        for (parameter, value) in ids {
            if let Some(name) = new_name(&output.parameters, &[parameter]) {
                let column = self.column(name.name.clone(), &Shape::Plain(Type::Long));
                holds.push(ElementColumn { id: column.id, ty: column.ty, value: *value });
                columns.push(column);
            }
        }
        let mut copies = Vec::new();
        for property in properties {
            let shape = self.shape_of(property.id);
            let column = self.column(property.name.clone(), &shape);
            let value = ElementValue::Property(property.id);
            holds.push(ElementColumn { id: column.id, ty: column.ty, value });
            copies.push(column);
        }
        let columns = super::side_by_side(&columns, &copies);
        let output = match &*output.what.name {
            "nodes" => GraphOutput::Nodes(holds),
            _ => GraphOutput::Edges(holds),
        };
        super::rows_of(graph, output, columns, self.at(span))
    }
}
