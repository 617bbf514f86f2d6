//! People, what they may do, and how they came in.

vocabulary! {
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
}
