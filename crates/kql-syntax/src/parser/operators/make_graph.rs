//! `make-graph source --> target with nodes on key`

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names};
use crate::token::TokenKind as T;
use crate::tree::{Expr, GraphNodes, MakeGraph, OperatorKind, SubQuery};

impl Parser<'_> {
    pub(super) fn make_graph(&mut self) -> OperatorKind {
        self.bump();
        let parameters = self.parameters(parameters::MAKE_GRAPH, Names::BeforeEqual);
        let source = self.name_expression();
        let is_directed = self.eat_glued(&[T::Minus, T::Minus, T::Greater]);
        if !is_directed && !self.eat_glued(&[T::Minus, T::Minus]) {
            self.report_expected("`-->` or `--`");
        }
        let target = self.name_expression();
        let node_id = if self.eat_keyword(Keyword::WithNodeId) {
            self.expect(T::Equal);
            Some(self.name())
        } else {
            None
        };
        let has_nodes = node_id.is_none() && self.eat_keyword(Keyword::With);
        let nodes = if has_nodes { self.graph_nodes() } else { Vec::new() };
        let is_partitioned = self.eat_keyword(Keyword::PartitionedBy);
        let partitioned_by = if is_partitioned { Some(self.graph_partition()) } else { None };
        OperatorKind::MakeGraph(Box::new(MakeGraph {
            parameters,
            source,
            is_directed,
            target,
            node_id,
            nodes,
            partitioned_by,
        }))
    }

    fn graph_nodes(&mut self) -> Vec<GraphNodes> {
        let list = List::SOME.until(|parser| parser.at_list_end_or(&[Keyword::PartitionedBy]));
        self.list(list, Self::opt_graph_nodes)
    }

    /// `nodes on key`
    fn opt_graph_nodes(&mut self) -> Option<GraphNodes> {
        let table = self.opt_path()?;
        self.expect_keyword(Keyword::On);
        Some(GraphNodes { table, key: self.name_expression() })
    }

    /// `column (operators)`
    fn graph_partition(&mut self) -> (Expr, SubQuery) {
        let column = self.simple_path();
        let open = self.open(T::OpenParen);
        let body = self.sub_query();
        self.close(open, T::CloseParen);
        (column, body)
    }
}
