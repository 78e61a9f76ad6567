//! `DeviceProcessEvents`: programs start.

use fastrand::Rng;

use super::{share_of_day, working_moment};
use crate::demo::event::{Event, Table};
use crate::demo::world::{Device, Person, Program, World};

/// A program that somebody starts on a computer.
pub(crate) fn process(
    rng: &mut Rng,
    device: &Device,
    person: &Person,
    program: &Program,
    time: i64,
) -> Event {
    let line = format!("\"{}\\{}\" {}", program.folder, program.name, program.arguments);
    Event::new(Table::DeviceProcessEvents, time)
        .with("ActionType", "ProcessCreated")
        .with("DeviceId", device.id.as_str())
        .with("DeviceName", device.name.as_str())
        .with("AccountDomain", "larkspur")
        .with("AccountName", person.account.as_str())
        .with("AccountUpn", person.upn.as_str())
        .with("AccountSid", person.sid.as_str())
        .with("FileName", program.name)
        .with("FolderPath", format!("{}\\{}", program.folder, program.name))
        .with("ProcessCommandLine", line.trim_end())
        .with("ProcessId", rng.i64(1_000..60_000))
        .with("SHA256", program.sha256.as_str())
        .with("InitiatingProcessFileName", "explorer.exe")
        .with("InitiatingProcessCommandLine", "C:\\Windows\\Explorer.EXE")
        .with("InitiatingProcessId", rng.i64(60_001..90_000))
        .with("InitiatingProcessAccountName", person.account.as_str())
        .with("ProcessIntegrityLevel", "Medium")
        .with("ReportId", rng.i64(1..9_000_000))
}

pub(super) fn ordinary_day(world: &World, rng: &mut Rng, day: i64, events: &mut Vec<Event>) {
    for person in &world.people {
        let device = world.device_of(person);
        for _ in 0..share_of_day(day, 10) {
            let program = world.program(rng.usize(..world.programs.len()));
            let time = working_moment(rng, day);
            events.push(process(rng, device, person, program, time));
        }
    }
    // Every program runs somewhere every day, so that none is ever new.
    for program in &world.programs {
        let person = world.person(rng.usize(..world.people.len()));
        let time = working_moment(rng, day);
        events.push(process(rng, world.device_of(person), person, program, time));
    }
}
