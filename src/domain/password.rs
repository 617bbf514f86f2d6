//! What a password must be. Length counts; no rule asks for signs that people then forget.

use super::email::Email;
use super::secret::digest;
use super::violation::{Fault, Violation};

/// The fewest characters.
pub const SHORTEST: usize = 12;
/// The most: a longer one would only cost the server time.
pub const LONGEST: usize = 128;

/// Digests of passwords that many people choose, see `data/SOURCES.md`.
const COMMON: &str = include_str!("../../data/common_passwords.txt");
/// Words of this place: they are the first that somebody guesses, and add nothing.
const OF_THIS_PLACE: [&str; 6] = ["opendata100", "opendata", "datosabiertos", "od100", "contraseña", "password"];

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
    let bare: String = folded.chars().filter(|sign| sign.is_alphanumeric()).collect();
    let rest = OF_THIS_PLACE.iter().fold(bare.clone(), |rest, word| rest.replace(word, ""));
    let is_place = rest.len() < bare.len() && rest.chars().count() < SHORTEST / 2;
    let digest = digest(&[folded.as_bytes()]);
    let is_common = COMMON.lines().any(|common| digest.starts_with(common));
    let different: std::collections::BTreeSet<char> = folded.chars().collect();
    if is_common
        || is_place
        || different.len() < 5
        || folded == email.key()
        || (name.len() >= SHORTEST / 2 && folded.contains(name))
    {
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
        assert_eq!(fault("123QWEasdzxc"), Some(Fault::Invalid), "many choose it");
        assert_eq!(fault("Open Data 100!!!"), Some(Fault::Invalid), "it names the place");
        assert_eq!(fault("opendata y cuatro gatos"), None);
        assert!(COMMON.lines().count() > 200 && COMMON.lines().all(|line| line.len() == 16));
    }
}
