//! `od100 letters`: posts letters that nobody asks for. A running server does the same by the hour, and sends them.

use super::args::Letters;
use super::{record, say};
use crate::app::demand::letters as requests;
use crate::app::publisher::digest;
use crate::config::Common;

pub(super) async fn run(common: &Common, what: Letters) -> anyhow::Result<()> {
    let ctx = record::open(common).await?;
    match what {
        Letters::Requests => {
            let posted = requests::post(&ctx).await?;
            say(&format!("{posted} letters about requests for data are posted; a server with OD100_MAIL sends them."));
        }
        Letters::Digest => {
            let posted = digest::post(&ctx).await?;
            say(&format!(
                "{posted} letters to those who speak for publishers are posted; a server with OD100_MAIL sends them."
            ));
        }
    }
    ctx.db.close().await?;
    Ok(())
}
