//! `base.member` and `base[index]`.

use kql_syntax::tree::{Call, Expr, ExprKind};
use kql_syntax::{Identifier, Name, Span};

use super::Binder;
use super::calls::Target;
use super::expressions::Context;
use super::term::{Meaning, Output, Reference, Row, Term};
use crate::bound::{ColumnId, Scalar, ScalarKind};
use crate::{Shape, Type, Value, diagnostics};

impl<'a> Binder<'a> {
    pub(crate) fn path(
        &mut self,
        base: &'a Expr,
        member: &'a Expr,
        span: Span,
        context: Context,
    ) -> Term {
        if let ExprKind::Call(call) = &base.kind
            && let Some(Target::Pattern(pattern)) = self.target(&call.name.name)
            && pattern.pattern.path.is_some()
        {
            return self.call_pattern(&pattern, call, Some(member), span);
        }
        let base = self.expr(base);
        match (&base.meaning, &member.kind) {
            (Meaning::Wrong, _) => self.member_of_wrong(member, context, span),
            (_, ExprKind::Missing) => Term::wrong(span),
            (Meaning::Database(_) | Meaning::EntityGroup(_), _) => {
                self.database_member(base, member, span)
            }
            (Meaning::Row(row), ExprKind::Name(name)) => {
                let row = row.clone();
                self.row_member(&row, name, span)
            }
            (_, ExprKind::Name(name)) => self.member(base, name, span),
            // `d.["key"]`, `d.[0]`
            (_, ExprKind::Literal(_)) => {
                let index = self.expr(member);
                self.element_of(base, index, span)
            }
            (_, ExprKind::Call(call)) => self.method(&base, call, span),
            _ => {
                self.report(diagnostics::member_not_allowed(self.at(member.span)));
                Term::wrong(span)
            }
        }
    }

    /// What stands behind something wrong: nothing more to say, but a table is still a table.
    fn member_of_wrong(&mut self, member: &'a Expr, context: Context, span: Span) -> Term {
        let _ = member;
        match context {
            Context::Tabular => Term::table(crate::bound::Rowset::wrong(self.at(span)), span),
            Context::Scalar => Term::wrong(span),
        }
    }

    /// `base.f()`: values have no functions of their own.
    fn method(&mut self, base: &Term, call: &'a Call, span: Span) -> Term {
        if !base.is_open() {
            self.report(diagnostics::method_call(&call.name.name, self.at(call.name.span)));
        }
        Term::wrong(span)
    }

    fn member(&mut self, base: Term, name: &'a Identifier, span: Span) -> Term {
        let shape = match &base.shape {
            shape if shape.is_unknown() => Shape::UNKNOWN,
            shape if shape.is_dynamic() => shape.entry(&name.name).unwrap_or(Shape::DYNAMIC),
            _ => {
                if !base.is_open() {
                    let what = base.describe();
                    let at = self.at(name.span);
                    self.report(diagnostics::member_of_scalar(&name.name, &what, at));
                }
                return Term::wrong(span);
            }
        };
        let result_name = joined(base.name.as_ref(), Some(&name.name));
        let is_constant = base.is_constant;
        let kind =
            ScalarKind::Member { base: Box::new(base.into_scalar()), name: name.name.clone() };
        let scalar = Scalar::new(kind, shape.ty(), self.at(span));
        let term = Term::scalar(scalar, shape, span).named(result_name);
        if is_constant { term.constant() } else { term }
    }

    /// `$left.column`, `step.column`
    fn row_member(&mut self, row: &Row, name: &'a Identifier, span: Span) -> Term {
        let found = match row {
            Row::Left => self.rows.as_ref().and_then(|rows| rows.find(&name.name)).map(|c| c.id),
            Row::Right => self.right.as_ref().and_then(|rows| rows.find(&name.name)).map(|c| c.id),
            Row::Columns(columns) => {
                columns.iter().find(|(known, _)| *known == name.name).map(|(_, id)| *id)
            }
        };
        let found = found.or_else(|| self.infer_member(row, &name.name));
        match found {
            Some(id) => self.column_term(id, &name.name, span),
            None => {
                self.wanted_hidden.insert(name.name.clone());
                self.report_unknown_member(row, name);
                Term::wrong(span)
            }
        }
    }

    fn infer_member(&mut self, row: &Row, name: &str) -> Option<ColumnId> {
        match row {
            Row::Left => {
                let right = self.right.take();
                let column = self.infer_column(name);
                self.right = right;
                column
            }
            Row::Right => self.infer_right_column(name),
            Row::Columns(_) => None,
        }
        .map(|column| column.id)
    }

    fn report_unknown_member(&mut self, row: &Row, name: &Identifier) {
        let at = self.at(name.span);
        let diagnostic = match row {
            Row::Left => self.unknown_column_of(self.rows.as_ref(), &name.name, at),
            Row::Right => self.unknown_column_of(self.right.as_ref(), &name.name, at),
            Row::Columns(columns) => {
                let names: Vec<&str> = columns.iter().map(|(known, _)| &**known).collect();
                let nearest = crate::suggest::nearest(&name.name, names);
                diagnostics::unknown_name(&name.name, at, nearest.as_deref())
            }
        };
        self.report(diagnostic);
    }

    /// The column `id` under the name `name`.
    pub(crate) fn column_term(&mut self, id: ColumnId, name: &Name, span: Span) -> Term {
        let shape = self.shape_of(id);
        let scalar = Scalar::new(ScalarKind::Column(id), shape.ty(), self.at(span));
        let mut term = Term::scalar(scalar, shape, span).named(Some(name.clone()));
        term.reference = Reference::Column(id);
        term
    }

    pub(crate) fn element(&mut self, base: &'a Expr, index: &'a Expr, span: Span) -> Term {
        let base = self.expr(base);
        let index = self.expr(index);
        self.element_of(base, index, span)
    }

    fn element_of(&mut self, base: Term, index: Term, span: Span) -> Term {
        if index.is_wrong() || base.is_wrong() {
            return Term::wrong(span);
        }
        if let Meaning::Row(row) = &base.meaning {
            return self.row_element(row, &index, span);
        }
        if let Some(output) = one_of_several(&base, &index) {
            return Term::scalar(output.scalar.clone(), output.shape.clone(), span);
        }
        let Some(shape) = self.element_shape(&base, &index) else { return Term::wrong(span) };
        let result_name = joined(base.name.as_ref(), index_name(&index).as_ref());
        let is_path = base.shape.is_dynamic() || base.shape.is_unknown();
        let base = Box::new(base.into_scalar());
        let kind = match index.text().map(Name::new) {
            Some(name) => ScalarKind::Member { base, name },
            None => ScalarKind::Index { base, index: Box::new(index.into_scalar()) },
        };
        let scalar = Scalar::new(kind, shape.ty(), self.at(span));
        Term::scalar(scalar, shape, span).named(result_name.filter(|_| is_path))
    }

    /// The type of an element; reports what has none, and keys of a wrong type.
    fn element_shape(&mut self, base: &Term, index: &Term) -> Option<Shape> {
        let by_position = index.shape.is_integer_or_dynamic();
        let by_key = index.shape.is_string_or_dynamic() || index.shape.is_unknown();
        let (shape, wanted, is_right) = match &base.shape {
            Shape::Array(element) => (element.as_dynamic(), "int or long", by_position),
            Shape::Bag(_) => {
                let entry = index.text().and_then(|key| base.shape.entry(key));
                (entry.unwrap_or(Shape::DYNAMIC), "string", by_key)
            }
            shape if *shape == Shape::DYNAMIC => {
                (Shape::DYNAMIC, "int, long or string", by_position || by_key)
            }
            shape if shape.is_unknown() => (Shape::UNKNOWN, "", true),
            _ => {
                if !base.is_open() {
                    let what = base.describe();
                    self.report(diagnostics::element_of_scalar(&what, self.at(index.span)));
                }
                return None;
            }
        };
        if !is_right {
            self.report(diagnostics::type_wanted(wanted, &index.describe(), self.at(index.span)));
        }
        Some(shape)
    }

    fn row_element(&mut self, row: &Row, index: &Term, span: Span) -> Term {
        let place = match index.value() {
            Some(Value::Long(place)) => usize::try_from(*place).ok(),
            Some(Value::Int(place)) => usize::try_from(*place).ok(),
            _ => None,
        };
        let columns: Vec<(Name, ColumnId)> = match row {
            Row::Columns(columns) => columns.clone(),
            Row::Left => self.row_columns().into_iter().map(|c| (c.name, c.id)).collect(),
            Row::Right => self
                .right
                .as_ref()
                .map(|rows| rows.columns().map(|c| (c.name.clone(), c.id)).collect())
                .unwrap_or_default(),
        };
        match place.and_then(|place| columns.get(place)) {
            Some((name, id)) => self.column_term(*id, name, span),
            None => Term::unknown(span),
        }
    }
}

/// The result that a position means, of a call that has several: `array_sort_asc(a, b)[1]`.
fn one_of_several<'t>(base: &'t Term, index: &Term) -> Option<&'t Output> {
    let (Meaning::Several(outputs), Some(Value::Long(index))) = (&base.meaning, index.value())
    else {
        return None;
    };
    let output = outputs.get(usize::try_from(*index).ok()?)?;
    (outputs.len() > 1 && output.column.is_none()).then_some(output)
}

/// The name of a column made by a path: `base_member`.
fn joined(base: Option<&Name>, member: Option<&Name>) -> Option<Name> {
    match (base.filter(|name| !name.trim().is_empty()), member) {
        (Some(base), member) => {
            Some(Name::from(format!("{base}_{}", member.map_or("", |name| &**name))))
        }
        (None, member) => member.cloned(),
    }
}

fn index_name(index: &Term) -> Option<Name> {
    if !index.is_literal {
        return None;
    }
    match index.constant.as_ref()? {
        Value::String(text) => Some(Name::new(text)),
        Value::Long(place) => Some(Name::from(place.to_string())),
        Value::Int(place) => Some(Name::from(place.to_string())),
        _ => None,
    }
}

impl Term {
    /// What it is, in the words of a message.
    pub(crate) fn describe(&self) -> String {
        match &self.meaning {
            Meaning::Table(_) | Meaning::Tables(_) => "table".to_owned(),
            Meaning::Database(_) => "database".to_owned(),
            Meaning::EntityGroup(_) => "entity group".to_owned(),
            Meaning::Graph(_) => "graph".to_owned(),
            Meaning::Columns(_) | Meaning::Star => "several columns".to_owned(),
            Meaning::Row(_) | Meaning::Several(_) if self.shape == Shape::Several => {
                "several columns".to_owned()
            }
            _ => match &self.shape {
                Shape::Holding(ty) => format!("dynamic holding a {ty}"),
                Shape::Array(_) => "dynamic array".to_owned(),
                Shape::Bag(_) => "dynamic bag".to_owned(),
                shape if shape.ty() == Type::Unknown => "value of unknown type".to_owned(),
                shape => shape.ty().name().to_owned(),
            },
        }
    }
}
