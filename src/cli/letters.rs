//! `od100 letters`: posts letters that nobody asks for. A running server does the same by the hour, and sends them.

use super::args::Letters;
use super::{counted, record, say};
use crate::app::demand::letters as requests;
use crate::app::publisher::digest;
use crate::config::Common;

pub(super) async fn run(common: &Common, what: Letters) -> anyhow::Result<()> {
    let ctx = record::open(common).await?;
    match what {
        Letters::Requests => {
            let posted = requests::post(&ctx).await?;
            let letters = counted(posted, "letter", "letters");
            say(&format!("Posted: {letters} about requests for data. A server with OD100_MAIL sends what is posted."));
        }
        Letters::Digest => {
            let posted = digest::post(&ctx).await?;
            let letters = counted(posted, "letter", "letters");
            say(&format!(
                "Posted: {letters} to those who speak for publishers. A server with OD100_MAIL sends what is posted."
            ));
        }
    }
    ctx.db.close().await?;
    Ok(())
}
