//! Lists as Python 2 printed them, such as `[u'Eficiencia econ\xf3mica', "it's"]`: the study's export
//! wrote one column so. Only lists of texts are read.

/// Why a text is no such list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a list of texts at character {0}")]
pub struct LiteralError(pub usize);

/// Reads a list literal; an empty text is an empty list.
pub fn parse_list(text: &str) -> Result<Vec<String>, LiteralError> {
    let chars: Vec<char> = text.trim().chars().collect();
    if chars.is_empty() {
        return Ok(Vec::new());
    }
    let mut cursor = Cursor { chars: &chars, at: 0 };
    cursor.expect('[')?;
    let mut items = Vec::new();
    loop {
        cursor.skip_blanks();
        if cursor.take_if(']') {
            break;
        }
        items.push(cursor.text()?);
        cursor.skip_blanks();
        if !cursor.take_if(',') {
            cursor.expect(']')?;
            break;
        }
    }
    cursor.skip_blanks();
    if cursor.at == chars.len() { Ok(items) } else { Err(LiteralError(cursor.at)) }
}

struct Cursor<'a> {
    chars: &'a [char],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Result<char, LiteralError> {
        let c = self.peek().ok_or(LiteralError(self.at))?;
        self.at += 1;
        Ok(c)
    }

    fn take_if(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: char) -> Result<(), LiteralError> {
        if self.take_if(wanted) { Ok(()) } else { Err(LiteralError(self.at)) }
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// One quoted text, with or without the prefix `u`. Without it, `\x` escapes are bytes of UTF-8.
    fn text(&mut self) -> Result<String, LiteralError> {
        let unicode = self.take_if('u');
        let quote = self.next()?;
        if quote != '\'' && quote != '"' {
            return Err(LiteralError(self.at - 1));
        }
        let mut out = Vec::new();
        loop {
            match self.next()? {
                c if c == quote => break,
                '\\' => self.escape(unicode, &mut out)?,
                c => out.push(Unit::Char(c)),
            }
        }
        Ok(assemble(&out))
    }

    fn escape(&mut self, unicode: bool, out: &mut Vec<Unit>) -> Result<(), LiteralError> {
        let start = self.at;
        let unit = match self.next()? {
            'n' => Unit::Char('\n'),
            'r' => Unit::Char('\r'),
            't' => Unit::Char('\t'),
            'x' => {
                let value = self.hex(2)?;
                if unicode { Unit::Half(value) } else { Unit::Byte(value as u8) }
            }
            'u' if unicode => Unit::Half(self.hex(4)?),
            'U' if unicode => Unit::Char(char::from_u32(self.hex(8)?).ok_or(LiteralError(start))?),
            c @ ('\\' | '\'' | '"') => Unit::Char(c),
            c => {
                // Python keeps the backslash of an escape that it does not know.
                out.push(Unit::Char('\\'));
                Unit::Char(c)
            }
        };
        out.push(unit);
        Ok(())
    }

    fn hex(&mut self, digits: usize) -> Result<u32, LiteralError> {
        let mut value: u32 = 0;
        for _ in 0..digits {
            let digit = self.next()?.to_digit(16).ok_or(LiteralError(self.at - 1))?;
            value = value.checked_mul(16).and_then(|v| v.checked_add(digit)).ok_or(LiteralError(self.at))?;
        }
        Ok(value)
    }
}

/// A piece of a text before its encoding is put together.
enum Unit {
    Char(char),
    /// A UTF-16 unit: narrow builds wrote two for one character.
    Half(u32),
    /// A byte of a text in UTF-8.
    Byte(u8),
}

fn assemble(units: &[Unit]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < units.len() {
        match units[at] {
            Unit::Char(c) => {
                out.push(c);
                at += 1;
            }
            Unit::Half(_) => {
                let run: Vec<u16> = units[at..]
                    .iter()
                    .map_while(|u| if let Unit::Half(h) = u { Some(*h as u16) } else { None })
                    .collect();
                out.push_str(&String::from_utf16_lossy(&run));
                at += run.len();
            }
            Unit::Byte(_) => {
                let run: Vec<u8> =
                    units[at..].iter().map_while(|u| if let Unit::Byte(b) = u { Some(*b) } else { None }).collect();
                out.push_str(&String::from_utf8_lossy(&run));
                at += run.len();
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fmt::Write;

    #[test]
    fn lists_are_read() {
        for (text, items) in [
            ("[]", &[][..]),
            ("", &[]),
            (
                r"[u'Eficiencia econ\xf3mica', u'Crecimiento de empleo']",
                &["Eficiencia económica", "Crecimiento de empleo"],
            ),
            (r#"[u"it's", 'a "b"', u'c\\d']"#, &["it's", "a \"b\"", "c\\d"]),
            (r"['econ\xc3\xb3mica']", &["económica"]),
            (r"[u'\ud83d\ude00 \U0001f600 \u20ac']", &["😀 😀 €"]),
            ("[u'a',]", &["a"]),
            (r"[u'tab\tnew\nline\q']", &["tab\tnew\nline\\q"]),
        ] {
            assert_eq!(
                parse_list(text).as_deref(),
                Ok(&items.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()[..]),
                "{text}"
            );
        }
        for text in ["[", "[u'a'", "u'a'", "[1]", "[u'a' u'b']", "[u'a']x", r"[u'\x4']", r"[u'\U99999999']", "[u'a"] {
            assert!(parse_list(text).is_err(), "{text}");
        }
    }

    /// The list as Python 2 prints it.
    fn print(items: &[String]) -> String {
        let one = |item: &String| {
            let quote = if item.contains('\'') && !item.contains('"') { '"' } else { '\'' };
            let mut out = format!("u{quote}");
            for c in item.chars() {
                match c {
                    '\n' => out.push_str("\\n"),
                    '\r' => out.push_str("\\r"),
                    '\t' => out.push_str("\\t"),
                    '\\' => out.push_str("\\\\"),
                    c if c == quote => out.extend(['\\', c]),
                    ' '..='~' => out.push(c),
                    c => {
                        let number = c as u32;
                        let written = match number {
                            0..0x100 => write!(out, "\\x{number:02x}"),
                            0x100..0x1_0000 => write!(out, "\\u{number:04x}"),
                            _ => write!(out, "\\U{number:08x}"),
                        };
                        written.expect("a string takes everything");
                    }
                }
            }
            out.push(quote);
            out
        };
        format!("[{}]", items.iter().map(one).collect::<Vec<_>>().join(", "))
    }

    proptest! {
        #[test]
        fn any_list_survives(items in proptest::collection::vec(any::<String>(), 0..6)) {
            prop_assert_eq!(parse_list(&print(&items)), Ok(items));
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = parse_list(&text);
            let _ = parse_list(&format!("[u'{text}"));
        }
    }
}
