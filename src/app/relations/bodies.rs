//! Bodies that only a list of known successions names. They wait unseen with the relations that lead to them: the
//! first that is accepted shows them, and they are hidden again when none holds and nothing else hangs on them.

use entity::id::{OrganisationId, OrganisationNameId, PublisherProfileId, SourceId};
use entity::vocabulary::{
    Consent, DayKind, Dependence, NameKind, OrganisationKind, OrganisationStatus, Ownership, PublisherLevel,
    RowVisibility, SourceKind, YesNo,
};
use uuid::Uuid;

use crate::app::Error;
use crate::app::ingest::json;
use crate::app::write::Write;
use crate::domain::draft::lang_text;
use crate::domain::text::{fold, slug};
use crate::store::review::On;
use crate::store::slug::Kind;
use crate::store::{self, edit};

type Body = entity::organisation::Model;

/// What is known of a body that a list names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBody {
    pub name: String,
    pub acronym: Option<String>,
    pub level: PublisherLevel,
}

/// A fixed id of something that ships with the program.
pub(super) fn fixed(what: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("od100 {what}").as_bytes())
}

/// The source that known successions cite, and the bodies that only they name.
pub(in crate::app) fn source_id() -> SourceId {
    SourceId(fixed("known successions"))
}

/// Writes the source down where it is not there yet.
pub(super) async fn source(write: &mut Write<'_>) -> Result<SourceId, Error> {
    let id = source_id();
    let known: Vec<entity::source::Model> = edit::naming(write.transaction(), "id", &[id.0]).await?;
    if known.is_empty() {
        let row = entity::source::Model {
            id,
            kind: SourceKind::CuratorNote,
            title: "Successions of public bodies, a list that ships with Open Data 100".to_owned(),
            url: None,
            archived_url: None,
            author: None,
            published_on: None,
            accessed_at: None,
            licence: None,
            lang: Some("en".to_owned()),
            content_hash: None,
            study_id: None,
            entity_id: id,
            visibility: RowVisibility::Public,
            recorded_at: write.at(),
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        };
        write.add(row, id.0).await?;
    }
    Ok(id)
}

/// Writes a body down that the record lacks; nobody sees it before a relation of it is accepted.
pub(super) async fn add(write: &mut Write<'_>, body: &KnownBody, source_id: SourceId) -> Result<OrganisationId, Error> {
    let id = OrganisationId(fixed(&format!("body {}", fold(&body.name))));
    let slug = store::slug::free(On::Write(write.transaction()), Kind::Organisation, slug("es", &body.name)).await?;
    let at = write.at();
    let row = Body {
        id,
        slug,
        name: json(&lang_text("es", body.name.clone())),
        folded: fold(&body.name),
        legal_name: None,
        legal_form: None,
        kind: OrganisationKind::Government,
        ownership: Ownership::State,
        status: OrganisationStatus::Unknown,
        status_since: None,
        founded_on: None,
        founded_on_precision: None,
        website: None,
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
        source_id: Some(source_id),
        stated_at: None,
        entity_id: id,
        visibility: RowVisibility::Private,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    };
    write.add_unseen(row, id.0).await?;
    if let Some(acronym) = &body.acronym {
        let name = OrganisationNameId(fixed(&format!("acronym {id}")));
        let row = entity::organisation_name::Model {
            id: name,
            organisation_id: id,
            text: acronym.clone(),
            folded: fold(acronym),
            lang: "es".to_owned(),
            kind: NameKind::Acronym,
            valid_from: None,
            valid_from_precision: None,
            valid_to: None,
            valid_to_precision: None,
            entity_id: name,
            visibility: RowVisibility::Public,
            recorded_at: at,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        };
        write.add_unseen(row, id.0).await?;
    }
    let profile = PublisherProfileId(fixed(&format!("profile {id}")));
    let row = entity::publisher_profile::Model {
        id: profile,
        organisation_id: id,
        level: body.level,
        branch: None,
        area_id: None,
        portal_slug: None,
        answer_days: 30,
        day_kind: DayKind::Calendar,
        accepts_requests: false,
        entity_id: profile,
        visibility: RowVisibility::Public,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    };
    write.add_unseen(row, id.0).await?;
    Ok(id)
}

/// Shows and hides bodies of the list after relations of theirs were decided; says how many of each.
pub(super) async fn follow(write: &mut Write<'_>, touched: &[Uuid]) -> Result<(usize, usize), Error> {
    let mut ids = touched.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<Body> = edit::naming(write.transaction(), "id", &ids).await?;
    let mut changed = Vec::new();
    for row in rows.into_iter().filter(|row| row.source_id == Some(source_id())) {
        let visibility = match row.visibility {
            RowVisibility::Private if store::relation::is_held(write.transaction(), row.id).await? => {
                RowVisibility::Public
            }
            RowVisibility::Public if store::relation::is_bare(write.transaction(), row.id).await? => {
                RowVisibility::Private
            }
            _ => continue,
        };
        changed.push((row.clone(), Body { visibility, ..row }));
    }
    let shown = changed.iter().filter(|(_, row)| row.visibility == RowVisibility::Public).count();
    let hidden = changed.len() - shown;
    write.replace_all(changed, |row| row.id.0).await?;
    Ok((shown, hidden))
}
