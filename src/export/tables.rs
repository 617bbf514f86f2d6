//! Which columns each file has, which rows a filter selects, and what holds for all of them; `row` says what stands in one.

use std::collections::HashMap;

use entity::vocabulary::LocationRole;

use super::{Order, What, figures, requests, sort};
use crate::{
    analysis::{
        Figure,
        publishers::{Datasets, users_per_publisher},
    },
    atlas::{Atlas, ClaimIx, DatasetIx, Dimension, ObservationIx, OrgIx, RolledUp, Rollup, Subject},
};

/// The columns of a file.
#[rustfmt::skip] // a column a line would hide what belongs together
pub(super) fn columns(what: What) -> &'static [&'static str] {
    match what {
        What::Organisations => &[
            "id", "slug", "url", "name", "kind", "kind_missing", "ownership", "status", "sector", "sector_label",
            "sector_missing", "size", "size_missing", "founded", "founded_missing", "website", "description",
            "description_missing", "area", "area_name", "area_missing", "locality", "longitude", "latitude",
            "precision", "publishers_used", "publishers_used_missing", "datasets_used", "datasets_used_missing",
            "claims", "best_grade", "business_models", "business_models_missing", "sdgs_declared",
            "sdgs_declared_missing", "updated_at", "chapters", "attribution", "licence", "licence_url",
        ],
        What::Claims => &[
            "id", "organisation", "organisation_name", "specificity", "dataset", "dataset_title", "publisher",
            "publisher_name", "stated_publisher", "theme", "use_type", "criticality", "access_mode", "wave", "grade",
            "status", "origin", "asserted_by", "publisher_ack", "valid_from", "evidence", "evidence_against",
            "evidence_kinds", "sources", "source_urls", "accessed_on", "attribution", "licence", "licence_url",
        ],
        What::Publishers => &[
            "id", "slug", "url", "name", "acronym", "level", "area", "parent", "parent_decision", "stated_parents",
            "successor", "website", "users", "own_users", "datasets", "own_datasets", "rollup", "chapters",
            "attribution", "licence", "licence_url",
        ],
        What::Datasets => &[
            "id", "slug", "url", "title", "publisher", "publisher_name", "is_series", "series", "edition", "status",
            "access", "landing_page", "dataset_licence", "frequency", "modified_on", "users", "attribution",
            "licence", "licence_url",
        ],
        What::Observations => &[
            "id", "indicator", "subject_kind", "subject", "period", "low", "central", "high", "unit", "currency",
            "missing", "status", "source", "attribution", "licence", "licence_url",
        ],
        What::Requests => requests::COLUMNS,
        What::Flow => figures::FLOW,
        What::Counts => figures::COUNTS,
    }
}

/// The rows that a filter selects, by their numbers in the atlas.
pub(super) fn rows(atlas: &Atlas, order: &Order, whole: &Whole) -> Vec<u32> {
    let (what, filter) = (order.what, &order.filter);
    if what == What::Requests {
        return requests::rows(atlas, &order.requests);
    }
    let selection = atlas.select(filter);
    let everything = filter.is_empty();
    let with_unused = everything && atlas.knows_the_unused();
    // Bodies and datasets are known on any day; who used them is not.
    if what != What::Observations && !atlas.reaches_for(filter) {
        return Vec::new();
    }
    match what {
        What::Organisations => match order.shape.sort {
            None => selection.organisations.iter().collect(),
            Some(sort) => sort::rows(sort, atlas, &selection.organisations, order.lang),
        },
        What::Claims => {
            let claims = selection.organisations.iter().flat_map(|org| atlas.claim_handles_of(OrgIx::new(org)));
            claims.filter(|&claim| selection.claims.passes(atlas, atlas.claim(claim))).map(ClaimIx::get).collect()
        }
        What::Publishers if with_unused && order.shape.every_body => {
            atlas.publisher_users().iter().map(|(org, _)| org.get()).collect()
        }
        // The bodies that the page of publishers and the API list: under the same roll-up, and only those with users. With
        // the parts of a body beside it, its users would stand there twice.
        What::Publishers => {
            let counted = users_per_publisher(atlas, &selection, filter.rollup);
            let mut bodies: Vec<u32> = counted.iter().filter(|(_, users)| *users > 0).map(|(ix, _)| ix.get()).collect();
            bodies.sort_unstable();
            bodies
        }
        What::Datasets if with_unused => atlas.datasets().map(DatasetIx::get).collect(),
        What::Datasets => {
            let mut datasets: Vec<u32> =
                matching(atlas, &selection).filter_map(|claim| claim.dataset).map(DatasetIx::get).collect();
            datasets.sort_unstable();
            datasets.dedup();
            datasets
        }
        What::Requests => Vec::new(),
        What::Flow | What::Counts => {
            let count = whole.rows.as_ref().map_or(0, figures::Rows::len);
            (0..u32::try_from(count).unwrap_or(u32::MAX)).collect()
        }
        What::Observations => {
            let of_selection = |subject: Subject| match subject {
                Subject::Organisation(org) => selection.organisations.contains(org.get()),
                _ => everything,
            };
            atlas
                .observations()
                .filter(|&o| of_selection(atlas.observation(o).subject))
                .map(ObservationIx::get)
                .collect()
        }
    }
}

fn matching<'a>(
    atlas: &'a Atlas,
    selection: &'a crate::atlas::Selection,
) -> impl Iterator<Item = &'a crate::atlas::Claim> {
    let claims = selection.organisations.iter().flat_map(|org| atlas.claims_of(OrgIx::new(org)));
    claims.filter(|claim| selection.claims.passes(atlas, claim))
}

/// Where a row is on the map.
pub(super) fn place(atlas: &Atlas, what: What, row: u32) -> Option<(f64, f64)> {
    let org = match what {
        What::Organisations | What::Publishers => OrgIx::new(row),
        What::Claims => atlas.claim(ClaimIx::new(row)).organisation,
        What::Datasets => atlas.dataset(DatasetIx::new(row)).publisher,
        What::Observations | What::Requests | What::Flow | What::Counts => return None,
    };
    let location = main_location(atlas, org)?;
    Some((location.longitude?, location.latitude?))
}

/// Where an organisation is: its head office, else the first of its places.
pub(super) fn main_location(atlas: &Atlas, org: OrgIx) -> Option<&crate::atlas::Location> {
    let locations = atlas.locations_of(org);
    locations.iter().find(|location| location.role == LocationRole::Hq).or_else(|| locations.first())
}

/// What holds for all rows of a file, counted once.
#[derive(Debug, Default)]
pub(super) struct Whole {
    /// The users of each publisher among what the filter selects; those without any are not in it.
    pub(super) users: HashMap<OrgIx, u64>,
    /// The same of each body as it was named.
    pub(super) own_users: HashMap<OrgIx, u64>,
    /// The datasets of each publisher, in the same claims.
    pub(super) datasets: Datasets,
    /// How bodies are added up in it.
    pub(super) rollup: Option<RolledUp>,
    /// The figure whose rows are written.
    pub(super) rows: Option<figures::Rows>,
    /// What holds for the selection that the rows are of.
    pub(super) figure: Option<Figure>,
}

impl Whole {
    pub(super) fn of(atlas: &Atlas, order: &Order) -> Self {
        match order.what {
            What::Organisations | What::Claims | What::Publishers | What::Datasets => {}
            What::Flow => return Self { rows: Some(figures::Rows::flow(atlas, order)), ..Self::default() },
            What::Counts => return Self { rows: Some(figures::Rows::counts(atlas, order)), ..Self::default() },
            What::Observations | What::Requests => return Self::default(),
        }
        let selection = atlas.select(&order.filter);
        let figure = Some(Figure::new(atlas, &order.filter, &selection, Dimension::Publisher));
        if order.what != What::Publishers {
            return Self { figure, ..Self::default() };
        }
        let counted = |rollup| users_per_publisher(atlas, &selection, rollup).into_iter().collect();
        let rollup = order.filter.rollup;
        Self {
            users: counted(rollup),
            own_users: counted(Some(Rollup::Publisher)),
            datasets: Datasets::of(atlas, &order.filter, &selection),
            rollup: Some(atlas.rollup_of(rollup.map(Rollup::of_bodies), &selection.organisations)),
            rows: None,
            figure,
        }
    }

    /// What the rows rest on; observations and requests are no figures.
    pub(super) fn figure(&self) -> Option<&Figure> {
        self.rows.as_ref().map(figures::Rows::figure).or(self.figure.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use entity::vocabulary::Grade;

    use super::super::{cell::Cell, row::cells};
    use super::*;

    /// An order of a whole file.
    fn everything(what: What) -> Order {
        Order {
            what,
            format: super::super::Format::Csv,
            filter: crate::atlas::Filter::default(),
            requests: crate::analysis::demand::Asked::default(),
            shape: super::super::shape::Shape::default(),
            lang: crate::atlas::Lang::EN,
            guard: super::super::Guard::On,
            base_url: String::new(),
        }
    }

    #[test]
    fn every_column_is_described() {
        for what in What::ALL {
            assert_eq!(super::super::described(what.as_str()), columns(what), "docs/columns.md, {what:?}");
        }
    }

    #[test]
    fn every_column_has_its_cell() {
        let atlas = std::sync::Arc::new(crate::atlas::fixture::mini().atlas());
        for what in What::ALL {
            let order = everything(what);
            let whole = Whole::of(&atlas, &order);
            for row in rows(&atlas, &order, &whole) {
                let cells = cells(&atlas, &order, &whole, row);
                assert_eq!(cells.len(), columns(what).len(), "{what:?}");
                for (at, column) in columns(what).iter().enumerate() {
                    let of = column.strip_suffix("_missing").and_then(|of| columns(what).iter().position(|c| *c == of));
                    if let Some(of) = of {
                        assert_ne!(cells[at] == Cell::Empty, cells[of] == Cell::Empty, "{column}: a value or a reason");
                    }
                }
            }
        }
    }

    /// The rows of publishers under a filter: name, users, own users, datasets, own datasets, roll-up.
    fn publishers(atlas: &Atlas, filter: crate::atlas::Filter) -> String {
        let order = Order { filter, ..everything(What::Publishers) };
        let whole = Whole::of(atlas, &order);
        let at = |name: &str| columns(What::Publishers).iter().position(|column| *column == name).unwrap();
        let mut found: Vec<String> = Vec::new();
        for row in rows(atlas, &order, &whole) {
            let cells = cells(atlas, &order, &whole, row);
            let counts = ["users", "own_users", "datasets", "own_datasets"].map(|name| match cells[at(name)] {
                Cell::Count(count) => count.to_string(),
                _ => panic!("no count: {cells:?}"),
            });
            let words = ["name", "rollup"].map(|name| match &cells[at(name)] {
                Cell::Text(text) => text.to_string(),
                other => panic!("{name}: {other:?}"),
            });
            found.push(format!("{} {} {}", words[0], counts.join(" "), words[1]));
            let is_part = ["CONAGUA", "SMN"].contains(&words[0].as_str());
            assert_eq!(cells[at("parent")] != Cell::Empty, is_part, "{found:?}");
        }
        found.sort();
        found.join("; ")
    }

    #[test]
    fn publishers_are_those_with_users_under_the_rollup_that_is_named() {
        const NAMED: &str =
            "CONAGUA 2 2 2 2 publisher; INEGI 4 4 2 2 publisher; SMN 2 2 1 1 publisher; ZAPOPAN 2 2 1 1 publisher";
        let atlas = crate::atlas::fixture::mini().atlas();
        for (rollup, expected) in [
            (Rollup::Root, "INEGI 4 4 2 2 root; SEMARNAT 2 0 3 0 root; ZAPOPAN 2 2 1 1 root"),
            (Rollup::Publisher, NAMED),
            (Rollup::Level, NAMED),
        ] {
            let filter = crate::atlas::Filter { rollup: Some(rollup), ..crate::atlas::Filter::default() };
            assert_eq!(publishers(&atlas, filter), expected);
        }
    }

    /// What a part counts for has in its row what is of the part: its users, and the datasets that they name.
    #[test]
    fn a_publisher_is_a_filter_of_the_file_like_any_other() {
        let atlas = crate::atlas::fixture::mini().atlas();
        let word = |name: &str| vec![atlas.str(atlas.organisation(atlas.org(name)).slug).to_owned()];
        let of = |body: &str| crate::atlas::Filter { publisher: word(body), ..crate::atlas::Filter::default() };
        for (body, expected) in [
            ("SMN", "SEMARNAT 2 0 1 0"),
            ("CONAGUA", "SEMARNAT 2 0 2 0"),
            // D7 is known and nobody names it.
            ("SEMARNAT", "SEMARNAT 2 0 2 0"),
            ("INEGI", "INEGI 4 4 2 2"),
        ] {
            let found = publishers(&atlas, of(body));
            assert_eq!(found.rsplit_once(' ').unwrap().0, expected, "{body}");
        }
        let named = crate::atlas::Filter { rollup: Some(Rollup::Publisher), ..of("CONAGUA") };
        assert_eq!(publishers(&atlas, named), "CONAGUA 2 2 1 1 publisher");
        // Beside another condition it stays one: O4 uses D3 of SMN and D4 of CONAGUA; O3 uses nothing of either.
        for (user, expected) in [("O4", "SEMARNAT 1 0 1 0"), ("O3", "")] {
            let sector = atlas.organisation(atlas.org(user)).sector.unwrap();
            let sector = vec![atlas.str(atlas.code_row(sector).code).to_owned()];
            let found = publishers(&atlas, crate::atlas::Filter { sector, ..of("SMN") });
            assert_eq!(found.rsplit_once(' ').map_or("", |(counts, _)| counts), expected, "{user}");
        }
        let best = crate::atlas::Filter { grade: vec![Grade::A], ..of("CONAGUA") };
        let found = publishers(&atlas, best);
        assert_eq!(found.rsplit_once(' ').unwrap().0, "SEMARNAT 1 0 1 0", "O1 names D3 in a claim of grade A");
    }

    #[test]
    fn publishers_without_a_filter_are_those_of_the_list() {
        let atlas = std::sync::Arc::new(crate::atlas::fixture::mini().atlas());
        let selection = atlas.select(&crate::atlas::Filter::default());
        let mut listed: Vec<u32> =
            users_per_publisher(&atlas, &selection, None).into_iter().map(|(body, _)| body.get()).collect();
        listed.sort_unstable();
        let mut order = everything(What::Publishers);
        let found = |order: &Order| rows(&atlas, order, &Whole::of(&atlas, order));
        assert_eq!(listed, found(&order));
        order.shape.every_body = true;
        let every = found(&order);
        assert!(every.len() > listed.len() && listed.iter().all(|body| every.contains(body)), "{every:?}");
    }

    #[test]
    fn roll_ups_can_be_recomputed_from_bodies_and_claims() {
        let atlas = std::sync::Arc::new(crate::atlas::fixture::mini().atlas());
        let mut order = everything(What::Publishers);
        order.shape.every_body = true;
        let whole = Whole::of(&atlas, &order);
        let names = ["slug", "parent", "parent_decision", "stated_parents", "successor"];
        let at = names.map(|name| columns(What::Publishers).iter().position(|column| *column == name).unwrap());
        let text = |cell: &Cell<'_>| if let Cell::Text(text) = cell { text.to_string() } else { String::new() };
        let table: std::collections::BTreeMap<String, [String; 5]> = rows(&atlas, &order, &whole)
            .into_iter()
            .map(|row| {
                let cells = cells(&atlas, &order, &whole, row);
                (text(&cells[at[0]]), at.map(|at| text(&cells[at])))
            })
            .collect();
        let root = |slug: &str| {
            let mut slug = slug.to_owned();
            // A successor takes the users over; a parent that was accepted has them else.
            let above = |row: &[String; 5]| match (row[4].is_empty(), row[2].as_str()) {
                (false, _) => Some(row[4].clone()),
                (true, "accepted") => Some(row[1].clone()),
                _ => None,
            };
            while let Some(next) = table.get(&slug).and_then(above) {
                slug = next;
            }
            slug
        };
        let mut moved = 0;
        for body in table.keys() {
            let ix = atlas.organisation_by_slug(body).unwrap();
            let slug = |rollup, claim| match atlas.body(claim, Some(rollup)) {
                Some(crate::atlas::Body::Organisation(other)) => atlas.str(atlas.organisation(other).slug).to_owned(),
                other => panic!("{other:?}"),
            };
            for claim in atlas.claims_naming(ix).iter().map(|&claim| atlas.claim(claim)) {
                let row = &table[body];
                let stated = slug(Rollup::AsStated, claim);
                assert!(stated == *body || row[3].split(' ').any(|one| one == stated), "{row:?} has no {stated}");
                assert_eq!(root(body), slug(Rollup::Root, claim));
                assert_eq!(*[&row[4], body][usize::from(row[4].is_empty())], slug(Rollup::SuccessorChain, claim));
                moved += usize::from(stated != *body) + usize::from(root(body) != *body);
            }
        }
        assert!(moved > 0, "nothing is part of anything: {table:?}");
    }
}
