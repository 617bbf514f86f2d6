//! In which language labels are answered.

use async_graphql::{Context, Enum};

use super::transport_wire::Lang as Negotiated;
use crate::atlas::Lang;

/// A language of labels. Recorded names and texts keep their own; where one is missing the next best is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Enum)]
pub enum Language {
    /// Spanish.
    #[default]
    Es,
    /// English.
    En,
}

impl Language {
    /// The atlas's word for it.
    pub fn lang(self) -> Lang {
        match self {
            Self::Es => Lang::ES,
            Self::En => Lang::EN,
        }
    }
}

/// The language asked for by an argument, else that of the request, else Spanish.
pub(crate) fn lang(ctx: &Context<'_>, argument: Option<Language>) -> Lang {
    argument.or_else(|| ctx.data_opt::<Negotiated>().map(|&lang| lang.into())).unwrap_or_default().lang()
}
