//! Entities: what a rule may map, and what identifies each.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lines::lines;

static TEXT: &str = include_str!("../content/entities.txt");
static FACTS: LazyLock<Facts> = LazyLock::new(read);

/// A type of entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityType {
    /// Its name in a mapping, such as `Account`.
    pub name: &'static str,
    /// Its name in an alert, such as `account`.
    pub alert_type: &'static str,
    /// Identifiers that a mapping may name.
    pub identifiers: Vec<&'static str>,
    /// At least one of these combinations must be mapped as a whole.
    pub required: Vec<Combination>,
    /// Combinations that tell one entity from all others.
    pub strong: Vec<Combination>,
    /// Combinations that do so only together with other entities.
    pub weak: Vec<Combination>,
    /// Identifiers that stand for others (`FullName`) or are only shown.
    pub outside_schema: Vec<&'static str>,
    /// Entities that hang inside it.
    pub inner: Vec<&'static str>,
}

/// Identifiers that count together.
pub type Combination = Vec<&'static str>;

/// How well mapped identifiers tell an entity from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// What must be mapped is not.
    Incomplete,
    /// Only together with other entities.
    Weak,
    /// On their own.
    Strong,
}

/// A number that Sentinel keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Mappings of one rule.
    MappingsPerRule,
    /// Identifiers of one mapping.
    IdentifiersPerMapping,
    /// Entities of one alert.
    EntitiesPerAlert,
    /// Letters of a column's name.
    ColumnName,
}

#[derive(Default)]
struct Facts {
    types: Vec<EntityType>,
    limits: HashMap<&'static str, u32>,
    generic: Vec<&'static str>,
    legacy: Vec<(&'static str, &'static str, &'static str)>,
    spellings: HashMap<&'static str, Option<&'static str>>,
    assets: Vec<(&'static str, Vec<&'static str>)>,
    applications: HashMap<&'static str, &'static str>,
}

/// All types of entities.
#[must_use]
pub fn entity_types() -> &'static [EntityType] {
    &FACTS.types
}

/// The type of a name, exactly as a mapping must write it.
#[must_use]
pub fn entity_type(name: &str) -> Option<&'static EntityType> {
    FACTS.types.iter().find(|one| one.name == name)
}

/// The type that is meant by a name that is written otherwise (`Url`, `File hash`, `ip`).
#[must_use]
pub fn entity_type_meant(written: &str) -> Option<&'static EntityType> {
    let meant = FACTS.spellings.get(written).copied().flatten().and_then(entity_type);
    meant.or_else(|| FACTS.types.iter().find(|one| one.name.eq_ignore_ascii_case(written)))
}

/// A number that Sentinel keeps to.
#[must_use]
pub fn limit(limit: Limit) -> usize {
    let name = match limit {
        Limit::MappingsPerRule => "mappings_per_rule",
        Limit::IdentifiersPerMapping => "identifiers_per_mapping",
        Limit::EntitiesPerAlert => "entities_per_alert",
        Limit::ColumnName => "column_name_max",
    };
    FACTS.limits.get(name).map_or(usize::MAX, |number| *number as usize)
}

/// Whether an account that is mapped by this name alone is dropped (`SYSTEM`, `root`).
#[must_use]
pub fn is_generic_account(name: &str) -> bool {
    FACTS.generic.iter().any(|generic| generic.eq_ignore_ascii_case(name))
}

/// The entity that an old rule means by a result column (`IPCustomEntity`): type and identifier.
#[must_use]
pub fn legacy_column(column: &str) -> Option<(&'static str, &'static str)> {
    let found = FACTS.legacy.iter().find(|(name, _, _)| *name == column);
    found.map(|(_, entity, identifier)| (*entity, *identifier))
}

/// The asset (`device`, `user`, `mailbox`) that a custom detection of Defender XDR names by a result column.
#[must_use]
pub fn asset_of_column(column: &str) -> Option<&'static str> {
    let found = FACTS.assets.iter().find(|(_, columns)| columns.contains(&column));
    found.map(|(asset, _)| *asset)
}

/// The application of an id in Defender for Cloud Apps (`20893`: Microsoft Exchange Online).
#[must_use]
pub fn cloud_application(id: &str) -> Option<&'static str> {
    FACTS.applications.get(id).copied()
}

impl EntityType {
    /// How well some identifiers tell it from others.
    ///
    /// `FullName` counts as strong: it is split into a name and its domain when entities are compared.
    #[must_use]
    pub fn strength(&self, mapped: &[&str]) -> Strength {
        let has = |combination: &Combination| combination.iter().all(|one| mapped.contains(one));
        if self.strong.iter().any(has) || mapped.contains(&"FullName") {
            return Strength::Strong;
        }
        match self.required.iter().any(has) {
            true => Strength::Weak,
            false => Strength::Incomplete,
        }
    }
}

fn read() -> Facts {
    let mut facts = Facts::default();
    for (kind, mut fields) in lines(TEXT) {
        match kind {
            "entity" => facts.types.push(EntityType {
                name: fields.text(),
                alert_type: fields.text(),
                identifiers: fields.list(),
                required: combinations(fields.list()),
                strong: combinations(fields.list()),
                weak: combinations(fields.list()),
                outside_schema: fields.list(),
                inner: fields.list(),
            }),
            "limit" => {
                facts.limits.insert(fields.text(), fields.number());
            }
            "generic" => facts.generic.push(fields.text()),
            "legacy" => facts.legacy.push((fields.text(), fields.text(), fields.text())),
            "spelling" => {
                facts.spellings.insert(fields.text(), fields.opt());
            }
            "asset" => facts.assets.push((fields.text(), fields.list())),
            "application" => {
                facts.applications.insert(fields.text(), fields.text());
            }
            _ => {}
        }
    }
    facts
}

fn combinations(texts: Vec<&'static str>) -> Vec<Combination> {
    texts.into_iter().map(|text| text.split('+').collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_strong_together() {
        let account = entity_type("Account").unwrap();
        assert_eq!(account.strength(&["Name"]), Strength::Weak);
        assert_eq!(account.strength(&["Name", "UPNSuffix"]), Strength::Strong);
        assert_eq!(account.strength(&["FullName"]), Strength::Strong);
        assert_eq!(account.strength(&["NTDomain"]), Strength::Incomplete);
        assert_eq!(entity_type("DNS").unwrap().strength(&["DomainName"]), Strength::Weak);
        assert_eq!(entity_types().len(), 19);
    }

    #[test]
    fn names_are_mended() {
        assert_eq!(entity_type_meant("File hash").map(|one| one.name), Some("FileHash"));
        assert_eq!(entity_type_meant("ip").map(|one| one.name), Some("IP"));
        assert_eq!(entity_type_meant("NetworkConnection"), None);
        assert_eq!(legacy_column("IPCustomEntity"), Some(("IP", "Address")));
    }

    #[test]
    fn small_facts() {
        assert!(is_generic_account("System"));
        assert_eq!(limit(Limit::MappingsPerRule), 10);
        assert_eq!(limit(Limit::ColumnName), 500);
        assert_eq!(asset_of_column("AccountUpn"), Some("user"));
        assert_eq!(cloud_application("20893"), Some("Microsoft Exchange Online"));
    }
}
