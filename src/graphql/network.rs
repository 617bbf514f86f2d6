//! The surroundings of an organisation, a dataset or a publisher.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};

use super::figure::aggregate;
use super::language::{Language, lang};
use super::list::List;
use super::vocabulary::Grade;
use crate::analysis;
use crate::analysis::network::{Member, Node};
use crate::atlas::{Atlas, Lang, Text};

/// What a node of a network is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum NetworkKind {
    /// An organisation that reuses data.
    Organisation,
    /// A dataset.
    Dataset,
    /// A body that publishes.
    Publisher,
}

/// What stands around a node: organisations, the datasets they use, the bodies that publish those.
pub struct Network {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) network: analysis::network::Network,
    pub(crate) figure: analysis::Figure,
}

/// A node of a network.
pub struct NetworkNode {
    atlas: Arc<Atlas>,
    member: Member,
}

/// Two nodes that belong together.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct NetworkLink {
    /// Key of the organisation, or of the dataset where it is linked to its publisher.
    source: String,
    /// Key of what it uses, or of the publisher.
    target: String,
    /// The best grade among the claims; null between a dataset and its publisher.
    grade: Option<Grade>,
}

/// The node that a kind and a slug name; `None` when nothing public bears it.
pub(crate) fn find(atlas: &Atlas, kind: NetworkKind, slug: &str) -> Option<Node> {
    let organisation = || atlas.organisation_by_slug(slug);
    match kind {
        NetworkKind::Organisation => organisation().filter(|&ix| atlas.is_shown(ix)).map(Node::Organisation),
        NetworkKind::Publisher => organisation().filter(|&ix| atlas.publisher(ix).is_some()).map(Node::Body),
        NetworkKind::Dataset => atlas.dataset_by_slug(slug).map(Node::Dataset),
    }
}

fn slug(atlas: &Atlas, node: Node) -> &str {
    match node {
        Node::Organisation(ix) | Node::Body(ix) => atlas.str(atlas.organisation(ix).slug),
        Node::Dataset(ix) => atlas.str(atlas.dataset(ix).slug),
    }
}

fn key(atlas: &Atlas, node: Node) -> String {
    let kind = match node {
        Node::Organisation(_) => "organisation",
        Node::Dataset(_) => "dataset",
        Node::Body(_) => "publisher",
    };
    format!("{kind}:{}", slug(atlas, node))
}

impl NetworkNode {
    fn text(&self, lang: Lang) -> Text<'_> {
        match self.member.node {
            Node::Organisation(ix) | Node::Body(ix) => self.atlas.name(ix, lang),
            Node::Dataset(ix) => self.atlas.title(ix, lang),
        }
    }
}

/// A node of a network.
#[Object(serial)]
impl NetworkNode {
    /// Unique in the network: its kind and slug.
    async fn key(&self) -> String {
        key(&self.atlas, self.member.node)
    }

    /// What it is.
    async fn kind(&self) -> NetworkKind {
        match self.member.node {
            Node::Organisation(_) => NetworkKind::Organisation,
            Node::Dataset(_) => NetworkKind::Dataset,
            Node::Body(_) => NetworkKind::Publisher,
        }
    }

    /// Stable word in its address.
    async fn slug(&self) -> &str {
        slug(&self.atlas, self.member.node)
    }

    /// Its name or title.
    async fn label(&self, ctx: &Context<'_>, lang: Option<Language>) -> String {
        self.text(super::language::lang(ctx, lang)).value.to_owned()
    }

    /// The language that `label` is in, ISO 639-1.
    async fn label_lang(&self, ctx: &Context<'_>) -> String {
        self.text(lang(ctx, None)).lang.to_string()
    }

    /// A publisher's acronym, where no other publisher bears it.
    async fn acronym(&self) -> Option<&str> {
        match self.member.node {
            Node::Body(ix) => self.atlas.own_acronym(ix),
            _ => None,
        }
    }

    /// Sector family, for colour; organisations only.
    async fn family(&self) -> Option<&str> {
        match self.member.node {
            Node::Organisation(ix) => Some(self.atlas.str(self.atlas.family(ix))),
            _ => None,
        }
    }

    /// Steps from the centre.
    async fn depth(&self) -> u8 {
        self.member.depth
    }

    /// Of an organisation: the distinct datasets, and bodies without one, that it uses. Of the others: their
    /// distinct users in the selection.
    async fn size(&self) -> u64 {
        self.member.size
    }
}

aggregate! {
    /// What stands around a node: organisations, the datasets they use, the bodies that publish those.
    impl Network {
        /// The centre first, then by steps from it, the most closely linked first.
        async fn nodes(&self) -> List<NetworkNode> {
            let node = |&member: &Member| NetworkNode { atlas: Arc::clone(&self.atlas), member };
            self.network.members.iter().map(node).collect()
        }

        /// The links between them.
        async fn links(&self) -> List<NetworkLink> {
            let links = self.network.links.iter().map(|link| NetworkLink {
                source: key(&self.atlas, link.from),
                target: key(&self.atlas, link.to),
                grade: link.grade.map(Into::into),
            });
            links.collect()
        }

        /// Nodes within reach that `first` left out.
        async fn beyond(&self) -> u64 {
            self.network.beyond
        }
    }
}
