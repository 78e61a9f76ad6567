//! Functions of IP addresses.

use crate::network::v4::V4;
use crate::network::{Parsed, Prefixes};
use crate::prelude::*;

mod format_ipv4;
mod format_ipv4_mask;
mod geo_info_from_ip_address;
mod has_any_ipv4;
mod has_any_ipv4_prefix;
mod has_ipv4;
mod has_ipv4_prefix;
mod ipv4_compare;
mod ipv4_is_in_any_range;
mod ipv4_is_in_range;
mod ipv4_is_match;
mod ipv4_is_private;
mod ipv4_netmask_suffix;
mod ipv4_range_to_cidr_list;
mod ipv6_compare;
mod ipv6_is_in_any_range;
mod ipv6_is_in_range;
mod ipv6_is_match;

family![
    format_ipv4,
    format_ipv4_mask,
    geo_info_from_ip_address,
    has_any_ipv4,
    has_any_ipv4_prefix,
    has_ipv4,
    has_ipv4_prefix,
    ipv4_compare,
    ipv4_is_in_any_range,
    ipv4_is_in_range,
    ipv4_is_match,
    ipv4_is_private,
    ipv4_netmask_suffix,
    ipv4_range_to_cidr_list,
    ipv6_compare,
    ipv6_is_in_any_range,
    ipv6_is_in_range,
    ipv6_is_match
];

/// Writes the addresses of the first argument, which are texts or numbers, within the prefix of the second.
fn addresses(arguments: &Arguments<'_>, write: impl Fn(V4, &mut String)) -> Answer {
    let prefixes = Prefixes::new(arguments, 1)?;
    let put = |ip: Option<V4>, row, text: &mut String| {
        if let (Some(ip), Some(prefix)) = (ip, prefixes.at(row, 32)) {
            write(ip.within(prefix), text);
        }
    };
    if let Type::Int | Type::Long = arguments.ty(0) {
        let numbers = arguments.longs(0)?;
        let address = |row| numbers.at(row).and_then(|number| u32::try_from(number).ok());
        return arguments.make_strings(|row, text| put(address(row).map(V4::new), row, text));
    }
    let texts = Parsed::new(arguments, 0, V4::parse)?;
    arguments.make_strings(|row, text| put(texts.at(row), row, text))
}
