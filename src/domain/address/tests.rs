//! Forms in which an address that is not public can be written.

use super::*;

/// Each leads to this machine, its network, or nowhere that is anybody's.
const CLOSED: &[&str] = &[
    // This machine, in all spellings that parsers take.
    "http://127.0.0.1/",
    "http://127.0.0.1./",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.255.255.254/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://0177.0.0.1/",
    "http://0177.0000.0000.0001/",
    "http://017700000001/",
    "http://127.0x1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://0.1.2.3/",
    "http://00000000/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://app.localhost/",
    "http://localhost.localdomain/",
    "http://metadata.google.internal/",
    "http://printer.local/",
    "http://server/",
    "http://router.lan/",
    "http://1.0.0.127.in-addr.arpa/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    // The network around it.
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://167772161/",
    "http://0xa000001/",
    "http://012.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.0.1/",
    "http://0xc0a80001/",
    "http://192.168.257/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::ffff:192.168.1.1]/",
    "http://100.64.0.1/",
    "http://100.127.255.255/",
    "http://[fc00::1]/",
    "http://[fd12:3456:789a::1]/",
    "http://[fec0::1]/",
    // What keeps the keys of machines.
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/",
    "http://[::ffff:169.254.169.254]/",
    "http://[fd00:ec2::254]/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://169.254.0.1/",
    "http://[fe80::1]/",
    "http://[febf::1]/",
    // Ways from one version to the other.
    "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::1]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    // Everybody at once, and nobody.
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[ff02::1]/",
    "http://192.0.2.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://198.18.0.1/",
    "http://198.19.255.255/",
    "http://192.88.99.1/",
    "http://[2001:db8::1]/",
    "http://[2001:10::1]/",
    "http://[3fff::1]/",
    "http://[100::1]/",
    "http://[5f00::1]/",
];

/// No address that is fetched, for what else it says.
const REFUSED: &[(&str, Barred)] = &[
    ("ftp://example.com/", Barred::Scheme),
    ("file:///etc/passwd", Barred::Scheme),
    ("gopher://example.com/", Barred::Scheme),
    ("data:text/html,x", Barred::Scheme),
    ("ws://example.com/", Barred::Scheme),
    ("http://ana@example.com/", Barred::Credentials),
    ("http://:secret@example.com/", Barred::Credentials),
    ("http://example.com@127.0.0.1/", Barred::Credentials),
    ("http://example.com:8080/", Barred::Port),
    ("http://example.com:22/", Barred::Port),
    ("http://example.com:443/", Barred::Port),
    ("https://example.com:80/", Barred::Port),
];

/// No address at all.
const BROKEN: &[&str] = &[
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[::ffff:127.0.0.1/",
    "http://256.0.0.1/",
    "http://127.0.0.1.1/",
    "http://0x100000000/",
    "http://",
    "http:///",
];

#[test]
fn what_is_not_public_is_not_fetched() {
    assert!(CLOSED.len() >= 60, "{}", CLOSED.len());
    for text in CLOSED {
        let url = Url::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(check(&url, Reach::Public), Err(Barred::Network), "{text} is read as {url}");
    }
}

#[test]
fn what_is_strange_is_not_fetched() {
    for (text, barred) in REFUSED {
        assert_eq!(check(&Url::parse(text).unwrap(), Reach::Public), Err(*barred), "{text}");
    }
    for text in BROKEN {
        let read = Url::parse(text);
        let is_barred = read.as_ref().is_ok_and(|url| check(url, Reach::Public).is_err());
        assert!(read.is_err() || is_barred, "{text} is read as {read:?}");
    }
}

#[test]
fn what_is_public_is_fetched() {
    for text in [
        "http://example.com/",
        "https://example.com:443/",
        "http://example.com:80/x?y",
        "https://www.gob.mx/sct",
        "https://ñandú.example/",
        "http://93.184.216.34/",
        "http://8.8.8.8/",
        "http://172.15.0.1/",
        "http://172.32.0.1/",
        "http://100.63.255.255/",
        "http://100.128.0.1/",
        "http://11.0.0.1/",
        "http://223.255.255.255/",
        "http://[2606:2800:220:1::1]/",
        "http://[2a00:1450:4001::1]/",
        "http://[2001:4860:4860::8888]/",
    ] {
        assert_eq!(check(&Url::parse(text).unwrap(), Reach::Public), Ok(()), "{text}");
    }
}

#[test]
fn the_setting_opens_the_loopback_and_nothing_else() {
    let check = |text: &str| check(&Url::parse(text).unwrap(), Reach::Loopback);
    for text in ["http://127.0.0.1:8080/", "http://[::1]:3000/", "http://www.example.org:8080/"] {
        assert_eq!(check(text), Ok(()), "{text}");
    }
    let lead_here = |text: &&&str| {
        ["127", "[::1]", "[0:0"]
            .iter()
            .any(|here| Url::parse(text).unwrap().host_str().is_some_and(|host| host.starts_with(here)))
    };
    for text in CLOSED.iter().filter(|text| !lead_here(text)) {
        assert_eq!(check(text), Err(Barred::Network), "{text}");
    }
    assert_eq!(check("ftp://127.0.0.1/"), Err(Barred::Scheme));
}
