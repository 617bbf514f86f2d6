//! Single cells: sizes, years, times and addresses, with what was repaired.

use crate::domain::draft::PartialDate;
use crate::domain::text::one_line;
use crate::import::text::clean_line;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use entity::vocabulary::{DatePrecision, SizeBand};

/// A cell that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading<T> {
    /// As it stands.
    Plain(T),
    /// After a repair: value, code and what was done.
    Repaired(T, &'static str, &'static str),
    /// There is no answer.
    Blank,
    /// It cannot be taken: code and why.
    Refused(&'static str, &'static str),
}

/// Whether a cell says that there is no answer.
pub fn is_blank(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    matches!(lower.as_str(), "" | "na" | "n/a" | "n.a." | "-" | "--" | "none" | "null")
        || lower.starts_with("not reported by")
        || lower.starts_with("not provided by")
}

/// Whether a cell names nothing: nothing that can be read is left of it as one line without markup.
pub fn names_nothing(text: &str) -> bool {
    is_blank(text) || is_blank(&one_line(&clean_line(text)))
}

/// The size band of a cell such as `1,001-5,000`, `1 - 10`, `10001+` or Excel's `10-Jan`.
pub fn size_band(text: &str) -> Reading<SizeBand> {
    if is_blank(text) {
        return Reading::Blank;
    }
    let bare: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != ',')
        .map(|c| if matches!(c, '–' | '—') { '-' } else { c.to_ascii_lowercase() })
        .collect();
    if let Ok(band) = bare.parse() {
        return Reading::Plain(band);
    }
    match bare.as_str() {
        "501-1001" => {
            Reading::Repaired(SizeBand::From501To1000, "size_band.off_by_one", "read as the band 501-1000 of the form")
        }
        "10-jan" | "jan-10" => Reading::Repaired(
            SizeBand::From1To10,
            "size_band.excel_date",
            "a spreadsheet turned the band 1-10 into a date; restored",
        ),
        "nov-50" | "50-nov" => Reading::Repaired(
            SizeBand::From11To50,
            "size_band.excel_date",
            "a spreadsheet turned the band 11-50 into a date; restored",
        ),
        "jan-50" | "50-jan" => Reading::Refused(
            "size_band.excel_date",
            "a spreadsheet turned 1-50 into a date, and 1-50 is no band of the form; left out",
        ),
        _ => Reading::Refused("size_band.unknown", "is no band of the form; left out"),
    }
}

/// The founding date of a cell: a year from 1500 to `latest`, or a whole date.
pub fn founded(text: &str, latest: i32) -> Reading<PartialDate> {
    if is_blank(text) {
        return Reading::Blank;
    }
    let parts: Vec<&str> = text.trim().trim_end_matches('.').split(['.', '-', '/']).map(str::trim).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|p| p.parse().ok()).collect();
    let in_range = |year: u32| (1500..=latest).contains(&(year as i32));
    match numbers.as_deref() {
        Some([year]) if in_range(*year) => match NaiveDate::from_ymd_opt(*year as i32, 1, 1) {
            Some(on) => Reading::Plain(PartialDate { on, precision: DatePrecision::Year }),
            None => Reading::Refused("year_founded.unreadable", "is no year; left out"),
        },
        Some([year, month, day]) if in_range(*year) => match NaiveDate::from_ymd_opt(*year as i32, *month, *day) {
            Some(on) => Reading::Repaired(
                PartialDate { on, precision: DatePrecision::Day },
                "year_founded.whole_date",
                "a whole date where a year was asked; taken to the day",
            ),
            None => Reading::Refused("year_founded.unreadable", "is no date; left out"),
        },
        Some([_] | [_, _, _]) => {
            Reading::Refused("year_founded.out_of_range", "is before 1500 or after the wave; left out")
        }
        _ => Reading::Refused("year_founded.unreadable", "is no year; left out"),
    }
}

/// A time such as `2015-01-22 15:54:53.356572`, which has no zone and is taken as UTC.
pub fn touched_at(text: &str) -> Option<DateTime<Utc>> {
    NaiveDateTime::parse_from_str(text.trim(), "%Y-%m-%d %H:%M:%S%.f").ok().map(|time| time.and_utc())
}

/// A web address; `http://` is put in front where the scheme is missing, other schemes are refused.
pub fn web_address(text: &str) -> Reading<String> {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let text = text.trim();
    if is_blank(text) {
        return Reading::Blank;
    }
    let has_scheme = text.contains("://");
    if !has_scheme && text.contains('@') {
        return Reading::Refused("url.e_mail", "is an e-mail address where a web address was asked; left out");
    }
    let full = if has_scheme { text.to_owned() } else { format!("http://{text}") };
    let Ok(parsed) = url::Url::parse(&full) else {
        return Reading::Refused("url.unreadable", "is no web address; left out");
    };
    if !matches!(parsed.scheme(), "http" | "https") {
        return Reading::Refused("url.scheme", "is neither http nor https; left out");
    }
    if matches!(parsed.host(), Some(url::Host::Ipv4(_) | url::Host::Ipv6(_))) {
        return Reading::Refused("url.unreadable", "names a machine by its number, not by a domain name; left out");
    }
    let host = parsed.host_str().unwrap_or_default();
    let top = host.rsplit('.').next().unwrap_or_default();
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Reading::Refused("url.e_mail", "holds a user name; left out");
    }
    if !host.contains('.')
        || top.len() < 2
        || !top.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
        || host.contains("..")
    {
        return Reading::Refused("url.unreadable", "its host is no domain name; left out");
    }
    if has_scheme {
        Reading::Plain(parsed.into())
    } else {
        Reading::Repaired(parsed.into(), "url.no_scheme", "http:// put in front")
    }
}

/// The portal's id of a body in an address such as `…/dataset?organization=cfe` or `…/organization/nafin`.
pub fn ckan_organisation(address: &str) -> Option<String> {
    let parsed = url::Url::parse(address).ok()?;
    let from_query = parsed.query_pairs().find_map(|(name, value)| match &*name {
        "organization" => Some(value.into_owned()),
        "q" => value.strip_prefix("organization:").map(ToOwned::to_owned),
        _ => None,
    });
    let from_path = || {
        let mut parts = parsed.path_segments()?;
        parts.find(|part| *part == "organization")?;
        parts.next().map(ToOwned::to_owned)
    };
    from_query
        .or_else(from_path)
        .filter(|id| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_bands_are_read_and_repaired() {
        use SizeBand::{From1To10, From11To50, From501To1000, From1001To5000, Over10000};
        for (text, band) in [
            ("1-10", Some(From1To10)),
            ("1 - 10", Some(From1To10)),
            ("1,001-5,000", Some(From1001To5000)),
            ("10,001+", Some(Over10000)),
            ("10001+", Some(Over10000)),
            ("501-1001", Some(From501To1000)),
            ("10-Jan", Some(From1To10)),
            ("Nov-50", Some(From11To50)),
            ("Jan-50", None),
            ("many", None),
        ] {
            let found = match size_band(text) {
                Reading::Plain(band) | Reading::Repaired(band, ..) => Some(band),
                Reading::Blank | Reading::Refused(..) => None,
            };
            assert_eq!(found, band, "{text}");
        }
        for text in ["", "NA", "N/A", " - "] {
            assert_eq!(size_band(text), Reading::Blank, "{text:?}");
        }
    }

    #[test]
    fn years_are_checked() {
        let year = |text| match founded(text, 2015) {
            Reading::Plain(date) | Reading::Repaired(date, ..) => Ok((date.on.to_string(), date.precision)),
            Reading::Blank => Err("blank"),
            Reading::Refused(code, _) => Err(code),
        };
        assert_eq!(year("1799"), Ok(("1799-01-01".to_owned(), DatePrecision::Year)));
        assert_eq!(year("2011.07.08"), Ok(("2011-07-08".to_owned(), DatePrecision::Day)));
        assert_eq!(year("1092"), Err("year_founded.out_of_range"));
        assert_eq!(year("2016"), Err("year_founded.out_of_range"));
        assert_eq!(year("2011.13.08"), Err("year_founded.unreadable"));
        assert_eq!(year("about 1990"), Err("year_founded.unreadable"));
        assert_eq!(year(""), Err("blank"));
    }

    #[test]
    fn addresses_are_http_or_nothing() {
        let address = |text| match web_address(text) {
            Reading::Plain(url) | Reading::Repaired(url, ..) => Ok(url),
            Reading::Blank => Err("blank"),
            Reading::Refused(code, _) => Err(code),
        };
        for (text, expected) in [
            ("www.example.org\n", Ok("http://www.example.org/")),
            ("https://Example.org/a b", Ok("https://example.org/a%20b")),
            ("javascript://example.org/%0aalert(1)", Err("url.scheme")),
            ("ftp://example.org", Err("url.scheme")),
            ("someone@example.org", Err("url.e_mail")),
            ("http://someone@example.org", Err("url.e_mail")),
            ("www,daa,gov,au", Err("url.unreadable")),
            ("http://www.:qEu?#.com", Err("url.unreadable")),
            ("IEECHIHUAHUA", Err("url.unreadable")),
            ("http://187.141.70.1/datos", Err("url.unreadable")),
            ("http://[2001:db8::1]/", Err("url.unreadable")),
            ("-", Err("blank")),
        ] {
            assert_eq!(address(text), expected.map(ToOwned::to_owned), "{text}");
        }
    }

    #[test]
    fn portal_ids_are_found() {
        for (address, id) in [
            ("http://catalogo.datos.gob.mx/dataset?organization=cfe", Some("cfe")),
            ("http://catalogo.datos.gob.mx/organization/nafin", Some("nafin")),
            ("http://catalog.data.gov/dataset?q=organization:uspto-gov", Some("uspto-gov")),
            ("http://catalog.data.gov/dataset?q=organization:((a)+OR+(b))", None),
            ("http://www.cfe.gob.mx/", None),
        ] {
            assert_eq!(ckan_organisation(address).as_deref(), id, "{address}");
        }
    }
}
