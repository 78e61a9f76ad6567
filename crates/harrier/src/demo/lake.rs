//! The logs on disk, each table in another of the forms in which people export them.

mod csv;
mod json;
mod parquet;

use std::collections::BTreeMap;
use std::path::Path;

use kql_semantics::time::{TICKS_PER_DAY, TICKS_PER_HOUR, civil_from_days};

use super::DemoError;
use super::event::{Event, Table};

/// Writes all events, which are in the order of time.
pub(crate) fn write(folder: &Path, events: Vec<Event>) -> Result<(), DemoError> {
    let mut by_table: BTreeMap<Table, Vec<Event>> = BTreeMap::new();
    for event in events {
        by_table.entry(event.table).or_default().push(event);
    }
    for (table, events) in &by_table {
        write_table(folder, *table, events)?;
    }
    Ok(())
}

fn write_table(folder: &Path, table: Table, events: &[Event]) -> Result<(), DemoError> {
    match table {
        // The portal's export of one query.
        Table::AuditLogs => write_file(&folder.join("AuditLogs.csv"), &csv::portal(events)),
        // The portal exports no more than so many rows at once.
        Table::SecurityEvent => {
            for (part, events) in events.chunks(4_000).enumerate() {
                let path = folder.join(format!("SecurityEvent_part{}.csv.gz", part + 1));
                write_file(&path, &json::gzip(&path, &csv::portal(events))?)?;
            }
            Ok(())
        }
        Table::CloudAppEvents => by_day(events, |day, events| {
            let path = folder.join(format!("CloudAppEvents/{}.ndjson.gz", day.dashed()));
            write_file(&path, &json::gzip(&path, &json::lines(events))?)
        }),
        Table::OfficeActivity => {
            let path = folder.join("OfficeActivity.ndjson.zst");
            write_file(&path, &json::zstd(&path, &json::lines(events))?)
        }
        // A collector's folder of JSON arrays; a folder of this name holds CommonSecurityLog.
        Table::CommonSecurityLog => by_day(events, |day, events| {
            write_file(
                &folder.join(format!("CEF/firewall-{}.json", day.dashed())),
                &json::array(events),
            )
        }),
        Table::DeviceProcessEvents => by_day(events, |day, events| {
            parquet::write(
                &folder.join(format!("DeviceProcessEvents/{}.parquet", day.slashed())),
                events,
            )
        }),
        Table::DeviceNetworkEvents => {
            parquet::write(&folder.join("DeviceNetworkEvents.parquet"), events)
        }
        // Defender XDR streams to a storage account.
        Table::EntraIdSpnSignInEvents => by_hour(events, |hour, events| {
            let container = "insights-logs-advancedhunting-entraidspnsigninevents";
            let path = format!("{container}/{}/m=00/PT1H.json", hour.keys());
            write_file(&folder.join(path), &json::streamed(events))
        }),
        // Log Analytics exports continuously to a storage account.
        Table::SigninLogs => by_hour(events, |hour, events| {
            let workspace = "WorkspaceResourceId=/subscriptions/1c7d/resourcegroups/soc/providers/microsoft.operationalinsights/workspaces/larkspur";
            let path = format!("am-signinlogs/{workspace}/{}/m=00/PT05M.json", hour.keys());
            write_file(&folder.join(path), &json::lines(events))
        }),
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), DemoError> {
    super::write(path, bytes)
}

/// An hour, or a day, in the spellings of paths.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Hour {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
}

impl Hour {
    fn of(event: &Event) -> Self {
        let (year, month, day) = civil_from_days(event.time / TICKS_PER_DAY);
        Self { year, month, day, hour: event.time % TICKS_PER_DAY / TICKS_PER_HOUR }
    }

    fn dashed(self) -> String {
        format!("{}-{:02}-{:02}", self.year, self.month, self.day)
    }

    fn slashed(self) -> String {
        format!("{}/{:02}/{:02}", self.year, self.month, self.day)
    }

    fn keys(self) -> String {
        format!("y={}/m={:02}/d={:02}/h={:02}", self.year, self.month, self.day, self.hour)
    }
}

fn by_hour(
    events: &[Event],
    write: impl Fn(Hour, &[Event]) -> Result<(), DemoError>,
) -> Result<(), DemoError> {
    let chunks = events.chunk_by(|one, next| Hour::of(one) == Hour::of(next));
    chunks
        .filter_map(|events| Some((Hour::of(events.first()?), events)))
        .try_for_each(|(hour, events)| write(hour, events))
}

fn by_day(
    events: &[Event],
    write: impl Fn(Hour, &[Event]) -> Result<(), DemoError>,
) -> Result<(), DemoError> {
    let day = |event: &Event| Hour { hour: 0, ..Hour::of(event) };
    let chunks = events.chunk_by(|one, next| day(one) == day(next));
    chunks
        .filter_map(|events| Some((day(events.first()?), events)))
        .try_for_each(|(day, events)| write(day, events))
}
