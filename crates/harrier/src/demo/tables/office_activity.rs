//! `OfficeActivity`: files and mail.

use fastrand::Rng;
use serde_json::{Value as Json, json};

use super::{one_of, share_of_day, working_moment};
use crate::demo::event::{Event, Table};
use crate::demo::world::{DOMAIN, Person, World, guid};

/// Something that somebody did to a file.
pub(crate) fn file(
    rng: &mut Rng,
    person: &Person,
    time: i64,
    operation: &str,
    name: &str,
) -> Event {
    let site = format!(
        "https://larkspur.sharepoint.example/sites/{}/",
        one_of(rng, &["finance", "engineering", "sales"])
    );
    Event::new(Table::OfficeActivity, time)
        .with("Operation", operation)
        .with("OfficeWorkload", "SharePoint")
        .with("RecordType", "SharePointFileOperation")
        .with("UserType", "Regular")
        .with("UserId", person.upn.as_str())
        .with("ClientIP", person.address.as_str())
        .with("OfficeObjectId", format!("{site}Shared Documents/{name}"))
        .with("Site_Url", site)
        .with("SourceFileName", name)
        .with("SourceFileExtension", name.rsplit('.').next().unwrap_or_default())
        .with("ResultStatus", "Succeeded")
        .with("OfficeId", guid(rng))
        .with("OrganizationName", "larkspur.onmicrosoft.example")
        .with("Type", "OfficeActivity")
}

/// An operation on a mailbox with its parameters.
pub(crate) fn mailbox(
    rng: &mut Rng,
    person: &Person,
    time: i64,
    operation: &str,
    parameters: &[(&str, &str)],
) -> Event {
    let parameters: Vec<Json> =
        parameters.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
    Event::new(Table::OfficeActivity, time)
        .with("Operation", operation)
        .with("OfficeWorkload", "Exchange")
        .with("RecordType", "ExchangeAdmin")
        .with("UserType", "Regular")
        .with("UserId", person.upn.as_str())
        .with("ClientIP", person.address.as_str())
        .with("OfficeObjectId", person.upn.as_str())
        .with("Parameters", Json::Array(parameters).to_string())
        .with("ResultStatus", "True")
        .with("OfficeId", guid(rng))
        .with("OrganizationName", "larkspur.onmicrosoft.example")
        .with("Type", "OfficeActivity")
}

pub(super) fn ordinary_day(world: &World, rng: &mut Rng, day: i64, events: &mut Vec<Event>) {
    for _ in 0..share_of_day(day, 420) {
        let person = world.person(rng.usize(..world.people.len()));
        let time = working_moment(rng, day);
        let operation = one_of(
            rng,
            &[
                "FileAccessed",
                "FileModified",
                "FileDownloaded",
                "FileUploaded",
                "FileSyncDownloadedFull",
            ],
        );
        let name = format!(
            "{}-{}.{}",
            one_of(rng, &["plan", "budget", "minutes", "design"]),
            rng.u32(..900),
            one_of(rng, &["docx", "xlsx", "pdf"])
        );
        events.push(file(rng, person, time, operation, &name));
    }
    for _ in 0..share_of_day(day, 5) {
        let person = world.person(rng.usize(..world.people.len()));
        let time = working_moment(rng, day);
        let sorting = [
            ("Name", "Newsletters"),
            ("SubjectContainsWords", "newsletter"),
            ("MoveToFolder", "Newsletters"),
        ];
        events.push(mailbox(rng, person, time, "New-InboxRule", &sorting));
        let colleague = format!("smtp:{}", world.person(person.number + 1).upn);
        let holiday =
            [("Identity", person.account.as_str()), ("ForwardingSmtpAddress", colleague.as_str())];
        events.push(mailbox(rng, person, time + 600_000_000, "Set-Mailbox", &holiday));
    }
    // The help desk's first shares with customers every day, many links at a time.
    let sharer = world.person(3);
    for number in 0..8 {
        let time = working_moment(rng, day);
        events.push(file(
            rng,
            sharer,
            time,
            "AnonymousLinkCreated",
            &format!("brochure-{number}.pdf"),
        ));
    }
    debug_assert!(sharer.upn.ends_with(DOMAIN));
}
