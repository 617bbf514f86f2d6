//! The closed sets of the model, as plain values that every room may use.
//! Stored as `snake_case` text; the same word is used in GraphQL (upper case), pages and files.

/// Declares a closed set: stored text, serde, `as_str`, `FromStr`, and the list of all values.
macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            sea_orm::EnumIter, sea_orm::DeriveActiveEnum,
            serde::Serialize, serde::Deserialize,
        )]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $($(#[$vdoc])* #[sea_orm(string_value = $text)] #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// Every value, in the order of the definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored word.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The place in [`Self::ALL`]: dense, so columns may hold it as a small integer.
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::vocabulary::UnknownWord;

            fn from_str(text: &str) -> Result<Self, $crate::vocabulary::UnknownWord> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::vocabulary::UnknownWord { set: stringify!($name), word: text.to_owned() }),
                }
            }
        }
    )+};
}

/// A word that is not in a closed set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// The set that was asked.
    pub set: &'static str,
    /// The word it does not hold.
    pub word: String,
}

impl std::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "'{}' is not a value of {}", self.word, self.set)
    }
}

impl std::error::Error for UnknownWord {}

mod access;
mod claim;
mod code;
mod common;
mod dataset;
mod demand;
mod evidence;
mod feedback;
mod import_run;
mod indicator;
mod letter;
mod matching;
mod organisation;
mod place;
mod review;
mod survey;

pub use access::*;
pub use claim::*;
pub use code::*;
pub use common::*;
pub use dataset::*;
pub use demand::*;
pub use evidence::*;
pub use feedback::*;
pub use import_run::*;
pub use indicator::*;
pub use letter::*;
pub use matching::*;
pub use organisation::*;
pub use place::*;
pub use review::*;
pub use survey::*;
