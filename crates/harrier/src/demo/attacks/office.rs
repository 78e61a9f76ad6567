//! Attacks on mail and files.

use fastrand::Rng;
use kql_semantics::time::TICKS_PER_SECOND;

use super::{Attack, Planted};
use crate::demo::event::{Event, at};
use crate::demo::tables::office_activity::{file, mailbox};
use crate::demo::world::{World, attacker};

pub(super) const ATTACKS: [Attack; 4] = [inbox_rule, forwarding, mass_download, sharing];

fn inbox_rule(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let rules: [(usize, &[(&str, &str)]); 4] = [
        (
            41,
            &[
                ("Name", "."),
                ("SubjectOrBodyContainsWords", "invoice;payment;wire"),
                ("MoveToFolder", "RSS Feeds"),
                ("MarkAsRead", "True"),
            ],
        ),
        (
            42,
            &[("Name", ".."), ("SubjectContainsWords", "hacked;phish"), ("DeleteMessage", "True")],
        ),
        // Decoys: invoices to a folder of their own, and lunch to the bin.
        (
            84,
            &[
                ("Name", "Invoices"),
                ("SubjectContainsWords", "invoice"),
                ("MoveToFolder", "Invoices 2026"),
            ],
        ),
        (
            85,
            &[("Name", "Lunch"), ("SubjectContainsWords", "lunch menu"), ("DeleteMessage", "True")],
        ),
    ];
    for (person, parameters) in rules {
        let event = mailbox(
            rng,
            world.person(person),
            at(6, 4, 2, person as i64 % 60),
            "New-InboxRule",
            parameters,
        );
        events.push(event.with("ClientIP", attacker(person)));
    }
    let attacked = [41, 42].map(|number| world.person(number).upn.clone());
    Planted::new("office/inbox-rule-that-hides-mail", "UserId", attacked)
}

fn forwarding(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    for (person, to) in [(54, "smtp:m.drop81@mailbox.test"), (86, "collect@example.test")] {
        let person = world.person(person);
        let parameters = [
            ("Identity", person.account.as_str()),
            ("ForwardingSmtpAddress", to),
            ("DeliverToMailboxAndForward", "True"),
        ];
        events.push(mailbox(rng, person, at(8, 4, 12, 0), "Set-Mailbox", &parameters));
    }
    let attacked = [54, 86].map(|number| world.person(number).upn.clone());
    Planted::new("office/mailbox-forwarded-outside", "Mailbox", attacked)
}

fn mass_download(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    // The second is a decoy: one file short.
    for (person, files) in [(87, 134), (88, 99)] {
        for number in 0..files {
            let time = at(10, 4, 3, 0) + number * 19 * TICKS_PER_SECOND;
            let name = format!("contract-{number:03}.pdf");
            let event = file(rng, world.person(person), time, "FileDownloaded", &name);
            events.push(
                event
                    .with(
                        "OfficeObjectId",
                        format!("https://larkspur.sharepoint.example/sites/legal/Contracts/{name}"),
                    )
                    .with("Site_Url", "https://larkspur.sharepoint.example/sites/legal/"),
            );
        }
    }
    Planted::new("office/mass-download", "UserId", [world.person(87).upn.clone()])
}

fn sharing(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let mut share = |person: usize, day, links| {
        for number in 0..links {
            let time = at(day, 15, number, 20);
            let name = format!("roadmap-{number}.pptx");
            events.push(file(rng, world.person(person), time, "AnonymousLinkCreated", &name));
        }
    };
    share(57, 4, 1);
    share(57, 10, 9);
    // Decoys: four links, and six of somebody whose habit is two a day.
    share(58, 10, 4);
    for day in [0, 1, 2, 3, 4, 7, 8, 9] {
        share(59, day, 2);
    }
    share(59, 10, 6);
    Planted::new("office/sharing-above-own-habit", "UserId", [world.person(57).upn.clone()])
}
