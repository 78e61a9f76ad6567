//! `CommonSecurityLog`: the firewall and the proxy.

use fastrand::Rng;

use super::{any_moment, one_of, share_of_day, working_moment};
use crate::demo::event::{Event, Table};
use crate::demo::world::World;

/// A connection that the firewall saw.
pub(crate) fn traffic(
    rng: &mut Rng,
    time: i64,
    source: &str,
    (destination, port): (&str, i64),
    action: &str,
) -> Event {
    Event::new(Table::CommonSecurityLog, time)
        .with("DeviceVendor", "Palo Alto Networks")
        .with("DeviceProduct", "PAN-OS")
        .with("DeviceVersion", "11.1.4")
        .with("DeviceEventClassID", "end")
        .with("Activity", "TRAFFIC")
        .with("LogSeverity", "3")
        .with("Computer", "fw-ams-01")
        .with("DeviceAction", action)
        .with("Protocol", "tcp")
        .with("SourceIP", source)
        .with("SourcePort", rng.i64(49_152..65_535))
        .with("DestinationIP", destination)
        .with("DestinationPort", port)
        .with("SentBytes", rng.i64(2_000..90_000))
        .with("ReceivedBytes", rng.i64(5_000..900_000))
        .with("Type", "CommonSecurityLog")
}

/// A page that somebody asked the proxy for.
pub(crate) fn request(rng: &mut Rng, time: i64, source: &str, url: &str) -> Event {
    Event::new(Table::CommonSecurityLog, time)
        .with("DeviceVendor", "Blue Coat")
        .with("DeviceProduct", "ProxySG")
        .with("DeviceEventClassID", "200")
        .with("Activity", "TCP_NC_MISS")
        .with("LogSeverity", "1")
        .with("Computer", "proxy-ams-01")
        .with("DeviceAction", "allowed")
        .with("SourceIP", source)
        .with("RequestMethod", "GET")
        .with("RequestURL", url)
        .with("SentBytes", rng.i64(300..4_000))
        .with("ReceivedBytes", rng.i64(900..200_000))
        .with("Type", "CommonSecurityLog")
}

/// A step of a VPN session.
pub(crate) fn vpn(time: i64, user: &str, (country, address): (&str, &str), outcome: &str) -> Event {
    Event::new(Table::CommonSecurityLog, time)
        .with("DeviceVendor", "Palo Alto Networks")
        .with("DeviceProduct", "PAN-OS")
        .with("DeviceVersion", "11.1.4")
        .with("DeviceEventClassID", "gateway-connected")
        .with("Activity", "GLOBALPROTECT")
        .with("LogSeverity", "3")
        .with("Computer", "fw-ams-01")
        .with("SourceIP", address)
        .with("SourceUserName", user)
        .with("EventOutcome", outcome)
        .with(
            "AdditionalExtensions",
            format!("PanOSVirtualSystem=vsys1;PanOSSourceLocation={country};PanOSConnectMethod=user-logon;PanOSStage=login;PanOSGateway=gw-ams;PanOSErrorCode=0"),
        )
        .with("Type", "CommonSecurityLog")
}

pub(super) fn ordinary_day(world: &World, rng: &mut Rng, day: i64, events: &mut Vec<Event>) {
    for device in &world.workstations {
        for _ in 0..share_of_day(day, 6) {
            let time = working_moment(rng, day);
            let address = format!("192.0.2.{}", 1 + rng.u32(..60));
            let event = traffic(rng, time, &device.address, (&address, 443), "allow");
            events.push(if rng.u32(..25) == 0 {
                event.with("DeviceAction", "deny")
            } else {
                event
            });
        }
        if rng.u32(..2) == 0 {
            let page = one_of(
                rng,
                &[
                    "news.test/today",
                    "intranet.larkspur.example/",
                    "docs.rust-lang.test/std/",
                    "maps.test/route?to=airport",
                ],
            );
            let time = working_moment(rng, day);
            events.push(request(rng, time, &device.address, &format!("https://{page}")));
        }
    }
    for device in &world.servers {
        for _ in 0..6 {
            let time = any_moment(rng, day);
            events.push(traffic(rng, time, &device.address, ("192.0.2.61", 443), "allow"));
        }
    }
    for person in world.people.iter().step_by(3) {
        let time = working_moment(rng, day);
        events.push(vpn(time, &person.account, (person.home.country, &person.address), "success"));
    }
}
