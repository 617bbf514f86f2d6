//! The places of connections. One whose client says nothing may have to leave for another; one that is being answered
//! stays until its answer has been handed over.

use std::{
    collections::VecDeque,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};
use tokio::sync::Notify;

/// The place of one connection.
#[derive(Debug, Default)]
pub(super) struct Seat {
    /// How many requests are being answered.
    busy: AtomicUsize,
    /// Whether a whole request has ever come.
    has_spoken: AtomicBool,
    leave: Notify,
}

impl Seat {
    fn is_idle(&self, has_spoken: bool) -> bool {
        self.busy.load(Ordering::Acquire) == 0 && self.has_spoken.load(Ordering::Acquire) == has_spoken
    }

    /// Resolves when the place is needed for another.
    pub(super) async fn asked_to_leave(&self) {
        self.leave.notified().await;
    }
}

/// All places that were taken, the longest ago first.
#[derive(Debug, Default)]
pub(super) struct Seats(Mutex<VecDeque<Weak<Seat>>>);

impl Seats {
    /// Takes a place.
    pub(super) fn take(&self) -> Arc<Seat> {
        let seat = Arc::new(Seat::default());
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that were left meanwhile are forgotten before there are more of them than places.
        if all.len() == all.capacity() {
            all.retain(|one| one.strong_count() > 0);
        }
        all.push_back(Arc::downgrade(&seat));
        seat
    }

    /// Asks somebody to leave who is not being answered; whether there was one. Those who have never said what they want
    /// go first, then those who have, each the longest there first.
    pub(super) fn free_one(&self) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|one| one.strong_count() > 0);
        let found = [false, true].into_iter().find_map(|has_spoken| {
            all.iter().position(|one| one.upgrade().is_some_and(|seat| seat.is_idle(has_spoken)))
        });
        let seat = found.and_then(|at| all.remove(at)).and_then(|one| one.upgrade());
        seat.inspect(|seat| seat.leave.notify_one()).is_some()
    }
}

/// A request that is being answered.
#[derive(Debug)]
pub(super) struct Busy(Arc<Seat>);

impl Busy {
    /// Begins at a place.
    pub(super) fn at(seat: &Arc<Seat>) -> Self {
        seat.busy.fetch_add(1, Ordering::AcqRel);
        seat.has_spoken.store(true, Ordering::Release);
        Self(Arc::clone(seat))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::AcqRel);
    }
}

/// The body of an answer: while it is being sent, its request is being answered.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) body: Body,
    pub(super) _busy: Busy,
}

impl hyper::body::Body for Held {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[test]
    fn the_longest_silent_leaves_and_nobody_who_is_answered() {
        let seats = Seats::default();
        let (first, second, third) = (seats.take(), seats.take(), seats.take());
        let busy = Busy::at(&first);
        let is_asked = |seat: &Arc<Seat>| seat.asked_to_leave().now_or_never().is_some();
        assert!(seats.free_one());
        assert_eq!([is_asked(&first), is_asked(&second), is_asked(&third)], [false, true, false]);
        drop(third);
        assert!(!seats.free_one(), "the second is on its way, the third has left, the first is being answered");
        drop(busy);
        let fourth = seats.take();
        assert!(seats.free_one() && is_asked(&fourth), "it has not spoken, the first has");
        assert!(seats.free_one() && is_asked(&first));
    }

    #[test]
    fn places_that_were_left_are_forgotten() {
        let seats = Seats::default();
        for _ in 0..10_000 {
            drop(seats.take());
        }
        assert!(seats.0.lock().unwrap().len() < 1_000);
    }
}
