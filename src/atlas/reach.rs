//! How far the record reaches: before the first wave opened and the first claim held, nothing was asked, and a
//! zero would say what nobody knows.

use chrono::NaiveDate;
use entity::vocabulary::{Attribute, WaveState};

use super::{Atlas, Filter, OrgIx, WaveIx};
use crate::domain::participation::is_open;

impl Atlas {
    /// Whether a wave had opened on the day.
    pub fn has_opened(&self, wave: WaveIx) -> bool {
        self.wave(wave).opens_on <= self.as_of
    }

    /// The page on which anybody may put an organisation forward for a wave, while it is open and takes them.
    pub fn nomination_path(&self, wave: WaveIx) -> Option<String> {
        let row = self.wave(wave);
        let takes = row.takes_nominations && is_open(row.state, row.closes_on, self.as_of);
        // A slug needs no escape: its characters are those of addresses.
        takes.then(|| format!("/join/{}", self.str(row.slug)))
    }

    /// Whether a wave belongs to one of some chapters; where none is named, all do.
    pub fn is_of_chapters(&self, wave: WaveIx, chapters: &[String]) -> bool {
        let own = self.str(self.study(self.wave(wave).study).chapter);
        chapters.is_empty() || chapters.iter().any(|chapter| chapter == own)
    }

    /// Whether a wave that had opened on the day asked for a property.
    pub fn is_asked(&self, attribute: Attribute) -> bool {
        self.waves().any(|wave| self.has_opened(wave) && self.wave(wave).asked.contains(&attribute))
    }

    /// Whether an organisation existed on the day, as far as that is known; a year counts from its first day.
    pub fn is_founded(&self, org: OrgIx) -> bool {
        self.organisation(org).founded.is_none_or(|founded| founded.on <= self.as_of)
    }

    /// Whether the record reaches the day: a wave had opened, or a claim counts.
    pub fn reaches(&self) -> bool {
        self.waves().any(|wave| self.has_opened(wave)) || self.claims.iter().any(|claim| claim.is_current())
    }

    /// Whether bodies and datasets that nobody uses on the day are known to be unused: not before the last finished
    /// wave has opened, since it may be the one that named them.
    pub fn knows_the_unused(&self) -> bool {
        let is_planned = |wave: WaveIx| self.wave(wave).state == WaveState::Draft;
        self.reaches() && self.waves().all(|wave| self.has_opened(wave) || is_planned(wave))
    }

    /// Whether the record reaches the day for the studies and waves that a filter names, by the same rule: one of
    /// these waves had opened, or a claim of one of them counts. Where it does not, a figure over it has no n: nobody
    /// had been asked.
    pub fn reaches_for(&self, filter: &Filter) -> bool {
        if filter.chapter.is_empty() && filter.wave.is_empty() {
            return self.reaches();
        }
        let leaves_in = |wave: WaveIx| self.leaves_in(wave, filter);
        self.waves().any(|ix| self.has_opened(ix) && leaves_in(ix))
            || self.claims.iter().any(|claim| claim.is_countable() && claim.wave.is_some_and(leaves_in))
    }

    /// Whether a figure over a filter that found so many is a finding. Of bodies and datasets that nobody uses on a day on
    /// which a wave had yet to open nobody knows: that wave may be the one that named them.
    pub fn tells(&self, filter: &Filter, found: u64) -> bool {
        let names_data = !filter.publisher.is_empty() || !filter.dataset.is_empty();
        let is_of_any = filter.chapter.is_empty() && filter.wave.is_empty();
        self.reaches_for(filter) && (found > 0 || !(names_data && is_of_any) || self.knows_the_unused())
    }

    /// The day the record of some chapters begins, where any are named: the first opening of one of their waves.
    pub fn begins_for(&self, chapters: &[String]) -> Option<NaiveDate> {
        if chapters.is_empty() {
            return self.begins_on();
        }
        self.waves().filter(|&wave| self.is_of_chapters(wave, chapters)).map(|wave| self.wave(wave).opens_on).min()
    }

    /// The day the record begins: the first opening of a wave or beginning of a claim that counts.
    pub fn begins_on(&self) -> Option<NaiveDate> {
        let claims = self.claims.iter().zip(&self.details).filter(|(claim, _)| claim.is_current());
        let waves = self.waves().map(|wave| self.wave(wave).opens_on);
        claims.filter_map(|(_, detail)| detail.valid_from).map(|from| from.on).chain(waves).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::fixture::{day, id, mini, study, wave};
    use crate::atlas::rows::{StudyRow, WaveRow};

    #[test]
    fn the_record_of_a_chapter_begins_with_its_own_first_wave() {
        let mut rows = mini().rows();
        let other = StudyRow { id: id("study", "xx"), slug: "other".to_owned(), chapter: "xx".to_owned(), ..study() };
        rows.studies = vec![study(), other];
        rows.waves = vec![wave("mx-1", "2014-10-01", &[])];
        for (slug, opens) in [("xx-2", "2010-05-01"), ("xx-1", "2009-03-01")] {
            rows.waves.push(WaveRow { study: id("study", "xx"), ..wave(slug, opens, &[]) });
        }
        let atlas = Atlas::build(rows);
        let begins = |chapters: &[&str]| {
            atlas.begins_for(&chapters.iter().map(|chapter| (*chapter).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(begins(&["xx"]), Some(day("2009-03-01")));
        assert_eq!(begins(&["mx"]), Some(day("2014-10-01")), "not that of the record as a whole");
        assert_eq!(begins(&[]), atlas.begins_on());
        assert_eq!(begins(&["nowhere"]), None);
    }

    #[test]
    fn anybody_is_told_of_a_wave_while_it_is_open_to_anybody() {
        let path = |state, closes: Option<&str>, takes_nominations| {
            let mut rows = mini().rows();
            rows.studies = vec![study()];
            let closes_on = closes.map(day);
            rows.as_of = day("2026-03-01");
            rows.waves = vec![WaveRow { closes_on, state, takes_nominations, ..wave("mx-1", "2026-01-01", &[]) }];
            let atlas = Atlas::build(rows);
            atlas.waves().next().and_then(|wave| atlas.nomination_path(wave))
        };
        let open = Some("/join/mx-1".to_owned());
        assert_eq!(path(WaveState::Open, None, true), open);
        assert_eq!(path(WaveState::Open, Some("2026-03-01"), true), open, "its last day is one of its days");
        assert_eq!(path(WaveState::Open, Some("2026-02-28"), true), None);
        assert_eq!(path(WaveState::Open, None, false), None);
        assert_eq!(path(WaveState::Closed, None, true), None);
    }
}
