//! Areas, code lists and indicator definitions: written from the embedded files, looked up by code.

use std::collections::HashMap;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable, ModelTrait};

use super::{Db, Error, Transaction, fact};

/// All rows that the files yield, parents before children in each table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reference {
    pub areas: Vec<entity::area::Model>,
    pub schemes: Vec<entity::code_scheme::Model>,
    pub codes: Vec<entity::code::Model>,
    pub mappings: Vec<entity::code_mapping::Model>,
    pub indicators: Vec<entity::indicator_definition::Model>,
}

/// Writes them over what is there; rows that have left the files stay, because facts may cite them.
pub async fn put(transaction: &Transaction, reference: Reference) -> Result<(), Error> {
    replace(transaction, reference.areas).await?;
    replace(transaction, reference.schemes).await?;
    replace(transaction, reference.codes).await?;
    replace(transaction, reference.mappings).await?;
    replace(transaction, reference.indicators).await
}

async fn replace<M>(transaction: &Transaction, rows: Vec<M>) -> Result<(), Error>
where
    M: ModelTrait<Entity: EntityTrait<Model = M, ActiveModel: Send>>
        + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>
        + Clone
        + Send,
{
    let key = <M::Entity as EntityTrait>::Column::iter().next().expect("a table has columns");
    for chunk in rows.chunks(fact::ROWS) {
        let replace =
            OnConflict::column(key).update_columns(<M::Entity as EntityTrait>::Column::iter().skip(1)).to_owned();
        let rows = chunk.iter().cloned().map(|row| row.into_active_model().reset_all());
        M::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Ids of areas, codes, indicators and waves by their codes: what drafts name them by.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    areas: HashMap<(entity::vocabulary::AreaScheme, String), entity::id::AreaId>,
    codes: HashMap<String, HashMap<String, (entity::id::CodeId, Option<entity::id::CodeId>)>>,
    indicators: HashMap<String, (entity::id::IndicatorDefinitionId, String)>,
    waves: HashMap<String, (entity::id::WaveId, chrono::NaiveDate)>,
}

impl Codes {
    /// The area with a code.
    pub fn area(&self, scheme: entity::vocabulary::AreaScheme, code: &str) -> Option<entity::id::AreaId> {
        self.areas.get(&(scheme, code.to_owned())).copied()
    }

    /// A code and its parent.
    pub fn code(&self, scheme: &str, code: &str) -> Option<(entity::id::CodeId, Option<entity::id::CodeId>)> {
        self.codes.get(scheme)?.get(code).copied()
    }

    /// Whether the scheme is known.
    pub fn has_scheme(&self, scheme: &str) -> bool {
        self.codes.contains_key(scheme)
    }

    /// An indicator and its unit.
    pub fn indicator(&self, key: &str) -> Option<(entity::id::IndicatorDefinitionId, &str)> {
        self.indicators.get(key).map(|(id, unit)| (*id, unit.as_str()))
    }

    /// The wave with an address, and the day it opens.
    pub fn wave(&self, slug: &str) -> Option<(entity::id::WaveId, chrono::NaiveDate)> {
        self.waves.get(slug).copied()
    }
}

/// Reads all codes.
pub async fn codes(db: &Db) -> Result<Codes, Error> {
    let mut found = Codes::default();
    for area in entity::area::Entity::find().all(&db.reader).await? {
        found.areas.insert((area.scheme, area.code), area.id);
    }
    for scheme in entity::code_scheme::Entity::find().all(&db.reader).await? {
        found.codes.insert(scheme.id, HashMap::new());
    }
    for code in entity::code::Entity::find().all(&db.reader).await? {
        found.codes.entry(code.scheme).or_default().insert(code.code, (code.id, code.parent_id));
    }
    for indicator in entity::indicator_definition::Entity::find().all(&db.reader).await? {
        found.indicators.insert(indicator.key, (indicator.id, indicator.unit));
    }
    for wave in entity::wave::Entity::find().all(&db.reader).await? {
        found.waves.insert(wave.slug, (wave.id, wave.opens_on));
    }
    Ok(found)
}
