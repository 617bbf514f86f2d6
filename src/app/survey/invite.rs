//! Inviting: from a list, with everything that is wrong with it said first, or organisations of the register.

use std::collections::BTreeMap;

use entity::id::{OrganisationId, ResponseId};
use entity::vocabulary::{
    Channel, CompletedBy, Consent, Dependence, LetterKind, OrganisationKind, OrganisationStatus, Ownership,
    ResponseStatus, RowVisibility, YesNo,
};
use uuid::Uuid;

use super::answer::draft_of;
use super::fate::fates;
pub use super::fate::{Fate, NO_LETTERS, Previewed, REFUSED, SPOKEN};
use super::link::{self, is_open};
use super::{instrument, letter, of_study, prefill, willing};
use crate::app::permit::permit;
use crate::app::write::{Change, Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::candidate::{Candidate, MOST_ROWS, Row, read};
use crate::domain::email::Email;
use crate::domain::instrument::Instrument;
use crate::domain::participation::{Step, advance};
use crate::domain::secret::{Secret, digest};
use crate::domain::text::{self, fold};
use crate::domain::violation::{Fault, Violation, of_language};
use crate::store::Transaction;
use crate::store::review::On;
use crate::store::slug::{self, Kind};
use crate::store::survey::organisation::{self as organisations, Organisation};
use crate::store::survey::respondent::{self, Respondent};
use crate::store::survey::response::{self as responses, Answering, Response};
use crate::store::survey::study::Wave;
use crate::store::survey::{draft, instrument as instruments};

/// An organisation that was invited, and its link.
#[derive(Debug)]
pub struct Invited {
    pub line: u64,
    pub response: ResponseId,
    /// Shown this once; whoever repeats the request does not see it again.
    pub secret: Option<Secret>,
}

/// How organisations are invited.
#[derive(Clone, Copy, Debug, Default)]
pub struct How<'k> {
    /// Whether those are written to whose address is given, or known from before.
    pub by_letter: bool,
    /// Whether those that were invited before keep the links that they can still follow, and are passed over.
    pub leaves_invited: bool,
    /// Whether rows with a problem are left out and the others invited; without it one such row stops the list.
    pub leaves_problems: bool,
    /// The sender's own name for the request.
    pub key: Option<&'k str>,
}

/// What would become of a list, row by row. Nothing is written.
pub async fn preview(ctx: &Context, actor: &Actor, wave: &Wave, list: &str) -> Result<Vec<Previewed>, Error> {
    permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now()))?;
    fates(ctx, wave, read(list)?).await
}

/// Invites the rows of a list. Where one has a problem the whole list is refused, unless such rows are to be left out.
pub async fn invite(
    ctx: &Context,
    actor: &Actor,
    wave: &Wave,
    list: &str,
    how: How<'_>,
) -> Result<Vec<Invited>, Error> {
    let rows = preview(ctx, actor, wave, list).await?;
    enter(ctx, actor, wave, (rows, list), how).await
}

/// Invites organisations of the register by their slugs.
pub async fn from_register(
    ctx: &Context,
    actor: &Actor,
    wave: &Wave,
    (slugs, lang): (&[String], &str),
    how: How<'_>,
) -> Result<Vec<Invited>, Error> {
    permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now()))?;
    let mut faults = Vec::new();
    if slugs.is_empty() {
        faults.push(Violation::new("organisations", "name at least one organisation").of(Fault::Missing));
    } else if slugs.len() > MOST_ROWS {
        let message = format!("at most {MOST_ROWS} organisations are invited at once");
        faults.push(Violation::new("organisations", message).of(Fault::TooLong));
    }
    faults.extend(of_language(lang));
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let row = |(line, slug): (u64, &String)| {
        let candidate = Candidate { slug: Some(slug.clone()), lang: lang.to_owned(), ..Candidate::default() };
        Row { line, name: slug.clone(), candidate, faults: Vec::new() }
    };
    let rows = fates(ctx, wave, (1..).zip(slugs).map(row).collect()).await?;
    enter(ctx, actor, wave, (rows, &slugs.join("\n")), how).await
}

async fn enter(
    ctx: &Context,
    actor: &Actor,
    wave: &Wave,
    (rows, list): (Vec<Previewed>, &str),
    how: How<'_>,
) -> Result<Vec<Invited>, Error> {
    // A request that is repeated would find what it has done the first time in the way.
    let mut write = Write::begin(ctx, actor).await?;
    let once = Once { mutation: "invite", key: how.key };
    let input = (wave.entity_id, digest(&[list.as_bytes()]), (how.by_letter, how.leaves_invited, how.leaves_problems));
    if let Some(before) = write.repeated::<Vec<(u64, ResponseId)>>(once, &input).await? {
        return Ok(before.into_iter().map(|(line, response)| Invited { line, response, secret: None }).collect());
    }
    let faults: Vec<Violation> = rows
        .iter()
        .filter_map(|row| match &row.fate {
            Fate::Problem(faults) => Some((row.line, faults)),
            _ => None,
        })
        .flat_map(|(line, faults)| {
            faults.iter().map(move |fault| Violation { field: format!("list.{line}.{}", fault.field), ..fault.clone() })
        })
        .collect();
    let is_sound = |row: &Previewed| !matches!(row.fate, Fate::Problem(_));
    let goes_on = faults.is_empty() || (how.leaves_problems && rows.iter().any(is_sound));
    if !goes_on {
        return Err(Error::Invalid(faults));
    }
    if !is_open(wave, ctx.now()) {
        return Err(super::not_open());
    }
    let instrument = of_wave(write.transaction(), wave).await?;
    let mut out = Vec::new();
    for row in rows {
        if how.leaves_invited && row.has_link() {
            continue;
        }
        let Previewed { line, candidate, fate, .. } = row;
        let organisation = match fate {
            Fate::Known { id, .. } => organisations::by_id_in(write.transaction(), id).await?.ok_or(Error::NotFound)?,
            Fate::New => record(ctx, write.transaction(), (OrganisationId(ctx.id()), &candidate), actor.id()).await?,
            Fate::Problem(_) => continue,
        };
        let response = ResponseId(ctx.id());
        let channel = Channel::Invited;
        let one = One { wave, instrument: &instrument, organisation: &organisation, channel, response };
        let (response, secret) = one.enter(ctx, write.transaction(), &candidate, actor.id()).await?;
        write.change(change(&response));
        // Also where the address is known from before, and to nobody who has said no.
        let id = response.entity_id;
        if how.by_letter && willing::reader(write.transaction(), wave.study_id, id).await?.is_some() {
            letter::post(ctx, &write, (LetterKind::Invitation, response.entity_id), &candidate.lang, None).await?;
        }
        out.push(Invited { line, response: response.entity_id, secret: Some(secret) });
    }
    if !out.is_empty() {
        // How many are asked is in public figures of the wave.
        write.touch("wave", wave.entity_id.0);
    }
    let answer: Vec<_> = out.iter().map(|one| (one.line, one.response)).collect();
    write.commit("organisations invited", &answer).await?;
    Ok(out)
}

/// The instrument that a wave asks by, with its id.
pub(super) async fn of_wave(
    transaction: &Transaction,
    wave: &Wave,
) -> Result<(entity::id::InstrumentId, Instrument), Error> {
    let row = instruments::named(transaction, wave.study_id, &wave.instrument).await?;
    let row = row.ok_or_else(|| Error::Conflict("the wave has no instrument that can be answered".to_owned()))?;
    Ok((row.id, instrument::content(&row)?))
}

/// Records a new organisation that nobody sees before somebody has looked at it.
pub(super) async fn record(
    ctx: &Context,
    transaction: &Transaction,
    (id, candidate): (OrganisationId, &Candidate),
    by: Option<Uuid>,
) -> Result<Organisation, Error> {
    let base = text::slug(&candidate.lang, &candidate.name);
    let free = slug::free(On::Write(transaction), Kind::Organisation, base).await?;
    let name: BTreeMap<&str, &str> = BTreeMap::from([(candidate.lang.as_str(), candidate.name.as_str())]);
    let row = Organisation {
        id,
        slug: free,
        name: serde_json::to_string(&name).map_err(|error| Error::Internal(error.into()))?,
        folded: fold(&candidate.name),
        legal_name: None,
        legal_form: None,
        kind: OrganisationKind::Other,
        ownership: Ownership::Unknown,
        status: OrganisationStatus::Unknown,
        status_since: None,
        founded_on: None,
        founded_on_precision: None,
        website: candidate.website.clone(),
        description: None,
        summary: None,
        size_band: None,
        business_models: "[]".to_owned(),
        use_types: "[]".to_owned(),
        dependence: Dependence::Unknown,
        based_in_country: YesNo::Unknown,
        earns_revenue: YesNo::Unknown,
        uses_data: YesNo::Unknown,
        consent: Consent::Pending,
        source_id: None,
        stated_at: None,
        entity_id: id,
        visibility: RowVisibility::Private,
        recorded_at: ctx.now(),
        superseded_at: None,
        import_batch_id: None,
        created_by: by,
    };
    organisations::insert(transaction, row.clone()).await?;
    Ok(row)
}

/// One organisation on its way into a wave.
pub(super) struct One<'a> {
    pub(super) wave: &'a Wave,
    pub(super) instrument: &'a (entity::id::InstrumentId, Instrument),
    pub(super) organisation: &'a Organisation,
    pub(super) channel: Channel,
    /// The id of its response, where it has none yet.
    pub(super) response: ResponseId,
}

impl One<'_> {
    /// Makes its response, where it has none, and its link.
    pub(super) async fn enter(
        &self,
        ctx: &Context,
        transaction: &Transaction,
        candidate: &Candidate,
        by: Option<Uuid>,
    ) -> Result<(Response, Secret), Error> {
        let organisation = self.organisation.entity_id;
        let response = match responses::of(transaction, self.wave.entity_id, organisation).await? {
            Some(known) => self.again(ctx, transaction, known).await?,
            None => self.anew(ctx, transaction, candidate, by).await?,
        };
        if let Some(email) = &candidate.email {
            let email = Email::parse("email", email)?;
            name(ctx, transaction, (response.entity_id, candidate), &email).await?;
        }
        let secret = link::make(ctx, transaction, response.entity_id, self.wave, (&candidate.lang, by)).await?;
        Ok((response, secret))
    }

    async fn again(&self, ctx: &Context, transaction: &Transaction, known: Response) -> Result<Response, Error> {
        let after = advance(known.status, Step::Invite).map_err(|error| Error::Conflict(error.to_string()))?;
        let step = super::a_move(ctx, (known.status, after), ctx.now());
        if !responses::move_status(transaction, known.entity_id, step).await? {
            return Err(Error::Conflict("somebody has just changed this response".to_owned()));
        }
        Ok(Response { status: after, ..known })
    }

    async fn anew(
        &self,
        ctx: &Context,
        transaction: &Transaction,
        candidate: &Candidate,
        by: Option<Uuid>,
    ) -> Result<Response, Error> {
        let (id, now) = (self.response, ctx.now());
        let response = Response {
            id,
            wave_id: self.wave.entity_id,
            organisation_id: self.organisation.entity_id,
            channel: self.channel,
            status: ResponseStatus::Invited,
            completed_by: CompletedBy::Unknown,
            entity_id: id,
            visibility: RowVisibility::Private,
            recorded_at: now,
            superseded_at: None,
            import_batch_id: None,
            created_by: by,
        };
        let answering = Answering {
            response_id: id,
            instrument_id: self.instrument.0,
            lang: candidate.lang.clone(),
            started_at: None,
            saved_at: None,
            submitted_at: None,
            consent_version: None,
            reminded_at: None,
            reminders: 0,
        };
        responses::insert(transaction, response.clone(), answering).await?;
        let known = organisations::known(transaction, self.organisation.entity_id).await?;
        for (question, answer) in prefill::answers(&self.instrument.1, self.organisation, &known, &candidate.lang) {
            draft::put(transaction, draft_of(id, &question, answer, now)?).await?;
        }
        Ok(response)
    }
}

/// Keeps who is to answer. What somebody has said on their link of who they are stays, and nobody else takes their place.
async fn name(
    ctx: &Context,
    transaction: &Transaction,
    (response_id, candidate): (ResponseId, &Candidate),
    email: &Email,
) -> Result<(), Error> {
    let known = respondent::of_in(transaction, response_id).await?;
    if let Some(one) = known.as_ref().filter(|one| respondent::has_spoken(one)) {
        let is_same = one.email_key == email.key();
        return if is_same { Ok(()) } else { Err(Violation::new("email", SPOKEN).into()) };
    }
    // A list that names nobody takes the name of the same person from no list before it.
    let same = known.filter(|one| one.email_key == email.key());
    let name = same.as_ref().filter(|_| candidate.contact.is_empty()).map(|one| one.name.clone());
    let row = Respondent {
        response_id,
        name: name.unwrap_or_else(|| candidate.contact.clone()),
        email: email.text().to_owned(),
        email_key: email.key().to_owned(),
        may_contact: true,
        confirmed_at: same.map_or(ctx.now(), |one| one.confirmed_at),
        consent_version: None,
    };
    Ok(respondent::put(transaction, row).await?)
}

pub(super) fn change(response: &Response) -> Change {
    Change {
        kind: "response",
        record: response.entity_id.0,
        subject: response.organisation_id.0,
        is_public: false,
        before: None,
        after: Some(serde_json::json!({ "status": response.status, "channel": response.channel })),
    }
}
