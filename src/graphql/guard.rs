//! The guard between parsing and execution: it refuses a query that would cost too much before any
//! resolver, and before the library's own checks, which walk fragments without memory. One pass,
//! fragments remembered, saturating sums. It knows nothing of HTTP.

use std::{collections::HashMap, convert::Infallible};

use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::types::{
        Directive, ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
    },
};

use super::guard_schema::{Shape, Shapes};

/// What one query may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Names, numbers, strings and punctuators.
    pub tokens: usize,
    /// Brackets inside brackets, values included.
    pub nesting: usize,
    pub operations: usize,
    pub fragments: usize,
    /// Selections after every fragment is written out.
    pub selections: u64,
    pub aliases: u64,
    /// Directives at all places together.
    pub directives: u64,
    pub depth: u64,
    pub introspection_depth: u64,
    pub variables: usize,
    /// Values that the answer may hold, estimated.
    pub nodes: u64,
    /// The length of a list that nothing bounds.
    pub page_default: u64,
    pub page_max: u64,
    /// Mutations of which an operation may hold one: each tries something that could be guessed.
    pub once: &'static [&'static str],
}

/// The limits of every schema.
pub const LIMITS: Limits = Limits {
    tokens: 2_000,
    nesting: 40,
    operations: 5,
    fragments: 30,
    selections: 1_000,
    aliases: 30,
    directives: 20,
    depth: 10,
    introspection_depth: 16,
    variables: 30,
    nodes: 20_000,
    page_default: 20,
    page_max: 100,
    once: &["signIn", "signInLinkRequest", "signInLinkRedeem", "signInCode", "errorReport"],
};

/// Why a query is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the query has more than {} tokens", LIMITS.tokens)]
    Tokens,
    #[error("the query or its variables nest brackets more than {} deep", LIMITS.nesting)]
    Nesting,
    #[error("the document has more than {} operations", LIMITS.operations)]
    Operations,
    #[error("the document has more than {} fragments", LIMITS.fragments)]
    Fragments,
    #[error("a fragment spreads itself")]
    FragmentCycle,
    #[error("the query selects more than {} fields once its fragments are written out", LIMITS.selections)]
    Selections,
    #[error("the query has more than {} aliases", LIMITS.aliases)]
    Aliases,
    #[error("the query has more than {} directives", LIMITS.directives)]
    Directives,
    #[error("the query is more than {} levels deep", LIMITS.depth)]
    Depth,
    #[error("introspection may be asked once per operation")]
    IntrospectionTwice,
    #[error("introspection may be {} levels deep and may not go round in circles", LIMITS.introspection_depth)]
    IntrospectionDepth,
    #[error("an operation may try to sign in once")]
    Once,
    #[error("an operation has more than {} variables", LIMITS.variables)]
    Variables,
    #[error("the answer would hold about {0} values, of {limit} allowed; ask for shorter pages ('first') or fewer lists inside lists", limit = LIMITS.nodes)]
    Nodes(u64),
}

/// What a query costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Selections after every fragment is written out.
    pub selections: u64,
    /// Values in the answer, estimated.
    pub nodes: u64,
    pub aliases: u64,
    pub directives: u64,
    pub depth: u64,
    introspections: u64,
    once: u64,
}

impl Cost {
    fn beside(self, other: Self) -> Self {
        Self {
            selections: self.selections.saturating_add(other.selections),
            nodes: self.nodes.saturating_add(other.nodes),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            depth: self.depth.max(other.depth),
            introspections: self.introspections.saturating_add(other.introspections),
            once: self.once.saturating_add(other.once),
        }
    }
}

/// Counts tokens without recursion, so that it may run before the parser, which recurses.
pub fn tokens(query: &str, limits: &Limits) -> Result<usize, Refusal> {
    let bytes = query.as_bytes();
    let (mut at, mut count, mut nesting) = (0, 0, 0_usize);
    while at < bytes.len() {
        let rest = &bytes[at..];
        match bytes[at] {
            b' ' | b',' | b'\t' | b'\n' | b'\r' => {
                at += 1;
                continue;
            }
            b'#' => {
                at += rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
                continue;
            }
            b'"' => at += string_length(rest),
            b'{' | b'[' | b'(' => {
                nesting += 1;
                if nesting > limits.nesting {
                    return Err(Refusal::Nesting);
                }
                at += 1;
            }
            b'}' | b']' | b')' => {
                nesting = nesting.saturating_sub(1);
                at += 1;
            }
            b if is_word(b) => at += rest.iter().position(|b| !is_word(*b)).unwrap_or(rest.len()),
            _ => at += 1,
        }
        count += 1;
        if count > limits.tokens {
            return Err(Refusal::Tokens);
        }
    }
    Ok(count)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The length of the string or block string that `bytes` starts with.
fn string_length(bytes: &[u8]) -> usize {
    let block = bytes.starts_with(b"\"\"\"");
    let mut at = if block { 3 } else { 1 };
    while at < bytes.len() {
        if block {
            if bytes[at..].starts_with(b"\\\"\"\"") {
                at += 4;
            } else if bytes[at..].starts_with(b"\"\"\"") {
                return at + 3;
            } else {
                at += 1;
            }
        } else {
            match bytes[at] {
                b'\\' => at += 2,
                b'"' => return at + 1,
                b'\n' | b'\r' => return at,
                _ => at += 1,
            }
        }
    }
    bytes.len()
}

/// Measures a parsed document and refuses it when it is beyond `limits`. The cost is that of its
/// dearest operation.
pub fn check(
    document: &ExecutableDocument,
    variables: &Variables,
    shapes: &Shapes,
    limits: &Limits,
) -> Result<Cost, Refusal> {
    if document.operations.iter().count() > limits.operations {
        return Err(Refusal::Operations);
    }
    if document.fragments.len() > limits.fragments {
        return Err(Refusal::Fragments);
    }
    if variables.values().any(|value| is_deeper(value, limits.nesting)) {
        return Err(Refusal::Nesting);
    }
    let (mut dearest, mut introspections) = (Cost::default(), 0);
    for (_, operation) in document.operations.iter() {
        let cost = check_operation(document, &operation.node, variables, shapes, limits)?;
        introspections += cost.introspections;
        if cost.nodes >= dearest.nodes {
            dearest = cost;
        }
    }
    Ok(Cost { introspections, ..dearest })
}

fn check_operation(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    shapes: &Shapes,
    limits: &Limits,
) -> Result<Cost, Refusal> {
    if operation.variable_definitions.len() > limits.variables {
        return Err(Refusal::Variables);
    }
    let root = match operation.ty {
        OperationType::Mutation => shapes.mutation(),
        _ => shapes.query(),
    };
    let mut walk = Walk { document, operation, variables, shapes, limits, memo: HashMap::new(), level: 0 };
    let cost = walk.set(&operation.selection_set.node, Place { of: Some(root), page: None, introspection: None })?;
    let declared: usize = operation.variable_definitions.iter().map(|v| v.node.directives.len()).sum();
    let directives = cost.directives.saturating_add((operation.directives.len() + declared) as u64);
    match cost {
        _ if cost.aliases > limits.aliases => Err(Refusal::Aliases),
        _ if directives > limits.directives => Err(Refusal::Directives),
        _ if cost.once > 1 => Err(Refusal::Once),
        _ if cost.introspections > 1 => Err(Refusal::IntrospectionTwice),
        _ if cost.depth > limits.depth => Err(Refusal::Depth),
        _ if cost.nodes > limits.nodes => Err(Refusal::Nodes(cost.nodes)),
        _ => Ok(Cost { directives, ..cost }),
    }
}

/// Where in the document a selection set stands; all of it decides what the set costs.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Place<'a> {
    /// Its type; `None` below a field that the schema does not have.
    of: Option<&'a str>,
    /// The page size of the connection it is the inside of.
    page: Option<u64>,
    /// Inside introspection: the level, and whether a list of fields was passed.
    introspection: Option<(u64, bool)>,
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    shapes: &'a Shapes,
    limits: &'a Limits,
    /// `None` while the fragment is being measured: meeting it again is a cycle.
    memo: HashMap<(&'a str, Place<'a>), Option<Cost>>,
    /// Sets inside sets at this moment: the walk recurses and must not exhaust the stack.
    level: usize,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet, place: Place<'a>) -> Result<Cost, Refusal> {
        self.level += 1;
        if self.level > self.limits.nesting {
            return Err(Refusal::Depth);
        }
        let mut total = Cost::default();
        for selection in &set.items {
            let (cost, directives) = match &selection.node {
                Selection::Field(field) => (self.field(&field.node, place)?, &field.node.directives),
                Selection::InlineFragment(inline) => {
                    let of = inline.node.type_condition.as_ref().map_or(place.of, |t| Some(t.node.on.node.as_str()));
                    let inside = self.set(&inline.node.selection_set.node, Place { of, ..place })?;
                    (one_more(inside), &inline.node.directives)
                }
                Selection::FragmentSpread(spread) => {
                    (one_more(self.fragment(&spread.node.fragment_name.node, place)?), &spread.node.directives)
                }
            };
            total = total.beside(with_directives(cost, directives));
            if total.selections > self.limits.selections {
                return Err(Refusal::Selections);
            }
        }
        self.level -= 1;
        Ok(total)
    }

    fn fragment(&mut self, name: &'a Name, place: Place<'a>) -> Result<Cost, Refusal> {
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Cost::default()) };
        let place = Place { of: Some(fragment.node.type_condition.node.on.node.as_str()), ..place };
        match self.memo.get(&(name.as_str(), place)) {
            Some(Some(cost)) => return Ok(*cost),
            Some(None) => return Err(Refusal::FragmentCycle),
            None => {}
        }
        self.memo.insert((name.as_str(), place), None);
        let cost = self.set(&fragment.node.selection_set.node, place)?;
        let cost = with_directives(cost, &fragment.node.directives);
        self.memo.insert((name.as_str(), place), Some(cost));
        Ok(cost)
    }

    fn field(&mut self, field: &'a Field, place: Place<'a>) -> Result<Cost, Refusal> {
        let name = field.name.node.as_str();
        let aliases = u64::from(field.alias.is_some());
        if let Some(inside) = self.introspection(name, place)? {
            let begins = u64::from(inside.introspection == Some((1, false)));
            let cost = self.set(&field.selection_set.node, inside)?;
            // Outside the node estimate and the depth: the schema bounds how much there is to say.
            return Ok(Cost {
                selections: cost.selections.saturating_add(1),
                aliases: cost.aliases.saturating_add(aliases),
                introspections: cost.introspections.saturating_add(begins),
                nodes: begins,
                depth: 1,
                ..cost
            });
        }
        if name == "__typename" {
            return Ok(Cost { selections: 1, nodes: 1, aliases, depth: 1, ..Cost::default() });
        }
        let shape = place.of.and_then(|of| self.shapes.field(of, name));
        let is_root = self.operation.ty == OperationType::Mutation && place.of == Some(self.shapes.mutation());
        let once = u64::from(is_root && self.limits.once.contains(&name));
        let (times, page) = self.length(field, shape, place);
        let inside = Place { of: shape.map(|s| s.of.as_str()), page, introspection: None };
        let cost = self.set(&field.selection_set.node, inside)?;
        if cost.depth >= self.limits.depth {
            return Err(Refusal::Depth);
        }
        Ok(Cost {
            selections: cost.selections.saturating_add(1),
            nodes: times.saturating_mul(cost.nodes.saturating_add(1)),
            aliases: cost.aliases.saturating_add(aliases),
            depth: cost.depth + 1,
            once: cost.once.saturating_add(once),
            ..cost
        })
    }

    /// Where the inside of an introspection field stands; `None` when it is an ordinary field.
    fn introspection(&self, name: &str, place: Place<'a>) -> Result<Option<Place<'a>>, Refusal> {
        let (level, listed) = match (place.introspection, name) {
            (None, "__schema" | "__type") => (0, false),
            (None, _) => return Ok(None),
            (Some(at), _) => at,
        };
        let lists = matches!(name, "fields" | "inputFields" | "interfaces" | "possibleTypes");
        // Types have fields that have types: each round multiplies the answer by the whole schema.
        if level >= self.limits.introspection_depth || (lists && listed) {
            return Err(Refusal::IntrospectionDepth);
        }
        Ok(Some(Place { of: None, page: None, introspection: Some((level + 1, listed || lists)) }))
    }

    /// How often the inside of a field is answered, and the page size that its own lists inherit.
    fn length(&self, field: &Field, shape: Option<&Shape>, place: Place<'a>) -> (u64, Option<u64>) {
        let limits = self.limits;
        // What the schema does not have is answered by nobody: validation names it, which says more than its length.
        let Some(shape) = shape else { return (1, None) };
        let page = shape.page.map(|(argument, default)| {
            let asked = field.get_argument(argument).and_then(|value| {
                let value = value.node.clone().into_const_with(|name| Ok::<_, Infallible>(self.variable(&name)));
                value.ok().and_then(|value| size(&value, limits))
            });
            asked.or(default).unwrap_or(limits.page_default)
        });
        match (shape.is_list, page) {
            (true, Some(page)) => (page, None),
            (true, None) => (place.page.unwrap_or(limits.page_default), None),
            // A connection: its edges and nodes are as many as its page.
            (false, page) => (1, page),
        }
    }

    /// The value of a variable: as sent, else its default.
    fn variable(&self, name: &Name) -> Value {
        let default = || {
            let definition = self.operation.variable_definitions.iter().find(|v| v.node.name.node == *name)?;
            definition.node.default_value.as_ref().map(|value| &value.node)
        };
        self.variables.get(name).or_else(default).cloned().unwrap_or_default()
    }
}

/// Whether a value nests lists and objects more than `levels` deep.
fn is_deeper(value: &Value, levels: usize) -> bool {
    match value {
        Value::List(_) | Value::Object(_) if levels == 0 => true,
        Value::List(values) => values.iter().any(|value| is_deeper(value, levels - 1)),
        Value::Object(values) => values.values().any(|value| is_deeper(value, levels - 1)),
        _ => false,
    }
}

/// A page size; what is no number that fits is taken for the largest page, and left to validation.
fn size(value: &Value, limits: &Limits) -> Option<u64> {
    match value {
        Value::Null => None,
        Value::Number(number) => Some(number.as_u64().unwrap_or(limits.page_max)),
        _ => Some(limits.page_max),
    }
}

fn one_more(cost: Cost) -> Cost {
    Cost { selections: cost.selections.saturating_add(1), ..cost }
}

fn with_directives(cost: Cost, directives: &[Positioned<Directive>]) -> Cost {
    Cost { directives: cost.directives.saturating_add(directives.len() as u64), ..cost }
}
