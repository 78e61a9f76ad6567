//! IPv6 addresses, and IPv4 ones as such.

use std::cmp::Ordering;
use std::fmt;
use std::net::Ipv6Addr;

use super::v4::{self, V4};

/// An address of 128 bits, and how many of its first ones count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct V6 {
    /// The address as written; an IPv4 one is `::ffff:` and its bits.
    pub address: u128,
    /// 0 to 128.
    pub prefix: u8,
    /// Whether it was written with four numbers at its end.
    pub is_dotted: bool,
}

/// How many bits stand before those of an IPv4 address.
const BEFORE_V4: u8 = 96;

impl V6 {
    /// Reads an IPv6 or IPv4 address with or without a prefix. Where an address ends in four numbers, its prefix counts the
    /// bits of these.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.contains(':') {
            let V4 { address, prefix } = V4::parse(text)?;
            let address = 0xffff_0000_0000 | u128::from(address);
            return Some(Self { address, prefix: BEFORE_V4 + prefix, is_dotted: true });
        }
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let is_dotted = address.contains('.');
        let (least, most) = if is_dotted { (BEFORE_V4, 32) } else { (0, 128) };
        let prefix = match prefix {
            Some(prefix) => v4::prefix(prefix, most)?,
            None => most,
        };
        let address = address.parse::<Ipv6Addr>().ok()?.to_bits();
        Some(Self { address, prefix: least + prefix, is_dotted })
    }

    /// The same address with a prefix that is no longer than its own.
    #[must_use]
    pub fn within(self, prefix: u8) -> Self {
        Self { prefix: self.prefix.min(prefix), ..self }
    }

    /// The bits that count, the others 0.
    #[must_use]
    pub const fn network(self) -> u128 {
        match self.prefix {
            0 => 0,
            1..=127 => self.address & u128::MAX << (128 - self.prefix),
            _ => self.address,
        }
    }

    /// How two addresses lie to each other by the bits that count in both, and in the first `prefix`: of 32 where both are
    /// IPv4 ones and it is no longer, of 128 else.
    ///
    /// Here `::1.2.3.4` is the same as `1.2.3.4`.
    #[must_use]
    pub fn compare(self, other: Self, prefix: u8) -> Ordering {
        let prefix = match self.is_dotted && other.is_dotted && prefix <= 32 {
            true => BEFORE_V4 + prefix,
            false => prefix,
        };
        let prefix = self.prefix.min(other.prefix).min(prefix);
        let network = |one: Self| one.as_mapped().within(prefix).network();
        network(self).cmp(&network(other))
    }

    fn as_mapped(self) -> Self {
        let is_compatible = self.is_dotted && self.address >> 32 == 0;
        let address = if is_compatible { 0xffff_0000_0000 | self.address } else { self.address };
        Self { address, ..self }
    }
}

/// Writes the bits that count as eight groups of four digits.
impl fmt::Display for V6 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, group) in Ipv6Addr::from_bits(self.network()).segments().iter().enumerate() {
            let colon = if index == 0 { "" } else { ":" };
            write!(f, "{colon}{group:04x}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_the_real_engine() {
        for (text, expected) in [
            ("192.168.255.255/24", "0000:0000:0000:0000:0000:ffff:c0a8:ff00"),
            ("::1", "0000:0000:0000:0000:0000:0000:0000:0001"),
            ("2001:db8::10/17", "2001:0000:0000:0000:0000:0000:0000:0000"),
            ("2001:db8::10/0", "0000:0000:0000:0000:0000:0000:0000:0000"),
            ("1.2.3.4/0", "0000:0000:0000:0000:0000:ffff:0000:0000"),
            ("::ffff:1.2.3.4/24", "0000:0000:0000:0000:0000:ffff:0102:0300"),
            ("::192.168.255.255", "0000:0000:0000:0000:0000:0000:c0a8:ffff"),
        ] {
            assert_eq!(
                V6::parse(text).map(|ip| ip.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        for text in ["::ffff:1.2.3.4/120", "1:2:3:4:5:6:7:8:9", "", "2001:db8::10/129", "nope"] {
            assert_eq!(V6::parse(text), None, "{text}");
        }
    }

    #[test]
    fn compares_as_the_real_engine() {
        let are_equal = |a: &str, b: &str, prefix| {
            V6::parse(a).unwrap().compare(V6::parse(b).unwrap(), prefix).is_eq()
        };
        assert!(are_equal("192.168.1.1", "192.168.1.0", 31));
        assert!(!are_equal("192.168.1.1", "192.168.1.0", 32));
        assert!(are_equal("192.168.1.1", "::ffff:c0a8:0101", 128));
        assert!(are_equal("::192.168.1.1/30", "192.168.1.255/24", 127));
        assert!(are_equal("fe80::85d:e82c:9446:7994/120", "fe80::85d:e82c:9446:7998", 127));
        assert!(!are_equal("fe80::85d:e82c:9446:7994", "fe80::85d:e82c:9446:7998", 128));
    }
}
