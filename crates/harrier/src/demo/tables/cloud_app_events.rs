//! `CloudAppEvents`: what is done in cloud applications.

use fastrand::Rng;
use serde_json::json;

use super::{one_of, share_of_day, working_moment};
use crate::demo::event::{Event, Table};
use crate::demo::world::{Person, Principal, World, guid, hex};

/// Something that somebody did in an application, from home.
pub(crate) fn activity(
    rng: &mut Rng,
    person: &Person,
    time: i64,
    (application, action): (&str, &str),
) -> Event {
    Event::new(Table::CloudAppEvents, time)
        .with("ActionType", action)
        .with("ActivityType", "Basic")
        .with("Application", application)
        .with("ApplicationId", if application == "Office 365" { 11161 } else { 20892 })
        .with("AccountDisplayName", person.display.as_str())
        .with("AccountId", person.id.as_str())
        .with("AccountObjectId", person.id.as_str())
        .with("AccountType", "Regular")
        .with("IsAdminOperation", false)
        .with("IsAnonymousProxy", false)
        .with("IsExternalUser", false)
        .with("IPAddress", person.address.as_str())
        .with("IPTags", json!([]))
        .with("City", person.home.city)
        .with("CountryCode", person.home.country)
        .with("DeviceType", "Desktop")
        .with("OSPlatform", "Windows 11")
        .with("UserAgent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)")
        .with("RawEventData", json!({ "Operation": action, "UserId": person.upn, "RecordType": 6, "Workload": application }))
        .with("ReportId", hex(rng, 32))
}

/// A credential that somebody adds to a service principal; `action` is the operation as the log spells it.
pub(crate) fn credential(
    rng: &mut Rng,
    by: &Person,
    principal: &Principal,
    time: i64,
    action: &str,
) -> Event {
    activity(rng, by, time, ("Office 365", action)).with("IsAdminOperation", true).with(
        "RawEventData",
        json!({
            "Operation": action,
            "UserId": by.upn,
            "Workload": "AzureActiveDirectory",
            "ResultStatus": "Success",
            "Target": [
                { "ID": format!("ServicePrincipal_{}", principal.id), "Type": 2 },
                { "ID": principal.id, "Type": 2 },
                { "ID": "ServicePrincipal", "Type": 2 },
                { "ID": principal.name, "Type": 1 },
                { "ID": principal.app_id, "Type": 4 },
            ],
            "ModifiedProperties": [{ "Name": "KeyDescription", "NewValue": "[KeyIdentifier=…,KeyType=Password]", "OldValue": "[]" }],
        }),
    )
}

/// A permission that an application is given.
pub(crate) fn permission(
    rng: &mut Rng,
    by: &Person,
    time: i64,
    application: &str,
    permission: &str,
) -> Event {
    let action = "Add app role assignment to service principal.";
    activity(rng, by, time, ("Office 365", action)).with("IsAdminOperation", true).with(
        "RawEventData",
        json!({
            "Operation": action,
            "UserId": by.upn,
            "ModifiedProperties": [
                { "Name": "AppRole.Id", "NewValue": guid(rng), "OldValue": "" },
                { "Name": "AppRole.Value", "NewValue": permission, "OldValue": "" },
                { "Name": "ServicePrincipal.DisplayName", "NewValue": application, "OldValue": "" },
            ],
        }),
    )
}

/// The operation whose name is written with an en dash and ends in a space.
pub(crate) const CERTIFICATES_AND_SECRETS: &str =
    "Update application \u{2013} Certificates and secrets management ";
/// The operation that is spelt as one expects.
pub(crate) const SERVICE_PRINCIPAL_CREDENTIALS: &str = "Add service principal credentials.";

pub(super) fn ordinary_day(world: &World, rng: &mut Rng, day: i64, events: &mut Vec<Event>) {
    for _ in 0..share_of_day(day, 380) {
        let person = world.person(rng.usize(..world.people.len()));
        let time = working_moment(rng, day);
        let what = match rng.u32(..8) {
            0 => ("Microsoft Exchange Online", "MailItemsAccessed"),
            1 => ("Microsoft Teams", "MessageSent"),
            2 => ("Microsoft OneDrive for Business", "FileModified"),
            3 => ("Microsoft SharePoint Online", "FileDownloaded"),
            4 => ("Office 365", "Update user."),
            _ => ("Microsoft SharePoint Online", "FileAccessed"),
        };
        events.push(activity(rng, person, time, what));
    }
    // Secrets are renewed, and the principals go on signing in from home. The first ten principals are for the attacks.
    for _ in 0..2 {
        let by = world.person(rng.usize(..10));
        let action = one_of(rng, &[CERTIFICATES_AND_SECRETS, SERVICE_PRINCIPAL_CREDENTIALS]);
        let at_home =
            world.principals.iter().skip(10).filter(|one| one.home.country == by.home.country);
        let at_home: Vec<_> = at_home.collect();
        let principal = at_home[rng.usize(..at_home.len())];
        let time = working_moment(rng, day);
        events.push(credential(rng, by, principal, time, action));
    }
    let by = world.person(rng.usize(..10));
    let time = working_moment(rng, day);
    events.push(permission(rng, by, time, "connector-05", "User.Read.All"));
}
