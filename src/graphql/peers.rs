//! Organisations like one, with the reasons, and what they use that it does not.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};

use super::dataset::Dataset;
use super::figure::aggregate;
use super::list::List;
use super::organisation::Organisation;
use super::page::first_of;
use super::publisher::Publisher;
use crate::analysis;
use crate::atlas::{self, Atlas, Dimension, OrgIx};

/// An organisation like another, with the reasons.
pub struct Peer {
    pub(super) atlas: Arc<Atlas>,
    /// The organisation that it is like.
    pub(super) of: OrgIx,
    pub(super) row: analysis::peers::Peer,
}

/// One component of a similarity.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct PeerComponent {
    /// `datasets`, `publishers`, `sector`, `goals` or `place`.
    pub(super) key: String,
    /// From 0 to 1.
    pub(super) value: f64,
    /// Its weight in the mean.
    pub(super) weight: f64,
}

/// An organisation like another, with the reasons.
#[Object(serial)]
impl Peer {
    /// The peer.
    async fn organisation(&self) -> Organisation {
        Organisation::new(&self.atlas, self.row.organisation)
    }

    /// Weighted mean of the components known for both, from 0 to 1.
    async fn similarity(&self) -> f64 {
        self.row.similarity
    }

    /// Datasets that both use.
    async fn shared_datasets(&self) -> List<Dataset> {
        self.row.shared_datasets.iter().map(|&ix| Dataset::new(&self.atlas, ix)).collect()
    }

    /// Publishers that both use.
    async fn shared_publishers(&self) -> List<Publisher> {
        self.row.shared_publishers.iter().map(|&ix| Publisher::new(&self.atlas, ix)).collect()
    }

    /// Goals that both declare.
    async fn shared_sdgs(&self) -> List<u8> {
        self.row.shared_goals.iter().copied().collect()
    }

    /// What the similarity is made of.
    async fn components(&self) -> List<PeerComponent> {
        self.row
            .components
            .known()
            .map(|(key, value, weight)| PeerComponent { key: key.to_owned(), value, weight })
            .collect()
    }
    /// What it uses that the organisation does not.
    async fn beyond(&self) -> Beyond {
        let row = analysis::peers::beyond(&self.atlas, self.of, self.row.organisation);
        Beyond { atlas: Arc::clone(&self.atlas), row }
    }
}

/// What a peer uses that the organisation does not.
pub struct Beyond {
    atlas: Arc<Atlas>,
    row: analysis::peers::Beyond,
}

/// What a peer uses that the organisation does not.
#[Object(serial)]
impl Beyond {
    /// Publishers under the default roll-up, most users first; at most 50.
    async fn publishers(
        &self,
        #[graphql(default_with = "Some(5)", validator(minimum = 0, maximum = 50))] first: Option<i32>,
    ) -> List<Publisher> {
        let publishers = self.row.publishers.iter().take(first_of(first, 5));
        publishers.map(|&ix| Publisher::new(&self.atlas, ix)).collect()
    }

    /// All of those publishers.
    async fn publisher_count(&self) -> usize {
        self.row.publishers.len()
    }

    /// Datasets, most users first; at most 50.
    async fn datasets(
        &self,
        #[graphql(default_with = "Some(5)", validator(minimum = 0, maximum = 50))] first: Option<i32>,
    ) -> List<Dataset> {
        self.row.datasets.iter().take(first_of(first, 5)).map(|&ix| Dataset::new(&self.atlas, ix)).collect()
    }

    /// All of those datasets.
    async fn dataset_count(&self) -> usize {
        self.row.datasets.len()
    }
}

/// Data that peers use and the organisation does not.
pub struct PeerData {
    atlas: Arc<Atlas>,
    data: Data,
    peers: Vec<OrgIx>,
}

#[derive(Clone, Copy)]
enum Data {
    Publisher(OrgIx),
    Dataset(atlas::DatasetIx),
}

/// Data that peers use and the organisation does not.
#[Object(serial)]
impl PeerData {
    /// The publisher, or that of the dataset.
    async fn publisher(&self) -> Publisher {
        match self.data {
            Data::Publisher(ix) => Publisher::new(&self.atlas, ix),
            Data::Dataset(ix) => Publisher::new(&self.atlas, self.atlas.dataset(ix).publisher),
        }
    }

    /// The dataset, in a list of datasets.
    async fn dataset(&self) -> Option<Dataset> {
        match self.data {
            Data::Publisher(_) => None,
            Data::Dataset(ix) => Some(Dataset::new(&self.atlas, ix)),
        }
    }

    /// How many of the peers use it.
    async fn peer_count(&self) -> usize {
        self.peers.len()
    }

    /// Those peers, most alike first; at most 20.
    async fn peers(
        &self,
        #[graphql(default_with = "Some(5)", validator(minimum = 0, maximum = 20))] first: Option<i32>,
    ) -> List<Organisation> {
        self.peers.iter().take(first_of(first, 5)).map(|&ix| Organisation::new(&self.atlas, ix)).collect()
    }
}

/// What an organisation's peers use and it does not: the difference of their data.
pub struct DataOfPeers {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: analysis::Figure,
    row: analysis::peers::DataOfPeers,
}

impl DataOfPeers {
    pub(super) fn new(atlas: &Arc<Atlas>, org: OrgIx, among: usize) -> Self {
        let row = analysis::peers::data_of_peers(atlas, org, among);
        let filter = atlas::Filter::default();
        let selection = atlas.select_only(&filter, &row.peers);
        let figure = analysis::Figure::new(atlas, &filter, &selection, Dimension::Dataset);
        Self { atlas: Arc::clone(atlas), figure, row }
    }

    fn rows<T: Copy>(&self, rows: &[(T, Vec<OrgIx>)], first: Option<i32>, data: impl Fn(T) -> Data) -> List<PeerData> {
        let row = |(of, peers): &(T, Vec<OrgIx>)| PeerData {
            atlas: Arc::clone(&self.atlas),
            data: data(*of),
            peers: peers.clone(),
        };
        rows.iter().take(first_of(first, 10)).map(row).collect()
    }
}

aggregate! {
    /// What an organisation's peers use and it does not: the difference of their data.
    impl DataOfPeers {
        /// The peers looked at, most alike first; at most 20.
        async fn peers(
            &self,
            #[graphql(default_with = "Some(5)", validator(minimum = 0, maximum = 20))] first: Option<i32>,
        ) -> List<Organisation> {
            self.row.peers.iter().take(first_of(first, 5)).map(|&ix| Organisation::new(&self.atlas, ix)).collect()
        }

        /// Whether they share data with it; where nobody does, they are the most alike that use any.
        async fn sharing(&self) -> bool {
            self.row.sharing
        }

        /// Publishers under the default roll-up, most peers first, then most users; at most 50.
        async fn publishers(
            &self,
            #[graphql(default_with = "Some(10)", validator(minimum = 0, maximum = 50))] first: Option<i32>,
        ) -> List<PeerData> {
            self.rows(&self.row.publishers, first, Data::Publisher)
        }

        /// All of those publishers.
        async fn publisher_count(&self) -> usize {
            self.row.publishers.len()
        }

        /// Datasets, most peers first, then most users; at most 50.
        async fn datasets(
            &self,
            #[graphql(default_with = "Some(10)", validator(minimum = 0, maximum = 50))] first: Option<i32>,
        ) -> List<PeerData> {
            self.rows(&self.row.datasets, first, Data::Dataset)
        }

        /// All of those datasets.
        async fn dataset_count(&self) -> usize {
            self.row.datasets.len()
        }
    }
}
