//! `parse kind=simple source with pattern`, `parse-where`

use kql_syntax::Name;
use kql_syntax::tree::{Operator, Parse, ParseColumn, ParsePiece};

use crate::binder::Binder;
use crate::binder::parameters::{Allowed, Takes, allowed, word};
use crate::bound::{Column, ParseKind, ParsePattern, ParseRowset, Rowset, RowsetKind, Scalar};
use crate::{Shape, Type, diagnostics};

const PARAMETERS: &[Allowed] =
    &[allowed("kind", Takes::Word(&["simple", "regex", "relaxed"])), allowed("flags", Takes::Any)];

impl<'a> Binder<'a> {
    pub(crate) fn parse_operator(
        &mut self,
        input: Rowset,
        parse: &'a Parse,
        is_filter: bool,
        operator: &'a Operator,
    ) -> Rowset {
        let mut made: Vec<Column> = Vec::new();
        let (input, (source, pattern)) = self.with_rows(input, |binder| {
            binder.check_parameters(&parse.parameters, PARAMETERS);
            let source = binder.value(&parse.source).into_scalar();
            binder.check_pattern(&parse.pattern);
            let pattern =
                parse.pattern.iter().filter_map(|piece| binder.piece(piece, &mut made)).collect();
            (source, pattern)
        });
        self.parsed(input, (source, pattern, made), (parse, is_filter), operator)
    }

    fn parsed(
        &mut self,
        input: Rowset,
        (source, pattern, made): (Scalar, Vec<ParsePattern>, Vec<Column>),
        (parse, is_filter): (&'a Parse, bool),
        operator: &'a Operator,
    ) -> Rowset {
        let kind = match word(&parse.parameters, "kind") {
            Some("regex") => ParseKind::Regex,
            Some("relaxed") => ParseKind::Relaxed,
            _ => ParseKind::Simple,
        };
        let flags = word(&parse.parameters, "flags").unwrap_or("").to_owned();
        let columns = with_made(&input.columns, made);
        let is_open = input.is_open;
        let input = Box::new(input);
        let kind =
            RowsetKind::Parse(ParseRowset { input, source, kind, flags, pattern, is_filter });
        Rowset { is_open, ..Rowset::new(kind, columns, self.at(operator.span)) }
    }

    fn piece(&mut self, piece: &'a ParsePiece, made: &mut Vec<Column>) -> Option<ParsePattern> {
        match piece {
            ParsePiece::Star(_) => Some(ParsePattern::Star),
            ParsePiece::Text(expr) => {
                let term = self.value(expr);
                self.expect_type(&term, Type::String);
                Some(ParsePattern::Text(term.into_scalar()))
            }
            ParsePiece::Column(ParseColumn { name, ty }) => {
                let ty = ty.as_ref().map_or(Type::String, |ty| self.type_named(ty));
                if made.iter().any(|column| column.name == name.name) {
                    let at = self.at(name.span);
                    self.report(diagnostics::duplicate_column(&name.name, at, None));
                    return None;
                }
                let column = self.column(name.name.clone(), &Shape::Plain(ty));
                let id = column.id;
                made.push(column);
                Some(ParsePattern::Column(id, ty))
            }
        }
    }

    /// Reports patterns of which it is not clear where one piece ends and the next begins.
    fn check_pattern(&mut self, pattern: &'a [ParsePiece]) {
        for (index, piece) in pattern.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| pattern.get(before));
            match piece {
                ParsePiece::Star(span) => {
                    let next = pattern.get(index + 1);
                    if next.is_some_and(|next| !matches!(next, ParsePiece::Text(_))) {
                        self.report(diagnostics::star_before_no_text(self.at(*span)));
                    } else if before.is_some_and(is_text_column) {
                        self.report(diagnostics::star_after_text_column(self.at(*span)));
                    }
                }
                ParsePiece::Column(column)
                    if before.is_some_and(|before| !matches!(before, ParsePiece::Text(_))) =>
                {
                    self.report(diagnostics::column_after_no_text(
                        &column.name.name,
                        self.at(column.name.span),
                    ));
                }
                ParsePiece::Column(_) | ParsePiece::Text(_) => {}
            }
        }
    }
}

fn is_text_column(piece: &ParsePiece) -> bool {
    matches!(piece, ParsePiece::Column(ParseColumn { ty, .. })
        if ty.as_ref().is_none_or(|ty| &*ty.name == "string"))
}

/// The input's columns with new ones in place of those of their names, or behind.
pub(super) fn with_made(input: &[Column], made: Vec<Column>) -> Vec<Column> {
    let mut columns = input.to_vec();
    for column in made {
        let name: &Name = &column.name;
        match columns.iter().position(|own| own.name == *name) {
            Some(place) => {
                if let Some(own) = columns.get_mut(place) {
                    *own = column;
                }
            }
            None => columns.push(column),
        }
    }
    columns
}
