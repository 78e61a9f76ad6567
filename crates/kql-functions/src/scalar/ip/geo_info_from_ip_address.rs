//! `geo_info_from_ip_address`: where an internet address is

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "geo_info_from_ip_address",
    aliases: &[],
    help: "Where an IPv4 or IPv6 address is, as far as a database in MaxMind's format tells that was given for it: a bag of \
           `country`, `state`, `city` (English names), `latitude` and `longitude` (degrees). Null for what is no address, or is \
           not in the database. Without a database a query that calls it is refused.",
    examples: &[Example {
        query: "print geo_info_from_ip_address('20.53.203.50')",
        answer: &[
            "`geo_info_from_ip_address()` needs a database of where addresses are, and none is given",
        ],
    }],
    meaning: Meaning::Resolved,
};
