//! Attacks that Windows' security log shows.

use fastrand::Rng;
use kql_semantics::time::{TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND};

use super::{Attack, Planted};
use crate::demo::event::{Event, at};
use crate::demo::tables::security_event::{event, failed_logon, logon, service, ticket};
use crate::demo::world::{World, attacker};

pub(super) const ATTACKS: [Attack; 6] =
    [remote_desktop, kerberoasting, log_cleared, new_service, short_lived_account, fan_out];

fn remote_desktop(world: &World, _: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let server = world.server(9);
    // Who, how many failures, and whether a logon follows; the last two are decoys.
    for (number, failures, succeeds) in [(7, 41, true), (8, 29, true), (9, 36, false)] {
        let person = world.person(number);
        let address = attacker(100 + number);
        let from = at(9, 1, 11 + 20 * (number as i64 - 7), 0);
        for place in 0..failures {
            events.push(failed_logon(
                server,
                person,
                from + place * 9 * TICKS_PER_SECOND,
                &address,
            ));
        }
        if succeeds {
            events.push(logon(server, person, from + 12 * TICKS_PER_MINUTE, 10, &address));
        }
    }
    Planted::new(
        "windows/guessed-remote-desktop-password",
        "TargetUserName",
        [world.person(7).account.clone()],
    )
}

fn kerberoasting(world: &World, _: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let controller = world.server(0);
    // Who, for how many services, and how encrypted; the last two are decoys.
    for (number, services, encryption) in [(106, 11, "0x17"), (107, 7, "0x17"), (108, 14, "0x12")] {
        for place in 0..services {
            let time = at(9, 3, 10, 0) + place * 41 * TICKS_PER_SECOND;
            events.push(ticket(
                controller,
                world.person(number),
                time,
                &format!("svc-app{place:02}"),
                encryption,
            ));
        }
    }
    let attacked = format!("LARKSPUR.EXAMPLE\\{}", world.person(106).account);
    Planted::new("windows/kerberoasting", "TargetAccount", [attacked])
}

fn log_cleared(world: &World, _: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let person = world.person(7);
    let cleared =
        event(world.server(9), person, at(9, 2, 14, 0), 1102, "The audit log was cleared.");
    // Decoy: another source that uses the same number.
    let other = event(
        world.server(5),
        person,
        at(9, 12, 14, 0),
        1102,
        "The Federation Service is started.",
    );
    events.push(cleared.with("EventSourceName", "Microsoft-Windows-Eventlog"));
    events.push(other.with("EventSourceName", "AD FS Auditing"));
    Planted::new("windows/event-log-cleared", "Computer", [world.server(9).name.clone()])
}

fn new_service(world: &World, _: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let person = world.person(7);
    let services = [
        (9, "WinSyncHelper", r"C:\Users\Public\Libraries\syncsvc.exe -s"),
        (10, "XblUpdate", r"cmd.exe /c powershell -nop -f C:\Windows\Tasks\u.ps1"),
        // Decoys: the vendor's own folder, and a word inside another.
        (11, "WinDefend", r"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18\MsMpEng.exe"),
        (12, "SuperUsers", r"C:\Program Files\SuperUsers\agent.exe"),
    ];
    for (server, name, file) in services {
        events.push(service(world.server(server), person, at(9, 2, 3, server as i64), name, file));
    }
    Planted::new(
        "windows/service-from-user-folder",
        "ServiceName",
        ["WinSyncHelper", "XblUpdate"].map(String::from),
    )
}

fn short_lived_account(world: &World, _: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let by = world.person(7);
    // The second is a decoy: it lives three days.
    for (number, name, lives) in
        [(1, "helpdesk2", 5 * TICKS_PER_HOUR), (2, "intern.temp", 3 * TICKS_PER_DAY)]
    {
        let made = at(9, 2, 30, number);
        for (id, time, what) in [
            (4720, made, "A user account was created."),
            (4726, made + lives, "A user account was deleted."),
        ] {
            let event = event(world.server(0), by, time, id, what)
                .with("TargetAccount", format!("LARKSPUR\\{name}"))
                .with(
                    "TargetSid",
                    format!("S-1-5-21-1004336348-1177238915-682003330-99{number:02}"),
                )
                .with("SubjectAccount", format!("LARKSPUR\\{}", by.account));
            events.push(event);
        }
    }
    Planted::new(
        "windows/account-for-a-day",
        "TargetAccount",
        [String::from("LARKSPUR\\helpdesk2")],
    )
}

fn fan_out(world: &World, _: &mut Rng, events: &mut Vec<Event>) -> Planted {
    // Who, to how many computers; the second is a decoy, and so is the scanner.
    for (number, computers) in [(106, 14), (109, 11)] {
        let person = world.person(number);
        let address = &world.device_of(person).address;
        for place in 0..computers {
            let time = at(9, 4, 16, 0) + place as i64 * 31 * TICKS_PER_SECOND;
            events.push(logon(world.workstation(place + 20), person, time, 3, address));
        }
    }
    for place in 0..40 {
        let time = at(9, 4, 46, 0) + place as i64 * 10 * TICKS_PER_SECOND;
        let scan = logon(world.workstation(place), world.person(110), time, 3, "10.10.1.99");
        events.push(scan.with("TargetUserName", "svc-scan").with("Account", "LARKSPUR\\svc-scan"));
    }
    Planted::new(
        "windows/logons-to-many-computers",
        "TargetUserName",
        [world.person(106).account.clone()],
    )
}
