//! The embedded facts about connectors, read once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use super::{DataType, KnownConnector, KnownTable, Rename};
use crate::lines::{Fields, lines};

static TEXT: &str = include_str!("../../content/connectors.txt");
static FACTS: LazyLock<Facts> = LazyLock::new(read);

#[derive(Default)]
struct Facts {
    connectors: BTreeMap<&'static str, KnownConnector>,
    /// Connectors that fill a table, those that most rules name first.
    fillers: HashMap<&'static str, Vec<&'static str>>,
    tables: BTreeMap<&'static str, KnownTable>,
    native: HashSet<&'static str>,
    renames: Vec<Rename>,
    qualifiers: Vec<(&'static str, &'static str, &'static str)>,
    slips: HashMap<&'static str, &'static str>,
}

/// All connectors, by id.
pub fn connectors() -> impl Iterator<Item = &'static KnownConnector> {
    FACTS.connectors.values()
}

/// The connector of an id.
#[must_use]
pub fn connector(id: &str) -> Option<&'static KnownConnector> {
    FACTS.connectors.get(id)
}

/// The connectors that fill a table: those in use before deprecated ones, those that most rules name first.
#[must_use]
pub fn connectors_of(table: &str) -> Vec<&'static KnownConnector> {
    FACTS.fillers.get(table).into_iter().flatten().filter_map(|id| connector(id)).collect()
}

/// What is known of a table.
#[must_use]
pub fn table(name: &str) -> Option<&'static KnownTable> {
    FACTS.tables.get(name)
}

/// Whether Defender XDR itself holds a table, so that no connector is needed there.
#[must_use]
pub fn is_native_to_defender(table: &str) -> bool {
    FACTS.native.contains(table)
}

/// All tables that were renamed, split or replaced.
#[must_use]
pub fn renames() -> &'static [Rename] {
    &FACTS.renames
}

/// What became of a table that is called otherwise today, or that others replace.
#[must_use]
pub fn rename(table: &str) -> Option<&'static Rename> {
    FACTS.renames.iter().find(|rename| rename.old == table)
}

/// What a data type means that a rule names: its table without the qualifier, slips that are known mended.
#[must_use]
pub fn data_type(written: &str) -> DataType<'_> {
    let written = written.trim();
    if let Some(table) = FACTS.slips.get(written) {
        return DataType { table, qualifier: None, product: None };
    }
    let Some((table, rest)) = written.split_once('(') else {
        return DataType { table: written, qualifier: None, product: None };
    };
    let (table, qualifier) = (table.trim(), rest.trim_end_matches(')').trim());
    let known = FACTS.qualifiers.iter().find(|(of, name, _)| *of == table && *name == qualifier);
    let product = known.map(|(_, _, meaning)| *meaning);
    DataType { table, qualifier: Some(qualifier), product }
}

fn read() -> Facts {
    let mut facts = Facts::default();
    for (kind, mut fields) in lines(TEXT) {
        match kind {
            "connector" => {
                let connector = read_connector(&mut fields);
                facts.connectors.insert(connector.id, connector);
            }
            "table" => {
                let table = read_table(&mut fields);
                facts.tables.insert(table.name, table);
            }
            "native" => facts.native.extend(fields.list()),
            "rename" => facts.renames.push(read_rename(&mut fields)),
            "qualifier" => {
                facts.qualifiers.push((fields.text(), fields.text(), fields.text()));
            }
            "slip" => {
                facts.slips.insert(fields.text(), fields.text());
            }
            _ => {}
        }
    }
    let mut by_use: Vec<&KnownConnector> = facts.connectors.values().collect();
    by_use.sort_by_key(|one| (one.is_deprecated, std::cmp::Reverse(one.rules)));
    for connector in by_use {
        for table in &connector.tables {
            facts.fillers.entry(table).or_default().push(connector.id);
        }
    }
    facts
}

fn read_connector(fields: &mut Fields) -> KnownConnector {
    KnownConnector {
        id: fields.text(),
        name: fields.text(),
        publisher: fields.opt(),
        solution: fields.opt(),
        method: fields.text(),
        rules: fields.number(),
        is_deprecated: fields.flag(),
        tables: fields.list(),
        parsers: fields.list(),
    }
}

fn read_table(fields: &mut Fields) -> KnownTable {
    KnownTable {
        name: fields.text(),
        category: fields.opt(),
        method: fields.opt(),
        can_be_basic: fields.flag(),
        rules: fields.number(),
    }
}

fn read_rename(fields: &mut Fields) -> Rename {
    Rename {
        old: fields.text(),
        new: fields.list(),
        when: fields.opt(),
        scope: fields.text(),
        columns: fields.list().into_iter().filter_map(|pair| pair.split_once('=')).collect(),
        note: fields.opt(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connectors_and_tables_know_each_other() {
        assert!(connector("MicrosoftThreatProtection").unwrap().tables.contains(&"CloudAppEvents"));
        let of_sign_ins: Vec<_> = connectors_of("SigninLogs").iter().map(|one| one.id).collect();
        assert_eq!(of_sign_ins, ["AzureActiveDirectory"]);
        let of_syslog = connectors_of("Syslog");
        assert!(of_syslog.is_sorted_by_key(|one| one.is_deprecated));
        assert!(connectors_of("NoSuchTable").is_empty());
        assert_eq!(table("SigninLogs").and_then(|one| one.category), Some("Cloud"));
        assert!(is_native_to_defender("EntraIdSpnSignInEvents"));
        assert_eq!(connectors().count(), 744);
    }

    #[test]
    fn renamed_tables_lead_on() {
        let renamed = rename("AADSignInEventsBeta").unwrap();
        assert_eq!(renamed.new, ["EntraIdSignInEvents"]);
        assert_eq!(renamed.columns, [("AadDeviceId", "EntraIdDeviceId")]);
        assert!(rename("AzureDiagnostics").unwrap().new.is_empty());
        assert_eq!(renames().len(), 22);
    }

    #[test]
    fn data_types_are_tables_with_a_qualifier() {
        let alert = data_type("SecurityAlert (MCAS)");
        assert_eq!(
            (alert.table, alert.product),
            ("SecurityAlert", Some("Microsoft Defender for Cloud Apps"))
        );
        assert_eq!(data_type("Syslog(McAfeeePO)").table, "Syslog");
        assert_eq!(data_type("CommonSecurityLog (Zscaler)").qualifier, Some("Zscaler"));
        assert_eq!(data_type(" SigninLogs ").table, "SigninLogs");
    }
}
