//! The same table where staff need a second factor: who has a role of staff and has shown none is told so wherever the
//! role would let them in, and is nobody special everywhere else. And a sign-in half done is nobody at all.

use entity::vocabulary::Role;
use od100::app::access::{Access, sign_in};
use od100::domain::access::{Actor, is_staffs};
use od100::domain::second_factor::{Demand, seal::Seal};
use serde_json::json;
use uuid::Uuid;

use super::{ACTORS, contributed, mutations, outcome, queries};
use crate::desk_harness::{SITE, Town};
use crate::harness::on_each_database;
use crate::people::{PASSWORD, from, places};
use crate::second_factor::enrol;

/// The place of somebody without a role among the cells.
const NO_ROLE: usize = 2;
/// What everybody may do and staff must not yet: a token would outlive the session.
const TOKENS: &str = "tokenCreate";

fn cell(cells: &str, at: usize) -> char {
    cells.chars().nth(at).unwrap()
}

/// What somebody of staff is answered whose roles sleep.
fn asleep(field: &str, cells: &str, at: usize) -> char {
    let (awake, nobody) = (cell(cells, at), cell(cells, NO_ROLE));
    if field == TOKENS || (awake != nobody && awake != 'n') { 's' } else { nobody }
}

on_each_database! {
    async fn roles_of_staff_sleep_without_a_second_factor(base) {
        let (organisation, study) = places(&base).await;
        let access = Access::new(base.ctx.clone()).asking(Demand::Staff, Seal::default());
        let town = Town::with(&base, SITE, Vec::new(), access).await;
        let scope = |role| match role {
            Role::OrganisationRepresentative | Role::AgencyLiaison => Some(organisation.0),
            Role::Researcher => Some(study.0),
            _ => None::<Uuid>,
        };
        let mut browsers = Vec::new();
        for role in Role::ALL {
            town.people.with_role(role.as_str(), *role, scope(*role)).await;
            browsers.push((*role, town.signed_in(role.as_str()).await));
        }
        let (mut faults, mut refused) = (Vec::new(), 0);
        for (field, cells, text) in queries().chain(mutations()).chain(contributed()) {
            let is_public = contributed().any(|row| row.0 == *field);
            let is_mutation = is_public || mutations().any(|row| row.0 == *field);
            let query = if is_mutation { format!("mutation {{ {text} {{ userErrors {{ code }} }} }}") } else { (*text).to_owned() };
            for (at, (role, browser)) in browsers.iter_mut().enumerate() {
                let at = at + NO_ROLE + 1;
                let expected = if is_staffs(*role) { asleep(field, cells, at) } else { cell(cells, at) };
                let answer = if is_public { browser.public(&query, json!({})).await } else { browser.desk(&query, json!({})).await };
                let json = answer.json();
                let found = match json["errors"][0]["extensions"]["code"].as_str() {
                    Some("SECOND_FACTOR_NEEDED") => {
                        let says = json["errors"][0]["message"].as_str().unwrap();
                        assert!(says.contains("/account/second-factor"), "it says what to do: {says}");
                        refused += 1;
                        's'
                    }
                    _ => outcome(&json, field),
                };
                if found != expected {
                    faults.push(format!("{field} by {}: {found}, not {expected}: {}", ACTORS[at], answer.text()));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(refused > 50, "{refused}");
    }

    async fn half_a_sign_in_is_nobody(base) {
        places(&base).await;
        let town = Town::over(&base).await;
        town.people.with_role("root", Role::Admin, None).await;
        let mut browser = town.signed_in("root").await;
        enrol(&base, &mut browser).await;
        let half = sign_in::by_password(&town.people.access, &Actor::Anonymous, from(9), "root@example.org", PASSWORD).await;
        let od100::app::access::half::Entered::Asked(secret) = half.unwrap() else { panic!("a code is asked for") };
        // As what it is, as a session, and as the token of a program.
        let mut as_it_is = town.browser();
        as_it_is.cookies.insert("__Host-od100-half".to_owned(), secret.expose().to_owned());
        let mut as_session = town.browser();
        as_session.cookies.insert("__Host-od100".to_owned(), secret.expose().to_owned());
        assert_eq!(town.people.actor(secret.expose()).await, Actor::Anonymous);
        assert_eq!(od100::app::access::token::actor(&town.people.access, secret.expose()).await.unwrap(), None);
        for browser in [&mut as_it_is, &mut as_session] {
            for (field, cells, text) in queries().chain(mutations()) {
                let is_mutation = mutations().any(|row| row.0 == *field);
                let query = if is_mutation { format!("mutation {{ {text} {{ userErrors {{ code }} }} }}") } else { (*text).to_owned() };
                let answer = browser.desk(&query, json!({})).await;
                assert_eq!(outcome(&answer.json(), field), cell(cells, 0), "{field}: {}", answer.text());
            }
            for page in ["/account", "/account/second-factor", "/account/data.json", "/desk", "/desk/accounts", "/desk/review"] {
                let answer = browser.get(page).await;
                assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/sign-in"), "{page}");
            }
        }
    }
}
