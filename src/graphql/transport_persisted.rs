//! The queries of our own frontend, known by the SHA-256 of their text, which their address may name
//! instead of carrying it. Each is parsed once. The list is made when the frontend is built.

use std::{collections::HashMap, sync::Arc};

use async_graphql::parser::{parse_query, types::ExecutableDocument};
use sha2::{Digest, Sha256};

/// A query that may be asked for by its hash.
#[derive(Clone, Debug)]
pub struct Known {
    /// The text of the query.
    pub text: String,
    /// The text, parsed.
    pub document: ExecutableDocument,
}

/// Every such query.
#[derive(Clone, Debug, Default)]
pub struct Persisted(Arc<HashMap<String, Known>>);

/// Why a list of queries cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PersistedError {
    #[error("the list of persisted queries is not a JSON object of texts")]
    Json(#[source] serde_json::Error),
    #[error("persisted query {0} is not the hash of its text")]
    Hash(String),
    #[error("persisted query {0} is not GraphQL")]
    Syntax(String),
}

impl Persisted {
    /// Reads `{ "<sha256>": "<query>" }` and checks every hash.
    pub fn read(json: &[u8]) -> Result<Self, PersistedError> {
        let texts: HashMap<String, String> = serde_json::from_slice(json).map_err(PersistedError::Json)?;
        let mut known = HashMap::with_capacity(texts.len());
        for (id, text) in texts {
            if hash(&text) != id {
                return Err(PersistedError::Hash(id));
            }
            let document = parse_query(&text).map_err(|_| PersistedError::Syntax(id.clone()))?;
            known.insert(id, Known { text, document });
        }
        Ok(Self(Arc::new(known)))
    }

    /// These and those.
    #[must_use]
    pub fn with(self, more: Self) -> Self {
        let both = [self.0, more.0].into_iter().flat_map(Arc::unwrap_or_clone);
        Self(Arc::new(both.collect()))
    }

    /// The query of this hash.
    pub fn get(&self, id: &str) -> Option<&Known> {
        self.0.get(id)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The name of a query: the SHA-256 of its text in lower-case hexadecimal.
pub fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        use std::fmt::Write;
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
