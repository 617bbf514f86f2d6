//! Whom no letter goes to: who has refused, has said that nobody may write, or was forgotten; and what takes that back.

use chrono::TimeDelta;
use entity::vocabulary::{LetterKind, ResponseStatus};
use od100::app::privacy;
use od100::app::survey::invite::{self, Fate, Previewed};
use od100::app::survey::{answer, link, nominate, remind, response, save};
use od100::domain::access::Actor;
use od100::domain::participation::Step;
use od100::domain::privacy::digest_of;
use od100::store;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::harness::on_each_database;
use crate::people::from;
use crate::survey_harness::{Field, PRIVATE, choice, who};

/// Has the links that were mailed to nobody yet mailed to an address.
async fn mailed(field: &Field, address: &str) {
    let digest = digest_of(address);
    let sent = format!("update invitation set sent_at = created_at, sent_to = '{digest}' where sent_to is null");
    field.base.raw().await.execute_unprepared(&sent).await.unwrap();
}

on_each_database! {
    async fn a_list_writes_to_nobody_who_has_said_no(base) {
        let field = Field::over(base).await;
        let (ctx, rosa, wave) = (&field.base.ctx, &field.researcher, &field.wave);
        let address = PRIVATE[1];
        let (id, secret) = field.invite("Datos del Sur").await;
        let list = format!("name,email\nDatos del Sur,{address}\nOtra,{address}\nTercera,otra@example.org\n");
        let fates = async || {
            let rows = invite::preview(ctx, rosa, wave, &list).await.unwrap();
            let field_of = |row: &Previewed| match &row.fate {
                Fate::Problem(faults) => Some(faults[0].field.clone()),
                _ => None,
            };
            rows.iter().map(field_of).collect::<Vec<_>>()
        };
        assert_eq!(fates().await, [None, None, None], "whose address a list brought has said nothing");
        let followed = field.follow(&secret).await;
        let email = || Some("email".to_owned());
        for (may, expected) in [(false, [email(), email(), None]), (true, [None, None, None])] {
            field.base.tick();
            save::save(ctx, &followed, vec![who("Ana", address, may)], None).await.unwrap();
            assert_eq!(fates().await, expected, "{may}");
        }
        let known = async || store::survey::respondent::of(&ctx.db, id).await.unwrap().unwrap();
        let before = known().await;
        let again = format!("name,email\nDatos del Sur,{address}\n");
        invite::invite(ctx, rosa, wave, &again, invite::How::default()).await.unwrap();
        let after = known().await;
        assert_eq!((after.may_contact, &after.consent_version), (true, &before.consent_version), "what they said stays");
        assert_eq!(after.confirmed_at, before.confirmed_at);
        field.base.tick();
        save::save(ctx, &followed, vec![who("Ana", address, false)], None).await.unwrap();
        // Without the address the link can be made anew, to be handed over; the no stays.
        let slug = entity::organisation::Entity::find_by_id(followed.response.organisation_id).one(&field.base.raw().await).await;
        let slug = slug.unwrap().unwrap().slug;
        invite::invite(ctx, rosa, wave, &format!("organisation\n{slug}\n"), invite::How::default()).await.unwrap();
        assert!(!known().await.may_contact);
        field.base.tick();
        save::save(ctx, &followed, vec![who("Ana", address, true)], None).await.unwrap();
        assert_eq!(fates().await, [None, None, None]);
        privacy::forget(ctx, &Actor::Operator, address).await.unwrap();
        assert_eq!(fates().await[1..], [email(), None], "nor to whoever has asked to be forgotten");
    }

    async fn who_has_refused_is_not_written_to_for_another(base) {
        let field = Field::over(base).await;
        let (ctx, rosa, wave) = (&field.base.ctx, &field.researcher, &field.wave);
        let address = PRIVATE[1];
        let (id, secret) = field.invite("Datos del Sur").await;
        let (elsewhere, other) = field.invite("Datos del Norte").await;
        field.base.clock.set(ctx.now() + TimeDelta::days(6));
        assert_eq!(remind::due(ctx, rosa, wave.entity_id).await.unwrap().len(), 2);
        answer::refuse(ctx, &field.follow(&secret).await).await.unwrap();
        assert!(remind::due(ctx, rosa, wave.entity_id).await.unwrap().is_empty(), "both are of one address");
        let list = format!("name,email\nDatos del Sur,{address}\nOtra,{address}\nTercera,otra@example.org\n");
        let rows = invite::preview(ctx, rosa, wave, &list).await.unwrap();
        let problems = |row: &Previewed| match &row.fate {
            Fate::Problem(faults) => faults.iter().map(|fault| fault.message.clone()).collect(),
            _ => Vec::new(),
        };
        let said: Vec<Vec<String>> = rows.iter().map(problems).collect();
        assert!(said[0].contains(&invite::REFUSED.to_owned()), "{said:?}");
        assert_eq!((said[1].as_slice(), said[2].len()), ([invite::NO_LETTERS.to_owned()].as_slice(), 0));
        // Whoever runs the study makes the link of one that has thought again anew, and hands it over.
        let handed = link::rotate(ctx, rosa, id, None).await.unwrap().unwrap();
        assert_eq!(field.status(id).await, ResponseStatus::Invited);
        let others = format!("name,email\nOtra,{address}\n");
        let refused = async || problems(&invite::preview(ctx, rosa, wave, &others).await.unwrap()[0]) == [invite::NO_LETTERS];
        assert!(refused().await && remind::due(ctx, rosa, wave.entity_id).await.unwrap().is_empty());
        assert!(response::one(ctx, rosa, id).await.unwrap().is_unwilling);
        field.base.tick();
        save::save(ctx, &field.follow(&other).await, vec![who("Ana", address, true)], None).await.unwrap();
        assert!(refused().await, "anybody can name an address");
        save::save(ctx, &field.follow(&handed).await, vec![who("Ana", address, true)], None).await.unwrap();
        assert!(!refused().await, "what was said on this response is taken back on it");
        // Who says it to the researcher has said it too.
        field.base.tick();
        response::decide(ctx, rosa, elsewhere, Step::Refuse, "by telephone").await.unwrap();
        assert!(refused().await);
        field.base.tick();
        // The letter that comes of putting oneself forward shows that it is theirs.
        let door = od100::app::door::Door::new(5, 60);
        let nominee = nominate::Nominee {
            name: "Cuarta".to_owned(), website: String::new(), contact: PRIVATE[0].to_owned(), email: address.to_owned(), lang: "es".to_owned(),
        };
        let secret = nominate::nominate(ctx, (&door, from(1)), &wave.slug, nominee, None).await.unwrap();
        mailed(&field, address).await;
        save::save(ctx, &field.follow(&secret).await, vec![who("Ana", address, true)], None).await.unwrap();
        assert!(!refused().await);
    }

    async fn a_no_outlives_the_response_it_was_said_in(base) {
        let field = Field::over(base).await;
        let (ctx, rosa, wave) = (&field.base.ctx, &field.researcher, &field.wave);
        let address = PRIVATE[1];
        let (_, secret) = field.invite("Datos del Sur").await;
        let followed = field.follow(&secret).await;
        save::save(ctx, &followed, vec![who("Ana", address, false)], None).await.unwrap();
        let fault = async |row: &str| {
            let rows = invite::preview(ctx, rosa, wave, &format!("name,email\n{row}\n")).await.unwrap();
            match &rows[0].fate {
                Fate::Problem(faults) => Some(faults.last().unwrap().message.clone()),
                _ => None,
            }
        };
        let (no_letters, spoken) = (Some(invite::NO_LETTERS.to_owned()), Some(invite::SPOKEN.to_owned()));
        // Who has said who they are is replaced by no list.
        let slug = entity::organisation::Entity::find_by_id(followed.response.organisation_id).one(&field.base.raw().await).await;
        let list = format!("organisation,email\n{},nueva@example.org\n", slug.unwrap().unwrap().slug);
        let rows = invite::preview(ctx, rosa, wave, &list).await.unwrap();
        assert!(matches!(&rows[0].fate, Fate::Problem(faults) if faults[0].message == invite::SPOKEN), "{:?}", rows[0].fate);
        assert!(invite::invite(ctx, rosa, wave, &list, invite::How::default()).await.is_err());
        assert_eq!(fault(&format!("Otra,{address}")).await, no_letters);
        assert_ne!(no_letters, spoken);
        // Whatever becomes of the response, what was said stays.
        let gone = format!("delete from respondent where email_key = '{address}'");
        field.base.raw().await.execute_unprepared(&gone).await.unwrap();
        assert_eq!(fault(&format!("Otra,{address}")).await, no_letters);
        assert_eq!(fault("Otra,otra@example.org").await, None);
    }

    async fn a_yes_takes_back_the_no_of_its_own_response_whatever_was_named_in_between(base) {
        let field = Field::over(base).await;
        let (ctx, rosa, wave) = (&field.base.ctx, &field.researcher, &field.wave);
        let (address, mistyped) = (PRIVATE[1], "canary-contatc@example.org");
        let (id, secret) = field.invite("Datos del Sur").await;
        let (_, other) = field.invite_at("Datos del Norte", "norte@example.org").await;
        let is_unwilling = async |email: &str| {
            let rows = invite::preview(ctx, rosa, wave, &format!("name,email\nOtra,{email}\n")).await.unwrap();
            matches!(rows[0].fate, Fate::Problem(_))
        };
        answer::refuse(ctx, &field.follow(&secret).await).await.unwrap();
        field.base.tick();
        let handed = link::rotate(ctx, rosa, id, None).await.unwrap().unwrap();
        for (email, expected) in [(mistyped, true), (address, false)] {
            field.base.tick();
            save::save(ctx, &field.follow(&handed).await, vec![who("Ana", email, true)], None).await.unwrap();
            assert_eq!(is_unwilling(address).await, expected, "{email}");
        }
        field.base.tick();
        save::save(ctx, &field.follow(&handed).await, vec![who("Ana", address, false)], None).await.unwrap();
        for _ in 0..2 {
            field.base.tick();
            save::save(ctx, &field.follow(&other).await, vec![who("Ana", address, true)], None).await.unwrap();
            assert!(is_unwilling(address).await, "it was said in another response");
        }
        // A response that is gone takes nothing along.
        let db = field.base.raw().await;
        macro_rules! delete {
            ($($table:ident $column:ident)+) => {$({
                use entity::$table::{Column, Entity};
                Entity::delete_many().filter(Column::$column.eq(id)).exec(&db).await.unwrap();
            })+};
        }
        delete!(answer_draft ResponseId answering ResponseId respondent ResponseId);
        delete!(invitation ResponseId response_hand ResponseId response EntityId);
        let wishes = entity::letter_wish::Entity::find().all(&db).await.unwrap();
        assert_eq!(wishes.iter().map(|wish| (wish.may_write, wish.response_id)).collect::<Vec<_>>(), [(false, None)]);
        assert!(is_unwilling(address).await);
    }

    async fn who_was_mailed_and_has_named_a_colleague_before_refusing_is_written_to_no_more(base) {
        let field = Field::over(base).await;
        let (ctx, rosa, wave) = (&field.base.ctx, &field.researcher, &field.wave);
        let (address, colleague) = (PRIVATE[1], "colega@example.org");
        let are_unwilling = async |emails: [&str; 2]| {
            let list = format!("name,email\nOtra,{}\nMás,{}\n", emails[0], emails[1]);
            let rows = invite::preview(ctx, rosa, wave, &list).await.unwrap();
            rows.iter().map(|row| matches!(row.fate, Fate::Problem(_))).collect::<Vec<_>>()
        };
        let (id, secret) = field.invite("Datos del Sur").await;
        mailed(&field, address).await;
        save::save(ctx, &field.follow(&secret).await, vec![who("Eva", colleague, true)], None).await.unwrap();
        field.base.tick();
        answer::refuse(ctx, &field.follow(&secret).await).await.unwrap();
        assert_eq!(are_unwilling([address, colleague]).await, [true, true]);
        // Each takes their own no back, and on a link that was handed over nobody else's.
        let handed = link::rotate(ctx, rosa, id, None).await.unwrap().unwrap();
        for (email, left) in [(colleague, [true, false]), (address, [false, false])] {
            field.base.tick();
            save::save(ctx, &field.follow(&handed).await, vec![who("Eva", email, true)], None).await.unwrap();
            assert_eq!(are_unwilling([address, colleague]).await, left, "{email}");
        }

        // Who refuses by telephone was mailed as well, and nothing that was begun is kept.
        let (north, luz) = ("norte@example.org", "luz@example.org");
        let (id, secret) = field.invite_at("Datos del Norte", north).await;
        mailed(&field, north).await;
        let said = vec![who("Luz", luz, true), choice("kind", "company")];
        save::save(ctx, &field.follow(&secret).await, said, None).await.unwrap();
        field.base.tick();
        let drafts = async || {
            let all = entity::answer_draft::Entity::find().all(&field.base.raw().await).await.unwrap();
            all.iter().filter(|one| one.response_id == id).count()
        };
        assert!(drafts().await > 0);
        response::decide(ctx, rosa, id, Step::Refuse, "by telephone").await.unwrap();
        assert_eq!((are_unwilling([north, luz]).await, drafts().await), (vec![true, true], 0));
    }

    async fn of_a_no_that_is_older_the_response_is_found(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        // At one moment, and of one address: the one that refuses has said it.
        field.invite("Datos del Sur").await;
        let (refused, secret) = field.invite("Datos del Norte").await;
        let (no, other) = field.invite_at("Datos del Este", "este@example.org").await;
        answer::refuse(ctx, &field.follow(&secret).await).await.unwrap();
        field.base.tick();
        save::save(ctx, &field.follow(&other).await, vec![who("Eva", "este@example.org", false)], None).await.unwrap();
        let db = field.base.raw().await;
        db.execute_unprepared("drop table letter_wish").await.unwrap();
        let again = "delete from seaql_migrations where version like '%_letter_wish%'";
        db.execute_unprepared(again).await.unwrap();
        assert_eq!(store::migrate(&ctx.db).await.unwrap(), 2);
        let wishes = entity::letter_wish::Entity::find().all(&db).await.unwrap();
        let mut said_in: Vec<_> = wishes.iter().filter_map(|wish| wish.response_id).collect();
        said_in.sort();
        let mut expected = vec![refused, no];
        expected.sort();
        assert_eq!((wishes.len(), said_in), (2, expected));
    }

    async fn a_letter_goes_to_the_address_that_is_known_and_what_somebody_calls_themselves_stays(base) {
        let field = Field::over(base).await;
        let (ctx, rosa, wave) = (&field.base.ctx, &field.researcher, &field.wave);
        let address = PRIVATE[1];
        let (id, secret) = field.invite("Datos del Sur").await;
        let whose = field.follow(&secret).await.response.organisation_id;
        let slug = entity::organisation::Entity::find_by_id(whose).one(&field.base.raw().await).await.unwrap().unwrap().slug;
        let by_letter = || invite::How { by_letter: true, ..invite::How::default() };
        let letters = async || {
            let all = entity::outbox_message::Entity::find().all(&field.base.raw().await).await.unwrap();
            all.iter().filter(|one| one.kind == LetterKind::Invitation).count()
        };
        let named = format!("organisation\n{slug}\n");
        let has_address = async || invite::preview(ctx, rosa, wave, &named).await.unwrap()[0].has_address;
        assert_eq!((has_address().await, letters().await), (true, 0));
        invite::invite(ctx, rosa, wave, &named, by_letter()).await.unwrap();
        assert_eq!(letters().await, 1, "a row without an address");
        let slugs = [slug.clone()];
        let anew = invite::from_register(ctx, rosa, wave, (&slugs, "es"), by_letter()).await.unwrap().pop().unwrap();
        assert_eq!(letters().await, 2, "an organisation of the register");
        // Of somebody of whom nothing is known there is nobody to write to.
        let nobody = invite::preview(ctx, rosa, wave, "name\nSin Contacto\n").await.unwrap();
        assert!(!nobody[0].has_address);
        invite::invite(ctx, rosa, wave, "name\nSin Contacto\n", by_letter()).await.unwrap();
        assert_eq!(letters().await, 2);

        let known = async || store::survey::respondent::of(&ctx.db, id).await.unwrap().unwrap();
        let other = format!("organisation,email,contact\n{slug},{address},Otra Persona\n");
        let listed = format!("organisation,email\n{slug},{address}\n");
        for (list, name) in [(&listed, PRIVATE[0]), (&other, "Otra Persona")] {
            invite::invite(ctx, rosa, wave, list, invite::How::default()).await.unwrap();
            assert_eq!(known().await.name, name, "who has not spoken");
        }
        let secret = link::rotate(ctx, rosa, anew.response, None).await.unwrap().unwrap();
        save::save(ctx, &field.follow(&secret).await, vec![who("Ana", address, true)], None).await.unwrap();
        invite::invite(ctx, rosa, wave, &other, invite::How::default()).await.unwrap();
        assert_eq!(known().await.name, "Ana");
        let secret = link::rotate(ctx, rosa, anew.response, None).await.unwrap().unwrap();
        save::save(ctx, &field.follow(&secret).await, vec![who("Ana", address, false)], None).await.unwrap();
        assert!(!has_address().await);
        invite::invite(ctx, rosa, wave, &named, by_letter()).await.unwrap();
        assert_eq!(letters().await, 2, "who has said no is handed the link");
        answer::refuse(ctx, &field.follow(&link::rotate(ctx, rosa, id, None).await.unwrap().unwrap()).await).await.unwrap();
        let row = invite::preview(ctx, rosa, wave, &named).await.unwrap().pop().unwrap();
        assert!(matches!(row.fate, Fate::Problem(_)), "{:?}", row.fate);
        assert_eq!(row.known, Some((slug, Some(ResponseStatus::Refused))), "how far it has come is told all the same");
    }

    async fn who_was_forgotten_is_written_to_by_no_list(base) {
        let field = Field::over(base).await;
        let (ctx, rosa, wave) = (&field.base.ctx, &field.researcher, &field.wave);
        let (one, two) = (PRIVATE[1], "dos@example.org");
        field.invite("Datos del Sur").await;
        field.invite_at("Datos del Norte", two).await;
        privacy::forget(ctx, &Actor::Operator, one).await.unwrap();
        let wish = privacy::forget(ctx, &Actor::Operator, two).await.unwrap();
        assert!(privacy::carry_out_now(ctx, &field.researcher, &wish).await.is_err(), "whoever runs the machine alone");
        assert!(privacy::carry_out_now(ctx, &Actor::Operator, &wish).await.unwrap() > 0);
        let list = format!("name,email\nOtra,{two}\n");
        let rows = invite::preview(ctx, rosa, wave, &list).await.unwrap();
        assert!(matches!(&rows[0].fate, Fate::Problem(faults) if faults[0].message == invite::NO_LETTERS), "{:?}", rows[0].fate);
        // The time to think again of the other is their own.
        privacy::keep(ctx, &Actor::Operator, one).await.unwrap();
    }
}
