//! Looking at domains and websites: what is found, and whom nobody speaks to.

use std::sync::atomic::Ordering;

use od100::domain::address::Reach;
use od100::domain::secret::Secret;
use od100::domain::takeover::line;
use od100::proof::{Prover, Unseen};

use crate::proof_servers::{HERE, Web, Zone, moved, nobody, page, settings};

fn token() -> (Secret, String, String) {
    let token = Secret::of_bits([7; 32]);
    let (hash, line) = (token.digest(), line(&token));
    (token, hash, line)
}

#[tokio::test]
async fn a_record_is_found_at_the_domain_or_below_it() {
    let zone = Zone::default();
    let prover = Prover::new(settings(zone.serve().await, Reach::Public));
    let (_, hash, line) = token();
    assert_eq!(prover.record("example.org", &hash).await, Err(Unseen::Missing));
    let other = od100::domain::takeover::line(&Secret::of_bits([8; 32]));
    zone.say("example.org", &[&["v=spf1 -all"], &[&other]]);
    assert_eq!(prover.record("example.org", &hash).await, Err(Unseen::Missing));
    // A text in two parts, beside others.
    let (start, end) = line.split_at(20);
    zone.say("example.org", &[&["v=spf1 -all"], &[&other], &[start, end]]);
    assert_eq!(prover.record("example.org", &hash).await, Ok("example.org".to_owned()));
    zone.say("example.org", &[]);
    assert_eq!(prover.record("example.org", &hash).await, Err(Unseen::Missing), "nothing is kept between two looks");
    zone.say("_od100.example.org", &[&[&line]]);
    assert_eq!(prover.record("example.org", &hash).await, Ok("_od100.example.org".to_owned()));
    assert_eq!(prover.record("www.example.org", &hash).await, Err(Unseen::Missing), "another name is another's");
}

#[tokio::test]
async fn a_name_server_that_is_silent_proves_nothing() {
    let (_, hash, _) = token();
    let prover = Prover::new(settings(nobody(), Reach::Public));
    assert_eq!(prover.record("example.org", &hash).await, Err(Unseen::Unreadable));
    let page = prover.page("https://example.org", "example.org", "x", &hash).await;
    assert_eq!(page, Err(Unseen::Unreadable));
}

#[tokio::test]
async fn a_file_or_a_link_is_found_on_the_website() {
    let (zone, (_, hash, line)) = (Zone::default(), token());
    zone.put("www.example.org", &[&[HERE]]);
    zone.put("example.org", &[&[HERE]]);
    let prover = Prover::new(settings(zone.serve().await, Reach::Loopback));
    let profile = prover.profile("mapas");
    let look = async |web: &Web| prover.page(&web.url("www.example.org"), "example.org", &profile, &hash).await;

    let empty = Web::serve(|_| page("200 OK", "", b"<p>Mapas</p>")).await;
    assert_eq!(look(&empty).await, Err(Unseen::Missing));
    assert_eq!(empty.connections(), 2, "the file and the page");

    let said = line.clone();
    let file = Web::serve(move |path| match path {
        "/.well-known/od100.txt" => page("200 OK", "content-type: text/plain\r\n", format!("{said}\n").as_bytes()),
        _ => page("404 Not Found", "", b""),
    })
    .await;
    assert_eq!(look(&file).await, Ok(format!("{}.well-known/od100.txt", file.url("www.example.org"))));
    assert_eq!(file.connections(), 1);

    // An answer that says that there is no such file is none, whatever it says besides.
    let said = line.clone();
    let wrong = Web::serve(move |_| page("404 Not Found", "", said.as_bytes())).await;
    assert_eq!(look(&wrong).await, Err(Unseen::Missing));

    let link = format!("<a rel=\"me\" href=\"{profile}#{line}\">Open Data 100</a>");
    let linking = Web::serve(move |path| match path {
        "/" => moved("/es/"),
        "/es/" => page("200 OK", "", link.as_bytes()),
        _ => page("404 Not Found", "", b""),
    })
    .await;
    assert_eq!(look(&linking).await, Ok(format!("{}es/", linking.url("www.example.org"))));

    // A page that says the line in its words, such as in what visitors write, links to nothing.
    let words = format!("<p>{line}</p><a href=\"{profile}\">Open Data 100</a>");
    let worded = Web::serve(move |path| match path {
        "/" => page("200 OK", "", words.as_bytes()),
        _ => page("404 Not Found", "", b""),
    })
    .await;
    assert_eq!(look(&worded).await, Err(Unseen::Missing));
}

#[tokio::test]
async fn a_website_leads_on_within_its_domain_alone() {
    let (zone, (_, hash, line)) = (Zone::default(), token());
    for name in ["www.example.org", "example.org", "files.example.org", "evil.example.net"] {
        zone.put(name, &[&[HERE]]);
    }
    let prover = Prover::new(settings(zone.serve().await, Reach::Loopback));
    let target = Web::serve(move |_| page("200 OK", "", line.as_bytes())).await;
    let look = async |to: String| {
        let web = Web::serve(move |_| moved(&to)).await;
        prover.page(&web.url("www.example.org"), "example.org", "x", &hash).await
    };
    assert!(look(target.url("files.example.org")).await.is_ok());
    assert_eq!(target.connections(), 1);
    for to in [
        target.url("evil.example.net"),
        target.url("127.0.0.1"),
        target.url("localhost"),
        target.url("[::1]"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://10.0.0.1/".to_owned(),
        "http://0x7f000001/".to_owned(),
        "http://[::ffff:127.0.0.1]/".to_owned(),
        format!("http://ana@files.example.org:{}/", target.at.port()),
        "ftp://files.example.org/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "//evil.example.net/".to_owned(),
    ] {
        assert_eq!(look(to.clone()).await, Err(Unseen::Barred), "{to}");
    }
    assert_eq!(target.connections(), 1, "nobody was spoken to");
    let ring = Web::serve(|path| moved(&format!("{path}x"))).await;
    assert_eq!(
        prover.page(&ring.url("www.example.org"), "example.org", "x", &hash).await,
        Err(Unseen::Unreadable),
        "a way without an end"
    );
    assert_eq!(ring.connections(), 8, "three times on, for the file and for the page");
}

#[tokio::test]
async fn a_name_that_leads_into_a_closed_network_is_not_followed() {
    let (zone, (_, hash, line)) = (Zone::default(), token());
    let web = Web::serve(move |_| page("200 OK", "", line.as_bytes())).await;
    let at = zone.serve().await;
    let open = Prover::new(settings(at, Reach::Loopback));
    // The same website at the usual port: nothing is there, so that only the refusal can be told.
    for addresses in [
        &[[10, 0, 0, 1]][..],
        &[[192, 168, 1, 1]],
        &[[169, 254, 169, 254]],
        &[[100, 100, 100, 200]],
        &[[0, 0, 0, 0]],
        &[[224, 0, 0, 1]],
        &[[255, 255, 255, 255]],
        // One of two is enough.
        &[HERE, [10, 0, 0, 1]],
        &[[93, 184, 216, 34], [10, 0, 0, 1]],
    ] {
        zone.put("www.example.org", &[addresses]);
        let seen = open.page(&web.url("www.example.org"), "example.org", "x", &hash).await;
        assert_eq!(seen, Err(Unseen::Barred), "{addresses:?}");
    }
    // Without the setting this machine is as closed, by name too, and so is every port but the usual ones.
    zone.put("www.example.org", &[&[HERE]]);
    let shut = Prover::new(settings(at, Reach::Public));
    for website in [web.url("www.example.org"), "http://www.example.org/".to_owned(), web.url("127.0.0.1")] {
        assert_eq!(shut.page(&website, "example.org", "x", &hash).await, Err(Unseen::Barred), "{website}");
    }
    assert_eq!(web.connections(), 0, "nobody was spoken to");
}

#[tokio::test]
async fn the_address_that_was_asked_about_is_the_one_that_is_spoken_to() {
    let (zone, (_, hash, line)) = (Zone::default(), token());
    let web = Web::serve(move |_| page("200 OK", "", line.as_bytes())).await;
    let prover = Prover::new(settings(zone.serve().await, Reach::Loopback));
    // Whoever asks a second time is led elsewhere.
    zone.put("www.example.org", &[&[HERE], &[[10, 0, 0, 1]]]);
    assert!(prover.page(&web.url("www.example.org"), "example.org", "x", &hash).await.is_ok());
    assert_eq!((web.connections(), zone.asked.load(Ordering::SeqCst)), (1, 1), "asked once, spoken to once");
    // And the second page of the same look is asked about anew.
    let leading = Web::serve(|_| moved("/next")).await;
    zone.put("www.example.org", &[&[HERE], &[[10, 0, 0, 1]]]);
    let seen = prover.page(&leading.url("www.example.org"), "example.org", "x", &hash).await;
    assert_eq!((seen, leading.connections()), (Err(Unseen::Barred), 1));
}

#[tokio::test]
async fn what_is_read_has_an_end() {
    let (zone, (_, hash, line)) = (Zone::default(), token());
    zone.put("www.example.org", &[&[HERE]]);
    let prover = Prover::new(settings(zone.serve().await, Reach::Loopback));
    let look = async |web: &Web| prover.page(&web.url("www.example.org"), "example.org", "x", &hash).await;
    // The token stands behind a hundred megabytes, packed into a hundred kilobytes.
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let blank = vec![b' '; 1024 * 1024];
    for _ in 0..100 {
        std::io::Write::write_all(&mut packed, &blank).unwrap();
    }
    std::io::Write::write_all(&mut packed, line.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 200 * 1024, "{}", packed.len());
    let bomb = Web::serve(move |_| page("200 OK", "content-encoding: gzip\r\n", &packed)).await;
    assert_eq!(look(&bomb).await, Err(Unseen::Missing));
    // The same, unpacked: the rest of it is not waited for.
    let long = [vec![b' '; 64 * 1024 * 1024], line.clone().into_bytes()].concat();
    let whole = 2 * long.len();
    let long = Web::serve(move |_| page("200 OK", "", &long)).await;
    assert_eq!(look(&long).await, Err(Unseen::Missing));
    assert!(long.sent.load(Ordering::SeqCst) < whole / 2, "it is not read to its end");
    // What stands within the bound is found.
    let near = [vec![b' '; 256 * 1024], line.into_bytes()].concat();
    let near = Web::serve(move |_| page("200 OK", "", &near)).await;
    assert!(look(&near).await.is_ok());
}
