//! `graph-match patterns where predicate project columns`, and `graph-shortest-paths` of the same form.

use crate::keyword::Keyword;
use crate::parser::cursor::Parser;
use crate::parser::lists::List;
use crate::parser::parameters::{self, Names, Spec};
use crate::token::TokenKind as T;
use crate::tree::{Expr, GraphDirection, GraphElement, GraphMatch, OperatorKind};

impl Parser<'_> {
    pub(super) fn graph_match(&mut self) -> OperatorKind {
        OperatorKind::GraphMatch(Box::new(self.graph_patterns(parameters::GRAPH_MATCH)))
    }

    pub(super) fn graph_shortest_paths(&mut self) -> OperatorKind {
        let parts = self.graph_patterns(parameters::GRAPH_SHORTEST_PATHS);
        OperatorKind::GraphShortestPaths(Box::new(parts))
    }

    fn graph_patterns(&mut self, specs: &'static [Spec]) -> GraphMatch {
        self.bump();
        let parameters = self.parameters(specs, Names::BeforeEqual);
        let list = List::OPEN.of("a pattern, `(a)-[b]->(c)`");
        let patterns = self.list(list, Self::opt_graph_pattern);
        let predicate =
            if self.eat_keyword(Keyword::Where) { Some(self.expression()) } else { None };
        let has_project = self.eat_keyword(Keyword::Project);
        let project = if has_project { Some(self.list(List::SOME, Self::opt_named)) } else { None };
        GraphMatch { parameters, patterns, predicate, project }
    }

    fn opt_graph_pattern(&mut self) -> Option<Vec<GraphElement>> {
        let mut elements = Vec::new();
        while let Some(element) = self.opt_graph_node().or_else(|| self.opt_graph_edge()) {
            elements.push(element);
        }
        (!elements.is_empty()).then_some(elements)
    }

    /// `(name)`
    fn opt_graph_node(&mut self) -> Option<GraphElement> {
        if !self.at(T::OpenParen) {
            return None;
        }
        let open = self.open(T::OpenParen);
        let name = self.opt_name().unwrap_or_else(|| self.missing_identifier());
        self.close(open, T::CloseParen);
        Some(GraphElement::Node(name))
    }

    /// `-->`, `<--`, `--`, `-[name*1..3]->`, `<-[name]-`, `-[name]-`
    fn opt_graph_edge(&mut self) -> Option<GraphElement> {
        let start = self.position();
        let bare: [(&[T], GraphDirection); 3] = [
            (&[T::Minus, T::Minus, T::Greater], GraphDirection::Right),
            (&[T::Less, T::Minus, T::Minus], GraphDirection::Left),
            (&[T::Minus, T::Minus], GraphDirection::Any),
        ];
        for (tokens, direction) in bare {
            if self.eat_glued(tokens) {
                let span = self.span_from(start);
                return Some(GraphElement::Edge { name: None, direction, range: None, span });
            }
        }
        let is_left = self.eat_glued(&[T::Less, T::Minus, T::OpenBracket]);
        if !is_left && !self.eat_glued(&[T::Minus, T::OpenBracket]) {
            return None;
        }
        let name = self.opt_name();
        let range = if self.eat(T::Star) { Some(Box::new(self.edge_range())) } else { None };
        let is_right = self.eat_glued(&[T::CloseBracket, T::Minus, T::Greater]);
        if !is_right && !self.eat_glued(&[T::CloseBracket, T::Minus]) {
            self.report_expected("`]->` or `]-`");
        }
        let direction = match (is_left, is_right) {
            (true, _) => GraphDirection::Left,
            (false, true) => GraphDirection::Right,
            (false, false) => GraphDirection::Any,
        };
        Some(GraphElement::Edge { name, direction, range, span: self.span_from(start) })
    }

    /// `low..high` behind `*`
    fn edge_range(&mut self) -> (Expr, Expr) {
        let low = self.path_or_missing();
        self.expect(T::DotDot);
        (low, self.path_or_missing())
    }

    fn path_or_missing(&mut self) -> Expr {
        self.opt_path().unwrap_or_else(|| self.missing_expression())
    }
}
