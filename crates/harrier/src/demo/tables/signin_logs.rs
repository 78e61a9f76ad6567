//! `SigninLogs`: people sign in.

use fastrand::Rng;
use serde_json::json;

use super::{one_of, share_of_day, working_moment};
use crate::demo::event::{Event, Table};
use crate::demo::world::{Person, Place, World, guid};

const APPS: [&str; 7] = [
    "Office 365 Exchange Online",
    "Microsoft Teams",
    "Office 365 SharePoint Online",
    "Azure Portal",
    "OfficeHome",
    "Workday",
    "GitHub Enterprise",
];

/// A successful sign-in at a place.
pub(crate) fn sign_in(
    world: &World,
    rng: &mut Rng,
    person: &Person,
    time: i64,
    from: (&Place, &str),
) -> Event {
    let (place, address) = from;
    let device = world.device_of(person);
    Event::new(Table::SigninLogs, time)
        .with("OperationName", "Sign-in activity")
        .with("Category", "SignInLogs")
        .with("ResultType", "0")
        .with("ResultDescription", "")
        .with("UserPrincipalName", person.upn.as_str())
        .with("UserDisplayName", person.display.as_str())
        .with("UserId", person.id.as_str())
        .with("AppDisplayName", one_of(rng, &APPS))
        .with("ClientAppUsed", one_of(rng, &["Browser", "Mobile Apps and Desktop clients"]))
        .with("IPAddress", address)
        .with("Location", place.country)
        .with(
            "LocationDetails",
            json!({
                "city": place.city,
                "state": place.state,
                "countryOrRegion": place.country,
                "geoCoordinates": { "latitude": place.latitude, "longitude": place.longitude },
            }),
        )
        .with("Status", json!({ "errorCode": 0, "additionalDetails": "MFA requirement satisfied by claim in the token" }))
        .with(
            "DeviceDetail",
            json!({
                "deviceId": device.id,
                "displayName": device.name,
                "operatingSystem": one_of(rng, &["Windows11", "Windows10", "MacOs"]),
                "isCompliant": true,
                "isManaged": true,
                "trustType": "Azure AD joined",
            }),
        )
        .with("ConditionalAccessStatus", "success")
        .with("AuthenticationRequirement", "multiFactorAuthentication")
        .with("IsInteractive", true)
        .with("UserAgent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36")
        .with("CorrelationId", guid(rng))
        .with("AADTenantId", world.tenant.as_str())
        .with("Type", "SigninLogs")
}

/// The same sign-in, failed.
pub(crate) fn failed(event: Event, code: &str) -> Event {
    let reason = match code {
        "50126" => "Invalid username or password or Invalid on-premise username or password.",
        "50053" => "Account is locked because user tried to sign in too many times.",
        "500121" => "Authentication failed during strong authentication request.",
        _ => "The sign-in was interrupted.",
    };
    let number: i64 = code.parse().unwrap_or_default();
    event
        .with("ResultType", code)
        .with("ResultDescription", reason)
        .with("ConditionalAccessStatus", "notApplied")
        .with("Status", json!({ "errorCode": number, "failureReason": reason }))
}

pub(super) fn ordinary_day(world: &World, rng: &mut Rng, day: i64, events: &mut Vec<Event>) {
    for person in &world.people {
        for _ in 0..share_of_day(day, 5) {
            let time = working_moment(rng, day);
            let event = sign_in(world, rng, person, time, (person.home, &person.address));
            // At most one person in twenty mistypes, once.
            let event = match rng.u32(..40) {
                0 => failed(event, "50126"),
                1 => failed(event, "50140"),
                2 => failed(event, "500121"),
                _ => event,
            };
            events.push(event);
        }
    }
}
