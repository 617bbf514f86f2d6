//! A second factor: one-time codes of an authenticator app (RFC 6238), and codes on paper for a lost device.

pub mod recovery;
pub mod seal;
pub mod totp;

use recovery::RecoveryCode;

/// Whether roles of staff need a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// They sleep in a session that had none.
    Staff,
    /// Whoever sets one up is asked for it, and nobody has to.
    Optional,
}

/// What somebody has typed, by its form: nothing of it is known to be right.
#[derive(Clone, PartialEq, Eq)]
pub enum Typed {
    /// Six digits of an app.
    Code(String),
    /// A code for a lost device.
    Recovery(RecoveryCode),
}

impl Typed {
    /// As it was typed or pasted: spaces and hyphens say nothing. `None` where it can be neither.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 200 {
            return None;
        }
        let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if bare.len() == totp::DIGITS && bare.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Code(bare));
        }
        RecoveryCode::parse(&bare).map(Self::Recovery)
    }
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_known_by_its_form() {
        let code = Some(Typed::Code("012345".to_owned()));
        for text in ["012345", " 012 345\n", "012-345"] {
            assert_eq!(Typed::parse(text), code, "{text}");
        }
        let recovery = RecoveryCode::of_bits([7; 15]);
        for text in
            [recovery.expose().to_owned(), recovery.expose().to_uppercase(), recovery.expose().replace('-', " ")]
        {
            assert_eq!(Typed::parse(&text), Some(Typed::Recovery(recovery.clone())), "{text}");
        }
        for text in ["", "12345", "1234567", "１２３４５６", "abcdef", &recovery.expose()[1..], &"1".repeat(300)]
        {
            assert_eq!(Typed::parse(text), None, "{text}");
        }
        assert_eq!(format!("{:?}", Typed::parse("012345")), "Some(Typed(…))");
    }
}
