//! `parse_xml`: XML as a dynamic.

use std::collections::HashMap;

use roxmltree::{Document, Node};

use crate::operand::Texts;
use crate::prelude::*;
use kql_semantics::dynamic::{MAX_DEPTH, write_key, write_string};

/// How long a text may be, in bytes.
const MOST: usize = 1 << 20;

pub(super) static FUNCTION: Function = Function {
    name: "parse_xml",
    aliases: &[],
    help: "What a text of XML says as a bag: an element is the value of its name, several of one name are an array. An \
           element with text only is a string, an empty one null, any other a bag of its attributes (`@name`), elements \
           and text (`#text`). Comments and instructions are left out. Null where the text is no XML, or longer than 1 MB.",
    examples: &[Example {
        query: r#"print v = parse_xml('<e name="n"><a>1</a><a>2</a><b/>t</e>')"#,
        answer: &["v:dynamic", r##"{"e":{"@name":"n","a":["1","2"],"b":null,"#text":"t"}}"##],
    }],
    meaning: Meaning::Kernel(parse_xml),
};

fn parse_xml(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| {
        let source = source.at(row);
        if source.len() > MOST {
            return false;
        }
        let Ok(document) = Document::parse(source.trim_start()) else { return false };
        let root = document.root_element();
        if depth(root) > MAX_DEPTH / 2 {
            return false;
        }
        text.push('{');
        write_key(name(root), text);
        write_element(root, text);
        text.push('}');
        true
    })
}

/// How deep elements nest.
fn depth(root: Node<'_, '_>) -> usize {
    let (mut deepest, mut depth, mut node) = (1, 1, root);
    loop {
        if let Some(child) = node.first_element_child() {
            depth += 1;
            deepest = deepest.max(depth);
            node = child;
            continue;
        }
        loop {
            if node == root {
                return deepest;
            }
            if let Some(next) = node.next_sibling_element() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return deepest,
            }
            depth -= 1;
        }
    }
}

/// The name of an element as it is written, its prefix included.
fn name<'a>(element: Node<'a, '_>) -> &'a str {
    let written = element.document().input_text().get(element.range().start + 1..).unwrap_or("");
    let is_end = |c: char| c.is_whitespace() || matches!(c, '>' | '/');
    written.split(is_end).next().unwrap_or("")
}

fn write_element(element: Node<'_, '_>, text: &mut String) {
    let mut entries = attributes(element);
    let has_attributes = !entries.is_empty();
    let mut children: Vec<(&str, Vec<Node<'_, '_>>)> = Vec::new();
    let mut places = HashMap::new();
    let mut words = String::new();
    let mut text_place = None;
    for child in element.children() {
        if child.is_element() {
            let name = name(child);
            match places.get(name).and_then(|place: &usize| children.get_mut(*place)) {
                Some((_, nodes)) => nodes.push(child),
                None => {
                    places.insert(name, children.len());
                    children.push((name, vec![child]));
                }
            }
        } else if let Some(piece) = child.text().filter(|_| child.is_text()) {
            // White space between elements says nothing.
            if !piece.trim().is_empty() {
                words.push_str(piece);
                text_place.get_or_insert(children.len());
            }
        }
    }
    if !has_attributes && children.is_empty() {
        return match element.text().filter(|_| text_place.is_none()) {
            _ if !words.is_empty() => write_string(&words, text),
            Some(blank) if !blank.is_empty() => write_string(blank, text),
            _ => text.push_str("null"),
        };
    }
    text.push('{');
    let mut is_first = true;
    let mut key = |name: &str, text: &mut String| {
        if !std::mem::take(&mut is_first) {
            text.push(',');
        }
        write_key(name, text);
    };
    for (name, value) in entries.drain(..) {
        key(&format!("@{name}"), text);
        write_string(&value, text);
    }
    for (place, (name, nodes)) in children.iter().enumerate() {
        if text_place == Some(place) {
            key("#text", text);
            write_string(&words, text);
        }
        key(name, text);
        match nodes.as_slice() {
            [node] => write_element(*node, text),
            nodes => write_elements(nodes, text),
        }
    }
    if text_place == Some(children.len()) {
        key("#text", text);
        write_string(&words, text);
    }
    text.push('}');
}

fn write_elements(nodes: &[Node<'_, '_>], text: &mut String) {
    for (index, node) in nodes.iter().enumerate() {
        text.push(if index == 0 { '[' } else { ',' });
        write_element(*node, text);
    }
    text.push(']');
}

/// The attributes of an element as they are written, declarations of namespaces among them.
fn attributes(element: Node<'_, '_>) -> Vec<(String, String)> {
    let document = element.document().input_text();
    let start = element.range().start + 1 + name(element).len();
    let mut rest = document.get(start..).unwrap_or("").trim_start();
    let mut attributes = Vec::new();
    // The reader found the document well-formed: names, `=` and quotes stand where they must.
    while !rest.starts_with(['>', '/']) {
        let Some((name, behind)) = rest.split_once('=') else { break };
        let behind = behind.trim_start();
        let Some(quote) = behind.chars().next() else { break };
        let Some((value, behind)) = behind.get(1..).and_then(|text| text.split_once(quote)) else {
            break;
        };
        attributes.push((name.trim().to_owned(), unescaped(element, name.trim(), value)));
        rest = behind.trim_start();
    }
    attributes
}

/// The value of an attribute: the reader knows what its entities mean, but keeps no declarations of namespaces.
fn unescaped(element: Node<'_, '_>, name: &str, written: &str) -> String {
    if !written.contains(['&', '\n', '\t', '\r']) {
        return written.to_owned();
    }
    let local = name.rsplit(':').next().unwrap_or(name);
    let mut known = element.attributes().filter(|attribute| attribute.name() == local);
    known.next().map_or(written, |attribute| attribute.value()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn says_what_xml_says() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("<e/>")], json(r#"{"e":null}"#)),
            (&[text("<e>text</e>")], json(r#"{"e":"text"}"#)),
            (&[text(r#"<e name="value" />"#)], json(r#"{"e":{"@name":"value"}}"#)),
            (
                &[text(r#"<?xml version="1.0"?><e name="a&lt;b">text</e>"#)],
                json(r##"{"e":{"@name":"a<b","#text":"text"}}"##),
            ),
            (&[text("<e><a>1</a><b>2</b></e>")], json(r#"{"e":{"a":"1","b":"2"}}"#)),
            (&[text("<e>\n <a>1</a>\n <a>2</a>\n</e>")], json(r#"{"e":{"a":["1","2"]}}"#)),
            (&[text("<e>t<a>1</a></e>")], json(r##"{"e":{"#text":"t","a":"1"}}"##)),
            (
                &[text(r#"<D xmlns="urn:x" p:q='1' xmlns:p="urn:y"><p:n>1</p:n></D>"#)],
                json(r#"{"D":{"@xmlns":"urn:x","@p:q":"1","@xmlns:p":"urn:y","p:n":"1"}}"#),
            ),
            (&[text("<e><!-- c --><![CDATA[<x>]]></e>")], json(r#"{"e":"<x>"}"#)),
            (&[text("<e>")], Value::Null(Type::Dynamic)),
            (&[text("")], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
        let deep = format!("{}{}", "<a>".repeat(5000), "</a>".repeat(5000));
        let cases: &[(&[Value], Value)] = &[(&[text(&deep)], Value::Null(Type::Dynamic))];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
