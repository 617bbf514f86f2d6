//! Inviting from a list that is pasted: what would become of each row, then the inviting and the links.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use entity::id::WaveId;
use entity::vocabulary::ResponseStatus;
use maud::{Markup, html};

use super::parts::{Again, Answer, LONG_FORM_BYTES, fill, id_of, parts_of, says_fault, tick};
use super::wave::back;
use crate::app::Error;
use crate::app::survey::invite::{Fate, How, Invited, Previewed};
use crate::app::survey::{invite, invite_draft, study};
use crate::domain::candidate::{COLUMNS, only};
use crate::http::Site;
use crate::http::desk::frame::Frame;
use crate::texts::phrases::{DOT, Texts};
use crate::texts::words_of;

/// Rows that a preview shows; problems are shown all.
const SHOWN: usize = 100;
/// Lines with a problem that a sentence names; the table has all.
const NAMED: usize = 20;
/// What the address of a preview says.
const PREVIEW: &str = "preview=1";
/// What it says where those invited before are to get new links.
const RENEW: &str = "renew=1";

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id: WaveId = id_of(&frame, &id)?;
    let wave = study::wave(frame.ctx, &frame.actor, id).await.map_err(|error| frame.refused(&error))?;
    let kept = invite_draft::kept(frame.ctx, &frame.actor, &wave).await.map_err(|error| frame.refused(&error))?;
    let says = |what: &str| frame.parts.uri.query().is_some_and(|query| query.split('&').any(|pair| pair == what));
    let (is_preview, renew) = (says(PREVIEW), says(RENEW));
    let kept = kept.map_or_else(Kept::default, |draft| Kept { list: draft.list, by_letter: draft.by_letter, renew });
    let mut found = Found::default();
    if is_preview && !kept.list.is_empty() {
        match invite::preview(frame.ctx, &frame.actor, &wave, &kept.list).await {
            Ok(rows) => found = Found::of(&frame, &rows, (renew, kept.by_letter)),
            Err(Error::Invalid(faults)) => {
                let again = Again { sent: None, faults: &faults };
                return Ok(frame.wrong("page.survey.inviteList", &form(&frame, &wave, again, (&kept, &found)).await));
            }
            Err(error) => return Err(frame.refused(&error)),
        }
    }
    Ok(frame.page("page.survey.inviteList", &form(&frame, &wave, Again::default(), (&kept, &found)).await))
}

pub(super) async fn send(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, LONG_FORM_BYTES).await?;
    let id: WaveId = id_of(&frame, &id)?;
    let wave = study::wave(frame.ctx, &frame.actor, id).await.map_err(|error| frame.refused(&error))?;
    let list = sent.field("list");
    let here = format!("/desk/waves/{}/invite", wave.entity_id);
    let refused = |error: Error| frame.refused(&error);
    if sent.field("go") == "forget" {
        invite_draft::forget(frame.ctx, &frame.actor, &wave).await.map_err(refused)?;
        return Ok(frame.on(&here));
    }
    let again = Again { sent: Some(&sent), faults: &[] };
    let none = (Kept::default(), Found::default());
    let rows = match invite::preview(frame.ctx, &frame.actor, &wave, list).await {
        Ok(rows) => rows,
        Err(Error::Invalid(faults)) => {
            let again = Again { faults: &faults, ..again };
            return Ok(frame.wrong("page.survey.inviteList", &form(&frame, &wave, again, (&none.0, &none.1)).await));
        }
        Err(error) => return Err(frame.refused(&error)),
    };
    let (by_letter, renew) = (!sent.field("byLetter").is_empty(), !sent.field("renew").is_empty());
    // Rows with a problem are left out by the button that says so, and by no other.
    let leaves_problems = sent.field("go") == "others" && rows.iter().any(|row| !is_problem(row));
    let is_sound = sent.field("go") == "invite" && !rows.is_empty() && !rows.iter().any(is_problem);
    if !is_sound && !leaves_problems {
        // The preview has an address, so that Back leads from it to the list and not to nothing.
        invite_draft::keep(frame.ctx, &frame.actor, &wave, (list, by_letter)).await.map_err(refused)?;
        let anew = if renew { format!("&{RENEW}") } else { String::new() };
        return Ok(frame.on(&format!("{here}?{PREVIEW}{anew}")));
    }
    let how = How { by_letter, leaves_invited: !renew, leaves_problems, key: Some(sent.field("once")) };
    let invited = invite::invite(frame.ctx, &frame.actor, &wave, list, how).await;
    let invited = invited.map_err(refused)?;
    let left: Vec<u64> = rows.iter().filter(|row| is_problem(row)).map(|row| row.line).collect();
    if left.is_empty() {
        invite_draft::forget(frame.ctx, &frame.actor, &wave).await.map_err(refused)?;
    } else {
        // What is to be mended is the list that the form shows next, without those who have been invited.
        let rest = only(list, &left);
        invite_draft::keep(frame.ctx, &frame.actor, &wave, (&rest, by_letter)).await.map_err(refused)?;
    }
    // The rows are as they stood before: whoever has a new link now has not kept an old one.
    let is_kept = |row: &&Previewed| row.has_link() && invited.iter().all(|one| one.line != row.line);
    let kept = rows.iter().filter(is_kept).count();
    let names: Vec<(u64, String)> = rows.iter().map(|row| (row.line, row.name.clone())).collect();
    let body = html! {
        (links(&frame, &wave, &invited, &names).await)
        @if kept > 0 { p { (Texts::of(frame.lang).count("page.survey.keptLinks", kept as u64, &[])) } }
        (left_out(&frame, &wave, &rows))
    };
    Ok(frame.page("page.survey.invitedTitle", &body))
}

fn is_problem(row: &Previewed) -> bool {
    matches!(row.fate, Fate::Problem(_))
}

/// How many rows have a problem, and their lines.
fn problems(rows: &[Previewed]) -> (u64, String) {
    let lines: Vec<String> = rows.iter().filter(|row| is_problem(row)).map(|row| row.line.to_string()).collect();
    let more = if lines.len() > NAMED { " …" } else { "" };
    (lines.len() as u64, format!("{}{more}", lines.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ")))
}

/// The rows that nobody was invited by, each with what is wrong with it.
fn left_out(frame: &Frame<'_>, wave: &study::Wave, rows: &[Previewed]) -> Markup {
    let (count, lines) = problems(rows);
    html! {
        @if count > 0 {
            div class="notice" role="status" { p { (Texts::of(frame.lang).count("page.survey.leftOut", count, &[("lines", &lines)])) } }
            (table(frame, rows.iter().filter(|row| is_problem(row)), (false, false)))
            p { a class="btn main" href=(frame.link(&format!("/desk/waves/{}/invite?{PREVIEW}", wave.entity_id))) { (frame.say("page.survey.mendLeft")) } }
        }
    }
}

/// A list that was kept while its preview was looked at.
struct Kept {
    list: String,
    by_letter: bool,
    renew: bool,
}

impl Default for Kept {
    fn default() -> Self {
        Self { list: String::new(), by_letter: true, renew: false }
    }
}

/// What was found in a list, whether all of it can be invited, and else how many rows can without those that have a problem.
#[derive(Default)]
struct Found {
    table: Option<Markup>,
    is_good: bool,
    others: u64,
}

impl Found {
    fn of(frame: &Frame<'_>, rows: &[Previewed], how: (bool, bool)) -> Self {
        let good = rows.iter().filter(|row| !is_problem(row)).count();
        let is_good = good == rows.len() && good > 0;
        Self { table: Some(preview(frame, rows, how)), is_good, others: if is_good { 0 } else { good as u64 } }
    }
}

async fn form(frame: &Frame<'_>, wave: &study::Wave, again: Again<'_>, (kept, found): (&Kept, &Found)) -> Markup {
    html! {
        (back(frame, wave).await)
        h1 { (frame.say("page.survey.inviteList")) }
        (frame.notice(again.faults))
        form method="post" action=(frame.link(&format!("/desk/waves/{}/invite", wave.entity_id))) class="sheet wide" {
            (frame.hidden()) (frame.once(&again))
            div id="list-help" {
                p { (frame.say("page.survey.listHelp")) }
                ul class="lines" { @for column in COLUMNS { li { code { (column) } ": " (words_of(frame.lang, "page.survey.listColumn", column)) } } }
            }
            p { (frame.say("page.survey.listWhole")) }
            label { (frame.say("page.survey.list"))
                textarea class="field code" name="list" rows="10" spellcheck="false" aria-describedby="list-help"
                    placeholder=(COLUMNS.join(",")) { (again.value("list", &kept.list)) } }
            (tick(&again, "byLetter", frame.say("page.survey.byLetter"), kept.by_letter))
            (tick(&again, "renew", frame.say("page.survey.renewKnown"), kept.renew))
            @if let Some(table) = &found.table { (table) }
            div class="actions" {
                button type="submit" name="go" value="preview" class=(if found.is_good { "btn" } else { "btn main" }) { (frame.say("page.survey.preview")) }
                @if found.is_good { button type="submit" name="go" value="invite" class="btn main" { (frame.say("page.survey.invite")) } }
                @if found.others > 0 { button type="submit" name="go" value="others" class="btn" { (Texts::of(frame.lang).count("page.survey.inviteOthers", found.others, &[])) } }
                @if !kept.list.is_empty() { button type="submit" name="go" value="forget" class="btn" { (frame.say("page.survey.forgetList")) } }
            }
            @if !kept.list.is_empty() { p class="small" { (frame.say("page.survey.listKept")) } }
        }
    }
}

fn preview(frame: &Frame<'_>, rows: &[Previewed], how: (bool, bool)) -> Markup {
    let (problems, lines) = problems(rows);
    let known = rows.iter().filter(|row| matches!(row.fate, Fate::Known { .. })).count();
    let new = rows.iter().filter(|row| matches!(row.fate, Fate::New)).count();
    let counts = [("known", known.to_string()), ("new", new.to_string()), ("problems", problems.to_string())];
    let counts: Vec<_> = counts.iter().map(|(name, count)| (*name, count.as_str())).collect();
    let shown = rows.iter().enumerate().filter(|(at, row)| *at < SHOWN || is_problem(row)).map(|(_, row)| row);
    html! {
        div class=(if problems > 0 { "notice" } else { "notice good" }) role="status" {
            p { (fill(frame.say("page.survey.previewCounts"), &counts)) }
            @if problems > 0 { p { (Texts::of(frame.lang).count("page.survey.previewProblems", problems, &[("lines", &lines)])) } }
        }
        (table(frame, shown, how))
        @if rows.len() > SHOWN { p { (fill(frame.say("page.survey.previewMore"), &[("n", &SHOWN.to_string()), ("all", &rows.len().to_string())])) } }
    }
}

/// Rows with what becomes of each, where known ones get new links or not, and those with an address are written to or not.
fn table<'r>(frame: &Frame<'_>, rows: impl Iterator<Item = &'r Previewed>, how: (bool, bool)) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(frame.say("page.survey.preview")) { table class="rows" {
            thead { tr {
                th scope="col" class="num" { (frame.say("page.survey.line")) }
                th scope="col" { (frame.say("page.survey.organisation")) }
                th scope="col" { (frame.say("page.survey.fate")) }
            } }
            tbody { @for row in rows { tr class=[is_problem(row).then_some("bad")] {
                td class="num" { (row.line) }
                td { (row.name) }
                td { (fate(frame, &row.fate, how.0)) (letter(frame, row, how)) }
            } } }
        } }
    }
}

fn fate(frame: &Frame<'_>, fate: &Fate, renew: bool) -> Markup {
    let again = if renew { "page.survey.fateAgain" } else { "page.survey.fateStays" };
    html! {
        @match fate {
            Fate::New => (frame.say("page.survey.fateNew")),
            Fate::Known { slug, before: None | Some(ResponseStatus::Identified), .. } => { (frame.say("page.survey.fateKnown")) " " a href={ "/organisations/" (slug) } { (slug) } }
            Fate::Known { slug, before: Some(status), has_link, .. } => { (frame.say(if *has_link { again } else { "page.survey.fateNoLink" })) " (" (words_of(frame.lang, "page.survey.status", status.as_str())) ") " (slug) }
            Fate::Problem(faults) => { ul { @for fault in faults { li { strong { (fault.field) } ": " (says_fault(frame.lang, fault)) } } } }
        }
    }
}

/// Whether a letter goes out, where that is not what the row itself says: at an address that is known, or to nobody.
fn letter(frame: &Frame<'_>, row: &Previewed, (renew, by_letter): (bool, bool)) -> Markup {
    let gets_link = !is_problem(row) && (renew || !row.has_link());
    let says = match (row.has_address, &row.candidate.email) {
        (true, Some(_)) => None,
        (true, None) => Some("page.survey.letterKnown"),
        (false, _) => Some("page.survey.letterNone"),
    };
    html! { @if let Some(key) = says.filter(|_| by_letter && gets_link) { (DOT) (frame.say(key)) } }
}

/// The links of those who were invited, shown this once.
pub(super) async fn links(
    frame: &Frame<'_>,
    wave: &study::Wave,
    invited: &[Invited],
    names: &[(u64, String)],
) -> Markup {
    let name = |line: u64| names.iter().find(|(one, _)| *one == line).map_or("", |(_, name)| name.as_str());
    let address = |one: &Invited| {
        one.secret.as_ref().map(|secret| format!("{}/answer/{}", frame.site.public_url, secret.expose()))
    };
    let is_shown = invited.iter().any(|one| one.secret.is_some());
    let table: String = invited
        .iter()
        .filter_map(|one| Some(format!("{}\t{}\n", name(one.line).replace('\t', " "), address(one)?)))
        .collect();
    html! {
        (back(frame, wave).await)
        h1 { (frame.say("page.survey.invitedTitle")) }
        p class="notice good" role="status" { (Texts::of(frame.lang).count("page.survey.invitedCount", invited.len() as u64, &[])) }
        @if is_shown {
            p { (frame.say("page.survey.linksOnce")) }
            label class="sheet wide" { (frame.say("page.survey.links"))
                textarea class="field code" rows="12" readonly spellcheck="false" { (table) } }
        } @else if !invited.is_empty() { p { (frame.say("page.survey.linksShown")) } }
        p { a class="btn" href=(frame.link(&format!("/desk/waves/{}", wave.entity_id))) { (frame.say("page.survey.toWave")) } }
    }
}
