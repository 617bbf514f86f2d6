//! Orders and pages of organisations.

use entity::vocabulary::{CodeRole, NameKind};

use super::answering;
use crate::atlas::fixture::{assignment, claim, dataset, id, location, mini};
use crate::atlas::order::SortKey;
use crate::atlas::rows::{LocationRow, NameRow, Rows, TargetRow};
use crate::atlas::{Atlas, Cursor, Filter, Lang, OrganisationOrder, Sort};

fn pages(atlas: &Atlas, order: impl Into<Sort>, lang: Lang, first: usize) -> Vec<String> {
    let order = order.into();
    let mut names = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let page = atlas.page(atlas.listed(), order, lang, first, after.as_ref()).unwrap();
        names.extend(page.items.iter().map(|&org| atlas.name(org, lang).value.to_owned()));
        match page.items.last() {
            Some(&last) if page.has_next => {
                let text = atlas.cursor(last, order, lang).encode();
                after = Some(Cursor::decode(&text).unwrap());
            }
            _ => return names,
        }
    }
}

#[test]
fn pages_follow_the_order_of_the_language() {
    let atlas = Atlas::build(answering(&["Ñandú", "Nz", "Oaxaca", "Águila", "Zeta", "Árbol"]));
    let es = ["Águila", "Árbol", "Nz", "Ñandú", "Oaxaca", "Zeta"];
    let en = ["Águila", "Árbol", "Ñandú", "Nz", "Oaxaca", "Zeta"];
    for first in [1, 2, 5, 6, 7] {
        assert_eq!(pages(&atlas, OrganisationOrder::Name, Lang::ES, first), es);
        assert_eq!(pages(&atlas, OrganisationOrder::Name, Lang::EN, first), en);
        // Equal numbers fall back on the name.
        assert_eq!(pages(&atlas, OrganisationOrder::Claims, Lang::ES, first), es);
    }
}

#[test]
fn datasets_stand_by_the_titles_that_are_shown() {
    let mut rows = answering(&["Uno"]);
    for (es, en) in [("Agua", "Water"), ("Zonas", "Areas")] {
        let mut row = dataset(es, "INEGI");
        row.title.insert("en".to_owned(), en.to_owned());
        rows.datasets.push(row);
    }
    let atlas = Atlas::build(rows);
    let inegi = atlas.organisation_by_slug("inegi").unwrap();
    for (lang, titles) in [(Lang::ES, ["Agua", "Zonas"]), (Lang::EN, ["Areas", "Water"])] {
        let below = atlas.datasets_below(inegi, &Filter::default(), lang);
        let shown: Vec<_> = below.into_iter().map(|dataset| atlas.title(dataset, lang).value).collect();
        assert_eq!(shown.iter().filter(|title| titles.contains(title)).copied().collect::<Vec<_>>(), titles);
    }
}

#[test]
fn what_stands_for_several_does_not_depend_on_the_order_of_rows() {
    let mut rows = answering(&["Uno"]);
    for text in ["SSA", "SALUD"] {
        let (organisation, lang) = (id("org", "INEGI"), "es".to_owned());
        let (text, kind) = (text.to_owned(), NameKind::Acronym);
        rows.names.push(NameRow { organisation, text, lang, kind, valid_from: None, valid_to: None });
    }
    rows.use_claims.push(claim("0", "Uno", TargetRow::Publisher(id("org", "INEGI"))));
    for (locality, place) in [("Zapopan", "MX-JAL"), ("Acapulco", "MX")] {
        let place = location("Uno", Some(place), None);
        rows.locations.push(LocationRow { locality: Some(locality.to_owned()), ..place });
    }
    let sector = |word: &str| assignment("Uno", "od500_category", word, CodeRole::ReuseSectorPrimary);
    rows.organisation_codes.extend([sector("insurance"), sector("energy")]);
    let chosen = |rows: Rows| {
        let atlas = Atlas::build(rows);
        let uno = atlas.organisation(atlas.org("Uno"));
        let area = uno.area.map(|area| atlas.str(atlas.area(area).code).to_owned());
        let sector = uno.sector.map(|code| atlas.str(atlas.code_row(code).code).to_owned());
        (atlas.own_acronym(atlas.org("INEGI")).map(str::to_owned), area, sector)
    };
    let mut turned = rows.clone();
    turned.names.reverse();
    turned.locations.reverse();
    turned.organisation_codes.reverse();
    let first = chosen(rows);
    assert_eq!(first, (Some("SALUD".to_owned()), Some("MX".to_owned()), Some("energy".to_owned())));
    assert_eq!(chosen(turned), first);
}

#[test]
fn every_order_runs_either_way_by_pages_and_what_is_not_known_comes_last() {
    let atlas = mini().atlas();
    let sorts = OrganisationOrder::ALL.into_iter().flat_map(|by| [false, true].map(|is_turned| Sort { by, is_turned }));
    for (sort, lang) in sorts.flat_map(|sort| [(sort, Lang::ES), (sort, Lang::EN)]) {
        let Sort { by, is_turned } = sort;
        let whole = atlas.page(atlas.listed(), sort, lang, 100, None).unwrap().items;
        let keys: Vec<_> = whole.iter().map(|&org| atlas.sort_key(by, org, lang)).collect();
        let known: Vec<_> = keys.iter().flatten().collect();
        assert!(keys[known.len()..].iter().all(Option::is_none), "{sort:?}: what is not known is last");
        for pair in known.windows(2) {
            let ordering = match (pair[0], pair[1]) {
                (SortKey::Text(a), SortKey::Text(b)) => atlas.collation().compare(lang, a, b),
                (SortKey::Number(a), SortKey::Number(b)) => a.cmp(b),
                mixed => panic!("{mixed:?}"),
            };
            assert!(if is_turned { ordering.is_ge() } else { ordering.is_le() }, "{sort:?} {pair:?}");
        }
        for first in [1, 2, 3] {
            let mut names = pages(&atlas, sort, lang, first);
            assert_eq!(names, pages(&atlas, sort, lang, 100), "{sort:?} {first}");
            names.sort();
            assert_eq!(names, ["O1", "O2", "O3", "O4", "O5"], "{sort:?}: every row once");
        }
    }
    // Equal rows stand by name, also where an order is turned.
    let turned = Sort { by: OrganisationOrder::PublishersUsed, is_turned: true };
    assert_eq!(pages(&atlas, turned, Lang::ES, 2), ["O2", "O4", "O1", "O3", "O5"]);
    assert_eq!(pages(&atlas, OrganisationOrder::DatasetsUsed, Lang::ES, 2), ["O1", "O2", "O3", "O4", "O5"]);
    assert_eq!(pages(&atlas, OrganisationOrder::PublishersUsed, Lang::ES, 2), ["O1", "O3", "O5", "O2", "O4"]);
}

#[test]
fn cursors_outlive_the_atlas() {
    let before = Atlas::build(answering(&["Alfa", "Beta", "Gama", "Zeta"]));
    let first = before.page(before.listed(), OrganisationOrder::Name.into(), Lang::ES, 2, None).unwrap();
    let cursor = before.cursor(first.items[1], OrganisationOrder::Name.into(), Lang::ES);
    // Beta has gone, others have come before and after.
    let after = Atlas::build(answering(&["Aaa", "Alfa", "Cero", "Gama", "Zeta"]));
    let next = after.page(after.listed(), OrganisationOrder::Name.into(), Lang::ES, 2, Some(&cursor)).unwrap();
    let names: Vec<&str> = next.items.iter().map(|&org| after.name(org, Lang::ES).value).collect();
    assert_eq!((names, next.has_next, next.total), (vec!["Cero", "Gama"], true, 5));
    assert!(after.page(after.listed(), OrganisationOrder::Claims.into(), Lang::ES, 2, Some(&cursor)).is_err());
    assert_eq!(Cursor::decode("bm90IG91cnM"), None);
    assert_eq!(Cursor::decode("%%%"), None);
}
