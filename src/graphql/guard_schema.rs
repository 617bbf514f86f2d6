//! What the guard must know of the schema: which fields are lists and which are pages. It is read
//! from the schema's own description, so that a new field cannot be forgotten here.

use std::collections::HashMap;

use async_graphql::{
    Value,
    parser::{
        parse_schema,
        types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition},
    },
};

/// Arguments that say how long a list may be.
const PAGE_ARGUMENTS: [&str; 4] = ["first", "last", "limit", "top"];

/// The types of a schema, as far as the size of an answer depends on them.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    types: HashMap<String, HashMap<String, Shape>>,
    query: String,
    mutation: String,
}

/// How a field multiplies what is selected inside it.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The innermost named type.
    pub of: String,
    /// Whether the field is a list.
    pub is_list: bool,
    /// The argument that bounds it and the value it has when left out.
    pub page: Option<(&'static str, Option<u64>)>,
    /// Whether it may be null; of a list next whether its items may, and so on.
    nulls: Vec<bool>,
}

impl Shape {
    /// Whether the value may be null that has so many lists of this field around it.
    pub fn may_be_null(&self, level: usize) -> bool {
        self.nulls.get(level).copied().unwrap_or(true)
    }
}

impl Shapes {
    /// Reads a schema description.
    ///
    /// # Panics
    /// When the description is not GraphQL, which a schema that prints itself cannot be.
    #[expect(clippy::expect_used, reason = "the schema prints its own description")]
    pub fn of(sdl: &str) -> Self {
        let document = parse_schema(sdl).expect("the schema describes itself");
        let mut shapes = Self { types: HashMap::new(), query: "Query".into(), mutation: "Mutation".into() };
        for definition in document.definitions {
            match definition {
                TypeSystemDefinition::Schema(schema) => {
                    if let Some(name) = schema.node.query {
                        shapes.query = name.node.to_string();
                    }
                    if let Some(name) = schema.node.mutation {
                        shapes.mutation = name.node.to_string();
                    }
                }
                TypeSystemDefinition::Type(definition) => {
                    let fields = match definition.node.kind {
                        TypeKind::Object(object) => object.fields,
                        TypeKind::Interface(interface) => interface.fields,
                        _ => continue,
                    };
                    let fields = fields.into_iter().map(|f| (f.node.name.node.to_string(), shape(&f.node))).collect();
                    shapes.types.insert(definition.node.name.node.to_string(), fields);
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        shapes
    }

    /// The field `field` of type `of`; `None` when the schema has no such field.
    pub fn field(&self, of: &str, field: &str) -> Option<&Shape> {
        self.types.get(of)?.get(field)
    }

    /// The type that queries start from.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The type that mutations start from.
    pub fn mutation(&self) -> &str {
        &self.mutation
    }
}

fn shape(field: &FieldDefinition) -> Shape {
    let (of, is_list) = innermost(&field.ty.node);
    let page = field.arguments.iter().find_map(|argument| {
        let name = PAGE_ARGUMENTS.into_iter().find(|known| argument.node.name.node == *known)?;
        let default = argument.node.default_value.as_ref().and_then(|value| match &value.node {
            Value::Number(number) => number.as_u64(),
            _ => None,
        });
        Some((name, default))
    });
    Shape { of, is_list, page, nulls: nulls(&field.ty.node) }
}

fn nulls(ty: &Type) -> Vec<bool> {
    let inner = match &ty.base {
        BaseType::Named(_) => Vec::new(),
        BaseType::List(inner) => nulls(inner),
    };
    [vec![ty.nullable], inner].concat()
}

fn innermost(ty: &Type) -> (String, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.to_string(), false),
        BaseType::List(inner) => (innermost(inner).0, true),
    }
}
