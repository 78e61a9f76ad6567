//! Events as each table has them, and the ordinary days behind the attacks.

pub(crate) mod audit_logs;
pub(crate) mod cloud_app_events;
pub(crate) mod common_security_log;
pub(crate) mod device_network_events;
pub(crate) mod device_process_events;
pub(crate) mod entra_id_spn_sign_in_events;
pub(crate) mod office_activity;
pub(crate) mod security_event;
pub(crate) mod signin_logs;

use fastrand::Rng;

use super::event::{DAYS, Event, at};
use super::world::World;

/// Two ordinary weeks. No detection of the demo's rules may fire on them; a test holds it.
pub(crate) fn ordinary_weeks(world: &World, rng: &mut Rng) -> Vec<Event> {
    let mut events = Vec::new();
    for day in 0..DAYS {
        audit_logs::ordinary_day(world, rng, day, &mut events);
        cloud_app_events::ordinary_day(world, rng, day, &mut events);
        common_security_log::ordinary_day(world, rng, day, &mut events);
        device_network_events::ordinary_day(world, rng, day, &mut events);
        device_process_events::ordinary_day(world, rng, day, &mut events);
        entra_id_spn_sign_in_events::ordinary_day(world, rng, day, &mut events);
        office_activity::ordinary_day(world, rng, day, &mut events);
        security_event::ordinary_day(world, rng, day, &mut events);
        signin_logs::ordinary_day(world, rng, day, &mut events);
    }
    events
}

/// How much of a working day's work is done on a day, of `whole`.
pub(super) fn share_of_day(day: i64, whole: usize) -> usize {
    // The first day is a Monday.
    if day % 7 >= 5 { whole / 5 } else { whole }
}

/// A moment of a day at which people work.
pub(super) fn working_moment(rng: &mut Rng, day: i64) -> i64 {
    let second = 6 * 3600 + (rng.i64(0..13 * 3600) + rng.i64(0..13 * 3600)) / 2;
    at(day, 0, 0, second) + rng.i64(0..10_000_000)
}

/// Any moment of a day.
pub(super) fn any_moment(rng: &mut Rng, day: i64) -> i64 {
    at(day, 0, 0, rng.i64(0..86_400)) + rng.i64(0..10_000_000)
}

/// One of several.
pub(super) fn one_of<'a, T: ?Sized>(rng: &mut Rng, of: &[&'a T]) -> &'a T {
    of[rng.usize(..of.len())]
}
