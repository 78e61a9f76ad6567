//! Which licence a text is, told by sentences that only that licence has.

/// Words of a licence's text in order, and its SPDX identifier. Of two that both fit the first counts.
const KNOWN: [(&str, &str); 14] = [
    ("gnu affero general public license version 3", "AGPL-3.0"),
    ("gnu lesser general public license version 3", "LGPL-3.0"),
    ("gnu general public license version 3", "GPL-3.0"),
    ("gnu general public license version 2", "GPL-2.0"),
    ("apache license version 2.0", "Apache-2.0"),
    ("mozilla public license version 2.0", "MPL-2.0"),
    ("detection rule license", "DRL-1.1"),
    ("permission is hereby granted, free of charge, to any person obtaining a copy", "MIT"),
    ("neither the name of", "BSD-3-Clause"),
    ("redistribution and use in source and binary forms", "BSD-2-Clause"),
    ("permission to use, copy, modify, and/or distribute this software for any purpose", "ISC"),
    ("attribution-sharealike 4.0 international", "CC-BY-SA-4.0"),
    ("attribution 4.0 international", "CC-BY-4.0"),
    ("this is free and unencumbered software released into the public domain", "Unlicense"),
];

/// The SPDX identifier of a licence's text; none where it is another's.
pub(super) fn identified(text: &str) -> Option<&'static str> {
    let words: Vec<&str> = text.split_whitespace().take(3_000).collect();
    let text = words.join(" ").to_lowercase().replace("license, version", "license version");
    if text.contains("cc0 1.0 universal") {
        return Some("CC0-1.0");
    }
    let known = KNOWN.iter().find(|(sentence, _)| text.contains(sentence));
    known.map(|(_, id)| *id)
}

/// Whether a file of this name in a repository's root holds its licence.
pub(super) fn is_licence(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or("");
    matches!(
        stem,
        "license" | "licence" | "copying" | "unlicense" | "license-mit" | "license-apache"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_tell() {
        let mit = "MIT License\n\nPermission is hereby granted, free of charge, to any\nperson obtaining a copy of this";
        assert_eq!(identified(mit), Some("MIT"));
        assert_eq!(identified("Apache License\n   Version 2.0, January 2004"), Some("Apache-2.0"));
        assert_eq!(identified("All rights reserved."), None);
        assert!(is_licence("LICENSE.txt") && is_licence("COPYING") && !is_licence("licenses"));
    }
}
