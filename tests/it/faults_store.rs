//! A database that is full, or copied while it is in use: nothing that was acknowledged is missing, and what could
//! not be done is said to be so.

use std::os::unix::fs::PermissionsExt as _;

use axum::body::Body;
use axum::http::{Request, header};
use od100::app::survey::save;
use od100::domain::instrument::Value;
use od100::store::{self, BackupError};
use sea_orm::{ConnectionTrait, EntityTrait, Statement};

use crate::api_harness::Api;
use crate::harness::{self, on_each_database};
use crate::survey_harness::{Field, said};

/// Lets the database have no more pages than it has. The limit is the connection's, and a connection that met it is
/// not used again: it is set before each write.
async fn fill(field: &Field) {
    // Pages that are free inside the file would be used first.
    field.base.raw().await.execute_unprepared("vacuum").await.unwrap();
    let transaction = store::begin(&field.base.ctx.db).await.unwrap();
    let on = transaction.get_database_backend();
    // Less than there are means: no more than there are.
    transaction.query_one_raw(Statement::from_string(on, "pragma max_page_count = 1")).await.unwrap();
    transaction.commit().await.unwrap();
}

async fn example(field: &Field) -> Option<String> {
    let drafts = entity::answer_draft::Entity::find().all(&field.base.raw().await).await.unwrap();
    drafts.into_iter().find(|draft| draft.question == "example").and_then(|draft| draft.value)
}

#[tokio::test]
async fn a_full_database_refuses_and_takes_up_again_by_itself() {
    let field = Field::over(harness::sqlite().await).await;
    let (_, secret) = field.invite("Datos del Sur").await;
    let link = field.follow(&secret).await;
    let api = Api::over(&field.base).await;
    let save = |text: String| save::save(&field.base.ctx, &link, vec![said("example", Value::Text(text))], None);
    save("first".to_owned()).await.unwrap();
    // Long enough to need more pages. Each is refused, and none of them leaves the connection half-way.
    let long = format!("{} ", "a".repeat(38)).repeat(190);
    for time in 0..20 {
        fill(&field).await;
        let refused = save(format!("{long}{time}")).await.unwrap_err();
        assert!(refused.is_outage(), "{refused:?}");
    }
    let path = format!("/answer/{}/step/purpose", secret.expose());
    let page = api.send(Request::get(&path).body(Body::empty()).unwrap()).await;
    assert_eq!(page.status(), 200, "reading goes on");
    let body = axum::body::to_bytes(page.into_body(), usize::MAX).await.unwrap();
    let page = String::from_utf8(body.to_vec()).unwrap();
    let form = page.split("name=\"form\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("form", form), ("s.example", "1"), ("q.example", &long)])
        .finish();
    let request = Request::post(&path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    fill(&field).await;
    let answer = api.send(request).await;
    assert_eq!(answer.status(), 503);
    assert_eq!(answer.headers()[header::RETRY_AFTER], "1");
    assert!(example(&field).await.unwrap().contains("first"), "what was acknowledged is there");
    for time in 0..20 {
        save(format!("{long}after {time}")).await.unwrap();
    }
    assert!(example(&field).await.unwrap().contains("after 19"), "what is acknowledged now is kept");
}

on_each_database! {
    async fn who_asks_while_the_database_is_away_is_told_so(base) {
        base.take(harness::header(), harness::organisations(1)).await.unwrap();
        let api = Api::over(&base).await;
        let found = api.ask("{ organisations(first: 1) { nodes { slug } } }").await;
        let path = format!("/organisations/{}/history.json", found["organisations"]["nodes"][0]["slug"].as_str().unwrap());
        assert_eq!(api.get(&path).await.0, 200);
        base.ctx.db.clone().close().await.unwrap();
        let answer = api.send(Request::get(&path).body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status().as_u16(), answer.headers()[header::RETRY_AFTER].to_str().unwrap()), (503, "1"));
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let detail = serde_json::from_slice::<serde_json::Value>(&body).unwrap()["detail"].clone();
        assert!(detail.as_str().unwrap().starts_with("the database cannot be reached or written"), "{detail}");
        // Who runs the server reads what to look at.
        let error = base.take(harness::header(), harness::organisations(1)).await.unwrap_err().to_string();
        assert!(error.contains("cannot be reached") && error.contains("DATABASE_URL"), "{error}");
    }

    async fn a_backup_is_one_moment_of_the_database(base) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copy.db");
        base.take(harness::header(), harness::organisations(5)).await.unwrap();
        if base.ctx.db.is_postgres() {
            let refused = store::backup(&base.ctx.db, &file).await.unwrap_err();
            assert!(refused.to_string().contains("pg_dump"), "{refused}");
            assert!(!file.exists());
            return;
        }
        let bytes = store::backup(&base.ctx.db, &file).await.unwrap();
        let found = std::fs::metadata(&file).unwrap();
        assert_eq!((found.len(), found.permissions().mode() & 0o777), (bytes, 0o600));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left there");
        let before = base.dump().await;
        let copy = store::connect(&format!("sqlite:{}", file.display())).await.unwrap();
        assert_eq!(store::head(&copy).await.unwrap(), store::head(&base.ctx.db).await.unwrap());
        copy.close().await.unwrap();
        base.take(harness::header(), harness::organisations(6)).await.unwrap();
        let url = format!("sqlite:{}", file.display());
        let restored = harness::dump(&sea_orm::Database::connect(&url).await.unwrap()).await;
        assert_eq!(restored, before, "what came later is not in it");
        let again = store::backup(&base.ctx.db, &file).await.unwrap_err();
        assert!(matches!(again, BackupError::Exists(_)), "nothing is overwritten");
        let nowhere = store::backup(&base.ctx.db, &folder.path().join("none/copy.db")).await.unwrap_err();
        assert!(matches!(nowhere, BackupError::File(..)), "{nowhere}");
    }
}
