//! Reading the records of an atlas: by handle, id, slug or code, and what hangs on each.

mod claim;
mod code;
mod credit;
mod dataset;
mod organisation;
mod study;
mod text;
