//! Attacks that the firewall and the proxy see.

use fastrand::Rng;
use kql_semantics::time::TICKS_PER_SECOND;

use super::{Attack, Planted};
use crate::demo::event::{Event, at};
use crate::demo::tables::common_security_log::{request, traffic, vpn};
use crate::demo::tables::device_network_events::connection;
use crate::demo::world::{World, attacker};

pub(super) const ATTACKS: [Attack; 4] = [port_scan, spike, indicators, foreign_vpn];

fn port_scan(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    // The second is a decoy: one port short.
    for (number, ports) in [(106, 64), (107, 39)] {
        for port in 0..ports {
            let time = at(9, 3, 51, 0) + port * 4 * TICKS_PER_SECOND;
            let source = &world.workstation(number).address;
            events.push(traffic(rng, time, source, ("10.10.1.19", 20 + port * 13), "deny"));
        }
    }
    Planted::new("network/port-scan", "SourceIP", [world.workstation(106).address.clone()])
}

fn spike(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    // The second is a decoy: as sudden, and smaller than anybody would mind.
    for (number, bytes) in [(111, 16_000_000), (112, 4_000_000)] {
        for place in 0..12 {
            let time = at(10, 2, 4, 0) + place * 240 * TICKS_PER_SECOND;
            let source = &world.workstation(number).address;
            let event = traffic(rng, time, source, (&attacker(111), 443), "allow");
            events.push(event.with("SentBytes", bytes + rng.i64(0..9_000)));
        }
    }
    Planted::new(
        "network/hour-far-above-the-series",
        "SourceIP",
        [world.workstation(111).address.clone()],
    )
}

fn indicators(world: &World, rng: &mut Rng, events: &mut Vec<Event>) -> Planted {
    for minute in [5, 25, 45] {
        let source = &world.workstation(113).address;
        events.push(request(
            rng,
            at(6, 10, minute, 0),
            source,
            "https://CDN-telemetry.update-check.test/p?id=7",
        ));
    }
    let person = world.person(114);
    let device = world.device_of(person);
    let to = (attacker(114), "static.invoice-portal.test");
    events.push(connection(
        rng,
        (device, person),
        world.program(1),
        at(6, 11, 2, 0),
        (&to.0, to.1),
    ));
    // Decoys: names that hold a listed one, or are held by it.
    for name in [
        "static.invoice-portal.test.larkspur.example",
        "update-check.test",
        "mystatic.invoice-portal.test",
    ] {
        let source = &world.workstation(115).address;
        events.push(request(
            rng,
            at(6, 12, 0, 0),
            source,
            &format!("https://{name}/static.invoice-portal.test"),
        ));
    }
    let names = ["cdn-telemetry.update-check.test", "static.invoice-portal.test"];
    Planted::new("network/indicator-contacted", "Name", names.map(String::from))
}

fn foreign_vpn(world: &World, _: &mut Rng, events: &mut Vec<Event>) -> Planted {
    let (first, second, refused) = (world.person(41), world.person(116), world.person(117));
    events.push(vpn(at(6, 3, 33, 0), &first.account, ("VN", &attacker(41)), "success"));
    events.push(vpn(at(10, 1, 40, 0), &second.account, ("NG", &attacker(116)), "success"));
    // Decoy: refused at the gateway.
    events.push(vpn(at(10, 1, 41, 0), &refused.account, ("NG", &attacker(117)), "failure"));
    Planted::new(
        "network/vpn-from-unusual-country",
        "User",
        [first.account.clone(), second.account.clone()],
    )
}
