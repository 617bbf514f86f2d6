//! Cleaning of foreign text: markup out, entities decoded, line ends and spaces in order, contacts masked.

/// Names of elements that may stand in a description; anything else in angle brackets is text.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "center",
    "cite",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "label",
    "li",
    "link",
    "meta",
    "object",
    "ol",
    "option",
    "p",
    "pre",
    "s",
    "script",
    "section",
    "select",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "u",
    "ul",
    "video",
];

/// Elements after which a new line starts.
const BREAKS: &[&str] = &["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"];

/// A text after cleaning, and what had to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Plain text.
    pub text: String,
    /// Whether markup was taken out.
    pub had_markup: bool,
    /// How many addresses and telephone numbers were masked.
    pub contacts: usize,
}

/// Makes plain text of several lines out of anything.
pub fn clean(raw: &str) -> Cleaned {
    let (plain, had_markup) = strip_markup(raw);
    let (masked, contacts) = mask_contacts(&plain);
    Cleaned { text: tidy_lines(&masked), had_markup, contacts }
}

/// Makes plain text of one line.
pub fn clean_line(raw: &str) -> String {
    let plain = strip_markup(raw).0;
    plain.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Text without elements and with entities decoded; whether there were elements.
pub fn strip_markup(raw: &str) -> (String, bool) {
    let mut marked = String::with_capacity(raw.len());
    let mut had_markup = false;
    let mut rest = raw;
    while let Some(at) = rest.find('<') {
        marked.push_str(&rest[..at]);
        match tag_name(&rest[at + 1..]) {
            Some(name) => {
                had_markup = true;
                if BREAKS.contains(&name.as_str()) {
                    marked.push('\n');
                }
                marked.push('<');
            }
            None => marked.push_str("&lt;"),
        }
        rest = &rest[at + 1..];
    }
    marked.push_str(rest);
    let plain = if had_markup { ammonia::Builder::empty().clean(&marked).to_string() } else { marked };
    (html_escape::decode_html_entities(&plain).replace('\u{a0}', " "), had_markup)
}

/// The known element that starts here, after its angle bracket.
fn tag_name(after: &str) -> Option<String> {
    if after.starts_with("!--") {
        return Some("!--".to_owned());
    }
    let after = after.strip_prefix('/').unwrap_or(after);
    let name: String = after.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let next = after[name.len()..].chars().next();
    (TAGS.contains(&name.as_str()) && next.is_some_and(|c| c == '>' || c == '/' || c.is_whitespace())).then_some(name)
}

/// One kind of line end, no blanks around lines, at most one empty line in a row.
fn tidy_lines(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(unified.len());
    let mut empty = 0;
    for line in unified.lines() {
        let line: String = line.chars().filter(|c| *c == '\t' || !c.is_control()).collect();
        let line = line.trim();
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        out.push_str(line);
    }
    out
}

/// Replaces e-mail addresses and telephone numbers, and says how many there were.
pub fn mask_contacts(text: &str) -> (String, usize) {
    let (text, mails) = mask_mails(text);
    let (text, phones) = mask_phones(&text);
    (text, mails + phones)
}

fn mask_mails(text: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len());
    let (mut copied, mut found, mut from) = (0, 0, 0);
    while let Some(at) = text[from..].find('@').map(|i| i + from) {
        let user = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
        let host = |c: char| c.is_alphanumeric() || ".-".contains(c);
        let start = text[copied..at]
            .rfind(|c| !user(c))
            .map_or(copied, |i| copied + i + text[copied + i..].chars().next().map_or(1, char::len_utf8));
        let tail = &text[at + 1..];
        let length = tail.find(|c| !host(c)).unwrap_or(tail.len());
        let domain = tail[..length].trim_end_matches(['.', '-']);
        if start < at && domain.contains('.') {
            out.push_str(&text[copied..start]);
            out.push_str("[e-mail]");
            found += 1;
            copied = at + 1 + domain.len();
        }
        from = at + 1;
        from = from.max(copied);
    }
    out.push_str(&text[copied..]);
    (out, found)
}

fn mask_phones(text: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len());
    let mut found = 0;
    let mut at = 0;
    let mut previous = ' ';
    while at < text.len() {
        let Some(c) = text[at..].chars().next() else { break };
        let may_start = c == '+' || c == '(' || c.is_ascii_digit();
        if may_start && !(previous.is_alphanumeric() || "/-._=+,&%#".contains(previous)) {
            let length = phone_length(&text[at..], &out);
            if length > 0 {
                out.push_str("[tel.]");
                found += 1;
                at += length;
                previous = '0';
                continue;
            }
        }
        out.push(c);
        previous = c;
        at += c.len_utf8();
    }
    (out, found)
}

/// The length of the telephone number that starts here, or 0.
fn phone_length(text: &str, before: &str) -> usize {
    let run: &str = &text[..text.find(|c: char| !c.is_ascii_digit() && !" -.()+".contains(c)).unwrap_or(text.len())];
    let run = run.trim_end_matches(|c: char| !c.is_ascii_digit());
    if run.is_empty() || text[run.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '/' || c == '%') {
        return 0;
    }
    if run[1..].contains('+') || run.contains("  ") {
        return 0;
    }
    let groups: Vec<usize> = run.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).map(str::len).collect();
    let digits: usize = groups.iter().sum();
    let lead: String =
        before.chars().rev().take(14).collect::<Vec<_>>().into_iter().rev().collect::<String>().to_lowercase();
    let announced = ["tel", "phone", "fax", "móvil", "movil", "cel.", "celular", "whatsapp", "call "]
        .iter()
        .any(|word| lead.contains(word));
    let shaped = matches!(groups[..], [3, 3 | 4, 4] | [2, 4, 4] | [1, 3, 3, 4] | [1 | 2, 2, 4, 4]);
    let is_phone = (run.starts_with('+') && (8..=15).contains(&digits))
        || (run.starts_with('(') && (8..=13).contains(&digits) && groups[0] <= 4)
        || shaped
        || (announced && (7..=13).contains(&digits));
    if is_phone { run.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_other_brackets_stay() {
        for (raw, text, had_markup) in [
            ("<p>Uno</p><p>Dos &amp; tres</p>", "Uno\n\nDos & tres", true),
            ("plain <b onclick='x'>bold</b><script>alert(1)</script>", "plain bold", true),
            ("publishing <Company 21st Century> focused", "publishing <Company 21st Century> focused", false),
            ("a < b &lt; c", "a < b < c", false),
            ("  line one \r\n\r\n\r\n line two\r", "line one\n\nline two", false),
            ("AT&T &eacute;", "AT&T é", false),
            ("<br/>x<BR>y", "x\ny", true),
        ] {
            let cleaned = clean(raw);
            assert_eq!((cleaned.text.as_str(), cleaned.had_markup), (text, had_markup), "{raw}");
        }
    }

    #[test]
    fn contacts_are_masked_and_numbers_are_not() {
        for (raw, text, contacts) in [
            ("write to ana.perez@example.org.", "write to [e-mail].", 1),
            ("a@b.mx, c@d.mx", "[e-mail], [e-mail]", 2),
            ("Tel. 55 1234 5678 ext 3", "Tel. [tel.] ext 3", 1),
            ("call (212) 555-0100 today", "call [tel.] today", 1),
            ("+52 55 1234 5678", "[tel.]", 1),
            ("202-555-0147", "[tel.]", 1),
            ("between 2009-2012 and 2010 2011 2012", "between 2009-2012 and 2010 2011 2012", 0),
            ("$600,000 of 1,000,000", "$600,000 of 1,000,000", 0),
            ("http://x.org/status/1158534726531", "http://x.org/status/1158534726531", 0),
            ("@handle and a @ b", "@handle and a @ b", 0),
            ("2015-01-22 15:54:53.356572", "2015-01-22 15:54:53.356572", 0),
            ("30,000 millones, 10,001+ empleados", "30,000 millones, 10,001+ empleados", 0),
            ("ñ@ñandú.mx", "[e-mail]", 1),
        ] {
            assert_eq!(mask_contacts(raw), (text.to_owned(), contacts), "{raw}");
        }
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(clean_line(" Sistema\t de \r\n Alerta "), "Sistema de Alerta");
    }
}
