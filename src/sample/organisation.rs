//! One fictional organisation, from the seed and its number alone.

use super::pick::{between, chance, one, stream, weighted};
use super::study::{SURVEY, WAVES, both, day, opens, partial};
use super::uses;
use super::words;
use super::world::World;
use crate::domain::draft::{
    AnswerDraft, CodeDraft, Decimal, EvidenceDraft, IdentifierDraft, ImpactDraft, Known, ObservationDraft,
    OrganisationDraft, ResponseDraft, SubjectDraft, TargetDraft,
};
use crate::domain::text::slug;
use chrono::{Datelike, Days, NaiveTime};
use entity::vocabulary::{
    AssertedBy, Attribute, BusinessModel, Channel, ClaimStatus, CodeRole, CompletedBy, Confidence, Consent,
    Criticality, DatePrecision, Dependence, Direction, IdentifierScheme, Missing, ObservationStatus, OrganisationKind,
    OrganisationStatus, Origin, Ownership, Polarity, ResponseStatus, RowVisibility, SizeBand, Strength, UseType, YesNo,
};
use rand_chacha::ChaCha8Rng;

/// Sectors of the survey with weights like those of the real studies.
const SECTORS: [(&str, u32); 18] = [
    ("research_consulting", 22),
    ("data_technology", 22),
    ("finance_investment", 11),
    ("business_services", 8),
    ("geospatial_mapping", 6),
    ("media_communications", 5),
    ("food_agriculture", 4),
    ("education", 4),
    ("governance", 4),
    ("healthcare", 4),
    ("housing_real_estate", 3),
    ("energy", 3),
    ("insurance", 2),
    ("transportation", 4),
    ("environment_weather", 3),
    ("lifestyle_consumer", 2),
    ("scientific_research", 2),
    ("legal_services", 2),
];

/// Bounds of the size bands and how often they occur.
const SIZES: [(SizeBand, u32); 8] = [
    (SizeBand::From1To10, 38),
    (SizeBand::From11To50, 30),
    (SizeBand::From51To200, 12),
    (SizeBand::From201To500, 6),
    (SizeBand::From501To1000, 4),
    (SizeBand::From1001To5000, 5),
    (SizeBand::From5001To10000, 2),
    (SizeBand::Over10000, 3),
];

/// Reasons for a property without value and how often they occur: any of the six, no answer the commonest.
const REASONS: [(Missing, u32); 6] = [
    (Missing::NoAnswer, 55),
    (Missing::NotAsked, 15),
    (Missing::DontKnow, 12),
    (Missing::Refused, 9),
    (Missing::NotApplicable, 7),
    (Missing::Suppressed, 2),
];

/// What the published crosswalk makes of a social impact.
const SOCIAL: [(&str, &str); 10] = [
    ("healthcare_access", "3"),
    ("housing_access", "11"),
    ("financial_access", "8"),
    ("food_access", "2"),
    ("good_governance", "16"),
    ("consumer_empowerment", "12"),
    ("environment_climate", "13"),
    ("education_opportunity", "4"),
    ("citizen_engagement", "16"),
    ("public_safety", "16"),
];

/// Streams of the seed for shares, one an organisation, so that nothing else of the sample hangs on them.
const SHARES: u64 = 1 << 41;

/// The organisation of a number.
pub(super) fn make(world: &World, seed: u64, index: usize) -> OrganisationDraft {
    let mut rng = stream(seed, index as u64);
    let country = world.geography.country(&mut rng);
    let spanish = matches!(world.geography.countries[country].code, "MX" | "CO" | "ES" | "AR" | "PE" | "CL");
    let (name, legal_form) = words::organisation(&mut rng, spanish);
    let waves = match between(&mut rng, 0, 99) {
        0..=27 => &[0][..],
        28..=72 => &[0, 1],
        _ => &[1],
    };
    let newest = waves[waves.len() - 1];
    let key = format!("sample/organisation/{index:07}");
    let mut out = blank(&mut rng, key, name, legal_form, spanish);
    out.location = chance(&mut rng, 98).then(|| world.geography.locate(&mut rng, country));
    precede(&mut out, waves[0]);
    describe(&mut rng, &mut out, index);
    codes(&mut rng, &mut out, newest);
    impacts(&mut rng, &mut out, newest);
    out.claims = uses::make(&mut rng, &world.offers[country], waves);
    observe(&mut rng, &mut out, newest);
    share(&mut stream(seed, SHARES + index as u64), &mut out);
    respond(&mut rng, &mut out, waves);
    missing(&mut rng, &mut out);
    rely(&mut rng, &mut out);
    out
}

fn blank(
    rng: &mut ChaCha8Rng,
    key: String,
    name: String,
    legal_form: Option<String>,
    spanish: bool,
) -> OrganisationDraft {
    let (kind, ownership) = *weighted(
        rng,
        &[
            ((OrganisationKind::Company, Ownership::Private), 52),
            ((OrganisationKind::Company, Ownership::Listed), 6),
            ((OrganisationKind::CivilSociety, Ownership::Nonprofit), 16),
            ((OrganisationKind::Academia, Ownership::Nonprofit), 6),
            ((OrganisationKind::Media, Ownership::Private), 5),
            ((OrganisationKind::SocialEnterprise, Ownership::Mixed), 5),
            ((OrganisationKind::DeveloperGroup, Ownership::Unknown), 4),
            ((OrganisationKind::Cooperative, Ownership::Private), 3),
            ((OrganisationKind::Government, Ownership::State), 2),
            ((OrganisationKind::StateEnterprise, Ownership::State), 1),
        ],
    );
    OrganisationDraft {
        identifiers: vec![IdentifierDraft { scheme: IdentifierScheme::Sample, value: key.clone() }],
        website: chance(rng, 85).then(|| format!("https://{}.example/", slug("es", &name))),
        key,
        name,
        lang: if spanish { "es" } else { "en" }.to_owned(),
        names: Vec::new(),
        legal_form,
        kind,
        ownership,
        status: *weighted(
            rng,
            &[
                (OrganisationStatus::Active, 88),
                (OrganisationStatus::Dormant, 4),
                (OrganisationStatus::Closed, 5),
                (OrganisationStatus::Unknown, 3),
            ],
        ),
        founded: chance(rng, 92).then(|| {
            partial(day(2024 - (between(rng, 1, 60) * between(rng, 1, 60) / 60) as i32, 1, 1), DatePrecision::Year)
        }),
        description: None,
        summary: None,
        size_band: chance(rng, 93).then(|| *weighted(rng, &SIZES)),
        business_models: models(rng),
        use_types: if chance(rng, 80) { vec![*one(rng, &UseType::ALL[..4])] } else { Vec::new() },
        dependence: *one(rng, Dependence::ALL),
        based_in_country: YesNo::Yes,
        earns_revenue: *one(rng, YesNo::ALL),
        uses_data: YesNo::Yes,
        consent: *weighted(rng, &[(Consent::Yes, 95), (Consent::Pending, 4), (Consent::No, 1)]),
        codes: Vec::new(),
        location: None,
        claims: Vec::new(),
        impacts: Vec::new(),
        observations: Vec::new(),
        responses: Vec::new(),
        missing: Vec::new(),
        source: SURVEY.to_owned(),
        recorded_at: None,
    }
}

/// Nobody answers before it is founded. What was drawn is mended, not drawn again: a seed keeps the rest.
fn precede(out: &mut OrganisationDraft, wave: usize) {
    let latest = day(opens(wave).year() - 1, 1, 1);
    if let Some(founded) = &mut out.founded {
        founded.on = founded.on.min(latest);
    }
}

fn models(rng: &mut ChaCha8Rng) -> Vec<BusinessModel> {
    let all = [BusinessModel::B2b, BusinessModel::B2c, BusinessModel::B2g, BusinessModel::B2n];
    let mut out: Vec<BusinessModel> = Vec::new();
    for (model, percent) in all.into_iter().zip([75, 45, 50, 12]) {
        if chance(rng, percent) {
            out.push(model);
        }
    }
    out
}

fn describe(rng: &mut ChaCha8Rng, out: &mut OrganisationDraft, index: usize) {
    let name = &out.name;
    out.summary = Some(both(
        &format!("{name} es una organización ficticia de la muestra."),
        &format!("{name} is a fictional organisation of the sample."),
    ));
    if chance(rng, 80) {
        out.description = Some(both(
            &format!(
                "Organización inventada número {}. Ni ella ni sus cifras existen; sirve para probar el mapa.",
                index + 1
            ),
            &format!(
                "Invented organisation number {}. Neither it nor its figures exist; it is there to try the map.",
                index + 1
            ),
        ));
    }
}

fn code(scheme: &str, code: &str, role: CodeRole, wave: usize) -> CodeDraft {
    CodeDraft {
        scheme: scheme.to_owned(),
        code: Some(code.to_owned()),
        text: None,
        role,
        assigned_by: AssertedBy::SelfReported,
        confidence: Confidence::High,
        wave: Some(WAVES[wave].to_owned()),
    }
}

fn codes(rng: &mut ChaCha8Rng, out: &mut OrganisationDraft, wave: usize) {
    if chance(rng, 90) {
        let primary = *weighted(rng, &SECTORS);
        out.codes.push(code("od500_category", primary, CodeRole::ReuseSectorPrimary, wave));
        let other = *weighted(rng, &SECTORS);
        if chance(rng, 20) && other != primary {
            out.codes.push(code("od500_category", other, CodeRole::ReuseSectorOther, wave));
        }
    }
    let some = |rng: &mut ChaCha8Rng, items: &[&'static str], percent| -> Vec<&'static str> {
        items.iter().copied().filter(|_| chance(rng, percent)).collect()
    };
    let revenue = some(rng, &["consulting", "data_analysis", "government_contract", "subscriptions", "donations"], 30);
    let types =
        some(rng, &["demographics_social", "economics", "geospatial_mapping", "business", "transportation"], 40);
    out.codes.extend(revenue.iter().map(|c| code("od500_revenue_source", c, CodeRole::RevenueSource, wave)));
    out.codes.extend(types.iter().map(|c| code("od500_data_type", c, CodeRole::DataType, wave)));
}

fn impact(scheme: &str, code: &str, level: u8, wave: usize) -> ImpactDraft {
    let inferred = level == 0;
    ImpactDraft {
        scheme: scheme.to_owned(),
        code: Some(code.to_owned()),
        text: None,
        direction: Direction::Positive,
        strength: Strength::Primary,
        evidence_level: level,
        rationale: (scheme == "sdg").then(|| both("Motivo ficticio.", "Fictional reason.")),
        asserted_by: if inferred { AssertedBy::Crosswalk } else { AssertedBy::SelfReported },
        origin: if inferred { Origin::Inferred } else { Origin::Declared },
        confidence: inferred.then_some(Confidence::Medium),
        wave: Some(WAVES[wave].to_owned()),
        status: ClaimStatus::Accepted,
        evidence: vec![EvidenceDraft {
            source: SURVEY.to_owned(),
            polarity: Polarity::Supports,
            locator: None,
            identity: None,
            quote: None,
        }],
    }
}

fn impacts(rng: &mut ChaCha8Rng, out: &mut OrganisationDraft, wave: usize) {
    let mut goals: Vec<String> = Vec::new();
    if chance(rng, 45) {
        for _ in 0..between(rng, 1, 3) {
            let goal = between(rng, 1, 17).to_string();
            if goals.contains(&goal) {
                continue;
            }
            let level = *weighted(rng, &[(1, 50), (2, 25), (3, 14), (4, 7), (5, 4)]);
            let mut draft = impact("sdg", &goal, level, wave);
            draft.strength = *one(rng, Strength::ALL);
            draft.direction =
                *weighted(rng, &[(Direction::Positive, 90), (Direction::Mixed, 8), (Direction::Negative, 2)]);
            out.impacts.push(draft);
            goals.push(goal);
        }
    }
    if chance(rng, 55) {
        let first = between(rng, 0, 9) as usize;
        for at in 0..between(rng, 1, 3) as usize {
            let (social, goal) = SOCIAL[(first + at * 3) % SOCIAL.len()];
            out.impacts.push(impact("od500_social_impact", social, 1, wave));
            if !goals.iter().any(|g| g == goal) {
                out.impacts.push(impact("sdg", goal, 0, wave));
                goals.push(goal.to_owned());
            }
        }
    }
    for (kind, percent) in
        [("new_product_service", 60), ("new_research", 45), ("job_growth", 20), ("cost_efficiency", 30)]
    {
        if chance(rng, percent) {
            out.impacts.push(impact("od500_data_impact", kind, 1, wave));
        }
    }
}

/// Staff, and revenue as a band that only aggregates may show.
fn observe(rng: &mut ChaCha8Rng, out: &mut OrganisationDraft, wave: usize) {
    let draft = |indicator: &str, values: [Option<i64>; 3], missing, currency: Option<&str>, visibility| {
        let number = |value: Option<i64>| value.map(|mantissa| Decimal { mantissa, scale: 0 });
        ObservationDraft {
            indicator: indicator.to_owned(),
            subject: SubjectDraft::Itself,
            period: ["2020", "2023"][wave].to_owned(),
            low: number(values[0]),
            central: number(values[1]),
            high: number(values[2]),
            missing,
            currency: currency.map(ToOwned::to_owned),
            status: if missing.is_some() { ObservationStatus::Missing } else { ObservationStatus::Normal },
            visibility,
            wave: Some(WAVES[wave].to_owned()),
            source: Some(SURVEY.to_owned()),
        }
    };
    if let Some(band) = out.size_band {
        let (low, high) = match band {
            SizeBand::From1To10 => (1, 10),
            SizeBand::From11To50 => (11, 50),
            SizeBand::From51To200 => (51, 200),
            SizeBand::From201To500 => (201, 500),
            SizeBand::From501To1000 => (501, 1000),
            SizeBand::From1001To5000 => (1001, 5000),
            SizeBand::From5001To10000 => (5001, 10_000),
            SizeBand::Over10000 => (10_001, 60_000),
        };
        let staff = i64::from(between(rng, low, high));
        let exact = [Some(staff); 3];
        out.observations.push(draft("employees", exact, None, None, RowVisibility::Public));
    }
    if !chance(rng, 60) {
        return;
    }
    let bands: [(i64, Option<i64>); 6] = [
        (0, Some(1_000_000)),
        (1_000_000, Some(5_000_000)),
        (5_000_000, Some(20_000_000)),
        (20_000_000, Some(100_000_000)),
        (100_000_000, Some(1_000_000_000)),
        (1_000_000_000, None),
    ];
    let visibility = RowVisibility::AggregateOnly;
    out.observations.push(if chance(rng, 15) {
        draft("revenue", [None; 3], Some(*one(rng, &[Missing::Refused, Missing::DontKnow])), Some("MXN"), visibility)
    } else {
        let (low, high) = *one(rng, &bands);
        draft("revenue", [Some(low), None, high], None, Some("MXN"), visibility)
    });
}

/// How much of the revenue depends on government data: a band that only aggregates may show, of most that were asked for
/// their revenue.
fn share(rng: &mut ChaCha8Rng, out: &mut OrganisationDraft) {
    const BANDS: [(i64, i64); 5] = [(1, 10), (11, 25), (26, 50), (51, 75), (76, 100)];
    let Some(revenue) = out.observations.iter().find(|one| one.indicator == "revenue") else { return };
    let band = chance(rng, 80).then(|| *one(rng, &BANDS));
    let number = |value: Option<i64>| value.map(|mantissa| Decimal { mantissa, scale: 0 });
    let share = ObservationDraft {
        indicator: "data_share".to_owned(),
        low: number(band.map(|band| band.0)),
        central: None,
        high: number(band.map(|band| band.1)),
        missing: band.is_none().then_some(Missing::DontKnow),
        currency: None,
        status: if band.is_some() { ObservationStatus::Normal } else { ObservationStatus::Missing },
        ..revenue.clone()
    };
    out.observations.push(share);
}

fn respond(rng: &mut ChaCha8Rng, out: &mut OrganisationDraft, waves: &[usize]) {
    for wave in waves {
        let (status, completed_by) = *weighted(
            rng,
            &[
                ((ResponseStatus::Validated, CompletedBy::Organisation), 45),
                ((ResponseStatus::Submitted, CompletedBy::Organisation), 25),
                ((ResponseStatus::Validated, CompletedBy::Researcher), 20),
                ((ResponseStatus::Partial, CompletedBy::Organisation), 6),
                ((ResponseStatus::Refused, CompletedBy::Unknown), 4),
            ],
        );
        let count = *one(rng, &["1-10", "11-50", "51-100", "101+"]);
        out.responses.push(ResponseDraft {
            wave: WAVES[*wave].to_owned(),
            channel: if completed_by == CompletedBy::Researcher {
                Channel::Desk
            } else {
                *one(rng, &Channel::ALL[..3])
            },
            status,
            completed_by,
            answers: vec![AnswerDraft {
                question: "source_count".to_owned(),
                value: if chance(rng, 85) { Known::Value(count.to_owned()) } else { Known::Missing(Missing::NoAnswer) },
                visibility: RowVisibility::Public,
            }],
        });
    }
    let newest = waves[waves.len() - 1];
    let on = opens(newest) + Days::new(u64::from(between(rng, 0, 110)));
    out.recorded_at = Some(on.and_time(NaiveTime::MIN).and_utc());
}

/// A reason for every property without value.
fn missing(rng: &mut ChaCha8Rng, out: &mut OrganisationDraft) {
    let has = |role| out.codes.iter().any(|c: &CodeDraft| c.role == role);
    let impact = |scheme: &str| out.impacts.iter().any(|i| i.scheme == scheme);
    let names_dataset = out.claims.iter().any(|c| matches!(c.target, TargetDraft::Dataset(_) | TargetDraft::Series(_)));
    let names_body = names_dataset || out.claims.iter().any(|c| matches!(c.target, TargetDraft::Publisher(_)));
    let counts = |response: &ResponseDraft| matches!(response.answers[0].value, Known::Value(_));
    let absent = [
        (Attribute::Sector, !has(CodeRole::ReuseSectorPrimary)),
        (Attribute::Area, out.location.as_ref().is_none_or(|l| l.area.is_none())),
        (Attribute::Size, out.size_band.is_none()),
        (Attribute::Founded, out.founded.is_none()),
        (Attribute::BusinessModel, out.business_models.is_empty()),
        (Attribute::RevenueSource, !has(CodeRole::RevenueSource)),
        (Attribute::DataType, !has(CodeRole::DataType)),
        (Attribute::UseType, out.use_types.is_empty()),
        (Attribute::SocialImpact, !impact("od500_social_impact")),
        (Attribute::DataImpact, !impact("od500_data_impact")),
        (Attribute::Sdg, !out.impacts.iter().any(|i| i.scheme == "sdg" && i.evidence_level > 0)),
        (Attribute::Publisher, !names_body),
        (Attribute::Dataset, !names_dataset),
        (Attribute::SourceCount, !out.responses.iter().any(counts)),
        (Attribute::Description, out.description.is_none()),
        (Attribute::ExampleUses, true),
        (Attribute::FinancialInfo, true),
    ];
    for (attribute, _) in absent.into_iter().filter(|(_, is_absent)| *is_absent) {
        let reason = *weighted(rng, &REASONS);
        // A sentence of its own describes it too.
        if attribute != Attribute::Description || out.summary.is_none() {
            out.missing.push((attribute, reason));
        }
    }
}

/// What it would do without government data, and why that and the weight and age of its uses are not known; drawn
/// last, so that a seed keeps the rest of its organisations.
fn rely(rng: &mut ChaCha8Rng, out: &mut OrganisationDraft) {
    let answers =
        [("unchanged", 10), ("substitute_cheap", 16), ("substitute_costly", 26), ("degraded", 34), ("cease", 14)];
    let mut known = false;
    for response in &mut out.responses {
        let answer = *weighted(rng, &answers);
        let value =
            if chance(rng, 75) { Known::Value(answer.to_owned()) } else { Known::Missing(*weighted(rng, &REASONS)) };
        known |= matches!(value, Known::Value(_));
        response.answers.push(AnswerDraft {
            question: "if_stopped".to_owned(),
            value,
            visibility: RowVisibility::Public,
        });
    }
    let absent = [
        (Attribute::Criticality, out.claims.iter().all(|claim| claim.criticality == Criticality::Unknown)),
        (Attribute::UsedSince, out.claims.iter().all(|claim| claim.started.is_none())),
        (Attribute::IfStopped, !known),
    ];
    for (attribute, _) in absent.into_iter().filter(|(_, is_absent)| *is_absent) {
        out.missing.push((attribute, *weighted(rng, &REASONS)));
    }
}
