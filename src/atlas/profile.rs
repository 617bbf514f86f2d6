//! What a profile says of one record beyond its own columns: whom an organisation uses, what a publisher holds.

use entity::vocabulary::{ClaimStatus, Decision, Grade, Polarity, PublisherAck, RelationKind};

use super::publishers::{Body, Rollup};
use super::{Atlas, DatasetIx, Filter, Found, Hit, Lang, OrgIx, Relation, SourceIx, Text};
use crate::domain::grade::{Weighed, derive};

/// One publisher that an organisation uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublisherUse {
    /// The publisher, under the roll-up.
    pub publisher: OrgIx,
    /// Claims that figures count.
    pub claims: usize,
    /// The datasets named, each once.
    pub datasets: Vec<DatasetIx>,
    /// The best grade among the claims.
    pub best_grade: Grade,
    /// Whether the publisher has confirmed one of them.
    pub confirmed: bool,
}

impl Atlas {
    /// The publishers that an organisation uses, most claims first, then by name. Under `LEVEL` there is no
    /// publisher to list, and under the others the claims that name none are left out.
    pub fn publishers_used(&self, org: OrgIx, rollup: Option<Rollup>) -> Vec<PublisherUse> {
        let mut uses: Vec<PublisherUse> = Vec::new();
        for handle in self.claim_handles_of(org) {
            let claim = self.claim(handle);
            let Some(Body::Organisation(publisher)) = claim.figures(false).then(|| self.body(claim, rollup)).flatten()
            else {
                continue;
            };
            let confirmed = self.claim_detail(handle).publisher_ack == PublisherAck::Confirmed;
            match uses.iter_mut().find(|of| of.publisher == publisher) {
                None => uses.push(PublisherUse {
                    publisher,
                    claims: 1,
                    datasets: claim.dataset.into_iter().collect(),
                    best_grade: claim.grade,
                    confirmed,
                }),
                Some(of) => {
                    of.claims += 1;
                    of.best_grade = of.best_grade.min(claim.grade);
                    of.confirmed |= confirmed;
                    of.datasets.extend(claim.dataset.filter(|dataset| !of.datasets.contains(dataset)));
                }
            }
        }
        uses.sort_by_key(|of| (std::cmp::Reverse(of.claims), of.publisher));
        uses
    }

    /// The grade of a fact that only this source supports.
    pub fn source_grade(&self, source: SourceIx) -> Grade {
        let evidence = [Weighed { kind: self.source(source).kind, polarity: Polarity::Supports }];
        derive(&evidence, PublisherAck::None, ClaimStatus::Accepted)
    }

    /// The best grade among an organisation's counted claims.
    pub fn best_grade(&self, org: OrgIx) -> Option<Grade> {
        self.claims_of(org).iter().filter(|claim| claim.figures(false)).map(|claim| claim.grade).min()
    }

    /// The relation that makes a body part of another, accepted ones before proposed ones.
    pub fn parent_relation(&self, body: OrgIx) -> Option<&Relation> {
        let parents = self.relations_of(body).iter().filter(|relation| {
            relation.kind == RelationKind::PartOf && relation.outgoing && relation.decision != Decision::Rejected
        });
        parents.min_by_key(|relation| relation.decision == Decision::Proposed)
    }

    /// The body that tells this one from others of its name: the one that it is part of, or that all surveys state.
    pub fn known_under(&self, body: OrgIx) -> Option<OrgIx> {
        let part_of = self.parent_relation(body).map(|relation| relation.other);
        part_of.or_else(|| {
            let claims = self.claims_naming(body).iter().map(|&claim| self.claim(claim));
            let mut stated = claims.filter(|claim| claim.is_countable()).filter_map(|claim| claim.stated);
            let first = stated.find(|&other| other != body)?;
            stated.all(|other| other == first || other == body).then_some(first)
        })
    }

    /// What came before a body and after it by the day of the atlas, each with whether it came after.
    pub fn successions_of(&self, body: OrgIx) -> impl Iterator<Item = (&Relation, bool)> {
        let decided = self.relations_of(body).iter().filter(|relation| {
            relation.decision == Decision::Accepted && relation.valid_from.is_none_or(|from| from.on <= self.as_of)
        });
        decided.filter_map(|relation| {
            let is_named_first = match relation.kind {
                RelationKind::SucceededBy | RelationKind::MergedInto => true,
                // These name the new body first.
                RelationKind::SplitFrom | RelationKind::AbsorbsFunctions => false,
                RelationKind::PartOf | RelationKind::OwnedBy => return None,
            };
            Some((relation, relation.outgoing == is_named_first))
        })
    }

    /// The datasets of a publisher and of the bodies that a filter counts with it, most users first, then by title in a
    /// language.
    pub fn datasets_below(&self, publisher: OrgIx, filter: &Filter, lang: Lang) -> Vec<DatasetIx> {
        let bodies = self.bodies_counted(publisher, filter);
        let mut datasets: Vec<_> = bodies.into_iter().flat_map(|body| self.datasets_of(body)).copied().collect();
        datasets.sort_by(|&a, &b| {
            self.dataset(b).users.cmp(&self.dataset(a).users).then_with(|| self.compare_titles(a, b, lang))
        });
        datasets
    }

    /// Where two datasets stand to each other by title, as a language shows and orders them. Handles stand in the order of
    /// Spanish titles.
    pub fn compare_titles(&self, a: DatasetIx, b: DatasetIx, lang: Lang) -> std::cmp::Ordering {
        if lang != Lang::EN {
            return a.cmp(&b);
        }
        self.collation().compare(lang, self.title(a, lang).value, self.title(b, lang).value).then(a.cmp(&b))
    }

    /// The sources that claims naming a publisher cite, each once.
    pub fn publisher_sources(&self, publisher: OrgIx) -> Vec<SourceIx> {
        let bodies = self.hierarchy.below(publisher, true, true);
        let claims = bodies.into_iter().flat_map(|body| self.claims_naming(body));
        let mut sources: Vec<_> = claims.flat_map(|&claim| self.evidence_of(claim)).map(|row| row.source).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// Orders counted organisations by name, in a language.
    pub fn sort_by_name<T>(&self, rows: &mut [(OrgIx, T)], lang: Lang) {
        rows.sort_by(|(a, _), (b, _)| {
            self.collation().compare(lang, self.name(*a, lang).value, self.name(*b, lang).value).then(a.cmp(b))
        });
    }
}

impl Hit {
    /// Name, title or label of what was found.
    pub fn title<'a>(&self, atlas: &'a Atlas, lang: Lang) -> Text<'a> {
        match self.found {
            Found::Organisation(ix) | Found::Publisher(ix) => atlas.name(ix, lang),
            Found::Dataset(ix) => atlas.title(ix, lang),
            Found::Sector(ix) | Found::Sdg(ix) => atlas.label(atlas.code_row(ix).label, lang),
            Found::Area(ix) => atlas.label(atlas.area(ix).name, lang),
        }
    }

    /// Path of the page of what was found.
    pub fn path(&self, atlas: &Atlas) -> String {
        match self.found {
            Found::Organisation(ix) => format!("/organisations/{}", atlas.str(atlas.organisation(ix).slug)),
            Found::Publisher(ix) => format!("/publishers/{}", atlas.str(atlas.organisation(ix).slug)),
            Found::Dataset(ix) => format!("/datasets/{}", atlas.str(atlas.dataset(ix).slug)),
            Found::Sector(ix) => format!("/sectors/{}", atlas.str(atlas.code_row(ix).code)),
            Found::Sdg(ix) => format!("/sdgs/{}", atlas.str(atlas.code_row(ix).code)),
            Found::Area(ix) => format!("/areas/{}", atlas.str(atlas.area(ix).code)),
        }
    }
}
