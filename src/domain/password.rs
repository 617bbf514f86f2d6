//! What a password must be. Length counts; no rule asks for signs that people then forget.

use super::email::Email;
use super::violation::{Fault, Violation};

/// The fewest characters.
pub const SHORTEST: usize = 12;
/// The most: a longer one would only cost the server time.
pub const LONGEST: usize = 128;

/// Whether a password will do for an account.
pub fn check(field: &str, password: &str, email: &Email) -> Result<(), Violation> {
    let length = password.chars().count();
    if length < SHORTEST {
        let message = format!("a password has at least {SHORTEST} characters; a few words make a good one");
        return Err(Violation::new(field, message).of(Fault::TooShort));
    }
    if length > LONGEST {
        return Err(Violation::new(field, format!("a password has at most {LONGEST} characters")).of(Fault::TooLong));
    }
    let folded = password.to_lowercase();
    let name = email.key().split('@').next().unwrap_or_default();
    let different: std::collections::BTreeSet<char> = folded.chars().collect();
    if different.len() < 5 || folded == email.key() || (name.len() >= SHORTEST / 2 && folded.contains(name)) {
        return Err(Violation::new(field, "this password is too easy to guess"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_and_the_own_name_does_not() {
        let email = Email::parse("email", "mariana@example.org").unwrap();
        let fault = |password: &str| check("password", password, &email).err().map(|violation| violation.fault);
        assert_eq!(fault("cuatro palabras que riman"), None);
        assert_eq!(fault("corta"), Some(Fault::TooShort));
        assert_eq!(fault(&"ñandú ".repeat(30)), Some(Fault::TooLong));
        assert_eq!(fault("aaaaaaaaaaaaaa"), Some(Fault::Invalid));
        assert_eq!(fault("Mariana@example.org"), Some(Fault::Invalid));
        assert_eq!(fault("mariana123456"), Some(Fault::Invalid));
    }
}
