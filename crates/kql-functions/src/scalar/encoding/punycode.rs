//! Punycode (RFC 3492).

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 128;

/// How long a text may be: both ways cost its square.
const MOST: usize = 10_000;

/// A text in Punycode; none where it is too long.
pub(super) fn encode(source: &str) -> Option<String> {
    if source.len() > MOST {
        return None;
    }
    let mut text: String = source.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(text.len()).ok()?;
    if basic > 0 {
        text.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (INITIAL_N, 0_u32, INITIAL_BIAS, basic);
    while let Some(next) = source.chars().map(u32::from).filter(|c| *c >= n).min() {
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for c in source.chars().map(u32::from) {
            if c < n {
                delta = delta.checked_add(1)?;
            } else if c == n {
                write_number(delta, bias, &mut text);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(text)
}

fn write_number(delta: u32, bias: u32, text: &mut String) {
    let (mut q, mut k) = (delta, BASE);
    loop {
        let t = threshold(k, bias);
        if q < t {
            return text.push(digit(q));
        }
        text.push(digit(t + (q - t) % (BASE - t)));
        q = (q - t) / (BASE - t);
        k += BASE;
    }
}

/// What Punycode holds; none where it is none, or too long.
pub(super) fn decode(source: &str) -> Option<String> {
    if source.len() > MOST || !source.is_ascii() {
        return None;
    }
    let (basic, rest) = source.rsplit_once('-').unwrap_or(("", source));
    let mut chars: Vec<char> = basic.chars().collect();
    let (mut n, mut i, mut bias) = (INITIAL_N, 0_u32, INITIAL_BIAS);
    let mut digits = rest.bytes();
    while digits.len() > 0 {
        let (old, mut weight, mut k) = (i, 1_u32, BASE);
        loop {
            let digit = value(digits.next()?)?;
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let t = threshold(k, bias);
            if digit < t {
                break;
            }
            weight = weight.checked_mul(BASE - t)?;
            k += BASE;
        }
        let count = u32::try_from(chars.len()).ok()? + 1;
        bias = adapt(i - old, count, old == 0);
        n = n.checked_add(i / count)?;
        i %= count;
        chars.insert(i as usize, char::from_u32(n)?);
        i += 1;
    }
    Some(chars.into_iter().collect())
}

fn threshold(k: u32, bias: u32) -> u32 {
    k.saturating_sub(bias).clamp(T_MIN, T_MAX)
}

fn adapt(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

fn digit(value: u32) -> char {
    char::from_digit(if value < 26 { value + 10 } else { value - 26 }, 36).unwrap_or('a')
}

fn value(digit: u8) -> Option<u32> {
    match digit {
        b'a'..=b'z' => Some(u32::from(digit - b'a')),
        b'A'..=b'Z' => Some(u32::from(digit - b'A')),
        b'0'..=b'9' => Some(u32::from(digit - b'0') + 26),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_both_ways() {
        for text in ["académie-française", "他们为什么不说中文", "ünï", "a-b-é", ""] {
            assert_eq!(decode(&encode(text).unwrap()).as_deref(), Some(text));
        }
        assert_eq!(encode("他们为什么不说中文").as_deref(), Some("ihqwcrb4cv8a8dqg056pqjye"));
        assert_eq!(decode("99999999"), None);
        assert_eq!(decode("a b!"), None);
    }
}
