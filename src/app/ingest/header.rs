//! Expands the part of a run that comes before its organisations (studies, sources, bodies, datasets)
//! and the part that comes after them (relations, observations of areas and sectors).

use entity::id::{
    DatasetCodeId, DatasetDesignationId, DatasetIdentifierId, DistributionId, PublisherProfileId, RelationId, StudyId,
    WaveId,
};
use entity::vocabulary::{
    AreaScheme, Consent, DayKind, Dependence, HttpState, NameKind, OrganisationKind, Ownership, RowVisibility, YesNo,
};

use super::expand::{Expand, child, fact};
use super::json;
use crate::domain::draft::{
    BodyDraft, DatasetDraft, Header, NameDraft, RelationDraft, SourceDraft, StudyDraft, WaveDraft, lang_text,
};
use crate::domain::text::{fold, slug};

const PUBLIC: RowVisibility = RowVisibility::Public;

impl Expand<'_> {
    /// What organisations refer to.
    pub(super) fn header(&mut self, header: &Header) {
        let study = header.study.as_ref().map(|study| self.study(study, &header.chapter));
        for wave in &header.waves {
            match study {
                Some(study) => self.header_wave(wave, study),
                None => self.fault(&wave.key, "a wave needs the study that it is part of"),
            }
        }
        for source in &header.sources {
            self.source(source, study);
        }
        for body in &header.bodies {
            self.body(body);
        }
        for dataset in &header.datasets {
            self.dataset(dataset);
        }
    }

    /// What refers to organisations.
    pub(super) fn tail(&mut self, header: &Header) {
        for relation in &header.relations {
            self.relation(relation);
        }
        for observation in &header.observations {
            self.observation(&observation.indicator, None, observation);
        }
        for request in &header.requests {
            self.request(request);
        }
        for feedback in &header.feedback {
            self.feedback(feedback);
        }
    }

    fn study(&mut self, draft: &StudyDraft, chapter: &str) -> StudyId {
        let id = StudyId(self.id("study", &draft.key));
        self.rows.studies.push(fact!(study, id, PUBLIC, {
            slug: draft.slug.clone(),
            chapter: chapter.to_owned(),
            title: json(&draft.title),
            country: draft.country.clone(),
            licence: draft.licence.clone(),
            licence_url: draft.licence_url.clone(),
            attribution: draft.attribution.clone(),
            url: draft.url.clone(),
        }));
        id
    }

    fn header_wave(&mut self, draft: &WaveDraft, study_id: StudyId) {
        let id = WaveId(self.id("wave", &draft.key));
        if draft.closes_on.is_some_and(|closes| closes < draft.opens_on) {
            self.fault(&draft.key, "the wave closes before it opens");
        }
        self.waves.insert(draft.key.clone(), (id, draft.opens_on));
        self.rows.waves.push(fact!(wave, id, PUBLIC, {
            study_id,
            slug: draft.slug.clone(),
            title: json(&draft.title),
            opens_on: draft.opens_on,
            closes_on: draft.closes_on,
            population: json(&draft.population),
            frame: draft.frame,
            state: draft.state,
            instrument: draft.instrument.clone(),
            asked: json(&draft.asked),
            asked_goals: json(&draft.asked_goals),
            takes_nominations: false,
        }));
    }

    fn source(&mut self, draft: &SourceDraft, study_id: Option<StudyId>) {
        let id = self.deliver_source(&draft.key);
        self.rows.sources.push(fact!(source, id, PUBLIC, {
            kind: draft.kind,
            title: draft.title.clone(),
            url: draft.url.clone(),
            archived_url: None,
            author: draft.author.clone(),
            published_on: draft.published_on,
            accessed_at: draft.accessed_at,
            licence: draft.licence.clone(),
            lang: draft.lang.clone(),
            content_hash: None,
            study_id,
        }));
    }

    fn body(&mut self, draft: &BodyDraft) {
        let id = self.deliver(&draft.key);
        let source_id = draft.source.as_ref().map(|key| self.source_id(&draft.key, key));
        let area_id = draft.area.as_ref().and_then(|code| {
            let scheme = if code.contains('-') { AreaScheme::Subdivision } else { AreaScheme::Country };
            let found = self.codes.area(scheme, code);
            if found.is_none() {
                self.fault(&draft.key, format!("there is no area '{code}'"));
            }
            found
        });
        self.rows.organisations.push(fact!(organisation, id, PUBLIC, {
            slug: slug(&draft.lang, &draft.name),
            name: json(&lang_text(&draft.lang, draft.name.clone())),
            folded: fold(&draft.name),
            legal_name: None,
            legal_form: None,
            kind: OrganisationKind::Government,
            ownership: Ownership::State,
            status: draft.status,
            status_since: None,
            founded_on: None,
            founded_on_precision: None,
            website: draft.website.clone(),
            description: None,
            summary: None,
            size_band: None,
            business_models: "[]".to_owned(),
            use_types: "[]".to_owned(),
            dependence: Dependence::Unknown,
            based_in_country: YesNo::Unknown,
            earns_revenue: YesNo::Unknown,
            uses_data: YesNo::Unknown,
            consent: Consent::Yes,
            source_id,
            stated_at: None,
        }));
        let acronym = draft.acronym.iter().map(|text| NameDraft {
            text: text.clone(),
            lang: draft.lang.clone(),
            kind: NameKind::Acronym,
        });
        let names: Vec<NameDraft> = acronym.chain(draft.aliases.iter().cloned()).collect();
        self.names(id, &names);
        self.identifiers(id, &draft.identifiers);
        let profile = PublisherProfileId(child(id.0, "profile"));
        self.rows.profiles.push(fact!(publisher_profile, profile, PUBLIC, {
            organisation_id: id,
            level: draft.level,
            branch: None,
            area_id,
            portal_slug: None,
            answer_days: 30,
            day_kind: DayKind::Calendar,
            accepts_requests: false,
        }));
    }

    fn relation(&mut self, draft: &RelationDraft) {
        let from_id = self.organisation_id("relation", &draft.from);
        let to_id = self.organisation_id("relation", &draft.to);
        let field = format!("relation {} {} {}", draft.from, draft.kind.as_str(), draft.to);
        if from_id == to_id {
            self.fault(&field, "an organisation has no relation to itself");
        }
        self.period(&field, draft.valid_from, draft.valid_to);
        let source_id = draft.source.as_ref().map(|key| self.source_id(&field, key));
        let since = draft.valid_from.map(|from| from.on.to_string()).unwrap_or_default();
        let id = RelationId(child(from_id.0, &format!("relation/{}/{to_id}/{since}", draft.kind.as_str())));
        self.rows.relations.push(fact!(relation, id, PUBLIC, {
            from_id,
            to_id,
            kind: draft.kind,
            decision: draft.decision,
            valid_from: draft.valid_from.map(|date| date.on),
            valid_from_precision: draft.valid_from.map(|date| date.precision),
            valid_to: draft.valid_to.map(|date| date.on),
            valid_to_precision: draft.valid_to.map(|date| date.precision),
            source_id,
            note: draft.note.clone(),
            share_bp: None,
        }));
    }

    fn dataset(&mut self, draft: &DatasetDraft) {
        let id = entity::id::DatasetId(self.id("dataset", &draft.key));
        if !self.datasets.insert(id) {
            self.fault(&draft.key, "two datasets of the run have this key");
        }
        let publisher_id = self.organisation_id(&draft.key, &draft.publisher);
        let series = draft
            .series
            .as_ref()
            .map(|(key, edition, decision)| (self.dataset_id(&draft.key, key), edition.clone(), *decision));
        let Some((lang, title)) = draft.title.iter().next() else {
            return self.fault(&draft.key, "a dataset needs a title");
        };
        self.rows.datasets.push(fact!(dataset, id, PUBLIC, {
            slug: slug(lang, title),
            title: json(&draft.title),
            folded: fold(title),
            description: draft.description.as_ref().map(json),
            publisher_id,
            is_series: draft.is_series,
            series_id: series.as_ref().map(|series| series.0),
            series_decision: series.as_ref().map(|series| series.2),
            edition: series.map(|series| series.1).filter(|edition| !edition.is_empty()),
            status: draft.status,
            access: draft.access,
            landing_page: draft.landing_page.clone(),
            licence: draft.licence.clone(),
            licence_url: None,
            frequency: draft.frequency.clone(),
            issued_on: draft.issued_on,
            modified_on: draft.modified_on,
            metadata_modified_on: None,
            keywords: None,
            lang: None,
            has_personal_data: None,
            catalogue_id: None,
            source_id: None,
        }));
        self.dataset_details(draft, id);
    }

    fn dataset_details(&mut self, draft: &DatasetDraft, dataset_id: entity::id::DatasetId) {
        for (scheme, value) in &draft.identifiers {
            let id = DatasetIdentifierId(child(dataset_id.0, &format!("identifier/{}/{value}", scheme.as_str())));
            self.rows.dataset_identifiers.push(fact!(dataset_identifier, id, PUBLIC, {
                dataset_id,
                scheme: *scheme,
                value: value.clone(),
                first_seen_on: None,
                last_seen_on: None,
            }));
        }
        for (scheme, code) in &draft.themes {
            let Some(code_id) = self.code(&draft.key, scheme, code) else { continue };
            let id = DatasetCodeId(child(dataset_id.0, &format!("code/{code_id}")));
            self.rows.dataset_codes.push(fact!(dataset_code, id, PUBLIC, { dataset_id, code_id, }));
        }
        for file in &draft.distributions {
            let id = DistributionId(child(dataset_id.0, &format!("distribution/{}", file.url)));
            self.rows.distributions.push(fact!(distribution, id, PUBLIC, {
                dataset_id,
                url: file.url.clone(),
                format: file.format.clone(),
                media_type: None,
                byte_size: None,
                last_checked_at: None,
                http_state: HttpState::Unknown,
            }));
        }
        for designation in &draft.designations {
            let code = designation.code.as_deref().unwrap_or_default();
            let name = format!("designation/{}/{code}", designation.kind.as_str());
            let id = DatasetDesignationId(child(dataset_id.0, &name));
            self.rows.designations.push(fact!(dataset_designation, id, PUBLIC, {
                dataset_id,
                kind: designation.kind,
                code: designation.code.clone(),
                designated_by: designation.by.clone(),
                valid_from: designation.valid_from.map(|date| date.on),
                valid_from_precision: designation.valid_from.map(|date| date.precision),
                valid_to: None,
                valid_to_precision: None,
            }));
        }
    }
}
