//! The columns that an operator makes: their names as Kusto gives them, which replace others, and which are too many.

use std::collections::{HashMap, HashSet};

use kql_syntax::tree::{ExprNames, NamedExpr};
use kql_syntax::{Identifier, Name, Span};

use super::Binder;
use super::term::{Meaning, Output, Reference, Term};
use crate::bound::{Column, ColumnId, Scalar, ScalarKind};
use crate::{Shape, diagnostics};

/// Columns in the making.
#[derive(Debug, Default)]
pub(crate) struct Projection {
    entries: Vec<Entry>,
    /// Columns that are there already or are not to come.
    shut_out: HashSet<ColumnId>,
    ids: HashSet<ColumnId>,
    places: HashMap<Name, usize>,
    declared: HashMap<Name, Span>,
    names: UniqueNames,
}

/// A column and what is in it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) id: ColumnId,
    pub(crate) name: Name,
    pub(crate) shape: Shape,
    pub(crate) scalar: Scalar,
}

/// Which operator makes the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `project`, `distinct`, group keys.
    Default,
    /// `extend`: a name that is there already is replaced.
    Extend,
    /// `print`: names nobody gave are `print_0`, ...
    Print,
    /// `mv-expand`: a column that is there already is replaced.
    Replace,
    /// Aggregates.
    Summarize,
}

/// How an expression becomes columns.
#[derive(Clone, Debug)]
pub(crate) struct How {
    pub(crate) style: Style,
    /// The type of the columns, where it is not the expression's.
    pub(crate) shape: Option<Shape>,
    /// The name where none is given: of `print`.
    pub(crate) default: Option<Name>,
}

impl How {
    pub(crate) fn new(style: Style) -> Self {
        Self { style, shape: None, default: None }
    }

    fn replaces(&self) -> bool {
        matches!(self.style, Style::Replace | Style::Extend)
    }
}

impl Entry {
    /// Whether it is a column that only moves.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(self.scalar.kind, ScalarKind::Column(id) if id == self.id)
    }
}

impl Projection {
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The columns as a rowset has them.
    pub(crate) fn columns(&self) -> Vec<Column> {
        self.entries
            .iter()
            .map(|entry| Column { id: entry.id, name: entry.name.clone(), ty: entry.shape.ty() })
            .collect()
    }

    /// Each column with what is in it.
    pub(crate) fn scalars(&self) -> Vec<(ColumnId, Scalar)> {
        self.entries.iter().map(|entry| (entry.id, entry.scalar.clone())).collect()
    }

    /// Keeps a column from being added again.
    pub(crate) fn shut_out(&mut self, id: ColumnId) {
        self.shut_out.insert(id);
    }

    /// Adds a column; one that was there under its name stays, and the new one gets another name.
    pub(crate) fn add(
        &mut self,
        mut entry: Entry,
        base: Option<&Name>,
        replaces: bool,
    ) -> Option<Name> {
        if entry.name.is_empty() || self.shut_out.contains(&entry.id) {
            return None;
        }
        if replaces && let Some(place) = self.places.get(&entry.name) {
            let name = entry.name.clone();
            if let Some(slot) = self.entries.get_mut(*place) {
                self.ids.insert(entry.id);
                *slot = entry;
            }
            return Some(name);
        }
        entry.name = self.names.claim(&entry.name, base);
        let name = entry.name.clone();
        self.places.insert(name.clone(), self.entries.len());
        self.ids.insert(entry.id);
        self.entries.push(entry);
        Some(name)
    }

    /// Adds a column that stays the same, and keeps it from being added again.
    pub(crate) fn pass(&mut self, column: &Column, shape: Shape, at: Span) {
        let scalar = Scalar::new(ScalarKind::Column(column.id), column.ty, at);
        let entry = Entry { id: column.id, name: column.name.clone(), shape, scalar };
        self.add(entry, None, false);
        self.shut_out.insert(column.id);
    }

    /// Whether a column of this id is there.
    pub(crate) fn has(&self, id: ColumnId) -> bool {
        self.ids.contains(&id)
    }

    /// Gives a column another name; the place where that name was declared before, if it was.
    pub(crate) fn rename(&mut self, old: &Name, new: &Identifier) -> Result<(), Option<Span>> {
        let Some(place) = self.places.remove(old) else { return Err(None) };
        if let Some(first) = self.declared.get(&new.name) {
            self.places.insert(old.clone(), place);
            return Err(Some(*first));
        }
        if let Some(entry) = self.entries.get_mut(place) {
            entry.name = new.name.clone();
        }
        self.places.insert(new.name.clone(), place);
        self.declared.insert(new.name.clone(), new.span);
        self.names.add(&new.name);
        Ok(())
    }

    /// Counts the names that are there as declared.
    pub(crate) fn declare_all(&mut self) {
        for entry in &self.entries {
            self.declared.insert(entry.name.clone(), Span::default());
        }
    }
}

impl<'a> Binder<'a> {
    /// Makes columns of an expression.
    pub(crate) fn project(
        &mut self,
        projection: &mut Projection,
        named: &'a NamedExpr,
        term: Term,
        how: &How,
    ) {
        match &named.names {
            ExprNames::None => self.project_unnamed(projection, term, how),
            ExprNames::One(name) => self.project_named(projection, name, term, how),
            ExprNames::List(names) => self.project_list(projection, names, term, how),
        }
    }

    fn project_unnamed(&mut self, projection: &mut Projection, term: Term, how: &How) {
        let span = term.span;
        if matches!(term.meaning, Meaning::Star) {
            for column in self.row_columns() {
                let shape = self.shape_of(column.id);
                let scalar = Scalar::new(ScalarKind::Column(column.id), column.ty, self.at(span));
                let entry = Entry { id: column.id, name: column.name, shape, scalar };
                projection.add(entry, None, true);
            }
            return;
        }
        if let Some(id) = term.reference.any() {
            return self.project_column(projection, id, term, how);
        }
        match term.meaning {
            Meaning::Several(outputs) if how.style != Style::Print || outputs.len() > 1 => {
                for output in outputs {
                    self.project_output(projection, output);
                }
            }
            Meaning::Columns(_) => {
                self.report(diagnostics::several_columns(self.at(span)));
            }
            _ => {
                let name = match (&how.default, how.style) {
                    (Some(default), Style::Print) => default.clone(),
                    _ => term
                        .own_name
                        .clone()
                        .or_else(|| term.name.clone())
                        .unwrap_or_else(|| self.default_name(how.style == Style::Extend)),
                };
                let entry = self.entry(name, term, how);
                let base = how.default.as_ref().filter(|_| how.style == Style::Print);
                projection.add(entry, base, how.replaces());
            }
        }
    }

    /// A column under its own name.
    fn project_column(&mut self, projection: &mut Projection, id: ColumnId, term: Term, how: &How) {
        let span = term.span;
        let name = self.name_of_column(id, &term);
        let is_new =
            how.shape.is_some() || projection.has(id) && !projection.shut_out.contains(&id);
        let entry = if is_new {
            self.entry(name.clone(), term, how)
        } else {
            let shape = term.shape.clone();
            let scalar = Scalar::new(ScalarKind::Column(id), shape.ty(), self.at(span));
            Entry { id, name: name.clone(), shape, scalar }
        };
        let identifier = Identifier::new(name, span);
        self.declare_column(projection, entry, &identifier, how.style == Style::Replace);
    }

    /// What a column is called in scope; `tostring(c)` of a text is `c`.
    fn name_of_column(&self, id: ColumnId, term: &Term) -> Name {
        let in_scope = self
            .rows
            .iter()
            .chain(&self.right)
            .flat_map(|rows| rows.columns())
            .find(|column| column.id == id);
        in_scope
            .map(|column| column.name.clone())
            .or_else(|| term.name.clone())
            .unwrap_or_else(|| "".into())
    }

    fn project_output(&mut self, projection: &mut Projection, output: Output) {
        let id = match output.column {
            Some(id) => id,
            None => self.new_column(&output.shape),
        };
        let entry = Entry { id, name: output.name, shape: output.shape, scalar: output.scalar };
        projection.add(entry, None, false);
    }

    fn project_named(
        &mut self,
        projection: &mut Projection,
        name: &'a Identifier,
        term: Term,
        how: &How,
    ) {
        match term.meaning {
            Meaning::Several(outputs) => {
                let mut outputs = outputs.into_iter();
                if let Some(first) = outputs.next() {
                    self.declare_output(projection, name, first, true);
                }
                // The other results of an aggregate come too; of a function only the first has a name to go by.
                if how.style == Style::Summarize {
                    outputs.for_each(|output| self.project_output(projection, output));
                }
            }
            _ => {
                let replaces = how.replaces() || term.reference.column().is_some();
                let entry = self.entry(name.name.clone(), term, how);
                self.declare_column(projection, entry, name, replaces);
            }
        }
    }

    fn project_list(
        &mut self,
        projection: &mut Projection,
        names: &'a [Identifier],
        term: Term,
        how: &How,
    ) {
        let span = term.span;
        let outputs = match (term.meaning, names) {
            (Meaning::Several(outputs), _) => outputs,
            (meaning, [name]) => {
                let term = Term { meaning, ..term };
                return self.project_named(projection, name, term, how);
            }
            (Meaning::Wrong, _) => {
                for name in names {
                    let term = Term::unknown(name.span);
                    self.project_named(projection, name, term, how);
                }
                return;
            }
            _ => {
                let at = names.first().map_or(span, |name| name.span);
                self.report(diagnostics::one_value_only(self.at(at)));
                return;
            }
        };
        let count = outputs.len();
        let mut names = names.iter();
        for output in outputs {
            match names.next() {
                Some(name) => self.declare_output(projection, name, output, how.replaces()),
                None if how.style == Style::Print => {}
                None => self.project_output(projection, output),
            }
        }
        for name in names {
            self.report(diagnostics::name_without_value(&name.name, count, self.at(name.span)));
        }
    }

    fn declare_output(
        &mut self,
        projection: &mut Projection,
        name: &Identifier,
        output: Output,
        replaces: bool,
    ) {
        let id = self.new_column(&output.shape);
        let entry =
            Entry { id, name: name.name.clone(), shape: output.shape, scalar: output.scalar };
        self.declare_column(projection, entry, name, replaces);
    }

    /// Adds a column whose name is written; a name that is written twice is reported.
    fn declare_column(
        &mut self,
        projection: &mut Projection,
        entry: Entry,
        name: &Identifier,
        replaces: bool,
    ) {
        if name.is_missing() {
            return;
        }
        if let Some(first) = projection.declared.get(&entry.name) {
            let first = self.at(*first);
            let at = self.at(name.span);
            self.report(diagnostics::duplicate_column(&entry.name, at, Some(first)));
            return;
        }
        let written = entry.name.clone();
        let added = projection.add(entry, None, replaces).unwrap_or(written);
        projection.declared.insert(added, name.span);
    }

    /// A new column of this value.
    pub(crate) fn entry(&mut self, name: Name, term: Term, how: &How) -> Entry {
        let shape = how.shape.clone().unwrap_or_else(|| term.clone_shape());
        let id = self.new_column(&shape);
        let at = self.at(term.span);
        let scalar = match term.meaning {
            Meaning::Scalar(_) | Meaning::Several(_) => term.into_scalar(),
            _ => Self::wrong_scalar(at),
        };
        Entry { id, name, shape, scalar }
    }

    /// `Column1`, or the next that is free.
    pub(crate) fn default_name(&mut self, sees_columns: bool) -> Name {
        loop {
            let name = Name::from(format!("Column{}", self.default_column));
            self.default_column += 1;
            let is_taken = sees_columns && self.column_in_scope(&name).is_some()
                || self.scopes.find(self.scope, &name).is_some()
                || self.catalog.table(&name).is_some();
            if !is_taken {
                return name;
            }
        }
    }
}

impl Term {
    /// The type of a column that holds it.
    fn clone_shape(&self) -> Shape {
        match &self.shape {
            Shape::Wrong | Shape::Several | Shape::TypeLiteral => Shape::UNKNOWN,
            Shape::Null => Shape::DYNAMIC,
            shape => shape.clone(),
        }
    }

    /// The same without what it says of a column.
    pub(crate) fn detached(mut self) -> Self {
        self.reference = Reference::None;
        self
    }
}

/// Names that are taken.
#[derive(Debug, Default)]
pub(crate) struct UniqueNames {
    /// The last number that each name got.
    taken: HashMap<Name, u32>,
}

impl UniqueNames {
    pub(crate) fn add(&mut self, name: &Name) {
        self.taken.entry(name.clone()).or_insert(0);
    }

    /// `name`, or with the first number behind it that is free; the number goes behind `base` where one is given.
    pub(crate) fn claim(&mut self, name: &Name, base: Option<&Name>) -> Name {
        let Some(last) = self.taken.get(name).copied() else {
            self.taken.insert(name.clone(), 0);
            return name.clone();
        };
        let base = base.unwrap_or(name);
        let mut number = last + 1;
        let free = loop {
            let candidate = Name::from(format!("{base}{number}"));
            if !self.taken.contains_key(&candidate) {
                break candidate;
            }
            number += 1;
        };
        self.taken.insert(name.clone(), number);
        self.taken.insert(free.clone(), 0);
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_taken_get_numbers() {
        let mut names = UniqueNames::default();
        let mut claim = |name: &str| names.claim(&Name::new(name), None).to_string();
        assert_eq!(claim("a"), "a");
        assert_eq!(claim("a1"), "a1");
        assert_eq!(claim("a"), "a2");
        assert_eq!(claim("a"), "a3");
    }
}
