//! Addresses of mailboxes that are spelled so that a program does not see them: `ana (at) example dot org`,
//! `ana[arroba]example.mx`, `ana @ example . org`. A person reads them all the same.

/// Endings of hosts that are looked for where words alone, which mean other things too, would make an address.
const ENDINGS: &[&str] = &[
    "com", "org", "net", "edu", "gob", "gov", "info", "mx", "es", "us", "uk", "io", "co", "ar", "cl", "pe", "br", "ca",
    "eu", "de", "fr", "it", "kr", "au", "int", "dev", "app", "lat",
];
/// Endings that are words too: in `punto de venta` none is meant.
const PREPOSITIONS: &[&str] = &["de", "es"];
/// How much of a text is looked at for the end of a bracket, in bytes.
const BRACKETED: usize = 16;

/// How sure it is that the sign of an address is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// `@`, or a word for it in brackets.
    Sure,
    /// `arroba`, which is a measure too: the host has a known ending.
    Arroba,
    /// `at`, a word of its own, and `(a)`, which leads a list: the dots of the host are spelled too.
    Weak,
}

/// What a part of a text means in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark<'t> {
    Word(&'t str),
    At(Sign),
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
        let Mark::At(sign) = parts[at].mark else { return None };
        let local = parts.get(at - 1).filter(|part| matches!(part.mark, Mark::Word(_)))?;
        let end = host_end(text, &parts[at + 1..], sign)?;
        text.get(local.start..end)
    })
}

/// Where a host ends that these parts begin with: labels between dots, the last of letters.
fn host_end(text: &str, parts: &[Part<'_>], sign: Sign) -> Option<usize> {
    let Some(Part { mark: Mark::Word(first), end, .. }) = parts.first() else { return None };
    let (mut labels, mut end, mut dot) = (first.split('.').collect::<Vec<_>>(), *end, None);
    for pair in parts[1..].chunks_exact(2) {
        let (Mark::Dot, Mark::Word(word)) = (pair[0].mark, pair[1].mark) else { break };
        labels.extend(word.split('.'));
        (end, dot) = (pair[1].end, text.get(pair[0].start..pair[0].end));
    }
    let last = labels.last()?.to_ascii_lowercase();
    let is_ending = (2..=24).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_alphabetic());
    let is_host = labels.len() > 1 && labels.iter().all(|label| !label.is_empty()) && is_ending;
    let is_phrase = dot.is_some_and(|dot| dot.eq_ignore_ascii_case("punto")) && PREPOSITIONS.contains(&last.as_str());
    let is_known = ENDINGS.contains(&last.as_str()) && !is_phrase;
    let is_sure = match sign {
        Sign::Sure => true,
        Sign::Arroba => is_known,
        Sign::Weak => is_known && dot.is_some(),
    };
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
            '(' | '[' | '{' | '<' => bracketed(text, (start, after)),
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
    if is_handle { Mark::Break } else { Mark::At(Sign::Sure) }
}

/// What stands in brackets that have just been opened, and where they are closed. Long brackets hold no such word.
fn bracketed(text: &str, (start, after): (usize, usize)) -> (Mark<'_>, usize) {
    let near = &text[after..text.floor_char_boundary(after + BRACKETED)];
    let Some(length) = near.find([')', ']', '}', '>']) else { return (Mark::Break, after) };
    let closed = after + length + 1;
    let is_of_a_word = |c: Option<char>| c.is_some_and(is_of_a_word);
    match near[..length].trim().to_lowercase().as_str() {
        "at" | "arroba" | "@" => (Mark::At(Sign::Sure), closed),
        "a" => {
            let is_inside =
                is_of_a_word(text[..start].chars().next_back()) && is_of_a_word(text[closed..].chars().next());
            (Mark::At(if is_inside { Sign::Sure } else { Sign::Weak }), closed)
        }
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
        "arroba" => Mark::At(Sign::Arroba),
        "at" => Mark::At(Sign::Weak),
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
            ("ana(a)example.org", "ana(a)example.org"),
            ("ana (a) example punto org", "ana (a) example punto org"),
            ("ana arroba ejemplo (punto) es", "ana arroba ejemplo (punto) es"),
            ("ana arroba ejemplo.es", "ana arroba ejemplo.es"),
            ("ana @ ejemplo punto es", "ana @ ejemplo punto es"),
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
            "Usamos (a) datos.gob.mx y (b) INEGI",
            "inciso (a) datos.gob.mx",
            "we used (a) data.gov (b) census.gov",
            "inciso (a) pan (b) punto de venta",
            "inciso (a) pan punto de venta",
            "10 pesos arroba maíz punto de venta",
            "la arroba carne punto de corte",
            "la arroba carne punto es",
            "un arroba maíz punto final",
            "ana (at                 ) example.org",
            "versión 2.0 [at] 2014",
            "",
            "@",
            "(at",
            "arroba",
        ] {
            assert_eq!(address_in(text), None, "{text}");
        }
    }

    #[test]
    fn brackets_that_are_not_closed_end_soon() {
        for bracket in ["(", "[", "{", "<", "(ñ", "(ﷺ"] {
            assert_eq!(address_in(&bracket.repeat(64_000)), None, "{bracket}");
        }
    }
}
