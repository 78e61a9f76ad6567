//! Who and what a row names.

use harrier_rules::EntityMapping;

/// Columns that are entities by custom, where a rule maps none: `AccountCustomEntity` and the usual names of logs.
const WELL_KNOWN: [(&str, &str, &str); 32] = [
    ("AccountCustomEntity", "Account", "FullName"),
    ("HostCustomEntity", "Host", "FullName"),
    ("IPCustomEntity", "IP", "Address"),
    ("URLCustomEntity", "URL", "Url"),
    ("FileHashCustomEntity", "FileHash", "Value"),
    ("ProcessCustomEntity", "Process", "ProcessId"),
    ("UserPrincipalName", "Account", "FullName"),
    ("AccountUpn", "Account", "FullName"),
    ("AccountObjectId", "Account", "AadUserId"),
    ("AccountName", "Account", "Name"),
    ("InitiatingProcessAccountUpn", "Account", "FullName"),
    ("Account", "Account", "FullName"),
    ("TargetAccount", "Account", "FullName"),
    ("SubjectUserName", "Account", "Name"),
    ("TargetUserName", "Account", "Name"),
    ("UserId", "Account", "FullName"),
    ("ServicePrincipalName", "Account", "Name"),
    ("ServicePrincipalId", "Account", "ObjectGuid"),
    ("Computer", "Host", "FullName"),
    ("DeviceName", "Host", "FullName"),
    ("HostName", "Host", "HostName"),
    ("IPAddress", "IP", "Address"),
    ("IpAddress", "IP", "Address"),
    ("ClientIP", "IP", "Address"),
    ("CallerIpAddress", "IP", "Address"),
    ("SourceIP", "IP", "Address"),
    ("DestinationIP", "IP", "Address"),
    ("RemoteIP", "IP", "Address"),
    ("RemoteUrl", "URL", "Url"),
    ("RequestURL", "URL", "Url"),
    ("SHA256", "FileHash", "Value"),
    ("SHA1", "FileHash", "Value"),
];

/// A column that names an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EntityColumn {
    /// `Account`, `Host`, ...
    pub(super) kind: String,
    /// `FullName`, `Address`, ...
    pub(super) identifier: String,
    /// Which column of the result.
    pub(super) column: String,
}

/// The columns of a rule's result that name entities: those that it maps, else those that do by custom.
pub(super) fn columns(mappings: &[EntityMapping]) -> Vec<EntityColumn> {
    let mapped: Vec<EntityColumn> = mappings
        .iter()
        .flat_map(|mapping| {
            mapping.fields.iter().map(|(identifier, column)| EntityColumn {
                kind: mapping.entity_type.clone(),
                identifier: identifier.clone(),
                column: column.clone(),
            })
        })
        .collect();
    if !mapped.is_empty() {
        return mapped;
    }
    let known = WELL_KNOWN.iter().map(|(column, kind, identifier)| EntityColumn {
        kind: (*kind).to_owned(),
        identifier: (*identifier).to_owned(),
        column: (*column).to_owned(),
    });
    known.collect()
}
