//! One-time codes by time: RFC 6238 with SHA-1, 30 seconds and 6 digits, which is what every authenticator app reads.

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use ring::hmac;
use subtle::ConstantTimeEq as _;
use url::form_urlencoded::byte_serialize;

/// The digits of a code.
pub const DIGITS: usize = 6;
/// A code is shown for so many seconds.
pub const STEP: i64 = 30;
/// So many steps before and after are taken too: clocks differ, and typing takes a while.
const SKEW: i64 = 1;
/// The bytes of a seed: as many as SHA-1 gives, as RFC 4226 advises.
pub const SEED_BYTES: usize = 20;

/// What an app and this site both know. It is printed nowhere; its owner sees it once, to set an app up.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed([u8; SEED_BYTES]);

impl Seed {
    /// Of random bits.
    pub fn of_bits(bits: [u8; SEED_BYTES]) -> Self {
        Self(bits)
    }

    /// As it was kept; `None` where it cannot be one.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The seed itself, to be kept.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// As it is typed into an app: base32 in groups of four.
    pub fn grouped(&self) -> String {
        let text = BASE32_NOPAD.encode(&self.0);
        let mut grouped = String::with_capacity(text.len() * 5 / 4);
        for (at, sign) in text.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                grouped.push(' ');
            }
            grouped.push(sign);
        }
        grouped
    }

    /// As an app reads it from a link or a picture.
    pub fn link(&self, issuer: &str, account: &str) -> String {
        // Some apps show a plus where a space was written as one.
        let plain = |text: &str| byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
        let (issuer, account, seed) = (plain(issuer), plain(account), BASE32_NOPAD.encode(&self.0));
        format!(
            "otpauth://totp/{issuer}:{account}?secret={seed}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP}"
        )
    }

    /// The step that a code belongs to, now or next to now, and after `last`: a code works once, and none before it.
    pub fn step_of(&self, code: &str, at: DateTime<Utc>, last: i64) -> Option<i64> {
        let now = step(at);
        let mut found = None;
        // All are looked at whichever fits, so that the time it takes tells nothing.
        for one in now - SKEW..=now + SKEW {
            let fits = bool::from(self.code(one).as_bytes().ct_eq(code.as_bytes()));
            if fits && one > last && found.is_none() {
                found = Some(one);
            }
        }
        found
    }

    /// The code of a step: RFC 4226, 5.3.
    fn code(&self, step: i64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let bytes = tag.as_ref();
        let from = usize::from(bytes[bytes.len() - 1] & 0xf);
        let word = bytes[from..from + 4].iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
        format!("{:0DIGITS$}", (word & 0x7fff_ffff) % 10_u32.pow(DIGITS as u32))
    }
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(…)")
    }
}

/// The step that a moment lies in.
fn step(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    /// The seed of the RFC's appendices.
    fn rfc() -> Seed {
        Seed::of_bytes(b"12345678901234567890").unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, whose codes have eight digits: these are their last six.
        for (seconds, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(rfc().code(step(at(seconds))), code[2..], "{seconds}");
            assert_eq!(rfc().step_of(&code[2..], at(seconds), 0), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn codes_are_those_of_rfc_4226() {
        let codes =
            ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
        for (step, code) in codes.into_iter().enumerate() {
            assert_eq!(rfc().code(step as i64), code);
        }
    }

    #[test]
    fn one_step_before_and_after_is_taken() {
        let now = at(1_234_567_890);
        let taken = |step: i64| rfc().step_of(&rfc().code(step), now, 0);
        for (difference, is_taken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let one = step(now) + difference;
            assert_eq!(taken(one), is_taken.then_some(one), "{difference}");
        }
    }

    #[test]
    fn a_code_works_once_and_none_before_it() {
        let now = at(1_234_567_890);
        let used = rfc().step_of(&rfc().code(step(now)), now, 0).unwrap();
        assert_eq!(rfc().step_of(&rfc().code(used), now, used), None);
        assert_eq!(rfc().step_of(&rfc().code(used - 1), now, used), None);
        assert_eq!(rfc().step_of(&rfc().code(used + 1), now, used), Some(used + 1));
    }

    #[test]
    fn what_is_no_code_fits_nothing() {
        let now = at(1_234_567_890);
        for text in ["", "5924", "0059240", "005925", "00592 ", "é59240"] {
            assert_eq!(rfc().step_of(text, now, 0), None, "{text}");
        }
    }

    #[test]
    fn an_app_reads_the_seed() {
        assert_eq!(rfc().grouped(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            rfc().link("Open Data 100", "ana+1@example.org"),
            "otpauth://totp/Open%20Data%20100:ana%2B1%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Open%20Data%20100&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(format!("{:?}", rfc()), "Seed(…)");
        assert_eq!(Seed::of_bytes(b"short"), None);
    }
}
