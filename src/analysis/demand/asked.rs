//! Which requests for data are asked for, in the words of an address, a file or a filter of the API; and in which order
//! they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use entity::vocabulary::{BlockingReason, RequestStatus};

use super::{heat_of, is_overdue, urgency};
use crate::atlas::{Atlas, CodeIx, Fault, OrgIx, Refusal, Request, RequestIx, StrIx};
use crate::domain::demand::{Supporter, THEMES, is_open};
use crate::domain::text::fold;

/// The longest text to search for, in characters.
const TEXT_LENGTH: usize = 200;
/// Words that the address of a list of requests may carry besides its filter.
const OTHERS: [&str; 6] = ["sort", "after", "page", "raw", "first", "lang"];

/// Which requests are asked for; what is left empty asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Of these bodies, what belongs to them and what came before them.
    pub publishers: Vec<OrgIx>,
    /// Supported by an organisation of one of these sectors.
    pub sectors: Vec<CodeIx>,
    /// About one of these.
    pub themes: Vec<CodeIx>,
    /// Of one of these chapters: see [`chapters`].
    pub chapters: Vec<StrIx>,
    pub statuses: Vec<RequestStatus>,
    /// Because of one of these.
    pub needs: Vec<BlockingReason>,
    /// Only those whose term is over.
    pub is_overdue: bool,
    /// With these words.
    pub text: Option<String>,
}

/// The same in words, before anybody has looked whether they name anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub publisher: Vec<String>,
    pub sector: Vec<String>,
    pub theme: Vec<String>,
    pub chapter: Vec<String>,
    pub status: Vec<RequestStatus>,
    pub need: Vec<BlockingReason>,
    pub is_overdue: bool,
    pub text: Option<String>,
}

impl Words {
    /// Reads the parameters of an address, passing over what is no filter: an address may carry what others have put
    /// there.
    pub fn of_address<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self, Refusal> {
        let mut words = Self::default();
        for (key, value) in pairs {
            words.take(key, value.trim())?;
        }
        Ok(words)
    }

    /// The same, refusing what is no filter: a file that was narrowed by less than was asked for would look whole.
    pub fn of_file<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self, Refusal> {
        let mut words = Self::default();
        for (key, value) in pairs {
            let is_known = words.take(key, value.trim())? || OTHERS.contains(&key);
            if !is_known && !matches!(key, "asOf" | "knownAt") {
                return Err(Refusal::new(key, value, Fault::NoFilter));
            }
        }
        Ok(words)
    }

    /// Takes a parameter; says whether it is one of a filter.
    fn take(&mut self, key: &str, value: &str) -> Result<bool, Refusal> {
        let words = || value.split(',').map(str::trim).filter(|word| !word.is_empty());
        match key {
            "publisher" => self.publisher.extend(words().map(str::to_owned)),
            "sector" => self.sector.extend(words().map(str::to_owned)),
            "theme" => self.theme.extend(words().map(str::to_owned)),
            "chapter" => self.chapter.extend(words().map(str::to_owned)),
            "status" => self.status.append(&mut each(key, words())?),
            "need" => self.need.append(&mut each(key, words())?),
            "overdue" => match value {
                "" | "0" | "false" => {}
                "1" | "true" => self.is_overdue = true,
                _ => return Err(Refusal::new(key, value, Fault::Form("1"))),
            },
            "q" if value.chars().count() > TEXT_LENGTH => return Err(Refusal::new(key, value, Fault::TooLong)),
            "q" => self.text = Some(value.to_owned()).filter(|text| !text.is_empty()),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// What they name in an atlas; the first word that names nothing is refused.
    pub fn asked(self, atlas: &Atlas) -> Result<Asked, Refusal> {
        let refuse = |name: &str, value: &str| Refusal::new(name, value, Fault::Unknown);
        let mut asked = Asked {
            statuses: self.status,
            needs: self.need,
            is_overdue: self.is_overdue,
            text: self.text.filter(|text| !text.trim().is_empty()),
            ..Asked::default()
        };
        for slug in &self.publisher {
            let found = atlas.organisation_by_slug(slug).filter(|&org| atlas.publisher(org).is_some());
            asked.publishers.push(found.ok_or_else(|| refuse("publisher", slug))?);
        }
        for code in &self.sector {
            asked.sectors.push(atlas.code("od500_category", code).ok_or_else(|| refuse("sector", code))?);
        }
        for code in &self.theme {
            asked.themes.push(atlas.code(THEMES, code).ok_or_else(|| refuse("theme", code))?);
        }
        for word in &self.chapter {
            let found = atlas.chapters().iter().copied().find(|&chapter| atlas.str(chapter) == word);
            asked.chapters.push(found.ok_or_else(|| refuse("chapter", word))?);
        }
        Ok(asked)
    }
}

fn each<'a, T: FromStr>(key: &str, words: impl Iterator<Item = &'a str>) -> Result<Vec<T>, Refusal> {
    words.map(|word| word.parse().map_err(|_| Refusal::new(key, word, Fault::Unknown))).collect()
}

impl Asked {
    /// Whether all requests are asked for.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// The filter as a query string in a fixed order.
    pub fn canonical(&self, atlas: &Atlas) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        let mut list = |key: &str, mut words: Vec<&str>| {
            words.sort_unstable();
            if !words.is_empty() {
                pairs.append_pair(key, &words.join(","));
            }
        };
        list("publisher", self.publishers.iter().map(|&org| atlas.str(atlas.organisation(org).slug)).collect());
        list("sector", self.sectors.iter().map(|&code| atlas.str(atlas.code_row(code).code)).collect());
        list("theme", self.themes.iter().map(|&code| atlas.str(atlas.code_row(code).code)).collect());
        list("chapter", self.chapters.iter().map(|&chapter| atlas.str(chapter)).collect());
        list("status", self.statuses.iter().map(|status| status.as_str()).collect());
        list("need", self.needs.iter().map(|need| need.as_str()).collect());
        list("overdue", self.is_overdue.then_some("1").into_iter().collect());
        list("q", self.text.iter().map(String::as_str).collect());
        pairs.finish()
    }
}

/// How a list of requests is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// What most organisations ask for first, those that are settled last.
    Organisations,
    /// What most projects wait for first, those that are settled last.
    Blocked,
    /// The hottest first: what to open next.
    Heat,
    /// The one asked for last first.
    Newest,
    /// The one due first first; those without a term last.
    Due,
}

impl Order {
    /// All of them, the usual one first.
    pub const ALL: [Self; 5] = [Self::Organisations, Self::Blocked, Self::Heat, Self::Newest, Self::Due];

    /// The word of an address for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Organisations => "organisations",
            Self::Blocked => "blocked",
            Self::Heat => "heat",
            Self::Newest => "newest",
            Self::Due => "due",
        }
    }

    /// The order that an address asks for; without one, or with a word that is none, the usual one.
    pub fn of_address(word: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|order| Some(order.as_str()) == word).unwrap_or(Self::Organisations)
    }
}

/// The requests that are asked for, in an order.
pub fn requests(atlas: &Atlas, asked: &Asked, order: Order) -> Vec<RequestIx> {
    let bodies: BTreeSet<OrgIx> =
        asked.publishers.iter().flat_map(|&org| atlas.hierarchy.below(org, true, true)).collect();
    let words: Vec<String> = asked.text.iter().flat_map(|text| text.split_whitespace().map(fold)).collect();
    let holds = |request: &Request| {
        (asked.publishers.is_empty() || request.publisher.is_some_and(|body| bodies.contains(&body)))
            && (asked.statuses.is_empty() || asked.statuses.contains(&request.status))
            && (asked.needs.is_empty() || asked.needs.contains(&request.blocking))
            && (!asked.is_overdue || is_overdue(atlas, request))
            && (asked.themes.is_empty() || request.themes.iter().any(|theme| asked.themes.contains(theme)))
            && (asked.chapters.is_empty() || chapters(atlas, request).any(|chapter| asked.chapters.contains(&chapter)))
            && (asked.sectors.is_empty() || sectors(atlas, request).any(|sector| asked.sectors.contains(&sector)))
            && {
                let texts = [Some(request.title), request.description, request.purpose];
                let said = texts.into_iter().flatten().map(|text| fold(atlas.str(text))).collect::<Vec<_>>().join(" ");
                words.iter().all(|word| said.contains(word.as_str()))
            }
    };
    let mut list: Vec<RequestIx> = atlas.requests().filter(|&ix| holds(atlas.request(ix))).collect();
    sort(atlas, &mut list, order);
    list
}

/// Puts requests into an order; what is alike in one thing is told apart by the next, and in the end by its age.
fn sort(atlas: &Atlas, list: &mut [RequestIx], order: Order) {
    let heats: BTreeMap<RequestIx, f64> = list.iter().map(|&ix| (ix, heat_of(atlas, atlas.request(ix)).0)).collect();
    let needed = |ix: RequestIx| {
        let request = atlas.request(ix);
        let is_settled = urgency(request.status) == 0.0;
        (is_settled, u32::MAX - request.count(Supporter::Organisation), u32::MAX - request.blocked())
    };
    list.sort_by(|&a, &b| {
        let hotter = || heats[&b].total_cmp(&heats[&a]);
        let ((settled_a, organisations_a, blocked_a), (settled_b, organisations_b, blocked_b)) = (needed(a), needed(b));
        let first = match order {
            Order::Organisations => {
                (settled_a, organisations_a, blocked_a).cmp(&(settled_b, organisations_b, blocked_b)).then_with(hotter)
            }
            Order::Blocked => {
                (settled_a, blocked_a, organisations_a).cmp(&(settled_b, blocked_b, organisations_b)).then_with(hotter)
            }
            Order::Heat => hotter(),
            Order::Newest => atlas.request(b).submitted_on.cmp(&atlas.request(a).submitted_on),
            Order::Due => due(atlas, a).cmp(&due(atlas, b)),
        };
        first.then(a.cmp(&b))
    });
}

/// The day on which an answer is due, where one is still to come.
fn due(atlas: &Atlas, ix: RequestIx) -> (bool, Option<chrono::NaiveDate>) {
    let request = atlas.request(ix);
    let due = request.due_on.filter(|_| request.answered_on.is_none() && is_open(request.status));
    (due.is_none(), due)
}

/// The sectors of the organisations that support a request and may be shown.
pub fn sectors<'a>(atlas: &'a Atlas, request: &'a Request) -> impl Iterator<Item = CodeIx> + 'a {
    request.named(atlas).filter_map(|org| atlas.organisation(org).sector)
}

/// The chapters of a request: that of the study in whose answers it was named; where it was named in none, those of the
/// organisations that support it and may be shown.
pub fn chapters<'a>(atlas: &'a Atlas, request: &'a Request) -> impl Iterator<Item = StrIx> + 'a {
    let of_study = request.study.map(|study| atlas.study(study).chapter);
    let others = request.named(atlas).filter(move |_| of_study.is_none()).flat_map(|org| atlas.chapters_of(org));
    of_study.into_iter().chain(others)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(query: &str, is_file: bool) -> Result<Words, String> {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let pairs = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let words = if is_file { Words::of_file(pairs) } else { Words::of_address(pairs) };
        words.map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn an_address_says_which_requests() {
        let read = words("status=forwarded,triaged&need=stale&overdue=1&q=lluvia&publisher=a,b&sort=due&x=1", false);
        let read = read.unwrap();
        assert_eq!(read.status, [RequestStatus::Forwarded, RequestStatus::Triaged]);
        assert_eq!((read.need, read.is_overdue), (vec![BlockingReason::Stale], true));
        assert_eq!((read.publisher, read.text.as_deref()), (vec!["a".to_owned(), "b".to_owned()], Some("lluvia")));
        for (query, sentence) in [
            ("status=lost", "'status' has no value 'lost'"),
            ("need=love", "'need' has no value 'love'"),
            ("overdue=maybe", "'overdue' wants 1, not 'maybe'"),
            ("grade=A", "there is no filter 'grade'"),
        ] {
            assert_eq!(words(query, true).unwrap_err(), sentence);
        }
        assert_eq!(words("grade=A&lang=es&asOf=2020-01-01", false).unwrap(), Words::default());
    }

    #[test]
    fn orders_have_one_word_each() {
        for order in Order::ALL {
            assert_eq!(Order::of_address(Some(order.as_str())), order);
        }
        assert_eq!(Order::of_address(Some("fame")), Order::Organisations);
        assert_eq!(Order::of_address(None), Order::Organisations);
    }
}
