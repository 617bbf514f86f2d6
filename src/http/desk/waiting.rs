//! How much waits behind each door of the desk for whoever reads.

use super::frame::{DOORS, Door, Frame};
use crate::app::review::{Filter, organisation};
use crate::app::survey::{link, response};
use crate::app::{Error, demand, feedback, matching, publisher, relations, takeover};
use crate::domain::access::Action;

/// More bodies than these are not asked for.
const BODIES: u64 = 1_000;

/// The doors that the reader may open, each with what waits behind it: first those behind which something does.
pub(super) async fn behind(frame: &Frame<'_>) -> Vec<(&'static Door, u64)> {
    let mut found = Vec::new();
    for door in DOORS.iter().filter(|door| frame.may_enter(door)) {
        let waits = match of(frame, door.path).await {
            Ok(waits) => waits,
            // A door says where it leads without it, and so does the room why it is shut.
            Err(error) => {
                if let Error::Internal(error) = &error {
                    tracing::warn!(error = %error, door = door.path, "what waits could not be counted");
                }
                0
            }
        };
        found.push((door, waits));
    }
    found.sort_by_key(|(_, waits)| *waits == 0);
    found
}

async fn of(frame: &Frame<'_>, door: &str) -> Result<u64, Error> {
    let (ctx, actor) = (frame.ctx, &frame.actor);
    Ok(match door {
        "/desk/studies" => response::to_validate(ctx, actor).await?.iter().map(|(_, count)| count).sum(),
        super::review::QUEUE => {
            // What they have proposed themselves somebody else decides.
            let not_by = actor.account().map(|account| account.id);
            super::review::waiting(frame, Filter { not_by, ..Filter::default() }).await?
        }
        "/desk/organisation" => {
            let mut waits = 0;
            for id in organisation::spoken_for(actor, ctx.now()) {
                waits += link::answerable(ctx, actor, id).await?.len() as u64;
            }
            waits
        }
        super::representatives::ROOM => takeover::queue(ctx, actor).await?.len() as u64,
        super::matches::PATH => matching::waiting(ctx, actor).await?,
        super::relations::PATH => relations::parents(ctx, actor, BODIES).await?.iter().map(|one| one.waiting).sum(),
        super::requests::ROOM => {
            let looked_for = super::requests::looked_for(frame);
            let wanted = demand::queue::Wanted { first: 1, ..Default::default() };
            let counts = demand::queue::page(ctx, actor, &wanted).await?.counts;
            let these = counts.iter().filter(|(status, _)| *status == looked_for);
            let requests: u64 = these.map(|(_, count)| u64::try_from(*count).unwrap_or_default()).sum();
            let wishes =
                if frame.may(Action::TriageRequest) { demand::wishes::waiting(ctx, actor).await? } else { Vec::new() };
            requests + wishes.len() as u64
        }
        super::publisher::ROOM => publisher::claim::bodies(ctx, actor).await?.iter().map(|body| body.waiting).sum(),
        "/desk/feedback" => feedback::pending(ctx, actor).await?.len() as u64,
        _ => 0,
    })
}
