//! The figure line of a page, and the reference of the figure as the application gives it: to copy, with an address that
//! gives the same figure again.

use chrono::{Datelike, SecondsFormat};
use maud::{Markup, html};

use super::{
    View,
    titled::{among, studies},
    views,
};
use crate::analysis::Figure;
use crate::atlas::{Dimension, Filter, Text};
use crate::picture::{credit, figure};
use crate::texts::phrases::DOT;

impl View {
    /// Under what conditions the figures of a filter hold, and how to cite its headline: the line that the application
    /// shows under its headlines. `names` are those of the record that the headline holds.
    pub(super) fn figure_line(&self, filter: &Filter, headline: &str, names: &[Text<'_>]) -> Markup {
        self.figure_line_of(filter, headline, names, Dimension::Publisher)
    }

    /// The same, with the coverage of one property.
    pub(super) fn figure_line_of(
        &self,
        filter: &Filter,
        headline: &str,
        names: &[Text<'_>],
        covered: Dimension,
    ) -> Markup {
        let selection = self.atlas.select(filter);
        let figure = Figure::new(&self.atlas, filter, &selection, covered);
        self.conditions(&figure, &figure::parts(&self.atlas, &figure, self.lang), headline, names)
    }

    /// The conditions of a figure as they are said, and how to cite it.
    pub(super) fn conditions(&self, figure: &Figure, parts: &[String], headline: &str, names: &[Text<'_>]) -> Markup {
        let waves = figure.waves.iter().map(|&wave| self.atlas.label(self.atlas.wave(wave).title, self.lang));
        let names: Vec<Text<'_>> = waves.chain(studies(self)).chain(names.iter().copied()).collect();
        html! {
            p class="figline" { (among(self.lang, &parts.join(DOT), &names)) }
            details {
                summary { (self.texts.get("figure.cite")) }
                p { (among(self.lang, &self.reference(figure, headline), &names)) }
                p { small { (self.texts.get("cite.how")) } }
            }
        }
    }

    /// The reference of a figure, in the style of the APA.
    fn reference(&self, figure: &Figure, headline: &str) -> String {
        let (atlas, texts) = (&self.atlas, self.texts);
        let (year, day) = (figure.as_of.year().to_string(), figure.as_of.day().to_string());
        let month = texts.get("page.monthsLong").split(' ').nth(figure.as_of.month0() as usize).unwrap_or_default();
        let on = texts.fill("page.citedOn", &[("year", &year), ("month", month), ("day", &day)]);
        let title =
            if headline.ends_with(['.', '!', '?', '…']) { headline.to_owned() } else { format!("{headline}.") };
        let (date, revision) = (figure::day(figure.as_of, self.lang), figure.revision.to_string());
        let values = [("date", date.as_str()), ("version", figure.method_version), ("revision", revision.as_str())];
        let made = texts.fill("cite.madeAt", &values);
        let sources = credit::lines(atlas, &figure.waves, texts).join("; ");
        let data =
            if sources.is_empty() { String::new() } else { texts.fill("cite.data", &[("source", &sources)]) + " " };
        format!("Open Data 100. ({on}). {title} {made} {data}{}", self.lasting(figure))
    }

    /// The address of this page, as it is shown, on the day of a figure and as it was recorded then.
    fn lasting(&self, figure: &Figure) -> String {
        let mut words = views::of_others(self);
        words.extend(["asOf", "knownAt", "after", "page"]);
        let page = self.without(&words);
        let mut moment = url::form_urlencoded::Serializer::new(String::new());
        moment.append_pair("asOf", &figure.as_of.to_string());
        if let Some(at) = figure.known_at.or(self.atlas.recorded_at) {
            moment.append_pair("knownAt", &at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        }
        self.absolute(&format!("{page}{}{}", if page.contains('?') { '&' } else { '?' }, moment.finish()))
    }
}
