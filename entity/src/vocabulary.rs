//! The closed sets of the model, as plain values that every room may use.
//! Stored as `snake_case` text; the same word is used in GraphQL (upper case), pages and files.

/// Declares a closed set: stored text, serde, `as_str`, `FromStr`, and the list of all values.
macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            sea_orm::EnumIter, sea_orm::DeriveActiveEnum,
            serde::Serialize, serde::Deserialize,
        )]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $($(#[$vdoc])* #[sea_orm(string_value = $text)] #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// Every value, in the order of the definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored word.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The place in [`Self::ALL`]: dense, so columns may hold it as a small integer.
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { set: stringify!($name), word: text.to_owned() }),
                }
            }
        }
    )+};
}

/// A word that is not in a closed set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// The set that was asked.
    pub set: &'static str,
    /// The word it does not hold.
    pub word: String,
}

impl std::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "'{}' is not a value of {}", self.word, self.set)
    }
}

impl std::error::Error for UnknownWord {}

vocabulary! {
    /// What sort of records a pair is of.
    MatchKind {
        Organisation = "organisation",
        /// At least one of the two publishes.
        Body = "body",
        Dataset = "dataset",
    }

    /// What the rules make of a pair; a person decides.
    MatchVerdict {
        /// The same thing, by an identifier or by name and place.
        Same = "same",
        /// Two editions of one series.
        SameSeries = "same_series",
        /// A series and one of its editions.
        SeriesAndEdition = "series_and_edition",
        /// Alike enough to be looked at.
        Queue = "queue",
        /// Two things, of which somebody wished to see how alike they are.
        Different = "different",
    }

    /// What a person made of a pair.
    MatchDecision {
        Same = "same",
        Different = "different",
        Unsure = "unsure",
    }

    /// What was done to two records.
    RearrangementKind {
        OrganisationMerge = "organisation_merge",
        OrganisationSplit = "organisation_split",
        DatasetMerge = "dataset_merge",
        DatasetSplit = "dataset_split",
        DatasetSeries = "dataset_series",
    }

    /// Which part of a claim was named otherwise.
    AssertedPart {
        Organisation = "organisation",
        Publisher = "publisher",
        StatedPublisher = "stated_publisher",
        Dataset = "dataset",
    }

    /// Why a value is not there (docs/model.md): unknown is not zero and not "not asked".
    Missing {
        /// The wave's instrument has no such question.
        NotAsked = "not_asked",
        /// Asked, and left blank.
        NoAnswer = "no_answer",
        /// Asked, and answered "don't know".
        DontKnow = "dont_know",
        /// Asked, and answered "prefer not to say".
        Refused = "refused",
        /// The question does not apply to this organisation.
        NotApplicable = "not_applicable",
        /// Known, and withheld by a disclosure rule.
        Suppressed = "suppressed",
    }

    /// What sort of organisation it is.
    OrganisationKind {
        Company = "company",
        SocialEnterprise = "social_enterprise",
        CivilSociety = "civil_society",
        Academia = "academia",
        Media = "media",
        DeveloperGroup = "developer_group",
        Cooperative = "cooperative",
        Government = "government",
        StateEnterprise = "state_enterprise",
        International = "international",
        IndividualTrader = "individual_trader",
        Other = "other",
    }

    /// Who owns it.
    Ownership {
        Listed = "listed",
        Private = "private",
        State = "state",
        Mixed = "mixed",
        Nonprofit = "nonprofit",
        Unknown = "unknown",
    }

    /// Whether it still works.
    OrganisationStatus {
        Active = "active",
        Dormant = "dormant",
        Merged = "merged",
        Closed = "closed",
        Unknown = "unknown",
    }

    /// Full-time employees, in the bands of the Open Data 500 survey.
    SizeBand {
        From1To10 = "1-10",
        From11To50 = "11-50",
        From51To200 = "51-200",
        From201To500 = "201-500",
        From501To1000 = "501-1000",
        From1001To5000 = "1001-5000",
        From5001To10000 = "5001-10000",
        Over10000 = "10001+",
    }

    /// Whom it sells to or serves.
    BusinessModel {
        B2b = "b2b",
        B2c = "b2c",
        B2g = "b2g",
        B2n = "b2n",
        Other = "other",
    }

    /// What the data is used for.
    UseType {
        ProductService = "product_service",
        Optimisation = "optimisation",
        Advocacy = "advocacy",
        Research = "research",
        Other = "other",
        Unknown = "unknown",
    }

    /// How much the organisation as a whole depends on open data.
    Dependence {
        Core = "core",
        Incidental = "incidental",
        Unknown = "unknown",
    }

    /// An answer that may not be known.
    YesNo {
        Yes = "yes",
        No = "no",
        Unknown = "unknown",
    }

    /// Whether the organisation may be shown (invariant I14).
    Consent {
        Yes = "yes",
        No = "no",
        Pending = "pending",
    }

    /// Who may see a row.
    RowVisibility {
        Public = "public",
        AggregateOnly = "aggregate_only",
        Private = "private",
    }

    /// What sort of name it is.
    NameKind {
        Official = "official",
        Legal = "legal",
        Trade = "trade",
        Former = "former",
        Acronym = "acronym",
        Alias = "alias",
    }

    /// The scheme of an organisation's identifier.
    IdentifierScheme {
        Lei = "lei",
        Clee = "clee",
        RfcHmac = "rfc_hmac",
        Opencorporates = "opencorporates",
        Wikidata = "wikidata",
        Ror = "ror",
        Domain = "domain",
        CkanOrg = "ckan_org",
        Od500 = "od500",
        Impactmap = "impactmap",
        Sample = "sample",
        Other = "other",
    }

    /// What happens at a place.
    LocationRole {
        Hq = "hq",
        Branch = "branch",
        Operation = "operation",
    }

    /// How exactly a point is known.
    Precision {
        Point = "point",
        Locality = "locality",
        Municipality = "municipality",
        State = "state",
        Country = "country",
    }

    /// How two organisations are related, from the first to the second.
    RelationKind {
        PartOf = "part_of",
        OwnedBy = "owned_by",
        SucceededBy = "succeeded_by",
        MergedInto = "merged_into",
        SplitFrom = "split_from",
        AbsorbsFunctions = "absorbs_functions",
    }

    /// Whether a proposal has been decided (relations, series).
    Decision {
        Proposed = "proposed",
        Accepted = "accepted",
        Rejected = "rejected",
    }

    /// The level of government a publisher belongs to.
    PublisherLevel {
        Federal = "federal",
        State = "state",
        Municipal = "municipal",
        Autonomous = "autonomous",
        Legislative = "legislative",
        Judicial = "judicial",
        StateEnterprise = "state_enterprise",
        University = "university",
        International = "international",
        Other = "other",
        Unknown = "unknown",
    }

    /// How a term of days is counted.
    DayKind {
        Calendar = "calendar",
        Business = "business",
    }

    /// The scheme of an area's code.
    AreaScheme {
        Country = "iso3166-1",
        Subdivision = "iso3166-2",
        InegiEnt = "inegi_ent",
        InegiMun = "inegi_mun",
    }

    /// How one code relates to another (SKOS mapping properties).
    MappingRelation {
        Exact = "exact",
        Close = "close",
        Broad = "broad",
        Narrow = "narrow",
        Related = "related",
    }

    /// How safe a mapping or assignment is.
    Confidence {
        High = "high",
        Medium = "medium",
        Low = "low",
    }

    /// What a code says about an organisation.
    CodeRole {
        ReuseSectorPrimary = "reuse_sector_primary",
        ReuseSectorOther = "reuse_sector_other",
        IndustryPrimary = "industry_primary",
        IndustryOther = "industry_other",
        RevenueSource = "revenue_source",
        DataType = "data_type",
    }

    /// Who says so.
    AssertedBy {
        /// The organisation itself.
        SelfReported = "self_reported",
        Curator = "curator",
        /// A published rule (crosswalk); never mixed with what was declared.
        Crosswalk = "crosswalk",
        Import = "import",
        Publisher = "publisher",
        /// Somebody who proposed it.
        Contributor = "contributor",
    }

    /// How a value came into the record.
    Origin {
        /// Said by the organisation or a source.
        Declared = "declared",
        /// Derived by a published rule.
        Inferred = "inferred",
        /// Reconstructed from damage in the source; always counted apart.
        Recovered = "recovered",
    }

    /// The software behind a catalogue.
    CatalogueKind {
        Ckan = "ckan",
        Dkan = "dkan",
        Udata = "udata",
        Socrata = "socrata",
        DataJson = "data_json",
        None = "none",
    }

    /// Whether a dataset is out.
    DatasetStatus {
        Published = "published",
        Planned = "planned",
        Withdrawn = "withdrawn",
        UnpublishedKnown = "unpublished_known",
        Unknown = "unknown",
    }

    /// How a dataset may be reached.
    DatasetAccess {
        Open = "open",
        Registration = "registration",
        Fee = "fee",
        Restricted = "restricted",
        Unknown = "unknown",
    }

    /// The scheme of a dataset's identifier.
    DatasetIdentifierScheme {
        Url = "url",
        Catalogue = "catalogue",
        Doi = "doi",
        Od500 = "od500",
        Sample = "sample",
    }

    /// What a link check last found.
    HttpState {
        Ok = "ok",
        Redirected = "redirected",
        Dead = "dead",
        Unknown = "unknown",
    }

    /// An official designation of a dataset.
    DesignationKind {
        StrategicInfrastructure = "strategic_infrastructure",
        EuHvd = "eu_hvd",
        NationalInterestInfo = "national_interest_info",
        ReferenceData = "reference_data",
    }

    /// How much a use matters to the organisation.
    Criticality {
        Core = "core",
        Supporting = "supporting",
        Occasional = "occasional",
        Unknown = "unknown",
    }

    /// How the data is obtained.
    AccessMode {
        Download = "download",
        Api = "api",
        Scraping = "scraping",
        Request = "request",
        Purchase = "purchase",
        Intermediary = "intermediary",
        Unknown = "unknown",
    }

    /// The life of a claim (docs/model.md).
    ClaimStatus {
        Proposed = "proposed",
        UnderReview = "under_review",
        Accepted = "accepted",
        Rejected = "rejected",
        Disputed = "disputed",
        Superseded = "superseded",
        Retracted = "retracted",
        Expired = "expired",
    }

    /// The grade of a claim's evidence, derived, never typed (docs/model.md).
    Grade {
        /// Supporting evidence from both sides.
        A = "A",
        /// A public document names it.
        B = "B",
        /// Self-report only.
        C = "C",
        /// Inference, or a legacy row without source.
        D = "D",
        /// Contradicted or disputed.
        E = "E",
    }

    /// Whether the publisher has acknowledged a use.
    PublisherAck {
        None = "none",
        Requested = "requested",
        Confirmed = "confirmed",
        NotRecognised = "not_recognised",
    }

    /// The direction of an impact.
    Direction {
        Positive = "positive",
        Negative = "negative",
        Mixed = "mixed",
    }

    /// How directly an impact follows.
    Strength {
        Primary = "primary",
        Secondary = "secondary",
        Indirect = "indirect",
    }

    /// What sort of source it is.
    SourceKind {
        SurveyAnswer = "survey_answer",
        OrganisationWebsite = "org_website",
        PublisherWebsite = "publisher_website",
        ApiLog = "api_log",
        ContractOrCitation = "contract_or_citation",
        Report = "report",
        News = "news",
        Academic = "academic",
        Interview = "interview",
        Catalogue = "catalogue",
        LegacyImport = "legacy_import",
        CuratorNote = "curator_note",
    }

    /// What a source does to a claim.
    Polarity {
        Supports = "supports",
        Contradicts = "contradicts",
        Mentions = "mentions",
    }

    /// On whose side a verification was made.
    VerificationRole {
        Publisher = "publisher",
        Organisation = "organisation",
        Curator = "curator",
    }

    /// What a verification decided.
    VerificationDecision {
        Confirmed = "confirmed",
        Corrected = "corrected",
        NotRecognised = "not_recognised",
        CannotTell = "cannot_tell",
    }

    /// How often somebody is written to about what waits for an answer.
    DigestEvery {
        Week = "week",
        Never = "never",
    }

    /// What feedback on a dataset is about.
    FeedbackDimension {
        Availability = "availability",
        Accuracy = "accuracy",
        Timeliness = "timeliness",
        Completeness = "completeness",
        Format = "format",
        Documentation = "documentation",
        Licence = "licence",
        Stability = "stability",
        Cost = "cost",
    }

    /// How much what it is about hinders.
    FeedbackSeverity {
        /// It prevents the use.
        Blocker = "blocker",
        Annoying = "annoying",
        /// Nothing is wrong; it could be better.
        Wish = "wish",
    }

    /// What the publisher has done about it.
    FeedbackState {
        Open = "open",
        Acknowledged = "acknowledged",
        Fixed = "fixed",
        WillNotFix = "will_not_fix",
    }

    /// Whether somebody has looked at words before everybody may read them.
    Moderation {
        Pending = "pending",
        Shown = "shown",
        Hidden = "hidden",
    }

    /// Where feedback comes from.
    FeedbackOrigin {
        Form = "form",
        Survey = "survey",
    }

    /// How a wave found its organisations.
    Frame {
        OpenCall = "open_call",
        List = "list",
        Snowball = "snowball",
        Register = "register",
        Desk = "desk",
    }

    /// The life of a wave.
    WaveState {
        Draft = "draft",
        Open = "open",
        Closed = "closed",
        Published = "published",
        Archived = "archived",
    }

    /// How an organisation came into a wave.
    Channel {
        Invited = "invited",
        SelfSubmitted = "self_submitted",
        Nominated = "nominated",
        Desk = "desk",
        Unknown = "unknown",
    }

    /// The life of an instrument.
    InstrumentState {
        Draft = "draft",
        /// It never changes again.
        Published = "published",
    }

    /// Why data that is needed cannot be used.
    BlockingReason {
        NotPublished = "not_published",
        NotFound = "not_found",
        Stale = "stale",
        Format = "format",
        Licence = "licence",
        Granularity = "granularity",
        Quality = "quality",
        Price = "price",
    }

    /// The life of a request for data (docs/model.md).
    RequestStatus {
        Submitted = "submitted",
        Triaged = "triaged",
        Forwarded = "forwarded",
        AcceptedPlanned = "accepted_planned",
        PartiallyPublished = "partially_published",
        Published = "published",
        Rejected = "rejected",
        Duplicate = "duplicate",
        Withdrawn = "withdrawn",
        NotGovernmentData = "not_government_data",
    }

    /// Where a request comes from.
    RequestOrigin {
        Form = "form",
        SurveyWishlist = "survey_wishlist",
        Consultation = "consultation",
        Import = "import",
    }

    /// What a proposal would change.
    ProposalKind {
        /// A property of the organisation.
        Attribute = "attribute",
        /// A code of the organisation.
        Code = "code",
        /// A use of data that is not in the register.
        Use = "use",
        /// What it thinks of data that it uses.
        Rating = "rating",
        /// A value of an indicator.
        Observation = "observation",
        /// Data that it needs and cannot get.
        Request = "request",
        /// Whether it may be shown.
        Display = "display",
    }

    /// How far a response got.
    ResponseStatus {
        Identified = "identified",
        Invited = "invited",
        Opened = "opened",
        Partial = "partial",
        Submitted = "submitted",
        Validated = "validated",
        Refused = "refused",
        NoContact = "no_contact",
        Ineligible = "ineligible",
        Duplicate = "duplicate",
    }

    /// Who filled a response in.
    CompletedBy {
        Organisation = "organisation",
        Researcher = "researcher",
        Unknown = "unknown",
    }

    /// Where in the chain from data to effect an indicator stands.
    ChainStage {
        Input = "input",
        Output = "output",
        Outcome = "outcome",
        Impact = "impact",
        Context = "context",
    }

    /// What a value measures; values of different measures never add.
    Measure {
        Exposure = "exposure",
        GrossAttributed = "gross_attributed",
        NetAttributed = "net_attributed",
        Potential = "potential",
        Context = "context",
    }

    /// What an indicator may be observed of.
    SubjectLevel {
        Organisation = "organisation",
        Sector = "sector",
        Area = "area",
        Country = "country",
        Dataset = "dataset",
        Publisher = "publisher",
    }

    /// Where an indicator's definition comes from.
    IndicatorScheme {
        Internal = "internal",
        Wdi = "wdi",
        InegiBie = "inegi_bie",
        InegiBise = "inegi_bise",
        InegiSaic = "inegi_saic",
        UnSdg = "un_sdg",
        OecdOurdata = "oecd_ourdata",
        Asedie = "asedie",
    }

    /// SDMX observation status: A normal, E estimated, I imputed, P provisional, M missing.
    ObservationStatus {
        Normal = "A",
        Estimated = "E",
        Imputed = "I",
        Provisional = "P",
        Missing = "M",
    }

    /// The life of an import batch.
    BatchStatus {
        Running = "running",
        Published = "published",
        Undone = "undone",
        Failed = "failed",
    }

    /// What a batch did to a row that stood before it.
    RowChange {
        Updated = "updated",
        Removed = "removed",
    }

    /// The exactness of a partial date, stored as its first day.
    DatePrecision {
        Year = "year",
        Month = "month",
        Day = "day",
    }

    /// A property of an organisation that a wave may ask for; the unit of coverage.
    Attribute {
        Kind = "kind",
        Sector = "sector",
        Area = "area",
        Size = "size",
        Founded = "founded",
        BusinessModel = "business_model",
        RevenueSource = "revenue_source",
        DataType = "data_type",
        UseType = "use_type",
        SocialImpact = "social_impact",
        DataImpact = "data_impact",
        Sdg = "sdg",
        Publisher = "publisher",
        Dataset = "dataset",
        SourceCount = "source_count",
        Description = "description",
        ExampleUses = "example_uses",
        FinancialInfo = "financial_info",
        Criticality = "criticality",
        UsedSince = "used_since",
        IfStopped = "if_stopped",
    }

    /// What an account may be trusted with.
    Role {
        /// Proposes claims, supports requests.
        Contributor = "contributor",
        /// Speaks for an organisation.
        OrganisationRepresentative = "organisation_representative",
        /// Runs a study.
        Researcher = "researcher",
        /// Speaks for a public body and what belongs to it.
        AgencyLiaison = "agency_liaison",
        /// Moderates, matches, merges.
        Curator = "curator",
        /// Manages accounts, roles and tokens; decides about no fact.
        Admin = "admin",
        /// A program: harvests and imports.
        Service = "service",
    }

    /// What sort of thing a role is limited to.
    ScopeKind {
        Global = "global",
        Study = "study",
        Organisation = "organisation",
        /// A public body and all that belongs to it.
        PublisherSubtree = "publisher_subtree",
    }

    /// What a program may do with a token, at most: never more than its account may.
    TokenScope {
        /// Ask, change nothing.
        Read = "read",
        /// Propose, support, dispute, answer for the own organisation.
        Contribute = "contribute",
        /// Run a study.
        Research = "research",
        /// Act for a public body.
        Publish = "publish",
        /// Moderate.
        Curate = "curate",
        /// Manage accounts and roles.
        Administer = "administer",
    }

    /// How somebody signed in.
    SignInMethod {
        Password = "password",
        Link = "link",
        /// At a provider of identities.
        Provider = "provider",
    }

    /// What a session had besides its first proof.
    FactorKind {
        /// A one-time code of an authenticator app.
        Code = "code",
        /// One of the codes for a lost device.
        RecoveryCode = "recovery_code",
        /// The provider of identities has asked for more than one.
        Provider = "provider",
    }

    /// A decision about access that is written down.
    AccessEventKind {
        AccountCreated = "account_created",
        AccountDisabled = "account_disabled",
        AccountEnabled = "account_enabled",
        PasswordSet = "password_set",
        SignedIn = "signed_in",
        SignInRefused = "sign_in_refused",
        LinkRequested = "link_requested",
        SignedOut = "signed_out",
        SessionRevoked = "session_revoked",
        TokenCreated = "token_created",
        TokenRevoked = "token_revoked",
        RoleGranted = "role_granted",
        RoleRevoked = "role_revoked",
        IdentityLinked = "identity_linked",
        IdentityUnlinked = "identity_unlinked",
        SignUpRequested = "sign_up_requested",
        AllRevoked = "all_revoked",
        SecondFactorSet = "second_factor_set",
        SecondFactorEnded = "second_factor_ended",
        RecoveryCodesMade = "recovery_codes_made",
        RecoveryCodeUsed = "recovery_code_used",
        CodeRefused = "code_refused",
        /// Somebody has looked at how to reach a person who answers.
        ContactRead = "contact_read",
    }

    /// Who acted.
    ActorKind {
        Account = "account",
        Respondent = "respondent",
        Service = "service",
        /// Whoever runs commands on the machine.
        Operator = "operator",
    }

    /// What a letter is about.
    LetterKind {
        /// A link that signs in once.
        SignInLink = "sign_in_link",
        /// Somebody has made an account for the reader.
        AccountCreated = "account_created",
        /// An organisation is asked to answer a wave.
        Invitation = "invitation",
        /// It is asked again.
        Reminder = "reminder",
        /// A reviewer asks about what the reader has proposed.
        ReviewQuestion = "review_question",
        /// What waits for the answer of somebody who speaks for a publisher.
        PublisherDigest = "publisher_digest",
        /// A link that makes an account for who has asked for one.
        SignUpLink = "sign_up_link",
        /// A link that proves that the reader's mailbox is at an organisation's domain.
        TakeoverLink = "takeover_link",
        /// Somebody else asks to speak, or speaks, for the reader's organisation.
        TakeoverNews = "takeover_news",
        /// What came of the reader's asking to speak for an organisation.
        TakeoverSettled = "takeover_settled",
        /// A request for data waits for the answer of somebody who speaks for its publisher.
        RequestWaiting = "request_waiting",
        /// The second factor of the reader's account was set, renewed or ended, or a recovery code was used.
        SecondFactorNews = "second_factor_news",
        /// The reader's organisation was put forward for a wave: the link by which it answers.
        Nomination = "nomination",
        /// Another answer link, for who followed one that had expired.
        NewAnswerLink = "new_answer_link",
    }

    /// What shows that somebody may speak for an organisation.
    TakeoverProof {
        /// A mailbox at the domain of its website.
        EmailDomain = "email_domain",
        /// A TXT record of that domain.
        Dns = "dns",
        /// A file on the website, or a link on its page.
        Website = "website",
        /// The decision of a curator, and nothing else.
        Curator = "curator",
    }

    /// How far an attempt to speak for an organisation has come.
    TakeoverStatus {
        /// The proof is awaited.
        Open = "open",
        /// A curator decides.
        Waiting = "waiting",
        /// The role was given.
        Granted = "granted",
        Rejected = "rejected",
        /// Taken back, or begun anew, by who had begun it.
        Withdrawn = "withdrawn",
    }

    /// How far a letter has come.
    LetterStatus {
        /// To be sent when its time has come.
        Waiting = "waiting",
        /// Being sent at this moment.
        Sending = "sending",
        Sent = "sent",
        /// Given up: refused for good, or tried too often.
        Failed = "failed",
        /// Nobody knows whether it arrived; it is not sent again.
        Unknown = "unknown",
        /// There was nobody to send it to.
        Void = "void",
    }

    /// What a case of the review is about.
    CaseKind {
        /// A use of data.
        UseClaim = "use_claim",
        /// An impact.
        ImpactClaim = "impact_claim",
        /// A property of an organisation, as an answer says it.
        Attribute = "attribute",
        /// A code of an organisation, as an answer says it.
        Code = "code",
        /// A use of data that is not in the register.
        Use = "use",
        /// A value of an indicator, as an answer says it.
        Observation = "observation",
        /// Whether an organisation may be shown.
        Display = "display",
        /// An organisation that is not in the register.
        Organisation = "organisation",
        /// A dataset that is not in the register.
        Dataset = "dataset",
        /// Another value for something that is recorded.
        Correction = "correction",
        /// More evidence for a claim.
        Evidence = "evidence",
        /// Something on a page that is said to be wrong.
        ErrorReport = "error_report",
        /// Doubt about a claim that is accepted.
        Dispute = "dispute",
        /// A claim that is taken back.
        Retraction = "retraction",
    }

    /// How far a case has come.
    CaseStatus {
        /// Nobody has begun.
        Open = "open",
        /// A reviewer has it.
        UnderReview = "under_review",
        /// It waits for an answer of the one who proposed it.
        Asked = "asked",
        Accepted = "accepted",
        Rejected = "rejected",
    }

    /// What stands in the way of accepting a case as it is.
    CaseProblem {
        /// It names data that is not in the register.
        Unlisted = "unlisted",
        /// It names a code that is in no list.
        NoCode = "no_code",
    }

    /// What happened to a case.
    CaseStep {
        Opened = "opened",
        Assigned = "assigned",
        Asked = "asked",
        Answered = "answered",
        /// Somebody who does not decide says that it should be accepted.
        RecommendedAccept = "recommended_accept",
        RecommendedReject = "recommended_reject",
        Accepted = "accepted",
        Rejected = "rejected",
        Undone = "undone",
    }
}
