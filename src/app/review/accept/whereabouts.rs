//! The sector of an organisation and the place of its seat, as somebody proposes them.

use entity::id::{LocationId, OrganisationCodeId, OrganisationId, SourceId};
use entity::vocabulary::{AssertedBy, Attribute, CodeRole, Confidence, RowVisibility};

use super::{Desk, conflict, gone};
use crate::app::Error;
use crate::app::review::row::Op;
use crate::app::review::seat::{self, Said};
use crate::domain::review::{Field, SECTORS};
use crate::store::review::facts;

impl Desk<'_> {
    /// Another sector or place of an organisation, with the source that says it.
    pub(super) async fn correct_whereabouts(
        &self,
        (id, source): (OrganisationId, Option<SourceId>),
        (field, value, by): (Field, String, AssertedBy),
        ops: &mut Vec<Op>,
    ) -> Result<(), Error> {
        let known = facts::organisation(self.on, id).await?.ok_or_else(gone)?;
        if let Some(source) = source.filter(|source| known.source_id != Some(*source)) {
            let cited = entity::organisation::Model { source_id: Some(source), ..known.clone() };
            ops.push(Op::Replace(known.into(), cited.into()));
        }
        match field {
            Field::Sector => self.sector(id, (&value, by), ops).await,
            Field::Area => self.place(id, (Some(&value), None), ops).await,
            Field::Locality => self.place(id, (None, Some(value)), ops).await,
            _ => Err(conflict("an organisation has no such property")),
        }
    }

    /// The sector in which data is used: one row, so that another sector takes its place.
    pub(super) async fn sector(
        &self,
        id: OrganisationId,
        (code, by): (&str, AssertedBy),
        ops: &mut Vec<Op>,
    ) -> Result<(), Error> {
        let listed = facts::code(self.on, SECTORS, code).await?.ok_or_else(|| conflict("the code is in no list"))?;
        let stands = facts::codes_of(self.on, id, CodeRole::ReuseSectorPrimary).await?;
        if stands.iter().any(|row| row.code_id == Some(listed.id)) {
            return Ok(());
        }
        let row_id = OrganisationCodeId(self.ctx.id());
        let row = entity::organisation_code::Model {
            id: row_id,
            organisation_id: id,
            scheme: SECTORS.to_owned(),
            code_id: Some(listed.id),
            text: None,
            role: CodeRole::ReuseSectorPrimary,
            assigned_by: by,
            confidence: if by == AssertedBy::SelfReported { Confidence::High } else { Confidence::Medium },
            wave_id: None,
            entity_id: row_id,
            visibility: RowVisibility::Public,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        };
        ops.push(match stands.into_iter().next() {
            Some(before) => {
                let (id, entity_id) = (before.id, before.entity_id);
                let after = entity::organisation_code::Model { id, entity_id, ..row };
                Op::Replace(before.into(), after.into())
            }
            None => Op::Add(row.into()),
        });
        self.known_now(id, Some(Attribute::Sector), ops).await
    }

    /// The place of the seat: an area by its code, a city, or both.
    pub(super) async fn place(
        &self,
        id: OrganisationId,
        (area, locality): (Option<&str>, Option<String>),
        ops: &mut Vec<Op>,
    ) -> Result<(), Error> {
        let area = match area {
            Some(code) => Some(facts::area(self.on, code).await?.ok_or_else(|| conflict("the state is in no list"))?),
            None => None,
        };
        let what = area.as_ref().map(|_| Attribute::Area);
        let known = facts::seat_of(self.on, id).await?;
        let before = known.clone().unwrap_or_else(|| seat::unknown(LocationId(self.ctx.id()), id, self.at));
        let after = seat::seated(self.on, &before, Said { area, locality }).await?;
        match known {
            Some(known) if known == after => {}
            Some(known) => ops.push(Op::Replace(known.into(), after.into())),
            None => ops.push(Op::Add(after.into())),
        }
        self.known_now(id, what, ops).await
    }

    /// The reason why a value was lacking is gone.
    pub(super) async fn known_now(
        &self,
        id: OrganisationId,
        what: Option<Attribute>,
        ops: &mut Vec<Op>,
    ) -> Result<(), Error> {
        let Some(attribute) = what else { return Ok(()) };
        let missing = facts::missing_of(self.on, id, attribute).await?;
        ops.extend(missing.map(|row| Op::End(row.into())));
        Ok(())
    }
}
