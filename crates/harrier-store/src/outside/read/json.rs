//! `json`, `multijson`: objects one after another or in arrays, values by the name of their field or by a path.

use std::borrow::Cow;
use std::ops::Range;

use kql_semantics::Dynamic;
use kql_semantics::dynamic::to_string;

use super::{Gathered, Origin};
use crate::json::{Flaw, Kind, Place, Sink, each_record, unescape};
use crate::values::Raw;

/// Adds the objects of a text.
pub(super) fn read(
    text: &str,
    origins: Option<&[Origin]>,
    gathered: &mut Gathered,
) -> Result<(), String> {
    let names = gathered.schema().fields().iter().map(|field| field.name().clone()).collect();
    let mut rows = Rows { names, values: Vec::new(), origins, gathered, flaw: None };
    each_record(text, Place::Top, &mut rows);
    rows.flaw.map_or(Ok(()), Err)
}

struct Rows<'a> {
    names: Vec<String>,
    /// For each column, where its value stands.
    values: Vec<Option<(Kind, Range<usize>)>>,
    origins: Option<&'a [Origin]>,
    gathered: &'a mut Gathered,
    flaw: Option<String>,
}

impl Sink for Rows<'_> {
    fn begin(&mut self) {
        self.values.clear();
        self.values.resize(self.names.len(), None);
    }

    fn field(&mut self, key: &str, kind: Kind, value: Range<usize>) {
        if self.origins.is_some() {
            return;
        }
        let key = if key.contains('\\') { unescape(key) } else { Cow::Borrowed(key) };
        let places = self.names.iter().zip(&mut self.values);
        for (_, slot) in places.filter(|(name, _)| **name == *key) {
            *slot = Some((kind, value.clone()));
        }
    }

    fn end(&mut self, text: &str, at: usize) {
        let added = match self.origins {
            None => self.by_name(text),
            Some(origins) => by_path(text.get(at..).unwrap_or_default(), origins, self.gathered),
        };
        if let Err(error) = added {
            self.flaw.get_or_insert(error);
        }
    }

    fn flaw(&mut self, flaw: Flaw) {
        self.flaw.get_or_insert(format!("holds a record that can not be read: {flaw}"));
    }
}

impl Rows<'_> {
    fn by_name(&mut self, text: &str) -> Result<(), String> {
        let unescaped: Vec<Option<(Kind, Cow<'_, str>)>> = self
            .values
            .iter()
            .map(|slot| {
                let (kind, range) = slot.clone()?;
                let written = text.get(range)?;
                Some(match kind {
                    Kind::String { is_escaped } => {
                        let inside = written.get(1..written.len() - 1)?;
                        let inside =
                            if is_escaped { unescape(inside) } else { Cow::Borrowed(inside) };
                        (kind, inside)
                    }
                    _ => (kind, Cow::Borrowed(written)),
                })
            })
            .collect();
        self.gathered.row(|at| match unescaped.get(at) {
            Some(Some((Kind::String { .. }, text))) => Raw::Text(text),
            Some(Some((Kind::Nested, text))) => Raw::Nested(text),
            Some(Some((Kind::Bool | Kind::Number, text))) => Raw::Bare(text),
            _ => Raw::Absent,
        })
    }
}

/// Adds the object at the beginning of a text, its values by paths.
fn by_path(text: &str, origins: &[Origin], gathered: &mut Gathered) -> Result<(), String> {
    let end = crate::json::end_of_value(text.as_bytes(), 0).map_err(|flaw| flaw.to_string())?.1;
    let record = text.get(..end).unwrap_or_default();
    let record = Dynamic::parse(record).map_err(|_| String::from("holds what is no JSON"))?;
    let values: Vec<Option<String>> = origins
        .iter()
        .map(|origin| match origin {
            Origin::Path(path) => path.of(&record).map(Dynamic::to_text),
            Origin::Constant(value) => Some(Dynamic::string(value).to_text()),
            Origin::Ordinal(_) | Origin::Absent => None,
        })
        .collect();
    let texts: Vec<Option<Cow<'_, str>>> =
        values.iter().map(|value| value.as_deref().map(to_string)).collect();
    gathered.row(|at| {
        let written = values.get(at).and_then(Option::as_deref);
        let text = texts.get(at).and_then(Option::as_deref);
        match (written, text) {
            (Some("null") | None, _) | (_, None) => Raw::Absent,
            (Some(written), _) if written.starts_with(['{', '[']) => Raw::Nested(written),
            (_, Some(text)) => Raw::Text(text),
        }
    })
}
