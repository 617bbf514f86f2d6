//! A survey begun on the machine: which lists its questionnaire has is said, and is so.

use std::path::Path;
use std::process::Command;

use sea_orm::EntityTrait;

fn start(folder: &Path, title: &str, country: &str) -> String {
    let titles = ["--es", title, "--en", title];
    let rest = ["--country", country, "--attribution", "A study", "--page", "https://example.org/study"];
    let output = Command::new(env!("CARGO_BIN_EXE_od100"))
        .args(["survey", "start"].iter().chain(&titles).chain(&rest))
        .current_dir(folder)
        .env_clear()
        .env("OD100_LOG", "error")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_survey_of_another_country_has_no_mexican_lists() {
    let folder = tempfile::tempdir().unwrap();
    let said = |title: &str, country: &str| start(folder.path(), title, country);
    let mexico = said("Use of data in Mexico", "mx");
    assert!(
        mexico.contains("lists the 32 states, provinces or regions of MX; it asks for income in bands, in MXN."),
        "{mexico}"
    );
    let chile = said("Use of data in Chile", "CL");
    assert!(
        chile.contains("lists the 16 states, provinces or regions of CL; it asks for income as an amount, in CLP."),
        "{chile}"
    );
    let unknown = said("Use of data in Chad", "TD");
    for part in [
        "No regions of TD are known here",
        "city or town alone",
        "does not ask for income",
        "copy the questionnaire at the desk",
    ] {
        assert!(unknown.contains(part), "{unknown}");
    }
    let url = format!("sqlite://{}", folder.path().join("od100.db").display());
    let (studies, instruments) = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let db = sea_orm::Database::connect(url).await.unwrap();
        let studies = entity::study::Entity::find().all(&db).await.unwrap();
        (studies, entity::instrument::Entity::find().all(&db).await.unwrap())
    });
    for (country, has, lacks) in [("MX", "MX-AGU", "CL-"), ("CL", "CL-RM", "MX-"), ("TD", "locality", "MX-")] {
        let study = studies.iter().find(|one| one.country == country).unwrap();
        let own = instruments.iter().find(|one| one.study_id == study.entity_id).unwrap();
        assert!(own.content.contains(has) && !own.content.contains(lacks), "{country}: {}", own.content);
        assert_eq!(own.content.contains("MXN"), country == "MX");
    }
}

#[test]
fn a_row_with_a_problem_stops_a_list_but_for_the_option_that_leaves_it_out() {
    let folder = tempfile::tempdir().unwrap();
    let begun = start(folder.path(), "Use of data", "MX");
    let wave = begun.split('\'').nth(1).unwrap();
    std::fs::write(folder.path().join("list.csv"), "name,email\nUno,uno@example.org\nDos,no es\n").unwrap();
    let invite = |options: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_od100"))
            .args(["survey", "invite", "--wave", wave, "--list", "list.csv"].iter().chain(options))
            .current_dir(folder.path())
            .env_clear()
            .env("OD100_LOG", "error")
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
        (output.status.success(), said)
    };
    for options in [&[][..], &["--dry-run"]] {
        let (is_done, said) = invite(options);
        assert!(!is_done && said.contains("--leave-out") && !said.contains("/answer/"), "{said}");
    }
    let (is_done, said) = invite(&["--dry-run", "--leave-out"]);
    assert!(is_done && said.contains("1 row has a problem and is left out.") && !said.contains("/answer/"), "{said}");
    let (is_done, said) = invite(&["--leave-out"]);
    assert!(is_done && said.matches("/answer/").count() == 1, "{said}");
    let left =
        said.lines().find(|line| line.starts_with("line 3: left out: email: ")).unwrap_or_else(|| panic!("{said}"));
    assert!(left.ends_with(" (Dos)") && said.contains("1 organisation is invited."), "{said}");
    let (_, said) = invite(&["--dry-run", "--leave-out"]);
    assert!(said.contains("its link stays; --renew") && said.contains("0 would be invited; 1 were before"), "{said}");
    let url = format!("sqlite://{}", folder.path().join("od100.db").display());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        use sea_orm::ConnectionTrait;
        let db = sea_orm::Database::connect(url).await.unwrap();
        db.execute_unprepared("update invitation set revoked_at = created_at").await.unwrap();
    });
    let (_, said) = invite(&["--dry-run", "--leave-out"]);
    assert!(said.contains("it gets a new one") && said.contains("1 would be invited; 0 were before"), "{said}");
    let (_, said) = invite(&["--leave-out"]);
    assert!(said.matches("/answer/").count() == 1 && said.contains("1 organisation is invited."), "{said}");
}
