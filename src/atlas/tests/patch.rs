//! A patched atlas against one that is built from all rows.

use std::collections::BTreeSet;
use std::fmt::Write;

use chrono::DateTime;
use entity::id::UseClaimId;
use entity::vocabulary::{Polarity, SourceKind};
use proptest::prelude::*;

use super::naive::{Said, Told, filters, ground, name, rows_of, saids, tolds};
use crate::atlas::fixture::id;
use crate::atlas::rows::{Changed, EvidenceRow, EvidencedRow, Rows, SourceRow};
use crate::atlas::{Atlas, Dimension, Filter, Lang, OrgIx, OrganisationOrder, Specificity};
use crate::domain::draft::lang_text;

/// What differs between the record before and after.
#[derive(Clone, Debug)]
struct Change {
    /// What organisations say of themselves afterwards.
    tolds: Vec<Told>,
    /// Whether the last organisation is there before, and after.
    last: (bool, bool),
    /// Whether a dataset gets another title, and with it another place in the order.
    retitled: bool,
    /// Whether a dataset passes to another body.
    handed_over: bool,
}

fn changes() -> impl Strategy<Value = Change> {
    (tolds(), prop::collection::vec(prop::bool::weighted(0.3), 6), any::<(bool, bool)>(), any::<bool>(), any::<bool>())
        .prop_map(|(tolds, takes, last, retitled, handed_over)| {
            let tolds = tolds.into_iter().zip(takes).map(|(told, takes)| Told { area: told.area && takes, ..told });
            Change { tolds: tolds.collect(), last, retitled, handed_over }
        })
}

fn source(word: &str) -> SourceRow {
    SourceRow {
        id: id("source", word),
        kind: SourceKind::ALL[0],
        title: word.to_owned(),
        lang: None,
        url: None,
        author: None,
        published_on: None,
        accessed_at: Some(DateTime::UNIX_EPOCH),
        licence: None,
        study: None,
    }
}

/// Claims in turn are there always, before, and after.
fn record(tolds: &[Told], saids: &[Said], change: &Change, after: bool) -> Rows {
    let mut rows = rows_of(if after { &change.tolds } else { tolds }, saids);
    let is_there = |at: usize| at.is_multiple_of(3) || (at % 3 == 2) == after;
    let claims: BTreeSet<UseClaimId> =
        (0..saids.len()).filter(|&at| is_there(at)).map(|at| id("claim", &format!("{at:03}"))).collect();
    rows.use_claims.retain(|row| claims.contains(&row.id));
    let last = id("org", &name(5));
    if !(if after { change.last.1 } else { change.last.0 }) {
        rows.organisations.retain(|row| row.id != last);
        rows.organisation_codes.retain(|row| row.organisation != last);
        rows.locations.retain(|row| row.organisation != last);
        rows.responses.retain(|row| row.organisation != last);
        rows.use_claims.retain(|row| row.organisation != last);
    }
    rows.sources.push(source("before"));
    if after {
        rows.revision += 1;
        rows.sources.push(source("after"));
        if change.retitled {
            rows.datasets[2].title = lang_text("es", "Almacenamiento");
        }
        if change.handed_over {
            rows.datasets[3].publisher = id("org", "SEMARNAT");
        }
    }
    for claim in &rows.use_claims {
        let source = id("source", if after && claim.id.0.as_u128().is_multiple_of(3) { "after" } else { "before" });
        let about = EvidencedRow::Use(claim.id);
        rows.evidence.push(EvidenceRow { about, source, polarity: Polarity::Supports, locator: None, quote: None });
    }
    rows
}

fn said_of(rows: &Rows, org: entity::id::OrganisationId) -> String {
    let claims: Vec<_> = rows.use_claims.iter().filter(|row| row.organisation == org).collect();
    let evidence: Vec<_> = rows
        .evidence
        .iter()
        .filter(|row| matches!(row.about, EvidencedRow::Use(id) if claims.iter().any(|claim| claim.id == id)))
        .collect();
    let own = rows.organisations.iter().filter(|row| row.id == org).collect::<Vec<_>>();
    let codes = rows.organisation_codes.iter().filter(|row| row.organisation == org).collect::<Vec<_>>();
    let places = rows.locations.iter().filter(|row| row.organisation == org).collect::<Vec<_>>();
    let responses = rows.responses.iter().filter(|row| row.organisation == org).collect::<Vec<_>>();
    format!("{own:?}{codes:?}{places:?}{responses:?}{claims:?}{evidence:?}")
}

/// Whose rows differ.
fn changed(before: &Rows, after: &Rows) -> Changed {
    let organisations = before.organisations.iter().chain(&after.organisations).map(|row| row.id);
    let datasets = after.datasets.iter().zip(&before.datasets);
    Changed {
        organisations: organisations.filter(|&org| said_of(before, org) != said_of(after, org)).collect(),
        datasets: datasets.filter(|(a, b)| format!("{a:?}") != format!("{b:?}")).map(|(a, _)| a.id).collect(),
    }
}

/// What a patch is given: reference data, and what hangs on the changed records.
fn part(mut rows: Rows, changed: &Changed) -> Rows {
    let is_theirs = |org| changed.organisations.contains(&org);
    rows.organisations.retain(|row| is_theirs(row.id));
    rows.organisation_codes.retain(|row| is_theirs(row.organisation));
    rows.locations.retain(|row| is_theirs(row.organisation));
    rows.responses.retain(|row| is_theirs(row.organisation));
    rows.relations.retain(|row| is_theirs(row.from));
    rows.use_claims.retain(|row| is_theirs(row.organisation));
    let claims: BTreeSet<_> = rows.use_claims.iter().map(|row| row.id).collect();
    rows.evidence.retain(|row| matches!(row.about, EvidencedRow::Use(id) if claims.contains(&id)));
    rows.datasets.retain(|row| changed.datasets.contains(&row.id));
    rows.dataset_codes.retain(|(dataset, _)| changed.datasets.contains(dataset));
    rows
}

/// Everything that an atlas says, in words.
fn told(atlas: &Atlas, filter: &Filter) -> String {
    let mut text = format!("revision {} recovered {}\n", atlas.revision, atlas.has_recovered);
    let org = |ix: OrgIx| atlas.name(ix, Lang::ES).value;
    for ix in atlas.organisations() {
        let row = atlas.organisation(ix);
        let sector = row.sector.map(|code| atlas.str(atlas.code_row(code).code));
        let area = row.area.map(|area| atlas.str(atlas.area(area).code));
        let uses = (row.datasets_used, row.publishers_used, row.claim_count);
        let shown = (atlas.is_shown(ix), atlas.listed().contains(ix.get()), atlas.active().contains(ix.get()));
        writeln!(text, "{} {sector:?} {area:?} {:?} {uses:?} {shown:?}", org(ix), row.size_band).unwrap();
        for relation in atlas.relations.of(ix) {
            writeln!(text, "  {:?} {} {}", relation.kind, relation.outgoing, org(relation.other)).unwrap();
        }
        for response in atlas.responses_of(ix) {
            writeln!(text, "  answered {}", atlas.str(atlas.wave(response.wave).slug)).unwrap();
        }
        for claim_ix in atlas.claim_handles_of(ix) {
            let (claim, detail) = (atlas.claim(claim_ix), atlas.claim_detail(claim_ix));
            let target = claim.dataset.map(|dataset| atlas.title(dataset, Lang::ES).value);
            let named = (claim.publisher.map(org), claim.stated.map(org), detail.via.map(org));
            let theme = claim.theme.map(|code| atlas.str(atlas.code_row(code).code));
            let wave = claim.wave.map(|wave| atlas.str(atlas.wave(wave).slug));
            let specific: Specificity = detail.specificity;
            writeln!(text, "  {:?} {specific:?} {target:?} {named:?} {theme:?} {wave:?} {}", claim.grade, claim.flags)
                .unwrap();
            let found = atlas.claim_by_id(detail.id) == Some(claim_ix);
            let evidence = atlas.evidence_of(claim_ix).iter().map(|row| atlas.str(atlas.source(row.source).title));
            writeln!(text, "    {found} {:?}", evidence.collect::<Vec<_>>()).unwrap();
        }
    }
    for ix in atlas.datasets() {
        let row = atlas.dataset(ix);
        let series = row.series.map(|(series, _)| atlas.title(series, Lang::ES).value);
        let themes: Vec<_> =
            atlas.dataset_themes.of(ix).iter().map(|&code| atlas.str(atlas.code_row(code).code)).collect();
        writeln!(
            text,
            "{} of {} in {series:?}: {} {themes:?}",
            atlas.title(ix, Lang::ES).value,
            org(row.publisher),
            row.users
        )
        .unwrap();
    }
    for &(ix, users) in atlas.publisher_users() {
        writeln!(text, "{} is used by {users}", org(ix)).unwrap();
    }
    for filter in [&Filter::default(), filter] {
        for facet in atlas.facets(filter, &Dimension::ALL) {
            let values: Vec<_> =
                facet.values.iter().map(|row| (atlas.word_of(row.value), row.count, row.selected)).collect();
            writeln!(text, "{:?} {values:?} {:?}", facet.dimension, facet.coverage).unwrap();
        }
        let selection = atlas.select(filter);
        for order in OrganisationOrder::ALL {
            for lang in [Lang::ES, Lang::EN] {
                let page = atlas.page(&selection.organisations, order.into(), lang, 10, None).unwrap();
                let names: Vec<_> = page.items.into_iter().map(org).collect();
                writeln!(text, "{order:?} {lang} {names:?} of {}", page.total).unwrap();
            }
        }
    }
    for word in ["o", "inegi", "almacenamiento", "presas"] {
        let hits: Vec<_> =
            atlas.find(word, 20, &[]).hits.iter().map(|hit| (atlas.str(hit.matched), hit.weight)).collect();
        writeln!(text, "{word}: {hits:?}").unwrap();
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_patch_says_what_a_new_atlas_says(tolds in tolds(), saids in saids(), change in changes(), filter in filters()) {
        let (before, after) = (record(&tolds, &saids, &change, false), record(&tolds, &saids, &change, true));
        let changed = changed(&before, &after);
        let old = Atlas::build(before);
        let patched = old.patch(part(after.clone(), &changed), &changed).expect("nothing is lost");
        prop_assert_eq!(told(&patched, &filter), told(&Atlas::build(after), &filter));
    }
}

#[test]
fn a_patch_declines_when_reference_data_is_gone() {
    let rows = ground();
    let old = Atlas::build(rows.clone());
    let mut without = part(rows, &Changed::default());
    without.waves.pop();
    assert!(old.patch(without, &Changed::default()).is_none());
}
