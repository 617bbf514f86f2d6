//! A mail server that answers as it is told, and letters that try to be more than one.

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::*;

/// How the server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Takes,
    NoStartTls,
    BadTls,
    RefusesRecipient,
    BusyAtMail,
    SilentAtGreeting,
    SilentAtRecipient,
    ClosesAfterData,
    SilentAfterData,
    RefusesLetter,
    BusyAtLetter,
}

/// Starts it; its address, and the letters that it took.
async fn server(manner: Manner) -> (u16, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (taken, letters) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = talk(stream, manner, &taken).await;
        }
    });
    (port, letters)
}

async fn talk(
    stream: tokio::net::TcpStream,
    manner: Manner,
    taken: &tokio::sync::mpsc::UnboundedSender<String>,
) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let forever = || tokio::time::sleep(std::time::Duration::from_mins(1));
    if manner == Manner::SilentAtGreeting {
        forever().await;
    }
    write.write_all(b"220 here\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match (verb.as_str(), manner) {
            ("EHLO", Manner::BadTls) => b"250-here\r\n250 STARTTLS\r\n",
            ("STARTTLS", _) => b"220 go on\r\nnot tls at all\r\n",
            ("MAIL", Manner::BusyAtMail) => b"451 come back\r\n",
            ("RCPT", Manner::RefusesRecipient) => b"550 nobody of that name\r\n",
            ("RCPT", Manner::SilentAtRecipient) => {
                forever().await;
                b""
            }
            ("DATA", _) => {
                write.write_all(b"354 go on\r\n").await?;
                let mut letter = String::new();
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    letter.push_str(&line);
                    letter.push('\n');
                }
                match manner {
                    Manner::ClosesAfterData => return Ok(()),
                    Manner::SilentAfterData => forever().await,
                    _ => {}
                }
                let _ = taken.send(letter);
                match manner {
                    Manner::RefusesLetter => b"554 no\r\n",
                    Manner::BusyAtLetter => b"452 come back\r\n",
                    _ => b"250 taken\r\n",
                }
            }
            _ => b"250 yes\r\n",
        };
        write.write_all(answer).await?;
    }
    Ok(())
}

fn letter() -> Letter {
    Letter {
        message_id: "<00000000-0000-0000-0000-000000000001@od100.example>".into(),
        to: "ana@example.org".into(),
        to_name: "Ana Ruíz".into(),
        subject: "Su enlace".into(),
        text: "Hola.\n.\nAdiós.\n".into(),
        at: SystemTime::UNIX_EPOCH,
    }
}

fn mailer(url: &str) -> Mailer {
    let mut mailer = Mailer::new(&url.parse().unwrap(), "Open Data 100 <od100@example.org>".parse().unwrap());
    if let Way::Smtp(server) = mailer.way {
        mailer.way = Way::Smtp(server.hasty());
    }
    mailer
}

async fn sent(manner: Manner, tls: &str) -> (Result<(), Failure>, Option<String>) {
    let (port, mut letters) = server(manner).await;
    let sent = mailer(&format!("smtp://127.0.0.1:{port}{tls}")).send(&letter()).await;
    (sent, letters.try_recv().ok())
}

#[tokio::test]
async fn a_server_that_takes_a_letter_has_it_whole() {
    let (done, taken) = sent(Manner::Takes, "?tls=none").await;
    assert_eq!(done, Ok(()));
    let taken = taken.unwrap();
    for part in
        ["Message-ID: <00000000-", "From: \"Open Data 100\" <od100@example.org>", "Subject: Su enlace", "Date: "]
    {
        assert!(taken.contains(part), "no {part} in {taken}");
    }
}

#[tokio::test]
async fn what_may_come_later_what_never_will_and_what_nobody_knows() {
    let kind = |outcome: Result<(), Failure>| match outcome {
        Ok(()) => "sent",
        Err(Failure::Refused(_)) => "refused",
        Err(Failure::Later(_)) => "later",
        Err(Failure::Unknown(_)) => "unknown",
    };
    for (manner, expected) in [
        (Manner::RefusesRecipient, "refused"),
        (Manner::BusyAtMail, "later"),
        (Manner::SilentAtGreeting, "later"),
        (Manner::SilentAtRecipient, "later"),
        (Manner::ClosesAfterData, "unknown"),
        (Manner::SilentAfterData, "unknown"),
        (Manner::RefusesLetter, "refused"),
        (Manner::BusyAtLetter, "later"),
    ] {
        assert_eq!(kind(sent(manner, "?tls=none").await.0), expected, "{manner:?}");
    }
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    assert_eq!(kind(mailer(&format!("smtp://127.0.0.1:{nobody}?tls=none")).send(&letter()).await), "later");
}

#[tokio::test]
async fn no_letter_goes_without_tls_that_holds() {
    for manner in [Manner::Takes, Manner::NoStartTls, Manner::BadTls] {
        let (done, taken) = sent(manner, "").await;
        assert!(matches!(done, Err(Failure::Later(_))), "{manner:?}: {done:?}");
        assert_eq!(taken, None, "{manner:?}");
    }
    let (port, _letters) = server(Manner::Takes).await;
    assert!(mailer(&format!("smtps://127.0.0.1:{port}")).send(&letter()).await.is_err());
}

/// A server with a certificate that it has signed itself: what the other end said of it, and whether it sent more.
async fn self_signed(at_once: bool) -> (u16, tokio::sync::oneshot::Receiver<String>) {
    use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
    let certificate =
        CertificateDer::from_pem_slice(include_bytes!("../../tests/fixtures/tls/certificate.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("../../tests/fixtures/tls/key.pem")).unwrap();
    let provider = std::sync::Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = tokio_rustls::rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(std::sync::Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, told) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        if !at_once {
            stream.write_all(b"220 here\r\n").await.unwrap();
            let mut lines = BufReader::new(&mut stream).lines();
            while !lines.next_line().await.unwrap().unwrap_or_default().starts_with("STARTTLS") {
                lines.get_mut().get_mut().write_all(b"250-here\r\n250 STARTTLS\r\n").await.unwrap();
            }
            drop(lines);
            stream.write_all(b"220 go on\r\n").await.unwrap();
        }
        let heard = match acceptor.accept(stream).await {
            Err(error) => error.to_string(),
            Ok(mut trusted) => match trusted.read_u8().await {
                Ok(byte) => format!("it went on with {byte}"),
                Err(error) => error.to_string(),
            },
        };
        let _ = tell.send(heard);
    });
    (port, told)
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    for (scheme, at_once) in [("smtp", false), ("smtps", true)] {
        for host in ["localhost", "127.0.0.1"] {
            let (port, told) = self_signed(at_once).await;
            let done = mailer(&format!("{scheme}://{host}:{port}")).send(&letter()).await;
            assert!(matches!(done, Err(Failure::Later(_))), "{scheme} {host}: {done:?}");
            let heard = told.await.unwrap();
            // Which of the two it says depends on who checks certificates on this system.
            let is_refused = heard.contains("CertificateUnknown") || heard.contains("UnknownCA");
            assert!(is_refused, "{scheme} {host}: the server heard {heard:?}");
        }
    }
}

#[test]
fn settings_name_a_server_or_a_folder_and_no_plain_server_elsewhere() {
    for good in [
        "smtp://mail.example.org",
        "smtps://u:p%40ss@mail.example.org:465",
        "file:///tmp/mail",
        "smtp://[::1]:25?tls=none",
    ] {
        assert!(good.parse::<Address>().is_ok(), "{good}");
    }
    for bad in ["smtp://mail.example.org?tls=none", "mail.example.org", "http://x", "smtp://", "smtp://h?x=y"] {
        let refused = bad.parse::<Address>();
        assert!(refused.is_err(), "{bad}");
    }
    let address: Address = "smtps://u:secret@mail.example.org".parse().unwrap();
    let mailer = Mailer::new(&address, "od100@example.org".parse().unwrap());
    assert!(!format!("{address:?} {mailer:?}").contains("secret"));
    assert!("nobody".parse::<Sender>().is_err());
}

/// What a name or a subject may try.
const HOSTILE: [&str; 15] = [
    "Ana\r\nBcc: evil@example.org",
    "Ana\nBcc: evil@example.org",
    "Ana\rBcc: evil@example.org",
    "Ana\r\n\r\n<script>",
    "Ana\u{0}Bcc: evil@example.org",
    "Ana\u{2028}Bcc: evil@example.org",
    "Ana\u{85}Bcc: evil@example.org",
    "\" <evil@example.org>, \"",
    "Ana <evil@example.org>",
    "Ana, evil@example.org",
    "=?utf-8?Q?Bcc:_evil=40example.org?=",
    "Ana\t\r\n\tBcc: evil@example.org",
    "Ana\u{202e}gro.elpmaxe@live",
    "Ana; evil@example.org",
    "Ana\u{b}\u{c}Bcc: evil@example.org",
];

#[test]
fn no_name_or_subject_begins_another_header() {
    let mailer = mailer("file:///tmp/mail");
    for hostile in HOSTILE {
        for in_name in [true, false] {
            let mut one = letter();
            if in_name {
                one.to_name = hostile.to_owned();
            } else {
                one.subject = hostile.to_owned();
            }
            let message = mailer.message(&one).unwrap();
            assert_eq!(message.envelope().to().len(), 1, "{hostile:?}");
            assert_eq!(message.envelope().to()[0].to_string(), "ana@example.org");
            let text = String::from_utf8(message.formatted()).unwrap();
            let (head, _) = text.split_once("\r\n\r\n").unwrap();
            let names: Vec<_> = head
                .split("\r\n")
                .filter(|line| !line.starts_with([' ', '\t']))
                .map(|line| line.split(':').next().unwrap().to_ascii_lowercase())
                .collect();
            assert_eq!(names.len(), 8, "{hostile:?}: {head}");
            assert!(!names.contains(&"bcc".to_owned()), "{hostile:?}: {head}");
        }
    }
    for bad in ["ana@example.org\r\nBcc: x@example.org", "a@b.mx, c@d.mx", "", "ana", "<a@b.mx>, <c@d.mx>"] {
        let one = Letter { to: bad.to_owned(), ..letter() };
        assert!(matches!(mailer.message(&one), Err(Failure::Refused(_))), "{bad:?}");
    }
}

#[tokio::test]
async fn a_folder_holds_one_file_a_letter() {
    let folder = tempfile::tempdir().unwrap();
    let mailer = mailer(&format!("file://{}", folder.path().join("new").display()));
    mailer.send(&letter()).await.unwrap();
    mailer.send(&letter()).await.unwrap();
    let files: Vec<_> =
        std::fs::read_dir(folder.path().join("new")).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].extension().unwrap(), "eml");
}
