//! A database in MaxMind's format with one network in it.

use std::net::Ipv4Addr;

/// The bytes of a database that has Oslo at this network and nothing elsewhere.
pub(super) fn of(network: &str, bits: usize) -> Vec<u8> {
    let address = u32::from(network.parse::<Ipv4Addr>().unwrap());
    let nodes = u32::try_from(bits).unwrap();
    let mut bytes = Vec::new();
    for bit in 0..nodes {
        // The next node; data begins 16 behind the last one.
        let next = if bit + 1 == nodes { nodes + 16 } else { bit + 1 };
        let is_right = (address >> (31 - bit)) & 1 == 1;
        let pair = if is_right { [nodes, next] } else { [next, nodes] };
        pair.iter().for_each(|record| bytes.extend(&record.to_be_bytes()[1..]));
    }
    bytes.extend([0; 16]);
    let names = |name: &str| map(&[("names", map(&[("en", text(name))]))]);
    let place = map(&[("latitude", real(59.5)), ("longitude", real(10.25))]);
    bytes.extend(map(&[
        ("country", names("Norway")),
        ("city", names("Oslo")),
        ("location", place),
    ]));
    bytes.extend(b"\xab\xcd\xefMaxMind.com");
    bytes.extend(map(&[
        ("node_count", number(6, nodes)),
        ("record_size", number(5, 24)),
        ("ip_version", number(5, 4)),
        ("database_type", text("GeoLite2-City")),
        ("languages", vec![0, 4]),
        ("binary_format_major_version", number(5, 2)),
        ("binary_format_minor_version", number(5, 0)),
        ("build_epoch", vec![0, 2]),
        ("description", map(&[])),
    ]));
    bytes
}

fn map(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = vec![7 << 5 | u8::try_from(entries.len()).unwrap()];
    for (key, value) in entries {
        bytes.extend(text(key));
        bytes.extend(value);
    }
    bytes
}

fn text(text: &str) -> Vec<u8> {
    let length = text.len();
    let head = match length {
        0..29 => vec![2 << 5 | u8::try_from(length).unwrap()],
        _ => vec![2 << 5 | 29, u8::try_from(length - 29).unwrap()],
    };
    [head, text.as_bytes().to_vec()].concat()
}

fn real(value: f64) -> Vec<u8> {
    [vec![3 << 5 | 8], value.to_be_bytes().to_vec()].concat()
}

/// A number of type 5 (two bytes) or 6 (four).
fn number(ty: u8, value: u32) -> Vec<u8> {
    let width = if ty == 5 { 2 } else { 4 };
    [vec![ty << 5 | width], value.to_be_bytes()[4 - usize::from(width)..].to_vec()].concat()
}
