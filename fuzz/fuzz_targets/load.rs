//! Any bytes as any kind of rule file: no panic, no hang, places inside the text, and every rule there and back.
#![no_main]

use harrier_rules::{FileBytes, Loaded, SourceText, load_bytes, parse_tests};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 6] = ["a.yaml", "a.json", "a.md", "a.kql", "Parsers/a.txt", "a.txt"];

fn load(name: &str, bytes: &[u8]) -> Loaded {
    load_bytes(FileBytes {
        path: name.into(),
        relative: name.to_owned(),
        bytes: bytes.into(),
        origin: None,
    })
}

fuzz_target!(|bytes: &[u8]| {
    for name in NAMES {
        let loaded = load(name, bytes);
        for rule in &loaded.rules {
            let length = rule.file.source.text.len();
            for offset in (0..rule.query.text.len()).step_by(7) {
                let place = rule.query.offsets.to_file(u32::try_from(offset).unwrap_or(u32::MAX));
                assert!(place as usize <= length, "{name}: {offset} is at {place} of {length}");
            }
            let document = rule.document();
            let yaml = load("again.yaml", document.to_yaml().as_bytes());
            if let [again] = yaml.rules.as_slice() {
                assert!(again.document().says_the_same(&document), "{}", document.to_yaml());
            }
            let _ = document.to_arm();
        }
    }
    if let Some(source) = SourceText::decode(bytes) {
        let _ = parse_tests("a.test.yaml".as_ref(), source);
    }
});
