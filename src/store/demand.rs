//! Requests for data, their supports, the wishes of surveys, and the days that are no business days.

pub mod body;
pub mod holiday;
pub mod request;
pub mod support;
pub mod wish;
