//! Which result columns a rule names outside its query, with the places where it names them.

use kql_syntax::Span;

use crate::lint::BoundRule;
use crate::yaml::{Node, NodeKind};

/// One entity that a rule maps.
#[derive(Debug)]
pub(crate) struct Mapping<'a> {
    /// `Account`
    pub(crate) entity: &'a str,
    pub(crate) entity_span: Span,
    pub(crate) fields: Vec<Field<'a>>,
}

/// One identifier of an entity.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    /// `FullName`
    pub(crate) identifier: &'a str,
    pub(crate) column: &'a str,
    pub(crate) column_span: Span,
}

/// The entities that a rule maps.
pub(crate) fn mappings<'a>(rule: &BoundRule<'a>) -> Vec<Mapping<'a>> {
    let mapping = |node: &'a Node| {
        let entity = node.get("entityType")?.items().first()?;
        let fields = node.get("fieldMappings").map(Node::items).unwrap_or(&[]);
        let field = |node: &'a Node| {
            let (identifier, column) = (node.get("identifier")?, node.get("columnName")?);
            Some(Field {
                identifier: identifier.text()?.trim(),
                column: column.text()?.trim(),
                column_span: column.span,
            })
        };
        Some(Mapping {
            entity: entity.text()?.trim(),
            entity_span: entity.span,
            fields: fields.iter().filter_map(field).collect(),
        })
    };
    rule.field("entityMappings")
        .map(Node::items)
        .unwrap_or(&[])
        .iter()
        .filter_map(mapping)
        .collect()
}

/// A column that a custom detail, a placeholder or an override names: what names it, the column, where.
pub(crate) fn named_columns<'a>(rule: &BoundRule<'a>) -> Vec<(String, &'a str, Span)> {
    let mut columns = Vec::new();
    if let Some(Node { kind: NodeKind::Mapping(entries), .. }) = rule.field("customDetails") {
        for (key, value) in entries {
            if let (Some(key), Some(column)) = (key.text(), value.text()) {
                columns.push((format!("the custom detail `{key}`"), column.trim(), value.span));
            }
        }
    }
    let Some(overrides) = rule.field("alertDetailsOverride") else { return columns };
    for field in ["alertSeverityColumnName", "alertTacticsColumnName"] {
        if let Some(node) = overrides.get(field)
            && let Some(column) = node.text()
        {
            columns.push((format!("`{field}`"), column.trim(), node.span));
        }
    }
    for field in ["alertDisplayNameFormat", "alertDescriptionFormat"] {
        let Some(node) = overrides.get(field) else { continue };
        for column in placeholders(node.text().unwrap_or("")) {
            columns.push((format!("a placeholder of `{field}`"), column, node.span));
        }
    }
    let dynamic = overrides.get("alertDynamicProperties").map(Node::items).unwrap_or(&[]);
    for node in dynamic {
        if let Some(value) = node.get("value")
            && let Some(column) = value.text()
        {
            columns.push((String::from("a dynamic property"), column.trim(), value.span));
        }
    }
    columns
}

/// The columns in `{{ }}`.
fn placeholders(text: &str) -> Vec<&str> {
    text.split("{{").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0.trim())).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn placeholders_are_trimmed() {
        assert_eq!(super::placeholders("a {{ X }} b {{Y}} {{z"), ["X", "Y"]);
    }
}
