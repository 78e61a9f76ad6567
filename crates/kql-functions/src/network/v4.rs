//! IPv4 addresses.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt;

/// An address of 32 bits, and how many of its first ones count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct V4 {
    /// The address as written.
    pub address: u32,
    /// 0 to 32.
    pub prefix: u8,
}

impl V4 {
    /// A whole address.
    #[must_use]
    pub const fn new(address: u32) -> Self {
        Self { address, prefix: 32 }
    }

    /// Reads `192.168.1.1` or `192.168.1.0/24`; spaces around it do not matter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (address, end) = read(text.as_bytes())?;
        let prefix = match text.get(end..)? {
            "" => 32,
            rest => prefix(rest.strip_prefix('/')?, 32)?,
        };
        Some(Self { address, prefix })
    }

    /// The same address with a prefix that is no longer than its own.
    #[must_use]
    pub fn within(self, prefix: u8) -> Self {
        Self { prefix: self.prefix.min(prefix), ..self }
    }

    /// The bits that count, the others 0.
    #[must_use]
    pub const fn network(self) -> u32 {
        self.address & mask(self.prefix)
    }

    /// How two addresses lie to each other by the bits that count in both, and in the first `prefix`.
    #[must_use]
    pub fn compare(self, other: Self, prefix: u8) -> Ordering {
        let prefix = self.prefix.min(other.prefix).min(prefix);
        self.within(prefix).network().cmp(&other.within(prefix).network())
    }
}

const fn mask(prefix: u8) -> u32 {
    match prefix {
        0 => 0,
        1..=31 => u32::MAX << (32 - prefix),
        _ => u32::MAX,
    }
}

/// Writes the bits that count as four numbers.
impl fmt::Display for V4 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.network().to_be_bytes();
        write!(f, "{a}.{b}.{c}.{d}")
    }
}

/// Reads the length of a prefix: digits only, `most` at most.
pub(super) fn prefix(text: &str, most: u8) -> Option<u8> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return None;
    }
    text.parse().ok().filter(|prefix| *prefix <= most)
}

/// Reads four numbers at the beginning of a text; gives where they end.
pub(super) fn read(text: &[u8]) -> Option<(u32, usize)> {
    let (mut address, mut at) = (0, 0);
    for part in 0..4 {
        if part > 0 {
            if text.get(at) != Some(&b'.') {
                return None;
            }
            at += 1;
        }
        let digits = text.get(at..)?.iter().take(4).take_while(|byte| byte.is_ascii_digit());
        let digits = digits.count();
        let is_padded = digits > 1 && text.get(at) == Some(&b'0');
        if digits == 0 || digits > 3 || is_padded {
            return None;
        }
        let number = text.get(at..at + digits)?;
        let number = number.iter().fold(0_u32, |number, byte| number * 10 + u32::from(byte - b'0'));
        if number > 255 {
            return None;
        }
        address = address << 8 | number;
        at += digits;
    }
    Some((address, at))
}

/// Several ranges.
pub struct Ranges {
    ranges: Vec<V4>,
    /// For each length of prefix there is: the networks.
    networks: Vec<(u8, HashSet<u32>)>,
}

impl Ranges {
    /// Reads ranges; what is none is left out.
    #[must_use]
    pub fn new(texts: &[String]) -> Self {
        let ranges: Vec<V4> = texts.iter().filter_map(|text| V4::parse(text)).collect();
        let networks = (0..=32).map(|prefix| {
            let networks = ranges.iter().filter(|range| range.prefix == prefix);
            (prefix, networks.map(|range| range.network()).collect::<HashSet<_>>())
        });
        let networks = networks.filter(|(_, networks)| !networks.is_empty()).collect();
        Self { ranges, networks }
    }

    /// Whether an address lies in one of them.
    #[must_use]
    pub fn hold(&self, ip: V4) -> bool {
        if ip.prefix < 32 {
            return self.ranges.iter().any(|range| ip.compare(*range, 32).is_eq());
        }
        let is_in = |(prefix, networks): &(u8, HashSet<u32>)| {
            networks.contains(&ip.within(*prefix).network())
        };
        self.networks.iter().any(is_in)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_the_real_engine() {
        let network = |text: &str| V4::parse(text).map(V4::network);
        assert_eq!(network("192.168.1.1/24"), Some(3232235776));
        assert_eq!(network(" 203.0.113.10"), Some(3405803786));
        assert_eq!(network("203.0.113.10/0"), Some(0));
        for text in ["1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4/", "1.2.3.4//8", "1.2.3.4/33"] {
            assert_eq!(network(text), None, "{text}");
        }
        for text in ["/24", "", "nope", "1.2.3.4/1x", "256.1.1.1", "1.2.3.+4", "1.2.3.4/+8"] {
            assert_eq!(network(text), None, "{text}");
        }
        assert_eq!(V4::parse("10.1.2.3/8").unwrap().to_string(), "10.0.0.0");
    }

    #[test]
    fn ranges_hold_addresses() {
        let ranges = ["192.168.1.1/24", "10.0.0.1/8", "1.2.3.4", "x"].map(str::to_owned);
        let ranges = Ranges::new(&ranges);
        let holds = |text: &str| ranges.hold(V4::parse(text).unwrap());
        assert!(holds("192.168.1.6") && holds("10.9.9.9") && holds("1.2.3.4"));
        assert!(!holds("1.2.3.5") && holds("1.2.3.5/24"));
    }
}
