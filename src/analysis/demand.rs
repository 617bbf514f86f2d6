//! The heat of data requests: who asks, and how long ago.

use super::method;

/// How a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    Planned,
    Partial,
    /// Shown as refused, and as hot as before: refusing does not end a need.
    Rejected,
    Published,
    Duplicate,
    Withdrawn,
}

impl Standing {
    /// How much of the need is left.
    pub const fn urgency(self) -> f64 {
        match self {
            Self::Open | Self::Planned | Self::Rejected => 1.0,
            Self::Partial => 0.5,
            Self::Published | Self::Duplicate | Self::Withdrawn => 0.0,
        }
    }
}

/// What the heat of a request depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demand {
    /// Organisations that support it.
    pub organisations: u32,
    /// Verified persons that do; others weigh nothing.
    pub persons: u32,
    pub age_months: f64,
    pub standing: Standing,
}

/// The heat of a request.
pub fn heat(demand: Demand) -> f64 {
    let supports = method::HEAT_ORGANISATION * f64::from(demand.organisations) + f64::from(demand.persons);
    demand.standing.urgency() * supports * 0.5_f64.powf(demand.age_months / method::HEAT_HALF_LIFE)
}

/// The heat that organisations alone give it.
pub fn business_heat(demand: Demand) -> f64 {
    heat(Demand { persons: 0, ..demand })
}
