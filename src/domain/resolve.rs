//! Whether two records are the same thing: folding of names, and the five rules. Nothing is merged here;
//! bodies and datasets are never the same by similarity, a person decides.

use super::text::fold;
use entity::vocabulary::IdentifierScheme;
use std::collections::BTreeSet;

/// A name taken apart for comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// Folded, without asides and legal form.
    pub text: String,
    /// The legal form as it was written.
    pub legal_form: Option<String>,
    /// Texts in brackets that look like an acronym.
    pub acronyms: Vec<String>,
    /// Other texts in brackets.
    pub asides: Vec<String>,
}

/// Legal forms as folded words, longest first.
const LEGAL_FORMS: &[&str] = &[
    "s a p i de c v",
    "s de r l de c v",
    "s p r de r l",
    "s a b de c v",
    "institucion de banca multiple",
    "sapi de c v",
    "s a de c v",
    "s de rl de cv",
    "sofom e n r",
    "sapi de cv",
    "spr de rl",
    "sab de cv",
    "s de r l",
    "sa de cv",
    "sofom enr",
    "s de rl",
    "pty ltd",
    "co ltd",
    "s a s",
    "i a p",
    "a b p",
    "l l c",
    "s a",
    "s c",
    "a c",
    "sapi",
    "corp",
    "sas",
    "iap",
    "abp",
    "inc",
    "llc",
    "ltd",
    "sa",
    "sc",
    "ac",
];

/// Words that carry no meaning of their own.
const STOP_WORDS: &[&str] =
    &["a", "al", "and", "de", "del", "e", "el", "en", "for", "la", "las", "los", "of", "para", "por", "the", "y"];

/// Folds a name: brackets become acronyms or asides, the legal form is cut off.
pub fn fold_name(name: &str) -> Folded {
    let (bare, brackets) = take_brackets(name);
    let mut out = Folded::default();
    for text in brackets {
        if is_acronym(&text) { out.acronyms.push(text) } else { out.asides.push(text) }
    }
    out.text = fold(&bare);
    let mut forms = Vec::new();
    while let Some(form) = LEGAL_FORMS.iter().find(|form| ends_with_words(&out.text, form)) {
        let left = out.text.len() - form.len() - 1;
        forms.insert(0, *form);
        out.text.truncate(left);
    }
    out.legal_form = (!forms.is_empty()).then(|| as_written(&bare, &forms.join(" ")));
    out
}

/// Folds a dataset's title: brackets are cut off, unless nothing else is left.
pub fn fold_title(title: &str) -> String {
    let folded = fold(&take_brackets(title).0);
    if folded.is_empty() { fold(title) } else { folded }
}

/// A folded title without its year tokens, and those years: `censo 2010` gives (`censo`, [`2010`]).
pub fn split_years(folded: &str) -> (String, Vec<String>) {
    let (years, words): (Vec<&str>, Vec<&str>) = folded.split(' ').partition(|word| is_year(word));
    (words.join(" "), years.into_iter().map(ToOwned::to_owned).collect())
}

/// A title as written without its year tokens, and without the punctuation that they leave behind.
pub fn without_years(title: &str) -> String {
    let words = title.split_whitespace().filter(|word| !is_year(word.trim_matches(|c: char| !c.is_alphanumeric())));
    let left = words.collect::<Vec<_>>().join(" ");
    let left = left.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | ':')).to_owned();
    if left.is_empty() { title.to_owned() } else { left }
}

/// Text outside brackets, and the texts inside.
fn take_brackets(text: &str) -> (String, Vec<String>) {
    let mut bare = String::with_capacity(text.len());
    let mut inside = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let Some(close) = rest[open..].find(')') else { break };
        bare.push_str(&rest[..open]);
        bare.push(' ');
        let aside = rest[open + 1..open + close].trim();
        if !aside.is_empty() {
            inside.push(aside.to_owned());
        }
        rest = &rest[open + close + 1..];
    }
    bare.push_str(rest);
    (bare, inside)
}

/// Two to twelve characters without a space, mostly capitals: `IMCO`, `SNIA`.
fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    (2..=12).contains(&text.chars().count()) && !text.contains(' ') && letters > 1 && capitals * 2 > letters
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1800..=2099).contains(&year))
}

/// Whether the text ends with these words and has others before them.
fn ends_with_words(text: &str, words: &str) -> bool {
    text.strip_suffix(words).is_some_and(|before| before.ends_with(' ') && before.len() > 1)
}

/// The end of the name that folds to `folded`, as it was written.
fn as_written(name: &str, folded: &str) -> String {
    name.char_indices()
        .rev()
        .filter(|(_, c)| c.is_alphanumeric())
        .map(|(at, _)| name[at..].trim())
        .find(|end| fold(end) == folded)
        .map_or_else(|| folded.to_owned(), |end| end.trim_end_matches(',').to_owned())
}

/// What sort of thing is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A reuser.
    Organisation,
    /// A public body.
    Body,
    /// A dataset of one publisher.
    Dataset,
}

/// One side of a comparison.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// What it is.
    pub sort: Sort,
    /// Name or title as written.
    pub name: &'a str,
    /// Registrable domain of its website, never a shared host.
    pub domain: Option<&'a str>,
    /// ISO 3166-2 code of its state.
    pub state: Option<&'a str>,
    /// Acronym given beside the name.
    pub acronym: Option<&'a str>,
    /// Identifiers by scheme.
    pub identifiers: &'a [(IdentifierScheme, String)],
}

/// What to do with a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The same thing.
    Same,
    /// Two editions of one series: propose it.
    SameSeries,
    /// The one without a year is the series of the other: propose it.
    SeriesAndEdition,
    /// Perhaps the same: ask a curator.
    Queue,
    /// Two things.
    Different,
}

/// How alike two folded names are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// Jaro-Winkler similarity of the folded names.
    pub jaro_winkler: f64,
    /// Jaccard index of their meaningful words.
    pub jaccard: f64,
}

/// The words of a folded name that carry a meaning.
pub fn meaning(folded: &str) -> BTreeSet<String> {
    folded.split(' ').filter(|w| !w.is_empty() && !STOP_WORDS.contains(w)).map(ToOwned::to_owned).collect()
}

/// Measures two folded names.
pub fn likeness(left: &str, right: &str) -> Likeness {
    let (a, b) = (meaning(left), meaning(right));
    let union = a.union(&b).count();
    Likeness {
        jaro_winkler: strsim::jaro_winkler(left, right),
        jaccard: if union == 0 { 0.0 } else { a.intersection(&b).count() as f64 / union as f64 },
    }
}

/// Decides a pair of the same sort by the five rules.
pub fn decide(left: &Subject, right: &Subject) -> Verdict {
    if left.sort != right.sort {
        return if look_alike(&fold_name(left.name).text, &fold_name(right.name).text) {
            Verdict::Queue
        } else {
            Verdict::Different
        };
    }
    if left.sort == Sort::Dataset {
        return decide_datasets(&fold_title(left.name), &fold_title(right.name));
    }
    match shared_identifier(left, right) {
        Some(true) => return Verdict::Same,
        Some(false) => return Verdict::Different,
        None => {}
    }
    let (a, b) = (fold_name(left.name), fold_name(right.name));
    let same_domain = both(left.domain, right.domain);
    if left.sort == Sort::Organisation && a.text == b.text && (same_domain || both(left.state, right.state)) {
        return Verdict::Same;
    }
    if same_domain || acronyms_meet(left, &a, right, &b) || look_alike(&a.text, &b.text) {
        Verdict::Queue
    } else {
        Verdict::Different
    }
}

fn decide_datasets(left: &str, right: &str) -> Verdict {
    if left == right {
        return Verdict::Same;
    }
    let ((a, a_years), (b, b_years)) = (split_years(left), split_years(right));
    if a == b && !a.is_empty() {
        return if a_years.is_empty() || b_years.is_empty() { Verdict::SeriesAndEdition } else { Verdict::SameSeries };
    }
    if look_alike(left, right) { Verdict::Queue } else { Verdict::Different }
}

/// Rule 1: an identifier that means one thing in the world agrees (true) or conflicts (false).
fn shared_identifier(left: &Subject, right: &Subject) -> Option<bool> {
    const STRONG: [IdentifierScheme; 5] = [
        IdentifierScheme::Lei,
        IdentifierScheme::Clee,
        IdentifierScheme::RfcHmac,
        IdentifierScheme::Wikidata,
        IdentifierScheme::Ror,
    ];
    let mut agree = None;
    for scheme in STRONG {
        let of = |s: &Subject| -> BTreeSet<String> {
            s.identifiers.iter().filter(|(found, _)| *found == scheme).map(|(_, value)| value.clone()).collect()
        };
        let (a, b) = (of(left), of(right));
        if a.is_empty() || b.is_empty() {
            continue;
        }
        if a.is_disjoint(&b) {
            return Some(false);
        }
        agree = Some(true);
    }
    agree
}

/// Rule 3, first half: similar names with the same numbers.
fn look_alike(left: &str, right: &str) -> bool {
    let numbers = |text: &str| -> Vec<String> {
        text.split(' ').filter(|w| w.chars().any(|c| c.is_ascii_digit())).map(ToOwned::to_owned).collect()
    };
    let like = likeness(left, right);
    like.jaro_winkler >= 0.92 && like.jaccard >= 0.5 && numbers(left) == numbers(right)
}

fn acronyms_meet(left: &Subject, a: &Folded, right: &Subject, b: &Folded) -> bool {
    let all = |s: &Subject, f: &Folded| -> BTreeSet<String> {
        s.acronym.into_iter().map(fold).chain(f.acronyms.iter().map(|x| fold(x))).filter(|x| !x.is_empty()).collect()
    };
    !all(left, a).is_disjoint(&all(right, b))
}

fn both(left: Option<&str>, right: Option<&str>) -> bool {
    matches!((left, right), (Some(a), Some(b)) if a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(sort: Sort, name: &str) -> Subject<'_> {
        Subject { sort, name, domain: None, state: None, acronym: None, identifiers: &[] }
    }

    #[test]
    fn names_come_apart() {
        for (name, text, form, acronym) in [
            (
                "El Instituto Mexicano para la Competitividad A.C. (IMCO)",
                "el instituto mexicano para la competitividad",
                Some("A.C."),
                Some("IMCO"),
            ),
            ("Buendía & Laredo, S.C.", "buendia y laredo", Some("S.C."), None),
            ("Datos Vivos, S.A.P.I. de C.V.", "datos vivos", Some("S.A.P.I. de C.V."), None),
            (
                "Banco Ejemplo SA, Institución de Banca Múltiple",
                "banco ejemplo",
                Some("SA, Institución de Banca Múltiple"),
                None,
            ),
            ("Mapas SA de CV", "mapas", Some("SA de CV"), None),
            ("Lumesis, Inc.", "lumesis", Some("Inc."), None),
            ("KeepStar Co., Ltd.", "keepstar", Some("Co., Ltd."), None),
            ("SAS", "sas", None, None),
            ("Channel Breeze(Zigbang)", "channel breeze", None, None),
        ] {
            let folded = fold_name(name);
            assert_eq!(folded.text, text, "{name}");
            assert_eq!(
                folded.legal_form.as_deref().map(|f| f.trim_end_matches('.')),
                form.map(|f| f.trim_end_matches('.')),
                "{name}"
            );
            assert_eq!(folded.acronyms.first().map(String::as_str), acronym, "{name}");
        }
        assert_eq!(fold_name("Channel Breeze(Zigbang)").asides, ["Zigbang"]);
    }

    #[test]
    fn years_come_off() {
        assert_eq!(split_years("censo 2010"), ("censo".to_owned(), vec!["2010".to_owned()]));
        assert_eq!(split_years("computos 1991 2012").1, ["1991", "2012"]);
        assert_eq!(split_years("poblacion 100000").1, Vec::<String>::new());
    }

    #[test]
    fn likeness_is_as_published() {
        for (left, right, jaro_winkler, jaccard) in [
            (
                "presupuesto de egresos de la federacion 2010",
                "presupuesto de egresos de la federacion 2011",
                0.991,
                0.60,
            ),
            ("censo de poblacion y vivienda", "censo de poblacion y vivienda 2010", 0.971, 0.75),
            ("censo de poblacion y vivienda 2010", "censo general de poblacion y vivienda 2010", 0.891, 0.80),
            ("instituto federal electoral", "instituto nacional electoral", 0.884, 0.50),
            ("consejo nacional de poblacion", "comision nacional de poblacion", 0.851, 0.50),
            ("zapopan lab", "zapopan", 0.927, 0.50),
            ("buendia y laredo", "buendia y laredo", 1.0, 1.0),
            ("banorte ixe", "grupo financiero banorte", 0.476, 0.25),
            ("here", "here technologies", 0.847, 0.50),
        ] {
            let like = likeness(left, right);
            // Implementations count transpositions differently; far from the threshold that shows.
            assert!((like.jaro_winkler - jaro_winkler).abs() < 0.025, "{left} / {right}: {like:?}");
            assert!((like.jaccard - jaccard).abs() < 0.005, "{left} / {right}: {like:?}");
        }
    }

    #[test]
    fn pairs_are_decided_as_published() {
        use Sort::{Body, Dataset, Organisation};
        for (sort, left, right, verdict) in [
            (
                Dataset,
                "Presupuesto de Egresos de la Federación 2010",
                "Presupuesto de Egresos de la Federación 2011",
                Verdict::SameSeries,
            ),
            (Dataset, "Votaciones de la Cámara de Diputados", "Votaciones de la Cámara de Senadores", Verdict::Queue),
            (Dataset, "Censo de Población y Vivienda", "Censo de Población y Vivienda 2010", Verdict::SeriesAndEdition),
            (
                Dataset,
                "Censo de Población y Vivienda 2010",
                "Censo General de Población y Vivienda 2010",
                Verdict::Different,
            ),
            (Dataset, "Directorio Estadístico Nacional", "Directorio Estadístico Nacional (DENUE)", Verdict::Same),
            (Dataset, "Índice de marginación", "Índices de marginación (CONAPO)", Verdict::Different),
            (Body, "Instituto Federal Electoral", "Instituto Nacional Electoral", Verdict::Different),
            (Body, "Consejo Nacional de Población", "Comisión Nacional de Población", Verdict::Different),
            (Body, "Consejo Nacional de Población (CONAPO)", "Comisión Nacional de Población (CONAPO)", Verdict::Queue),
            (Body, "ISSTE", "ISSSTE", Verdict::Different),
            (Organisation, "Buendía & Laredo", "Buendia y Laredo, S.C.", Verdict::Queue),
            (Organisation, "Banorte-Ixe", "Grupo Financiero Banorte", Verdict::Different),
            (Organisation, "Here", "Here Technologies", Verdict::Different),
        ] {
            assert_eq!(decide(&subject(sort, left), &subject(sort, right)), verdict, "{left} / {right}");
        }
        assert_eq!(decide(&subject(Organisation, "Zapopan Lab"), &subject(Body, "Zapopan")), Verdict::Queue);
    }

    #[test]
    fn place_domain_and_identifiers_decide() {
        let mut left = subject(Sort::Organisation, "Buendía & Laredo");
        let mut right = subject(Sort::Organisation, "Buendia y Laredo, S.C.");
        (left.state, right.state) = (Some("MX-CMX"), Some("MX-CMX"));
        assert_eq!(decide(&left, &right), Verdict::Same);
        let mut left = subject(Sort::Organisation, "Here");
        let mut right = subject(Sort::Organisation, "Here Technologies");
        (left.domain, right.domain) = (Some("here.com"), Some("here.com"));
        assert_eq!(decide(&left, &right), Verdict::Queue);
        let (ours, theirs) = (
            [(IdentifierScheme::Lei, "9999TESTOPENDATA1046".to_owned())],
            [(IdentifierScheme::Lei, "OTHER".to_owned())],
        );
        (left.identifiers, right.identifiers) = (&ours, &ours);
        assert_eq!(decide(&left, &right), Verdict::Same);
        right.identifiers = &theirs;
        assert_eq!(decide(&left, &right), Verdict::Different);
        let mut body = subject(Sort::Body, "Secretaría de Salud");
        body.state = Some("MX-CMX");
        assert_eq!(decide(&body, &body.clone()), Verdict::Queue, "bodies are never merged by name");
    }
}
