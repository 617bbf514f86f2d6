//! The loop that accepts connections: how many there may be, how long one may take to say what it
//! wants, and how the server stops. Routes and answers belong to the router.

use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpSocket},
    sync::Semaphore,
};
use tower::ServiceExt;

use super::seat::{Busy, Held, Seat, Seats};

/// What the loop allows.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections in all.
    pub connections: usize,
    /// Connections of one address.
    pub per_address: usize,
    /// Time to send the head of a request, and to begin the next one on an idle connection.
    pub head: Duration,
    /// Bytes of a head.
    pub head_bytes: usize,
    /// Time that requests under way have when the server stops.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 2_048,
            per_address: 64,
            head: Duration::from_secs(5),
            head_bytes: 32 * 1024,
            drain: Duration::from_secs(10),
        }
    }
}

/// Listens at `address`, with a queue as long as the connections that are served at once. With the 128
/// places that a socket has by default, a burst overflows it, and whoever fell out believes to be
/// connected to a server that does not know of it.
///
/// # Errors
///
/// When the address is in use, or is not this machine's.
pub fn listen(address: SocketAddr, limits: &Limits) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // A server started again takes the address at once, though connections of the last one linger.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(limits.connections.try_into().unwrap_or(u32::MAX))
}

/// Serves `router` until `stop` resolves, then finishes what is under way. Returns whether all of it
/// was finished in time.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) -> bool {
    let room = Arc::new(Semaphore::new(limits.connections));
    let guests = Guests::default();
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    let seats = Seats::default();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most often: some will be free in a moment.
                tracing::warn!(%error, "could not accept a connection");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Some(guest) = guests.enter(peer.ip(), limits.per_address) else { continue };
        // Where all places are taken, whoever has been silent longest leaves; while all are being answered, one waits.
        if room.available_permits() == 0 {
            seats.free_one();
        }
        let permit = tokio::select! {
            permit = Arc::clone(&room).acquire_owned() => permit,
            () = &mut stop => break,
        };
        // Small answers must not wait for the acknowledgement of the one before.
        let _ = stream.set_nodelay(true);
        let seat = seats.take();
        let connection = connection(TokioIo::new(stream), &router, (peer, &seat), limits);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            tokio::select! {
                // A client that hangs up, or is too slow, is its own affair.
                _ = connection => {}
                () = seat.asked_to_leave() => {}
            }
            drop((permit, guest));
        });
    }
    drop(listener);
    tokio::time::timeout(limits.drain, graceful.shutdown()).await.is_ok()
}

fn connection(
    io: TokioIo<tokio::net::TcpStream>,
    router: &Router,
    (peer, seat): (SocketAddr, &Arc<Seat>),
    limits: Limits,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = impl std::fmt::Debug> + Send + 'static {
    let (router, seat) = (router.clone(), Arc::clone(seat));
    let service = tower::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let busy = Busy::at(&seat);
        let answer = router.clone().oneshot(request.map(Body::new));
        async move { answer.await.map(|response| response.map(|body| Held { body, _busy: busy })) }
    });
    // Without http1_only the timer of an idle connection never starts.
    let mut builder = Builder::new(hyper_util::rt::TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(limits.head_bytes)
        .half_close(false)
        .keep_alive(true);
    builder.serve_connection(io, TowerToHyperService::new(service)).into_owned()
}

/// Who is connected, and how often.
#[derive(Clone, Debug, Default)]
struct Guests(Arc<Mutex<HashMap<IpAddr, usize>>>);

impl Guests {
    fn enter(&self, address: IpAddr, limit: usize) -> Option<Guest> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= limit {
            return None;
        }
        *count += 1;
        Some(Guest { guests: self.clone(), address })
    }
}

struct Guest {
    guests: Guests,
    address: IpAddr,
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut counts = self.guests.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

/// Resolves when the process is told to stop, by a signal or from the keyboard.
pub async fn told_to_stop() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    Ok(())
}

/// The number of files this process may open, when it is too small for the connections it accepts.
pub fn too_few_files(limits: &Limits) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = text.lines().find(|line| line.starts_with("Max open files"))?;
    let soft: u64 = line.split_whitespace().nth(3)?.parse().ok()?;
    (soft < limits.connections as u64 * 2).then_some(soft)
}
