//! `SecurityEvent`: Windows' security log.

use fastrand::Rng;

use super::{any_moment, one_of, share_of_day, working_moment};
use crate::demo::event::{Event, Table};
use crate::demo::world::{Device, Person, World};

/// An event of Windows about a person on a computer.
pub(crate) fn event(
    computer: &Device,
    person: &Person,
    time: i64,
    id: i64,
    activity: &str,
) -> Event {
    Event::new(Table::SecurityEvent, time)
        .with("Computer", computer.name.as_str())
        .with("EventID", id)
        .with("Activity", format!("{id} - {activity}"))
        .with("Channel", "Security")
        .with("EventSourceName", "Microsoft-Windows-Security-Auditing")
        .with("Account", format!("LARKSPUR\\{}", person.account))
        .with("AccountType", "User")
        .with("Type", "SecurityEvent")
}

/// A logon, or the failure of one, from an address.
pub(crate) fn logon(
    computer: &Device,
    person: &Person,
    time: i64,
    kind: i64,
    address: &str,
) -> Event {
    event(computer, person, time, 4624, "An account was successfully logged on.")
        .with("TargetAccount", format!("LARKSPUR\\{}", person.account))
        .with("TargetUserName", person.account.as_str())
        .with("TargetDomainName", "LARKSPUR")
        .with("LogonType", kind)
        .with("LogonProcessName", if kind == 10 { "User32" } else { "NtLmSsp" })
        .with("IpAddress", address)
}

/// A failed logon.
pub(crate) fn failed_logon(computer: &Device, person: &Person, time: i64, address: &str) -> Event {
    logon(computer, person, time, 3, address)
        .with("EventID", 4625)
        .with("Activity", "4625 - An account failed to log on.")
        .with("Status", "0xc000006d")
        .with("SubStatus", "0xc000006a")
}

/// A Kerberos ticket for a service, encrypted in some way.
pub(crate) fn ticket(
    controller: &Device,
    person: &Person,
    time: i64,
    service: &str,
    encryption: &str,
) -> Event {
    let address = format!("::ffff:10.20.{}.{}", person.number % 5, 10 + person.number);
    let data = format!(
        "<EventData xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><Data Name=\"TargetUserName\">{0}@LARKSPUR.EXAMPLE</Data><Data Name=\"TargetDomainName\">LARKSPUR.EXAMPLE</Data><Data Name=\"ServiceName\">{service}</Data><Data Name=\"TicketOptions\">0x40810000</Data><Data Name=\"TicketEncryptionType\">{encryption}</Data><Data Name=\"IpAddress\">{address}</Data><Data Name=\"IpPort\">49712</Data></EventData>",
        person.account
    );
    event(controller, person, time, 4769, "A Kerberos service ticket was requested.")
        .with("TargetAccount", format!("LARKSPUR.EXAMPLE\\{}", person.account))
        .with("EventData", data)
}

/// A service that was installed.
pub(crate) fn service(
    computer: &Device,
    person: &Person,
    time: i64,
    name: &str,
    file: &str,
) -> Event {
    event(computer, person, time, 4697, "A service was installed in the system.")
        .with("ServiceName", name)
        .with("ServiceFileName", file)
}

pub(super) fn ordinary_day(world: &World, rng: &mut Rng, day: i64, events: &mut Vec<Event>) {
    for person in &world.people {
        let device = world.device_of(person);
        for _ in 0..share_of_day(day, 5) {
            let time = working_moment(rng, day);
            let server = world.server(rng.usize(..4));
            events.push(match rng.u32(..6) {
                0 => logon(device, person, time, 2, "127.0.0.1"),
                1 | 2 => logon(server, person, time, 3, &device.address),
                3 => ticket(
                    world.server(0),
                    person,
                    time,
                    &format!("SRV-AMS-{:02}$", rng.u32(..16)),
                    "0x12",
                ),
                4 => event(device, person, time, 4634, "An account was logged off."),
                _ => event(device, person, time, 4688, "A new process has been created.")
                    .with("NewProcessName", r"C:\Windows\System32\svchost.exe")
                    .with("CommandLine", "svchost.exe -k netsvcs"),
            });
            if rng.u32(..30) == 0 {
                events.push(failed_logon(server, person, time + 50_000_000, &device.address));
            }
        }
    }
    for _ in 0..6 {
        let administrator = world.person(rng.usize(..10));
        let server = world.server(rng.usize(..16));
        let time = any_moment(rng, day);
        events.push(logon(
            server,
            administrator,
            time,
            10,
            &world.device_of(administrator).address,
        ));
        let file = one_of(
            rng,
            &[r"C:\Program Files\Backup\agent.exe", r"C:\Windows\System32\drivers\vmmouse.sys"],
        );
        events.push(service(server, administrator, time + 600_000_000, "Backup agent", file));
    }
}
