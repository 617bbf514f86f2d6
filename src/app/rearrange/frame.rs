//! One merge or split under way: a write that keeps an image of each row before it touches it.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::id::RearrangementId;
use entity::vocabulary::{AssertedPart, RearrangementKind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::review::merged;
use super::super::write::{Change, Write};
use super::super::{Context, Error};
use crate::domain::access::Actor;
use crate::domain::text;
use crate::store::fact::Fact;
use crate::store::follow::{Followed, follow};
use crate::store::rearrangement::{self, AssertedName, Rearrangement};
use crate::store::review::On;
use crate::store::slug::{self, Kind};
use crate::store::{self, edit};

/// A row as it stood; `None` for one that was added.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Image {
    pub(super) table: String,
    pub(super) id: Uuid,
    pub(super) before: Option<Value>,
}

/// All that has to be kept to take it back.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) images: Vec<Image>,
    /// (kind, slug) of addresses that lead on since.
    pub(super) led: Vec<(String, String)>,
    /// (kind, slug) of addresses that led to the record that is gone.
    pub(super) led_on: Vec<(String, String)>,
    /// Public names of the record that stays and of the other.
    pub(super) titles: (String, String),
    /// Records that the atlas has to read again, by table.
    pub(super) touched: Vec<(String, Uuid)>,
    /// Roles, and what waits for a decision, that name the record that stays since.
    #[serde(default)]
    pub(super) followed: Vec<Followed>,
}

/// How many rows of each table went along, were already there, or are new, and what to know before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Rows that come to hang on the record that stays, by table.
    pub moved: BTreeMap<&'static str, usize>,
    /// Rows that end, because the record that stays says the same or says otherwise.
    pub ended: BTreeMap<&'static str, usize>,
    /// Rows that are new.
    pub added: BTreeMap<&'static str, usize>,
    /// Claims that were there twice and become one with the evidence of both.
    pub united: usize,
    /// Old and new address of the record that is gone.
    pub address: Option<(String, String)>,
    /// What somebody should know before it is done.
    pub remarks: Vec<Remark>,
}

/// Something to know before a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Remark {
    /// A reuser becomes a public body too, or the other way round.
    BecomesBoth,
    /// One of the two does not consent to be shown: neither will be.
    ConsentWithheld,
    /// Both answered the same wave: the answers that came further count, else those of the one that stays. The others are kept.
    AnsweredTwice,
    /// The datasets have different publishers.
    PublishersDiffer,
    /// Both have a value for the same indicator and time: the one that stays keeps its own.
    ValuesDiffer,
    /// The two lie below one another: the relation between them ends.
    RelatedToEachOther,
}

impl Remark {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::BecomesBoth,
        Self::ConsentWithheld,
        Self::AnsweredTwice,
        Self::PublishersDiffer,
        Self::ValuesDiffer,
        Self::RelatedToEachOther,
    ];
}

/// One merge or split under way.
pub(super) struct Rearranging<'c> {
    pub(super) ctx: &'c Context,
    actor: &'c Actor,
    pub(super) write: Write<'c>,
    kept: Kept,
    pub(super) effect: Effect,
    names: HashMap<(Uuid, AssertedPart), String>,
    /// Public names of the record that stays and of the one that is gone or new.
    pub(super) titles: (String, String),
    imaged: HashSet<Uuid>,
}

impl<'c> Rearranging<'c> {
    pub(super) async fn begin(ctx: &'c Context, actor: &'c Actor) -> Result<Self, Error> {
        let write = Write::begin(ctx, actor).await?;
        Ok(Self {
            ctx,
            actor,
            write,
            kept: Kept::default(),
            effect: Effect::default(),
            names: HashMap::new(),
            titles: (String::new(), String::new()),
            imaged: HashSet::new(),
        })
    }

    /// The rows of a table that name one of `ids` in a column.
    pub(super) async fn naming<M: Fact>(&self, column: &str, ids: &[Uuid]) -> Result<Vec<M>, Error> {
        Ok(edit::naming(self.write.transaction(), column, ids).await?)
    }

    /// One current record; nobody else changes it until this is done.
    pub(super) async fn one<M: Fact>(&self, id: Uuid) -> Result<Option<M>, Error> {
        Ok(self.naming::<M>("id", &[id]).await?.pop())
    }

    fn image<M: Fact>(&mut self, row: &M, is_new: bool) -> Result<(), Error> {
        if !self.imaged.insert(row.id()) {
            return Err(Error::Internal(anyhow::anyhow!("a row of {} is changed twice at once", M::TABLE)));
        }
        let before =
            if is_new { None } else { Some(serde_json::to_value(row).map_err(|error| Error::Internal(error.into()))?) };
        self.kept.images.push(Image { table: M::TABLE.to_owned(), id: row.id(), before });
        Ok(())
    }

    /// Gives rows another version.
    pub(super) async fn shift<M: Fact>(
        &mut self,
        rows: Vec<(M, M)>,
        subject: impl Fn(&M) -> Uuid,
    ) -> Result<(), Error> {
        let rows: Vec<(M, M)> = rows.into_iter().filter(|(before, after)| before != after).collect();
        for (before, _) in &rows {
            self.image(before, false)?;
        }
        *self.effect.moved.entry(M::TABLE).or_default() += rows.len();
        self.write.replace_all(rows, subject).await
    }

    /// Ends rows.
    pub(super) async fn end<M: Fact>(&mut self, rows: Vec<M>, subject: impl Fn(&M) -> Uuid) -> Result<(), Error> {
        for row in &rows {
            self.image(row, false)?;
        }
        *self.effect.ended.entry(M::TABLE).or_default() += rows.len();
        self.write.end_all(rows, subject).await
    }

    /// Adds a row.
    pub(super) async fn add<M: Fact>(&mut self, row: M, subject: Uuid) -> Result<(), Error> {
        self.image(&row, true)?;
        *self.effect.added.entry(M::TABLE).or_default() += 1;
        self.write.add(row, subject).await
    }

    /// Lets the atlas read a record again; now, and when it is taken back.
    pub(super) fn touch(&mut self, table: &'static str, record: Uuid) {
        self.write.touch(table, record);
        self.kept.touched.push((table.to_owned(), record));
    }

    pub(super) fn remark(&mut self, remark: Remark) {
        if !self.effect.remarks.contains(&remark) {
            self.effect.remarks.push(remark);
        }
    }

    /// Keeps the name under which a claim was made.
    pub(super) fn asserted(&mut self, claim: Uuid, part: AssertedPart, name: &str) {
        self.names.entry((claim, part)).or_insert_with(|| name.to_owned());
    }

    /// Lets the address of a record that is gone lead to the one that stays, with all that led to it before.
    pub(super) async fn lead(
        &mut self,
        table: &'static str,
        (gone, slug): (Uuid, &str),
        (kept, kept_slug): (Uuid, &str),
    ) -> Result<(), Error> {
        let transaction = self.write.transaction();
        let earlier = rearrangement::lead_on(transaction, table, gone, kept).await?;
        // Its lasting address, by its id, leads on too.
        for address in [slug, &gone.to_string()] {
            rearrangement::lead(transaction, table, address, kept, self.write.at()).await?;
            self.kept.led.push((table.to_owned(), address.to_owned()));
        }
        // Who may speak for it, and what waits for a decision about it, follows.
        let followed = follow(transaction, gone, kept).await?;
        let rows: HashSet<_> = followed.iter().map(Followed::row).collect();
        for (table, _) in rows {
            *self.effect.moved.entry(table).or_default() += 1;
        }
        self.kept.followed.extend(followed);
        self.kept.led_on.extend(earlier.into_iter().map(|slug| (table.to_owned(), slug)));
        self.effect.address = Some((slug.to_owned(), kept_slug.to_owned()));
        Ok(())
    }

    /// An address that no record has.
    pub(super) async fn free_slug(&self, kind: Kind, (lang, name): (&str, &str)) -> Result<String, Error> {
        Ok(slug::free(On::Write(self.write.transaction()), kind, text::slug(lang, name)).await?)
    }

    /// Why a record is not there: it has been merged meanwhile, or never was.
    pub(super) async fn absent(&self, id: Uuid) -> Error {
        match merged::place_of(On::Write(self.write.transaction()), id).await {
            Ok(Some(merged::Place { name, address })) => Error::Conflict(format!(
                "one of the two has been merged into '{name}' ({address}) meanwhile; look at the queue again"
            )),
            Ok(None) => Error::NotFound,
            Err(error) => error,
        }
    }

    /// What it would do; nothing is done.
    pub(super) fn into_effect(self) -> Effect {
        let mut effect = self.effect;
        for counts in [&mut effect.moved, &mut effect.ended, &mut effect.added] {
            counts.retain(|_, count| *count > 0);
        }
        effect
    }

    /// Both records tell of it.
    fn kept_in_history(&mut self, kind: RearrangementKind, (id, kept_id, other_id): (RearrangementId, Uuid, Uuid)) {
        let (kept, other) = &self.titles;
        let says = json!({ "kind": kind.as_str(), "kept": kept, "other": other });
        for subject in [kept_id, other_id] {
            self.write.change(Change {
                kind: "rearrangement",
                record: id.0,
                subject,
                is_public: false,
                before: None,
                after: Some(says.clone()),
            });
        }
    }

    /// Writes down what was done and ends the write.
    pub(super) async fn commit(
        mut self,
        kind: RearrangementKind,
        (kept_id, other_id): (Uuid, Uuid),
        reason: &str,
    ) -> Result<RearrangementId, Error> {
        let Some(done_by) = self.actor.id() else { return Err(Error::Unauthenticated) };
        let id = RearrangementId(self.ctx.id());
        self.kept.titles.clone_from(&self.titles);
        let images = serde_json::to_string(&self.kept).map_err(|error| Error::Internal(error.into()))?;
        let row = Rearrangement {
            id,
            kind,
            kept_id,
            other_id,
            reason: reason.to_owned(),
            images,
            done_by,
            done_at: self.write.at(),
            undone_by: None,
            undone_at: None,
        };
        let transaction = self.write.transaction();
        rearrangement::insert(transaction, row).await?;
        let mut names: Vec<AssertedName> = std::mem::take(&mut self.names)
            .into_iter()
            .map(|((claim_id, part), text)| AssertedName { rearrangement_id: id, claim_id, part, text })
            .collect();
        names.sort_by_key(|name| (name.claim_id, name.part));
        rearrangement::assert_names(transaction, names).await?;
        self.kept_in_history(kind, (id, kept_id, other_id));
        let transaction = self.write.transaction();
        store::matching::settle(transaction, kind, (kept_id, other_id), (done_by, self.write.at())).await?;
        self.write.commit(reason, &id.0).await?;
        Ok(id)
    }
}
