//! Pairs, merges, splits, series and relations: what follows, what stays readable, and that undoing restores what
//! stood.

use entity::id::{DataRequestId, DatasetFeedbackId, DatasetId, OrganisationId, RelationId, RequestSupportId};
use entity::vocabulary::{
    BlockingReason, Decision, FeedbackOrigin, FeedbackState, MatchDecision, MatchKind, Moderation, RequestOrigin,
    RequestStatus, Role, RowVisibility,
};
use entity::{data_request, dataset_feedback, request_support};
use od100::app::matching::{self, Wanted};
use od100::app::publish::Publisher;
use od100::app::rearrange::{self, Plan, Remark};
use od100::app::{Error, history, relations};
use od100::atlas::{Atlas, Filter, Lang};
use od100::domain::access::Actor;
use od100::export::{Export, Format, Order, What, cell::Guard};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use std::sync::Arc;

use crate::harness::{self, Base, on_each_database};
use crate::people::People;

/// Every public file, so that what differs in any is found; but for when a row was last written, which undoing does too.
fn files(atlas: &Arc<Atlas>) -> String {
    let mut all = String::new();
    for what in ["organisations", "claims", "publishers", "datasets", "flow", "counts"] {
        let order = Order {
            what: what.parse::<What>().unwrap(),
            format: Format::Csv,
            requests: od100::analysis::demand::Asked::default(),
            filter: Filter::default(),
            shape: od100::export::shape::Shape::default(),
            lang: Lang::ES,
            guard: Guard::On,
            base_url: "https://od100.example".to_owned(),
        };
        let file: Vec<u8> = Export::new(Arc::clone(atlas), order).flatten().collect();
        let mut reader = csv::Reader::from_reader(file.as_slice());
        let written = reader.headers().unwrap().iter().position(|column| column == "updated_at");
        for row in reader.records().map(Result::unwrap) {
            let cells = row.iter().enumerate().filter(|(at, _)| Some(*at) != written);
            all.push_str(&cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(","));
            all.push('\n');
        }
    }
    all
}

async fn now(base: &Base) -> String {
    files(&Publisher::open(base.ctx.clone()).await.unwrap().current())
}

async fn curator(base: &Base, name: &str) -> Actor {
    People::over(base).with_role(name, Role::Curator, None).await.0
}

async fn organisations(base: &Base) -> Vec<entity::organisation::Model> {
    use entity::organisation::{Column, Entity};
    let db = base.raw().await;
    let mut rows = Entity::find().filter(Column::SupersededAt.is_null()).all(&db).await.unwrap();
    rows.sort_by(|a, b| a.slug.cmp(&b.slug));
    rows
}

async fn id_of(base: &Base, slug: &str) -> OrganisationId {
    organisations(base).await.into_iter().find(|row| row.slug == slug).unwrap_or_else(|| panic!("no {slug}")).id
}

async fn dataset(base: &Base, word: &str) -> entity::dataset::Model {
    use entity::dataset::{Column, Entity};
    let rows = Entity::find().filter(Column::SupersededAt.is_null()).all(&base.raw().await).await.unwrap();
    rows.into_iter().find(|row| row.folded == word).unwrap_or_else(|| panic!("no {word}"))
}

/// All rows of the record that are current, without when they were written.
async fn standing(base: &Base) -> Vec<String> {
    let mut rows = Vec::new();
    for (table, all) in base.dump().await {
        for row in all.into_iter().filter(|row| row.contains("superseded_at: None")) {
            let (before, after) = row.split_once("recorded_at: ").unwrap();
            let after = after.split_once(", superseded_at").unwrap().1;
            rows.push(format!("{table} {before}{after}"));
        }
    }
    rows.sort();
    rows
}

async fn fill(base: &Base) {
    base.take(harness::header(), harness::organisations(6)).await.unwrap();
    base.tick();
}

/// A rating that everybody counts.
fn rated(
    base: &Base,
    dataset_id: DatasetId,
    organisation_id: Option<OrganisationId>,
    rating: i16,
) -> dataset_feedback::Model {
    let (id, at) = (DatasetFeedbackId(base.ctx.id()), base.ctx.now());
    dataset_feedback::Model {
        id,
        dataset_id,
        organisation_id,
        response_id: None,
        rating: Some(rating),
        dimension: None,
        severity: None,
        comment: None,
        lang: None,
        sample_url: None,
        origin: FeedbackOrigin::Form,
        submitted_at: at,
        moderation: Moderation::Shown,
        moderation_reason: None,
        moderated_at: Some(at),
        moderated_by: None,
        state: FeedbackState::Open,
        reply: None,
        replied_at: None,
        replied_by: None,
        fixed_on: None,
        entity_id: id,
        visibility: RowVisibility::Public,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    }
}

fn merge(kept: OrganisationId, gone: OrganisationId) -> Plan {
    Plan::OrganisationMerge { kept, gone }
}

on_each_database! {
    async fn a_merge_moves_claims_and_undoing_it_restores_every_row(base) {
        fill(&base).await;
        let cura = curator(&base, "cura").await;
        let (kept, gone) = (id_of(&base, "compania-0").await, id_of(&base, "compania-0-2").await);
        let (rows, before) = (standing(&base).await, now(&base).await);
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();

        let effect = rearrange::preview(&base.ctx, &cura, &merge(kept, gone)).await.unwrap();
        assert_eq!(effect.address, Some(("compania-0-2".to_owned(), "compania-0".to_owned())));
        assert_eq!(effect.united, 3, "two uses and an impact that both have: {effect:?}");
        assert_eq!(effect.remarks, [Remark::AnsweredTwice, Remark::ValuesDiffer]);
        assert_eq!(standing(&base).await, rows, "a preview writes nothing");

        base.tick();
        let done = rearrange::perform(&base.ctx, &cura, &merge(kept, gone), "one company", None).await.unwrap();
        publisher.refresh().await.unwrap();
        let merged = files(&publisher.current());
        assert_eq!(merged, now(&base).await, "what was patched is what is built anew");
        assert_ne!(merged, before);
        let atlas = publisher.current();
        let old = atlas.organisation_by_slug("compania-0-2").unwrap();
        assert_eq!(atlas.str(atlas.organisation(old).slug), "compania-0", "the old address leads on");
        assert_eq!(atlas.claims_of(old).len(), 2);
        assert_eq!(atlas.evidence_of(atlas.claim_handles_of(old).next().unwrap()).len(), 1, "the same evidence once");

        base.tick();
        rearrange::undo(&base.ctx, &cura, done.id, "two after all").await.unwrap();
        assert_eq!(standing(&base).await, rows);
        publisher.refresh().await.unwrap();
        assert_eq!(files(&publisher.current()), before, "every public file is as it was");
        assert_eq!(now(&base).await, before);
        let again = rearrange::undo(&base.ctx, &cura, done.id, "again").await.unwrap_err();
        assert!(matches!(again, Error::Conflict(_)), "{again}");
        let between = base.ctx.now() - chrono::TimeDelta::minutes(30);
        let then = publisher.at(harness::day("2025-06-30"), Some(between)).await.unwrap();
        assert_eq!(files(&then), merged, "what was known between is the merged record");
        for subject in [kept.0, gone.0] {
            assert_eq!(history::broken_at(&base.ctx, subject).await.unwrap(), None);
        }
    }

    async fn claims_keep_the_name_under_which_they_were_made(base) {
        fill(&base).await;
        let cura = curator(&base, "cura").await;
        let (kept, gone) = (id_of(&base, "comision-del-agua").await, id_of(&base, "servicio-meteorologico").await);
        let claims = entity::use_claim::Entity::find().all(&base.raw().await).await.unwrap();
        rearrange::perform(&base.ctx, &cura, &merge(kept, gone), "one body", None).await.unwrap();
        // The claims name the dataset of the body that is gone; of bodies the claims name the other two.
        let names = rearrange::asserted_names(&base.ctx, &cura, &claims.iter().map(|c| c.id.0).collect::<Vec<_>>()).await.unwrap();
        assert!(names.is_empty(), "no claim named it: {names:?}");
        let (kept, gone) = (id_of(&base, "secretaria-de-medio-ambiente").await, kept);
        rearrange::perform(&base.ctx, &cura, &merge(kept, gone), "one body", None).await.unwrap();
        let names = rearrange::asserted_names(&base.ctx, &cura, &claims.iter().map(|c| c.id.0).collect::<Vec<_>>()).await.unwrap();
        assert_eq!(names.len(), 6, "one claim of each organisation named it");
        assert!(names.iter().all(|name| name.text == "Comisión del Agua"));
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        let atlas = publisher.current();
        for slug in ["comision-del-agua", "servicio-meteorologico"] {
            let body = atlas.organisation_by_slug(slug).unwrap();
            assert_eq!(atlas.str(atlas.organisation(body).slug), "secretaria-de-medio-ambiente", "{slug} leads on to the end");
        }
        assert_eq!(atlas.users_of(atlas.organisation_by_slug("comision-del-agua").unwrap()).len(), 6);
    }

    async fn what_was_said_and_asked_follows_a_merge_and_comes_back(base) {
        fill(&base).await;
        let cura = curator(&base, "cura").await;
        let (kept, gone) = (id_of(&base, "compania-0").await, id_of(&base, "compania-0-2").await);
        let rain = dataset(&base, "lluvia rain").await.id;
        let at = base.ctx.now();
        let db = base.raw().await;
        for (organisation, rating) in [(kept, 4), (gone, 2)] {
            let row = rated(&base, rain, Some(organisation), rating);
            dataset_feedback::Entity::insert(row.into_active_model()).exec_without_returning(&db).await.unwrap();
        }
        for (slug, supporters) in [("both", vec![(kept, false), (gone, true)]), ("one", vec![(gone, false)])] {
            let id = DataRequestId(base.ctx.id());
            let row = data_request::Model {
                id,
                slug: slug.to_owned(),
                title: slug.to_owned(),
                description: None,
                purpose: None,
                lang: "es".to_owned(),
                publisher_id: Some(gone),
                organisation_id: Some(gone),
                requested_by: None,
                blocking: BlockingReason::NotPublished,
                frequency: None,
                format: None,
                origin: RequestOrigin::Form,
                status: RequestStatus::Triaged,
                submitted_on: harness::day("2025-01-01"),
                triaged_on: Some(harness::day("2025-01-02")),
                forwarded_on: None,
                due_on: None,
                answered_on: None,
                planned_on: None,
                published_on: None,
                closed_on: None,
                answer: None,
                answer_lang: None,
                legal_basis: None,
                duplicate_of_id: None,
                themes: "[]".to_owned(),
                wave_id: None,
                entity_id: id,
                visibility: RowVisibility::Public,
                recorded_at: at,
                superseded_at: None,
                import_batch_id: None,
                created_by: None,
            };
            data_request::Entity::insert(row.into_active_model()).exec_without_returning(&db).await.unwrap();
            for (organisation, blocks_project) in supporters {
                let own = RequestSupportId(base.ctx.id());
                let row = request_support::Model {
                    id: own,
                    data_request_id: id,
                    organisation_id: Some(organisation),
                    account_id: None,
                    supported_on: harness::day("2025-01-03"),
                    blocks_project,
                    comment: None,
                    entity_id: own,
                    visibility: RowVisibility::Public,
                    recorded_at: at,
                    superseded_at: None,
                    import_batch_id: None,
                    created_by: None,
                };
                request_support::Entity::insert(row.into_active_model()).exec_without_returning(&db).await.unwrap();
            }
        }
        let rows = standing(&base).await;
        let voices = async || {
            let atlas = Publisher::open(base.ctx.clone()).await.unwrap().current();
            let dataset = atlas.dataset_by_id(rain).unwrap();
            od100::analysis::scorecard::rating(&atlas, [dataset]).n
        };
        assert_eq!(voices().await, 2);
        base.tick();
        let done = rearrange::perform(&base.ctx, &cura, &merge(kept, gone), "one company", None).await.unwrap();
        assert_eq!(voices().await, 1, "one firm has one voice");
        let supports = request_support::Entity::find().filter(request_support::Column::SupersededAt.is_null());
        let supports = supports.all(&db).await.unwrap();
        let mut said: Vec<_> = supports.iter().map(|row| (row.organisation_id, row.blocks_project)).collect();
        said.sort();
        assert_eq!(said, [(Some(kept), false), (Some(kept), true)], "each once, and what one needs it for stays");
        let asked = data_request::Entity::find().filter(data_request::Column::SupersededAt.is_null());
        let asked = asked.all(&db).await.unwrap();
        assert!(asked.iter().all(|row| (row.publisher_id, row.organisation_id) == (Some(kept), Some(kept))), "{asked:?}");
        base.tick();
        rearrange::undo(&base.ctx, &cura, done.id, "two after all").await.unwrap();
        assert_eq!(standing(&base).await, rows);
        assert_eq!(voices().await, 2);
    }

    async fn of_two_who_merge_the_same_pair_one_is_told(base) {
        fill(&base).await;
        let (one, other) = (curator(&base, "one").await, curator(&base, "other").await);
        let (kept, gone) = (id_of(&base, "compania-0").await, id_of(&base, "compania-0-2").await);
        let (first, second) = (merge(kept, gone), merge(gone, kept));
        let (left, right) = tokio::join!(
            rearrange::perform(&base.ctx, &one, &first, "one company", None),
            rearrange::perform(&base.ctx, &other, &second, "one company", None),
        );
        let told = match (left, right) {
            (Ok(_), Err(error)) | (Err(error), Ok(_)) => error,
            both => panic!("{both:?}"),
        };
        assert!(matches!(&told, Error::Conflict(why) if why.contains("merged into 'Compañía 0' (/organisations/")), "{told}");
        assert_eq!(organisations(&base).await.len(), 8);
    }

    async fn two_that_were_told_apart_are_not_merged(base) {
        fill(&base).await;
        let (cura, other) = (curator(&base, "cura").await, curator(&base, "other").await);
        matching::find(&base.ctx, &cura, MatchKind::ALL, |_, _| {}).await.unwrap();
        let (kept, gone) = (id_of(&base, "compania-0").await, id_of(&base, "compania-0-2").await);
        let pairs = matching::candidates_of(&base.ctx, &cura, kept.0).await.unwrap();
        let pair = pairs.iter().find(|one| [one.row.left_id, one.row.right_id].contains(&gone.0)).unwrap().row.id;
        // One has the preview before them while the other decides.
        rearrange::preview(&base.ctx, &cura, &merge(kept, gone)).await.unwrap();
        matching::decide(&base.ctx, &other, pair, Some(MatchDecision::Different), Some("two branches")).await.unwrap();
        let told = rearrange::perform(&base.ctx, &cura, &merge(kept, gone), "one", None).await.unwrap_err();
        assert!(matches!(&told, Error::Conflict(why) if why.contains("decided this pair")), "{told}");
        assert!(matches!(rearrange::preview(&base.ctx, &cura, &merge(gone, kept)).await, Err(Error::Conflict(_))));
        matching::decide(&base.ctx, &cura, pair, None, None).await.unwrap();
        rearrange::perform(&base.ctx, &cura, &merge(kept, gone), "one", None).await.unwrap();
    }

    async fn a_repeated_request_merges_once(base) {
        fill(&base).await;
        let cura = curator(&base, "cura").await;
        let (kept, gone) = (id_of(&base, "compania-0").await, id_of(&base, "compania-0-2").await);
        let first = rearrange::perform(&base.ctx, &cura, &merge(kept, gone), "one", Some("k")).await.unwrap();
        let again = rearrange::perform(&base.ctx, &cura, &merge(kept, gone), "one", Some("k")).await.unwrap();
        assert_eq!(first, again);
    }

    async fn an_import_does_not_bring_back_what_was_merged(base) {
        fill(&base).await;
        let cura = curator(&base, "cura").await;
        let (kept, gone) = (id_of(&base, "compania-0").await, id_of(&base, "compania-0-2").await);
        rearrange::perform(&base.ctx, &cura, &merge(kept, gone), "one company", None).await.unwrap();
        let merged = now(&base).await;
        base.tick();
        fill(&base).await;
        assert_eq!(now(&base).await, merged);
        let mut drafts = harness::organisations(6);
        let target = od100::domain::draft::TargetDraft::Publisher("semarnat".to_owned());
        drafts[1].claims.push(harness::claim(target));
        base.take(harness::header(), drafts).await.unwrap();
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        let atlas = publisher.current();
        let kept = atlas.organisation_by_slug("compania-0-2").unwrap();
        assert_eq!(atlas.claims_of(kept).len(), 3, "what an import brings for the one that is gone counts for the other");
    }

    async fn what_was_changed_since_is_not_undone(base) {
        fill(&base).await;
        let cura = curator(&base, "cura").await;
        let ids = [id_of(&base, "compania-0").await, id_of(&base, "compania-0-2").await, id_of(&base, "compania-1").await];
        let (rows, before) = (standing(&base).await, now(&base).await);
        base.tick();
        let first = rearrange::perform(&base.ctx, &cura, &merge(ids[0], ids[1]), "one", None).await.unwrap();
        let merged = standing(&base).await;
        base.tick();
        let second = rearrange::perform(&base.ctx, &cura, &merge(ids[2], ids[0]), "one", None).await.unwrap();
        base.tick();
        let error = rearrange::undo(&base.ctx, &cura, first.id, "no").await.unwrap_err();
        assert!(matches!(&error, Error::Conflict(why) if why.contains("take that change back first")), "{error}");
        rearrange::undo(&base.ctx, &cura, second.id, "no").await.unwrap();
        assert_eq!(standing(&base).await, merged);
        // What was done on top of it and taken back since is no change: the chain is taken back to its beginning.
        base.tick();
        rearrange::undo(&base.ctx, &cura, first.id, "no").await.unwrap();
        assert_eq!((standing(&base).await, now(&base).await), (rows, before));
    }

    async fn part_of_an_organisation_becomes_one_of_its_own(base) {
        fill(&base).await;
        let cura = curator(&base, "cura").await;
        let from = id_of(&base, "compania-0").await;
        let (rows, before) = (standing(&base).await, now(&base).await);
        let claims = entity::use_claim::Entity::find()
            .filter(entity::use_claim::Column::OrganisationId.eq(from)).all(&base.raw().await).await.unwrap();
        let split = |name: &str, use_claims| Plan::OrganisationSplit {
            from, name: name.to_owned(), use_claims, impact_claims: Vec::new(), datasets: Vec::new(),
        };
        let refused = rearrange::perform(&base.ctx, &cura, &split(" ", Vec::new()), "two", None).await.unwrap_err();
        assert!(matches!(&refused, Error::Invalid(all) if all.len() == 2), "{refused}");
        let done = rearrange::perform(&base.ctx, &cura, &split("Compañía 0", vec![claims[0].id]), "two", None).await.unwrap();
        let new = organisations(&base).await.into_iter().find(|row| row.id.0 == done.other_id).unwrap();
        assert_eq!(new.slug, "compania-0-3", "an address of its own");
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        assert_eq!(publisher.current().claims_of(publisher.current().organisation_by_slug("compania-0-3").unwrap()).len(), 1);
        base.tick();
        rearrange::undo(&base.ctx, &cura, done.id, "one after all").await.unwrap();
        assert_eq!(standing(&base).await, rows);
        assert_eq!(now(&base).await, before);
    }

    async fn datasets_are_merged_split_and_made_a_series(base) {
        let mut header = harness::header();
        header.datasets = ["censo", "censo-2010", "censo-2020", "agua-2001", "agua-2002"].iter().map(|key| {
            let mut one = harness::dataset(key, None);
            one.is_series = false;
            one.title = od100::domain::draft::lang_text("es", key.replace('-', " "));
            one
        }).collect();
        let mut drafts = harness::organisations(3);
        for draft in &mut drafts {
            draft.claims = vec![harness::claim(od100::domain::draft::TargetDraft::Dataset("censo".to_owned())),
                harness::claim(od100::domain::draft::TargetDraft::Dataset("censo-2010".to_owned()))];
        }
        base.take(header, drafts).await.unwrap();
        base.tick();
        let cura = curator(&base, "cura").await;
        let id = async |word: &str| dataset(&base, word).await.id;
        let said = rated(&base, id("censo 2010").await, None, 3).into_active_model();
        dataset_feedback::Entity::insert(said).exec_without_returning(&base.raw().await).await.unwrap();
        let (rows, before) = (standing(&base).await, now(&base).await);

        let series = Plan::DatasetSeries { left: id("censo 2010").await, right: id("censo").await };
        let done = rearrange::perform(&base.ctx, &cura, &series, "editions", None).await.unwrap();
        let whole = dataset(&base, "censo").await;
        assert!(whole.is_series);
        let edition = dataset(&base, "censo 2010").await;
        assert_eq!((edition.series_id, edition.series_decision, edition.edition.as_deref()), (Some(whole.id), Some(Decision::Accepted), Some("2010")));
        base.tick();
        rearrange::undo(&base.ctx, &cura, done.id, "no").await.unwrap();
        assert_eq!(standing(&base).await, rows);

        base.tick();
        let series = Plan::DatasetSeries { left: id("agua 2001").await, right: id("agua 2002").await };
        let done = rearrange::perform(&base.ctx, &cura, &series, "editions", None).await.unwrap();
        let made = dataset(&base, "agua").await;
        assert_eq!((made.is_series, made.slug.as_str(), done.kept_id), (true, "agua", made.id.0));
        base.tick();
        rearrange::undo(&base.ctx, &cura, done.id, "no").await.unwrap();

        base.tick();
        let plan = Plan::DatasetMerge { kept: id("censo").await, gone: id("censo 2010").await };
        let effect = rearrange::preview(&base.ctx, &cura, &plan).await.unwrap();
        assert_eq!(effect.united, 3, "{effect:?}");
        let done = rearrange::perform(&base.ctx, &cura, &plan, "one", None).await.unwrap();
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        let atlas = publisher.current();
        let old = atlas.dataset_by_slug("censo-2010").unwrap();
        assert_eq!(atlas.str(atlas.dataset(old).slug), "censo");
        assert_eq!(atlas.dataset_users(old).len(), 3);
        assert_eq!(od100::analysis::scorecard::rating(&atlas, [old]).n, 1, "what was said of it comes too");
        base.tick();
        rearrange::undo(&base.ctx, &cura, done.id, "no").await.unwrap();

        base.tick();
        let from = id("censo").await;
        let claims = entity::use_claim::Entity::find()
            .filter(entity::use_claim::Column::DatasetId.eq(from))
            .filter(entity::use_claim::Column::SupersededAt.is_null()).all(&base.raw().await).await.unwrap();
        let split = Plan::DatasetSplit { from, title: "Otro censo".to_owned(), use_claims: vec![claims[0].id] };
        let done = rearrange::perform(&base.ctx, &cura, &split, "two", None).await.unwrap();
        assert_eq!(dataset(&base, "otro censo").await.id, DatasetId(done.other_id));
        base.tick();
        rearrange::undo(&base.ctx, &cura, done.id, "no").await.unwrap();
        assert_eq!(standing(&base).await, rows);
        assert_eq!(now(&base).await, before);
    }

    async fn pairs_are_found_decided_and_remembered(base) {
        fill(&base).await;
        let cura = curator(&base, "cura").await;
        let find = async || matching::find(&base.ctx, &cura, MatchKind::ALL, |_, _| {}).await.unwrap();
        let found = find().await;
        assert_eq!(found.fresh, found.pairs as u64);
        let list = async |decision| {
            matching::page(&base.ctx, &cura, Wanted { kind: None, decision }, None, 100).await.unwrap()
        };
        let open = list(None).await;
        let twins = open.iter().find(|one| one.left.as_ref().unwrap().name == one.right.as_ref().unwrap().name).unwrap();
        assert!(twins.row.score > 900 && !twins.features.reasons.is_empty(), "{twins:?}");
        let id = twins.row.id;
        matching::decide(&base.ctx, &cura, id, Some(MatchDecision::Different), Some("two branches")).await.unwrap();
        let error = matching::decide(&base.ctx, &cura, id, Some(MatchDecision::Unsure), None).await.unwrap_err();
        assert!(matches!(error, Error::Conflict(_)), "{error}");
        base.tick();
        assert_eq!(find().await.fresh, 0);
        assert_eq!(list(None).await.len(), open.len() - 1, "a decision is remembered");
        assert_eq!(list(Some(MatchDecision::Different)).await[0].row.reason.as_deref(), Some("two branches"));
        matching::decide(&base.ctx, &cura, id, None, None).await.unwrap();
        assert_eq!(list(None).await.len(), open.len());
        let of = matching::candidates_of(&base.ctx, &cura, twins.row.left_id).await.unwrap();
        assert!(of.iter().any(|one| one.row.id == id));
        let other = People::over(&base).with_role("res", Role::Contributor, None).await.0;
        assert!(matches!(matching::page(&base.ctx, &other, Wanted::default(), None, 1).await, Err(Error::Forbidden)));
    }

    async fn relations_are_decided_and_make_no_ring(base) {
        let mut header = harness::header();
        for relation in &mut header.relations {
            relation.decision = Decision::Proposed;
        }
        header.relations.push(od100::domain::draft::RelationDraft { from: "semarnat".to_owned(), to: "smn".to_owned(), ..header.relations[0].clone() });
        base.take(header, harness::organisations(2)).await.unwrap();
        base.tick();
        let cura = curator(&base, "cura").await;
        let parents = relations::parents(&base.ctx, &cura, 10).await.unwrap();
        assert_eq!(parents.iter().map(|parent| (parent.waiting, parent.is_decided)).collect::<Vec<_>>(), [(1, false); 3]);
        let all = relations::page(&base.ctx, &cura, (Decision::Proposed, None, &[]), None, 10).await.unwrap();
        let ids: Vec<RelationId> = all.iter().map(|one| one.row.id).collect();
        let accept = relations::Verdict { decision: Some(Decision::Accepted), reason: "by law".to_owned(), ..Default::default() };
        let ring = relations::many(&base.ctx, &cura, &ids, &accept, false).await.unwrap_err();
        assert!(matches!(&ring, Error::Invalid(all) if all[0].message.contains("part of itself")), "{ring}");
        let two: Vec<RelationId> =
            all.iter().filter(|one| one.from.slug != "secretaria-de-medio-ambiente").map(|one| one.row.id).collect();
        let before = now(&base).await;
        let outcome = relations::many(&base.ctx, &cura, &two, &accept, true).await.unwrap();
        assert_eq!((outcome.decided, outcome.becomes_root), (2, true));
        assert_eq!(outcome.claims, 4, "two uses of each of two organisations");
        assert_eq!(now(&base).await, before, "a dry run writes nothing");
        relations::many(&base.ctx, &cura, &two, &accept, false).await.unwrap();
        let rows = od100::store::load::rows(&base.ctx.db, harness::day("2025-06-30"), None).await.unwrap();
        assert_eq!(rows.relations.iter().filter(|row| row.decision == Decision::Accepted).count(), 2);
        let back = relations::Verdict { decision: None, reason: "not yet".to_owned(), ..Default::default() };
        relations::many(&base.ctx, &cura, &two, &back, false).await.unwrap();
        let known = relations::Known { from: "Servicio Meteorológico".to_owned(), to: "Comisión del Agua".to_owned(),
            kind: entity::vocabulary::RelationKind::SucceededBy, year: Some(2014), is_verified: false, note: None };
        let unknown = relations::Known { to: "Nadie".to_owned(), ..known.clone() };
        let put = |all: Vec<relations::Known>| { let ctx = base.ctx.clone(); async move {
            relations::propose(&ctx, &Actor::Operator, &all, &[]).await.unwrap()
        } };
        let stranger = relations::Known { from: "Otra".to_owned(), ..unknown.clone() };
        let proposed = put(vec![known.clone(), stranger]).await;
        let fates: Vec<relations::Fate> = proposed.rows.iter().map(|(_, fate)| *fate).collect();
        assert_eq!(fates, [relations::Fate::Fresh, relations::Fate::Unlinked]);
        assert!(proposed.bodies.is_empty());
        let again = put(vec![known]).await;
        assert_eq!(again.rows[0].1, relations::Fate::There(Decision::Proposed));
    }
}
