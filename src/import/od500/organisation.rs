//! One record of the file of organisations as a draft, all but its uses.

use super::chapter::Chapter;
use super::impacts::{self, Crosswalks};
use super::labels::Labels;
use super::value::{Reading, founded, is_blank, names_nothing, size_band, touched_at, web_address};
use crate::domain::draft::{
    AnswerDraft, CodeDraft, IdentifierDraft, Known, NameDraft, OrganisationDraft, ResponseDraft, lang_text,
};
use crate::domain::identifier::domain_of;
use crate::domain::resolve::fold_name;
use crate::domain::text::fold;
use crate::import::problem::Problems;
use crate::import::table::{Record, Table};
use crate::import::text::{clean, clean_line, mask_contacts};
use chrono::Datelike;
use entity::vocabulary::{
    AssertedBy, Attribute, BusinessModel, Channel, CodeRole, CompletedBy, Confidence, Consent, Dependence,
    IdentifierScheme, Missing, NameKind, OrganisationKind, OrganisationStatus, Ownership, ResponseStatus,
    RowVisibility, YesNo,
};

/// What every record needs.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The chapter.
    pub chapter: Chapter,
    /// The file of organisations.
    pub table: &'a Table,
    /// The form's labels.
    pub labels: &'a Labels,
    /// The crosswalks.
    pub walks: &'a Crosswalks,
}

impl Reader<'_> {
    /// The draft of a record under this key.
    pub fn draft(&self, record: &Record, key: String, problems: &mut Problems) -> OrganisationDraft {
        let mut out = self.blank(key);
        self.names(record, &mut out, problems);
        self.facts(record, &mut out, problems);
        super::nature::read(self, record, &mut out, problems);
        self.sector(record, &mut out, problems);
        self.several(record, "revenue_source", "od500_revenue_source", CodeRole::RevenueSource, &mut out, problems);
        self.several(record, "data_types", "od500_data_type", CodeRole::DataType, &mut out, problems);
        self.place(record, &mut out, problems);
        let found = impacts::read(self.chapter, self.table, record, self.labels, self.walks, problems);
        out.impacts = found.drafts;
        out.missing.extend(found.missing);
        self.response(record, &mut out, problems);
        out
    }

    /// The trimmed cell.
    pub fn cell<'r>(&self, record: &'r Record, column: &str) -> &'r str {
        self.table.get(record, column)
    }

    fn blank(&self, key: String) -> OrganisationDraft {
        OrganisationDraft {
            key,
            name: String::new(),
            lang: self.chapter.lang().to_owned(),
            names: Vec::new(),
            identifiers: Vec::new(),
            legal_form: None,
            kind: OrganisationKind::Other,
            ownership: Ownership::Unknown,
            status: OrganisationStatus::Unknown,
            founded: None,
            website: None,
            description: None,
            summary: None,
            size_band: None,
            business_models: Vec::new(),
            use_types: Vec::new(),
            dependence: Dependence::Unknown,
            based_in_country: YesNo::Unknown,
            earns_revenue: YesNo::Unknown,
            uses_data: YesNo::Unknown,
            consent: Consent::Pending,
            codes: Vec::new(),
            location: None,
            claims: Vec::new(),
            impacts: Vec::new(),
            observations: Vec::new(),
            responses: Vec::new(),
            missing: Vec::new(),
            source: self.chapter.source_key(),
            recorded_at: None,
        }
    }

    fn names(&self, record: &Record, out: &mut OrganisationDraft, problems: &mut Problems) {
        let raw = self.table.raw(record, "company_name");
        out.name = mask_contacts(&clean_line(raw)).0;
        if raw != raw.trim() {
            let spot = self.table.spot(record, "company_name");
            problems.warn(spot, raw, "name.untrimmed", "blanks around the name were cut");
        }
        let folded = fold_name(&out.name);
        out.legal_form = folded.legal_form;
        let name = |text: &str, kind| NameDraft { text: text.to_owned(), lang: self.chapter.lang().to_owned(), kind };
        out.names.extend(folded.acronyms.iter().map(|text| name(text, NameKind::Acronym)));
        for aside in &folded.asides {
            let trade = ["trading as ", "t/a ", "dba "].iter().find_map(|lead| aside.strip_prefix(lead));
            out.names.push(trade.map_or_else(|| name(aside, NameKind::Alias), |text| name(text, NameKind::Trade)));
        }
        let id = out.key.replacen("/organisation/", "/", 1);
        out.identifiers.push(IdentifierDraft { scheme: IdentifierScheme::Od500, value: id });
    }

    fn facts(&self, record: &Record, out: &mut OrganisationDraft, problems: &mut Problems) {
        let lang = self.chapter.lang();
        let spot = |field| self.table.spot(record, field);
        let url = self.cell(record, "url");
        out.website = take(web_address(url), spot("url"), url, problems);
        if let Some(domain) = out.website.as_deref().and_then(domain_of) {
            out.identifiers.push(IdentifierDraft { scheme: IdentifierScheme::Domain, value: domain });
        }
        let latest = self.chapter.days().1.year();
        let year = self.cell(record, "year_founded");
        out.founded = take(founded(year, latest), spot("year_founded"), year, problems);
        let size = self.cell(record, "full_time_employees");
        out.size_band = take(size_band(size), spot("full_time_employees"), size, problems);
        out.description = self.text(record, "description", problems).map(|text| lang_text(lang, text));
        out.summary = self.text(record, "description_short", problems).map(|text| lang_text(lang, text));
        let touched = self.cell(record, "last_updated");
        out.recorded_at = touched_at(touched);
        if out.recorded_at.is_none() {
            problems.refuse(spot("last_updated"), touched, "last_updated.unreadable", "is no time; left out");
        }
        let country = self.cell(record, "country");
        if country.eq_ignore_ascii_case(self.chapter.code()) {
            out.based_in_country = YesNo::Yes;
        } else {
            problems.warn(spot("country"), country, "country.other", "is not the country of this chapter");
        }
        for (attribute, absent) in [
            (Attribute::Founded, out.founded.is_none()),
            (Attribute::Size, out.size_band.is_none()),
            (Attribute::Description, out.description.is_none() && out.summary.is_none()),
        ] {
            if absent {
                out.missing.push((attribute, Missing::NoAnswer));
            }
        }
    }

    /// Plain text of a cell with several lines; `None` when nothing is left.
    fn text(&self, record: &Record, column: &str, problems: &mut Problems) -> Option<String> {
        let raw = self.table.raw(record, column);
        if is_blank(raw) {
            return None;
        }
        let cleaned = clean(raw);
        let spot = self.table.spot(record, column);
        if cleaned.had_markup {
            problems.warn(spot, "", "text.markup", "HTML was stripped");
        }
        if cleaned.contacts > 0 {
            let reason = match cleaned.contacts {
                1 => "an e-mail address or telephone number was masked".to_owned(),
                more => format!("{more} e-mail addresses or telephone numbers were masked"),
            };
            problems.warn(spot, "", "text.contact", reason);
        }
        (!cleaned.text.is_empty()).then_some(cleaned.text)
    }

    fn sector(&self, record: &Record, out: &mut OrganisationDraft, problems: &mut Problems) {
        let raw = self.cell(record, "company_category");
        let spot = self.table.spot(record, "company_category");
        if names_nothing(raw) {
            if !is_blank(raw) {
                problems.refuse(spot, raw, "category.blank", "names nothing without its markup; left out");
            }
            out.missing.push((Attribute::Sector, Missing::NoAnswer));
            return;
        }
        let question = self.labels.question("od500_category");
        let bare = raw.trim_end_matches([',', ' ']);
        let text = ["Other,", "Otro,", "Otra,"].iter().find_map(|lead| bare.strip_prefix(lead)).unwrap_or(bare).trim();
        let code = question.code(text);
        let merged = code == Some("business_services") && fold(text).contains("legal");
        if raw != text {
            problems.warn(spot, raw, "category.repaired", "the form's comma was taken off");
        }
        if code.is_none() {
            let is_revenue = self.labels.question("od500_revenue_source").code(text).is_some();
            let (code, reason) = if is_revenue {
                ("category.is_revenue_source", "is a source of revenue, not a category; kept as text outside the list")
            } else {
                ("category.outside_list", "is not on the form's list; kept as text outside the list")
            };
            problems.warn(spot, raw, code, reason);
        }
        out.codes.push(CodeDraft {
            scheme: "od500_category".to_owned(),
            code: code.map(ToOwned::to_owned),
            text: (code.is_none() || merged).then(|| clean_line(text)),
            role: CodeRole::ReuseSectorPrimary,
            assigned_by: AssertedBy::Import,
            confidence: if merged || code.is_none() { Confidence::Medium } else { Confidence::High },
            wave: Some(self.chapter.wave_key()),
        });
    }

    /// A question with several answers: listed options as codes, the rest as one text.
    fn several(
        &self,
        record: &Record,
        column: &str,
        scheme: &str,
        role: CodeRole,
        out: &mut OrganisationDraft,
        problems: &mut Problems,
    ) {
        let attribute = if role == CodeRole::DataType { Attribute::DataType } else { Attribute::RevenueSource };
        let raw = self.cell(record, column);
        let (codes, split) = if is_blank(raw) { Default::default() } else { self.labels.question(scheme).split(raw) };
        let rest = split.rest.map(|rest| clean_line(&rest)).filter(|rest| !is_blank(rest));
        if codes.is_empty() && rest.is_none() {
            out.missing.push((attribute, Missing::NoAnswer));
            return;
        }
        let draft = |code: Option<&str>, text| CodeDraft {
            scheme: scheme.to_owned(),
            code: code.map(ToOwned::to_owned),
            text,
            role,
            assigned_by: AssertedBy::Import,
            confidence: Confidence::High,
            wave: Some(self.chapter.wave_key()),
        };
        out.codes.extend(codes.iter().map(|code| draft(Some(code), None)));
        if let Some(rest) = rest {
            let (rest, _) = mask_contacts(&rest);
            let code = format!("{column}.outside_list");
            problems.warn(self.table.spot(record, column), &rest, &code, "is not on the form's list; kept as text");
            out.codes.push(draft(None, Some(rest)));
        }
    }

    fn place(&self, record: &Record, out: &mut OrganisationDraft, problems: &mut Problems) {
        let (city, state, zip) = (self.cell(record, "city"), self.cell(record, "state"), self.cell(record, "zip_code"));
        let mut remarks = Vec::new();
        out.location = super::places::locate(self.chapter, city, state, zip, &mut remarks);
        for (field, value, code, reason) in remarks {
            let spot = self.table.spot(record, field);
            if code == super::places::UNKNOWN_STATE {
                problems.refuse(spot, &value, code, reason);
            } else {
                problems.warn(spot, &value, code, reason);
            }
        }
        if out.location.as_ref().is_none_or(|l| l.area.is_none()) {
            out.missing.push((Attribute::Area, Missing::NoAnswer));
        }
    }

    fn response(&self, record: &Record, out: &mut OrganisationDraft, problems: &mut Problems) {
        let asked = |attribute| self.chapter.asked().contains(&attribute);
        let mut answers = Vec::new();
        for (column, attribute, visibility) in [
            ("source_count", Attribute::SourceCount, RowVisibility::Public),
            ("example_uses", Attribute::ExampleUses, RowVisibility::Public),
            ("financial_info", Attribute::FinancialInfo, RowVisibility::Private),
        ] {
            let value = self.text(record, column, problems);
            let reason = if asked(attribute) { Missing::NoAnswer } else { Missing::NotAsked };
            if value.is_none() {
                out.missing.push((attribute, reason));
            }
            let value = value.map_or(Known::Missing(reason), Known::Value);
            answers.push(AnswerDraft { question: column.to_owned(), value, visibility });
        }
        let kind = self.cell(record, "company_type");
        if !is_blank(kind) {
            let value = Known::Value(clean_line(kind));
            answers.push(AnswerDraft { question: "company_type".to_owned(), value, visibility: RowVisibility::Public });
        }
        // The export lacks the survey's own flags; who filled the second half in has answered.
        let has_answered = answers[..2].iter().any(|a| matches!(a.value, Known::Value(_)))
            || out.codes.iter().any(|c| c.role == CodeRole::DataType)
            || out.impacts.iter().any(|i| i.scheme == "od500_data_impact");
        out.responses.push(ResponseDraft {
            wave: self.chapter.wave_key(),
            channel: Channel::Unknown,
            status: if has_answered { ResponseStatus::Submitted } else { ResponseStatus::Identified },
            completed_by: CompletedBy::Unknown,
            answers,
        });
    }
}

/// The value of a reading, with its remark.
fn take<T>(reading: Reading<T>, spot: crate::import::problem::Spot, raw: &str, problems: &mut Problems) -> Option<T> {
    match reading {
        Reading::Plain(value) => Some(value),
        Reading::Repaired(value, code, reason) => {
            problems.warn(spot, raw, code, reason);
            Some(value)
        }
        Reading::Blank => None,
        Reading::Refused(code, reason) => {
            problems.refuse(spot, raw, code, reason);
            None
        }
    }
}

/// The business models of an answer, the hints that it holds of the organisation's nature, and the rest.
pub fn business_models(answer: &str) -> (Vec<BusinessModel>, Option<OrganisationKind>, Vec<String>, bool) {
    let (mut models, mut hint, mut rest, mut spelled_out) = (Vec::new(), None, Vec::new(), false);
    let mut list_of_business = false;
    for item in answer.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let folded = fold(item);
        let words = folded.strip_prefix("y ").unwrap_or(&folded);
        let model = match words {
            "empresa a empresa" | "business to business" => Some(BusinessModel::B2b),
            "empresa a consumidor" | "business to consumer" => Some(BusinessModel::B2c),
            "empresa a gobierno" | "business to government" => Some(BusinessModel::B2g),
            "business to nonprofit" => Some(BusinessModel::B2n),
            text if text.starts_with("empresa a sociedad civil") => Some(BusinessModel::B2n),
            // "Empresa a empresa, consumidor, gobierno, y sociedad civil": one sentence for four options.
            "consumidor" | "consumer" if list_of_business => Some(BusinessModel::B2c),
            "gobierno" | "government" if list_of_business => Some(BusinessModel::B2g),
            "sociedad civil" | "civil society" if list_of_business => Some(BusinessModel::B2n),
            _ => None,
        };
        spelled_out |= !words.contains(" a ") && !words.contains(" to ") && model.is_some();
        list_of_business |= model == Some(BusinessModel::B2b);
        match (model, words) {
            (Some(model), _) if !models.contains(&model) => models.push(model),
            (None, "nonprofit" | "non profit") => hint = Some(OrganisationKind::CivilSociety),
            (None, "academia") => hint = hint.or(Some(OrganisationKind::Academia)),
            (None, "academia nonprofit") => hint = Some(OrganisationKind::Academia),
            (Some(_), _) | (None, "other" | "otro") => {}
            (None, _) => rest.push(item.to_owned()),
        }
    }
    if !rest.is_empty() {
        models.push(BusinessModel::Other);
    }
    (models, hint, rest, spelled_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn business_models_are_read() {
        use BusinessModel::{B2b, B2c, B2g, B2n, Other};
        for (answer, models, hint, spelled) in [
            ("Empresa a Empresa, Empresa a Gobierno", &[B2b, B2g][..], None, false),
            ("Empresa a empresa, consumidor, gobierno, y sociedad civil", &[B2b, B2c, B2g, B2n], None, true),
            ("Empresa a Empresa, Empresa a Sociedad Civil (ONG´s)", &[B2b, B2n], None, false),
            ("Empresa a Gobierno, Donaciones", &[B2g, Other], None, false),
            ("Business to Government, Business to Nonprofit", &[B2g, B2n], None, false),
            ("Business to Consumer, academia + nonprofit", &[B2c], Some(OrganisationKind::Academia), false),
            ("nonprofit", &[], Some(OrganisationKind::CivilSociety), false),
            ("Business to Business, ", &[B2b], None, false),
        ] {
            let found = business_models(answer);
            assert_eq!((&found.0[..], found.1, found.3), (models, hint, spelled), "{answer}");
        }
    }
}
