//! How seeds are kept: under a key that stands outside the record, so that whoever reads the record makes no codes.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest::{Context, SHA256};

use super::totp::Seed;

/// The fewest bytes of a key.
pub const KEY_BYTES: usize = 32;
/// How a seed under a key begins, and one that stands as it is, because there is no key.
const SEALED: &str = "sealed:";
const PLAIN: &str = "plain:";

/// The key under which seeds are kept; without one they stand as they are. It is never printed.
#[derive(Clone, Default)]
pub struct Seal(Option<Arc<LessSafeKey>>);

/// The random bits for one sealing; never the same twice.
pub type Bits = [u8; NONCE_LEN];

impl Seal {
    /// With a key of at least 32 bytes; `None` for a shorter one.
    pub fn of(secret: &[u8]) -> Option<Self> {
        if secret.len() < KEY_BYTES {
            return None;
        }
        let mut hash = Context::new(&SHA256);
        hash.update(b"od100 seeds of second factors");
        hash.update(secret);
        let key = UnboundKey::new(&AES_256_GCM, hash.finish().as_ref()).ok()?;
        Some(Self(Some(Arc::new(LessSafeKey::new(key)))))
    }

    /// Whether there is a key.
    pub fn has_key(&self) -> bool {
        self.0.is_some()
    }

    /// A seed as it is kept for its owner; nobody else's row opens it.
    pub fn close(&self, seed: &Seed, owner: &[u8], bits: Bits) -> Option<String> {
        let Some(key) = &self.0 else { return Some(format!("{PLAIN}{}", BASE64.encode(seed.expose()))) };
        let mut box_ = seed.expose().to_vec();
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(bits), Aad::from(owner), &mut box_).ok()?;
        Some(format!("{SEALED}{}", BASE64.encode([bits.as_slice(), &box_].concat())))
    }

    /// A seed as it was kept; `None` where the key is another one, or the row was tampered with.
    pub fn open(&self, kept: &str, owner: &[u8]) -> Option<Seed> {
        if let Some(plain) = kept.strip_prefix(PLAIN) {
            return Seed::of_bytes(&BASE64.decode(plain).ok()?);
        }
        let bytes = BASE64.decode(kept.strip_prefix(SEALED)?).ok()?;
        let (bits, rest) = bytes.split_first_chunk::<NONCE_LEN>()?;
        let mut rest = rest.to_vec();
        let nonce = Nonce::assume_unique_for_key(*bits);
        Seed::of_bytes(self.0.as_ref()?.open_in_place(nonce, Aad::from(owner), &mut rest).ok()?)
    }

    /// Whether a seed stands as it is although there is a key now.
    pub fn is_to_be_closed(&self, kept: &str) -> bool {
        self.has_key() && kept.starts_with(PLAIN)
    }
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"a key of the tests, 32 bytes long";

    fn seed() -> Seed {
        Seed::of_bits([9; 20])
    }

    #[test]
    fn what_is_closed_opens_for_its_owner_under_its_key() {
        let seal = Seal::of(KEY).unwrap();
        let kept = seal.close(&seed(), b"ana", [1; 12]).unwrap();
        assert_eq!(seal.open(&kept, b"ana"), Some(seed()));
        assert_eq!(seal.open(&kept, b"bea"), None, "a row moved to another account");
        assert_eq!(Seal::of(b"another key of the tests, 32 bytes").unwrap().open(&kept, b"ana"), None);
        assert_eq!(Seal::default().open(&kept, b"ana"), None);
        assert_ne!(seal.close(&seed(), b"ana", [2; 12]), Some(kept.clone()));
        let inside = BASE64.decode(kept.strip_prefix(SEALED).unwrap()).unwrap();
        assert!(!inside.windows(20).any(|part| part == seed().expose()));
    }

    #[test]
    fn without_a_key_a_seed_stands_as_it_is_until_there_is_one() {
        let kept = Seal::default().close(&seed(), b"ana", [1; 12]).unwrap();
        let seal = Seal::of(KEY).unwrap();
        assert_eq!(seal.open(&kept, b"ana"), Some(seed()));
        assert!(seal.is_to_be_closed(&kept) && !Seal::default().is_to_be_closed(&kept));
        assert!(!seal.is_to_be_closed(&seal.close(&seed(), b"ana", [1; 12]).unwrap()));
    }

    #[test]
    fn nonsense_opens_to_nothing() {
        let seal = Seal::of(KEY).unwrap();
        for kept in ["", "sealed:", "sealed:!!", "sealed:AAAA", "plain:AAAA", "other:AAAA"] {
            assert_eq!(seal.open(kept, b"ana"), None, "{kept}");
        }
        assert!(Seal::of(&KEY[..31]).is_none());
        assert_eq!(format!("{seal:?}"), "Seal(…)");
    }
}
