//! The program as it is started: what cannot be used is one sentence on standard error, an exit code that
//! is not 0, and nothing half-written.

use std::{
    ffi::OsStr,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

/// The program in a folder of its own, with none of the settings of whoever runs the tests.
fn od100(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_od100"));
    command.current_dir(folder).env_clear().env("PATH", "/usr/bin:/bin").stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    od100(folder).args(arguments).envs(settings.iter().copied()).output().unwrap()
}

/// The one sentence; panics when it is none.
fn sentence(output: &Output) -> String {
    assert!(!output.status.success(), "the exit code is 0: {output:?}");
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(text.starts_with("od100: ") && text.trim_end().lines().count() == 1, "not one sentence: {text}");
    assert!(!text.contains("panicked") && !text.contains("Error {"), "{text}");
    assert!(output.stdout.is_empty(), "{output:?}");
    text
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn entries(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_is_missing_is_named_and_where_more_is_told() {
    let folder = folder();
    for (arguments, said) in [
        (&["user", "create"][..], " are missing; see od100 user create --help"),
        (&["export"], "--what <WHAT> is missing; see od100 export --help"),
        (&["export", "--nope"], "; see od100 export --help"),
        (&["nope"], "; see od100 --help"),
    ] {
        let sentence = sentence(&run(folder.path(), arguments, &[]));
        assert!(sentence.trim_end().ends_with(said), "{sentence}");
    }
}

#[test]
fn a_dash_is_the_standard_output() {
    let folder = folder();
    let printed = run(folder.path(), &["schema", "--out", "-"], &[]);
    assert!(printed.status.success() && printed.stdout.starts_with(b"\"\"\""), "{:?}", printed.status);
    assert_eq!(entries(folder.path()), Vec::<String>::new());
}

#[test]
fn settings_that_cannot_be_used_are_named() {
    for (arguments, settings, parts) in [
        (&["migrate"][..], &[("OD100_LISTN", "x")][..], &["OD100_LISTN"][..]),
        (&["serve"], &[("OD100_LISTEN", "somewhere")], &["OD100_LISTEN", "--listen", "somewhere"]),
        (&["serve"], &[("OD100_PUBLIC_URL", "ftp://x/")], &["OD100_PUBLIC_URL"]),
        (&["serve"], &[("OD100_RATE_LIMIT", "fast")], &["OD100_RATE_LIMIT", "fast"]),
        (&["serve"], &[("OD100_GRAPHIQL", "maybe")], &["OD100_GRAPHIQL", "on, off"]),
        (&["serve"], &[("OD100_TRUSTED_PROXIES", "10.0.0.0/99")], &["OD100_TRUSTED_PROXIES", "10.0.0.0/99"]),
        (&["serve"], &[("OD100_ANSWER_CACHE_MB", "-1")], &["OD100_ANSWER_CACHE_MB"]),
        (
            &["serve"],
            &[("OD100_ANSWER_CACHE_MB", "much")],
            &["OD100_ANSWER_CACHE_MB", "'much': it must be a whole number"],
        ),
        (
            &["serve"],
            &[("OD100_CONNECTIONS_PER_ADDRESS", "0")],
            &["OD100_CONNECTIONS_PER_ADDRESS", "it must be above 0"],
        ),
        (&["serve"], &[("OD100_MAIL_FROM", "x")], &["OD100_MAIL_FROM", "'x'", "such as name@example.org"]),
        (&["schema", "--out", ""], &[], &["--out", "needs a value"]),
        (&["schema", "--out", "nowhere/x"], &[], &["nowhere is no folder"]),
        (&["serve"], &[("OD100_PUBLIC_URL", "od100.example")], &["OD100_PUBLIC_URL", "such as https://od100.example"]),
        (&["migrate"], &[("OD100_LOG_FORMAT", "xml")], &["OD100_LOG_FORMAT", "text, json"]),
        (&["migrate"], &[("OD100_LOG", "loud=very=much")], &["OD100_LOG"]),
        (&["migrate"], &[("DATABASE_URL", "mysql://x")], &["mysql"]),
        (&["sample", "--organisations", "0"], &[], &["--organisations", "0"]),
        (
            &["serve", "--listen", "127.0.0.1:0"],
            &[("OD100_MAIL", "file:///nowhere/at/all")],
            &["OD100_MAIL", "'/nowhere/at/all' is not there"],
        ),
        (&["serve", "--frobnicate"], &[], &["--frobnicate"]),
        (&["frobnicate"], &[], &["frobnicate"]),
        (&["import", "od500", "--chapter", "xx"], &[], &["xx", "us, mx, kr or au"]),
        (&["import", "undo", "xyz"], &[], &["xyz"]),
        (&["export", "--what", "people"], &[], &["people", "organisations"]),
        (&["export", "--what", "claims", "hue=red"], &[], &["hue"]),
        (&["export", "--what", "claims", "asOf=soon"], &[], &["'asOf'", "'soon'", "2014-10-01"]),
        (&["export", "--what", "claims", "--lang", "fr"], &[], &["--lang", "fr", "es, en"]),
        (
            &["export", "--what", "claims"],
            &[("DATABASE_URL", "sqlite://typo.db")],
            &["no database 'typo.db'", "od100 migrate"],
        ),
        (&["import", "list"], &[], &["no database 'od100.db'"]),
        (&["import", "undo", "0189aaaa-0000-7000-8000-000000000000"], &[], &["no database 'od100.db'"]),
        (&["sample", "--remove"], &[], &["no database 'od100.db'"]),
        (&["export", "--what", "claims", "colour"], &[], &["key=value"]),
        (&["export", "--what", "claims", "--out", "od100.db"], &[], &["od100.db is a database"]),
        (&["schema", "--out", "x.db"], &[("DATABASE_URL", "sqlite://x.db")], &["x.db is a database"]),
        (&["privacy", "export", "ana@example.org", "--out", "od100.db"], &[], &["no database 'od100.db'"]),
        (
            &["import", "od500", "--chapter", "mx", "--from", "files", "--report", "od100.db"],
            &[],
            &["od100.db is a database"],
        ),
    ] {
        let folder = folder();
        let text = sentence(&run(folder.path(), arguments, settings));
        for part in parts {
            assert!(text.contains(part), "{arguments:?} {settings:?}: no {part} in {text}");
        }
        assert!(entries(folder.path()).is_empty(), "{arguments:?} left {:?}", entries(folder.path()));
    }
}

#[test]
fn a_port_in_use_is_named_and_the_database_left_alone() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = folder();
    let text = sentence(&run(folder.path(), &["serve", "--listen", &address], &[]));
    assert!(text.contains(&address) && text.contains("in use"), "{text}");
    assert!(entries(folder.path()).is_empty());
}

#[test]
fn a_database_that_cannot_be_read_is_named() {
    let folder = folder();
    fs::write(folder.path().join("bad.db"), "this is no database, however long it is. ".repeat(200)).unwrap();
    let text = sentence(&run(folder.path(), &["migrate"], &[("DATABASE_URL", "sqlite://bad.db")]));
    assert!(text.contains("bad.db"), "{text}");
    let text = sentence(&run(folder.path(), &["migrate"], &[("DATABASE_URL", "sqlite://nowhere/x.db")]));
    assert!(text.contains("nowhere"), "{text}");
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let text =
        sentence(&run(folder.path(), &serve, &[("DATABASE_URL", "sqlite://bad.db"), ("OD100_PROOF_LOOPBACK", "on")]));
    assert!(text.contains("bad.db"), "no warning stands before what is wrong: {text}");
    assert_eq!(entries(folder.path()), ["bad.db"]);
}

#[test]
fn files_that_are_none_are_refused_before_anything_is_written() {
    let folder = folder();
    let from = folder.path().join("files");
    fs::create_dir(&from).unwrap();
    let import = ["import", "od500", "--chapter", "mx", "--from", "files", "--report", "report.json"];
    let text = sentence(&run(folder.path(), &import, &[]));
    assert!(text.contains("mx_companies.csv"), "{text}");
    for (name, bytes) in [
        ("wrong header", &b"a,b\n1,2\n"[..]),
        ("empty", b""),
        ("not text", b"\xff\xfe\x00\x01"),
        ("half a file", b"company_name_id,company_na"),
    ] {
        for file in ["mx_companies.csv", "mx_agencies.csv"] {
            fs::write(from.join(file), bytes).unwrap();
        }
        let text = sentence(&run(folder.path(), &import, &[]));
        assert!(text.contains("mx_companies.csv"), "{name}: {text}");
    }
    fs::write(from.join("long.csv"), "a,b\n1,2\n").unwrap();
    let text = sentence(&run(folder.path(), &["import", "indicators", "files/long.csv"], &[]));
    assert!(text.contains("long.csv"), "{text}");
    assert_eq!(entries(folder.path()), ["files"], "no database, no report");
}

const INDICATORS: &str = "indicator;subject;period;value;unit;currency;source;status\n\
    population_total;country:MX;2014;120355137;persons;;s;A\n\
    population_total;country:MX;2015;-5;persons;;s;A\n\
    employees;organisation:od500/mx/organisation/nobody;2014;3;;;s;A\n";

/// What it says on standard output.
fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_run_says_what_it_leaves_out_and_goes_on() {
    let folder = folder();
    fs::write(folder.path().join("long.csv"), INDICATORS).unwrap();
    let import = |more: &[&str]| run(folder.path(), &[&["import", "indicators", "long.csv"], more].concat(), &[]);
    let dry = import(&["--dry-run"]);
    assert!(dry.status.success() && said(&dry).contains("there is no database yet"), "{dry:?}");
    assert_eq!(entries(folder.path()), ["long.csv"], "a dry run makes no database");
    let strict = import(&["--strict"]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&strict.stderr).contains("--strict takes all or nothing"), "{strict:?}");
    let first = import(&[]);
    assert!(first.status.success(), "{first:?}");
    for part in [
        "record 2, value \"-5\"",
        "record 3, subject",
        "is not in the record",
        "separated by semicolons",
        "--report FILE",
    ] {
        assert!(said(&first).contains(part), "{part}: {}", said(&first));
    }
    assert!(said(&first).trim_end().ends_with("But 2 values or rows of the files were left out, listed above."));
    let again = said(&import(&[]));
    assert!(again.contains("Nothing has changed: the record holds what could be taken. But 2"), "{again}");
    let listed = run(folder.path(), &["import", "list"], &[]);
    assert!(listed.status.success() && said(&listed).contains("published"), "{listed:?}");
    let batch = said(&listed).split_whitespace().next().unwrap().to_owned();
    let rows = |text: &str| text.split("rows").next().unwrap().split_whitespace().last().unwrap().to_owned();
    let undone = said(&run(folder.path(), &["import", "undo", &batch], &[]));
    let changed = said(&first).lines().last().unwrap().to_owned();
    assert_eq!(rows(undone.trim()), rows(&changed), "{undone} {changed}");
}

/// Files whose organisations are in the other file no more were cut between two records, or are of different days.
#[test]
fn files_that_do_not_belong_together_are_refused_unless_it_is_meant() {
    let place = folder();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/chapters/us");
    fs::copy(base.join("companies.csv"), place.path().join("us_companies.csv")).unwrap();
    let mut agencies = fs::read_to_string(base.join("agencies.csv")).unwrap();
    for n in 0..12 {
        agencies.push_str(&format!("Department of Imaginary Roads,DIR,Federal,General,,,Gone Firm {n},Other,NA,,\n"));
    }
    fs::write(place.path().join("us_agencies.csv"), agencies).unwrap();
    let from = place.path().to_str().unwrap();
    let refused = run(place.path(), &["import", "od500", "--chapter", "us", "--from", from], &[]);
    let (errors, report) = (String::from_utf8_lossy(&refused.stderr), String::from_utf8_lossy(&refused.stdout));
    assert!(!refused.status.success(), "{errors}");
    assert!(errors.contains("12 of 18 rows name an organisation that the other file does not have"), "{errors}");
    assert!(errors.contains("--allow-loss") && report.contains("Gone Firm 3"), "{errors}{report}");
    assert!(!place.path().join("od100.db").exists(), "nothing was written");
    let taken = run(place.path(), &["import", "od500", "--chapter", "us", "--from", from, "--allow-loss"], &[]);
    assert!(taken.status.success(), "{taken:?}");
    assert!(
        String::from_utf8_lossy(&taken.stdout).contains("12 values or rows of the files were left out"),
        "{taken:?}"
    );
}

#[test]
fn no_output_takes_the_place_of_the_record_or_of_what_is_read() {
    let folder = folder();
    assert!(run(folder.path(), &["migrate"], &[]).status.success());
    let list = "indicator,subject,period,value,unit,currency,source,status\n";
    fs::write(folder.path().join("list.csv"), list).unwrap();
    for (arguments, part) in [
        (&["export", "--what", "claims", "--out", "od100.db"][..], "od100.db is a database"),
        (&["export", "--what", "claims", "--out", "./od100.db-wal"], "od100.db-wal is a database"),
        (&["privacy", "export", "ana@example.org", "--out", "od100.db"], "od100.db is a database"),
        (&["import", "indicators", "list.csv", "--report", "od100.db"], "od100.db is a database"),
        (&["import", "indicators", "list.csv", "--report", "./list.csv"], "list.csv is what is read"),
        (&["schema", "--out", "od100.db"], "od100.db is a database"),
    ] {
        let text = sentence(&run(folder.path(), arguments, &[]));
        assert!(text.contains(part), "{arguments:?}: {text}");
    }
    let listed = run(folder.path(), &["import", "list"], &[]);
    assert!(listed.status.success() && said(&listed).contains("No import"), "the record is as it was: {listed:?}");
    assert_eq!(fs::read_to_string(folder.path().join("list.csv")).unwrap(), list);
}

#[test]
fn what_cannot_be_said_is_no_success() {
    let folder = folder();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = od100(folder.path()).args(["schema"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("could not be written"), "{output:?}");
}

#[test]
fn a_database_that_another_program_holds_is_named() {
    let folder = folder();
    assert!(run(folder.path(), &["migrate"], &[]).status.success());
    let other = rusqlite::Connection::open(folder.path().join("od100.db")).unwrap();
    other.execute_batch("begin exclusive").unwrap();
    let text = sentence(&run(folder.path(), &["sample", "--organisations", "1"], &[]));
    assert!(text.contains("another program holds the database"), "{text}");
}

#[test]
fn geojson_is_for_what_lies_somewhere() {
    let place = folder();
    let refused = run(place.path(), &["export", "--what", "observations", "--format", "geojson"], &[]);
    assert!(sentence(&refused).contains("observations lie nowhere"));
}

#[test]
fn a_list_without_days_is_no_list_of_holidays() {
    let folder = folder();
    assert!(run(folder.path(), &["migrate"], &[]).status.success());
    let set = |text: &str| {
        fs::write(folder.path().join("days"), text).unwrap();
        run(folder.path(), &["--log", "warn", "holidays", "set", "days"], &[])
    };
    for nothing in ["", "# 2026\n"] {
        let text = sentence(&set(nothing));
        assert!(text.contains("holds no day; write one a line, such as 2026-12-25 Navidad"), "{text}");
    }
    assert!(said(&set("2026-12-25 Navidad\n")).starts_with("1 day is no business day now"));
    assert!(said(&set("2026-12-25\n2026-01-01\n")).starts_with("2 days are no business days now"));
}

#[test]
fn words_that_name_nothing_end_an_export() {
    let folder = folder();
    assert!(run(folder.path(), &["migrate"], &[]).status.success());
    let export =
        |filter: &str| run(folder.path(), &["--log", "warn", "export", "--what", "organisations", filter], &[]);
    assert!(sentence(&export("sector=nonsense")).contains("'sector' has no value 'nonsense'"));
    let none = export("asOf=1900-01-01");
    assert!(none.status.success() && said(&none).lines().count() == 1, "{none:?}");
    assert!(String::from_utf8_lossy(&none.stderr).contains("nothing is recorded for 1900-01-01"), "{none:?}");
}

#[test]
fn commands_that_end_keep_their_log_to_themselves() {
    let folder = folder();
    assert!(run(folder.path(), &["sample", "--organisations", "20"], &[]).status.success());
    let export = ["export", "--what", "organisations", "--out", "organisations.csv"];
    let usual = run(folder.path(), &export, &[]);
    assert!(said(&usual).contains("20 organisations are in organisations.csv"), "{usual:?}");
    assert!(usual.status.success() && usual.stderr.is_empty(), "{usual:?}");
    let asked = run(folder.path(), &export, &[("OD100_LOG", "info")]);
    assert!(String::from_utf8_lossy(&asked.stderr).contains("atlas ready"), "{asked:?}");
}

#[tokio::test]
async fn a_folder_and_a_damaged_file_are_no_database() {
    let folder = folder();
    fs::create_dir(folder.path().join("data")).unwrap();
    let text = sentence(&run(folder.path(), &["migrate"], &[("DATABASE_URL", "sqlite://data")]));
    assert!(text.contains("'data' is a folder") && text.contains("data/od100.db"), "{text}");
    assert!(run(folder.path(), &["--log", "warn", "sample", "--organisations", "20"], &[]).status.success());
    let file = folder.path().join("od100.db");
    let whole = sea_orm::Database::connect(format!("sqlite:{}", file.display())).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&whole, "pragma wal_checkpoint(truncate)").await.unwrap();
    whole.close().await.unwrap();
    let mut bytes = fs::read(&file).unwrap();
    // The first page, with the list of tables, stays; what they hold is overwritten.
    for byte in bytes.iter_mut().skip(8 * 4096) {
        *byte = 0x5a;
    }
    fs::write(&file, bytes).unwrap();
    let export = run(folder.path(), &["--log", "off", "export", "--what", "claims"], &[]);
    assert!(export.stdout.len() < 1_000, "the damage was not seen");
    let text = sentence(&export);
    assert!(text.contains("damaged; restore a backup, or move the file away and import again"), "{text}");
    assert!(!text.contains("malformed") && !text.contains("code:"), "{text}");
}

#[test]
fn files_of_another_chapter_are_named() {
    let folder = folder();
    let from = folder.path().join("us");
    fs::create_dir(&from).unwrap();
    fs::write(from.join("us_companies.csv"), "x").unwrap();
    let text = sentence(&run(folder.path(), &["import", "od500", "--chapter", "kr", "--from", "us"], &[]));
    assert!(
        text.contains("lacks kr_companies.csv and kr_agencies.csv; it holds us_companies.csv; check --from"),
        "{text}"
    );
    assert_eq!(entries(folder.path()), ["us"]);
}

#[test]
fn help_and_version_are_no_errors() {
    let folder = folder();
    for arguments in [&["--help"][..], &["serve", "--help"], &["import", "od500", "--help"], &["--version"]] {
        let output = run(folder.path(), arguments, &[]);
        assert!(output.status.success() && !output.stdout.is_empty() && output.stderr.is_empty(), "{arguments:?}");
    }
    let help = String::from_utf8(run(folder.path(), &["serve", "--help"], &[]).stdout).unwrap();
    for variable in
        ["DATABASE_URL", "OD100_LISTEN", "OD100_PUBLIC_URL", "OD100_LOG", "OD100_GRAPHIQL", "OD100_RATE_LIMIT"]
    {
        assert!(help.contains(variable), "{variable}");
    }
}

/// A server that is killed when the test ends before it.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn get(address: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: text/html\r\n\r\n").ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).ok()?;
    Some(text)
}

#[test]
fn a_server_says_which_free_port_it_was_given() {
    let folder = folder();
    let listen = ["--log", "off", "serve", "--listen", "127.0.0.1:0"];
    let child = od100(folder.path()).args(listen).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut server = Server(child.unwrap());
    let lines = BufReader::new(server.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let line = lines.into_iter().find(|line| line.starts_with("The map: ")).unwrap();
    let address = line.trim_start_matches("The map: http://").trim_end_matches('/');
    assert_ne!(address.rsplit(':').next(), Some("0"), "{line}");
    assert!(get(address, "/readyz").unwrap().starts_with("HTTP/1.1 200"), "{line}");
}

#[test]
fn serving_begins_in_an_empty_folder_and_ends_when_told() {
    let folder = folder();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let child =
        od100(folder.path()).args(["serve", "--listen", &free]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut server = Server(child.unwrap());
    let began = Instant::now();
    while get(&free, "/readyz").is_none_or(|text| !text.starts_with("HTTP/1.1 200")) {
        assert!(began.elapsed() < Duration::from_mins(1), "the server did not start");
        assert!(server.0.try_wait().unwrap().is_none(), "the server stopped");
        std::thread::sleep(Duration::from_millis(50));
    }
    let home = get(&free, "/?lang=en").unwrap();
    assert!(home.contains("od100 import od500 --chapter mx") && home.contains("od100 sample"), "{home}");
    let killed = Command::new("kill").args([OsStr::new("-TERM"), server.0.id().to_string().as_ref()]).status().unwrap();
    assert!(killed.success());
    let told = Instant::now();
    let status = loop {
        if let Some(status) = server.0.try_wait().unwrap() {
            break status;
        }
        assert!(told.elapsed() < Duration::from_secs(20), "the server did not stop");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(status.success(), "{status}");
    let mut said = String::new();
    server.0.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("The record is empty") && said.contains(&format!("http://{free}/graphql")), "{said}");
}
