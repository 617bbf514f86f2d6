//! Finds the pairs among many records that may be one thing, and says why. What one pair is judged by is in
//! [`resolve`](super::resolve); here is which pairs are compared at all: those that share an identifier, a domain,
//! an acronym, or enough rare words that the third rule could hold. Nothing is decided here.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::vocabulary::{IdentifierScheme, MatchKind, MatchVerdict};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::resolve::{Sort, Subject, Verdict, decide, fold_name, fold_title, likeness, meaning};
use super::text::{fold, look};

/// More records than this with one domain or acronym say nothing about any two of them.
const CROWD: usize = 40;

/// A record, as far as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    pub id: Uuid,
    pub sort: Sort,
    /// Its name or title.
    pub name: String,
    /// Other names that it bears or bore.
    pub others: Vec<String>,
    /// The registrable domain of its website; never a shared host.
    pub domain: Option<String>,
    /// ISO 3166-2 code of its state.
    pub state: Option<String>,
    pub acronym: Option<String>,
    pub identifiers: Vec<(IdentifierScheme, String)>,
    /// Of a dataset: who publishes it.
    pub publisher: Option<Uuid>,
    /// Of a dataset: the series that it is an accepted edition of, or itself where it is a series.
    pub series: Option<Uuid>,
}

/// What speaks for a pair, and how strongly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Features {
    /// Similarity of the folded names by Jaro and Winkler, in thousandths.
    pub jaro_winkler: i32,
    /// Share of meaningful words in common, in thousandths.
    pub jaccard: i32,
    pub reasons: Vec<Reason>,
}

/// Why two records may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// An identifier that means one thing in the world agrees.
    SameIdentifier,
    /// The RFC is the same: the hashes of it, for nobody sees the numbers.
    SameRfc,
    /// The names are the same once folded.
    SameName,
    /// One bears a name that the other bears too.
    SameOtherName,
    /// The names are alike.
    AlikeName,
    /// The names are written with other letters that look the same: perhaps to be taken for one another.
    LooksAlike,
    /// The websites have one domain.
    SameDomain,
    /// Both are in one state.
    SameState,
    /// They share an acronym.
    SameAcronym,
    /// The titles differ by their years alone.
    YearsDiffer,
    /// One reuses data and the other publishes them: probably two things.
    SortsDiffer,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::SameIdentifier,
        Self::SameRfc,
        Self::SameName,
        Self::SameOtherName,
        Self::AlikeName,
        Self::LooksAlike,
        Self::SameDomain,
        Self::SameState,
        Self::SameAcronym,
        Self::YearsDiffer,
        Self::SortsDiffer,
    ];

    /// The word it is stored and shown by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SameIdentifier => "same_identifier",
            Self::SameRfc => "same_rfc",
            Self::SameName => "same_name",
            Self::SameOtherName => "same_other_name",
            Self::AlikeName => "alike_name",
            Self::LooksAlike => "looks_alike",
            Self::SameDomain => "same_domain",
            Self::SameState => "same_state",
            Self::SameAcronym => "same_acronym",
            Self::YearsDiffer => "years_differ",
            Self::SortsDiffer => "sorts_differ",
        }
    }
}

/// A pair that a person should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub kind: MatchKind,
    /// The smaller id.
    pub left: Uuid,
    pub right: Uuid,
    pub verdict: MatchVerdict,
    /// How alike, in thousandths: an order for the queue, no probability.
    pub score: i32,
    pub features: Features,
}

/// What a party is compared by, worked out once.
struct Prepared<'p> {
    party: &'p Party,
    folded: String,
    /// What its name looks like.
    look: String,
    names: BTreeSet<String>,
    words: Vec<String>,
    acronyms: BTreeSet<String>,
}

impl<'p> Prepared<'p> {
    fn of(party: &'p Party) -> Self {
        let (folded, mut acronyms) = if party.sort == Sort::Dataset {
            (fold_title(&party.name), BTreeSet::new())
        } else {
            let folded = fold_name(&party.name);
            let acronyms = folded.acronyms.iter().map(|text| fold(text)).collect();
            (folded.text, acronyms)
        };
        acronyms.extend(party.acronym.as_deref().map(fold).filter(|text| !text.is_empty()));
        let mut names: BTreeSet<String> = party.others.iter().map(|name| fold_name(name).text).collect();
        names.insert(folded.clone());
        names.retain(|name| name.contains(' ') || name.len() > 4);
        let words = meaning(&folded).into_iter().collect();
        Self { party, look: look(&folded), folded, names, words, acronyms }
    }

    fn subject(&self) -> Subject<'_> {
        let party = self.party;
        Subject {
            sort: party.sort,
            name: &party.name,
            domain: party.domain.as_deref(),
            state: party.state.as_deref(),
            acronym: party.acronym.as_deref(),
            identifiers: &party.identifiers,
        }
    }
}

/// All pairs worth looking at; `progress` is told how many of how many records have been compared.
pub fn pairs(parties: &[Party], mut progress: impl FnMut(usize, usize)) -> Vec<Pair> {
    let prepared: Vec<Prepared<'_>> = parties.iter().map(Prepared::of).collect();
    let blocks = Blocks::over(&prepared);
    let mut found = Vec::new();
    for (at, one) in prepared.iter().enumerate() {
        if at % 256 == 0 {
            progress(at, prepared.len());
        }
        for other in blocks.beside(one, at) {
            found.extend(compare(one, &prepared[other]));
        }
    }
    progress(prepared.len(), prepared.len());
    found.sort_by(|a, b| (b.score, a.left, a.right).cmp(&(a.score, b.left, b.right)));
    found
}

/// The pairs of one record among many.
pub fn pairs_of(party: &Party, among: &[Party]) -> Vec<Pair> {
    let one = Prepared::of(party);
    let others = among.iter().filter(|other| other.id != party.id);
    let mut found: Vec<Pair> = others.filter_map(|other| compare(&one, &Prepared::of(other))).collect();
    found.sort_by(|a, b| (b.score, a.left, a.right).cmp(&(a.score, b.left, b.right)));
    found
}

/// What the rules make of two records that somebody has put side by side, however unlike; `None` of a dataset and an
/// organisation.
pub fn weigh(one: &Party, other: &Party) -> Option<Pair> {
    if (one.sort == Sort::Dataset) != (other.sort == Sort::Dataset) {
        return None;
    }
    let (one, other) = (Prepared::of(one), Prepared::of(other));
    Some(compare(&one, &other).unwrap_or_else(|| paired(&one, &other, MatchVerdict::Different)))
}

/// Records by what they share.
struct Blocks<'p> {
    by_key: HashMap<Key<'p>, Vec<usize>>,
    rarity: HashMap<&'p str, usize>,
}

#[derive(PartialEq, Eq, Hash)]
enum Key<'p> {
    Identifier(IdentifierScheme, &'p str),
    Domain(&'p str),
    Acronym(&'p str),
    Name(&'p str),
    Look(&'p str),
    /// A word that is rare in a name; of datasets, those of one publisher.
    Word(Option<Uuid>, &'p str),
}

impl<'p> Blocks<'p> {
    fn over(prepared: &'p [Prepared<'p>]) -> Self {
        let mut rarity: HashMap<&str, usize> = HashMap::new();
        for word in prepared.iter().flat_map(|one| &one.words) {
            *rarity.entry(word).or_default() += 1;
        }
        let mut blocks = Self { by_key: HashMap::new(), rarity };
        for (at, one) in prepared.iter().enumerate() {
            for key in blocks.keys(one) {
                blocks.by_key.entry(key).or_default().push(at);
            }
        }
        blocks.by_key.retain(|key, block| {
            let is_vague = matches!(key, Key::Domain(_) | Key::Acronym(_) | Key::Name(_) | Key::Look(_));
            block.len() > 1 && !(is_vague && block.len() > CROWD)
        });
        blocks
    }

    fn keys<'q>(&self, one: &'q Prepared<'p>) -> Vec<Key<'q>> {
        let mut keys = Vec::new();
        if one.party.sort != Sort::Dataset {
            keys.extend(one.party.identifiers.iter().map(|(scheme, value)| Key::Identifier(*scheme, value)));
            keys.extend(one.party.domain.as_deref().map(Key::Domain));
            keys.extend(one.acronyms.iter().map(|text| Key::Acronym(text)));
            keys.extend(one.names.iter().map(|text| Key::Name(text)));
            keys.push(Key::Look(&one.look));
        }
        // Two sets of which half of all words is shared have one of the rarer half of either in common, and one more.
        let mut words: Vec<&str> = one.words.iter().map(String::as_str).collect();
        words.sort_by_key(|word| (self.rarity.get(word).copied().unwrap_or_default(), *word));
        let publisher = if one.party.sort == Sort::Dataset { one.party.publisher } else { None };
        keys.extend(words.iter().take(words.len() / 2 + 1).map(|word| Key::Word(publisher, word)));
        keys
    }

    /// Records after this one that share a block with it, each once.
    fn beside(&self, one: &Prepared<'p>, at: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for key in self.keys(one) {
            if let Some(block) = self.by_key.get(&key) {
                let from = block.partition_point(|other| *other <= at);
                found.extend(block[from..].iter().copied());
            }
        }
        found
    }
}

/// What the rules make of two records; `None` where they are two things for sure.
fn compare(one: &Prepared<'_>, other: &Prepared<'_>) -> Option<Pair> {
    let (left, right) = (one.party, other.party);
    let is_dataset = |party: &Party| party.sort == Sort::Dataset;
    if is_dataset(left) != is_dataset(right) || (is_dataset(left) && left.publisher != right.publisher) {
        return None;
    }
    if is_dataset(left) && left.series.is_some() && left.series == right.series {
        return None;
    }
    let mut verdict = decide(&one.subject(), &other.subject());
    let shares_name = one.names.intersection(&other.names).next().is_some();
    let shares_one = shares_name || one.look == other.look;
    if verdict == Verdict::Different && shares_one && !is_dataset(left) && !conflict(left, right) {
        verdict = Verdict::Queue;
    }
    let verdict = match verdict {
        Verdict::Different => return None,
        // One name for two sorts, and one name for two bodies: a person decides.
        Verdict::Same => MatchVerdict::Same,
        Verdict::SameSeries => MatchVerdict::SameSeries,
        Verdict::SeriesAndEdition => MatchVerdict::SeriesAndEdition,
        Verdict::Queue => MatchVerdict::Queue,
    };
    Some(paired(one, other, verdict))
}

/// Two records with what speaks for their being one.
fn paired(one: &Prepared<'_>, other: &Prepared<'_>, verdict: MatchVerdict) -> Pair {
    let (left, right) = (one.party, other.party);
    let shares_name = one.names.intersection(&other.names).next().is_some();
    let like = likeness(&one.folded, &other.folded);
    let reasons = reasons(one, other, verdict, shares_name, (like.jaro_winkler, like.jaccard));
    let kind = match (left.sort, right.sort) {
        (Sort::Dataset, _) => MatchKind::Dataset,
        (Sort::Organisation, Sort::Organisation) => MatchKind::Organisation,
        _ => MatchKind::Body,
    };
    let thousandths = |share: f64| (share * 1000.0).round() as i32;
    let features =
        Features { jaro_winkler: thousandths(like.jaro_winkler), jaccard: thousandths(like.jaccard), reasons };
    let (first, second) = if left.id < right.id { (left.id, right.id) } else { (right.id, left.id) };
    Pair { kind, left: first, right: second, verdict, score: score(&features), features }
}

/// Whether an identifier of the same scheme says that these are two.
fn conflict(left: &Party, right: &Party) -> bool {
    let strong = |party: &Party| -> HashMap<IdentifierScheme, HashSet<String>> {
        let mut all: HashMap<IdentifierScheme, HashSet<String>> = HashMap::new();
        for (scheme, value) in party.identifiers.iter().filter(|(scheme, _)| *scheme == IdentifierScheme::Lei) {
            all.entry(*scheme).or_default().insert(value.clone());
        }
        all
    };
    let (a, b) = (strong(left), strong(right));
    a.iter().any(|(scheme, values)| b.get(scheme).is_some_and(|others| values.is_disjoint(others)))
}

fn reasons(
    one: &Prepared<'_>,
    other: &Prepared<'_>,
    verdict: MatchVerdict,
    shares_name: bool,
    (jaro_winkler, jaccard): (f64, f64),
) -> Vec<Reason> {
    let (left, right) = (one.party, other.party);
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    let mut found = Vec::new();
    let mut say = |is: bool, reason| {
        if is {
            found.push(reason);
        }
    };
    let strong = |scheme: IdentifierScheme| !matches!(scheme, IdentifierScheme::Domain | IdentifierScheme::Od500);
    let agrees = |pair: &&(IdentifierScheme, String)| strong(pair.0) && right.identifiers.contains(*pair);
    let (rfc, other_identifier): (Vec<_>, Vec<_>) =
        left.identifiers.iter().filter(agrees).partition(|pair| pair.0 == IdentifierScheme::RfcHmac);
    let same_name = one.folded == other.folded;
    say(!other_identifier.is_empty(), Reason::SameIdentifier);
    say(!rfc.is_empty(), Reason::SameRfc);
    say(same_name, Reason::SameName);
    say(!same_name && shares_name, Reason::SameOtherName);
    say(!same_name && jaro_winkler >= 0.92 && jaccard >= 0.5, Reason::AlikeName);
    say(!same_name && !shares_name && one.look == other.look, Reason::LooksAlike);
    say(same(&left.domain, &right.domain), Reason::SameDomain);
    say(same(&left.state, &right.state), Reason::SameState);
    say(!one.acronyms.is_disjoint(&other.acronyms), Reason::SameAcronym);
    say(matches!(verdict, MatchVerdict::SameSeries | MatchVerdict::SeriesAndEdition), Reason::YearsDiffer);
    say(left.sort != right.sort, Reason::SortsDiffer);
    found
}

fn score(features: &Features) -> i32 {
    let has = |reason| features.reasons.contains(&reason);
    if has(Reason::SameIdentifier) || has(Reason::SameRfc) {
        return 1000;
    }
    let alike = (features.jaro_winkler * 6 + features.jaccard * 4) / 10;
    let is_one_name = [Reason::SameName, Reason::SameOtherName, Reason::LooksAlike].into_iter().any(has);
    let base = if is_one_name { alike.max(880) } else { alike.min(880) };
    let extra =
        [(Reason::SameDomain, 80), (Reason::SameState, 20), (Reason::SameAcronym, 60), (Reason::SortsDiffer, -300)];
    let extra: i32 = extra.into_iter().filter(|(reason, _)| has(*reason)).map(|(_, by)| by).sum();
    (base + extra).clamp(0, 990)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(id: u128, sort: Sort, name: &str) -> Party {
        Party {
            id: Uuid::from_u128(id),
            sort,
            name: name.to_owned(),
            others: Vec::new(),
            domain: None,
            state: None,
            acronym: None,
            identifiers: Vec::new(),
            publisher: (sort == Sort::Dataset).then(|| Uuid::from_u128(999)),
            series: None,
        }
    }

    fn found(parties: &[Party]) -> Vec<(u128, u128, MatchVerdict)> {
        pairs(parties, |_, _| {}).iter().map(|p| (p.left.as_u128(), p.right.as_u128(), p.verdict)).collect()
    }

    #[test]
    fn any_two_can_be_weighed() {
        use Sort::{Body, Dataset, Organisation};
        for (sorts, names, verdict) in [
            ((Organisation, Organisation), ["Mapas", "Lluvia"], Some(MatchVerdict::Different)),
            ((Organisation, Organisation), ["Buendía & Laredo", "Buendia y Laredo, S.C."], Some(MatchVerdict::Queue)),
            ((Body, Organisation), ["INEGI", "Lluvia"], Some(MatchVerdict::Different)),
            ((Dataset, Dataset), ["Censo 2010", "Censo 2020"], Some(MatchVerdict::SameSeries)),
            ((Dataset, Dataset), ["Censo 2010", "Presas"], Some(MatchVerdict::Different)),
            ((Dataset, Organisation), ["Censo 2010", "Censo 2010"], None),
        ] {
            let (one, other) = (party(1, sorts.0, names[0]), party(2, sorts.1, names[1]));
            let (there, back) = (weigh(&one, &other), weigh(&other, &one));
            assert_eq!(there.as_ref().map(|pair| pair.verdict), verdict, "{names:?}");
            assert_eq!(there, back, "{names:?}");
        }
    }

    #[test]
    fn the_published_pairs_come_out_of_a_crowd() {
        use Sort::{Body, Dataset, Organisation};
        let table = [
            (
                Dataset,
                "Presupuesto de Egresos de la Federación 2010",
                "Presupuesto de Egresos de la Federación 2011",
                Some(MatchVerdict::SameSeries),
            ),
            (
                Dataset,
                "Votaciones de la Cámara de Diputados",
                "Votaciones de la Cámara de Senadores",
                Some(MatchVerdict::Queue),
            ),
            (
                Dataset,
                "Censo de Población y Vivienda",
                "Censo de Población y Vivienda 2010",
                Some(MatchVerdict::SeriesAndEdition),
            ),
            (
                Dataset,
                "Directorio Estadístico Nacional",
                "Directorio Estadístico Nacional (DENUE)",
                Some(MatchVerdict::Same),
            ),
            (Dataset, "Índice de marginación", "Índices de marginación (CONAPO)", None),
            (Body, "Instituto Federal Electoral", "Instituto Nacional Electoral", None),
            (Body, "Consejo Nacional de Población", "Comisión Nacional de Población", None),
            (
                Body,
                "Consejo Nacional de Población (CONAPO)",
                "Comisión Nacional de Población (CONAPO)",
                Some(MatchVerdict::Queue),
            ),
            (Body, "ISSTE", "ISSSTE", None),
            (Organisation, "Buendía & Laredo", "Buendia y Laredo, S.C.", Some(MatchVerdict::Queue)),
            (Organisation, "Banorte-Ixe", "Grupo Financiero Banorte", None),
            (Organisation, "Here", "Here Technologies", None),
        ];
        for (sort, left, right, verdict) in table {
            // Beside others of the same sort that have nothing to do with the pair.
            let mut parties: Vec<Party> =
                (10..60).map(|n| party(n, sort, &format!("Palabra{n} ajena{} distinta{}", n * 3, n * 7))).collect();
            parties.push(party(1, sort, left));
            parties.push(party(2, sort, right));
            let expected: Vec<_> = verdict.map(|verdict| (1, 2, verdict)).into_iter().collect();
            assert_eq!(found(&parties), expected, "{left} / {right}");
        }
        let across = [party(1, Sort::Organisation, "Zapopan Lab"), party(2, Sort::Body, "Zapopan")];
        let pair = &pairs(&across, |_, _| {})[0];
        assert_eq!((pair.kind, pair.verdict), (MatchKind::Body, MatchVerdict::Queue));
        assert!(pair.features.reasons.contains(&Reason::SortsDiffer) && pair.score < 600, "{pair:?}");
    }

    #[test]
    fn blocking_finds_what_comparing_all_finds() {
        let words = ["datos", "mapas", "agua", "salud", "norte", "sur", "centro", "abiertos", "libre", "ciudad"];
        let mut parties: Vec<Party> = (0..240_u128)
            .map(|n| {
                let pick = |step: u128| words[usize::try_from((n * step + n / 7) % 10).unwrap()];
                party(n + 1, Sort::Organisation, &format!("{} {} {}", pick(3), pick(7), pick(9)))
            })
            .collect();
        for (at, one) in parties.iter_mut().enumerate() {
            one.domain = (at % 9 == 0).then(|| format!("d{}.mx", at / 18));
        }
        let mut all = Vec::new();
        for (at, one) in parties.iter().enumerate() {
            all.extend(pairs_of(one, &parties[at + 1..]));
        }
        let key = |pair: &Pair| (pair.left, pair.right);
        let (mut all, mut blocked): (Vec<_>, Vec<_>) =
            (all.iter().map(key).collect(), pairs(&parties, |_, _| {}).iter().map(key).collect());
        all.sort_unstable();
        blocked.sort_unstable();
        assert!(all.len() > 50, "{}", all.len());
        assert_eq!(all, blocked);
    }

    #[test]
    fn datasets_are_compared_within_their_publisher() {
        let mut parties = [party(1, Sort::Dataset, "Censo 2010"), party(2, Sort::Dataset, "Censo 2020")];
        assert_eq!(found(&parties).len(), 1);
        parties[1].publisher = Some(Uuid::from_u128(5));
        assert_eq!(found(&parties), []);
        parties[1].publisher = parties[0].publisher;
        (parties[0].series, parties[1].series) = (Some(Uuid::from_u128(7)), Some(Uuid::from_u128(7)));
        assert_eq!(found(&parties), [], "editions of one series are settled");
    }
}
