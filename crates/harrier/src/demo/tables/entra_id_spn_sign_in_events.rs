//! `EntraIdSpnSignInEvents`: service principals sign in.

use fastrand::Rng;

use super::any_moment;
use crate::demo::event::{Event, Table, at};
use crate::demo::world::{Place, Principal, World, guid};

/// A sign-in of a service principal.
pub(crate) fn sign_in(
    rng: &mut Rng,
    principal: &Principal,
    time: i64,
    place: &Place,
    address: &str,
) -> Event {
    Event::new(Table::EntraIdSpnSignInEvents, time)
        .with("Application", principal.name.as_str())
        .with("ApplicationId", principal.app_id.as_str())
        .with("ServicePrincipalName", principal.name.as_str())
        .with("ServicePrincipalId", principal.id.as_str())
        .with("IsManagedIdentity", false)
        .with("IsConfidentialClient", true)
        .with("ErrorCode", 0)
        .with("ResourceDisplayName", "Microsoft Graph")
        .with("IPAddress", address)
        .with("Country", place.country)
        .with("State", place.state)
        .with("City", place.city)
        .with("Latitude", place.latitude.to_string())
        .with("Longitude", place.longitude.to_string())
        .with("CorrelationId", guid(rng))
        .with("ReportId", guid(rng))
}

pub(super) fn ordinary_day(world: &World, rng: &mut Rng, day: i64, events: &mut Vec<Event>) {
    for (number, principal) in world.principals.iter().enumerate() {
        // Every principal has signed in from home before anything happens to it.
        if day == 0 {
            let minute = i64::try_from(number).unwrap_or_default();
            events.push(sign_in(
                rng,
                principal,
                at(0, 0, minute, 7),
                principal.home,
                &principal.address,
            ));
        }
        for _ in 0..14 {
            let time = any_moment(rng, day);
            events.push(sign_in(rng, principal, time, principal.home, &principal.address));
        }
    }
}
