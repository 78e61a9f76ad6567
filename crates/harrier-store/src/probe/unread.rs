//! Files that are known for what they are, and not read.

use crate::json::Field;

/// Why a file is not read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It holds no events.
    NotATable(String),
    /// A layout that is known and not read yet.
    NotReadYet(String),
    /// It can not be read.
    Failed(String),
}

fn not_yet(what: &str) -> Unread {
    Unread::NotReadYet(format!("{what}: not read yet"))
}

/// By the first bytes.
pub(super) fn of_magic(bytes: &[u8]) -> Result<(), Unread> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"ElfFile\0") {
        Err(not_yet("a Windows event log (evtx)"))
    } else if starts(b"PK\x03\x04") {
        Err(not_yet(
            "a zip archive, or an Excel workbook, which is one; unpack it, or save it as CSV",
        ))
    } else if starts(b"BZh") || starts(b"\xfd7zXZ\0") || starts(b"7z\xbc\xaf\x27\x1c") {
        Err(not_yet("packed as bzip2, xz or 7z; unpack it, or pack it with gzip or zstd"))
    } else if starts(b"Obj\x01") || starts(b"ORC") || starts(b"ARROW1") {
        Err(not_yet("an Avro, ORC or Arrow file"))
    } else if bytes.iter().take(1024).any(|byte| *byte == 0) {
        Err(Unread::NotATable(String::from("bytes in no format that is read")))
    } else {
        Ok(())
    }
}

/// By the columns of a CSV file.
pub(super) fn of_heading(columns: &[Option<String>]) -> Result<(), Unread> {
    let has = |name: &str| columns.iter().flatten().any(|column| column.eq_ignore_ascii_case(name));
    if has("AuditData") && (has("Operations") || has("Operation") || has("RecordType")) {
        Err(not_yet("the unified audit log as Purview exports it (CSV with `AuditData`)"))
    } else if has("Date (UTC)")
        && has("Request ID")
        && (has("Sign-in identifier") || has("User ID") || has("Username"))
    {
        Err(not_yet("Entra sign-ins as the portal exports them"))
    } else if has("Date (UTC)") && has("Activity") && has("CorrelationId") {
        Err(not_yet("Entra audit logs as the portal exports them"))
    } else if is_camel_sign_in(&has) {
        Err(not_yet("Entra sign-ins as Graph and the portal write them (camelCase)"))
    } else {
        Ok(())
    }
}

/// By the fields of the first record.
pub(super) fn of_record(fields: &[Field], folders: &[String]) -> Result<(), Unread> {
    let value = |name: &str| {
        fields.iter().find(|field| field.key == name).map(|field| field.value.as_str())
    };
    let has = |name: &str| value(name).is_some();
    let category = value("category").unwrap_or_default().trim_matches('"');
    let is_hunting = category.starts_with("AdvancedHunting-");
    let is_object = |name: &str| value(name).is_some_and(|value| value.starts_with('{'));
    if has("@odata.context") && (has("value") || has("id")) {
        Err(not_yet("an answer of Microsoft Graph (camelCase)"))
    } else if is_object("properties")
        && has("category")
        && !is_hunting
        && (has("operationName") || has("time"))
    {
        let what =
            if category.to_ascii_lowercase().contains("signin") { "sign-ins" } else { "logs" };
        Err(not_yet(&format!("{what} of category `{category}` as diagnostic settings write them")))
    } else if folders.iter().any(|folder| is_diagnostic_folder(folder))
        && is_object("properties")
        && !is_hunting
    {
        Err(not_yet("logs as diagnostic settings write them"))
    } else if value("tables")
        .is_some_and(|tables| tables.starts_with('[') && tables.contains("\"columns\""))
    {
        Err(not_yet("an answer of the query API (tables of rows without keys)"))
    } else if is_camel_sign_in(&has) {
        Err(not_yet("Entra sign-ins as Graph and the portal write them (camelCase)"))
    } else if has("activityDateTime") && has("activityDisplayName") && has("initiatedBy") {
        Err(not_yet("Entra audit logs as Graph and the portal write them (camelCase)"))
    } else if has("CreationTime")
        && has("Workload")
        && has("RecordType")
        && has("Operation")
        && !has("TimeGenerated")
    {
        Err(not_yet("records of the unified audit log as its API gives them"))
    } else if has("AuditData") && has("RecordType") && !has("TimeGenerated") {
        Err(not_yet("the unified audit log with `AuditData`"))
    } else if has("Event")
        && is_object("Event")
        && value("Event").is_some_and(|event| event.contains("\"System\""))
    {
        Err(not_yet("Windows events turned into JSON"))
    } else {
        Ok(())
    }
}

fn is_camel_sign_in(has: &impl Fn(&str) -> bool) -> bool {
    has("createdDateTime")
        && has("userPrincipalName") | has("servicePrincipalName")
        && has("appDisplayName") | has("appId")
        && has("ipAddress")
        && !has("TimeGenerated")
}

fn is_diagnostic_folder(folder: &str) -> bool {
    let lower = folder.to_ascii_lowercase();
    lower.starts_with("insights-logs-") && !lower.starts_with("insights-logs-advancedhunting-")
}
