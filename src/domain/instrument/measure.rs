//! Which properties of the record a question asks for: what coverage is counted by.

use entity::vocabulary::{Attribute, CodeRole, Missing, RowVisibility};

use super::{Question, Target};

/// The key that the question of what would happen without public data has in every instrument.
const COUNTERFACTUAL: &str = "counterfactual";
/// The key of answers to it that were brought in from elsewhere and are public there: these are counted. Those that are given
/// here are for sums alone and are not: of two counts that differ by an organisation, it is told by the difference.
pub const IF_STOPPED: &str = "if_stopped";

/// The properties that an answer to a question of this sort gives to the organisation.
fn attributes(target: &Target) -> &'static [Attribute] {
    match target {
        Target::OrganisationKind => &[Attribute::Kind],
        Target::SizeBand => &[Attribute::Size],
        Target::BusinessModel => &[Attribute::BusinessModel],
        Target::UseType => &[Attribute::UseType],
        Target::Area => &[Attribute::Area],
        Target::Uses => &[Attribute::Publisher, Attribute::Dataset],
        Target::Attribute { field } => match field.as_str() {
            "founded" => &[Attribute::Founded],
            "description" => &[Attribute::Description],
            "purpose" => &[Attribute::ExampleUses],
            _ => &[],
        },
        Target::Code { scheme, .. } => match scheme.as_str() {
            "od500_category" => &[Attribute::Sector],
            "od500_revenue_source" => &[Attribute::RevenueSource],
            "od500_data_type" => &[Attribute::DataType],
            _ => &[],
        },
        Target::Impact { dimension } => match dimension.as_str() {
            "sdg" => &[Attribute::Sdg],
            "od500_data_impact" => &[Attribute::DataImpact],
            "od500_social_impact" => &[Attribute::SocialImpact],
            _ => &[],
        },
        Target::Observation { indicator } if indicator == "source_count_band" => &[Attribute::SourceCount],
        _ => &[],
    }
}

/// All that a question asks for: what an answer gives to the organisation, what is counted of it alone, and what is asked
/// of each use.
pub fn asked_by(question: &Question) -> Vec<Attribute> {
    let mut asked = attributes(&question.maps_to).to_vec();
    asked.extend(tells(question).filter(|own| !attributes(&question.maps_to).contains(own)));
    if question.maps_to == Target::Uses {
        asked.extend([Attribute::Criticality, Attribute::UsedSince]);
    }
    asked
}

/// Whether what an instrument asks of a property is for sums alone: of one organisation it is withheld, answered or not.
pub fn is_for_sums(attribute: Attribute) -> bool {
    matches!(attribute, Attribute::FinancialInfo | Attribute::IfStopped)
}

/// The one property whose question this is, so that its answers are the property's own. Which datasets a use names is
/// told by the uses, not by whether the question was answered; what is answered for sums alone is counted here too.
pub fn tells(question: &Question) -> Option<Attribute> {
    match &question.maps_to {
        Target::Code {
            role: CodeRole::ReuseSectorOther | CodeRole::IndustryPrimary | CodeRole::IndustryOther, ..
        } => None,
        Target::Observation { indicator } if indicator == "revenue" => Some(Attribute::FinancialInfo),
        Target::Kept if question.key == COUNTERFACTUAL => Some(Attribute::IfStopped),
        target => attributes(target).first().copied(),
    }
}

/// The property of which all may see why it has no value, where somebody has said that they do not know, would not say
/// or that it does not apply. A blank says nothing that the record does not say by itself.
pub fn tells_why(question: &Question, seen_by: RowVisibility, missing: Missing) -> Option<Attribute> {
    let is_told = question.visibility == RowVisibility::Public
        && !question.may_choose
        && seen_by != RowVisibility::Private
        && !matches!(missing, Missing::NoAnswer | Missing::NotAsked);
    tells(question).filter(|attribute| is_told && !is_for_sums(*attribute))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::instrument::Instrument;

    #[test]
    fn each_property_has_one_question_of_its_own() {
        let shipped: Instrument = serde_json::from_str(include_str!("../../../data/instrument_v1.json")).unwrap();
        let told: Vec<(&str, Attribute)> =
            shipped.questions().filter_map(|question| Some((question.key.as_str(), tells(question)?))).collect();
        for (key, attribute) in [
            ("founded", Attribute::Founded),
            ("revenue_sources", Attribute::RevenueSource),
            ("sector", Attribute::Sector),
            ("counterfactual", Attribute::IfStopped),
            ("revenue", Attribute::FinancialInfo),
            ("sdg", Attribute::Sdg),
            ("example", Attribute::ExampleUses),
            ("source_count", Attribute::SourceCount),
            ("uses", Attribute::Publisher),
        ] {
            let own: Vec<&str> = told.iter().filter(|(_, of)| *of == attribute).map(|(key, _)| *key).collect();
            assert_eq!(own, [key], "{attribute:?}");
        }
    }

    #[test]
    fn what_is_counted_was_asked() {
        let shipped: Instrument = serde_json::from_str(include_str!("../../../data/instrument_v1.json")).unwrap();
        for question in shipped.questions() {
            let asked = asked_by(question);
            assert!(tells(question).is_none_or(|own| asked.contains(&own)), "{}", question.key);
        }
        let of = |key: &str| asked_by(shipped.question(key).unwrap());
        assert_eq!(of("revenue"), [Attribute::FinancialInfo]);
        assert_eq!(of("counterfactual"), [Attribute::IfStopped]);
        let of_uses = [Attribute::Publisher, Attribute::Dataset, Attribute::Criticality, Attribute::UsedSince];
        assert_eq!(of("uses"), of_uses);
    }
}
