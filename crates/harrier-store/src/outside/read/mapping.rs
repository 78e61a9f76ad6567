//! `ingestionMapping`: which part of a record each column is.

use kql_semantics::{Dynamic, Type};
use kql_syntax::Name;

/// Where a column's values come from.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::outside) enum Origin {
    /// The value at this place of a record, from 0.
    Ordinal(usize),
    /// What is at a path of an object.
    Path(Path),
    /// The same for all rows.
    Constant(String),
    /// Nowhere.
    Absent,
}

/// A path within a JSON value: `$.a.b[0]`, `$['a b']`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::outside) struct Path(Vec<Step>);

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Key(String),
    Element(usize),
}

impl Path {
    /// The value at the path.
    pub(super) fn of<'d>(&self, value: &'d Dynamic) -> Option<&'d Dynamic> {
        self.0.iter().try_fold(value, |value, step| match (step, value) {
            (Step::Key(key), Dynamic::Bag(entries)) => {
                entries.iter().find(|(name, _)| **name == **key).map(|(_, value)| value)
            }
            (Step::Element(at), Dynamic::Array(elements)) => elements.get(*at),
            _ => None,
        })
    }
}

/// For each column its origin.
///
/// **Errors**: what is no mapping, or holds what can not be kept to.
pub(super) fn origins(text: &str, columns: &[(Name, Type)]) -> Result<Vec<Origin>, String> {
    let Ok(Dynamic::Array(entries)) = Dynamic::parse(text) else {
        return Err(String::from("is no JSON array"));
    };
    let mut origins = vec![Origin::Absent; columns.len()];
    for entry in &entries {
        let column = field(entry, "column").map(text_of).unwrap_or_default();
        let place = columns.iter().position(|(name, _)| **name == *column);
        let place =
            place.ok_or_else(|| format!("names a column `{column}` that is not declared"))?;
        if let Some(slot) = origins.get_mut(place) {
            *slot = origin(entry)?;
        }
    }
    Ok(origins)
}

fn origin(entry: &Dynamic) -> Result<Origin, String> {
    let inner = field(entry, "properties").unwrap_or(entry);
    if let Some(transform) = field(inner, "transform").map(text_of)
        && !transform.is_empty()
    {
        return Err(format!("wants the transformation `{transform}`, which is not made"));
    }
    if let Some(value) = field(inner, "constvalue").or_else(|| field(inner, "constantvalue")) {
        return Ok(Origin::Constant(text_of(value)));
    }
    if let Some(ordinal) = field(inner, "ordinal") {
        let ordinal = text_of(ordinal);
        let place = ordinal.parse().map_err(|_| format!("has no place `{ordinal}`"))?;
        return Ok(Origin::Ordinal(place));
    }
    match field(inner, "path").map(text_of) {
        Some(path) => {
            Ok(Origin::Path(steps(&path).ok_or_else(|| format!("has no path `{path}`"))?))
        }
        None => Ok(Origin::Absent),
    }
}

/// A field whatever the case of its name.
fn field<'d>(value: &'d Dynamic, name: &str) -> Option<&'d Dynamic> {
    let Dynamic::Bag(entries) = value else { return None };
    entries.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn text_of(value: &Dynamic) -> String {
    kql_semantics::dynamic::to_string(&value.to_text()).into_owned()
}

fn steps(path: &str) -> Option<Path> {
    let mut rest = path.trim().strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix("['") {
            let (key, behind) = quoted.split_once("']")?;
            steps.push(Step::Key(key.to_owned()));
            rest = behind;
        } else if let Some(number) = rest.strip_prefix('[') {
            let (number, behind) = number.split_once(']')?;
            steps.push(Step::Element(number.parse().ok()?));
            rest = behind;
        } else {
            let key = rest.strip_prefix('.')?;
            let end = key.find(['.', '[']).unwrap_or(key.len());
            let (key, behind) = key.split_at_checked(end)?;
            // `..` and `*` choose several.
            if key.is_empty() || key.contains('*') {
                return None;
            }
            steps.push(Step::Key(key.to_owned()));
            rest = behind;
        }
    }
    Some(Path(steps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_into_values() {
        let value = Dynamic::parse(r#"{"a":{"b c":[1,{"d":2}]}}"#).unwrap();
        let at = |path: &str| steps(path).unwrap().of(&value).map(Dynamic::to_text);
        assert_eq!(at("$.a['b c'][1].d").as_deref(), Some("2"));
        assert_eq!(at("$").as_deref(), Some(r#"{"a":{"b c":[1,{"d":2}]}}"#));
        assert_eq!(at("$.a.x"), None);
        for wrong in ["a", "$..a", "$.*", "$[x]", "$['a"] {
            assert_eq!(steps(wrong), None, "{wrong}");
        }
    }
}
