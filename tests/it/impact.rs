//! What a wave says of impact: the printed totals of the Mexican study, and sums behind the disclosure rule; and the
//! figures of a body on its public page.

use entity::vocabulary::ObservationStatus;
use od100::analysis::impact::{Told, of_wave};
use od100::app;
use od100::app::publish::Publisher;
use od100::atlas::Atlas;
use od100::domain::draft::{Decimal, ObservationDraft, OrganisationDraft};
use od100::import::od500::Chapter;
use od100::sample::sample;
use sea_orm::EntityTrait;
use serde_json::Value;

use crate::api_harness::Api;
use crate::desk_harness::Town;
use crate::golden;
use crate::harness::{self, CANARY, on_each_database};

/// (code, organisations, of them recovered) of the codes of a list.
fn totals(atlas: &Atlas, scheme: &str) -> Vec<(String, u64, u64)> {
    let found = of_wave(atlas, atlas.waves().next().unwrap(), true);
    let list = found.totals.into_iter().find(|one| one.scheme == scheme).unwrap();
    let coded = list.rows.iter().filter_map(|row| {
        let code = atlas.str(atlas.code_row(row.code?).code).to_owned();
        Some((code, row.declared, row.recovered))
    });
    coded.collect()
}

/// Organisations of the sample that say which half of their revenue rests on open data.
fn reporting(count: usize) -> Vec<OrganisationDraft> {
    let (_, organisations) = sample(count, 1, 1);
    let half = |mut organisation: OrganisationDraft| {
        let revenue = organisation.observations.iter().filter(|one| one.indicator == "revenue");
        let shares: Vec<ObservationDraft> = revenue
            .map(|one| ObservationDraft {
                indicator: "data_share".to_owned(),
                low: None,
                central: Some(Decimal { mantissa: 50, scale: 0 }),
                high: None,
                missing: None,
                currency: None,
                status: ObservationStatus::Normal,
                ..one.clone()
            })
            .collect();
        organisation.observations.retain(|one| one.indicator != "data_share");
        organisation.observations.extend(shares);
        organisation
    };
    organisations.map(half).collect()
}

on_each_database! {
    async fn the_totals_of_the_mexican_study_are_those_it_printed(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let Some(read) = golden::read(Chapter::Mx) else { return };
        base.take(read.header, read.organisations).await.unwrap();
        let atlas = Publisher::open(base.ctx.clone()).await.unwrap().current();
        let expected = [
            ("new_product_service", 76), ("new_research", 67), ("new_opportunities", 53), ("revenue_growth", 38),
            ("cost_efficiency", 36), ("job_growth", 22),
        ];
        let expected: Vec<_> = expected.iter().map(|(code, count)| ((*code).to_owned(), *count, 0)).collect();
        assert_eq!(totals(&atlas, "od500_data_impact"), expected);
        let social = totals(&atlas, "od500_social_impact");
        let mut expected: Vec<_> = [
            ("citizen_engagement", 35, 0), ("financial_access", 25, 0), ("education_opportunity", 19, 0),
            ("environment_climate", 18, 0), ("consumer_empowerment", 15, 0), ("public_safety", 15, 0),
            ("good_governance", 0, 13), ("healthcare_access", 12, 0), ("housing_access", 10, 0), ("food_access", 5, 0),
        ].iter().map(|(code, declared, recovered)| ((*code).to_owned(), *declared, *recovered)).collect();
        let mut found = social.clone();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "what was recovered stands apart");
        assert!(social.is_sorted_by_key(|row| std::cmp::Reverse(row.1 + row.2)));

        let mut anybody = Town::over(&base).await.browser();
        let slug = atlas.str(atlas.wave(atlas.waves().next().unwrap()).slug).to_owned();
        let page = anybody.get(&format!("/waves/{slug}/impact?lang=en")).await;
        let text = page.text();
        assert_eq!(page.status, 200);
        assert!(text.contains(">76<") && text.contains("Recovered, counted apart") && text.contains("did not ask for amounts"), "{text}");
        assert!(text.contains("105 organisations took part") && text.contains("method 1.0"), "{text}");
        let json = anybody.get(&format!("/waves/{slug}/impact.json")).await.json();
        let jobs = json.as_array().unwrap().iter().find(|row| row["key"] == "job_growth").unwrap().clone();
        assert_eq!((&jobs["organisations"], &jobs["asked"], &jobs["wave"]), (&Value::from(22), &Value::from(105), &Value::from(slug.as_str())));
        let csv = anybody.get(&format!("/waves/{slug}/impact.csv")).await;
        assert!(csv.header("content-disposition").contains("od100-impact-"));
        assert_eq!(csv.text().lines().count(), json.as_array().unwrap().len() + 1);
        assert_eq!(anybody.get("/waves/nothing/impact").await.status, 404);
    }

    async fn sums_are_published_of_enough_organisations_alone(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let (header, _) = sample(60, 1, 1);
        base.take(header, reporting(60)).await.unwrap();
        let atlas = Publisher::open(base.ctx.clone()).await.unwrap().current();
        let mut anybody = Town::over(&base).await.browser();
        let mut seen = 0;
        for wave in atlas.waves() {
            let slug = atlas.str(atlas.wave(wave).slug);
            let found = of_wave(&atlas, wave, true);
            let told = anybody.get(&format!("/waves/{slug}/impact.json")).await.json();
            for one in &found.worth {
                let key = atlas.str(atlas.indicator(one.indicator).key);
                let row = told.as_array().unwrap().iter().find(|row| row["figure"] == "reported" && row["key"] == key).unwrap();
                if let Told::Sum { sum, .. } = one.told {
                    seen += 1;
                    assert!(one.complete >= 5 && sum.reported.low <= sum.reported.central);
                    assert_eq!(row["low"], Value::from(od100::analysis::impact::printed(sum.reported.low)));
                } else {
                    assert!(row["low"].is_null() && row["central"].is_null() && row["high"].is_null(), "{row}");
                }
                assert_eq!(row["asked"], Value::from(one.eligible));
            }
        }
        assert!(seen > 0, "one sum at least is published");
        let slug = atlas.str(atlas.wave(atlas.waves().next().unwrap()).slug);
        let then = anybody.get(&format!("/waves/{slug}/impact?asOf=2023-12-31&lang=en")).await.text();
        assert!(!then.contains("class=\"figures\""), "two sums of two days would give an answer away: {then}");
    }

    async fn without_shares_no_sum_is_told(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let (header, organisations) = sample(60, 1, 1);
        let without = organisations.map(|mut organisation| {
            organisation.observations.retain(|one| one.indicator != "data_share");
            organisation
        });
        base.take(header, without.collect()).await.unwrap();
        let atlas = Publisher::open(base.ctx.clone()).await.unwrap().current();
        for wave in atlas.waves() {
            assert!(of_wave(&atlas, wave, true).worth.iter().all(|one| one.told == Told::TooFew));
        }
    }

    async fn the_sample_has_sums_and_pages_files_and_api_say_them_alike(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let (header, organisations) = sample(120, 1, 1);
        base.take(header, organisations.collect()).await.unwrap();
        let atlas = Publisher::open(base.ctx.clone()).await.unwrap().current();
        let mut anybody = Town::over(&base).await.browser();
        let api = Api::over(&base).await;
        let asked = "query($slug: String!) { wave(slug: $slug) { impact { n asOf methodVersion
            totals { scheme coverage { answered asked } rows { code { code } organisationCount recoveredCount } }
            worth { indicator { key } share { key } period currency complete eligible state reported { low central high }
                worstCase { low central high } measureCoverage unbounded } } } }";
        let mut told = 0;
        for wave in atlas.waves() {
            let slug = atlas.str(atlas.wave(wave).slug);
            let impact = api.raw("en", asked, serde_json::json!({ "slug": slug })).await["data"]["wave"]["impact"].clone();
            let file = anybody.get(&format!("/waves/{slug}/impact.json")).await.json();
            let rows = file.as_array().unwrap();
            let page = anybody.get(&format!("/waves/{slug}/impact?lang=en")).await.text();
            let n = impact["n"].as_u64().unwrap();
            assert!(page.contains(&format!("{n} organisations took part")), "{page}");
            for list in impact["totals"].as_array().unwrap() {
                for one in list["rows"].as_array().unwrap() {
                    let same = rows.iter().find(|row| row["figure"] == list["scheme"] && (row["key"] == one["code"]["code"] || (one["code"].is_null() && row["key"].as_str().unwrap_or_default().is_empty()))).unwrap();
                    assert_eq!((&same["organisations"], &same["recovered"]), (&one["organisationCount"], &one["recoveredCount"]));
                    assert_eq!((&same["answered"], &same["asked"]), (&list["coverage"]["answered"], &list["coverage"]["asked"]));
                }
            }
            for one in impact["worth"].as_array().unwrap() {
                let of = |figure: &str| rows.iter().find(|row| row["figure"] == figure && row["key"] == one["indicator"]["key"] && row["period"] == one["period"]);
                let reported = of("reported").unwrap();
                assert_eq!((&reported["answered"], &reported["asked"]), (&one["complete"], &one["eligible"]));
                assert_eq!(reported["state"].as_str().unwrap().to_uppercase(), one["state"].as_str().unwrap());
                for bound in ["low", "central", "high"] {
                    assert_eq!(reported[bound].as_f64(), one["reported"][bound].as_f64(), "{bound} of {one}");
                    let worst = of("worst_case").map(|row| row[bound].as_f64());
                    assert_eq!(worst.flatten(), one["worstCase"][bound].as_f64(), "{bound} of {one}");
                }
                told += usize::from(one["state"] == "PUBLISHED");
            }
            assert!(!file.to_string().contains(CANARY) && !impact.to_string().contains(CANARY));
        }
        assert!(told >= 3, "the sample has sums to show: {told}");
    }

    async fn a_body_shows_its_figures_to_everybody(base) {
        base.take(harness::header(), harness::organisations(3)).await.unwrap();
        let town = Town::over(&base).await;
        let db = base.raw().await;
        let profile = entity::publisher_profile::Entity::find().one(&db).await.unwrap().unwrap();
        let body = entity::organisation::Entity::find_by_id(profile.organisation_id).one(&db).await.unwrap().unwrap();
        let text = town.browser().get(&format!("/publishers/{}?lang=en", body.slug)).await.text();
        assert!(text.contains("The body in figures") && text.contains("n = ") && text.contains("method 1.0"), "{text}");
        assert!(text.contains("nobody has rated yet") && text.contains("no answer was due"), "{text}");
        assert!(!text.contains("0 of 0") && !text.contains(CANARY), "{text}");
    }

    async fn the_card_of_a_body_says_the_same_on_its_page_and_in_the_api(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let (header, organisations) = sample(120, 1, 1);
        base.take(header, organisations.collect()).await.unwrap();
        let mut anybody = Town::over(&base).await.browser();
        let asked = "{ publishers(first: 12) { edges { node { slug scorecard { n users acknowledged confirmed usersNamingDataset sectors criticalityCoverage { answered asked } datasetCoverage { answered asked }
            publishedDatasets usedDatasets reuseRate usersOutsideCapital usersWithPlace coreUsers staleDatasetsWithUsers
            rating { n mean } requestsOpen punctuality { answered answeredInTime overdue medianDays } sdgs
            lateDatasets { slug } topUsers { datasetsNamed organisation { slug } } notConfirmedCount notConfirmed { slug } } } } } }";
        let found = Api::over(&base).await.ask(asked).await;
        let scheme = Api::over(&base).await.ask("{ scheme(id: \"sdg\") { codes { code label } } }").await;
        let sdg = scheme["scheme"]["codes"].as_array().unwrap();
        let words = od100::texts::words(od100::atlas::Lang::EN);
        let (mut rated, mut noted, mut named_goals) = (0, 0, 0);
        for edge in found["publishers"]["edges"].as_array().unwrap() {
            let (slug, card) = (edge["node"]["slug"].as_str().unwrap(), &edge["node"]["scorecard"]);
            let page = anybody.get(&format!("/publishers/{slug}?lang=en")).await.text();
            // A note that its source follows ends without its stop.
            assert!(!page.contains(".\u{a0}·"), "{slug}: {page}");
            noted += usize::from(page.contains("\u{a0}· Ficticia\u{a0}· source: <span lang=\"es\">Nota ficticia</span>"));
            let said = |key: &str| {
                let label = format!("<dt>{}</dt><dd>", words[key]);
                page.split(&label).nth(1).unwrap_or_else(|| panic!("{key} of {slug}: {page}")).split('<').next().unwrap().to_owned()
            };
            let of = |part: &Value, whole: &Value| format!("{part} of {whole}");
            let users = &card["users"];
            assert_eq!((&card["n"], said("card.users")), (users, users.to_string()));
            for (key, part) in [("card.gradeA", "acknowledged"), ("card.confirmed", "confirmed")] {
                // All users, not those who were asked, as the coverage beside it says of its own whole.
                let noun = if users == 1 { "user" } else { "users" };
                assert_eq!(said(key), format!("{} of {users} {noun}", card[part]), "{key} of {slug}");
            }
            // How many name a dataset is said of those that were asked.
            let naming = match card["datasetCoverage"]["asked"].as_u64().unwrap() {
                0 => words["missing.NOT_ASKED"].clone(),
                asked => format!("{} of {asked} asked", card["usersNamingDataset"]),
            };
            assert_eq!(said("card.naming"), naming, "{slug}");
            // How many call it core is said of those that were asked and answered, never of all users.
            let weighed = &card["criticalityCoverage"];
            let core = match (weighed["answered"].as_u64().unwrap(), weighed["asked"].as_u64().unwrap()) {
                (0, 0) => words["missing.NOT_ASKED"].clone(),
                (0, _) => words["card.noneSaid"].clone(),
                (answered, _) => format!("{} of {answered} that have said", card["coreUsers"]),
            };
            assert_eq!(said("card.core"), core, "{slug}");
            assert_eq!(said("card.sectors"), card["sectors"].to_string());
            assert_eq!(said("card.published"), of(&card["usedDatasets"], &card["publishedDatasets"]));
            assert_eq!(said("card.outside"), of(&card["usersOutsideCapital"], &card["usersWithPlace"]));
            assert_eq!(said("card.requests"), card["requestsOpen"].to_string());
            assert_eq!(said("card.overdue"), card["punctuality"]["overdue"].to_string());
            // Goals are called by their names while there is room for them.
            let goals: Vec<u64> = card["sdgs"].as_array().unwrap().iter().map(|goal| goal.as_u64().unwrap()).collect();
            if !goals.is_empty() {
                let label = format!("<dt>{}</dt><dd class=\"words\">", words["card.goals"]);
                let shown = page.split(&label).nth(1).unwrap_or_else(|| panic!("goals of {slug}: {page}")).split('<').next().unwrap();
                let name = |goal: &u64| {
                    let number = goal.to_string();
                    let code = sdg.iter().find(|code| code["code"] == number).unwrap();
                    format!("{goal}\u{a0}{}", code["label"].as_str().unwrap())
                };
                let all = match goals.len() {
                    17 => "all 17".to_owned(),
                    7.. => goals.iter().map(u64::to_string).collect::<Vec<_>>().join(", "),
                    _ => goals.iter().map(name).collect::<Vec<_>>().join("; "),
                };
                named_goals += usize::from(goals.len() < 7);
                assert_eq!(shown, all, "{slug}");
            }
            if let Some(mean) = card["rating"]["mean"].as_f64() {
                rated += 1;
                assert_eq!(said("card.rating"), format!("{mean:.2} of 4 (n {})", card["rating"]["n"]));
            }
            if let Some(days) = card["punctuality"]["medianDays"].as_f64() {
                assert_eq!(said("card.days"), format!("{days:.0} (n {})", card["punctuality"]["answered"]));
            }
            let confirmed = card["confirmed"].as_u64().unwrap();
            assert_eq!(card["notConfirmedCount"].as_u64().unwrap() + confirmed, users.as_u64().unwrap());
            let named = |list: &str| card[list].as_array().unwrap().len() as u64;
            assert_eq!(named("topUsers"), users.as_u64().unwrap().min(20));
            let beyond = users.as_u64().unwrap().saturating_sub(8);
            assert_eq!(page.contains(&format!(">and {beyond} more<")), beyond > 0, "{slug}: those who are not named are counted");
            assert_eq!(named("lateDatasets"), card["staleDatasetsWithUsers"].as_u64().unwrap().min(20));
        }
        assert!(named_goals > 0, "the sample has bodies whose users declare few goals: {found}");
        assert!(rated > 0, "the sample has ratings of some body: {found}");
        assert!(noted > 0, "the sample has bodies that took over from others");
        // Its datasets are those of all that its users are counted of.
        let found = Api::over(&base).await.ask("{ publishers(first: 3) { edges { node { slug topDatasets(first: 50) { rows { dataset { slug } } } datasets(first: 50) { nodes { slug } } } } } }").await;
        for edge in found["publishers"]["edges"].as_array().unwrap() {
            let page = anybody.get(&format!("/publishers/{}?lang=en", edge["node"]["slug"].as_str().unwrap())).await.text();
            assert!(page.contains("class=\"figline\"") && page.contains("n = "), "its figures have their conditions: {page}");
            let named = edge["node"]["topDatasets"]["rows"].as_array().unwrap().iter().map(|row| &row["dataset"]);
            let own = edge["node"]["datasets"]["nodes"].as_array().unwrap();
            assert!(named.clone().count() > 0, "{edge}");
            for dataset in named.chain(own) {
                let link = format!("href=\"/datasets/{}?", dataset["slug"].as_str().unwrap());
                assert!(page.contains(&link), "{link} in {page}");
            }
        }
    }
}
