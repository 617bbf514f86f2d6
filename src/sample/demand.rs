//! What fictional organisations ask of fictional bodies, and what they say of their datasets.

use super::pick::{between, chance, one, stream, weighted};
use super::study::{WAVES, day, opens};
use crate::domain::draft::demand::{FeedbackDraft, RequestDraft, SupportDraft};
use crate::domain::draft::{BodyDraft, DatasetDraft};
use chrono::{Days, NaiveDate};
use entity::vocabulary::{BlockingReason, FeedbackDimension, FeedbackSeverity, FeedbackState, RequestStatus};
use rand_chacha::ChaCha8Rng;

/// Streams of the seed, above those of organisations and of the world.
const REQUESTS: u64 = (1 << 40) + 1;
const FEEDBACK: u64 = (1 << 40) + 2;

/// The last day that anything of it happened on.
const END: (i32, u32, u32) = (2024, 6, 30);

/// Who might ask: the first ones of the sample.
const ASKING: usize = 400;
/// The datasets that something is said of.
const DISCUSSED: usize = 24;

/// What is asked for, its language, the acronym of the body that has it, why it cannot be used, and what it is about.
type Need = (&'static str, &'static str, &'static str, BlockingReason, &'static [&'static str]);

const NEEDS: [Need; 20] = [
    ("Lluvia por hora y estación imaginaria", "es", "SILLU", BlockingReason::Granularity, &["weather"]),
    ("Niveles diarios de las lagunas inventadas", "es", "CIRLA", BlockingReason::Stale, &["environment"]),
    (
        "Boyas de la costa ficticia en tiempo real",
        "es",
        "IFICO",
        BlockingReason::NotPublished,
        &["weather", "geospatial_mapping"],
    ),
    ("Censo de hogares ficticios por manzana", "es", "DIFICE", BlockingReason::Granularity, &["demographics_social"]),
    ("Límites de las colonias inventadas en GeoJSON", "es", "UICC", BlockingReason::Format, &["geospatial_mapping"]),
    (
        "Precios de mercados imaginarios por semana",
        "es",
        "DIFIPRE",
        BlockingReason::Stale,
        &["economics", "agriculture_food"],
    ),
    ("Horarios de los trenes nocturnos como GTFS", "es", "AITREN", BlockingReason::Format, &["transportation"]),
    ("Movimientos diarios de los puertos de papel", "es", "CIPUPA", BlockingReason::NotPublished, &["transportation"]),
    ("Registro completo de barcazas ficticias", "es", "REFIBA", BlockingReason::Price, &["transportation", "business"]),
    ("Fictional lighthouse outages, as an API", "en", "SEFICAF", BlockingReason::Format, &["transportation"]),
    ("Licencia clara para el índice de precios inventado", "es", "DIFIPRE", BlockingReason::Licence, &["economics"]),
    ("Historia de las mareas ficticias desde 1990", "es", "SEFINUM", BlockingReason::NotFound, &["environment"]),
    (
        "Contratos de la secretaría ficticia con su proveedor",
        "es",
        "SEFIMON",
        BlockingReason::NotPublished,
        &["government_operations"],
    ),
    ("Open register of imaginary economic units, monthly", "en", "IMEC", BlockingReason::Stale, &["business"]),
    (
        "Errores en las coordenadas de estaciones inventadas",
        "es",
        "SILLU",
        BlockingReason::Quality,
        &["weather", "geospatial_mapping"],
    ),
    ("Caminos ficticios cerrados por obra", "es", "SEFICAF", BlockingReason::NotPublished, &["transportation"]),
    (
        "Calidad del agua imaginaria, por punto de muestreo",
        "es",
        "CIRLA",
        BlockingReason::Quality,
        &["environment", "health_healthcare"],
    ),
    (
        "Origin and destination of invented night trains",
        "en",
        "AITREN",
        BlockingReason::NotPublished,
        &["transportation"],
    ),
    (
        "Deuda de los municipios inventados por trimestre",
        "es",
        "SEFIMON",
        BlockingReason::Stale,
        &["finance", "government_operations"],
    ),
    ("Catálogo de árboles de la ciudad de papel", "es", "", BlockingReason::NotFound, &[]),
];

fn said<'a>(lang: &str, es: &'a str, en: &'a str) -> &'a str {
    if lang == "en" { en } else { es }
}

/// The requests, from the seed alone.
pub(super) fn requests(
    seed: u64,
    organisations: usize,
    bodies: &[BodyDraft],
    datasets: &[DatasetDraft],
) -> Vec<RequestDraft> {
    let mut rng = stream(seed, REQUESTS);
    let asking = organisations.min(ASKING);
    let mut out = Vec::with_capacity(NEEDS.len());
    for (at, need) in NEEDS.iter().enumerate().filter(|_| asking > 0) {
        let body = bodies.iter().find(|body| !need.2.is_empty() && body.acronym.as_deref() == Some(need.2));
        out.push(request(&mut rng, at, need, body, asking, datasets));
    }
    out
}

fn request(
    rng: &mut ChaCha8Rng,
    at: usize,
    &(title, lang, _, blocking, themes): &Need,
    body: Option<&BodyDraft>,
    asking: usize,
    datasets: &[DatasetDraft],
) -> RequestDraft {
    use RequestStatus::{AcceptedPlanned, Forwarded, PartiallyPublished, Published, Rejected, Triaged};
    let submitted_on = day(2023, 1, 9) + Days::new(u64::from(between(rng, 0, 480)));
    let status = match body {
        None => Triaged,
        Some(_) => *weighted(
            rng,
            &[
                (Triaged, 15),
                (Forwarded, 30),
                (AcceptedPlanned, 20),
                (PartiallyPublished, 10),
                (Published, 15),
                (Rejected, 10),
            ],
        ),
    };
    let forwarded_on = submitted_on + Days::new(u64::from(between(rng, 2, 20)));
    let is_passed_on = status != Triaged;
    let answered_on =
        (is_passed_on && status != Forwarded).then(|| forwarded_on + Days::new(u64::from(between(rng, 5, 55))));
    let planned_on = (status == AcceptedPlanned).then(|| day(2024, 12, 15));
    let published_on = answered_on.filter(|_| status == Published).map(|on| on + Days::new(60));
    let own = datasets.iter().filter(|dataset| body.is_some_and(|body| dataset.publisher == body.key));
    let led = own.take(usize::from(matches!(status, Published | PartiallyPublished))).map(|one| one.key.clone());
    let answer = match status {
        AcceptedPlanned => Some(said(
            lang,
            "Respuesta ficticia: se publicará cada mes.",
            "Fictional answer: it will be published monthly.",
        )),
        PartiallyPublished => {
            Some(said(lang, "Respuesta ficticia: se publicó una parte.", "Fictional answer: a part is published."))
        }
        Published => Some(said(lang, "Respuesta ficticia: ya está publicado.", "Fictional answer: it is published.")),
        Rejected => Some(said(lang, "Respuesta ficticia: no se entregará.", "Fictional answer: it will not be given.")),
        _ => None,
    };
    RequestDraft {
        key: format!("sample/request/{at:03}"),
        title: title.to_owned(),
        description: Some(
            said(lang, "Solicitud ficticia de la muestra.", "A fictional request of the sample.").to_owned(),
        ),
        purpose: chance(rng, 60)
            .then(|| said(lang, "Para un tablero inventado.", "For an invented dashboard.").to_owned()),
        lang: lang.to_owned(),
        publisher: body.map(|body| body.key.clone()),
        blocking,
        themes: themes.iter().map(|&word| word.to_owned()).collect(),
        // What was asked for while a wave was open was named in its answers.
        wave: (submitted_on >= opens(1)).then(|| WAVES[1].to_owned()),
        frequency: chance(rng, 50).then(|| said(lang, "cada mes", "monthly").to_owned()),
        format: chance(rng, 50).then(|| one(rng, &["CSV", "GeoJSON", "API"]).to_string()),
        status,
        submitted_on,
        term: is_passed_on.then(|| (forwarded_on, forwarded_on + Days::new(30))),
        answered_on,
        planned_on,
        published_on,
        answer: answer.map(str::to_owned),
        legal_basis: (status == Rejected)
            .then(|| said(lang, "Artículo 0 de una ley inventada", "Article 0 of an invented law").to_owned()),
        datasets: led.collect(),
        supports: supports(rng, submitted_on, asking),
    }
}

fn supports(rng: &mut ChaCha8Rng, since: NaiveDate, asking: usize) -> Vec<SupportDraft> {
    let number = *weighted(rng, &[(1, 25), (2, 20), (3, 15), (5, 15), (8, 15), (14, 10)]);
    let mut out: Vec<SupportDraft> = Vec::with_capacity(number);
    for _ in 0..number {
        let index = between(rng, 0, asking as u32 - 1);
        let organisation = format!("sample/organisation/{index:07}");
        let on = (since + Days::new(u64::from(between(rng, 0, 200)))).min(day(END.0, END.1, END.2));
        let blocks_project = chance(rng, 30);
        if !out.iter().any(|held| held.organisation == organisation) {
            out.push(SupportDraft { organisation, on, blocks_project });
        }
    }
    out
}

/// What is said of the datasets that most might use: ratings, comments, and answers to some.
pub(super) fn feedback(seed: u64, datasets: &[DatasetDraft]) -> Vec<FeedbackDraft> {
    let mut rng = stream(seed, FEEDBACK);
    let mut out = Vec::new();
    for dataset in datasets.iter().filter(|dataset| dataset.series.is_none()).take(DISCUSSED) {
        for _ in 0..between(&mut rng, 1, 6) {
            let key = format!("sample/feedback/{:04}", out.len());
            out.push(one_feedback(&mut rng, key, &dataset.key));
        }
    }
    out
}

fn one_feedback(rng: &mut ChaCha8Rng, key: String, dataset: &str) -> FeedbackDraft {
    let spanish = chance(rng, 75);
    let lang = if spanish { "es" } else { "en" };
    let comment = chance(rng, 45).then(|| {
        said(
            lang,
            "Comentario ficticio: cambian los nombres de las columnas.",
            "Fictional comment: the names of columns change.",
        )
        .to_owned()
    });
    let state = if comment.is_none() {
        FeedbackState::Open
    } else {
        *weighted(
            rng,
            &[
                (FeedbackState::Open, 40),
                (FeedbackState::Acknowledged, 25),
                (FeedbackState::Fixed, 25),
                (FeedbackState::WillNotFix, 10),
            ],
        )
    };
    let on = day(2024, 1, 8) + Days::new(u64::from(between(rng, 0, 150)));
    FeedbackDraft {
        key,
        dataset: dataset.to_owned(),
        on,
        rating: Some(between(rng, 1, 4) as i16),
        dimension: comment.as_ref().map(|_| *one(rng, FeedbackDimension::ALL)),
        severity: comment.as_ref().map(|_| *one(rng, FeedbackSeverity::ALL)),
        comment,
        lang: lang.to_owned(),
        state,
        reply: (state != FeedbackState::Open).then(|| {
            said(lang, "Respuesta ficticia: gracias, lo vemos.", "Fictional answer: thank you, we look into it.")
                .to_owned()
        }),
        fixed_on: (state == FeedbackState::Fixed).then(|| on + Days::new(20)),
    }
}
