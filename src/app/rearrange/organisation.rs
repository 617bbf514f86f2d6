//! One organisation or body takes in another.

use std::collections::{HashMap, HashSet};

use entity::id::OrganisationId;
use entity::vocabulary::{AssertedPart, Consent, NameKind, ResponseStatus, RowVisibility};
use entity::{
    dataset, impact_claim, indicator_observation, location, organisation, organisation_code, organisation_identifier,
    organisation_missing, organisation_name, publisher_profile, relation, response, use_claim,
};
use uuid::Uuid;

use super::super::Error;
use super::frame::{Rearranging, Remark};
use super::values::{Settled, settle};
use super::{claims, demand};
use crate::app::ingest::check;
use crate::app::matching::shown;
use crate::domain::participation::{is_sent, takes_place};
use crate::domain::text::{by_language, fold};
use crate::store::feedback;
use crate::store::survey::response::make_room;

type Organisation = organisation::Model;

/// `gone` becomes part of `kept`.
pub(super) async fn merge(
    work: &mut Rearranging<'_>,
    kept: OrganisationId,
    gone: OrganisationId,
) -> Result<(Uuid, Uuid), Error> {
    let mut both: Vec<Organisation> = work.naming("id", &[kept.0, gone.0]).await?;
    both.sort_by_key(|row| row.id != kept);
    let mut both = both.into_iter();
    let (stays, goes) = match (both.next(), both.next()) {
        (Some(stays), Some(goes)) => (stays, goes),
        (Some(only), None) => return Err(work.absent(if only.id == kept { gone.0 } else { kept.0 }).await),
        _ => return Err(work.absent(gone.0).await),
    };
    work.titles = (public_name(&stays), public_name(&goes));
    facts(work, &stays, &goes).await?;
    names(work, &stays, &goes).await?;
    codes_and_places(work, kept, gone).await?;
    publishing(work, kept, gone).await?;
    answers(work, kept, gone).await?;
    values(work, kept, gone).await?;
    relations(work, kept, gone).await?;
    of_claims(work, &goes, kept).await?;
    demand::of_organisation(work, kept, gone).await?;
    work.lead("organisation", (gone.0, &goes.slug), (kept.0, &stays.slug)).await?;
    work.end(vec![goes], |row| row.id.0).await?;
    work.touch("organisation", kept.0);
    Ok((kept.0, gone.0))
}

/// What the one that stays does not know is taken from the other.
async fn facts(work: &mut Rearranging<'_>, stays: &Organisation, goes: &Organisation) -> Result<(), Error> {
    let (one, other) = (stays.clone(), goes.clone());
    let consent = match (one.consent, other.consent) {
        (Consent::No, _) | (_, Consent::No) => Consent::No,
        (Consent::Yes, _) | (_, Consent::Yes) => Consent::Yes,
        _ => Consent::Pending,
    };
    if consent == Consent::No {
        work.remark(Remark::ConsentWithheld);
    }
    // What is not public stays with the record that is gone.
    if other.visibility != one.visibility {
        let after = Organisation { consent, ..stays.clone() };
        return work.shift(vec![(stays.clone(), after)], |row| row.id.0).await;
    }
    let has_founded = one.founded_on.is_some();
    let after = Organisation {
        legal_name: one.legal_name.or(other.legal_name),
        legal_form: one.legal_form.or(other.legal_form),
        founded_on: one.founded_on.or(other.founded_on),
        founded_on_precision: if has_founded { one.founded_on_precision } else { other.founded_on_precision },
        website: one.website.or(other.website),
        description: one.description.or(other.description),
        summary: one.summary.or(other.summary),
        size_band: one.size_band.or(other.size_band),
        consent,
        ..stays.clone()
    };
    work.shift(vec![(stays.clone(), after)], |row| row.id.0).await
}

/// The name of the one that goes becomes another name of the one that stays.
async fn names(work: &mut Rearranging<'_>, stays: &Organisation, goes: &Organisation) -> Result<(), Error> {
    let own: Vec<organisation_name::Model> = work.naming("organisation_id", &[stays.id.0]).await?;
    let all: Vec<organisation_name::Model> = work.naming("organisation_id", &[goes.id.0]).await?;
    let mut said: HashSet<(String, String)> = own.iter().map(|row| (row.text.clone(), row.lang.clone())).collect();
    said.extend(by_language(&stays.name).into_iter().map(|(lang, text)| (text, lang)));
    let (mut moved, mut ended) = (Vec::new(), Vec::new());
    for row in all {
        if said.insert((row.text.clone(), row.lang.clone())) {
            let kind = if row.kind == NameKind::Official { NameKind::Alias } else { row.kind };
            moved.push((row.clone(), organisation_name::Model { organisation_id: stays.id, kind, ..row }));
        } else {
            ended.push(row);
        }
    }
    work.shift(moved, |row| row.organisation_id.0).await?;
    work.end(ended, |row| row.organisation_id.0).await?;
    for (lang, text) in by_language(&goes.name) {
        if !said.insert((text.clone(), lang.clone())) {
            continue;
        }
        let id = entity::id::OrganisationNameId(work.ctx.id());
        let row = organisation_name::Model {
            id,
            organisation_id: stays.id,
            folded: fold(&text),
            text,
            lang,
            kind: NameKind::Alias,
            valid_from: None,
            valid_from_precision: None,
            valid_to: None,
            valid_to_precision: None,
            entity_id: id,
            visibility: goes.visibility,
            recorded_at: work.write.at(),
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        };
        work.add(row, stays.id.0).await?;
    }
    Ok(())
}

/// Moves the rows that `said` has not; the others end.
macro_rules! move_or_end {
    ($work:ident, $table:ident, $kept:ident, $gone:ident, |$row:ident| $key:expr, |$own:ident, $other:ident| $clash:expr) => {
        let own: Vec<$table::Model> = $work.naming("organisation_id", &[$kept.0]).await?;
        let all: Vec<$table::Model> = $work.naming("organisation_id", &[$gone.0]).await?;
        let key = |$row: &$table::Model| $key;
        let mut $own: HashSet<_> = own.iter().map(key).collect();
        let (mut moved, mut ended) = (Vec::new(), Vec::new());
        for $other in all {
            let clashes: bool = $clash;
            if !clashes && $own.insert(key(&$other)) {
                moved.push(($other.clone(), $table::Model { organisation_id: $kept, ..$other }));
            } else {
                ended.push($other);
            }
        }
        $work.shift(moved, |row| row.organisation_id.0).await?;
        $work.end(ended, |row| row.organisation_id.0).await?;
    };
}

async fn codes_and_places(work: &mut Rearranging<'_>, kept: OrganisationId, gone: OrganisationId) -> Result<(), Error> {
    use entity::vocabulary::{CodeRole, LocationRole};
    move_or_end!(work, organisation_identifier, kept, gone, |row| (row.scheme, row.value.clone()), |said, row| false);
    let primary: Vec<organisation_code::Model> = work.naming("organisation_id", &[kept.0]).await?;
    let has_primary = primary.iter().any(|row| row.role == CodeRole::ReuseSectorPrimary);
    move_or_end!(work, organisation_code, kept, gone, |row| (row.role, row.code_id, row.text.clone()), |said, row| {
        has_primary && row.role == CodeRole::ReuseSectorPrimary
    });
    let places: Vec<location::Model> = work.naming("organisation_id", &[kept.0]).await?;
    let has_seat = places.iter().any(|row| row.role == LocationRole::Hq);
    move_or_end!(
        work,
        location,
        kept,
        gone,
        |row| (row.role, row.locality.clone(), row.area_id, row.latitude.map(f64::to_bits)),
        |said, row| has_seat && row.role == LocationRole::Hq
    );
    let missing: Vec<organisation_missing::Model> = work.naming("organisation_id", &[gone.0]).await?;
    work.end(missing, |row| row.organisation_id.0).await
}

async fn publishing(work: &mut Rearranging<'_>, kept: OrganisationId, gone: OrganisationId) -> Result<(), Error> {
    let own: Vec<publisher_profile::Model> = work.naming("organisation_id", &[kept.0]).await?;
    let other: Vec<publisher_profile::Model> = work.naming("organisation_id", &[gone.0]).await?;
    if own.is_empty() != other.is_empty() {
        work.remark(Remark::BecomesBoth);
    }
    if own.is_empty() {
        let moved =
            other.into_iter().map(|row| (row.clone(), publisher_profile::Model { organisation_id: kept, ..row }));
        work.shift(moved.collect(), |row| row.organisation_id.0).await?;
    } else {
        work.end(other, |row| row.organisation_id.0).await?;
    }
    let datasets: Vec<dataset::Model> = work.naming("publisher_id", &[gone.0]).await?;
    let moved = datasets.into_iter().map(|row| (row.clone(), dataset::Model { publisher_id: kept, ..row }));
    work.shift(moved.collect(), |row| row.id.0).await
}

/// Of two responses in a wave the one that came further counts, else that of the one that stays; the other is double and lies
/// with the one that is gone.
async fn answers(work: &mut Rearranging<'_>, kept: OrganisationId, gone: OrganisationId) -> Result<(), Error> {
    let own: Vec<response::Model> = work.naming("organisation_id", &[kept.0]).await?;
    let mut own: HashMap<_, _> = own.into_iter().map(|row| (row.wave_id, row)).collect();
    let others: Vec<response::Model> = work.naming("organisation_id", &[gone.0]).await?;
    let (mut doubles, mut moved, mut coming) = (Vec::new(), Vec::new(), Vec::new());
    for row in others {
        let mine = own.remove(&row.wave_id);
        if let Some(mine) = &mine {
            if is_sent(mine.status) && is_sent(row.status) {
                work.remark(Remark::AnsweredTwice);
            }
            // How many were asked, and how many came back, is in public figures of the wave.
            work.touch("wave", row.wave_id.0);
        }
        let after = match mine {
            Some(mine) if takes_place(row.status, mine.status) => {
                let status = ResponseStatus::Duplicate;
                let double = response::Model { organisation_id: gone, status, ..mine.clone() };
                doubles.push((mine, double));
                coming.push(row.id);
                response::Model { organisation_id: kept, ..row.clone() }
            }
            Some(_) => response::Model { status: ResponseStatus::Duplicate, ..row.clone() },
            None => response::Model { organisation_id: kept, ..row.clone() },
        };
        moved.push((row, after));
    }
    for (mine, _) in &doubles {
        // What came with a response counts while it is not set aside.
        for said in feedback::of_response(work.write.transaction(), mine.entity_id).await? {
            work.touch("dataset_feedback", said.0);
        }
    }
    // An organisation has one response in a wave: the two change places.
    make_room(work.write.transaction(), &coming, work.write.at()).await?;
    work.shift(doubles, |row| row.organisation_id.0).await?;
    work.shift(moved, |row| row.organisation_id.0).await
}

async fn values(work: &mut Rearranging<'_>, kept: OrganisationId, gone: OrganisationId) -> Result<(), Error> {
    let own: Vec<indicator_observation::Model> = work.naming("organisation_id", &[kept.0]).await?;
    let others: Vec<indicator_observation::Model> = work.naming("organisation_id", &[gone.0]).await?;
    let Settled { moved, ended } = settle(own, others);
    if !ended.is_empty() {
        work.remark(Remark::ValuesDiffer);
    }
    let subject = |row: &indicator_observation::Model| row.organisation_id.map_or(kept.0, |id| id.0);
    let moved = moved
        .into_iter()
        .map(|row| (row.clone(), indicator_observation::Model { organisation_id: Some(kept), ..row }))
        .collect();
    // What ends makes room first.
    work.end(ended, subject).await?;
    work.shift(moved, subject).await
}

async fn relations(work: &mut Rearranging<'_>, kept: OrganisationId, gone: OrganisationId) -> Result<(), Error> {
    let mut all: Vec<relation::Model> = work.naming("from_id", &[gone.0]).await?;
    let to: Vec<relation::Model> = work.naming("to_id", &[gone.0]).await?;
    all.extend(to.into_iter().filter(|row| row.from_id != gone));
    let mut stay: Vec<relation::Model> = work.naming("from_id", &[kept.0]).await?;
    stay.extend(work.naming::<relation::Model>("to_id", &[kept.0]).await?);
    let key = |row: &relation::Model| (row.from_id, row.to_id, row.kind);
    let here = |id| if id == gone { kept } else { id };
    let mut said: HashSet<_> = stay.iter().filter(|row| row.from_id != gone && row.to_id != gone).map(key).collect();
    let (mut moved, mut ended) = (Vec::new(), Vec::new());
    for row in all {
        let after = relation::Model { from_id: here(row.from_id), to_id: here(row.to_id), ..row.clone() };
        if after.from_id == after.to_id {
            work.remark(Remark::RelatedToEachOther);
            ended.push(row);
        } else if said.insert(key(&after)) {
            moved.push((row, after));
        } else {
            ended.push(row);
        }
    }
    work.shift(moved, |row| row.from_id.0).await?;
    work.end(ended, |row| row.from_id.0).await?;
    check::relations(work.write.transaction()).await
}

async fn of_claims(work: &mut Rearranging<'_>, goes: &Organisation, kept: OrganisationId) -> Result<(), Error> {
    let gone = goes.id;
    let name = shown(&goes.name);
    let mut rows: Vec<use_claim::Model> = Vec::new();
    for column in ["organisation_id", "publisher_id", "stated_publisher_id", "via_id"] {
        rows.extend(work.naming::<use_claim::Model>(column, &[gone.0]).await?);
    }
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    let mut moved = Vec::with_capacity(rows.len());
    for row in rows {
        let here = |id: Option<OrganisationId>| if id == Some(gone) { Some(kept) } else { id };
        for (part, is) in [
            (AssertedPart::Organisation, row.organisation_id == gone),
            (AssertedPart::Publisher, row.publisher_id == Some(gone)),
            (AssertedPart::StatedPublisher, row.stated_publisher_id == Some(gone)),
        ] {
            if is {
                work.asserted(row.id.0, part, &name);
            }
        }
        let after = use_claim::Model {
            organisation_id: if row.organisation_id == gone { kept } else { row.organisation_id },
            publisher_id: here(row.publisher_id),
            stated_publisher_id: here(row.stated_publisher_id),
            via_id: here(row.via_id),
            ..row.clone()
        };
        moved.push((row, after));
    }
    let mut users: Vec<Uuid> = moved.iter().map(|(_, after)| after.organisation_id.0).collect();
    users.sort_unstable();
    users.dedup();
    let others = work.naming("organisation_id", &users).await?;
    let united = claims::use_claims(work, moved, others).await?;
    let rows: Vec<impact_claim::Model> = work.naming("organisation_id", &[gone.0]).await?;
    let own = work.naming("organisation_id", &[kept.0]).await?;
    for row in &rows {
        work.asserted(row.id.0, AssertedPart::Organisation, &name);
    }
    let moved = rows.into_iter().map(|row| (row.clone(), impact_claim::Model { organisation_id: kept, ..row }));
    claims::impact_claims(work, moved.collect(), own, &united).await
}

/// The name of an organisation that may be shown; empty for others.
pub(super) fn public_name(row: &Organisation) -> String {
    let is_shown = row.visibility == RowVisibility::Public && row.consent != Consent::No;
    if is_shown { shown(&row.name) } else { String::new() }
}
