//! Lists with something said about each thing: the rows of a form, and their reading.

use entity::vocabulary::{AccessMode, BlockingReason, Criticality};
use maud::{Markup, html};

use super::Sheet;
use super::form::Fields;
use crate::atlas::{Found, SearchKind};
use crate::domain::instrument::{Answer, Given, GridOf, Named, Question, Use, Value, Wanted, is_year};
use crate::domain::text::fold;
use crate::texts::words_of;

/// Empty rows that a form offers beside those that are filled.
const EMPTY: usize = 3;
/// Names that a field suggests.
const SUGGESTED: usize = 100;

/// The uses that a form lists. A row whose name is that of one thing in the register is that thing; one that says
/// something and has no name is kept without, for the rules to refuse.
pub(super) fn uses(fields: &Fields, question: &str, named: &dyn Fn(&str) -> Option<Named>) -> Vec<Use> {
    used(fields, question, named).into_iter().map(|(row, _)| row).collect()
}

/// The same, each with the year as it was typed.
pub(super) fn used(
    fields: &Fields,
    question: &str,
    named: &dyn Fn(&str) -> Option<Named>,
) -> Vec<(Use, Option<String>)> {
    let row = |number: u8| {
        let name = |part: &str| format!("q.{question}.{number}.{part}");
        if fields.first(&name("remove")).is_some() {
            return None;
        }
        let listed = fields.text(&name("what")).and_then(|what| read(what).or_else(|| named(what)));
        let what = listed.unwrap_or_else(|| {
            let text = fields.text(&name("name")).unwrap_or_default();
            Some(text)
                .filter(|text| !text.is_empty())
                .and_then(named)
                .unwrap_or_else(|| Named::Unlisted(text.to_owned()))
        });
        let row = Use {
            what,
            publisher: fields.text(&name("publisher")).map(str::to_owned),
            criticality: fields.text(&name("criticality")).and_then(|w| w.parse().ok()).unwrap_or(Criticality::Unknown),
            access: fields.text(&name("access")).and_then(|w| w.parse().ok()).unwrap_or(AccessMode::Unknown),
            // What is no year is none of those that the rules take.
            since: fields.text(&name("since")).map(|year| year.parse().unwrap_or_default()),
            rating: fields.text(&name("rating")).map(|rating| rating.parse().unwrap_or_default()),
        };
        Some(row).filter(|row| !row.is_blank()).map(|row| (row, fields.text(&name("since")).map(str::to_owned)))
    };
    fields.rows(question).into_iter().filter_map(row).collect()
}

/// The requests that a form lists, those that say something and have no name among them.
pub(super) fn requests(fields: &Fields, question: &str) -> Vec<Wanted> {
    let row = |number: u8| {
        let name = |part: &str| format!("q.{question}.{number}.{part}");
        if fields.first(&name("remove")).is_some() {
            return None;
        }
        let text = |part: &str| fields.text(&name(part)).map(str::to_owned);
        let reason = fields.text(&name("reason")).and_then(|word| word.parse().ok());
        let title = text("title").unwrap_or_default();
        let row = Wanted { title, publisher: text("publisher"), reason, purpose: text("purpose") };
        Some(row).filter(|row| !row.is_blank())
    };
    fields.rows(question).into_iter().filter_map(row).collect()
}

/// `dataset:ID` or `publisher:ID`.
fn read(text: &str) -> Option<Named> {
    let (kind, id) = text.split_once(':')?;
    let id: uuid::Uuid = id.parse().ok()?;
    match kind {
        "dataset" => Some(Named::Dataset(id.into())),
        "publisher" => Some(Named::Publisher(id.into())),
        _ => None,
    }
}

/// What is said at the field of a name that is missing.
struct Nameless {
    said: Markup,
    invalid: Option<&'static str>,
    /// Its id, for the field that it describes.
    id: Option<String>,
}

impl Sheet {
    /// What of the register bears a name, where exactly one thing does, or stands at an address of this site.
    pub(super) fn named(&self, text: &str) -> Option<Named> {
        let atlas = self.atlas.as_ref()?;
        if let Some(slug) = text.strip_prefix("/datasets/") {
            return atlas.dataset_by_slug(slug).map(|dataset| Named::Dataset(atlas.dataset(dataset).id));
        }
        if let Some(slug) = text.strip_prefix("/publishers/") {
            return atlas.organisation_by_slug(slug).map(|body| Named::Publisher(atlas.organisation(body).id));
        }
        let hits = atlas.find(text, 2, &[SearchKind::Dataset, SearchKind::Publisher]).hits;
        let mut exact = hits.into_iter().filter(|hit| fold(atlas.str(hit.matched)) == fold(text));
        let first = exact.next()?;
        if exact.next().is_some() {
            return None;
        }
        match first.found {
            Found::Dataset(dataset) => Some(Named::Dataset(atlas.dataset(dataset).id)),
            Found::Publisher(body) => Some(Named::Publisher(atlas.organisation(body).id)),
            _ => None,
        }
    }

    /// The name of something, and that of its publisher.
    pub(super) fn name_of(&self, what: &Named) -> (String, Option<String>) {
        let unknown = || (self.say("page.answer.unknownName").to_owned(), None);
        match (what, &self.atlas) {
            (Named::Unlisted(text), _) => (text.clone(), None),
            (Named::Dataset(id), Some(atlas)) => atlas.dataset_by_id(*id).map_or_else(unknown, |dataset| {
                let publisher = atlas.dataset(dataset).publisher;
                (
                    atlas.title(dataset, self.lang).value.to_owned(),
                    Some(atlas.name(publisher, self.lang).value.to_owned()),
                )
            }),
            (Named::Publisher(id), Some(atlas)) => atlas
                .organisation_by_id(*id)
                .map_or_else(unknown, |body| (atlas.name(body, self.lang).value.to_owned(), None)),
            (_, None) => unknown(),
        }
    }

    /// The names that fields suggest, most used first.
    pub(super) fn suggestions(&self) -> Markup {
        let Some(atlas) = &self.atlas else { return html! {} };
        let mut datasets: Vec<_> = atlas.datasets().collect();
        datasets.sort_by_cached_key(|one| std::cmp::Reverse(atlas.dataset_users(*one).len()));
        html! {
            datalist id="known" {
                @for dataset in datasets.into_iter().take(SUGGESTED) { option value=(atlas.title(dataset, self.lang).value) {} }
                @for (body, _) in atlas.publisher_users().iter().take(SUGGESTED) { option value=(atlas.name(*body, self.lang).value) {} }
            }
        }
    }

    /// The rows of a grid.
    pub(super) fn rows(
        &self,
        question: &Question,
        answer: Option<&Answer>,
        (of, years): (GridOf, &[Option<String>]),
    ) -> Markup {
        let value = answer.and_then(|answer| match &answer.given {
            Given::Value(value) => Some(value),
            Given::Missing(_) => None,
        });
        match of {
            GridOf::Uses => {
                let rows = if let Some(Value::Uses(rows)) = value { rows.as_slice() } else { &[] };
                html! {
                    (self.suggestions())
                    ol class="rows" {
                        @for (number, row) in rows.iter().enumerate() { li { (self.used(&question.key, number, Some(row), years.get(number).and_then(Option::as_deref))) } }
                        @for number in rows.len()..rows.len() + EMPTY { li { (self.used(&question.key, number, None, None)) } }
                    }
                    button type="submit" name="go" value="more" class="quiet" { (self.say("page.answer.moreRows")) }
                }
            }
            GridOf::Requests => {
                let rows = if let Some(Value::Requests(rows)) = value { rows.as_slice() } else { &[] };
                html! {
                    ol class="rows" {
                        @for (number, row) in rows.iter().enumerate() { li { (self.wanted(&question.key, number, Some(row))) } }
                        @for number in rows.len()..rows.len() + EMPTY { li { (self.wanted(&question.key, number, None)) } }
                    }
                    button type="submit" name="go" value="more" class="quiet" { (self.say("page.answer.moreRows")) }
                }
            }
        }
    }

    fn used(&self, key: &str, number: usize, row: Option<&Use>, typed: Option<&str>) -> Markup {
        let name = |part: &str| format!("q.{key}.{number}.{part}");
        let (known, publisher) = row.map(|row| self.name_of(&row.what)).unwrap_or_default();
        let listed = row.and_then(|row| match &row.what {
            Named::Dataset(id) => Some(format!("dataset:{id}")),
            Named::Publisher(id) => Some(format!("publisher:{id}")),
            Named::Unlisted(_) => None,
        });
        let criticality = row.map(|row| row.criticality);
        let nameless = row.is_some_and(Use::is_nameless).then_some("page.answer.namelessUse");
        let since = row.and_then(|row| row.since);
        let no_year = since.filter(|year| !is_year(*year)).map(|_| format!("fault-{key}-{number}-since"));
        let since = typed.map(str::to_owned).or_else(|| since.map(|year| year.to_string())).unwrap_or_default();
        html! {
            fieldset class="row" {
                legend { @if known.is_empty() { (self.fill("page.answer.row", &[("n", &(number + 1).to_string())])) } @else { (known) } }
                @if let Some(publisher) = &publisher { p class="note" { (publisher) } }
                @match &listed {
                    Some(listed) => {
                        input type="hidden" name=(name("what")) value=(listed);
                        (self.remove(&name("remove")))
                    }
                    None => {
                        @let fault = self.nameless(key, number, nameless);
                        (fault.said)
                        label { (self.say("page.answer.datasetOrBody"))
                            input type="text" name=(name("name")) value=(known) list="known" maxlength="300" autocomplete="off"
                                aria-invalid=[fault.invalid] aria-describedby=[&fault.id]; }
                        @if row.is_some() { (self.remove(&name("remove"))) }
                        label { (self.say("page.answer.publishedBy"))
                            input type="text" name=(name("publisher")) value=(row.and_then(|r| r.publisher.as_deref()).unwrap_or_default()) maxlength="300"; }
                    }
                }
                fieldset class="choices" {
                    legend { (self.say("page.answer.howImportant")) }
                    @for one in Criticality::ALL {
                        label { input type="radio" name=(name("criticality")) value=(one.as_str()) checked[criticality == Some(*one)];
                            " " (words_of(self.lang, "page.answer.criticality", one.as_str())) }
                    }
                }
                // What is wrong in here is not hidden.
                details open[no_year.is_some()] {
                    summary { (self.say("page.answer.moreAbout")) }
                    label { (self.say("page.answer.access"))
                        select name=(name("access")) {
                            @for one in AccessMode::ALL {
                                option value=(one.as_str()) selected[row.map_or(*one == AccessMode::Unknown, |row| row.access == *one)] {
                                    (words_of(self.lang, "page.answer.accessMode", one.as_str())) }
                            }
                        } }
                    @if let Some(id) = &no_year { p class="fault" id=(id) { (self.say("page.answer.faultDate")) } }
                    label { (self.say("page.answer.since"))
                        input type="text" inputmode="numeric" name=(name("since")) maxlength="4" value=(since)
                            aria-invalid=[no_year.as_ref().map(|_| "true")] aria-describedby=[&no_year]; }
                    label { (self.say("page.answer.rating"))
                        select name=(name("rating")) {
                            option value="" { "" }
                            @for n in 1_u8..=4 {
                                option value=(n) selected[row.and_then(|row| row.rating) == Some(n)] {
                                    (words_of(self.lang, "page.answer.ratingOf", &n.to_string())) }
                            }
                        } }
                }
            }
        }
    }

    /// What is wrong with a row that says something and has no name.
    fn nameless(&self, key: &str, number: usize, says: Option<&'static str>) -> Nameless {
        let id = says.map(|_| format!("fault-{key}-{number}"));
        let said = html! { @if let Some(says) = says { p class="fault" id=[&id] { (self.say(says)) } } };
        Nameless { said, invalid: says.map(|_| "true"), id }
    }

    /// What takes a row out: choices that were made cannot be emptied.
    fn remove(&self, name: &str) -> Markup {
        html! { label { input type="checkbox" name=(name) value="1"; " " (self.say("page.answer.remove")) } }
    }

    fn wanted(&self, key: &str, number: usize, row: Option<&Wanted>) -> Markup {
        let name = |part: &str| format!("q.{key}.{number}.{part}");
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        let nameless = row.is_some_and(Wanted::is_nameless).then_some("page.answer.namelessRequest");
        let fault = self.nameless(key, number, nameless);
        html! {
            fieldset class="row" {
                legend { (self.fill("page.answer.row", &[("n", &(number + 1).to_string())])) }
                (fault.said)
                label { (self.say("page.answer.wantedTitle"))
                    input type="text" name=(name("title")) value=(text(row.map(|row| &row.title))) maxlength="300"
                        aria-invalid=[fault.invalid] aria-describedby=[&fault.id]; }
                @if row.is_some() { (self.remove(&name("remove"))) }
                label { (self.say("page.answer.wantedFrom"))
                    input type="text" name=(name("publisher")) value=(text(row.and_then(|row| row.publisher.as_ref()))) maxlength="300"; }
                label { (self.say("page.answer.wantedReason"))
                    select name=(name("reason")) {
                        option value="" { "" }
                        @for one in BlockingReason::ALL {
                            option value=(one.as_str()) selected[row.and_then(|row| row.reason) == Some(*one)] {
                                (words_of(self.lang, "page.answer.reason", one.as_str())) }
                        }
                    } }
                label { (self.say("page.answer.wantedFor"))
                    input type="text" name=(name("purpose")) value=(text(row.and_then(|row| row.purpose.as_ref()))) maxlength="300"; }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn fields(body: &str) -> Fields {
        Fields::parse(body.as_bytes())
    }

    fn listed(body: &str) -> Vec<Use> {
        uses(&fields(body), "a", &|text| (text == "Lluvia").then(|| Named::Dataset(Uuid::from_u128(1).into())))
    }

    #[test]
    fn a_row_of_uses_that_says_something_is_kept_with_or_without_a_name() {
        for (body, rows, nameless) in [
            ("", 0, 0),
            ("q.a.0.name=&q.a.0.publisher=+&q.a.0.access=unknown&q.a.0.since=&q.a.0.rating=", 0, 0),
            ("q.a.0.name=&q.a.0.criticality=unknown&q.a.0.access=unknown", 0, 0),
            ("q.a.0.name=%E2%80%8B", 0, 0),
            ("q.a.0.name=Lluvia", 1, 0),
            ("q.a.0.name=Algo", 1, 0),
            ("q.a.0.what=&q.a.0.name=+&q.a.0.publisher=Alcald%C3%ADa", 1, 1),
            ("q.a.0.name=&q.a.0.criticality=core", 1, 1),
            ("q.a.0.name=&q.a.0.access=api", 1, 1),
            ("q.a.0.name=&q.a.0.since=2014", 1, 1),
            ("q.a.0.name=&q.a.0.since=always", 1, 1),
            ("q.a.0.name=&q.a.0.rating=3", 1, 1),
            ("q.a.0.name=Algo&q.a.1.criticality=core&q.a.2.name=&q.a.3.name=Lluvia", 3, 1),
            ("q.a.0.remove=1&q.a.0.name=&q.a.0.criticality=core", 0, 0),
        ] {
            let found = listed(body);
            assert_eq!(found.len(), rows, "{body}");
            assert_eq!(found.iter().filter(|row| row.is_nameless()).count(), nameless, "{body}");
        }
    }

    #[test]
    fn a_year_comes_back_as_it_was_typed() {
        let body = "q.a.0.name=&q.a.1.name=Algo&q.a.1.since=ayer&q.a.2.remove=1&q.a.2.since=2014&q.a.3.name=Lluvia&q.a.3.since=2014";
        let found = used(&fields(body), "a", &|_| None);
        let years: Vec<_> = found.iter().map(|(row, typed)| (row.since, typed.as_deref())).collect();
        assert_eq!(years, [(Some(0), Some("ayer")), (Some(2014), Some("2014"))]);
    }

    #[test]
    fn a_body_where_the_publisher_is_asked_for_is_no_name() {
        let found = listed("q.a.0.name=&q.a.0.publisher=Lluvia&q.a.0.criticality=core");
        assert_eq!((&found[0].what, found[0].publisher.as_deref()), (&Named::Unlisted(String::new()), Some("Lluvia")));
    }

    #[test]
    fn a_row_of_requests_that_says_something_is_kept_with_or_without_a_name() {
        for (body, rows, nameless) in [
            ("q.a.0.title=&q.a.0.publisher=&q.a.0.reason=&q.a.0.purpose=+", 0, 0),
            ("q.a.0.title=Precios", 1, 0),
            ("q.a.0.title=&q.a.0.publisher=Alcald%C3%ADa&q.a.0.purpose=rutas", 1, 1),
            ("q.a.0.title=+&q.a.0.reason=not_published", 1, 1),
            ("q.a.0.title=&q.a.0.purpose=rutas&q.a.0.remove=1", 0, 0),
            ("q.a.0.title=Precios&q.a.1.purpose=rutas", 2, 1),
        ] {
            let found = requests(&fields(body), "a");
            assert_eq!(found.len(), rows, "{body}");
            assert_eq!(found.iter().filter(|row| row.is_nameless()).count(), nameless, "{body}");
        }
    }
}
