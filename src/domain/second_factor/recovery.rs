//! Codes for a lost device: 120 random bits each, so that a plain digest of one may be kept.

use data_encoding::BASE32_NOPAD;

use crate::domain::secret::digest;

/// How many are given at a time.
pub const COUNT: usize = 10;
/// The random bytes of one.
pub const BYTES: usize = 15;
/// Its characters, without hyphens.
const LENGTH: usize = BYTES * 8 / 5;

/// One code, in small letters with a hyphen after each four. It prints itself nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// Of random bits.
    pub fn of_bits(bits: [u8; BYTES]) -> Self {
        Self::grouped(&BASE32_NOPAD.encode(&bits).to_lowercase())
    }

    /// As it was typed, without spaces and hyphens; `None` where it cannot be one.
    pub fn parse(bare: &str) -> Option<Self> {
        let small = bare.to_ascii_lowercase();
        let is_sound = small.len() == LENGTH && small.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'));
        is_sound.then(|| Self::grouped(&small))
    }

    fn grouped(small: &str) -> Self {
        let signs: Vec<char> = small.chars().collect();
        Self(signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
    }

    /// The digest that is kept.
    pub fn digest(&self) -> String {
        digest(&[b"recovery code", self.0.as_bytes()])
    }

    /// The code itself, to hand it to its owner.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_enough_bits_for_a_plain_digest() {
        // ASVS 5.0, 6.5.2: from 112 bits on.
        const { assert!(BYTES * 8 >= 112) };
        let code = RecoveryCode::of_bits([0xa5; BYTES]);
        assert_eq!(code.expose(), "uws2-ljnf-uws2-ljnf-uws2-ljnf");
        assert_eq!(RecoveryCode::parse("UWS2LJNFUWS2LJNFUWS2LJNF"), Some(code.clone()));
        assert_eq!(code.digest().len(), 64);
        assert_eq!(format!("{code:?}"), "RecoveryCode(…)");
        for text in ["", "uws2", "uws2ljnfuws2ljnfuws2ljn1", "uws2ljnfuws2ljnfuws2ljnfa"] {
            assert_eq!(RecoveryCode::parse(text), None, "{text}");
        }
    }
}
