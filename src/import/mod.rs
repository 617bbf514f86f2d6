//! Readers of other people's files: bytes in, drafts and problems out. Nothing here writes, asks a
//! database or knows who asked; fetching is apart from parsing, so parsing is tested without a network.

pub mod fetch;
pub mod indicators;
pub mod od500;
pub mod problem;
pub mod report;
pub mod table;
pub mod text;
