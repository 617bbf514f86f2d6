//! Code schemes, their codes, and the mappings between them.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::language::Language;
use super::list::List;
use super::node::id;
use super::study::Wave;
use super::vocabulary::{AssertedBy, CodeRole, Confidence, MappingRelation};
use crate::atlas::{self, Atlas, CodeIx};

/// A code of a scheme: a sector, a goal, a theme, an industry.
#[derive(Clone)]
pub struct Code {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) ix: CodeIx,
}

/// Sector family of a code, for colour.
pub(crate) fn family_of(atlas: &Atlas, sector: Option<CodeIx>) -> Option<&str> {
    atlas.code_row(sector?).family.map(|ix| atlas.str(ix))
}

impl Code {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: CodeIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &atlas::Code {
        self.atlas.code_row(self.ix)
    }
}

/// A code of a scheme: a sector, a goal, a theme, an industry.
#[Object(serial)]
impl Code {
    /// Global id, `code:<uuid>`.
    pub async fn id(&self) -> ID {
        id("code", self.row().id.0)
    }

    /// Id of its scheme, such as `od500_category`.
    async fn scheme(&self) -> &str {
        self.atlas.str(self.row().scheme)
    }

    /// The code, such as `research_consulting` or `3`.
    async fn code(&self) -> &str {
        self.atlas.str(self.row().code)
    }

    /// Its label.
    async fn label(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.label(self.row().label, super::language::lang(ctx, lang)).value
    }

    /// What it covers.
    async fn definition(&self, ctx: &Context<'_>, lang: Option<Language>) -> Option<&str> {
        self.row().definition.map(|ix| self.atlas.label(ix, super::language::lang(ctx, lang)).value)
    }

    /// Sector family, for colour; null outside sectors.
    async fn family(&self) -> Option<&str> {
        self.row().family.map(|ix| self.atlas.str(ix))
    }

    /// Official colour, `#rrggbb`; goals only.
    async fn color(&self) -> Option<&str> {
        self.row().color.map(|ix| self.atlas.str(ix))
    }

    /// The wider code.
    async fn parent(&self) -> Option<Code> {
        self.row().parent.map(|ix| Code::new(&self.atlas, ix))
    }

    /// What it corresponds to in other schemes: suggestions, never overwriting what was recorded.
    async fn mappings(&self) -> List<CodeMapping> {
        self.atlas
            .mappings_of(self.ix)
            .iter()
            .map(|row| CodeMapping { atlas: Arc::clone(&self.atlas), row: row.clone() })
            .collect()
    }
}

/// A mapping to a code of another scheme.
pub struct CodeMapping {
    atlas: Arc<Atlas>,
    row: atlas::Mapping,
}

/// A mapping to a code of another scheme.
#[Object(serial)]
impl CodeMapping {
    /// The other code.
    async fn to(&self) -> Code {
        Code::new(&self.atlas, self.row.to)
    }

    /// How the two relate.
    async fn relation(&self) -> MappingRelation {
        self.row.relation.into()
    }

    /// How safely one follows from the other.
    async fn confidence(&self) -> Confidence {
        self.row.confidence.into()
    }

    /// A remark.
    async fn note(&self, ctx: &Context<'_>, lang: Option<Language>) -> Option<&str> {
        self.row.note.map(|ix| self.atlas.label(ix, super::language::lang(ctx, lang)).value)
    }
}

/// A list of codes with its version.
pub struct CodeScheme {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) row: atlas::Scheme,
}

/// A list of codes with its version.
#[Object(serial)]
impl CodeScheme {
    /// Such as `od500_category`.
    pub async fn id(&self) -> &str {
        self.atlas.str(self.row.id)
    }

    /// Its version.
    async fn version(&self) -> &str {
        self.atlas.str(self.row.version)
    }

    /// Its name.
    async fn name(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.label(self.row.name, super::language::lang(ctx, lang)).value
    }

    /// Who publishes it.
    async fn publisher(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.label(self.row.publisher, super::language::lang(ctx, lang)).value
    }

    /// The language that `publisher` is in, ISO 639-1.
    async fn publisher_lang(&self, ctx: &Context<'_>) -> String {
        self.atlas.label(self.row.publisher, super::language::lang(ctx, None)).lang.to_string()
    }

    /// SPDX id or name of its licence.
    async fn licence(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.label(self.row.licence, super::language::lang(ctx, lang)).value
    }

    /// Where it is found.
    async fn url(&self) -> &str {
        self.atlas.str(self.row.url)
    }

    /// Its codes, in its order.
    async fn codes(&self) -> List<Code> {
        self.atlas.codes_of(self.atlas.str(self.row.id)).map(|ix| Code::new(&self.atlas, ix)).collect()
    }
}

/// The assignment of a code to an organisation.
pub struct CodeAssignment {
    atlas: Arc<Atlas>,
    row: atlas::Assignment,
}

impl CodeAssignment {
    pub(crate) fn new(atlas: &Arc<Atlas>, row: &atlas::Assignment) -> Self {
        Self { atlas: Arc::clone(atlas), row: row.clone() }
    }
}

/// The assignment of a code to an organisation.
#[Object(serial)]
impl CodeAssignment {
    /// The code; null when the text is outside the list.
    async fn code(&self) -> Option<Code> {
        self.row.code.map(|ix| Code::new(&self.atlas, ix))
    }

    /// What was said, when it is outside the list.
    async fn text(&self) -> Option<&str> {
        self.row.text.map(|ix| self.atlas.str(ix))
    }

    /// What the code says about the organisation.
    async fn role(&self) -> CodeRole {
        self.row.role.into()
    }

    /// Who assigned it.
    async fn assigned_by(&self) -> AssertedBy {
        self.row.assigned_by.into()
    }

    /// How safe the assignment is.
    async fn confidence(&self) -> Confidence {
        self.row.confidence.into()
    }

    /// The wave that it was said in.
    async fn wave(&self) -> Option<Wave> {
        self.row.wave.map(|ix| Wave::new(&self.atlas, ix))
    }
}
