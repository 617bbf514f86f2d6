//! The checked-in contract is what the code says, and everything in it is documented.

use async_graphql::Variables;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
use async_graphql::parser::{parse_query, parse_schema};
use od100::graphql::guard::{LIMITS, check};
use od100::graphql::guard_schema::Shapes;
use serde_json::json;

#[test]
fn schema_graphql_is_up_to_date() {
    let written = include_str!("../../schema.graphql");
    assert!(written == od100::graphql::schema::sdl(), "schema.graphql is out of date: run make schema");
}

#[test]
fn desk_graphql_is_up_to_date() {
    let written = include_str!("../../desk.graphql");
    assert!(written == od100::graphql::desk::sdl(), "desk.graphql is out of date: run make schema");
}

#[test]
fn what_the_schema_does_not_have_is_left_to_validation() {
    let shapes = Shapes::of(&od100::graphql::schema::sdl());
    let asked = r#"{ dataset(slug: "x") { feedback(first: 5) { nodes { comment rating reply { a { b c } } } } } }"#;
    let cost = check(&parse_query(asked).unwrap(), &Variables::default(), &shapes, &LIMITS).unwrap();
    assert!(cost.nodes < 500, "{cost:?}");
}

#[test]
fn the_public_schema_names_nothing_of_the_desk() {
    let types = |sdl: &str| {
        let definitions = parse_schema(sdl).unwrap().definitions.into_iter();
        // Words of closed sets and of filters mean the same in both; what holds values of the desk is the desk's.
        let holds = |kind: &TypeKind| matches!(kind, TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_));
        let named = definitions.filter_map(|definition| match definition {
            TypeSystemDefinition::Type(one) if holds(&one.node.kind) => Some(one.node.name.node.to_string()),
            _ => None,
        });
        named.collect::<std::collections::BTreeSet<_>>()
    };
    let (public, desk) = (types(&od100::graphql::schema::sdl()), types(&od100::graphql::desk::sdl()));
    let shared: Vec<_> = public.intersection(&desk).map(String::as_str).collect();
    assert_eq!(shared, ["PageInfo", "UserError"]);
    assert!(desk.len() > 25);
    let sdl = od100::graphql::schema::sdl();
    for private in
        ["Viewer", "Account", "RoleGrant", "Session", "Token", "displayName", "lastError", "grants", "secret"]
    {
        let found = sdl.split(|c: char| !c.is_alphanumeric()).any(|word| word == private);
        assert!(!found, "the public schema says {private}");
    }
}

#[test]
fn no_question_of_the_frontend_is_too_large() {
    let kept = od100::http::assets::bytes("persisted.json").expect("the frontend is built");
    let texts: std::collections::BTreeMap<String, String> = serde_json::from_slice(&kept).unwrap();
    let shapes = Shapes::of(&od100::graphql::schema::sdl());
    assert!(texts.len() > 20);
    for text in texts.into_values() {
        let question = text.split(['(', '{']).next().unwrap_or_default().to_owned();
        let variables = Variables::from_json(json!({ "first": LIMITS.page_max }));
        if let Err(refused) = check(&parse_query(&text).unwrap(), &variables, &shapes, &LIMITS) {
            panic!("{question}: {refused}");
        }
    }
}

#[test]
fn every_type_and_computed_field_is_documented() {
    undocumented(&od100::graphql::schema::sdl());
    undocumented(&od100::graphql::desk::sdl());
}

fn undocumented(sdl: &str) {
    let mut silent = Vec::new();
    for definition in parse_schema(sdl).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let of = definition.node.name.node.to_string();
        if definition.node.description.is_none() {
            silent.push(of.clone());
        }
        let fields = match definition.node.kind {
            TypeKind::Object(object) => object.fields,
            TypeKind::Interface(interface) => interface.fields,
            _ => continue,
        };
        for field in fields {
            if field.node.description.is_none() {
                silent.push(format!("{of}.{}", field.node.name.node));
            }
        }
    }
    assert!(silent.is_empty(), "no description: {}", silent.join(", "));
}
