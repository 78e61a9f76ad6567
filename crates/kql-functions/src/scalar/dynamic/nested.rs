//! Keys of bags within bags: `$.a.b`.

use kql_semantics::Dynamic;

/// The keys that a path names one within the other: `$.a.b` and `$['a'].b` name two, what begins otherwise is one key.
pub(super) fn keys(path: &str) -> Vec<&str> {
    let Some(mut rest) = path.strip_prefix('$').filter(|rest| rest.starts_with(['.', '['])) else {
        return vec![path];
    };
    let mut keys = Vec::new();
    while !rest.is_empty() {
        let quoted = ["['", "[\""].iter().find_map(|open| rest.strip_prefix(open));
        if let Some(inner) = quoted {
            let Some((key, after)) = inner.split_once(['\'', '"']) else { return vec![path] };
            keys.push(key);
            rest = after.strip_prefix(']').unwrap_or(after);
            continue;
        }
        let inner = rest.strip_prefix('.').unwrap_or(rest);
        let end = inner.find(['.', '[']).unwrap_or(inner.len());
        if end == 0 {
            // No key is written so: the path is a key as it stands.
            return vec![path];
        }
        keys.push(&inner[..end]);
        rest = &inner[end..];
    }
    keys
}

/// Removes what the keys lead to.
pub(super) fn remove(bag: &mut Dynamic, keys: &[&str]) {
    let (Dynamic::Bag(entries), Some((first, rest))) = (bag, keys.split_first()) else { return };
    if rest.is_empty() {
        entries.retain(|(key, _)| **key != **first);
        return;
    }
    if let Some((_, value)) = entries.iter_mut().find(|(key, _)| **key == **first) {
        remove(value, rest);
    }
}

/// Sets the value that the keys lead to; bags on the way are made where they are missing.
pub(super) fn set(bag: &mut Dynamic, keys: &[&str], value: Dynamic) {
    let Some((first, rest)) = keys.split_first() else {
        *bag = value;
        return;
    };
    if !matches!(bag, Dynamic::Bag(_)) {
        *bag = Dynamic::Bag(Vec::new());
    }
    let Dynamic::Bag(entries) = bag else { return };
    let place = match entries.iter().position(|(key, _)| **key == **first) {
        Some(place) => place,
        None => {
            entries.push(((*first).into(), Dynamic::Null));
            entries.len() - 1
        }
    };
    if let Some((_, inner)) = entries.get_mut(place) {
        set(inner, rest, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_paths() {
        assert_eq!(keys("a.b"), ["a.b"]);
        assert_eq!(keys("$.a.b"), ["a", "b"]);
        assert_eq!(keys("$['a.b'].c"), ["a.b", "c"]);
        assert_eq!(keys("$a"), ["$a"]);
        assert_eq!(keys("$"), ["$"]);
        assert_eq!(keys("$..a"), ["$..a"]);
    }
}
