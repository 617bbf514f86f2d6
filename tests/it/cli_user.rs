//! Accounts from the machine: the first administrator, roles, and sentences for what cannot be done.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use sea_orm::{EntityTrait, IntoActiveModel};

/// Twenty bytes that no command may show.
const SEED: &str = "Y2FuYXJ5LW9mLWEtc2VlZC0yMA";

fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_od100"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("OD100_LOG", "error")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may end without reading.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A list of accounts without the days since when roles are held: those are of the day of the test.
fn undated(mut list: String) -> String {
    while let Some(at) = list.find(" since 20") {
        list.replace_range(at..at + " since 2026-11-29".len(), "");
    }
    list
}

#[test]
fn the_first_administrator_is_made_on_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    let done = |arguments: &[&str], input: &str| {
        let output = run(folder.path(), arguments, input);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    };
    done(&["migrate"], "");
    assert!(done(&["user", "list"], "").contains("od100 user create"));
    let create = ["user", "create", "ana@example.org", "--name", "Ana Ruiz", "--admin", "--password"];
    assert_eq!(
        done(&create, "cuatro palabras que riman\n"),
        "ana@example.org has an account.\nIt is an administrator.\n"
    );
    assert!(done(&["user", "list"], "").contains("(admin since 20"));
    assert_eq!(undated(done(&["user", "list"], "")), "ana@example.org  Ana Ruiz  (admin)\n");
    done(&["user", "grant", "ana@example.org", "curator", "--reason", "moderates"], "");
    let again = done(&["user", "grant", "ana@example.org", "curator", "--reason", "once more"], "");
    assert_eq!(again, "ana@example.org is curator already; nothing was changed.\n");
    assert_eq!(done(&["user", "list", "nobody"], ""), "No account's name or address holds 'nobody'.\n");
    assert_eq!(undated(done(&["user", "list", "RUÍZ"], "")), "ana@example.org  Ana Ruiz  (admin, curator)\n");
    done(&["user", "revoke", "ana@example.org", "curator", "--reason", "moderates no more"], "");
    let later = ["user", "grant", "ana@example.org", "curator", "--reason", "comes back", "--from", "2999-01-01"];
    assert!(done(&later, "").contains("is curator from 2999-01-01 on."));
    assert_eq!(undated(done(&["user", "list"], "")), "ana@example.org  Ana Ruiz  (admin, curator from 2999-01-01)\n");
    done(&["user", "revoke", "ana@example.org", "curator", "--reason", "she does not"], "");
    done(&["user", "disable", "ANA@example.org"], "");
    assert_eq!(undated(done(&["user", "list"], "")), "ana@example.org  Ana Ruiz  (admin, disabled)\n");
    done(&["user", "disable", "ana@example.org", "--undo"], "");
    done(&["user", "password", "ana@example.org"], "otras palabras distintas\n");
    assert_eq!(
        done(&["user", "second-factor", "ana@example.org", "--remove"], ""),
        "ana@example.org has no second factor; nothing was changed.\n"
    );
    assert_eq!(
        done(&["user", "revoke-all", "ana@example.org"], ""),
        "0 sessions and 0 tokens of ana@example.org have ended.\n"
    );
    assert_eq!(done(&["user", "revoke-all", "--everybody"], ""), "0 sessions and 0 tokens of everybody have ended.\n");
    for wrong in [&["user", "revoke-all"][..], &["user", "revoke-all", "ana@example.org", "--everybody"]] {
        assert!(!run(folder.path(), wrong, "").status.success(), "{wrong:?}");
    }
    for (arguments, input, part) in [
        (&create[..], "cuatro palabras que riman\n", "there is an account with this address"),
        (&["user", "password", "ana@example.org"], "corta\n", "at least 12 characters"),
        (&["user", "create", "no address", "--name", "X"], "", "not an e-mail address"),
        (&["user", "grant", "ana@example.org", "king", "--reason", "x"], "", "no role 'king'; it may be contributor"),
        (&["user", "grant", "ana@example.org", "researcher", "--reason", "x"], "", "needs --study SLUG"),
        (&["user", "grant", "ana@example.org", "agency_liaison", "--reason", "x"], "", "needs --publisher SLUG"),
        (
            &["user", "grant", "ana@example.org", "organisation_representative", "--reason", "x"],
            "",
            "needs --organisation SLUG",
        ),
        (
            &["user", "grant", "ana@example.org", "curator", "--reason", "x", "--study", "any"],
            "",
            "the role curator holds everywhere",
        ),
        (
            &["user", "grant", "ana@example.org", "researcher", "--reason", "x", "--study", "gone"],
            "",
            "no study 'gone'",
        ),
        (
            &["user", "second-factor", "luis@example.org", "--remove"],
            "",
            "no account with the address luis@example.org",
        ),
        (&["user", "revoke", "ana@example.org", "curator", "--reason", "x"], "", "ana@example.org is no curator"),
        (&["user", "revoke", "ana@example.org", "admin"], "", "--reason"),
        (
            &[
                "user",
                "grant",
                "ana@example.org",
                "curator",
                "--reason",
                "x",
                "--from",
                "2999-01-02",
                "--until",
                "2999-01-01",
            ],
            "",
            "a role ends after it has begun",
        ),
        (&["user", "disable", "luis@example.org"], "", "there is no account with the address luis@example.org"),
    ] {
        let output = run(folder.path(), arguments, input);
        let said = text(&output.stderr);
        assert!(!output.status.success() && said.contains(part), "{arguments:?}: no '{part}' in {said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
        assert!(!said.contains("palabras"), "a password is repeated nowhere");
    }
}

/// Writes that an account has a second factor, as its pages do.
fn set_up(folder: &Path, email: &str) {
    let url = format!("sqlite://{}", folder.join("od100.db").display());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let db = sea_orm::Database::connect(url).await.unwrap();
        let all = entity::account::Entity::find().all(&db).await.unwrap();
        let account_id = all.into_iter().find(|one| one.email == email).unwrap().id;
        let row = entity::second_factor::Model {
            account_id,
            seed: format!("plain:{SEED}"),
            since: chrono::DateTime::UNIX_EPOCH,
            last_step: 0,
        };
        entity::second_factor::Entity::insert(row.into_active_model()).exec_without_returning(&db).await.unwrap();
        db.close().await.unwrap();
    });
}

#[test]
fn a_lost_second_factor_is_taken_away_on_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    let done = |arguments: &[&str]| {
        let output = run(folder.path(), arguments, "");
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
        assert!(!said.contains(SEED), "a seed is shown nowhere: {said}");
        text(&output.stdout)
    };
    done(&["migrate"]);
    for (email, name) in [("ana@example.org", "Ana"), ("luz@example.org", "Luz")] {
        done(&["user", "create", email, "--name", name]);
        set_up(folder.path(), email);
    }
    assert_eq!(
        done(&["user", "list"]),
        "ana@example.org  Ana  (no role, second factor)\nluz@example.org  Luz  (no role, second factor)\n"
    );
    // Without the word that it is meant, nothing is taken away.
    let asked = run(folder.path(), &["user", "second-factor", "ana@example.org"], "");
    assert!(!asked.status.success() && text(&asked.stderr).contains("--remove"), "{asked:?}");
    assert!(done(&["user", "list"]).contains("ana@example.org  Ana  (no role, second factor)"));
    let remove = ["user", "second-factor", "ANA@example.org", "--remove"];
    assert_eq!(
        done(&remove),
        "ana@example.org has no second factor any more; its sessions have ended, and a letter says so.\n"
    );
    assert_eq!(
        done(&["user", "list"]),
        "ana@example.org  Ana  (no role)\nluz@example.org  Luz  (no role, second factor)\n",
        "that of nobody else"
    );
    assert_eq!(done(&remove), "ana@example.org has no second factor; nothing was changed.\n");
}

#[test]
fn a_role_is_listed_with_what_it_is_for_and_its_days() {
    let folder = tempfile::tempdir().unwrap();
    let done = |arguments: &[&str]| {
        let output = run(folder.path(), arguments, "");
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    };
    let titles = ["--es", "Uso de datos", "--en", "Use of data"];
    let rest = ["--country", "MX", "--attribution", "A study", "--page", "https://example.org/study"];
    let start: Vec<&str> = ["survey", "start"].into_iter().chain(titles).chain(rest).collect();
    done(&start);
    done(&["user", "create", "ana@example.org", "--name", "Ana"]);
    let days = ["--from", "2999-01-01", "--until", "2999-06-30", "--reason", "runs it"];
    let grant = ["user", "grant", "ana@example.org", "researcher", "--study", "use-of-data"];
    let said = done(&grant.into_iter().chain(days).collect::<Vec<_>>());
    assert!(said.contains("is researcher for use-of-data from 2999-01-01 until 2999-06-30."), "{said}");
    let said = done(&["user", "grant", "ana@example.org", "curator", "--until", "2999-06-30", "--reason", "helps"]);
    assert!(said.contains("is curator until 2999-06-30."), "{said}");
    let list = done(&["user", "list"]);
    assert!(list.contains("researcher for use-of-data from 2999-01-01 until 2999-06-30"), "{list}");
    assert!(undated(list).contains("curator until 2999-06-30"));
}

#[test]
fn one_of_two_roles_is_taken_by_what_it_is_for() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| run(folder.path(), arguments, "");
    let done = |arguments: &[&str]| {
        let output = run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    };
    for (es, en) in [("Uso de datos", "Use of data"), ("Uso de agua", "Use of water")] {
        let rest = ["--country", "MX", "--attribution", "A study", "--page", "https://example.org/study"];
        done(&["survey", "start", "--es", es, "--en", en].into_iter().chain(rest).collect::<Vec<_>>());
    }
    done(&["user", "create", "ana@example.org", "--name", "Ana"]);
    let of = |what: &'static str, slug: &'static str| {
        ["user", what, "ana@example.org", "researcher", "--study", slug, "--reason", "x"]
    };
    done(&of("grant", "use-of-data"));
    done(&of("grant", "use-of-water"));
    assert_eq!(
        done(&of("grant", "use-of-water")),
        "ana@example.org is researcher for use-of-water already; nothing was changed.\n"
    );
    let taken = "ana@example.org is no longer researcher for use-of-data. Its sessions have ended.\n";
    assert_eq!(done(&of("revoke", "use-of-data")), taken);
    assert_eq!(undated(done(&["user", "list"])), "ana@example.org  Ana  (researcher for use-of-water)\n");
    for (slug, part) in
        [("use-of-data", "ana@example.org is no researcher for use-of-data"), ("gone", "no study 'gone'")]
    {
        let refused = run(&of("revoke", slug));
        assert!(!refused.status.success() && text(&refused.stderr).contains(part), "{refused:?}");
    }
    done(&["user", "revoke", "ana@example.org", "researcher", "--reason", "x"]);
    assert_eq!(done(&["user", "list"]), "ana@example.org  Ana  (no role)\n");
}

#[test]
fn a_mistyped_database_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    for what in [&["list"] as &[&str], &["revoke-all", "--reason", "x"], &["revoke", "a@example.org", "--reason", "x"]]
    {
        let arguments = [&["--database-url", "sqlite://typo.db", "user"], what].concat();
        let answer = run(folder.path(), &arguments, "");
        assert!(!answer.status.success(), "{what:?}");
        assert!(!folder.path().join("typo.db").exists(), "{what:?}: {}", text(&answer.stderr));
    }
    let answer = run(folder.path(), &["--database-url", "sqlite://typo.db", "user", "list"], "");
    assert!(text(&answer.stderr).contains("there is no database 'typo.db'"), "{}", text(&answer.stderr));
}
