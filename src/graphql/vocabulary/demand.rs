//! The closed sets of the demand for data, requests and feedback, as GraphQL enums.

use async_graphql::Enum;

/// How a request for data stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::RequestStatus")]
pub enum RequestStatus {
    /// Asked for; seen by curators alone.
    Submitted,
    /// Looked at, and shown to everyone.
    Triaged,
    /// Passed to the publisher, whose term runs.
    Forwarded,
    /// The publisher has said when it will publish.
    AcceptedPlanned,
    /// A part is published.
    PartiallyPublished,
    /// Published.
    Published,
    /// Refused, on a legal basis.
    Rejected,
    /// Another request asks for the same.
    Duplicate,
    /// Taken back.
    Withdrawn,
    /// No public body has this data.
    NotGovernmentData,
}

/// Why data cannot be used as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::BlockingReason")]
pub enum BlockingReason {
    /// It is nowhere.
    NotPublished,
    /// It may be somewhere, and cannot be found.
    NotFound,
    /// It is too old.
    Stale,
    /// Its format cannot be worked with.
    Format,
    /// Its licence forbids the use.
    Licence,
    /// It is too coarse.
    Granularity,
    /// It is wrong or full of gaps.
    Quality,
    /// It costs too much.
    Price,
}

/// Where a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::RequestOrigin")]
pub enum RequestOrigin {
    /// The form of this site, or its API.
    Form,
    /// A wish that was named in a survey.
    SurveyWishlist,
    /// A public consultation.
    Consultation,
    /// Another register of requests.
    Import,
}

/// What feedback on a dataset is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::FeedbackDimension")]
pub enum FeedbackDimension {
    Availability,
    Accuracy,
    Timeliness,
    Completeness,
    Format,
    Documentation,
    Licence,
    Stability,
    Cost,
}

/// How much what feedback is about hinders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::FeedbackSeverity")]
pub enum FeedbackSeverity {
    /// It prevents the use.
    Blocker,
    Annoying,
    /// Nothing is wrong; it could be better.
    Wish,
}

/// What a publisher has done about feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::FeedbackState")]
pub enum FeedbackState {
    Open,
    Acknowledged,
    Fixed,
    WillNotFix,
}
