//! The shape of stored data: typed ids, closed vocabularies, one file per table.
//! No rule lives here: methods that decide belong to `od100::domain`.

pub mod id;
pub mod vocabulary;
