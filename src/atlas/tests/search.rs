//! Search, addresses, and the words of a filter.

use entity::vocabulary::{Consent, NameKind};

use super::answering;
use super::naive::ground;
use crate::atlas::fixture::{claim, goals, id, mini, organisation};
use crate::atlas::rows::{NameRow, RedirectRow, Rows, TargetRow};
use crate::atlas::{Atlas, Filter, Found, Hits, Lang, OrgIx, SearchKind};

#[test]
fn moved_slugs_lead_to_the_record() {
    // Invariant I13: a merged organisation redirects.
    let mut rows = answering(&["Grupo Uno"]);
    let target = rows.organisations.last().unwrap().id.0;
    rows.redirects.push(RedirectRow { kind: "organisation".to_owned(), slug: "uno-sa".to_owned(), target });
    let atlas = Atlas::build(rows);
    assert_eq!(atlas.organisation_by_slug("uno-sa"), atlas.organisation_by_slug("grupo-uno"));
    assert!(atlas.organisation_by_slug("uno-sa").is_some());
    assert_eq!(atlas.dataset_by_slug("uno-sa"), None);
}

#[test]
fn a_word_of_any_length_can_be_searched() {
    let mut rows = ground();
    rows.organisations.push(organisation("Acme"));
    let atlas = Atlas::build(rows);
    for length in [1, 63, 64, 65, 255, 256, 300, 20_000] {
        assert_eq!(atlas.find(&"a".repeat(length), 5, &[]).hits.len(), 0, "{length}");
    }
}

#[test]
fn a_filter_by_text_finds_what_organisations_say_they_do() {
    let mut rows = answering(&["Acme Agua", "Otra", "Callada"]);
    let says = |es: &str, en: &str| Some([("es".to_owned(), es.to_owned()), ("en".to_owned(), en.to_owned())].into());
    let of = |rows: &mut Rows, name: &str| rows.organisations.iter().position(|row| row.id == id("org", name)).unwrap();
    let (acme, otra, callada) = (of(&mut rows, "Acme Agua"), of(&mut rows, "Otra"), of(&mut rows, "Callada"));
    rows.organisations[acme].description = says("Mapas de sequía, por región", "Maps of drought");
    rows.organisations[otra].summary = says("Precios del agua en cada municipio", "Prices of water");
    rows.organisations[callada].description = says("Sequía", "Drought");
    rows.organisations[callada].consent = Consent::No;
    let atlas = Atlas::build(rows);
    let names = |text: &str| {
        let filter = Filter { text: Some(text.to_owned()), ..Filter::default() };
        atlas.names(&atlas.select(&filter).organisations)
    };
    assert_eq!(names("SEQUIA"), ["Acme Agua"]);
    assert_eq!(names("drou"), ["Acme Agua"]);
    assert_eq!(names("agua"), ["Acme Agua", "Otra"]);
    // A word may be of the name and another of the description.
    assert_eq!(names("acme regiones"), ["Acme Agua"]);
    assert_eq!(names("agua municipios"), ["Otra"]);
    // What somebody says is no slip for a name that is near; what nobody says may be.
    assert_eq!(names("agus"), ["Acme Agua"]);
    assert_eq!(names("otro"), ["Otra"]);
    assert!(names("").len() == 2 && names("nada").is_empty());
    // The search for names stays one.
    assert!(atlas.find("sequia", 5, &[]).hits.is_empty());
}

#[test]
fn search_finds_as_one_types() {
    let mut rows = answering(&["Buendía & Laredo", "Laredo Datos", "Índice Ciudadano"]);
    for (text, kind) in
        [("Instituto Nacional de Estadística y Geografía", NameKind::Legal), ("Estadística Nacional", NameKind::Former)]
    {
        let (organisation, lang) = (id("org", "INEGI"), "es".to_owned());
        rows.names.push(NameRow { organisation, text: text.to_owned(), lang, kind, valid_from: None, valid_to: None });
    }
    rows.use_claims.push(claim("0", "Laredo Datos", TargetRow::Dataset(id("dataset", "Presas"))));
    rows.codes.extend(goals());
    let atlas = Atlas::build(rows);
    let titles = |text: &str, kinds: &[SearchKind]| -> Vec<String> {
        let hits = atlas.find(text, 10, kinds).hits;
        hits.iter().map(|hit| hit.title(&atlas, Lang::ES).value.to_owned()).collect()
    };
    assert_eq!(titles("buendia", &[]), ["Buendía & Laredo"]);
    assert_eq!(titles("ÍND", &[]), ["Índice Ciudadano"]);
    // A name that begins so comes before one that has the word.
    assert_eq!(titles("laredo", &[]), ["Laredo Datos", "Buendía & Laredo"]);
    assert_eq!(titles("laredo bue", &[]), ["Buendía & Laredo"]);
    assert_eq!(titles("estadistica nac", &[SearchKind::Publisher]), ["INEGI"]);
    assert_eq!(titles("presas", &[SearchKind::Dataset]), ["Presas"]);
    assert_eq!(titles("energy", &[]), ["energy"]);
    // A plural finds the one, and is no slip.
    assert_eq!(titles("índices", &[]), ["Índice Ciudadano"]);
    assert_eq!(titles("institutos nacionales", &[SearchKind::Publisher]), ["INEGI"]);
    assert_eq!(titles("energies", &[]), ["energy"]);
    assert!(!atlas.find("indices", 1, &[]).corrected);
    assert!(titles("", &[]).is_empty());
    let former = atlas.find("estadística nacional", 1, &[]).hits[0];
    assert_eq!(
        (former.found, atlas.str(former.matched)),
        (Found::Publisher(atlas.org("INEGI")), "Estadística Nacional")
    );
    // A slip of one letter is forgiven where nothing else matches.
    let slip = atlas.find("buemdia", 5, &[]);
    assert!(slip.corrected);
    assert_eq!(slip.hits[0].title(&atlas, Lang::ES).value, "Buendía & Laredo");
    // Two letters that have changed places are one slip, wherever they stand.
    for slip in ["buenida", "ubendia", "buednia"] {
        assert_eq!(titles(slip, &[]), ["Buendía & Laredo"], "{slip}");
    }
    assert!(titles("ubenida", &[]).is_empty(), "twice is two");
    // Signs alone name nothing; initials have dots or none; an address is that of a name.
    for signs in ["&", " & ", "...", "%"] {
        assert_eq!(atlas.find(signs, 5, &[]), Hits::default(), "{signs}");
    }
    assert_eq!(titles("I.N.E.G.I.", &[SearchKind::Publisher]), ["INEGI"]);
    for address in ["https://www.presas.com.mx", "presas.org", "Presas."] {
        assert_eq!(titles(address, &[SearchKind::Dataset]), ["Presas"], "{address}");
    }
    // A goal is called by its number.
    for called in ["ODS 13", "ods13", "Objetivo 13"] {
        assert_eq!(titles(called, &[]), ["13"], "{called}");
    }
    assert_eq!(titles("ods 1", &[])[0], "1", "before those that begin so");
    let filter = Filter { text: Some("laredo".to_owned()), ..Filter::default() };
    assert_eq!(atlas.names(&atlas.select(&filter).organisations), ["Buendía & Laredo", "Laredo Datos"]);
}

#[test]
fn equal_filters_have_equal_strings() {
    let filter = |sector: [&str; 2]| Filter { sector: sector.map(str::to_owned).to_vec(), ..Filter::default() };
    assert_eq!(filter(["b", "a"]).canonical(), filter(["a", "b"]).canonical());
    assert_eq!(filter(["b", "a"]).canonical(), "sector=a%2Cb");
    assert!(Filter::default().is_empty());
    let atlas = mini().atlas();
    let odd = Filter { sector: vec!["energy".into(), "nothing".into()], ..Filter::default() };
    assert_eq!(atlas.check(&odd), Err(crate::atlas::Refusal::new("sector", "nothing", crate::atlas::Fault::Unknown)));
    assert!(atlas.organisations().all(|org: OrgIx| atlas.organisation_by_id(atlas.organisation(org).id) == Some(org)));
}

#[test]
fn an_acronym_that_two_bodies_bear_names_neither() {
    let mut rows = ground();
    for (body, acronym) in [("IFE", "IN"), ("INEGI", "FED"), ("CONAGUA", "Fed")] {
        rows.names.push(NameRow {
            organisation: id("org", body),
            text: acronym.to_owned(),
            lang: "es".to_owned(),
            kind: NameKind::Acronym,
            valid_from: None,
            valid_to: None,
        });
    }
    let atlas = Atlas::build(rows);
    assert_eq!(atlas.own_acronym(atlas.org("IFE")), Some("IN"));
    assert_eq!(atlas.short_name(atlas.org("IFE"), Lang::ES), "IFE", "a name that is short needs no acronym");
    assert_eq!(atlas.own_acronym(atlas.org("INEGI")), None);
    assert_eq!(atlas.own_acronym(atlas.org("CONAGUA")), None);
}
