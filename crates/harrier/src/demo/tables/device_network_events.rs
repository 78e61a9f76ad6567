//! `DeviceNetworkEvents`: programs talk.

use fastrand::Rng;

use super::{one_of, share_of_day, working_moment};
use crate::demo::event::{Event, Table};
use crate::demo::world::{Device, Person, Program, UPDATER, World};

/// A connection that a program makes to a public address.
pub(crate) fn connection(
    rng: &mut Rng,
    (device, person): (&Device, &Person),
    program: &Program,
    time: i64,
    (address, name): (&str, &str),
) -> Event {
    Event::new(Table::DeviceNetworkEvents, time)
        .with("ActionType", "ConnectionSuccess")
        .with("DeviceId", device.id.as_str())
        .with("DeviceName", device.name.as_str())
        .with("LocalIP", device.address.as_str())
        .with("LocalPort", rng.i64(49_152..65_535))
        .with("Protocol", "Tcp")
        .with("RemoteIP", address)
        .with("RemoteIPType", "Public")
        .with("RemotePort", 443)
        .with("RemoteUrl", name)
        .with("InitiatingProcessFileName", program.name)
        .with("InitiatingProcessFolderPath", format!("{}\\{}", program.folder, program.name))
        .with("InitiatingProcessSHA256", program.sha256.as_str())
        .with("InitiatingProcessAccountName", person.account.as_str())
        .with("InitiatingProcessId", rng.i64(1_000..60_000))
        .with("ReportId", rng.i64(1..9_000_000))
}

pub(super) fn ordinary_day(world: &World, rng: &mut Rng, day: i64, events: &mut Vec<Event>) {
    for person in &world.people {
        let device = world.device_of(person);
        for _ in 0..share_of_day(day, 7) {
            let program = world.program([1, 2, 3, 4, 11, 17, UPDATER][rng.usize(..7)]);
            let name = one_of(
                rng,
                &[
                    "login.sso.test",
                    "mail.larkspur.example",
                    "cdn.videos.test",
                    "files.larkspur.example",
                ],
            );
            let address = format!("192.0.2.{}", 1 + rng.u32(..60));
            let time = working_moment(rng, day);
            events.push(connection(rng, (device, person), program, time, (&address, name)));
        }
    }
}
