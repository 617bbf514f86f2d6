//! Draws requests from the descriptions of the schemas: a field, its arguments, some of what it gives.

use std::collections::BTreeMap;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};

use crate::chance::pick;

/// A request, and which of the two schemas it is for.
pub(super) struct Asked {
    pub(super) is_desk: bool,
    pub(super) query: String,
    pub(super) variables: Value,
}

type Types = BTreeMap<String, TypeKind>;

/// Both schemas, and names of things that are there.
pub(super) struct Schemas {
    public: Types,
    desk: Types,
    known: Vec<String>,
}

/// Texts that have broken programs before.
const HOSTILE: &[&str] = &[
    "",
    " ",
    "a",
    "ñandú Ñ ß ﬁ",
    "Раypal",
    "\u{202e}txt.exe",
    "\u{0}",
    "a\u{0}b",
    "\u{feff}",
    "e\u{301}\u{301}\u{301}",
    "\u{1f469}\u{200d}\u{1f4bb}",
    "'; drop table account; --",
    "\" or 1=1",
    "%_\\%",
    "*",
    "\\",
    "\r\nBcc: x@example.org",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "${7*7}",
    "{{7*7}}",
    "null",
    "undefined",
    "NaN",
    "-1",
    "0",
    "1e999",
    "9223372036854775808",
    "2025-02-30",
    "0000-01-01",
    "9999-12-31",
    "2025-06-30",
    "2025-06",
    "2025-06-30T12:00:00Z",
    "+292278994-08-17T07:12:55Z",
    "P1M",
    "https://example.org",
    "javascript:alert(1)",
    "http://[::1]:99999/",
    "x@example.org",
    "a@b@c",
    "es",
    "mx",
    "MX",
    "sdg",
    "13",
    "Compañía",
    "energy",
];

const NUMBERS: &[i64] = &[0, 1, 2, -1, 20, 100, 101, 2_147_483_647, -2_147_483_648, 2_147_483_648, i64::MAX, i64::MIN];

fn types(sdl: &str) -> Types {
    let definitions = parse_schema(sdl).unwrap().definitions.into_iter();
    let named = definitions.filter_map(|definition| match definition {
        TypeSystemDefinition::Type(one) => Some((one.node.name.node.to_string(), one.node.kind)),
        _ => None,
    });
    named.collect()
}

impl Schemas {
    pub(super) fn new(known: Vec<String>) -> Self {
        let (public, desk) = (types(&od100::graphql::schema::sdl()), types(&od100::graphql::desk::sdl()));
        Self { public, desk, known }
    }

    /// A request.
    pub(super) fn request(&mut self, rng: &mut ChaCha8Rng) -> Asked {
        let is_desk = rng.random_bool(0.5);
        let types = if is_desk { &self.desk } else { &self.public };
        let (word, root) = match (is_desk, rng.random_bool(0.4)) {
            (false, false) => ("query", "Query"),
            (false, true) => ("mutation", "Mutation"),
            (true, false) => ("query", "DeskQuery"),
            (true, true) => ("mutation", "DeskMutation"),
        };
        let mut drawing = Drawing { types, known: &self.known, rng, declared: Vec::new(), variables: Map::new() };
        let field = drawing.field_of(root, 4).unwrap_or_else(|| "__typename".to_owned());
        let declared = drawing.declared.join(", ");
        let head = if declared.is_empty() { String::new() } else { format!("({declared})") };
        Asked { is_desk, query: format!("{word}{head} {{ {field} }}"), variables: Value::Object(drawing.variables) }
    }
}

/// Addresses of pages, with parts of chance.
pub(super) fn paths(rng: &mut ChaCha8Rng, count: usize) -> Vec<String> {
    const PAGES: &[&str] = &[
        "/organisations/",
        "/publishers/",
        "/datasets/",
        "/sectors/",
        "/sdgs/",
        "/answer/",
        "/join/",
        "/id/organisation/",
        "/preview/",
        "/embed/",
        "/download/",
        "/?q=",
        "/?chapter=",
        "/?asOf=",
        "/?knownAt=",
        "/sign-in/link/",
        "/desk/",
        "/graphql?query=",
        "/graphql?id=",
        "/areas/",
        "/studies/",
    ];
    let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    (0..count).map(|_| format!("{}{}", pick(rng, PAGES), encode(pick(rng, HOSTILE)))).collect()
}

struct Drawing<'d> {
    types: &'d Types,
    known: &'d [String],
    rng: &'d mut ChaCha8Rng,
    declared: Vec<String>,
    variables: Map<String, Value>,
}

impl Drawing<'_> {
    /// A field of a type with its arguments and what is asked of it.
    fn field_of(&mut self, of: &str, depth: u8) -> Option<String> {
        let fields: &[_] = match self.types.get(of)? {
            TypeKind::Object(object) => &object.fields,
            TypeKind::Interface(interface) => &interface.fields,
            _ => return None,
        };
        let field = &fields[self.rng.random_range(0..fields.len())].node;
        self.field(field, depth)
    }

    fn field(&mut self, field: &FieldDefinition, depth: u8) -> Option<String> {
        let name = &field.name.node;
        let below = match base(&field.ty.node) {
            leaf if self.is_leaf(leaf) => String::new(),
            _ if depth == 0 => return None,
            composite => {
                let mut asked: Vec<String> = Vec::new();
                for _ in 0..self.rng.random_range(1..5) {
                    asked.extend(self.field_of(composite, depth - 1));
                }
                // One field asked twice with other arguments is refused before it runs: names of their own.
                let asked = asked.iter().enumerate().map(|(n, one)| format!("f{}{n}: {one}", depth - 1));
                format!(" {{ __typename {} }}", asked.collect::<Vec<_>>().join(" "))
            }
        };
        let mut arguments = Vec::new();
        for argument in &field.arguments {
            let argument = &argument.node;
            if argument.ty.node.nullable && self.rng.random_bool(0.6) {
                continue;
            }
            let variable = format!("v{}", self.declared.len());
            let value = self.argument(argument);
            self.declared.push(format!("${variable}: {}", argument.ty.node));
            self.variables.insert(variable.clone(), value);
            arguments.push(format!("{}: ${variable}", argument.name.node));
        }
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        Some(format!("{name}{arguments}{below}"))
    }

    fn is_leaf(&self, name: &str) -> bool {
        !matches!(self.types.get(name), Some(TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_)))
    }

    fn argument(&mut self, argument: &InputValueDefinition) -> Value {
        // Mostly what has the right shape: what has not is refused before anything runs.
        if self.rng.random_bool(0.03) {
            return [json!(null), json!([]), json!({}), json!(1.5), json!("x"), json!(true)]
                [self.rng.random_range(0..6)]
            .clone();
        }
        self.value(&argument.ty.node, 4)
    }

    fn value(&mut self, ty: &Type, depth: u8) -> Value {
        if ty.nullable && self.rng.random_bool(0.15) {
            return Value::Null;
        }
        match &ty.base {
            BaseType::List(inner) => {
                let length = if self.rng.random_bool(0.02) { 300 } else { self.rng.random_range(0..4) };
                (0..length).map(|_| self.value(inner, depth)).collect()
            }
            BaseType::Named(name) => self.named(name, depth),
        }
    }

    fn named(&mut self, name: &str, depth: u8) -> Value {
        match self.types.get(name) {
            Some(TypeKind::Enum(one)) => {
                if self.rng.random_bool(0.02) {
                    return json!("NO_SUCH_VALUE");
                }
                json!(one.values[self.rng.random_range(0..one.values.len())].node.value.node.as_str())
            }
            Some(TypeKind::InputObject(input)) => {
                let mut fields = Map::new();
                for field in &input.fields {
                    let (ty, is_left_out) = (&field.node.ty.node, self.rng.random_bool(0.6));
                    if ty.nullable && (is_left_out || depth == 0) {
                        continue;
                    }
                    fields.insert(field.node.name.node.to_string(), self.value(ty, depth.saturating_sub(1)));
                }
                Value::Object(fields)
            }
            _ => self.scalar(name),
        }
    }

    fn scalar(&mut self, name: &str) -> Value {
        match name {
            "Int" => {
                // Mostly a number that is taken, so that what is behind it runs.
                if self.rng.random_bool(0.7) {
                    json!(self.rng.random_range(0..30))
                } else {
                    json!(NUMBERS[self.rng.random_range(0..NUMBERS.len())])
                }
            }
            "Float" => [json!(0.0), json!(-0.0), json!(1e308), json!(-99.1), json!(19.4), json!(5e-324)]
                [self.rng.random_range(0..6)]
            .clone(),
            "Boolean" => json!(self.rng.random_bool(0.5)),
            "Date" if self.rng.random_bool(0.6) => {
                json!(["2025-06-30", "2014-01-01", "2030-12-31"][self.rng.random_range(0..3)])
            }
            "DateTime" if self.rng.random_bool(0.6) => json!("2025-06-30T12:00:00Z"),
            _ => match self.rng.random_range(0..10) {
                0 => json!("x".repeat(20_000)),
                1 => json!("ñ\u{301}".repeat(700)),
                2 | 3 if !self.known.is_empty() => json!(self.known[self.rng.random_range(0..self.known.len())]),
                4 => json!(format!("organisation:{}", uuid::Uuid::from_u128(self.rng.random()))),
                _ => json!(pick(self.rng, HOSTILE)),
            },
        }
    }
}

/// The name at the bottom of a type.
fn base(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(inner) => base(inner),
    }
}
