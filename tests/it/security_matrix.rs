//! Every field of both schemas, asked by every sort of actor: what is not in the table fails, and what the
//! table says is what happens.

mod access;
mod asleep;
mod demand;
mod feedback;
mod matching;
mod nested;
mod publisher;
mod review;
mod survey;
mod takeover;

use std::collections::BTreeSet;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
use entity::vocabulary::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::desk_harness::Town;
use crate::harness::on_each_database;
use crate::people::places;

/// Who asks, in the order of the cells.
const ACTORS: [&str; 10] = [
    "visitor",
    "expired",
    "no role",
    "contributor",
    "representative",
    "researcher",
    "liaison",
    "curator",
    "admin",
    "service",
];

/// `y` is answered, `n` is FORBIDDEN, `u` is UNAUTHENTICATED, `0` is null.
type Cells = &'static str;

/// A field, who may use it, and how it is asked.
type Row = (&'static str, Cells, &'static str);

/// Queries of the desk, by area.
const DESK_QUERIES: &[&[Row]] = &[
    access::QUERIES,
    survey::QUERIES,
    review::QUERIES,
    demand::QUERIES,
    matching::QUERIES,
    publisher::QUERIES,
    feedback::QUERIES,
    takeover::QUERIES,
];

/// Mutations of the desk by area, with input that breaks a rule, so that who may do it is told so and nothing changes.
const DESK_MUTATIONS: &[&[Row]] = &[
    access::MUTATIONS,
    survey::MUTATIONS,
    review::MUTATIONS,
    demand::MUTATIONS,
    matching::MUTATIONS,
    publisher::MUTATIONS,
    feedback::MUTATIONS,
    takeover::MUTATIONS,
];

/// Mutations of the public schema, by area.
const PUBLIC_MUTATIONS: &[&[(&str, &str)]] = &[
    access::PUBLIC_MUTATIONS,
    survey::PUBLIC_MUTATIONS,
    review::PUBLIC_MUTATIONS,
    demand::PUBLIC_MUTATIONS,
    feedback::PUBLIC_MUTATIONS,
];

/// Mutations of the public schema that not everybody may use, by area.
const CONTRIBUTED: &[&[Row]] = &[review::CONTRIBUTED, demand::MEMBER_MUTATIONS];

fn queries() -> impl Iterator<Item = &'static Row> {
    DESK_QUERIES.iter().copied().flatten()
}

fn mutations() -> impl Iterator<Item = &'static Row> {
    DESK_MUTATIONS.iter().copied().flatten()
}

fn public_mutations() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    PUBLIC_MUTATIONS.iter().copied().flatten()
}

fn contributed() -> impl Iterator<Item = &'static Row> {
    CONTRIBUTED.iter().copied().flatten()
}

fn fields(sdl: &str, of: &str) -> BTreeSet<String> {
    let definitions = parse_schema(sdl).unwrap().definitions.into_iter();
    let found = definitions.filter_map(|definition| match definition {
        TypeSystemDefinition::Type(one) if one.node.name.node == of => match one.node.kind {
            TypeKind::Object(object) => Some(object.fields),
            _ => None,
        },
        _ => None,
    });
    found.flatten().map(|field| field.node.name.node.to_string()).collect()
}

fn named<'t>(table: impl Iterator<Item = &'t str>) -> BTreeSet<String> {
    table.map(str::to_owned).collect()
}

#[test]
fn every_field_has_a_row() {
    let (public, desk) = (od100::graphql::schema::sdl(), od100::graphql::desk::sdl());
    assert_eq!(fields(&desk, "DeskQuery"), named(queries().map(|row| row.0)));
    assert_eq!(fields(&desk, "DeskMutation"), named(mutations().map(|row| row.0)));
    assert_eq!(
        fields(&public, "Mutation"),
        named(public_mutations().map(|row| row.0).chain(contributed().map(|row| row.0)))
    );
    for cells in queries().chain(mutations()).chain(contributed()).map(|row| row.1) {
        assert_eq!(cells.len(), ACTORS.len());
    }
}

fn outcome(answer: &Value, field: &str) -> char {
    match answer["errors"][0]["extensions"]["code"].as_str() {
        Some("FORBIDDEN") => 'n',
        Some("UNAUTHENTICATED") => 'u',
        Some(_) => '?',
        None if answer["data"][field].is_null() => '0',
        None => 'y',
    }
}

on_each_database! {
    async fn the_table_is_what_happens(base) {
        let (organisation, study) = places(&base).await;
        let town = Town::over(&base).await;
        let scope = |role| match role {
            Role::OrganisationRepresentative | Role::AgencyLiaison => Some(organisation.0),
            Role::Researcher => Some(study.0),
            _ => None::<Uuid>,
        };
        town.people.account("expired").await;
        let expired = town.signed_in("expired").await;
        base.clock.set(base.clock.now() + chrono::TimeDelta::days(8));
        town.people.account("nobody").await;
        let mut browsers = vec![town.browser(), expired, town.signed_in("nobody").await];
        for role in Role::ALL {
            town.people.with_role(role.as_str(), *role, scope(*role)).await;
            browsers.push(town.signed_in(role.as_str()).await);
        }
        assert_eq!(browsers.len(), ACTORS.len());
        let mut faults = Vec::new();
        for (field, cells, text) in queries().chain(mutations()).chain(contributed()) {
            let is_public = contributed().any(|row| row.0 == *field);
            let is_mutation = is_public || mutations().any(|row| row.0 == *field);
            let query = if is_mutation { format!("mutation {{ {text} {{ userErrors {{ code }} }} }}") } else { (*text).to_owned() };
            for ((browser, expected), actor) in browsers.iter_mut().zip(cells.chars()).zip(ACTORS) {
                let answer = if is_public { browser.public(&query, json!({})).await } else { browser.desk(&query, json!({})).await };
                let found = outcome(&answer.json(), field);
                if found != expected {
                    faults.push(format!("{field} by {actor}: {found}, not {expected}: {}", answer.text()));
                }
                if is_mutation && found == 'y' {
                    let errors = &answer.json()["data"][field]["userErrors"];
                    assert_ne!(errors.as_array().map(Vec::len), Some(0), "{field} by {actor} did something");
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    async fn public_fields_answer_everybody_alike(base) {
        places(&base).await;
        let town = Town::over(&base).await;
        town.people.with_role("root", Role::Admin, None).await;
        let mut browsers = [town.browser(), town.signed_in("root").await];
        let sdl = od100::graphql::schema::sdl();
        let mut asked = 0;
        for field in fields(&sdl, "Query") {
            // A field that needs arguments answers an error, to everybody the same.
            let query = format!("{{ {field} {{ __typename }} }}");
            let mut answers = Vec::new();
            for browser in &mut browsers {
                answers.push(browser.public(&query, json!({})).await.text());
            }
            assert_eq!(answers[0], answers[1], "{field}");
            asked += 1;
        }
        assert!(asked > 20);
        for (field, text) in public_mutations() {
            let answer = town.browser().public(&format!("mutation {{ {text} }}"), json!({})).await;
            assert_eq!(outcome(&answer.json(), field), 'y', "{field}: {}", answer.text());
        }
    }
}
