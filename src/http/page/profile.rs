//! The pages of one organisation, publisher or dataset.

use axum::response::Response;
use entity::vocabulary::Attribute;
use maud::{Markup, html};
use roaring::RoaringBitmap;
use serde_json::json;

use super::{
    Asked, Page, View, answer, encoded, explore, kin, profile_facts, subject,
    titled::{marked, within},
    users::is_of_all_studies,
    without_nulls,
};
use crate::{
    analysis::{scorecard::rating, top::top_datasets},
    atlas::{Answer, Atlas, Claim, DatasetIx, Filter, Lang, OrgIx, Subject, Text, Wave},
    http::scorecard,
    picture::{card::Card, mark::Mark},
    texts::{band, days::day, phrases::DOT},
};

/// Rows of a list inside a profile.
const SHOWN: usize = 100;
/// The question in whose answers an example of use stands.
const EXAMPLE: &str = "example_uses";

pub(super) async fn organisation(asked: Asked<String>) -> Response {
    answer(asked, |view, slug| organisation_page(view, &slug)).await
}

/// The page for its handler and its preview.
pub(super) fn organisation_page(view: &View, slug: &str) -> Result<Page, Response> {
    let atlas = &view.atlas;
    let org = atlas.organisation_by_slug(slug);
    let org = org.ok_or_else(|| view.missing_or_lower("/organisations/", slug))?;
    let listed = atlas.listed().contains(org.get());
    let now = atlas.str(atlas.organisation(org).slug);
    if !listed {
        // A body that reuses nothing has a page as a publisher only.
        let body = atlas.publisher(org).filter(|_| atlas.is_shown(org));
        return Err(body.map_or_else(|| view.missing(), |_| view.moved(&format!("/publishers/{}", encoded(now)))));
    }
    if now != slug {
        return Err(view.moved(&format!("/organisations/{}", encoded(now))));
    }
    Ok(of_organisation(view, org))
}

fn of_organisation(view: &View, org: OrgIx) -> Page {
    let (atlas, texts, lang) = (&view.atlas, view.texts, view.lang);
    let row = atlas.organisation(org);
    let name = atlas.name(org, lang);
    let why = |attribute| texts.word("missing", atlas.missing_code(org, attribute).as_str());
    let headline = match row.publishers_used {
        0 if atlas.names_no_body(org) => texts.fill("page.namesNoBody", &[("name", name.value)]),
        0 => texts.fill("page.namesNone", &[("name", name.value), ("reason", why(Attribute::Publisher))]),
        count => texts.count("organisation.headline", count.into(), &[("name", name.value)]),
    };
    let headline = view.dated(headline);
    let about = row.description.or(row.summary).map(|label| atlas.label(label, lang));
    let website = atlas.maybe(row.website).filter(|url| is_web(url));
    let place = row.area.map(|area| atlas.label(atlas.area(area).name, lang));
    let area = place.map(|place| place.value);
    let linked = without_nulls(json!({
        "@context": "https://schema.org", "@type": "Organization", "name": name.value,
        "@id": view.absolute(&format!("/id/organisation/{}", row.id)), "url": view.absolute(&view.path), "sameAs": website,
        "description": about.map(|text| text.value), "foundingDate": row.founded.map(|date| date.on.format("%Y").to_string()),
        "address": area.map(|area| json!({ "@type": "PostalAddress", "addressRegion": area })),
    }));
    let body = html! {
        h1 { (within(lang, &headline, name)) }
        @if let Some(about) = about { (paragraphs(about)) }
        h2 { (texts.get("glance.title")) }
        dl {
            dt { (texts.get("glance.sector")) }
            dd { @if let Some(code) = row.sector {
                @let code = atlas.code_row(code);
                a href=(view.link(&format!("/sectors/{}", encoded(atlas.str(code.code))))) { (marked(view, atlas.label(code.label, lang))) }
            } @else { (atlas.maybe(row.sector_text).unwrap_or_else(|| why(Attribute::Sector))) } }
            dt { (texts.get("glance.kind")) } dd { @if atlas.stated_missing(org, Attribute::Kind).is_some() { (why(Attribute::Kind)) } @else { (texts.word("api.kind", row.kind.as_str())) } }
            dt { (texts.get("glance.place")) } dd { @if let Some(place) = place { (marked(view, place)) } @else { (why(Attribute::Area)) } }
            dt { (texts.get("glance.size")) } dd { (row.size_band.map_or_else(|| why(Attribute::Size).to_owned(), |size| band(size.as_str()))) }
            dt { (texts.get("glance.founded")) }
            dd { (row.founded.map_or_else(|| why(Attribute::Founded).to_owned(), |date| date.on.format("%Y").to_string())) }
        }
        @if let Some(url) = website { p { a href=(url) rel="nofollow noopener" { (url) } } }
        h2 { (texts.get("claims.title")) }
        @let claims: Vec<&Claim> = atlas.claims_of(org).iter().filter(|claim| claim.is_current()).collect();
        @if claims.is_empty() { p { (texts.get("claims.none")) } }
        @let (themes, bodies): (Vec<&Claim>, Vec<&Claim>) = claims.iter().copied().partition(|claim| names_a_theme(claim));
        @if !bodies.is_empty() { ul { @for claim in bodies.iter().take(SHOWN) { li { (claim_line(view, claim)) } } } }
        @if !themes.is_empty() {
            h3 { (texts.get("claims.themes")) }
            ul { @for claim in themes.iter().take(SHOWN) { li { (claim_line(view, claim)) } } }
            p { (texts.get("claims.themesNote")) }
        }
        @if !claims.is_empty() { p { a href=(network(view, org)) { (texts.get("organisation.network")) } } }
        (examples(view, org))
        (super::observed::observed(view, Subject::Organisation(org)))
        (profile_facts::facts(view, org))
        @if atlas.publisher(org).is_some() {
            p { a href=(view.link(&format!("/publishers/{}", encoded(atlas.str(row.slug))))) { (texts.get("organisation.alsoPublishes")) } }
        }
        p { a href=(doubted(view, atlas.str(row.slug))) rel="nofollow" { (texts.get("organisation.doubt")) } }
        p { a href=(takeover(view, atlas.str(row.slug))) rel="nofollow" { (texts.get("organisation.yours")) } }
        (history_link(view, "organisations", atlas.str(row.slug)))
    };
    let description = about.map_or_else(|| headline.clone(), |text| shortened(text.value));
    let sector = row.sector.map(|code| atlas.label(atlas.code_row(code).label, lang).value);
    let kicker: Vec<&str> = [sector, area].into_iter().flatten().collect();
    let publishers = u64::from(row.publishers_used);
    let card = Card {
        kicker: kicker.join(DOT),
        title: name.value.to_owned(),
        label: if publishers > 0 { texts.label("page.preview.buildsOn", publishers) } else { headline.clone() },
        mark: Mark::Place(org),
        ..Card::of([org.get()].into_iter().collect())
    };
    let card = Card { count: Some(publishers).filter(|count| *count > 0), ..card };
    Page { title: name.value.to_owned(), description, body, linked: vec![linked], listed: true, card }
}

/// The picture of what stands around an organisation, in its own studies.
fn network(view: &View, org: OrgIx) -> String {
    let atlas = &view.atlas;
    let chapters: Vec<_> = atlas.chapters_of(org).into_iter().map(|chapter| atlas.str(chapter)).collect();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("view", "network");
    if !chapters.is_empty() {
        query.append_pair("chapter", &chapters.join(","));
    }
    query.append_pair("node", &format!("organisation:{}", atlas.str(atlas.organisation(org).slug)));
    view.link(&format!("/explore?{}", query.finish()))
}

/// What it does with the data, as it told in its waves, the newest first; with the wave and its first day.
fn examples(view: &View, org: OrgIx) -> Markup {
    let atlas = &view.atlas;
    let of_question = |one: &&Answer| atlas.str(one.question) == EXAMPLE;
    let mut told: Vec<(&str, &Wave)> = atlas
        .answers_of(org)
        .iter()
        .filter(of_question)
        .filter_map(|one| Some((atlas.str(one.value?), atlas.wave(one.wave))))
        .collect();
    told.sort_by_key(|(_, wave)| std::cmp::Reverse(wave.opens_on));
    html! {
        @if !told.is_empty() {
            h2 { (view.texts.get("examples.title")) }
            @for (text, wave) in told {
                figure {
                    blockquote { (text) }
                    figcaption { (marked(view, atlas.label(wave.title, view.lang))) ", " (day(view.lang, wave.opens_on)) }
                }
            }
        }
    }
}

/// Whether a claim names a type of data, or leaves that open too, and nobody who publishes it.
const fn names_a_theme(claim: &Claim) -> bool {
    claim.publisher.is_none() && claim.dataset.is_none() && claim.theme.is_some()
}

/// What a claim names, and how sure it is.
fn claim_line(view: &View, claim: &Claim) -> Markup {
    let (atlas, texts, lang) = (&view.atlas, view.texts, view.lang);
    html! {
        @if let Some(dataset) = claim.dataset { (dataset_link(view, dataset)) ", " }
        @if let Some(publisher) = claim.publisher { (publisher_link(view, publisher)) }
        @else if let Some(theme) = atlas.named_theme(claim) { (marked(view, atlas.label(atlas.code_row(theme).label, lang))) }
        @else { (texts.get("claims.noTheme")) }
        " (" (texts.fill("home.evidence", &[("grade", claim.grade.as_str())])) ": " (texts.word("grade", claim.grade.as_str())) ")"
    }
}

/// A link to a body; from a page that keeps to a study or a wave to its page of the same.
pub(super) fn publisher_link(view: &View, org: OrgIx) -> Markup {
    let slug = encoded(view.atlas.str(view.atlas.organisation(org).slug));
    html! { a href=(view.users_link(&format!("/publishers/{slug}"))) { (marked(view, view.atlas.name(org, view.lang))) } }
}

/// The same to a dataset.
pub(super) fn dataset_link(view: &View, dataset: DatasetIx) -> Markup {
    let slug = encoded(view.atlas.str(view.atlas.dataset(dataset).slug));
    html! { a href=(view.users_link(&format!("/datasets/{slug}"))) { (marked(view, view.atlas.title(dataset, view.lang))) } }
}

pub(super) async fn publisher(asked: Asked<String>) -> Response {
    answer(asked, |view, slug| publisher_page(view, &slug)).await
}

/// The page for its handler and its preview.
pub(super) fn publisher_page(view: &View, slug: &str) -> Result<Page, Response> {
    let atlas = &view.atlas;
    let org = atlas.organisation_by_slug(slug).filter(|&org| atlas.publisher(org).is_some());
    let org = org.ok_or_else(|| view.missing_or_lower("/publishers/", slug))?;
    let now = atlas.str(atlas.organisation(org).slug);
    if now != slug {
        return Err(view.moved(&format!("/publishers/{}", encoded(now))));
    }
    let filter = view.users().map_err(|refusal| view.refused(&refusal))?;
    if is_untold(view, &filter, &atlas.users_of(org)) {
        return Ok(view.unrecorded(view.begins_on));
    }
    Ok(of_publisher(view, org, &Filter { publisher: vec![now.to_owned()], ..filter }))
}

/// Whether nobody can know on the day of a page if a body or a dataset without users had any, or none of the waves that are
/// chosen had opened.
fn is_untold(view: &View, chosen: &Filter, users: &RoaringBitmap) -> bool {
    let is_told = !users.is_empty() || view.atlas.knows_the_unused();
    !(view.moment.is_now() || is_told && view.atlas.reaches_for(chosen))
}

fn of_publisher(view: &View, org: OrgIx, filter: &Filter) -> Page {
    let (atlas, texts, lang) = (&view.atlas, view.texts, view.lang);
    let row = atlas.organisation(org);
    let name = atlas.name(org, lang);
    let users = atlas.select(filter).organisations;
    let headline = view.dated(texts.count("publisher.headline", users.len(), &[("name", name.value)]));
    let parent = atlas.hierarchy.parent(org);
    let website = atlas.maybe(row.website).filter(|url| is_web(url));
    let linked = without_nulls(json!({
        "@context": "https://schema.org", "@type": "GovernmentOrganization", "name": name.value,
        "@id": view.absolute(&format!("/id/publisher/{}", row.id)), "url": view.absolute(&view.path), "sameAs": website,
        "parentOrganization": parent.map(|parent| json!({ "@type": "GovernmentOrganization", "name": atlas.name(parent, lang).value })),
    }));
    let body = html! {
        h1 { (within(lang, &headline, name)) }
        (view.studies_of(filter))
        (view.figure_line(filter, &headline, &[name]))
        @if let Some(parent) = parent { p { (texts.get("relation.PART_OF.FROM")) " " (publisher_link(view, parent)) } }
        @if users.is_empty() { p { (texts.get("publisher.noUserHint")) } }
        (kin::line(view, org))
        h2 { (texts.get("card.title")) }
        (scorecard::drawn(atlas, org, filter.clone(), lang, |path| view.users_link(path)))
        h2 { (texts.get("card.users")) }
        (explore::list(view, &users))
        @let datasets = datasets_of(atlas, org, filter, lang);
        @if !datasets.is_empty() {
            h2 { (texts.get("publisher.itsDatasets")) }
            @match filter.rollup {
                None => p { (texts.get("page.publisher.below")) },
                Some(rollup) => p { (texts.word("rollupNote", rollup.as_str())) },
            }
            ul { @for &(dataset, users) in datasets.iter().take(SHOWN) {
                li { (dataset_link(view, dataset)) (subject::counted(view, users)) }
            } }
        }
        (history_link(view, "publishers", atlas.str(row.slug)))
    };
    let card = Card {
        kicker: texts.get("flow.namePublisher").to_owned(),
        title: name.value.to_owned(),
        label: texts.label("page.preview.users", users.len()),
        mark: Mark::Families(users.clone()),
        chapters: filter.chapter.clone(),
        ..Card::of(users)
    };
    Page {
        card,
        title: name.value.to_owned(),
        description: headline,
        body,
        linked: vec![linked],
        listed: view.asked("after").is_none() && filter.rollup.is_none() && is_of_all_studies(filter),
    }
}

/// The datasets that the users of a body name, as its users are counted, most named first; then those of it that nobody
/// is known to use.
fn datasets_of(atlas: &Atlas, org: OrgIx, filter: &Filter, lang: Lang) -> Vec<(DatasetIx, u64)> {
    let named = top_datasets(atlas, filter).titled(atlas, lang).rows;
    let mut rows: Vec<(DatasetIx, u64)> = named.iter().map(|row| (row.dataset, row.organisations)).collect();
    if !is_of_all_studies(filter) {
        return rows;
    }
    let below = atlas.datasets_below(org, filter, lang).into_iter();
    let others = below.filter(|other| named.iter().all(|row| row.dataset != *other));
    rows.extend(others.map(|other| (other, atlas.dataset(other).users.into())));
    rows
}

pub(super) async fn dataset(asked: Asked<String>) -> Response {
    answer(asked, |view, slug| dataset_page(view, &slug)).await
}

/// The page for its handler and its preview.
pub(super) fn dataset_page(view: &View, slug: &str) -> Result<Page, Response> {
    let atlas = &view.atlas;
    let dataset = atlas.dataset_by_slug(slug);
    let dataset = dataset.ok_or_else(|| view.missing_or_lower("/datasets/", slug))?;
    let now = atlas.str(atlas.dataset(dataset).slug);
    if now != slug {
        return Err(view.moved(&format!("/datasets/{}", encoded(now))));
    }
    let filter = view.users().map_err(|refusal| view.refused(&refusal))?;
    if is_untold(view, &filter, &atlas.users_with_editions(dataset)) {
        return Ok(view.unrecorded(view.begins_on));
    }
    Ok(of_dataset(view, dataset, &Filter { dataset: vec![now.to_owned()], ..filter }))
}

fn of_dataset(view: &View, dataset: DatasetIx, filter: &Filter) -> Page {
    let (atlas, texts, lang) = (&view.atlas, view.texts, view.lang);
    let row = atlas.dataset(dataset);
    let title = atlas.title(dataset, lang);
    let users = atlas.select(filter).organisations;
    // A series counts those that name it as a whole, so who uses its editions is said beside.
    let is_whole = atlas.accepted_editions(dataset).next().is_some();
    let [headline, label] = if is_whole {
        ["dataset.seriesHeadline", "page.preview.namesIt"]
    } else {
        ["dataset.headline", "page.preview.usesIt"]
    };
    let headline = view.dated(texts.count(headline, users.len(), &[("name", title.value)]));
    let users_of = |filter: Filter| atlas.select(&filter).organisations.len();
    let about = row.description.map(|label| atlas.label(label, lang));
    let page = atlas.maybe(row.landing_page).filter(|url| is_web(url));
    let linked = without_nulls(json!({
        "@context": "https://schema.org", "@type": "Dataset", "name": title.value,
        "description": about.map_or(headline.as_str(), |text| text.value),
        "@id": view.absolute(&format!("/id/dataset/{}", row.id)), "url": view.absolute(&view.path), "sameAs": page,
        "license": atlas.maybe(row.licence), "dateModified": row.modified_on.map(|day| day.to_string()),
        "publisher": { "@type": "GovernmentOrganization", "name": atlas.name(row.publisher, lang).value },
    }));
    let body = html! {
        h1 { (within(lang, &headline, title)) }
        @if is_whole { p { (texts.count("dataset.withEditions", users_of(atlas.with_editions(dataset, filter.clone())), &[])) } }
        (view.studies_of(filter))
        (view.figure_line(filter, &headline, &[title]))
        p { (publisher_link(view, row.publisher)) }
        @if let Some(about) = about { (paragraphs(about)) }
        @if let Some(series) = atlas.accepted_series(dataset) { p { (texts.get("dataset.series")) ": " (dataset_link(view, series)) } }
        @let editions = atlas.editions_of(dataset);
        @if !editions.is_empty() {
            h2 { (texts.get("dataset.editions")) }
            ul { @for &edition in editions {
                @let own = vec![atlas.str(atlas.dataset(edition).slug).to_owned()];
                li { (dataset_link(view, edition)) (subject::counted(view, users_of(Filter { dataset: own, ..filter.clone() }))) }
            } }
        }
        @if let Some(url) = page { p { a href=(url) rel="nofollow noopener" { (texts.get("dataset.landing")) } } }
        @if users.is_empty() { p { (texts.get("dataset.noUserHint")) } } @else { h2 { (texts.get("list.title")) } }
        (explore::list(view, &users))
        (said(view, dataset))
        (history_link(view, "datasets", atlas.str(row.slug)))
    };
    let card = Card {
        kicker: atlas.name(row.publisher, lang).value.to_owned(),
        title: title.value.to_owned(),
        label: texts.label(label, users.len()),
        mark: Mark::Families(users.clone()),
        chapters: filter.chapter.clone(),
        ..Card::of(users)
    };
    Page {
        card,
        title: title.value.to_owned(),
        description: headline,
        body,
        linked: vec![linked],
        listed: view.asked("after").is_none() && is_of_all_studies(filter),
    }
}

/// A mean to two decimals, without the zeros that end it, as the application writes it.
fn hundredths(mean: f64) -> String {
    format!("{mean:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What users say of a dataset, and the way to say something.
fn said(view: &View, dataset: DatasetIx) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    let rating = rating(atlas, [dataset]);
    let count = texts.count("page.feedback.count", rating.n, &[]);
    html! {
        h2 { (texts.get("page.feedback.what")) }
        @match rating.mean {
            Some(mean) => p { (texts.fill("page.feedback.mean", &[("mean", &hundredths(mean)), ("count", &count)])) },
            None if rating.n > 0 => p { (texts.fill("page.feedback.tooFew", &[("count", &count)])) },
            None => {}
        }
        ul { @for one in atlas.feedback_of(dataset).iter().take(SHOWN) { li {
            p lang=(one.lang.as_str()) { (atlas.str(one.comment)) }
            p {
                (day(view.lang, one.on))
                @if let Some(dimension) = one.dimension { (DOT) (texts.get(&format!("page.feedback.dimension.{}", dimension.as_str()))) }
                @if let Some(severity) = one.severity { (DOT) (texts.get(&format!("page.feedback.severity.{}", severity.as_str()))) }
                (DOT) (texts.get(&format!("page.feedback.state.{}", one.state.as_str())))
                @if let Some(fixed) = one.fixed_on { " " (day(view.lang, fixed)) }
            }
            @if let Some(reply) = one.reply { p { strong { (texts.get("page.feedback.replied")) ":" } " " (atlas.str(reply)) } }
        } } }
        @let slug = encoded(atlas.str(atlas.dataset(dataset).slug));
        p { a href=(view.link(&format!("/datasets/{slug}/feedback"))) rel="nofollow" { (texts.get("page.feedback.give")) } }
    }
}

/// Where the claims of an organisation are listed one by one, to be disputed.
pub(super) fn doubted(view: &View, slug: &str) -> String {
    crate::http::desk::claims_of(&format!("/organisations/{slug}"), view.texts.lang().as_str())
}

/// Where an organisation's people ask to speak for it.
fn takeover(view: &View, slug: &str) -> String {
    let of: String = url::form_urlencoded::byte_serialize(format!("/organisations/{slug}").as_bytes()).collect();
    format!("{}?of={of}&lang={}", crate::http::desk::takeover::ROOM, view.texts.lang())
}

/// The way to what was written about a record.
pub(super) fn history_link(view: &View, place: &str, slug: &str) -> Markup {
    html! { p { a href=(view.link(&format!("/{place}/{}/history", encoded(slug)))) { (view.texts.get("page.history.link")) } } }
}

/// Whether an address recorded somewhere may become a link.
fn is_web(url: &str) -> bool {
    let start = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}

/// A text of somebody's own: what blank lines part are paragraphs, and their lines stay lines.
fn paragraphs(text: Text<'_>) -> Markup {
    let lines: Vec<&str> = text.value.lines().map(str::trim).collect();
    html! {
        @for paragraph in lines.split(|line| line.is_empty()).filter(|paragraph| !paragraph.is_empty()) {
            p lang=(text.lang.as_str()) { @for (index, line) in paragraph.iter().enumerate() { @if index > 0 { br; } (line) } }
        }
    }
}

/// The beginning of a text, as long as search engines show.
fn shortened(text: &str) -> String {
    const LENGTH: usize = 160;
    match text.char_indices().nth(LENGTH) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs_and_lines_stay_lines() {
        let told = |value| paragraphs(Text { value, lang: Lang::ES }).into_string();
        assert_eq!(told("Uno.\r\n\n  Dos, y más. \n"), "<p lang=\"es\">Uno.</p><p lang=\"es\">Dos, y más.</p>");
        assert_eq!(
            told("\nUno:\r\n- dos\n- tres\n \n\nY más."),
            "<p lang=\"es\">Uno:<br>- dos<br>- tres</p><p lang=\"es\">Y más.</p>"
        );
        assert_eq!(told("Uno."), "<p lang=\"es\">Uno.</p>");
    }
}
