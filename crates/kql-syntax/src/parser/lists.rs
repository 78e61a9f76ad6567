//! Lists with commas.

use super::cursor::Parser;
use crate::diagnostics;
use crate::keyword::Keyword;
use crate::token::TokenKind;

/// How a list is written.
#[derive(Clone, Copy)]
pub(super) struct List {
    /// Whether the list ends here. Where nobody can tell, an element without a comma before it belongs to no list.
    ends: Option<fn(&Parser<'_>) -> bool>,
    /// What is reported where an element is missing: a value, or this.
    what: Option<&'static str>,
    needs_one: bool,
    may_end_with_comma: bool,
}

impl List {
    /// A list inside brackets or up to the end of its operator; it may be empty.
    pub(super) const ANY: Self = Self {
        ends: Some(|parser| parser.at_list_end()),
        what: None,
        needs_one: false,
        may_end_with_comma: false,
    };
    /// The same with at least one element.
    pub(super) const SOME: Self = Self { needs_one: true, ..Self::ANY };
    /// At least one element; what follows without a comma is no concern of the list.
    pub(super) const OPEN: Self = Self { ends: None, ..Self::SOME };

    /// Its elements are called `what`.
    pub(super) const fn of(self, what: &'static str) -> Self {
        Self { what: Some(what), ..self }
    }

    /// It ends where `ends` says so.
    pub(super) const fn until(self, ends: fn(&Parser<'_>) -> bool) -> Self {
        Self { ends: Some(ends), ..self }
    }

    /// A comma may stand behind its last element.
    pub(super) const fn with_trailing_comma(self) -> Self {
        Self { may_end_with_comma: true, ..self }
    }
}

impl Parser<'_> {
    /// The elements of a list; `element` gives none, and takes nothing, where no element begins.
    pub(super) fn list<T>(&mut self, list: List, element: fn(&mut Self) -> Option<T>) -> Vec<T> {
        let mut elements = Vec::new();
        let mut comma = None;
        loop {
            let is_over = list.ends.is_some_and(|ends| ends(self));
            let next = if is_over { None } else { element(self) };
            if let Some(next) = next {
                elements.push(next);
            } else if self.at(TokenKind::Comma) {
                self.report_missing_element(list.what);
            } else {
                match comma {
                    Some(comma) if !list.may_end_with_comma => {
                        self.report(diagnostics::trailing_comma(comma));
                    }
                    None if list.needs_one => self.report_missing_element(list.what),
                    _ => {}
                }
                return elements;
            }
            if self.at(TokenKind::Comma) && !list.ends.is_some_and(|ends| ends(self)) {
                comma = Some(self.bump());
                continue;
            }
            match self.opt_element_without_comma(list, element) {
                Some(next) => elements.push(next),
                None => return elements,
            }
            if !self.eat(TokenKind::Comma) {
                return self.rest_without_commas(list, element, elements);
            }
        }
    }

    /// What follows an element that had no comma before it, and has none behind it.
    fn rest_without_commas<T>(
        &mut self,
        list: List,
        element: fn(&mut Self) -> Option<T>,
        mut elements: Vec<T>,
    ) -> Vec<T> {
        while let Some(next) = self.opt_element_without_comma(list, element) {
            elements.push(next);
            self.eat(TokenKind::Comma);
        }
        elements
    }

    fn opt_element_without_comma<T>(
        &mut self,
        list: List,
        element: fn(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let is_over = list.ends.is_none_or(|ends| ends(self)) || self.at_forgotten_bar();
        if is_over {
            return None;
        }
        let (mark, behind) = (self.mark(), self.end_of_last());
        let (at, found) = (self.token(0).span, self.nth_text(0));
        let position = self.position();
        let next = element(self);
        if next.is_some() && self.position() > position {
            self.replace_since(mark, diagnostics::missing_comma(behind, at, found));
            return next;
        }
        None
    }

    fn report_missing_element(&mut self, what: Option<&'static str>) {
        match what {
            None => self.report_missing_expression(),
            Some("name") => self.report_missing_name(),
            Some(what) => self.report_missing(what),
        }
    }

    /// Whether every list ends here.
    pub(super) fn at_list_end(&self) -> bool {
        self.nth_ends_list(0)
    }

    pub(super) fn nth_ends_list(&self, ahead: usize) -> bool {
        matches!(
            self.nth(ahead),
            TokenKind::CloseParen
                | TokenKind::CloseBracket
                | TokenKind::CloseBrace
                | TokenKind::Bar
                | TokenKind::Semicolon
                | TokenKind::End
        )
    }

    /// Whether a list ends here that may be followed by one of some keywords.
    pub(super) fn at_list_end_or(&self, keywords: &[Keyword]) -> bool {
        self.keyword().is_some_and(|keyword| keywords.contains(&keyword)) || self.at_list_end()
    }
}
