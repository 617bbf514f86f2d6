//! What stands beside a number and says what it is: a word that announces a telephone, the name of a code or a currency
//! before it, a unit behind it. The nearest word is heard.

/// How many letters before a number are looked at for a word.
const BEFORE: usize = 24;
/// Words that announce a telephone, folded to small letters.
const TELEPHONES: &[&str] = &[
    "tel",
    "tels",
    "teléfono",
    "teléfonos",
    "telefono",
    "telefonos",
    "telephone",
    "phone",
    "cel",
    "celular",
    "lada",
    "conmutador",
    "whatsapp",
    "fax",
    "llame",
    "llámenos",
    "llamenos",
    "llamar",
    "marque",
    "call",
];
/// What may stand between such a word and the number.
const BETWEEN: &[&str] = &["al", "a", "el", "us", "at", "on", "es", "no", "núm", "número", "number", "del"];
/// Codes and currencies, which a number follows that is no telephone.
const CODES: &[&str] = &[
    "isbn", "issn", "doi", "orcid", "scian", "naics", "isic", "ciiu", "ip", "upc", "ageb", "utm", "mxn", "usd", "eur",
];
/// The same of a number in one piece alone: people also write these words before the number of their telephone.
const FILES: &[&str] = &["folio", "solicitud", "expediente", "clave"];
/// What may stand between these and the number.
const NUMBERED: &[&str] = &["n", "nº", "no", "núm", "num", "número", "number"];
/// Words behind an amount.
const UNITS: &[&str] = &[
    "pesos",
    "mxn",
    "usd",
    "eur",
    "euros",
    "dólares",
    "dolares",
    "dollars",
    "mdp",
    "millones",
    "bytes",
    "kwh",
    "filas",
    "rows",
    "observaciones",
    "registros",
    "records",
];

/// Whether a word before a number says that it is that of a telephone.
pub(super) fn is_announced(before: &str) -> bool {
    before.ends_with("wa.me/") || nearest(before, BETWEEN).is_some_and(|word| TELEPHONES.contains(&word.as_str()))
}

/// Whether it is named as something else.
pub(super) fn is_named(before: &str, is_in_one_piece: bool) -> bool {
    let is_name = |word: String| CODES.contains(&&*word) || (is_in_one_piece && FILES.contains(&&*word));
    before.trim_end().ends_with(['$', '€', '£']) || nearest(before, NUMBERED).is_some_and(is_name)
}

/// Whether money or a count of something is meant. A word of the next sentence or line says nothing of it.
pub(super) fn has_unit(after: &str) -> bool {
    let blanks = |c: char| c.is_whitespace() && c != '\n';
    let word = after.trim_start_matches(blanks).split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    UNITS.contains(&word.to_lowercase().as_str())
}

/// The last word of a text, but for some that say nothing.
fn nearest(before: &str, but: &[&str]) -> Option<String> {
    let from = before.char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    let words = before[from..].to_lowercase();
    let word = words.rsplit(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty() && !but.contains(word));
    word.map(str::to_owned)
}
