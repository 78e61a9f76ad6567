//! `graph-to-table`, `graph-mark-components`, `graph-where-nodes`, `graph-where-edges`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::tree::{GraphOutput, OperatorKind};

impl Parser<'_> {
    pub(super) fn graph_to_table(&mut self) -> OperatorKind {
        self.bump();
        let outputs = self.list(List::OPEN.of("`nodes` or `edges`"), Self::opt_graph_output);
        OperatorKind::GraphToTable { outputs }
    }

    /// `nodes as name with_node_id=column`
    fn opt_graph_output(&mut self) -> Option<GraphOutput> {
        let specs = match self.keyword()? {
            Keyword::Nodes => parameters::GRAPH_NODES,
            Keyword::Edges => parameters::GRAPH_EDGES,
            _ => return None,
        };
        let what = self.bump_identifier();
        let name = if self.eat_keyword(Keyword::As) { Some(self.name()) } else { None };
        let parameters = self.parameters(specs, Names::BeforeEqual);
        Some(GraphOutput { what, name, parameters })
    }

    pub(super) fn graph_mark_components(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::GRAPH_MARK_COMPONENTS, Names::BeforeEqual);
        OperatorKind::GraphMarkComponents { parameters }
    }

    pub(super) fn graph_where_nodes(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::GraphWhereNodes(self.expression())
    }

    pub(super) fn graph_where_edges(&mut self) -> OperatorKind {
        self.bump();
        OperatorKind::GraphWhereEdges(self.expression())
    }
}
