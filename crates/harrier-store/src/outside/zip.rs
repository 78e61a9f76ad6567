//! The files of a ZIP archive.

use globset::GlobMatcher;

use super::unpack::read;

const ENTRY: [u8; 4] = [b'P', b'K', 1, 2];
const LOCAL: [u8; 4] = [b'P', b'K', 3, 4];
const END: [u8; 4] = [b'P', b'K', 5, 6];

/// The longest comment behind an archive's end.
const LONGEST_COMMENT: usize = 65_535;

/// A file of an archive.
struct Member {
    name: String,
    method: u16,
    flags: u16,
    packed: usize,
    local: usize,
}

/// The contents of an archive's files, those whose name matches, together at most `limit` bytes.
pub(super) fn members(
    bytes: &[u8],
    pattern: Option<&GlobMatcher>,
    limit: u64,
) -> Result<Vec<Vec<u8>>, String> {
    let listed = listed(bytes).ok_or("is no ZIP archive that can be read")?;
    let mut left = limit;
    let mut contents = Vec::new();
    for member in listed {
        let is_wanted = pattern.is_none_or(|pattern| pattern.is_match(&member.name));
        if !is_wanted || member.name.ends_with('/') {
            continue;
        }
        let content = content(bytes, &member, left)?;
        left = left.saturating_sub(content.len() as u64);
        contents.push(content);
    }
    match contents.is_empty() {
        true => Err(String::from("is a ZIP archive without a file that is wanted")),
        false => Ok(contents),
    }
}

fn listed(bytes: &[u8]) -> Option<Vec<Member>> {
    let from = bytes.len().saturating_sub(LONGEST_COMMENT + 22);
    let tail = bytes.get(from..)?;
    let end = from + memchr::memmem::rfind(tail, &END)?;
    let count = short(bytes, end + 10)?;
    let mut at = long(bytes, end + 16)?;
    let mut members = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at + 4)? != ENTRY {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|offset| short(bytes, at + offset));
        let (name, extra, comment) = (name?, extra?, comment?);
        let start = at + 46;
        members.push(Member {
            name: String::from_utf8_lossy(bytes.get(start..start + usize::from(name))?)
                .into_owned(),
            flags: short(bytes, at + 8)?,
            method: short(bytes, at + 10)?,
            packed: long(bytes, at + 20)?,
            local: long(bytes, at + 42)?,
        });
        at = start + usize::from(name) + usize::from(extra) + usize::from(comment);
    }
    Some(members)
}

fn content(bytes: &[u8], member: &Member, limit: u64) -> Result<Vec<u8>, String> {
    let packed = packed(bytes, member).ok_or_else(|| broken(member, "it is cut"))?;
    if member.flags & 1 == 1 {
        return Err(broken(member, "it is encrypted"));
    }
    let content = match member.method {
        0 => read(packed, limit),
        8 => read(flate2::bufread::DeflateDecoder::new(packed), limit),
        _ => return Err(broken(member, "it is packed in a way that is not known")),
    };
    content.map_err(|error| broken(member, &error.to_string()))
}

fn packed<'a>(bytes: &'a [u8], member: &Member) -> Option<&'a [u8]> {
    let at = member.local;
    if bytes.get(at..at.checked_add(4)?)? != LOCAL {
        return None;
    }
    let start = at + 30 + usize::from(short(bytes, at + 26)?) + usize::from(short(bytes, at + 28)?);
    bytes.get(start..start.checked_add(member.packed)?)
}

fn broken(member: &Member, why: &str) -> String {
    format!("holds `{}`, which can not be unpacked: {why}", member.name)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// An archive of these files, packed.
    fn archive(files: &[(&str, &str)]) -> Vec<u8> {
        let (mut bytes, mut list) = (Vec::new(), Vec::new());
        let short = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
        let long = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
        for (name, text) in files {
            let mut packer =
                flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            packer.write_all(text.as_bytes()).unwrap();
            let packed = packer.finish().unwrap();
            let head =
                [&[0; 4][..], &short(8), &[0; 8], &long(packed.len()), &long(text.len())].concat();
            let names = [short(name.len()), short(0)].concat();
            list.extend([&ENTRY[..], &[0; 2], &head, &names, &[0; 10]].concat());
            list.extend(long(bytes.len()));
            list.extend(name.as_bytes());
            bytes.extend([&LOCAL[..], &head, &names, name.as_bytes(), &packed].concat());
        }
        let start = bytes.len();
        let count = short(files.len());
        let end = [&END[..], &[0; 4], &count, &count, &long(list.len()), &long(start), &[0; 2]];
        [bytes, list, end.concat()].concat()
    }

    #[test]
    fn files_of_archives_are_read() {
        let bytes = archive(&[("a/x.csv", "1,2"), ("a/", ""), ("b.txt", "hello")]);
        let all = members(&bytes, None, 100).unwrap();
        assert_eq!(all, [b"1,2".to_vec(), b"hello".to_vec()]);
        let csv = globset::Glob::new("*.csv").unwrap().compile_matcher();
        assert_eq!(members(&bytes, Some(&csv), 100).unwrap(), [b"1,2".to_vec()]);
        assert!(members(&bytes, None, 4).unwrap_err().contains("more than"));
        for end in 0..bytes.len() {
            let _ = members(&bytes[..end], None, 100);
        }
    }
}
