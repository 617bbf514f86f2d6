//! Secrets that are shown once and kept as a digest only. A secret prints itself nowhere.

use sha2::{Digest, Sha256};

/// Every secret begins like this, so that one that leaks into a repository or a log can be found.
pub const PREFIX: &str = "od5_";

/// The length of a secret: the prefix and 256 bits in base64url.
pub const LENGTH: usize = PREFIX.len() + 43;

/// A secret that somebody holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Of 256 random bits.
    pub fn of_bits(bits: [u8; 32]) -> Self {
        use base64::Engine as _;
        Self(format!("{PREFIX}{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bits)))
    }

    /// As somebody has sent it; `None` where it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let body = text.strip_prefix(PREFIX)?;
        let sound = text.len() == LENGTH && body.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        sound.then(|| Self(text.to_owned()))
    }

    /// The digest that is kept. A plain one will do: nobody guesses 256 bits.
    pub fn digest(&self) -> String {
        digest(&[self.0.as_bytes()])
    }

    /// The end of it, to tell one from another.
    pub fn hint(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }

    /// The secret itself, to hand it to its holder.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// SHA-256 of parts that cannot run into one another, in hexadecimal.
pub fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    if let [one] = parts {
        hash.update(one);
    } else {
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_reads_back_and_prints_nowhere() {
        let secret = Secret::of_bits([7; 32]);
        assert_eq!(secret.expose().len(), LENGTH);
        assert_eq!(Secret::parse(secret.expose()), Some(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_eq!(secret.digest().len(), 64);
        assert!(!secret.digest().contains(&secret.expose()[4..12]));
    }

    #[test]
    fn what_is_no_secret_is_refused() {
        let good = Secret::of_bits([7; 32]).expose().to_owned();
        for bad in [
            "",
            "od5_",
            &good[1..],
            &good[..46],
            &format!("{good}A"),
            &good.replace("od5_", "od4_"),
            &good.replace('c', "é"),
        ] {
            assert_eq!(Secret::parse(bad), None, "{bad}");
        }
        assert_eq!(Secret::parse(&format!("{} ", &good[..46])), None);
    }

    #[test]
    fn parts_of_a_digest_do_not_run_into_one_another() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
    }
}
