//! What a password must be. Length counts; no rule asks for signs that people then forget.

use super::email::Email;
use super::secret::digest;
use super::violation::{Fault, Violation};

/// The fewest characters.
pub const SHORTEST: usize = 12;
/// The most: a longer one would only cost the server time.
pub const LONGEST: usize = 128;

/// A Bloom filter of 1.4 million passwords that were stolen somewhere, see `data/SOURCES.md`: it knows each of them, and one
/// in a thousand others. Nobody is asked over the net, so no service learns what people choose.
const BREACHED: &[u8] = include_bytes!("../../data/breached_passwords.bloom");
/// The bits that each of them has set; `tools/refdata/passwords.py` made them.
const HASHES: u64 = 10;
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
    let different: std::collections::BTreeSet<char> = folded.chars().collect();
    if is_breached(&folded)
        || is_place
        || different.len() < 5
        || folded == email.key()
        || (name.len() >= SHORTEST / 2 && folded.contains(name))
    {
        return Err(Violation::new(field, "this password is too easy to guess"));
    }
    Ok(())
}

/// Whether a password in lower case is one that was stolen, however it was written there.
fn is_breached(folded: &str) -> bool {
    let digest = digest(&[folded.as_bytes()]);
    let word = |from: usize| u64::from_str_radix(&digest[from..from + 16], 16).unwrap_or_default();
    let (first, second) = (u128::from(word(0)), u128::from(word(16)));
    let bits = BREACHED.len() as u128 * 8;
    (0..HASHES).all(|i| {
        let bit = ((first + u128::from(i) * second) % bits) as usize;
        BREACHED[bit / 8] >> (bit % 8) & 1 == 1
    })
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
    }

    #[test]
    fn stolen_passwords_are_known_and_few_others() {
        for stolen in ["qwertyuiop123", "password1234", "123QWEasdzxc", "000webhost2009"] {
            assert!(is_breached(&stolen.to_lowercase()), "{stolen}");
        }
        let others = (0..10_000).filter(|n| is_breached(&format!("cuatro palabras {n} que riman"))).count();
        assert!(others < 30, "{others} of 10,000 that nobody has stolen");
    }
}
