//! What an action is about, as far as the policy has to know.

use chrono::{DateTime, Utc};
use entity::id::{AccountId, OrganisationId, StudyId, WaveId};

/// What an action is about. Whoever calls fills in what the object has; what is left out belongs to nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// The moment that grants are judged at.
    pub at: DateTime<Utc>,
    /// Whether anyone may see it.
    pub is_public: bool,
    /// The organisation that it is about.
    pub organisation: Option<OrganisationId>,
    /// The study that it belongs to.
    pub study: Option<StudyId>,
    /// The wave that it belongs to.
    pub wave: Option<WaveId>,
    /// The publisher that it is about and the bodies above it at that date, the nearest first.
    pub publishers: Vec<OrganisationId>,
    /// Who proposed it.
    pub proposer: Option<AccountId>,
    /// The curator whose decision it waits for.
    pub reviewer: Option<AccountId>,
    /// Whose account it is.
    pub owner: Option<AccountId>,
}

impl Object {
    /// Something of the platform itself, which everybody may know of.
    pub fn platform(at: DateTime<Utc>) -> Self {
        Self {
            at,
            is_public: true,
            organisation: None,
            study: None,
            wave: None,
            publishers: Vec::new(),
            proposer: None,
            reviewer: None,
            owner: None,
        }
    }

    /// Something that only those who may deal with it may know of.
    pub fn hidden(at: DateTime<Utc>) -> Self {
        Self { is_public: false, ..Self::platform(at) }
    }

    /// Of an account, and known to nobody else.
    pub fn of(owner: AccountId, at: DateTime<Utc>) -> Self {
        Self { owner: Some(owner), ..Self::hidden(at) }
    }

    /// About an organisation.
    #[must_use]
    pub fn about(mut self, organisation: OrganisationId) -> Self {
        self.organisation = Some(organisation);
        self
    }

    /// In a study.
    #[must_use]
    pub fn in_study(mut self, study: StudyId) -> Self {
        self.study = Some(study);
        self
    }

    /// In a wave.
    #[must_use]
    pub fn in_wave(mut self, wave: WaveId) -> Self {
        self.wave = Some(wave);
        self
    }

    /// About a publisher below these.
    #[must_use]
    pub fn under(mut self, publishers: Vec<OrganisationId>) -> Self {
        self.publishers = publishers;
        self
    }

    /// Proposed by an account.
    #[must_use]
    pub fn proposed_by(mut self, proposer: AccountId) -> Self {
        self.proposer = Some(proposer);
        self
    }

    /// In the queue of a curator.
    #[must_use]
    pub fn waiting_for(mut self, reviewer: AccountId) -> Self {
        self.reviewer = Some(reviewer);
        self
    }
}
