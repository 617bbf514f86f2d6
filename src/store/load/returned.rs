//! What came back of the waves that are answered here: how many responses have each status, and how each property was
//! answered. These are numbers of all responses of a wave, the same that those who run it see; no row of one is read.

use std::collections::{BTreeMap, BTreeSet};

use entity::id::{StudyId, WaveId};
use entity::vocabulary::{CompletedBy, Missing, ResponseStatus, WaveState};
use sea_orm::Value;

use super::{Columns, Error, Reader, parse, read_json};
use crate::atlas::rows::{Returned, ReturnedAnswers, WaveRow};
use crate::domain::instrument::{Instrument, tells};

/// The waves that are answered by a link, or at the desk.
const ANSWERED_HERE: &str = "r.wave_id in (select o.wave_id from response o join answering g on g.response_id = o.id)";

/// How a question was answered: `answered`, or the reason for no value, with how many did, and how many of them wait to be
/// looked through.
type Counts = BTreeMap<String, BTreeMap<String, (u64, u64)>>;

pub(super) async fn read(reader: &Reader<'_>, waves: &mut [WaveRow]) -> Result<(), Error> {
    let mut returned = responses(reader).await?;
    if returned.is_empty() {
        return Ok(());
    }
    let items = items(reader).await?;
    let without_uses = without_uses(reader).await?;
    let unfinished = unfinished(reader).await?;
    let instruments = instruments(reader).await?;
    for wave in waves {
        let Some(mut of) = returned.remove(&wave.id) else { continue };
        let own = instruments.iter().find(|(study, name, _)| *study == wave.study && *name == wave.instrument);
        if let (Some((_, _, instrument)), Some(counts)) = (own, items.get(&wave.id)) {
            count(&mut of, instrument, counts)?;
        }
        let takes_none = !matches!(wave.state, WaveState::Draft | WaveState::Open);
        of.is_complete = takes_none && !unfinished.contains(&wave.id);
        of.without_uses = without_uses.get(&wave.id).copied().unwrap_or_default();
        wave.returned = Some(of);
    }
    Ok(())
}

/// Adds how the properties that an instrument asks for were answered.
fn count(of: &mut Returned, instrument: &Instrument, counts: &Counts) -> Result<(), Error> {
    for question in instrument.questions() {
        let Some(given) = counts.get(&question.key) else { continue };
        of.sent = of.sent.max(given.values().map(|(number, _)| number).sum());
        let Some(attribute) = tells(question) else { continue };
        if of.answers.iter().any(|known| known.attribute == attribute) {
            continue;
        }
        let mut told = ReturnedAnswers { attribute, answered: 0, awaiting: 0, missing: [0; 6] };
        for (how, (number, awaiting)) in given {
            if how == "answered" {
                (told.answered, told.awaiting) = (*number, *awaiting);
            } else {
                told.missing[parse::<Missing>(how)?.index()] = *number;
            }
        }
        of.answers.push(told);
    }
    Ok(())
}

/// What had been recorded by the moment of the reader.
fn recorded(reader: &Reader<'_>, table: &str) -> (String, Vec<Value>) {
    match reader.known_at {
        None => (format!("{table}.superseded_at is null"), Vec::new()),
        Some(at) => (
            format!("{table}.recorded_at <= ? and ({table}.superseded_at is null or {table}.superseded_at > ?)"),
            vec![at.into(), at.into()],
        ),
    }
}

async fn responses(reader: &Reader<'_>) -> Result<BTreeMap<WaveId, Returned>, Error> {
    let (then, values) = recorded(reader, "r");
    let text = format!(
        "select r.wave_id, r.status, r.completed_by, count(*) from response r where {then} and {ANSWERED_HERE} \
         group by 1, 2, 3 order by 1, 2, 3"
    );
    let mut rows: Vec<(WaveId, ResponseStatus, CompletedBy, u64)> = Vec::new();
    let read = |row: &mut Columns<'_>| Ok(Some((row.take()?, row.word()?, row.word()?, row.number()?)));
    reader.each(&text, values, &mut rows, read).await?;
    let mut out: BTreeMap<WaveId, Returned> = BTreeMap::new();
    for (wave, status, by, number) in rows {
        out.entry(wave).or_default().responses.push((status, by, number));
    }
    Ok(out)
}

/// How many responses wait to be looked through of which no use has been accepted for all to see.
async fn without_uses(reader: &Reader<'_>) -> Result<BTreeMap<WaveId, u64>, Error> {
    let ((of_response, mut values), (of_claim, more)) = (recorded(reader, "r"), recorded(reader, "c"));
    values.extend(more);
    let text = format!(
        "select r.wave_id, count(*) from response r where {of_response} and {ANSWERED_HERE} and r.status = 'submitted' \
         and not exists (select 1 from use_claim c where c.response_id = r.entity_id and {of_claim} \
         and c.status = 'accepted' and c.visibility = 'public') group by 1 order by 1"
    );
    let mut rows: Vec<(WaveId, u64)> = Vec::new();
    reader.each(&text, values, &mut rows, |row| Ok(Some((row.take()?, row.number()?)))).await?;
    Ok(rows.into_iter().collect())
}

/// The waves to which an answer was sent after the moment of the reader.
async fn unfinished(reader: &Reader<'_>) -> Result<BTreeSet<WaveId>, Error> {
    let Some(at) = reader.known_at else { return Ok(BTreeSet::new()) };
    let text =
        "select distinct r.wave_id from response r join answering g on g.response_id = r.id where g.submitted_at > ?";
    let mut waves: Vec<WaveId> = Vec::new();
    reader.each(text, vec![at.into()], &mut waves, |row| Ok(Some(row.take()?))).await?;
    Ok(waves.into_iter().collect())
}

async fn items(reader: &Reader<'_>) -> Result<BTreeMap<WaveId, Counts>, Error> {
    let ((of_response, mut values), (of_answer, more)) = (recorded(reader, "r"), recorded(reader, "a"));
    values.extend(more);
    // An answer names the response, whose version of the moment has an id of its own; the one that stands has the response's.
    let version = if reader.known_at.is_none() { "id" } else { "entity_id" };
    // What a reviewer has accepted for all to see stands beside the answers and is none.
    let text = format!(
        "select r.wave_id, r.status, a.question, coalesce(a.missing, 'answered'), count(*) from answer a \
         join response r on r.{version} = a.response_id where {of_response} and {of_answer} and {ANSWERED_HERE} \
         and (a.created_by is null or a.created_by = a.response_id) group by 1, 2, 3, 4"
    );
    let mut rows: Vec<(WaveId, ResponseStatus, String, String, u64)> = Vec::new();
    let read = |row: &mut Columns<'_>| Ok(Some((row.take()?, row.word()?, row.take()?, row.take()?, row.number()?)));
    reader.each(&text, values, &mut rows, read).await?;
    let mut out: BTreeMap<WaveId, Counts> = BTreeMap::new();
    for (wave, status, question, how, number) in rows {
        let (all, awaiting) = out.entry(wave).or_default().entry(question).or_default().entry(how).or_default();
        *all += number;
        *awaiting += if status == ResponseStatus::Submitted { number } else { 0 };
    }
    Ok(out)
}

/// The instruments that are answered by, with their studies and names.
async fn instruments(reader: &Reader<'_>) -> Result<Vec<(StudyId, String, Instrument)>, Error> {
    let text = "select study_id, key || '/' || version, content from instrument \
                where id in (select instrument_id from answering)";
    let mut rows = Vec::new();
    let read = |row: &mut Columns<'_>| {
        let (study, name, content): (_, _, String) = (row.take()?, row.take()?, row.take()?);
        Ok(Some((study, name, read_json(&content)?)))
    };
    reader.each(text, Vec::new(), &mut rows, read).await?;
    Ok(rows)
}
