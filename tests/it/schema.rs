//! The checked-in contract is what the code says, and everything in it is documented.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};

#[test]
fn schema_graphql_is_up_to_date() {
    let written = include_str!("../../schema.graphql");
    assert!(written == od100::graphql::schema::sdl(), "schema.graphql is out of date: run make schema");
}

#[test]
fn every_type_and_computed_field_is_documented() {
    let sdl = od100::graphql::schema::sdl();
    let mut silent = Vec::new();
    for definition in parse_schema(&sdl).unwrap().definitions {
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
