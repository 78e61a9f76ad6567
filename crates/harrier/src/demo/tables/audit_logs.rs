//! `AuditLogs`: the directory is changed.

use fastrand::Rng;
use serde_json::{Value as Json, json};

use super::{one_of, share_of_day, working_moment};
use crate::demo::event::{Event, Table};
use crate::demo::world::{Person, World, guid};

/// Something that somebody did to `targets`.
pub(crate) fn audit(
    rng: &mut Rng,
    by: &Person,
    time: i64,
    (category, operation): (&str, &str),
    targets: Json,
) -> Event {
    Event::new(Table::AuditLogs, time)
        .with("OperationName", operation)
        .with("ActivityDisplayName", operation)
        .with("Category", category)
        .with("Result", "success")
        .with("ResultReason", "")
        .with("LoggedByService", "Core Directory")
        .with("Identity", by.display.as_str())
        .with(
            "InitiatedBy",
            json!({ "user": {
                "id": by.id,
                "displayName": by.display,
                "userPrincipalName": by.upn,
                "ipAddress": by.address,
                "roles": [],
            }}),
        )
        .with("TargetResources", targets)
        .with("AdditionalDetails", json!([{ "key": "User-Agent", "value": "Mozilla/5.0" }]))
        .with("CorrelationId", guid(rng))
        .with("Type", "AuditLogs")
}

/// A user as the target of an operation, with what changed: name, old and new value.
pub(crate) fn user_target(upn: &str, id: &str, changes: &[(&str, &str, &str)]) -> Json {
    json!({ "id": id, "type": "User", "userPrincipalName": upn, "modifiedProperties": changed(changes) })
}

/// Something that is no user as the target of an operation.
pub(crate) fn target(kind: &str, name: &str, changes: &[(&str, &str, &str)]) -> Json {
    json!({ "id": "", "type": kind, "displayName": name, "modifiedProperties": changed(changes) })
}

fn changed(changes: &[(&str, &str, &str)]) -> Json {
    let changes = changes.iter();
    changes
        .map(|(name, old, new)| json!({ "displayName": name, "oldValue": old, "newValue": new }))
        .collect()
}

/// The role that somebody gets, as the audit log writes it.
pub(crate) fn role_grant(rng: &mut Rng, by: &Person, to: &Person, time: i64, role: &str) -> Event {
    let quoted = format!("\"{role}\"");
    let id = format!("\"{}\"", guid(rng));
    let changes = [("Role.ObjectID", "", id.as_str()), ("Role.DisplayName", "", quoted.as_str())];
    let targets = json!([user_target(&to.upn, &to.id, &changes), target("Role", role, &[])]);
    audit(rng, by, time, ("RoleManagement", "Add member to role"), targets)
}

pub(super) fn ordinary_day(world: &World, rng: &mut Rng, day: i64, events: &mut Vec<Event>) {
    for _ in 0..share_of_day(day, 60) {
        // The first ten are the help desk.
        let by = world.person(rng.usize(..10));
        let whom = world.person(rng.usize(10..world.people.len()));
        let time = working_moment(rng, day);
        let user = |changes: &[_]| json!([user_target(&whom.upn, &whom.id, changes)]);
        let event = match rng.u32(..10) {
            0 => {
                let role = one_of(
                    rng,
                    &["Reports Reader", "Helpdesk Administrator", "Teams Administrator"],
                );
                role_grant(rng, by, whom, time, role)
            }
            1..=3 => {
                let group =
                    one_of(rng, &["All staff", "VPN users", "Engineering", "Finance readers"]);
                let targets =
                    json!([user_target(&whom.upn, &whom.id, &[]), target("Group", group, &[])]);
                audit(rng, by, time, ("GroupManagement", "Add member to group"), targets)
            }
            4 | 5 => audit(rng, by, time, ("UserManagement", "Reset user password"), user(&[])),
            6 => {
                let permissions = "[] => [[Id: x, ClientId: y, PrincipalId: z, ResourceId: w, ConsentType: Principal, Scope: User.Read openid profile, CreatedDateTime: ]];";
                let change = [("ConsentAction.Permissions", "\"\"", permissions)];
                let targets = json!([target("ServicePrincipal", "Trello", &change)]);
                audit(rng, whom, time, ("ApplicationManagement", "Consent to application"), targets)
            }
            _ => {
                let change = [("JobTitle", "[\"Analyst\"]", "[\"Senior Analyst\"]")];
                audit(rng, by, time, ("UserManagement", "Update user"), user(&change))
            }
        };
        events.push(event);
    }
}
