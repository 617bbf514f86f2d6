//! Completes an answer that has errors as GraphQL has it: a field that failed and may not be null takes the nearest value
//! around it that may be. The engine leaves such a field out and goes on.

use async_graphql::{
    Name, PathSegment, ServerError, Value,
    parser::types::{DocumentOperations, ExecutableDocument, Field, OperationType, Selection, SelectionSet},
};

use super::guard_schema::{Shape, Shapes};

/// What an answer is completed by.
pub struct Selected<'a> {
    pub document: &'a ExecutableDocument,
    /// The operation that ran, where the document has several.
    pub operation: Option<&'a str>,
    pub shapes: &'a Shapes,
}

impl Selected<'_> {
    /// Puts null where the errors leave no value.
    pub fn complete(&self, data: &mut Value, errors: &[ServerError]) {
        let operation = match &self.document.operations {
            DocumentOperations::Single(operation) => Some(operation),
            DocumentOperations::Multiple(all) => self.operation.and_then(|name| all.get(name)),
        };
        let Some(operation) = operation else { return };
        let root = match operation.node.ty {
            OperationType::Mutation => self.shapes.mutation(),
            _ => self.shapes.query(),
        };
        for error in errors.iter().filter(|error| !error.path.is_empty()) {
            if self.fails(data, (&operation.node.selection_set.node, root), &error.path) {
                *data = Value::Null;
            }
        }
    }

    /// Whether an object cannot stand because of an error inside it.
    fn fails(&self, object: &mut Value, (set, of): (&SelectionSet, &str), path: &[PathSegment]) -> bool {
        let Some((PathSegment::Field(key), rest)) = path.split_first() else { return false };
        let Some((field, parent)) = self.find(set, of, key) else { return false };
        let Some(shape) = self.shapes.field(parent, field.name.node.as_str()) else { return false };
        // An object of which nothing came is null already; whether it may be is asked of what holds it.
        let Value::Object(values) = object else { return true };
        let is_lost = match values.get_mut(key.as_str()) {
            Some(value) if rest.is_empty() => *value == Value::Null,
            Some(value) => self.fails_in(value, (&field.selection_set.node, shape), rest, 1),
            None => true,
        };
        if !is_lost {
            return false;
        }
        if shape.may_be_null(0) {
            values.insert(Name::new(key), Value::Null);
        }
        !shape.may_be_null(0)
    }

    /// The same of the value of a field, which may be a list of lists; `level` of them are around its items.
    fn fails_in(
        &self,
        value: &mut Value,
        (set, shape): (&SelectionSet, &Shape),
        path: &[PathSegment],
        level: usize,
    ) -> bool {
        let Some((PathSegment::Index(at), rest)) = path.split_first() else {
            return self.fails(value, (set, &shape.of), path);
        };
        let Value::List(items) = value else { return true };
        let Some(item) = items.get_mut(*at) else { return true };
        let is_lost =
            if rest.is_empty() { *item == Value::Null } else { self.fails_in(item, (set, shape), rest, level + 1) };
        if is_lost && shape.may_be_null(level) {
            *item = Value::Null;
        }
        is_lost && !shape.may_be_null(level)
    }

    /// The field that has a place in the answer, and the type that it is of.
    fn find<'s>(&'s self, set: &'s SelectionSet, of: &'s str, key: &str) -> Option<(&'s Field, &'s str)> {
        set.items.iter().find_map(|selection| match &selection.node {
            Selection::Field(field) => (field.node.response_key().node.as_str() == key).then_some((&field.node, of)),
            Selection::InlineFragment(inline) => {
                let of = inline.node.type_condition.as_ref().map_or(of, |on| on.node.on.node.as_str());
                self.find(&inline.node.selection_set.node, of, key)
            }
            Selection::FragmentSpread(spread) => {
                let fragment = &self.document.fragments.get(&spread.node.fragment_name.node)?.node;
                self.find(&fragment.selection_set.node, fragment.type_condition.node.on.node.as_str(), key)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    const SDL: &str =
        "type Query { a: A b: B! } type A { name: String! items: [B!]! loose: [B] } type B { id: ID! word: String }";

    fn completed(query: &str, data: serde_json::Value, paths: &[&[&str]]) -> serde_json::Value {
        let (document, shapes) = (parse_query(query).unwrap(), Shapes::of(SDL));
        let mut data = Value::from_json(data).unwrap();
        let segment = |part: &&str| match part.parse() {
            Ok(at) => PathSegment::Index(at),
            Err(_) => PathSegment::Field((*part).to_owned()),
        };
        let errors: Vec<ServerError> = paths
            .iter()
            .map(|path| ServerError { path: path.iter().map(segment).collect(), ..ServerError::new("no", None) })
            .collect();
        Selected { document: &document, operation: None, shapes: &shapes }.complete(&mut data, &errors);
        data.into_json().unwrap()
    }

    #[test]
    fn what_may_not_be_null_takes_what_is_around_it() {
        for (query, data, path, whole) in [
            ("{ a { name items { id } } }", json!({ "a": { "name": "x" } }), &["a", "items"][..], json!({ "a": null })),
            ("{ b { id } a { name } }", json!({ "a": { "name": "x" } }), &["b"], json!(null)),
            (
                "{ one: a { ...N } } fragment N on A { n: name }",
                json!({ "one": {} }),
                &["one", "n"],
                json!({ "one": null }),
            ),
            (
                "{ a { name loose { id word } } }",
                json!({ "a": { "name": "x", "loose": [{ "word": "w" }, { "id": "2" }] } }),
                &["a", "loose", "0", "id"],
                json!({ "a": { "name": "x", "loose": [null, { "id": "2" }] } }),
            ),
            (
                "{ a { name items { id word } } }",
                json!({ "a": { "name": "x", "items": [{ "word": "w" }] } }),
                &["a", "items", "0", "id"],
                json!({ "a": null }),
            ),
            // Of an object whose only field failed the engine makes null.
            (
                "{ a { items { id } } }",
                json!({ "a": { "items": [null] } }),
                &["a", "items", "0", "id"],
                json!({ "a": null }),
            ),
            (
                "{ b { id word } }",
                json!({ "b": { "id": "1", "word": null } }),
                &["b", "word"],
                json!({ "b": { "id": "1", "word": null } }),
            ),
        ] {
            assert_eq!(completed(query, data, &[path]), whole, "{query}");
        }
    }

    #[test]
    fn a_second_error_finds_what_the_first_left() {
        let data = json!({ "a": { "name": "x", "items": [{ "word": "w" }, { "word": "v" }] } });
        let paths: [&[&str]; 2] = [&["a", "items", "0", "id"], &["a", "items", "1", "id"]];
        assert_eq!(completed("{ a { name items { id word } } }", data, &paths), json!({ "a": null }));
    }
}
