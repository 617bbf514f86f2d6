//! The RFC, the number of a company with the Mexican tax office. It is compared and never shown: what is kept is a hash
//! under a key that stands outside the record, so that whoever reads the record cannot try all numbers there are.

use std::sync::Arc;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

/// The fewest bytes of a key.
pub const KEY_BYTES: usize = 32;
/// The characters in the order in which the check digit counts them.
const ORDER: &str = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";

/// Why an RFC was not taken. None of these repeats it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RfcError {
    /// Thirteen characters: a natural person's, which holds the birth date.
    #[error("an RFC of 13 characters belongs to a person and is not recorded; give the 12 characters of a company")]
    Person,
    /// Not an RFC at all.
    #[error("an RFC has three letters, six digits of a date and three characters")]
    Malformed,
    /// Such as the 31st of February.
    #[error("the six digits of an RFC are a date as year, month and day; these are no day that there is")]
    Date,
    /// Misspelt.
    #[error("the last character of an RFC follows from the others, and here it does not; look for a slip of the pen")]
    CheckDigit,
}

/// The key under which numbers are hashed. It is never printed.
#[derive(Clone)]
pub struct RfcKey(Arc<[u8]>);

impl RfcKey {
    /// A key of at least 32 bytes; `None` for a shorter one.
    pub fn of(secret: &[u8]) -> Option<Self> {
        (secret.len() >= KEY_BYTES).then(|| Self(secret.into()))
    }

    /// A company's RFC as the keyed hash that may be stored; the number itself never is.
    pub fn hash(&self, rfc: &str) -> Result<String, RfcError> {
        Ok(hmac(&self.0, checked(rfc)?.as_bytes()))
    }
}

impl std::fmt::Debug for RfcKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RfcKey(…)")
    }
}

/// An RFC as somebody has sent it, on its way to be hashed. It is neither printed nor serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct PlainRfc(pub String);

impl std::fmt::Debug for PlainRfc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PlainRfc(…)")
    }
}

/// The one way to write an RFC: capitals, without hyphens and spaces.
fn checked(rfc: &str) -> Result<String, RfcError> {
    let chars: Vec<char> =
        rfc.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect();
    let letters = |part: &[char]| part.iter().all(|c| c.is_ascii_uppercase() || *c == '&' || *c == 'Ñ');
    let digits = |part: &[char]| part.iter().all(char::is_ascii_digit);
    let end = |part: &[char]| part.iter().all(char::is_ascii_alphanumeric);
    match chars.len() {
        12 if letters(&chars[..3]) && digits(&chars[3..9]) && end(&chars[9..]) => {}
        13 if letters(&chars[..4]) && digits(&chars[4..10]) => return Err(RfcError::Person),
        _ => return Err(RfcError::Malformed),
    }
    // The century is not written: a day that is in one of the two.
    let date: String = chars[3..9].iter().collect();
    let is_day = |century| NaiveDate::parse_from_str(&format!("{century}{date}"), "%Y%m%d").is_ok();
    if !is_day("19") && !is_day("20") {
        return Err(RfcError::Date);
    }
    if check_digit(&chars[..11]) != chars.get(11).copied() {
        return Err(RfcError::CheckDigit);
    }
    Ok(chars.into_iter().collect())
}

/// The last character, from the eleven before it: weighted by their places from 12 to 2, modulo 11. A company's number is
/// counted as if a space came first, so that it is as long as a person's.
fn check_digit(first: &[char]) -> Option<char> {
    let place = |c: &char| ORDER.chars().position(|one| one == *c);
    let mut sum = place(&' ')? * 13;
    for (at, c) in first.iter().enumerate() {
        sum += place(c)? * (12 - at);
    }
    match 11 - sum % 11 {
        11 => Some('0'),
        10 => Some('A'),
        digit => char::from_digit(u32::try_from(digit).ok()?, 10),
    }
}

/// HMAC-SHA256 (RFC 2104) in lower-case hexadecimal.
fn hmac(key: &[u8], message: &[u8]) -> String {
    let mut block = [0_u8; 64];
    if key.len() > block.len() {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner = Sha256::new().chain_update(block.map(|b| b ^ 0x36)).chain_update(message).finalize();
    let outer = Sha256::new().chain_update(block.map(|b| b ^ 0x5c)).chain_update(inner).finalize();
    outer.iter().fold(String::with_capacity(64), |mut out, byte| {
        use std::fmt::Write;
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(of: &[u8]) -> RfcKey {
        RfcKey::of(of).unwrap()
    }

    #[test]
    fn a_number_is_taken_by_its_form_its_date_and_its_check_digit() {
        let key = key(&[7; 32]);
        let known = key.hash("ABC010101XY2").unwrap();
        for (rfc, expected) in [
            ("abc-010101-xy2", Ok(known.clone())),
            (" ABC 010101 XY2 ", Ok(known)),
            ("ABC010101XY1", Err(RfcError::CheckDigit)),
            ("ABC010231XY2", Err(RfcError::Date)),
            ("ABC011301XY2", Err(RfcError::Date)),
            ("GODE561231GR8", Err(RfcError::Person)),
            ("ABC", Err(RfcError::Malformed)),
            ("", Err(RfcError::Malformed)),
            ("ABC0101O1XY2", Err(RfcError::Malformed)),
            ("AB1010101XY2", Err(RfcError::Malformed)),
            ("ABC010101XÑ2", Err(RfcError::Malformed)),
        ] {
            assert_eq!(key.hash(rfc), expected, "{rfc}");
        }
        // A leap day is one in 2000, though it was none in 1900.
        assert!(key.hash("ABC000229XY6").is_ok());
    }

    #[test]
    fn check_digits_are_those_of_the_tax_office() {
        // Numbers that public bodies print on their letters, and the one that the tax office tests with.
        for rfc in ["SAT970701NN3", "INE140404NI0", "BMN930209927", "EKU9003173C9"] {
            assert!(checked(rfc).is_ok(), "{rfc}");
        }
        for (first, digit) in [("ABC010101XY", '2'), ("Ñ&A010101AA", '6')] {
            assert_eq!(check_digit(&first.chars().collect::<Vec<_>>()), Some(digit), "{first}");
        }
    }

    #[test]
    fn one_number_has_another_hash_under_another_key() {
        let hash = key(&[7; 32]).hash("ABC010101XY2").unwrap();
        assert_eq!(hash.len(), 64);
        assert_ne!(hash, key(&[8; 32]).hash("ABC010101XY2").unwrap());
    }

    #[test]
    fn keys_are_long_and_nothing_is_printed() {
        assert!(RfcKey::of(&[7; 31]).is_none());
        assert_eq!(format!("{:?} {:?}", key(&[7; 32]), PlainRfc("ABC010101XY2".into())), "RfcKey(…) PlainRfc(…)");
    }

    #[test]
    fn hmac_agrees_with_rfc_4231() {
        assert_eq!(
            hmac(b"Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hmac(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }
}
