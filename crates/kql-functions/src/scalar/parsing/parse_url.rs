//! `parse_url`: the parts of a URL.

use super::parse_urlquery::write_parameters;
use crate::operand::Texts;
use crate::prelude::*;

use kql_semantics::dynamic::{write_key, write_string};

pub(super) static FUNCTION: Function = Function {
    name: "parse_url",
    aliases: &["parseurl"],
    help: "The parts of an absolute URL as a bag of strings: `Scheme`, `Host`, `Port`, `Path`, `Username`, `Password`, `Query Parameters` (a bag), `Fragment`. Nothing is decoded. What is no such URL (it has no `scheme://`) gives the same bag with all of it empty.",
    examples: &[Example {
        query: "print v = parse_url('https://me@bing.com:443/a?k=v#f')",
        answer: &[
            "v:dynamic",
            r#"{"Scheme":"https","Host":"bing.com","Port":"443","Path":"/a","Username":"me","Password":"","Query Parameters":{"k":"v"},"Fragment":"f"}"#,
        ],
    }],
    meaning: Meaning::Kernel(parse_url),
};

fn parse_url(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| {
        let url = Url::new(source.at(row)).unwrap_or_default();
        text.push('{');
        for (key, value) in [
            ("Scheme", url.scheme),
            ("Host", url.host),
            ("Port", url.port),
            ("Path", url.path),
            ("Username", url.username),
            ("Password", url.password),
        ] {
            write_key(key, text);
            write_string(value, text);
            text.push(',');
        }
        write_key("Query Parameters", text);
        write_parameters(url.query, text);
        text.push(',');
        write_key("Fragment", text);
        write_string(url.fragment, text);
        text.push('}');
        true
    })
}

#[derive(Default)]
struct Url<'a> {
    scheme: &'a str,
    host: &'a str,
    port: &'a str,
    path: &'a str,
    username: &'a str,
    password: &'a str,
    query: &'a str,
    fragment: &'a str,
}

impl<'a> Url<'a> {
    fn new(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let is_scheme_char = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        if !scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            || !scheme.chars().all(is_scheme_char)
        {
            return None;
        }
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (user, address) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (username, password) = user.split_once(':').unwrap_or((user, ""));
        // The colons within the brackets of an IPv6 address begin no port.
        let port_from = address.rfind(']').unwrap_or(0);
        let colon = address.get(port_from..)?.find(':').map(|at| port_from + at);
        let (host, port) = match colon {
            Some(colon) => (address.get(..colon)?, address.get(colon + 1..)?),
            None => (address, ""),
        };
        Some(Self { scheme, host, port, path, username, password, query, fragment })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        const EMPTY: &str = r#"{"Scheme":"","Host":"","Port":"","Path":"","Username":"","Password":"","Query Parameters":{},"Fragment":""}"#;
        let cases: &[(&[Value], Value)] = &[
            (
                &[text("scheme://username:password@host:1234/this/is/a/path?k1=v1&k2=v2#fragment")],
                json(
                    r#"{"Scheme":"scheme","Host":"host","Port":"1234","Path":"/this/is/a/path","Username":"username","Password":"password","Query Parameters":{"k1":"v1","k2":"v2"},"Fragment":"fragment"}"#,
                ),
            ),
            (&[text("not a url")], json(EMPTY)),
            (&[text("//h.io/p")], json(EMPTY)),
            (
                &[text("HTTPS://[::1]:80")],
                json(
                    r#"{"Scheme":"HTTPS","Host":"[::1]","Port":"80","Path":"","Username":"","Password":"","Query Parameters":{},"Fragment":""}"#,
                ),
            ),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
