//! Open Data 100.
