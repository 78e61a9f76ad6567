//! Functions that read what strings write.

mod extract_json;
mod parse_command_line;
mod parse_csv;
mod parse_ipv4;
mod parse_ipv4_mask;
mod parse_ipv6;
mod parse_ipv6_mask;
mod parse_path;
mod parse_url;
mod parse_urlquery;
mod parse_version;
mod parse_xml;

family![
    extract_json,
    parse_command_line,
    parse_csv,
    parse_ipv4,
    parse_ipv4_mask,
    parse_ipv6,
    parse_ipv6_mask,
    parse_path,
    parse_url,
    parse_urlquery,
    parse_version,
    parse_xml
];
