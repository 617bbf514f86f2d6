//! Telephone numbers in words: ten digits or more with nothing between them but what stands between the parts of a number, or
//! eight where a word says that it is one. Years, dates, amounts, series of values and codes are none.

use super::beside::{has_unit, is_announced, is_named};

/// Digits of a number that nothing announces, and of one that is announced.
const PLAIN: usize = 10;
const ANNOUNCED: usize = 8;

/// A part of digits, with what stands before it in its run.
#[derive(Clone, Debug)]
struct Part<'t> {
    before: &'t str,
    digits: String,
    start: usize,
    end: usize,
}

impl Part<'_> {
    fn value(&self) -> u64 {
        self.digits.parse().unwrap_or(u64::MAX)
    }

    fn is_year(&self) -> bool {
        self.digits.len() == 4 && (self.digits.starts_with("19") || self.digits.starts_with("20"))
    }

    /// Whether it is a number of one or two digits of at most `most`.
    fn is_up_to(&self, most: u64) -> bool {
        self.digits.len() <= 2 && (1..=most).contains(&self.value())
    }

    /// The one sign that stands before it, where that is one.
    fn sign(&self) -> Option<char> {
        let mut all = self.before.chars();
        all.next().filter(|_| all.next().is_none())
    }

    fn is_after_a_blank(&self) -> bool {
        self.before.is_empty() || self.before.contains(char::is_whitespace)
    }
}

/// The first number of somebody in a text.
pub(super) fn number_in(text: &str) -> Option<&str> {
    runs(text).into_iter().find_map(|run| groups(text, &run).into_iter().find_map(|group| shown(text, &group)))
}

/// A digit, that of a full width too.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10),
        _ => None,
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_between(c: char) -> bool {
    is_dash(c) || matches!(c, '(' | ')' | '+' | '.' | '·' | '•') || (c.is_whitespace() && c != '\n')
}

/// Digits with nothing but signs of numbers between them, part by part. What stands in a web address is none, unless it
/// leads to a telephone.
fn runs(text: &str) -> Vec<Vec<Part<'_>>> {
    let (mut runs, mut run, mut at) = (Vec::new(), Vec::new(), 0);
    // Where what stands between begins, and where the last address ends: what is in one that is read on is not looked for.
    let (mut between, mut known) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        if let Some((length, is_telephone)) = Some(&text[at..]).filter(|_| at >= known).and_then(web) {
            known = at + length;
            if !is_telephone {
                runs.push(std::mem::take(&mut run));
                (at, between) = (known, known);
                continue;
            }
        }
        if digit(c).is_some() {
            let length = text[at..].find(|c| digit(c).is_none()).unwrap_or(text.len() - at);
            let end = at + length;
            let digits = text[at..end].chars().filter_map(digit).collect();
            run.push(Part { before: &text[between..at], digits, start: at, end });
            (at, between) = (end, end);
            continue;
        }
        at += c.len_utf8();
        if !is_between(c) {
            runs.push(std::mem::take(&mut run));
            between = at;
        }
    }
    runs.push(run);
    runs.retain(|run| !run.is_empty());
    runs
}

/// How long the web address is that a text begins with, and whether it leads to a telephone.
fn web(text: &str) -> Option<(usize, bool)> {
    if !["https://", "http://", "www."].iter().any(|way| text.starts_with(way)) {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>');
    let length = text.find(ends).unwrap_or(text.len());
    Some((length, ["wa.me", "whatsapp"].iter().any(|way| text[..length].contains(way))))
}

/// The parts between dates and measures. What could be the end of a telephone is neither of them without a sign in it.
fn groups<'t>(text: &str, run: &[Part<'t>]) -> Vec<Vec<Part<'t>>> {
    let total: usize = run.iter().map(|part| part.digits.len()).sum();
    let is_announced = run.first().is_some_and(|first| is_announced(&text[..first.start]));
    let is_telephone = is_announced || run.iter().any(|part| part.before.contains('+'));
    let (mut groups, mut group, mut at) = (Vec::new(), Vec::new(), 0);
    while at < run.len() {
        let is_fresh = group.is_empty() || run[at].is_after_a_blank();
        let of_a_date = if is_fresh { date(&run[at..]) } else { 0 };
        let of_a_year = if is_telephone { 0 } else { year_in_brackets(&run[at..]) };
        let bare = if is_telephone || total == PLAIN { 0 } else { measure(&run[at..]).max(bare_date(&run[at..])) };
        let taken = of_a_date.max(of_a_year).max(bare);
        if taken > 0 {
            groups.push(std::mem::take(&mut group));
            at += taken;
        } else {
            group.push(run[at].clone());
            at += 1;
        }
    }
    groups.push(group);
    groups.retain(|group| !group.is_empty());
    groups
}

/// How many of these parts are a date at their beginning: `2014-05-31`, `31.05.2014`, `2014-05`, `2014-15`, `05-2014`.
fn date(parts: &[Part<'_>]) -> usize {
    let sign = |at: usize| parts.get(at).and_then(Part::sign).filter(|c| is_dash(*c) || *c == '.');
    let goes_on = |at: usize, sign_before: char| {
        parts.get(at).is_some_and(|part| part.sign() == Some(sign_before) && part.digits.len() >= 3)
    };
    let [first, rest @ ..] = parts else { return 0 };
    let Some((second, sign_one)) = rest.first().zip(sign(1)) else { return 0 };
    if let Some(third) = rest.get(1).filter(|_| sign(2) == Some(sign_one)) {
        let starts_with_year = first.is_year() && second.is_up_to(12) && third.is_up_to(31);
        let ends_with_year = first.is_up_to(31) && second.is_up_to(31) && third.is_year();
        if starts_with_year || ends_with_year {
            return 3;
        }
    }
    let is_pair = (first.is_year() && second.digits.len() == 2) || (first.is_up_to(12) && second.is_year());
    if is_pair && !goes_on(2, sign_one) { 2 } else { 0 }
}

/// A date without signs at the beginning of these parts: `20140531`.
fn bare_date(parts: &[Part<'_>]) -> usize {
    let Some(first) = parts.first().filter(|first| first.digits.len() == 8) else { return 0 };
    let (year, month, day) = (&first.digits[..4], &first.digits[4..6], &first.digits[6..]);
    let number = |text: &str| text.parse().unwrap_or(0_u32);
    let is_day = (1..=12).contains(&number(month)) && (1..=31).contains(&number(day));
    usize::from(is_day && (1900..2100).contains(&number(year)))
}

/// How many of these parts are a year in brackets of its own, or two with a dash: what is said before it has ended.
fn year_in_brackets(parts: &[Part<'_>]) -> usize {
    if !parts.first().is_some_and(|part| part.before.ends_with('(') && part.is_year()) {
        return 0;
    }
    let is_next = |part: &Part<'_>| part.is_year() && part.sign().is_some_and(is_dash);
    let years = if parts.get(1).is_some_and(is_next) { 2 } else { 1 };
    let is_closed = parts.get(years).is_none_or(|next| next.before.starts_with(')'));
    if is_closed { years } else { 0 }
}

/// How many of these parts are a measure with many decimals at their beginning, such as a coordinate.
fn measure(parts: &[Part<'_>]) -> usize {
    let [whole, decimals, rest @ ..] = parts else { return 0 };
    let is_one = decimals.sign() == Some('.') && whole.digits.len() <= 3 && decimals.digits.len() >= 5;
    if is_one && rest.first().is_none_or(|next| next.sign() != Some('.')) { 2 } else { 0 }
}

/// The number that a group of parts is, as it is written.
fn shown<'t>(text: &'t str, group: &[Part<'_>]) -> Option<&'t str> {
    let (first, last) = (group.first()?, group.last()?);
    let before = &text[..first.start];
    let announced = is_announced(before);
    let is_marked = group.iter().any(|part| part.before.contains('+')) || has_area(group);
    let digits: usize = group.iter().map(|part| part.digits.len()).sum();
    let no_year: usize = group.iter().filter(|part| !part.is_year()).map(|part| part.digits.len()).sum();
    let is_long = digits >= if announced { ANNOUNCED } else { PLAIN };
    let is_of_years = no_year == 0 || (first.is_year() && no_year < 4);
    if !is_long || is_of_years || (!announced && is_a_code(text, (first.start, last.end))) {
        return None;
    }
    let is_amount = || is_in_thousands(group) || is_series(group) || has_unit(&text[last.end..]);
    if !is_marked && !announced && (is_named(before, group.len() == 1) || is_amount()) {
        return None;
    }
    let sign = first.before.find(['+', '(']).map(|at| first.start - first.before.len() + at);
    text.get(sign.unwrap_or(first.start)..last.end)
}

/// Whether it has an area in brackets: a few digits that are no year, and digits behind them.
fn has_area(group: &[Part<'_>]) -> bool {
    group.windows(2).any(|pair| {
        let is_area = pair[0].before.contains('(') && pair[0].digits.len() <= 4 && !pair[0].is_year();
        is_area && pair[1].before.starts_with(')')
    })
}

/// Whether letters stand at the digits, as in a code, also with a dash between.
fn is_a_code(text: &str, (start, end): (usize, usize)) -> bool {
    let mut before = text[..start].chars().rev();
    let is_led = match before.next() {
        Some(c) if is_dash(c) || matches!(c, '_' | '/') => before.next().is_some_and(char::is_alphabetic),
        Some(c) => c.is_alphabetic(),
        None => false,
    };
    is_led || text[end..].chars().next().is_some_and(|c| c.is_alphabetic() && c != 'x' && c != 'e')
}

/// Amounts: in groups of thousands, alone or from one to another, or two round ones.
fn is_in_thousands(group: &[Part<'_>]) -> bool {
    if group.len() == 2 && group.iter().all(|part| part.digits.len() >= 5 && part.digits.ends_with("00")) {
        return true;
    }
    let is_apart = |_: &Part<'_>, next: &Part<'_>| !next.before.contains(is_dash);
    let mut has_any = false;
    for piece in group.chunk_by(is_apart) {
        let whole = match piece {
            // What has decimals ends in one or two digits behind another sign.
            [whole @ .., decimals] if whole.len() > 1 && decimals.digits.len() <= 2 => whole,
            whole => whole,
        };
        let [head, rest @ ..] = whole else { return false };
        let sign = rest.first().and_then(Part::sign);
        let is_grouped = !rest.is_empty()
            && head.digits.len() <= 3
            && rest.iter().all(|part| part.digits.len() == 3 && part.sign() == sign)
            && sign.is_some_and(|c| c == '.' || c.is_whitespace());
        if !is_grouped && (piece.len() > 1 || head.digits.len() > 4) {
            return false;
        }
        has_any |= is_grouped;
    }
    has_any
}

/// Values in a row: such that go up by equal steps, or decimals beside each other.
fn is_series(group: &[Part<'_>]) -> bool {
    let values: Vec<u64> = group.iter().map(Part::value).collect();
    let step = |of: &[u64]| of[1].checked_sub(of[0]).filter(|step| *step > 0);
    let is_stepped = values.len() > 3
        && values.windows(3).all(|of| step(of).is_some() && step(of) == of[1..].get(..2).and_then(step));
    let pairs: Vec<_> = group.chunks(2).collect();
    let is_decimal =
        |pair: &&[Part<'_>]| matches!(pair, [whole, part] if whole.sign() != Some('.') && part.sign() == Some('.'));
    is_stepped || (pairs.len() > 1 && pairs.iter().all(is_decimal))
}

#[cfg(test)]
mod tests {
    use super::number_in;

    #[test]
    fn numbers_of_telephones_are_seen_as_they_are_written() {
        for (text, number) in [
            ("Llame al 55 1234 5678, o venga", "55 1234 5678"),
            ("5512345678", "5512345678"),
            ("55.1234.5678", "55.1234.5678"),
            ("55-1234-5678", "55-1234-5678"),
            ("55–1234–5678", "55–1234–5678"),
            ("55\u{a0}1234\u{a0}5678", "55\u{a0}1234\u{a0}5678"),
            ("5 5 1 2 3 4 5 6 7 8", "5 5 1 2 3 4 5 6 7 8"),
            ("55 12 34 56 78", "55 12 34 56 78"),
            ("55·1234·5678", "55·1234·5678"),
            ("Tel. +52 (55) 1234-5678.", "+52 (55) 1234-5678"),
            ("+52 (55) 2014-2015", "+52 (55) 2014-2015"),
            ("(81) 8123-4567", "(81) 8123-4567"),
            ("+34 912 345 678", "+34 912 345 678"),
            ("５５１２３４５６７８", "５５１２３４５６７８"),
            ("tel:5512345678", "5512345678"),
            ("https://wa.me/525512345678", "525512345678"),
            (r#"{"url":"https://example.org/1","text":"5512345678"}"#, "5512345678"),
            ("Tel. 5512 3456", "5512 3456"),
            ("llame al 1234-5678", "1234-5678"),
            ("En 2014 (55 1234 5678)", "2014 (55 1234 5678"),
            ("55 1234 5678 ext. 12", "55 1234 5678"),
            ("555 123 4567", "555 123 4567"),
            ("Tel. 5551281000", "5551281000"),
            ("5551281000", "5551281000"),
            ("Conmutador 5550001200", "5550001200"),
            ("Tel. 912 345 678", "912 345 678"),
            ("Llame al 5512345678 pesos", "5512345678"),
            ("WhatsApp 5512345600", "5512345600"),
            ("Llame al 800 900 1000", "800 900 1000"),
            ("800 900 1000", "800 900 1000"),
            ("Tel: 555 123 456 789", "555 123 456 789"),
            ("55 1234 2015", "55 1234 2015"),
            ("555 123 2020 (2014)", "555 123 2020"),
            ("55 20141212", "55 20141212"),
            ("+52 55 20141212", "+52 55 20141212"),
            ("+52 55.12345678", "+52 55.12345678"),
            ("Oficina 55 1234 5678. Registros abiertos", "55 1234 5678"),
            ("Oficina 55 1234 5678\nRegistros abiertos", "55 1234 5678"),
            ("Folio 12, tel. 5512345678", "5512345678"),
            ("Folio por teléfono: 5512345678", "5512345678"),
            ("MXN, cel 55 1234 5678", "55 1234 5678"),
            ("Solicitud: 55 1234 5678", "55 1234 5678"),
            ("Solicitud al 5512345678", "5512345678"),
            ("ISBN +52 55 1234 5678", "+52 55 1234 5678"),
            ("https://wa.me/525512345678?www.", "525512345678"),
        ] {
            assert_eq!(number_in(text), Some(number), "{text}");
        }
    }

    #[test]
    fn an_address_that_is_read_on_is_looked_for_once() {
        // At each of its beginnings it would be read to its end.
        let text = format!("{}wa.me/525512345678", "www.".repeat(16_000));
        assert_eq!(number_in(&text), Some("525512345678"));
    }

    #[test]
    fn years_dates_amounts_series_and_codes_are_none() {
        for text in [
            "Censos 1990 2000 2010 2020",
            "Ola 2014-2015 (2016)",
            "1990–2000, 2000–2010 y 2010–2020",
            "Del 2014-05-31 al 2015-06-30",
            "2014-05-31 2015-06-30",
            "2014-05-31/2015-06-30",
            "2014-05 – 2015-12",
            "2014-15 2015-16 2016-17",
            "20140531 20150630",
            "31.05.2014 30.06.2015",
            "05-2014 06-2015 07-2016",
            "2024-05-31T10:30:00 2024-06-01T10:30:00",
            "precio de 1,500,000,000 pesos",
            "1.500.000.000",
            "12 345 678 901",
            "1 000 000–5 000 000 000",
            "1 500 000 000.50",
            "10000-50000",
            "100000 - 500000",
            "$ 5512345678",
            "5512345678 pesos",
            "XAXX010101000",
            "GODE561231HDFRRN09",
            "RFC ABC010101XY9, ABC010101XY8",
            "CVE-2024-1234567",
            "folio INE-2024-0012345",
            "123e4567-e89b-12d3-a456-426614174000",
            "ISO 19115-1:2014, ISO 8601-1:2019",
            "https://datos.example/dataset/5512345678",
            "doi 10.1234/zenodo.1234567",
            "19.4326077, -99.1332080",
            "19.4326077 -99.1332080",
            "1 2 3 4 5 6 7 8 9 10",
            "10 20 30 40 50",
            "12.5 13.8 14.2 15.9",
            "Usamos 12 series de 2014 a 2024 y 3 más",
            "1234-5678",
            "126 014 024 (2020)",
            "126014024 (2020)",
            "126 014 024 (2010-2020)",
            "126 014 024 (2020, INEGI)",
            "1234567 (2014)",
            "100 000 (2020)",
            "12 345 (2014) 23 456 (2015)",
            "1 000 000 000 (2014)",
            "0.95 (0.91-0.98) 1.05 (1.01-1.10)",
            "ISBN 978-607-8620-12-3",
            "ISBN-13: 978-607-8620-12-3",
            "ISSN 1234567890",
            "ORCID 0000-0002-1825-0097",
            "doi: 10.1234 5678901",
            "Solicitud 330026723000123",
            "Folio No. 330026723000123",
            "Clave AGEB 0901400010898",
            "expediente 1234567890",
            "MXN 1234567890",
            "USD 1234567890",
            "SCIAN 541511 541512",
            "NAICS 541511 541512",
            "IP 201.131.64.123",
            "UTM 487123 2145678",
            "$1234567890",
            "1234567890 bytes",
            "1234567890 kWh",
            "1234567890 filas",
            "1234567890 observaciones",
            "1234567890 rows",
            "",
        ] {
            assert_eq!(number_in(text), None, "{text}");
        }
    }
}
