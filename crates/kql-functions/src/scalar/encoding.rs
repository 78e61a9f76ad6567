//! Functions that write bytes as text, text as bytes, and hashes of both.

use md5::Digest;
use xxhash_rust::xxh64::xxh64;

use crate::operand::Texts;
use crate::prelude::*;

mod base64_decode_toarray;
mod base64_decode_toguid;
mod base64_decode_tostring;
mod base64_encode_fromarray;
mod base64_encode_fromguid;
mod base64_encode_tostring;
mod compressed;
mod gzip_compress_to_base64_string;
mod gzip_decompress_from_base64_string;
mod hash;
mod hash_md5;
mod hash_sha1;
mod hash_sha256;
mod hash_xxhash64;
mod percent;
mod punycode;
mod punycode_domain_from_string;
mod punycode_domain_to_string;
mod punycode_from_string;
mod punycode_to_string;
mod url_decode;
mod url_encode;
mod url_encode_component;
mod zlib_compress_to_base64_string;
mod zlib_decompress_from_base64_string;

family![
    base64_decode_toarray,
    base64_decode_toguid,
    base64_decode_tostring,
    base64_encode_fromarray,
    base64_encode_fromguid,
    base64_encode_tostring,
    gzip_compress_to_base64_string,
    gzip_decompress_from_base64_string,
    hash,
    hash_md5,
    hash_sha1,
    hash_sha256,
    hash_xxhash64,
    punycode_domain_from_string,
    punycode_domain_to_string,
    punycode_from_string,
    punycode_to_string,
    url_decode,
    url_encode,
    url_encode_component,
    zlib_compress_to_base64_string,
    zlib_decompress_from_base64_string
];

/// A guid's bytes as Windows lays them out, or back: the first three groups from their last byte on.
fn guid_bytes(guid: u128) -> u128 {
    let mut bytes = guid.to_be_bytes();
    for group in [0..4, 4..6, 6..8] {
        if let Some(group) = bytes.get_mut(group) {
            group.reverse();
        }
    }
    u128::from_be_bytes(bytes)
}

/// The hash of the first argument's text, in hexadecimal digits.
fn digest<D: Digest>(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_strings(|row, text| {
        let source = source.at(row);
        if !source.is_empty() {
            for byte in D::digest(source) {
                let _ = write!(text, "{byte:02x}");
            }
        }
    })
}

/// The xxHash of the first argument, or what is left of it when divided by the second.
fn xxhash(arguments: &Arguments<'_>) -> Answer {
    let hashes = hashes(arguments)?;
    let divisors = if arguments.len() > 1 { Some(arguments.longs(1)?) } else { None };
    arguments.make_longs(|row| {
        let hash = hashes(row)?;
        match &divisors {
            None => Some(hash.cast_signed()),
            Some(divisors) => {
                let divisor = u64::try_from(divisors.at(row)?).ok().filter(|d| *d > 0)?;
                i64::try_from(hash % divisor).ok()
            }
        }
    })
}

type Hashes<'a> = Box<dyn Fn(usize) -> Option<u64> + 'a>;

fn hashes<'a>(arguments: &Arguments<'a>) -> Result<Hashes<'a>, KernelError> {
    match arguments.ty(0) {
        Type::String => {
            let source = arguments.strings(0)?;
            Ok(Box::new(move |row| Some(xxh64(source.at(row).as_bytes(), 0))))
        }
        Type::Long | Type::DateTime | Type::TimeSpan => {
            let values = arguments.longs(0)?;
            Ok(Box::new(move |row| Some(xxh64(&values.at(row)?.to_le_bytes(), 0))))
        }
        Type::Real => {
            let values = arguments.reals(0)?;
            Ok(Box::new(move |row| Some(xxh64(&values.at(row)?.to_le_bytes(), 0))))
        }
        ty => Err(KernelError(format!(
            "what Kusto hashes of a `{ty}` is not known: hash the text that `tostring` makes of it"
        ))),
    }
}
