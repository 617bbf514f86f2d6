//! Observations of indicators; those that may only be summed go into a column of their own.

use entity::vocabulary::RowVisibility;

use super::Builder;
use super::kept::Kept;
use crate::atlas::Atlas;
use crate::atlas::handle::{Groups, ObservationIx};
use crate::atlas::model::{Observation, Subject};
use crate::atlas::rows::{ObservationRow, Rows, SubjectRow};

impl Builder<'_> {
    pub(super) fn observations(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let moved = |kept: &Kept<'_>, all: &[Observation]| -> Vec<Observation> {
            all.iter().filter_map(|row| kept.observation(row)).collect()
        };
        atlas.observations = self.kept(|kept| moved(kept, &kept.old.observations));
        atlas.sealed = self.kept(|kept| moved(kept, &kept.old.sealed));
        for row in std::mem::take(&mut rows.observations) {
            let found = self.observation(&row);
            let Some(observation) = self.need(found) else { continue };
            if row.visibility == RowVisibility::Public {
                atlas.observations.push(observation);
            } else {
                atlas.sealed.push(observation);
            }
        }
        let texts = self.texts.strings();
        let order = |a: &Observation, b: &Observation| {
            let period = |row: &Observation| texts.get(row.period);
            a.indicator.cmp(&b.indicator).then_with(|| period(a).cmp(period(b))).then(a.id.cmp(&b.id))
        };
        atlas.observations.sort_by(order);
        atlas.sealed.sort_by(order);
        let mut of_organisations = Vec::new();
        for (at, observation) in atlas.observations.iter().enumerate() {
            atlas.indicators[observation.indicator.at()].observations += 1;
            if let Subject::Organisation(org) = observation.subject {
                of_organisations.push((org, ObservationIx::new(at as u32)));
            }
        }
        atlas.organisation_observations = Groups::new(atlas.organisations.len(), of_organisations);
    }

    fn observation(&mut self, row: &ObservationRow) -> Option<Observation> {
        let ids = &self.ids;
        let subject = match row.subject {
            SubjectRow::Organisation(id) => Subject::Organisation(*ids.organisations.get(&id.0)?),
            SubjectRow::Sector(id) => Subject::Sector(*ids.codes.get(&id.0)?),
            SubjectRow::Area(id) => Subject::Area(*ids.areas.get(&id.0)?),
            SubjectRow::Dataset(id) => Subject::Dataset(*ids.datasets.get(&id.0)?),
        };
        Some(Observation {
            id: row.id,
            indicator: *ids.indicators.get(&row.indicator.0)?,
            subject,
            low: row.low,
            central: row.central,
            high: row.high,
            missing: row.missing,
            status: row.status,
            wave: row.wave.and_then(|id| ids.waves.get(&id.0).copied()),
            source: row.source.and_then(|id| ids.sources.get(&id.0).copied()),
            period: self.texts.intern(&row.period),
            currency: self.texts.maybe(row.currency.as_deref()),
        })
    }
}
