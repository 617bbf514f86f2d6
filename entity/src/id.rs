//! Typed identifiers: a `PublisherId` can never be passed where a `DatasetId` is meant.
//! Values are `UUIDv7` when a person makes a record, `UUIDv5(source, external id)` when an importer does.

use uuid::Uuid;

/// Declares a newtype over [`Uuid`] that sea-orm stores as a UUID column.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize, sea_orm::DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                Self(value)
            }
        }

        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A pair of records that may be one thing.
    MatchCandidateId,
    /// A merge, a split, or the making of a series.
    RearrangementId,
    /// An organisation: a reuser, a public body, or both.
    OrganisationId,
    /// A name that an organisation bears or bore.
    OrganisationNameId,
    /// An identifier of an organisation in some scheme.
    OrganisationIdentifierId,
    /// A place where an organisation is.
    LocationId,
    /// A dated relation between two organisations.
    RelationId,
    /// What an organisation is as a publisher of data.
    PublisherProfileId,
    /// A country, state or municipality.
    AreaId,
    /// A code of a code scheme.
    CodeId,
    /// A mapping from one code to another.
    CodeMappingId,
    /// The assignment of a code to an organisation.
    OrganisationCodeId,
    /// The reason why an organisation lacks a value.
    OrganisationMissingId,
    /// A data portal.
    CatalogueId,
    /// A dataset, or a series of editions.
    DatasetId,
    /// An identifier of a dataset.
    DatasetIdentifierId,
    /// The assignment of a theme to a dataset.
    DatasetCodeId,
    /// A file or service that carries a dataset.
    DistributionId,
    /// An official designation of a dataset.
    DatasetDesignationId,
    /// A request for data.
    DataRequestId,
    /// A dataset that a request has led to.
    DataRequestDatasetId,
    /// The support of a request.
    RequestSupportId,
    /// The claim that an organisation uses some data.
    UseClaimId,
    /// The claim that an organisation has some impact.
    ImpactClaimId,
    /// A source that evidence is found in.
    SourceId,
    /// A link from a claim to a source.
    EvidenceId,
    /// A decision about a claim by one of its sides.
    VerificationId,
    /// A link in a letter that answers one claim.
    VerificationLinkId,
    /// An attempt to speak for an organisation.
    ProfileTakeoverId,
    /// What somebody says about a dataset.
    DatasetFeedbackId,
    /// A study: a programme of survey waves.
    StudyId,
    /// One wave of a study.
    WaveId,
    /// An organisation's part in a wave.
    ResponseId,
    /// One answer of a response.
    AnswerId,
    /// A version of a questionnaire.
    InstrumentId,
    /// A link that lets an organisation answer.
    InvitationId,
    /// Something said of an organisation that waits for a decision.
    ProposalId,
    /// The definition of an indicator.
    IndicatorDefinitionId,
    /// An observed value of an indicator.
    IndicatorObservationId,
    /// One run of an importer.
    ImportBatchId,
    /// What a batch did to a row that stood before it.
    ImportChangeId,
    /// A person who may sign in.
    AccountId,
    /// A role that an account has.
    RoleGrantId,
    /// One browser that is signed in.
    SessionId,
    /// A link that signs in once.
    SignInTokenId,
    /// A token that programs send.
    ApiTokenId,
    /// A decision about access.
    AccessEventId,
    /// What one write did to one record.
    RecordChangeId,
    /// A person who has asked to be forgotten.
    ErasureId,
    /// A letter to be sent.
    OutboxMessageId,
    /// Something that waits for, or has had, a decision.
    ReviewCaseId,
    /// What happened to such a thing.
    ReviewEventId,
}
