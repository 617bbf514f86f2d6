//! The closed sets of waves and their responses as GraphQL enums.

use async_graphql::Enum;

/// How a wave found its organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Frame")]
pub enum Frame {
    OpenCall,
    List,
    Snowball,
    Register,
    Desk,
}

/// The life of a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::WaveState")]
pub enum WaveState {
    Draft,
    Open,
    Closed,
    Published,
    Archived,
}

/// How an organisation came into a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Channel")]
pub enum Channel {
    Invited,
    SelfSubmitted,
    Nominated,
    Desk,
    Unknown,
}

/// How far a response got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::ResponseStatus")]
pub enum ResponseStatus {
    Identified,
    Invited,
    Opened,
    Partial,
    Submitted,
    Validated,
    Refused,
    NoContact,
    Ineligible,
    Duplicate,
}

/// Who filled a response in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::CompletedBy")]
pub enum CompletedBy {
    Organisation,
    Researcher,
    Unknown,
}
