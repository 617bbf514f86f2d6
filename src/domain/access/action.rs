//! What can be wanted. A new action is refused to everybody until the policy names it.

use entity::vocabulary::TokenScope;

/// Declares the actions with their names, so that a test can go through all of them.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $scope:ident,)+) => {
        /// Something that an actor wants to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])* $name),+ }

        impl Action {
            /// Every action, in the order of the definition.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// What a token must be good for to do it; `None` where no token will do.
            pub const fn scope(self) -> Option<TokenScope> {
                match self { $(Self::$name => actions!(@ $scope)),+ }
            }
        }
    };
    (@ Never) => { None };
    (@ $scope:ident) => { Some(TokenScope::$scope) };
}

actions! {
    /// Read public figures, profiles and exports.
    ReadPublic = Read,
    /// Propose an organisation, a claim or a request; support one.
    Propose = Contribute,
    /// Change what is recorded of an organisation.
    EditOrganisation = Contribute,
    /// Answer a wave, and say who may see each answer.
    AnswerWave = Contribute,
    /// See values that are public in sums only.
    SeeAggregateOnly = Read,
    /// Say that a claim is doubtful.
    DisputeClaim = Contribute,
    /// Say what should become of a claim.
    RecommendClaim = Research,
    /// Accept or reject a claim, merge two records.
    DecideClaim = Curate,
    /// See what waits for a decision.
    ReadQueue = Curate,
    /// Say that something on a page is wrong.
    ReportError = Contribute,
    /// See all that is recorded of one's own organisation, and confirm what is said of it.
    SpeakForOrganisation = Contribute,
    /// Ask to speak for an organisation, and prove that one may.
    ClaimProfile = Never,
    /// Decide who may speak for an organisation where a proof alone does not.
    DecideTakeover = Curate,
    /// Confirm a claim in the name of the body that publishes.
    ConfirmAsPublisher = Publish,
    /// Ask for data that is not there.
    AskForData = Contribute,
    /// Say that one needs what a request asks for, and take that back.
    SupportRequest = Contribute,
    /// Do the same in the name of an organisation.
    SupportAsOrganisation = Contribute,
    /// See the requests that wait for somebody.
    ReadRequestQueue = Read,
    /// Show a request to everyone, pass it to the publisher, end one that leads nowhere.
    TriageRequest = Curate,
    /// Take a request back that one has made.
    WithdrawRequest = Contribute,
    /// Answer a request for data.
    AnswerRequest = Publish,
    /// Reply to what users say about a dataset.
    ReplyToFeedback = Publish,
    /// Put one's own organisation forward for a wave that is open.
    Nominate = Contribute,
    /// Begin a study.
    StartStudy = Research,
    /// Open and close a wave, publish its instrument, invite.
    RunWave = Research,
    /// Bring in records from elsewhere.
    Import = Never,
    /// See one's own account, sessions and tokens.
    ReadOwnAccount = Read,
    /// Change one's own account, end sessions, make and end tokens.
    ManageOwnAccount = Never,
    /// See all accounts.
    ReadAccounts = Administer,
    /// Make and disable accounts.
    ManageAccounts = Administer,
    /// Give and take roles.
    ManageGrants = Administer,
}
