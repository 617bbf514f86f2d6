//! A name server and a website on the loopback: what an organisation's would be, and what an attacker's could.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use od100::domain::address::Reach;
use od100::proof::Settings;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UdpSocket};

/// The numbers of two types of records.
const A: u16 = 1;
const TXT: u16 = 16;

/// A name server that knows what it is told.
#[derive(Clone, Default)]
pub(crate) struct Zone {
    texts: Arc<Mutex<HashMap<String, Vec<Vec<String>>>>>,
    addresses: Arc<Mutex<HashMap<String, Vec<Vec<Ipv4Addr>>>>>,
    /// How often somebody asked for addresses.
    pub(crate) asked: Arc<AtomicUsize>,
}

impl Zone {
    /// Serves it; where.
    pub(crate) async fn serve(&self) -> SocketAddr {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let (at, zone) = (socket.local_addr().unwrap(), self.clone());
        tokio::spawn(async move {
            let mut buffer = [0; 1500];
            while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
                if let Some(answer) = zone.answer(&buffer[..length]) {
                    let _ = socket.send_to(&answer, from).await;
                }
            }
        });
        at
    }

    /// Gives a name texts, each in parts.
    pub(crate) fn say(&self, name: &str, texts: &[&[&str]]) {
        let texts = texts.iter().map(|parts| parts.iter().map(|part| (*part).to_owned()).collect()).collect();
        self.texts.lock().unwrap().insert(name.to_owned(), texts);
    }

    /// Gives a name addresses: one list for each time that somebody asks, the last for all further times.
    pub(crate) fn put(&self, name: &str, addresses: &[&[[u8; 4]]]) {
        let lists = addresses.iter().map(|list| list.iter().map(|octets| Ipv4Addr::from(*octets)).collect()).collect();
        self.addresses.lock().unwrap().insert(name.to_owned(), lists);
    }

    fn answer(&self, question: &[u8]) -> Option<Vec<u8>> {
        let (mut at, mut labels) = (12, Vec::new());
        while *question.get(at)? != 0 {
            let length = usize::from(question[at]);
            labels.push(String::from_utf8_lossy(question.get(at + 1..at + 1 + length)?).to_lowercase());
            at += 1 + length;
        }
        let end = at + 5;
        let (name, of) = (labels.join("."), u16::from_be_bytes([*question.get(at + 1)?, *question.get(at + 2)?]));
        let data: Vec<Vec<u8>> = match of {
            TXT => self.texts.lock().unwrap().get(&name).into_iter().flatten().map(|parts| text(parts)).collect(),
            A => self.next(&name).iter().map(|address| address.octets().to_vec()).collect(),
            _ => Vec::new(),
        };
        let mut answer = question[..2].to_vec();
        // An answer with authority, to one question.
        answer.extend([0x85, 0x80, 0, 1]);
        answer.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        answer.extend([0, 0, 0, 0]);
        answer.extend(question.get(12..end)?);
        for data in data {
            // The name is the one that was asked about; it may be kept for a minute.
            answer.extend([0xc0, 12]);
            answer.extend(of.to_be_bytes());
            answer.extend([0, 1, 0, 0, 0, 60]);
            answer.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
            answer.extend(data);
        }
        Some(answer)
    }

    fn next(&self, name: &str) -> Vec<Ipv4Addr> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut addresses = self.addresses.lock().unwrap();
        let Some(lists) = addresses.get_mut(name) else { return Vec::new() };
        if lists.len() > 1 { lists.remove(0) } else { lists[0].clone() }
    }
}

fn text(parts: &[String]) -> Vec<u8> {
    let sized = |part: &String| [vec![u8::try_from(part.len()).unwrap()], part.clone().into_bytes()].concat();
    parts.iter().flat_map(sized).collect()
}

/// What a website answers to a path: a whole answer, head and all.
type Pages = Box<dyn Fn(&str) -> Vec<u8> + Send + Sync>;

/// A website.
pub(crate) struct Web {
    pub(crate) at: SocketAddr,
    /// How many connections were made to it.
    pub(crate) connections: Arc<AtomicUsize>,
    /// How many bytes it could send.
    pub(crate) sent: Arc<AtomicUsize>,
}

impl Web {
    pub(crate) async fn serve(pages: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let web = Self { at: listener.local_addr().unwrap(), connections: Arc::default(), sent: Arc::default() };
        let (connections, sent, pages) =
            (web.connections.clone(), web.sent.clone(), Arc::new(Box::new(pages) as Pages));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(answer(stream, pages.clone(), sent.clone()));
            }
        });
        web
    }

    /// Its address by a name of the zone.
    pub(crate) fn url(&self, host: &str) -> String {
        format!("http://{host}:{}/", self.at.port())
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

async fn answer(mut stream: TcpStream, pages: Arc<Pages>, sent: Arc<AtomicUsize>) {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).await.unwrap_or_default() == 0 {
            return;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default();
    let whole = pages(path);
    for part in whole.chunks(64 * 1024) {
        if stream.write_all(part).await.is_err() {
            return;
        }
        sent.fetch_add(part.len(), Ordering::SeqCst);
    }
}

/// An answer with a body.
pub(crate) fn page(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// An answer that leads on.
pub(crate) fn moved(to: &str) -> Vec<u8> {
    page("302 Found", &format!("location: {to}\r\n"), b"")
}

/// Settings that look at this machine.
pub(crate) fn settings(nameserver: SocketAddr, reach: Reach) -> Settings {
    let public_url = crate::desk_harness::SITE.to_owned();
    Settings { public_url, nameserver: Some(nameserver), reach }
}

/// The loopback, as a record says it.
pub(crate) const HERE: [u8; 4] = [127, 0, 0, 1];

/// An address of this machine that nobody listens at.
pub(crate) fn nobody() -> SocketAddr {
    SocketAddr::new(IpAddr::from([127, 0, 0, 1]), 9)
}
