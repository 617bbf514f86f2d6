//! What sort of organisation it is and whom it serves: company type and business model. "Public" is
//! ambiguous in the form (meant listed, ticked by start-ups too): ownership stays unknown.

use super::organisation::{Reader, business_models};
use super::value::is_blank;
use crate::domain::draft::OrganisationDraft;
use crate::domain::text::fold;
use crate::import::problem::Problems;
use crate::import::table::Record;
use entity::vocabulary::{Attribute, Missing, OrganisationKind, Ownership};

/// Reads kind, ownership and business models.
pub fn read(reader: &Reader, record: &Record, out: &mut OrganisationDraft, problems: &mut Problems) {
    let raw = reader.cell(record, "business_model");
    let spot = reader.table.spot(record, "business_model");
    let (models, hint, rest, spelled_out) =
        if is_blank(raw) { (Vec::new(), None, Vec::new(), false) } else { business_models(raw) };
    if spelled_out {
        problems.warn(spot, raw, "business_model.spelled_out", "the options were written as one sentence; taken apart");
    }
    if !rest.is_empty() {
        problems.warn(spot, &rest.join(", "), "business_model.outside_list", "is no option of the form; kept as other");
    }
    // What a type of organisation says of the kind is no answer to whom it sells to, alone or in a list.
    if hint.is_some() || (models.is_empty() && !is_blank(raw)) {
        problems.warn(
            spot,
            raw,
            "business_model.no_customer",
            "names no customer, or a type of organisation among them; \
             that is taken for the kind where none is given, and for no customer",
        );
    }
    if models.is_empty() {
        out.missing.push((Attribute::BusinessModel, Missing::NoAnswer));
    }
    out.business_models = models;
    kind(reader, record, hint, out, problems);
}

fn kind(
    reader: &Reader,
    record: &Record,
    hint: Option<OrganisationKind>,
    out: &mut OrganisationDraft,
    problems: &mut Problems,
) {
    use OrganisationKind as Kind;
    let raw = reader.cell(record, "company_type");
    let spot = reader.table.spot(record, "company_type");
    if is_blank(raw) {
        if let Some(kind) = hint {
            (out.kind, out.ownership) = (kind, ownership_of(kind));
            let reason = "no type is given; taken from the business model";
            problems.warn(
                reader.table.spot(record, "business_model"),
                kind.as_str(),
                "company_type.from_model",
                reason,
            );
        } else {
            out.missing.push((Attribute::Kind, Missing::NoAnswer));
        }
        return;
    }
    let folded = fold(raw);
    let remark = match folded.as_str() {
        "private" | "privada" => {
            (out.kind, out.ownership) = (Kind::Company, Ownership::Private);
            None
        }
        "nonprofit" | "non profit" | "sin fines de lucro" => {
            (out.kind, out.ownership) = (hint.unwrap_or(Kind::CivilSociety), Ownership::Nonprofit);
            None
        }
        "public" | "publica" => {
            (out.kind, out.ownership) = (Kind::Company, Ownership::Unknown);
            Some((
                "company_type.public",
                "may mean listed or state-owned; taken as a company of unknown ownership, ask again",
            ))
        }
        "partnership" | "partnership sociedad" | "corporation" | "coperation" | "cooperation" => {
            (out.kind, out.ownership) = (Kind::Company, Ownership::Private);
            Some(("company_type.variant", "read as a private company"))
        }
        "sole proprietorship" => {
            (out.kind, out.ownership) = (Kind::IndividualTrader, Ownership::Private);
            Some(("company_type.variant", "read as an individual trader"))
        }
        "impacto social" | "social enterprise" => {
            (out.kind, out.ownership) = (Kind::SocialEnterprise, Ownership::Unknown);
            Some(("company_type.variant", "read as a social enterprise of unknown ownership"))
        }
        "asociacion" | "association" => {
            (out.kind, out.ownership) = (Kind::CivilSociety, Ownership::Unknown);
            Some(("company_type.variant", "read as an association of unknown ownership"))
        }
        text if text.starts_with("nonprofit") => {
            (out.kind, out.ownership) = (Kind::CivilSociety, Ownership::Mixed);
            Some(("company_type.variant", "read as civil society of mixed ownership"))
        }
        text if text.starts_with("public federal") => {
            (out.kind, out.ownership) = (Kind::Government, Ownership::State);
            Some(("company_type.variant", "read as a government body"))
        }
        _ => Some(("company_type.outside_list", "is no type of the form; left out, and no type is recorded")),
    };
    if let Some((code, reason)) = remark {
        problems.warn(spot, raw, code, reason);
    }
    if out.kind == Kind::Other {
        out.missing.push((Attribute::Kind, Missing::NoAnswer));
    }
}

fn ownership_of(kind: OrganisationKind) -> Ownership {
    if kind == OrganisationKind::CivilSociety { Ownership::Nonprofit } else { Ownership::Unknown }
}
