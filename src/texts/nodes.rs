//! The nodes of a flow in words: what a filter or a file calls them, and what a reader does.

use super::{text, value_label};
use crate::analysis::flow::{Level, Node};
use crate::atlas::{Atlas, Body, Lang, Text, Value};

/// Unique word of a node in its level: what a filter calls it, or why it is none.
pub fn word(atlas: &Atlas, node: Node) -> String {
    match node {
        Node::Body(body) => atlas.word_of(value_of(body)),
        Node::Dataset(ix) => atlas.word_of(Value::Dataset(ix)),
        Node::Sector(ix) => atlas.word_of(Value::Code(ix)),
        Node::Goal(goal) => goal.to_string(),
        Node::InferredGoal(goal) => format!("inferred:{goal}"),
        Node::UnspecifiedAt(body) => format!("unspecified:{}", atlas.word_of(value_of(body))),
        Node::Unclassified | Node::NoGoal => "unclassified".to_owned(),
        Node::Other(_) => "other".to_owned(),
        Node::OtherUnspecified => "unspecified".to_owned(),
    }
}

/// Unique key of a node in its flow: the level and the word.
pub fn key(atlas: &Atlas, level: Level, node: Node) -> String {
    format!("{}:{}", level.as_str(), word(atlas, node))
}

/// The label of a node; `folded` is how many it gathers.
pub fn label(atlas: &Atlas, node: Node, folded: usize, lang: Lang) -> String {
    let of = |value| value_label(atlas, value, lang);
    match node {
        Node::Body(body) => of(value_of(body)),
        Node::Dataset(ix) => of(Value::Dataset(ix)),
        Node::Sector(ix) => of(Value::Code(ix)),
        Node::Goal(goal) => of(Value::Goal(goal)),
        Node::InferredGoal(goal) => text(lang, "api.flow.inferred").replace("{name}", &of(Value::Goal(goal))),
        Node::UnspecifiedAt(body) => text(lang, "api.flow.unspecified").replace("{name}", &of(value_of(body))),
        Node::Unclassified => text(lang, "api.flow.unclassified").to_owned(),
        Node::NoGoal => text(lang, "flow.noGoal").to_owned(),
        Node::Other(_) => text(lang, "api.flow.other").replace("{n}", &folded.to_string()),
        Node::OtherUnspecified => text(lang, "api.flow.otherUnspecified").replace("{n}", &folded.to_string()),
    }
}

/// The name of the record that the label of a node is, or holds.
pub fn named(atlas: &Atlas, node: Node, lang: Lang) -> Option<Text<'_>> {
    let value = match node {
        Node::Body(body) | Node::UnspecifiedAt(body) => value_of(body),
        Node::Dataset(ix) => Value::Dataset(ix),
        Node::Sector(ix) => Value::Code(ix),
        Node::Goal(goal) | Node::InferredGoal(goal) => Value::Goal(goal),
        Node::Unclassified | Node::NoGoal | Node::Other(_) | Node::OtherUnspecified => return None,
    };
    atlas.value_label(value, lang)
}

fn value_of(body: Body) -> Value {
    match body {
        Body::Organisation(ix) => Value::Publisher(ix),
        Body::Level(at) => Value::Level(at),
    }
}
