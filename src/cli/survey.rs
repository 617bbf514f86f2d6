//! `od100 survey`: running a study from the machine itself.

use std::collections::BTreeMap;

use anyhow::{Context as _, anyhow, bail};
use entity::vocabulary::Frame;

use super::args::{NewSurvey, Survey};
use super::{counted, record, say};
use crate::app::survey::{instrument, invite, response, study};
use crate::app::{Context, Error};
use crate::atlas::Lang;
use crate::config::Common;
use crate::domain::access::Actor;
use crate::domain::instrument::Lists;
use crate::domain::violation::Violation;
use crate::texts::words_of;

const OPERATOR: Actor = Actor::Operator;

pub(super) async fn run(common: &Common, what: Survey) -> anyhow::Result<()> {
    let ctx = record::open(common).await?;
    match what {
        Survey::Start(new) => start(&ctx, new).await,
        Survey::Invite { wave, list, dry_run, renew, leave_out, url } => {
            let wave = open(&ctx, &wave).await?;
            let text = std::fs::read_to_string(&list).with_context(|| format!("{} cannot be read", list.display()))?;
            let how = invite::How { leaves_invited: !renew, leaves_problems: leave_out, ..invite::How::default() };
            if dry_run { preview(&ctx, &wave, &text, how).await } else { send(&ctx, &wave, (&text, how), &url).await }
        }
        Survey::Rates { wave } => {
            let wave = study::begun_wave(&ctx, &wave).await?.ok_or_else(|| anyhow!("there is no wave '{wave}'"))?;
            let outcomes = response::outcomes(&ctx, &OPERATOR, wave.entity_id).await?;
            for (status, count) in &outcomes.by_status {
                say(&format!("{count:>6}  {}", words_of(Lang::EN, "page.survey.status", status.as_str())));
            }
            let rates = outcomes.rates;
            say(&format!("{} of {} have answered in full.", rates.complete, rates.eligible));
            Ok(())
        }
        Survey::Close { wave } => {
            let wave = open(&ctx, &wave).await?;
            study::wave_close(&ctx, &OPERATOR, wave.entity_id).await?;
            say("The wave is closed; its answer links lead nowhere now.");
            Ok(())
        }
    }
}

async fn open(ctx: &Context, slug: &str) -> anyhow::Result<study::Wave> {
    study::open_wave(ctx, slug).await?.ok_or_else(|| anyhow!("there is no open wave '{slug}'"))
}

async fn start(ctx: &Context, new: NewSurvey) -> anyhow::Result<()> {
    let title: BTreeMap<String, String> =
        [("es", new.es), ("en", new.en)].map(|(lang, text)| (lang.to_owned(), text)).into();
    let study = study::New {
        title: title.clone(),
        country: new.country,
        licence: "CC-BY-4.0".to_owned(),
        licence_url: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        attribution: new.attribution,
        url: new.page,
    };
    let study = study::create(ctx, &OPERATOR, study, None).await?;
    let (_, lists) = instrument::built_in_for(&study.country)?;
    let draft = instrument::fork(ctx, &OPERATOR, (study.entity_id, None), None).await?;
    let published = instrument::publish(ctx, &OPERATOR, draft.id).await?;
    let population = [("es", "Organizaciones que usan datos públicos"), ("en", "Organisations that use public data")];
    let wave = study::NewWave {
        study: study.entity_id,
        title,
        population: population.map(|(lang, text)| (lang.to_owned(), text.to_owned())).into(),
        opens_on: ctx.today(),
        closes_on: new.closes,
        frame: Frame::OpenCall,
        instrument: published.id,
        takes_nominations: true,
    };
    let wave = study::wave_create(ctx, &OPERATOR, wave, None).await?;
    let wave = study::wave_open(ctx, &OPERATOR, wave.entity_id).await?;
    say(&format!("The wave '{}' is open. Organisations put themselves forward at /join/{}.", wave.slug, wave.slug));
    say(&lists_of(&study.country, &lists));
    Ok(())
}

/// Which lists the questionnaire of a country has: what is not known of a country is said before anybody answers.
fn lists_of(country: &str, lists: &Lists) -> String {
    let areas = match lists.areas {
        Some(n) => format!("Its questionnaire lists the {n} states, provinces or regions of {country}"),
        None => format!("No regions of {country} are known here: its questionnaire asks for the city or town alone"),
    };
    let money = match &lists.currency {
        Some(currency) if lists.in_bands => format!("it asks for income in bands, in {currency}."),
        Some(currency) => format!("it asks for income as an amount, in {currency}."),
        None => "it does not ask for income, since the currency is not known here. To ask for it, copy the questionnaire at \
                 the desk, add the question, and open another wave with it."
            .to_owned(),
    };
    format!("{areas}; {money}")
}

async fn preview(ctx: &Context, wave: &study::Wave, list: &str, how: invite::How<'_>) -> anyhow::Result<()> {
    let renew = !how.leaves_invited;
    let (mut problems, mut anew, mut before) = (0, 0, 0);
    for row in invite::preview(ctx, &OPERATOR, wave, list).await? {
        if let Some(status) = row.invited_before() {
            let then = match (row.has_link(), renew) {
                (true, true) => "its link is made anew, the old one ends",
                (true, false) => "its link stays; --renew makes a new one",
                (false, _) => "none of its links can be followed any more, it gets a new one",
            };
            if row.has_link() {
                before += 1;
            } else {
                anew += 1;
            }
            let status = words_of(Lang::EN, "page.survey.status", status.as_str());
            say(&format!("line {}: in the wave already ({status}): {then}", row.line));
            continue;
        }
        let fate = match row.fate {
            invite::Fate::Known { slug, .. } => {
                anew += 1;
                format!("in the register: {slug}")
            }
            invite::Fate::New => {
                anew += 1;
                "new".to_owned()
            }
            invite::Fate::Problem(faults) => {
                problems += 1;
                wrong(&faults, &row.name)
            }
        };
        say(&format!("line {}: {fate}", row.line));
    }
    if problems > 0 && !how.leaves_problems {
        bail!(
            "rows with problems: {problems}; nobody can be invited before they are put right, or left out with --leave-out"
        )
    }
    if problems > 0 {
        say(&format!("{} left out.", counted(problems, "row has a problem and is", "rows have a problem and are")));
    }
    let then = if renew { "would get new links" } else { "would keep their links" };
    say(&format!("{anew} would be invited; {before} were before and {then}."));
    Ok(())
}

/// What is wrong with a row, and what it calls the organisation.
fn wrong(faults: &[Violation], name: &str) -> String {
    let faults = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    if name.is_empty() { faults } else { format!("{faults} ({name})") }
}

async fn send(
    ctx: &Context,
    wave: &study::Wave,
    (list, how): (&str, invite::How<'_>),
    url: &str,
) -> anyhow::Result<()> {
    let renew = !how.leaves_invited;
    let rows = invite::preview(ctx, &OPERATOR, wave, list).await?;
    let before = rows.iter().filter(|row| row.has_link()).count();
    match invite::invite(ctx, &OPERATOR, wave, list, how).await {
        Ok(invited) => {
            for one in &invited {
                let Some(secret) = &one.secret else { continue };
                say(&format!("line {}: {}/answer/{}", one.line, url.trim_end_matches('/'), secret.expose()));
            }
            let renewed = if renew { before } else { 0 };
            let anew = counted(invited.len() - renewed.min(invited.len()), "organisation is", "organisations are");
            let shown = if invited.is_empty() { "" } else { " These links are not shown again." };
            let before = match before {
                0 => String::new(),
                _ if renew => {
                    let links = counted(renewed, "link is", "links are");
                    format!(" {links} made anew; the old ones end.")
                }
                count => {
                    let known = counted(count, "organisation was", "organisations were");
                    format!(" {known} invited before and left alone; --renew makes new links.")
                }
            };
            for row in &rows {
                let invite::Fate::Problem(faults) = &row.fate else { continue };
                say(&format!("line {}: left out: {}", row.line, wrong(faults, &row.name)));
            }
            say(&format!("{anew} invited.{before}{shown}"));
            Ok(())
        }
        Err(Error::Invalid(faults)) => {
            for fault in &faults {
                say(&fault.to_string());
            }
            bail!("nobody was invited: put these rows right, or leave them out with --leave-out")
        }
        Err(error) => Err(error.into()),
    }
}
