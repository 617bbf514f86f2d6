//! What can be typed: commands and their flags. The settings that are variables too are in `config`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{
    config::{Common, Serve},
    domain::candidate::COLUMNS,
    export,
};

/// Records organisations that reuse open government data and maps the ecosystem.
#[derive(Debug, Parser)]
#[command(name = "od100", version, propagate_version = true, max_term_width = 100)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve pages, the API and downloads; migrates the database first
    Serve(Serve),
    /// Bring the database to the newest schema and reference data
    Migrate,
    /// Import a study or indicators, list imports, take one back
    #[command(subcommand)]
    Import(Import),
    /// Load a fictional ecosystem, or take it away
    Sample(Sample),
    /// Write what the pages show as CSV, JSON or GeoJSON
    Export(Export),
    /// Copy the database while it is in use; the copy is read through before it gets its name
    Backup {
        /// Where to; nothing there is overwritten
        file: PathBuf,
    },
    /// Make accounts and give roles; the first administrator is made here
    #[command(subcommand)]
    User(User),
    /// Run a study from the machine: open a wave, invite, count, close
    #[command(subcommand)]
    Survey(Survey),
    /// Hand over what is kept of a person, or forget it
    #[command(subcommand)]
    Privacy(Privacy),
    /// Post letters that are due
    #[command(subcommand)]
    Letters(Letters),
    /// Look for records that may be one thing; the desk decides
    Match {
        /// Only this kind
        #[arg(long, value_enum)]
        kind: Option<MatchKind>,
    },
    /// Put relations forward that are known of; the desk decides
    #[command(subcommand)]
    Relations(Relations),
    /// The days that are no business days, for terms that are counted in them
    #[command(subcommand)]
    Holidays(Holidays),
    /// Check what was written down
    #[command(subcommand)]
    History(History),
    /// Print the GraphQL schema
    Schema {
        /// Write it to a file instead
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// The schema of those who are signed in
        #[arg(long)]
        desk: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Privacy {
    /// Everything that is kept of an address, as JSON
    Export {
        /// The address
        email: String,
        /// Write it to a file instead
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Forget an address: its account ends at once, its rows go after four weeks
    Forget {
        /// The address
        email: String,
        /// Do not wait four weeks
        #[arg(long)]
        now: bool,
    },
    /// Take that back while there is time
    Keep {
        /// The address
        email: String,
    },
    /// Delete what has had its time, as the server does every hour
    Tidy,
    /// Who has asked to be forgotten, by the digest of their address
    Forgotten,
    /// Forget them again in a backup that was restored
    Again {
        /// What `forgotten` printed
        list: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// A chapter of the Open Data 500 study
    Od500(Od500),
    /// Observations of indicators from a long CSV
    Indicators {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        how: How,
    },
    /// The batches there are
    List,
    /// Restore what stood before a batch, also for addresses that cite a moment after it
    Undo {
        /// Its id, as the list shows it
        batch: String,
    },
}

/// Kinds of records that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MatchKind {
    /// Those that reuse data
    Organisation,
    /// Those that publish
    Body,
    /// Datasets of one publisher
    Dataset,
}

#[derive(Debug, Subcommand)]
pub(super) enum Relations {
    /// Successions of public bodies that ship with the program; their dates are unverified
    Propose,
}

#[derive(Debug, Subcommand)]
pub(super) enum Holidays {
    /// Print them, one a line
    List,
    /// Put the days of a file in their place; terms that run already keep their end
    Set {
        /// One day a line: 2026-12-25 and its name; lines that begin with # are passed over
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum History {
    /// Check that no change was altered past the program
    Verify {
        /// The records of all subjects
        #[arg(long, required_unless_present = "record", conflicts_with = "record")]
        all: bool,
        /// Only one record, by its id
        record: Option<uuid::Uuid>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Letters {
    /// To those who speak for a publisher: what waits for their confirmation, once a week
    Digest,
    /// To those who speak for a publisher: requests for data that are new or nearly due, each once
    Requests,
}

#[derive(Debug, Subcommand)]
pub(super) enum Survey {
    /// Begin a study by the instrument that ships with the program, and open its first wave
    Start(NewSurvey),
    /// Invite the organisations of a list; prints each one's answer link, this once
    Invite {
        /// The last part of the wave's address
        #[arg(long)]
        wave: String,
        #[arg(long, value_name = "FILE", help = format!("A table with a header of {}", COLUMNS.join(", ")))]
        list: PathBuf,
        /// Say what would become of each row, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// Make new links for those that were invited before; their old ones end
        #[arg(long)]
        renew: bool,
        /// Leave out the rows that have a problem and invite the others; without it one such row stops the list
        #[arg(long)]
        leave_out: bool,
        /// The address that the world knows this site by
        #[arg(long, env = "OD100_PUBLIC_URL", default_value = "http://127.0.0.1:8100")]
        url: String,
    },
    /// How many have answered, also of a wave that is closed
    Rates {
        /// The last part of the wave's address
        #[arg(long)]
        wave: String,
    },
    /// Close an open wave; its links are worthless from then on
    Close {
        /// The last part of the wave's address
        #[arg(long)]
        wave: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct NewSurvey {
    /// The title in Spanish
    #[arg(long)]
    pub(super) es: String,
    /// The title in English
    #[arg(long)]
    pub(super) en: String,
    /// The country, by its code of two letters
    #[arg(long)]
    pub(super) country: String,
    /// Who is to be named as the source
    #[arg(long)]
    pub(super) attribution: String,
    /// Where the study is described
    #[arg(long)]
    pub(super) page: String,
    /// The last day on which answers are taken
    #[arg(long)]
    pub(super) closes: Option<chrono::NaiveDate>,
}

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Make an account
    Create(NewUser),
    /// Set the password of an account; it is asked for, or read from standard input
    Password {
        /// The address of the account
        email: String,
    },
    /// Give an account a role
    Grant(NewGrant),
    /// Take a role from an account: all of it, or what it is given for one study, organisation or public body
    Revoke(TakenRole),
    /// The accounts there are, with their roles, what each is for and from when until when
    List {
        /// Only those whose name or address holds this
        text: Option<String>,
    },
    /// End all sessions, sign-in links and tokens, when a secret may have come into other hands
    RevokeAll {
        /// The address of the account
        #[arg(required_unless_present = "everybody", conflicts_with = "everybody")]
        email: Option<String>,
        /// Those of all accounts
        #[arg(long)]
        everybody: bool,
    },
    /// Take the second factor of an account away whose owner has lost the device and the recovery codes; make sure first
    /// that it is them who ask
    SecondFactor {
        /// The address of the account
        email: String,
        /// Take it away: sessions end, and a letter tells the owner
        #[arg(long, required = true)]
        remove: bool,
    },
    /// Disable an account: its sessions, links and tokens end at once
    Disable {
        /// The address of the account
        email: String,
        /// Enable it again
        #[arg(long)]
        undo: bool,
    },
}

#[derive(Debug, Args)]
pub(super) struct NewUser {
    /// The address of the account; nobody else is shown it
    pub(super) email: String,
    /// How the account is named
    #[arg(long)]
    pub(super) name: String,
    /// Language of letters: es or en
    #[arg(long, default_value = "es")]
    pub(super) lang: String,
    /// Make it an administrator, who manages accounts and roles
    #[arg(long)]
    pub(super) admin: bool,
    /// Ask for a password, or read it from standard input; without one the account signs in by link
    #[arg(long)]
    pub(super) password: bool,
}

/// What a role is given for.
#[derive(Debug, Args)]
pub(super) struct RoleScope {
    /// The slug of the study, for a researcher
    #[arg(long, value_name = "SLUG", group = "scope")]
    pub(super) study: Option<String>,
    /// The slug of the organisation, for its representative
    #[arg(long, value_name = "SLUG", group = "scope")]
    pub(super) organisation: Option<String>,
    /// The slug of the public body, for its liaison; what belongs to it is included
    #[arg(long, value_name = "SLUG", group = "scope")]
    pub(super) publisher: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct TakenRole {
    /// The address of the account
    pub(super) email: String,
    /// The role
    pub(super) role: String,
    #[command(flatten)]
    pub(super) scope: RoleScope,
    /// Why it is taken
    #[arg(long)]
    pub(super) reason: String,
}

#[derive(Debug, Args)]
pub(super) struct NewGrant {
    /// The address of the account
    pub(super) email: String,
    /// One of `contributor`, `organisation_representative`, `researcher`, `agency_liaison`, `curator`, `admin`, `service`
    pub(super) role: String,
    #[command(flatten)]
    pub(super) scope: RoleScope,
    /// The first day of the role; today, when left out
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) from: Option<chrono::NaiveDate>,
    /// The last day of the role
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) until: Option<chrono::NaiveDate>,
    /// Why the role is given
    #[arg(long)]
    pub(super) reason: String,
}

#[derive(Debug, Args)]
pub(super) struct Od500 {
    /// us, mx, kr or au
    #[arg(long)]
    pub(super) chapter: String,
    /// Read `<chapter>_companies.csv` and `<chapter>_agencies.csv` from a folder instead of fetching them
    #[arg(long, value_name = "DIR")]
    pub(super) from: Option<PathBuf>,
    /// Where the study publishes its files; a chapter's are in its folder
    #[arg(long, value_name = "URL", default_value = crate::import::fetch::DEFAULT_BASE_URL)]
    pub(super) base_url: url::Url,
    #[command(flatten)]
    pub(super) how: How,
}

#[derive(Debug, Args)]
pub(super) struct How {
    /// Read and check everything, write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Take all or nothing: when a value or row would be left out, write nothing and end with code 1
    #[arg(long)]
    pub(super) strict: bool,
    /// Take files that lack more than a tenth of what the record has from their source, or of what they name themselves
    #[arg(long)]
    pub(super) allow_loss: bool,
    /// Write the whole report, each remark included, as JSON
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Sample {
    /// How many organisations
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) organisations: u32,
    /// Equal seeds give equal ecosystems
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    /// Over how many countries it spreads
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=12))]
    pub(super) countries: u8,
    /// Take the sample away
    #[arg(long, conflicts_with_all = ["organisations", "seed", "countries", "if_empty"])]
    pub(super) remove: bool,
    /// Only when the database holds no organisation
    #[arg(long)]
    pub(super) if_empty: bool,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// What to write
    #[arg(long)]
    pub(super) what: What,
    /// In which form
    #[arg(long, default_value = "csv")]
    pub(super) format: Format,
    /// Where to; standard output when left out, or "-"
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Language of names and labels
    #[arg(long, default_value = "es", value_parser = ["es", "en"])]
    pub(super) lang: String,
    /// Leave texts that look like formulas as they are (CSV)
    #[arg(long)]
    pub(super) raw: bool,
    /// Address that links to pages begin with; without it they are paths of a site
    #[arg(long, env = "OD100_PUBLIC_URL", value_name = "URL")]
    pub(super) public_url: Option<url::Url>,
    /// Filters in the words of the explorer's address, such as chapter=mx sector=energy; asOf=2015-01-31 and
    /// knownAt=2026-01-31T12:00:00Z choose the record of another day
    #[arg(value_name = "KEY=VALUE", value_parser = pair)]
    pub(super) filters: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum What {
    Organisations,
    Claims,
    /// The bodies with users under the roll-up; `bodies=all` without a filter adds all others that are known
    Publishers,
    Datasets,
    Observations,
    Requests,
    /// The links of a flow; `form=bands`, `long`, `matrix` or `chord`
    Flow,
    /// Distinct organisations by a facet; `by=sector` or another facet
    Counts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Csv,
    Json,
    Geojson,
}

impl From<What> for export::What {
    fn from(what: What) -> Self {
        match what {
            What::Organisations => Self::Organisations,
            What::Claims => Self::Claims,
            What::Publishers => Self::Publishers,
            What::Datasets => Self::Datasets,
            What::Observations => Self::Observations,
            What::Requests => Self::Requests,
            What::Flow => Self::Flow,
            What::Counts => Self::Counts,
        }
    }
}

impl From<Format> for export::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Csv => Self::Csv,
            Format::Json => Self::Json,
            Format::Geojson => Self::GeoJson,
        }
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write it as key=value, such as chapter=mx")?;
    Ok((key.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
