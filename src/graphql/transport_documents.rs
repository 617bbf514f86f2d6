//! Queries that were parsed before: parsing one costs as much as answering a small one. A text stands for
//! one document whoever sends it; what may run, and with which variables, is asked anew each time.

use std::sync::Arc;

use async_graphql::parser::types::ExecutableDocument;
use moka::sync::Cache;

/// Bytes of query texts kept; a parsed document takes some twenty times its text.
const TEXT_BYTES: u64 = 1024 * 1024;
/// A longer query is hardly asked twice.
const LONGEST: usize = 8 * 1024;

/// The documents of the texts asked last.
#[derive(Debug)]
pub(super) struct Documents(Cache<String, Arc<ExecutableDocument>>);

impl Documents {
    pub(super) fn new() -> Self {
        let weigh = |text: &String, _: &Arc<ExecutableDocument>| u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(TEXT_BYTES).weigher(weigh).build())
    }

    /// The document of a text, where it is known.
    pub(super) fn get(&self, text: &str) -> Option<ExecutableDocument> {
        self.0.get(text).map(|document| document.as_ref().clone())
    }

    /// Keeps the document of a text that has passed the guard.
    pub(super) fn keep(&self, text: String, document: &ExecutableDocument) {
        if text.len() <= LONGEST {
            self.0.insert(text, Arc::new(document.clone()));
        }
    }
}
