//! The figures of what is narrowed to one object: an area or a study.

/// Writes the fields of the organisations of an object that has `atlas`, and `narrowed`, which narrows a filter to it.
/// Fields in its body cannot state a complexity: the name `child_complexity` is the macro's own.
macro_rules! narrowed {
    ($(#[$doc:meta])* impl $name:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[async_graphql::Object(serial)]
        impl $name {
            $($body)*

            /// Its organisations.
            #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
            async fn organisations(
                &self,
                ctx: &async_graphql::Context<'_>,
                filter: Option<$crate::graphql::filter::Filter>,
                #[graphql(default_with = "Some(super::connection::OrganisationOrder::PublishersUsed)")]
                order_by: Option<$crate::graphql::connection::OrganisationOrder>,
                #[graphql(default_with = "Some(false)")] reverse: Option<bool>,
                #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
                after: Option<String>,
            ) -> async_graphql::Result<$crate::graphql::connection::OrganisationConnection> {
                use $crate::graphql::connection::{OrganisationConnection, OrganisationOrder, sorted};
                let page = $crate::graphql::page::Page { first: $crate::graphql::page::first_of(first, 20), after };
                let order = sorted(order_by, reverse, OrganisationOrder::PublishersUsed);
                OrganisationConnection::new(ctx, &self.atlas, self.narrowed(filter)?, order, &page)
            }

            /// Its organisations per value of a dimension.
            #[graphql(complexity = "20 + 10 * child_complexity")]
            async fn counts(
                &self,
                by: $crate::graphql::filter::Dimension,
                filter: Option<$crate::graphql::filter::Filter>,
            ) -> async_graphql::Result<$crate::graphql::figure::Counts> {
                Ok($crate::graphql::figure::Counts::new(&self.atlas, by, &self.narrowed(filter)?))
            }

            /// The publishers that its organisations use, most users first.
            #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
            async fn publishers(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
                after: Option<String>,
            ) -> async_graphql::Result<$crate::graphql::connection::PublisherConnection> {
                use $crate::graphql::connection::{PublisherConnection, PublisherOrder};
                let page = $crate::graphql::page::Page { first: $crate::graphql::page::first_of(first, 20), after };
                PublisherConnection::new(ctx, &self.atlas, &self.narrowed(None)?, PublisherOrder::Users, &page)
            }

            /// The datasets that its organisations use most, and uses that name none apart.
            async fn top_datasets(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(default_with = "Some(10)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
            ) -> async_graphql::Result<$crate::graphql::flow::TopDatasets> {
                let first = $crate::graphql::page::first_of(first, 10);
                Ok($crate::graphql::flow::TopDatasets::new(ctx, &self.atlas, &self.narrowed(None)?, first))
            }
        }
    };
}
pub(crate) use narrowed;
