//! Requests of chance, drawn from the schemas: valid in shape and hostile in content, by every sort of actor. None is
//! answered as a fault of ours, none panics, and nothing private comes out.
//!
//! `OD100_TEST_FUZZ` sets how many, `OD100_TEST_SEED` repeats a run.

mod draw;

use std::fmt::Write as _;

use entity::vocabulary::Role;
use serde_json::json;

use crate::chance::{chance, setting};
use crate::desk_harness::{Browser, Town};
use crate::harness::{CANARY, on_each_database};
use crate::log_capture::Log;
use crate::survey_harness::{Field, PRIVATE};
use draw::{Schemas, paths};

/// What no answer to anybody may hold here: nobody of the actors asks for contacts or answers that are theirs.
fn private() -> impl Iterator<Item = &'static str> {
    PRIVATE.into_iter().chain([CANARY])
}

/// What tells a fault of ours.
const FAULTS: [&str; 3] = ["\"code\":\"INTERNAL\"", "panicked", "internal error"];

on_each_database! {
    async fn no_request_of_chance_is_a_fault_of_ours(base) {
        let field = Field::over(base).await;
        let (_, secret) = field.invite("Datos del Sur").await;
        let link = field.follow(&secret).await;
        od100::app::survey::save::save(&field.base.ctx, &link, crate::survey_harness::mandatory(&field, true).await, None).await.unwrap();
        let town = Town::over(&field.base).await;
        let mut actors: Vec<(&str, Browser)> = vec![("visitor", town.browser())];
        let study = field.study.entity_id.0;
        for role in Role::ALL {
            let scope = match role {
                Role::Researcher => Some(study),
                Role::OrganisationRepresentative | Role::AgencyLiaison => Some(link.response.organisation_id.0),
                _ => None,
            };
            town.people.with_role(role.as_str(), *role, scope).await;
            actors.push((role.as_str(), town.signed_in(role.as_str()).await));
        }
        let account = town.people.account("nobody").await;
        let known = vec![
            format!("organisation:{}", link.response.organisation_id.0),
            format!("study:{study}"),
            format!("account:{}", account.0),
            format!("response:{}", link.response.entity_id.0),
            "compania-1".to_owned(),
            secret.expose().to_owned(),
        ];
        let (seed, mut rng) = chance(20_261_127);
        let count = setting("OD100_TEST_FUZZ", 1_500);
        let mut schemas = Schemas::new(known);
        let log = Log::start();
        let (mut faults, mut answered, mut data) = (String::new(), 0, 0);
        for number in 0..count {
            let at = usize::try_from(number).unwrap() % actors.len();
            let (name, browser) = &mut actors[at];
            let kept = browser.cookies.clone();
            let asked = schemas.request(&mut rng);
            let answer = if asked.is_desk {
                browser.desk(&asked.query, asked.variables.clone()).await
            } else {
                browser.public(&asked.query, asked.variables.clone()).await
            };
            // Whoever signs out or in by chance is who they were for the next request.
            browser.cookies = kept;
            answered += 1;
            let (status, text) = (answer.status.as_u16(), answer.text());
            data += u64::from(text.contains("\"data\":{"));
            let is_fault = status >= 500 || FAULTS.iter().any(|word| text.contains(word));
            let leak = private().find(|word| text.contains(word));
            if is_fault || leak.is_some() {
                let variables: String = asked.variables.to_string().chars().take(400).collect();
                writeln!(faults, "{number} by {name}: {status} {leak:?} {}\n  {} {variables}", text.chars().take(300).collect::<String>(), asked.query).unwrap();
            }
        }
        // The pages of links and files take what they are given too.
        for path in paths(&mut rng, 300) {
            let Ok(request) = axum::http::Request::get(&path).body(axum::body::Body::empty()) else { continue };
            let answer = actors[0].1.send(request).await;
            if answer.status.as_u16() >= 500 {
                writeln!(faults, "{path}: {}", answer.status).unwrap();
            }
        }
        let logged = log.text();
        for word in private().chain(["panicked", "a resolver failed"]) {
            if let Some(line) = logged.lines().find(|line| line.contains(word)) {
                writeln!(faults, "the log says '{word}': {}", line.chars().take(400).collect::<String>()).unwrap();
            }
        }
        assert!(faults.is_empty(), "seed {seed}:\n{faults}");
        assert_eq!(answered, count);
        assert!(data * 5 > count, "of {count} requests only {data} were executed: the draw is too wild to find anything");
        assert!(json!(logged).as_str().is_some_and(|text| !text.is_empty()), "the log was kept");
    }
}
