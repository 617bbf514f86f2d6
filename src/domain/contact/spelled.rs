//! Addresses of mailboxes that are spelled so that a program does not see them: `ana (at) example dot org`,
//! `ana[arroba]example.mx`, `ana @ example . org`. A person reads them all the same.

/// Endings of hosts that are looked for where words alone, which mean other things too, would make an address.
const ENDINGS: &[&str] = &[
    "com", "org", "net", "edu", "gob", "gov", "info", "mx", "es", "us", "uk", "io", "co", "ar", "cl", "pe", "br", "ca",
    "eu", "de", "fr", "it", "kr", "au", "int", "dev", "app", "lat",
];

/// What a part of a text means in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark<'t> {
    Word(&'t str),
    /// `@`, a word for it in brackets, or `arroba`.
    At,
    /// `at`, which is a word of its own.
    WeakAt,
    /// A word for the dot, or a dot that stands alone.
    Dot,
    /// Anything that ends an address.
    Break,
}

/// A part of a text with its place.
#[derive(Clone, Copy, Debug)]
struct Part<'t> {
    mark: Mark<'t>,
    start: usize,
    end: usize,
}

/// The first address that is spelled out.
pub(super) fn address_in(text: &str) -> Option<&str> {
    let parts = parts_of(text);
    (1..parts.len()).find_map(|at| {
        let is_weak = match parts[at].mark {
            Mark::At => false,
            Mark::WeakAt => true,
            _ => return None,
        };
        let local = parts.get(at - 1).filter(|part| matches!(part.mark, Mark::Word(_)))?;
        let end = host_end(&parts[at + 1..], is_weak)?;
        text.get(local.start..end)
    })
}

/// Where a host ends that these parts begin with: labels between dots, the last of letters.
fn host_end(parts: &[Part<'_>], is_weak: bool) -> Option<usize> {
    let Some(Part { mark: Mark::Word(first), end, .. }) = parts.first() else { return None };
    let (mut labels, mut end, mut spelled) = (first.split('.').collect::<Vec<_>>(), *end, false);
    for pair in parts[1..].chunks_exact(2) {
        let (Mark::Dot, Mark::Word(word)) = (pair[0].mark, pair[1].mark) else { break };
        labels.extend(word.split('.'));
        (end, spelled) = (pair[1].end, true);
    }
    let last = labels.last()?.to_ascii_lowercase();
    let is_ending = (2..=24).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_alphabetic());
    let is_host = labels.len() > 1 && labels.iter().all(|label| !label.is_empty()) && is_ending;
    let is_sure = !is_weak || (spelled && ENDINGS.contains(&last.as_str()));
    (is_host && is_sure).then_some(end)
}

fn parts_of(text: &str) -> Vec<Part<'_>> {
    let (mut parts, mut rest) = (Vec::new(), 0);
    while let Some(c) = text[rest..].chars().next() {
        let (start, after) = (rest, rest + c.len_utf8());
        if c.is_whitespace() {
            rest = after;
            continue;
        }
        let (mark, end) = match c {
            '@' | '\u{ff20}' | '\u{fe6b}' => (at_sign(text, (start, after)), after),
            '(' | '[' | '{' | '<' => bracketed(text, after),
            c if is_of_a_word(c) => {
                let length = text[start..].find(|c| !is_of_a_word(c)).unwrap_or(text.len() - start);
                words(text, (start, start + length), &mut parts);
                rest = start + length;
                continue;
            }
            _ => (Mark::Break, after),
        };
        parts.push(Part { mark, start, end });
        rest = end;
    }
    parts
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%')
}

/// A sign between a blank and a name is that of somebody in a network, and no address.
fn at_sign<'t>(text: &str, (start, after): (usize, usize)) -> Mark<'t> {
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_handle = is_blank(text[..start].chars().next_back()) && !is_blank(text[after..].chars().next());
    if is_handle { Mark::Break } else { Mark::At }
}

/// What stands in brackets that have just been opened, and where they are closed.
fn bracketed(text: &str, after: usize) -> (Mark<'_>, usize) {
    let Some(length) = text[after..].find([')', ']', '}', '>']) else { return (Mark::Break, after) };
    let closed = after + length + 1;
    match text[after..after + length].trim().to_lowercase().as_str() {
        "at" | "arroba" | "@" | "a" => (Mark::At, closed),
        "dot" | "punto" | "." => (Mark::Dot, closed),
        _ => (Mark::Break, after),
    }
}

/// A word; a dot that begins one stands between two, and one that ends a word ends the sentence.
fn words<'t>(text: &'t str, (start, end): (usize, usize), parts: &mut Vec<Part<'t>>) {
    let whole = &text[start..end];
    let bare = whole.trim_matches('.');
    if bare.is_empty() {
        let mark = if whole == "." { Mark::Dot } else { Mark::Break };
        parts.push(Part { mark, start, end });
        return;
    }
    let from = start + whole.find(bare).unwrap_or_default();
    if from > start {
        parts.push(Part { mark: if from - start == 1 { Mark::Dot } else { Mark::Break }, start, end: from });
    }
    let mark = match bare.to_lowercase().as_str() {
        "arroba" => Mark::At,
        "at" => Mark::WeakAt,
        "dot" | "punto" => Mark::Dot,
        _ => Mark::Word(bare),
    };
    let to = from + bare.len();
    parts.push(Part { mark, start: from, end: to });
    if to < end {
        parts.push(Part { mark: Mark::Break, start: to, end });
    }
}

#[cfg(test)]
mod tests {
    use super::address_in;

    #[test]
    fn what_a_person_reads_as_an_address_is_one() {
        for (text, address) in [
            ("Write to ana (at) example dot org, please", "ana (at) example dot org"),
            ("ana[arroba]ejemplo.mx", "ana[arroba]ejemplo.mx"),
            ("ana.ruiz {at} datos {dot} gob {dot} mx", "ana.ruiz {at} datos {dot} gob {dot} mx"),
            ("Escriba a ana arroba ejemplo punto com punto mx.", "ana arroba ejemplo punto com punto mx"),
            ("ana arroba ejemplo.com", "ana arroba ejemplo.com"),
            ("ana @ example . org", "ana @ example . org"),
            ("ana@ example.org", "ana@ example.org"),
            ("ana@example dot org", "ana@example dot org"),
            ("ana@example(punto)mx", "ana@example(punto)mx"),
            ("ana＠example.org", "ana＠example.org"),
            ("ANA AT EXAMPLE DOT COM", "ANA AT EXAMPLE DOT COM"),
            ("ana <at> example.org", "ana <at> example.org"),
            ("ana (a) ejemplo.mx", "ana (a) ejemplo.mx"),
        ] {
            assert_eq!(address_in(text), Some(address), "{text}");
        }
    }

    #[test]
    fn words_that_mean_other_things_are_none() {
        for text in [
            "Look at data.gov for more",
            "We look at scatter dot plots",
            "Publicamos en @datos.mx y @datosmx",
            "Asistencia técnica (AT) municipal",
            "Una arroba de maíz pesa 11.5 kg, en el punto de venta",
            "100 unidades @ 3.5 pesos",
            "El signo @ se lee arroba. En inglés, at",
            "Vea el anexo (a) de la norma. Luego el (b)",
            "The price (at) market. Org charts follow",
            "El punto de partida y punto final",
            "At example.org dot",
            "https://example.org/@ana",
            "versión 2.0 [at] 2014",
            "",
            "@",
            "(at",
            "arroba",
        ] {
            assert_eq!(address_in(text), None, "{text}");
        }
    }
}
