//! Where facts come from, whom to name, and texts with their language.

use std::sync::Arc;

use async_graphql::{ID, Object, SimpleObject};

use super::node::id;
use super::scalar::{Date, DateTime};
use super::vocabulary::{Grade, Polarity, SourceKind};
use crate::atlas::LabelIx;
use crate::atlas::{Atlas, Lang, SourceIx, StudyIx};

/// A text together with the language it is in, which need not be the one asked for.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Text {
    /// Plain text.
    pub value: String,
    /// ISO 639-1 code.
    pub lang: String,
}

impl Text {
    pub(crate) fn of(atlas: &Atlas, label: Option<LabelIx>, lang: Lang) -> Option<Self> {
        let text = atlas.label(label?, lang);
        Some(Self { value: text.value.to_owned(), lang: text.lang.to_string() })
    }
}

/// Whom to name when showing a row, and under which licence.
#[derive(Clone, SimpleObject)]
#[graphql(serial)]
pub struct Attribution {
    /// The sentence to show.
    pub text: String,
    /// The same without the study's own name before it: where several studies are named at once, each holder is named
    /// once with their titles.
    pub holder: String,
    /// SPDX id of the licence.
    pub licence: String,
    /// Address of the licence's text.
    pub url: String,
}

impl Attribution {
    /// What a study brought in, or what none did.
    pub(crate) fn of(atlas: &Atlas, study: Option<StudyIx>) -> Self {
        let credit = atlas.credit(study);
        Self {
            text: credit.text.to_owned(),
            holder: study.map_or(credit.text, |study| atlas.holder_of(study)).to_owned(),
            licence: credit.licence.to_owned(),
            url: credit.licence_url.to_owned(),
        }
    }
}

/// A source that facts or evidence are found in.
#[derive(Clone)]
pub struct Source {
    atlas: Arc<Atlas>,
    ix: SourceIx,
}

impl Source {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: SourceIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &crate::atlas::Source {
        self.atlas.source(self.ix)
    }
}

/// A source that facts or evidence are found in.
#[Object(serial)]
impl Source {
    /// Global id, `source:<uuid>`.
    pub async fn id(&self) -> ID {
        id("source", self.row().id.0)
    }

    /// What sort of source it is.
    async fn kind(&self) -> SourceKind {
        self.row().kind.into()
    }

    /// Its title.
    async fn title(&self) -> &str {
        self.atlas.str(self.row().title)
    }

    /// The language that `title` is in, ISO 639-1; null where it is not known.
    async fn title_lang(&self) -> Option<&str> {
        self.row().lang.map(|ix| self.atlas.str(ix))
    }

    /// Where it is found, http or https.
    async fn url(&self) -> Option<&str> {
        self.row().url.map(|ix| self.atlas.str(ix))
    }

    /// Who wrote or published it.
    async fn author(&self) -> Option<&str> {
        self.row().author.map(|ix| self.atlas.str(ix))
    }

    /// When it was published.
    async fn published_on(&self) -> Option<Date> {
        self.row().published_on.map(Date)
    }

    /// When it was read.
    async fn accessed_at(&self) -> Option<DateTime> {
        self.row().accessed_at.map(DateTime)
    }

    /// The grade of a fact that only this source supports.
    async fn grade(&self) -> Grade {
        self.atlas.source_grade(self.ix).into()
    }

    /// SPDX id of its licence.
    async fn licence(&self) -> Option<&str> {
        self.row().licence.map(|ix| self.atlas.str(ix))
    }
}

/// A link from a claim to a source.
pub struct Evidence {
    atlas: Arc<Atlas>,
    row: crate::atlas::Evidence,
}

impl Evidence {
    pub(crate) fn list(atlas: &Arc<Atlas>, rows: &[crate::atlas::Evidence]) -> Vec<Self> {
        rows.iter().map(|row| Self { atlas: Arc::clone(atlas), row: row.clone() }).collect()
    }
}

/// A link from a claim to a source.
#[Object(serial)]
impl Evidence {
    /// The source.
    async fn source(&self) -> Source {
        Source::new(&self.atlas, self.row.source)
    }

    /// What it does to the claim.
    async fn polarity(&self) -> Polarity {
        self.row.polarity.into()
    }

    /// Where in the source, in no language. A row of a file is `name.csv#row=13`, by RFC 7111; the header is the first.
    async fn locator(&self) -> Option<&str> {
        self.row.locator.map(|ix| self.atlas.str(ix))
    }

    /// At most 300 characters of it.
    async fn quote(&self) -> Option<&str> {
        self.row.quote.map(|ix| self.atlas.str(ix))
    }
}
