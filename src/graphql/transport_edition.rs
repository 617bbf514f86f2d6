//! The edition of the moment: the atlas that all of an answer comes from, and the name that its answers
//! are kept under.

use std::sync::Arc;

use super::{snapshot::Snapshot, transport::Edition};
use crate::{analysis::method, app::publish::Publisher};

/// Takes the atlas as it stands.
pub fn edition(publisher: &Arc<Publisher>) -> Edition {
    let atlas = publisher.current();
    let tag = format!("{}-{}-{}-{}", atlas.revision, atlas.as_of, method::METHOD_VERSION, crate::BUILD);
    let snapshot = Snapshot { atlas, publisher: Arc::clone(publisher) };
    Edition { tag, attach: Box::new(move |request| request.data(snapshot)) }
}
