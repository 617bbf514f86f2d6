//! What a run says at its end: counts, and every problem, as text for people and as JSON for programs.

use super::od500::{ChapterRead, RawFigures};
use crate::domain::draft::{Problem, Severity};
use std::collections::BTreeMap;
use std::fmt::Write;

/// So many values or rows that were left out are listed in the text.
const LISTED: usize = 20;

/// Counts of what a run yields.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Organisations.
    pub organisations: usize,
    /// Public bodies, sub-bodies included.
    pub bodies: usize,
    /// Relations between them, most of them proposals.
    pub relations: usize,
    /// Datasets, heads of proposed series included.
    pub datasets: usize,
    /// Use claims.
    pub use_claims: usize,
    /// Impact claims.
    pub impact_claims: usize,
    /// Indicator observations.
    pub observations: usize,
}

/// The report of a run.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Report {
    /// `od500`, `indicators`.
    pub source: String,
    /// The chapter, if any.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub chapter: String,
    /// Version of the importer.
    pub importer_version: String,
    /// What was read.
    pub counts: Counts,
    /// The files' own figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<RawFigures>,
    /// How often each code occurs.
    pub problem_counts: BTreeMap<String, usize>,
    /// How many values or rows were left out.
    pub refused: usize,
    /// How many were taken with a remark.
    pub warnings: usize,
    /// Every problem.
    pub problems: Vec<Problem>,
}

impl Report {
    /// The report of a chapter.
    pub fn of_chapter(read: &ChapterRead) -> Self {
        let organisations = &read.organisations;
        let counts = Counts {
            organisations: organisations.len(),
            bodies: read.header.bodies.len(),
            relations: read.header.relations.len(),
            datasets: read.header.datasets.len(),
            use_claims: organisations.iter().map(|o| o.claims.len()).sum(),
            impact_claims: organisations.iter().map(|o| o.impacts.len()).sum(),
            observations: read.header.observations.len(),
        };
        let mut report = Self::new(&read.header.source, &read.header.importer_version, counts, read.problems.clone());
        report.chapter.clone_from(&read.header.chapter);
        report.raw = Some(read.raw.clone());
        report
    }

    /// A report of a run.
    pub fn new(source: &str, importer_version: &str, counts: Counts, problems: Vec<Problem>) -> Self {
        let mut problem_counts = BTreeMap::new();
        for problem in &problems {
            *problem_counts.entry(problem.code.clone()).or_insert(0) += 1;
        }
        let refused = problems.iter().filter(|p| p.severity == Severity::Refused).count();
        Self {
            source: source.to_owned(),
            chapter: String::new(),
            importer_version: importer_version.to_owned(),
            counts,
            raw: None,
            problem_counts,
            refused,
            warnings: problems.len() - refused,
            problems,
        }
    }

    /// The report as JSON.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// The report for people: the summary, what was left out, and where the remarks are; `file` is the report that
    /// has been written.
    pub fn to_text(&self, file: Option<&std::path::Path>) -> String {
        let mut out = self.summary();
        let mut refused = self.problems.iter().filter(|problem| problem.severity == Severity::Refused);
        for problem in refused.by_ref().take(LISTED) {
            let value = if problem.value.is_empty() { String::new() } else { format!(" {:?}", problem.value) };
            let _ = writeln!(
                out,
                "left out: {}, record {}, {}{value} [{}]: {}",
                problem.file, problem.row, problem.field, problem.code, problem.reason
            );
        }
        let more = refused.count();
        if more > 0 {
            let _ = writeln!(out, "and {more} more left out");
        }
        if !self.problems.is_empty() {
            let _ = match file {
                Some(file) => {
                    writeln!(out, "Each is in {}, by record (the header is 0; cells hold line breaks).", file.display())
                }
                None => {
                    writeln!(out, "--report FILE writes each, by record (the header is 0; cells hold line breaks).")
                }
            };
        }
        out
    }

    /// The summary without the single problems.
    pub fn summary(&self) -> String {
        let mut out = String::new();
        let counts = &self.counts;
        let chapter = if self.chapter.is_empty() { String::new() } else { format!(" {}", self.chapter) };
        let _ = writeln!(out, "{}{chapter}, importer {}", self.source, self.importer_version);
        for (name, count) in [
            ("organisations", counts.organisations),
            ("public bodies", counts.bodies),
            ("relations", counts.relations),
            ("datasets", counts.datasets),
            ("use claims", counts.use_claims),
            ("impact claims", counts.impact_claims),
            ("observations", counts.observations),
        ] {
            if count > 0 {
                let _ = writeln!(out, "  {name}: {count}");
            }
        }
        if let Some(raw) = &self.raw {
            let _ = writeln!(
                out,
                "  in the files: {} organisations, {} rows of use ({} distinct), {} agency names, {} links between organisations and them, {} rows naming a dataset",
                raw.organisations,
                raw.use_rows,
                raw.distinct_use_rows,
                raw.agency_names,
                raw.organisation_agency_links,
                raw.rows_naming_a_dataset
            );
        }
        let _ = writeln!(out, "  left out: {}, remarks: {}", self.refused, self.warnings);
        for (code, count) in &self.problem_counts {
            let first = self.problems.iter().find(|problem| problem.code == *code);
            let _ = writeln!(out, "    {code}: {count}{}", first.map(example).unwrap_or_default());
        }
        out
    }
}

/// One of several problems of a sort, in words: what stood there, and what is wrong with it.
fn example(one: &Problem) -> String {
    match (one.value.as_str(), one.reason.as_str()) {
        ("", "") => String::new(),
        ("", reason) => format!(", such as: {reason}"),
        (value, "") => format!(", such as {value:?}"),
        (value, reason) => format!(", such as {value:?}: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn report_counts_and_lists_every_problem() {
        let problem = |severity, row, code: &str| Problem {
            severity,
            file: "x.csv".to_owned(),
            row,
            field: "size".to_owned(),
            value: "Jan-50".to_owned(),
            reason: "is no band".to_owned(),
            code: code.to_owned(),
        };
        let problems = vec![
            problem(Severity::Refused, 3, "a.b"),
            problem(Severity::Warning, 4, "a.b"),
            problem(Severity::Warning, 5, "c"),
        ];
        let report = Report::new("od500", "od500/1", Counts { organisations: 2, ..Counts::default() }, problems);
        assert_eq!((report.refused, report.warnings), (1, 2));
        assert_eq!(report.problem_counts["a.b"], 2);
        let text = report.to_text(None);
        assert!(text.contains("left out: x.csv, record 3, size \"Jan-50\" [a.b]: is no band\n"), "{text}");
        assert!(
            text.contains("  organisations: 2\n") && text.contains("    a.b: 2, such as \"Jan-50\": is no band\n"),
            "{text}"
        );
        assert!(!text.contains("record 4") && text.contains("--report FILE"), "remarks are in the file: {text}");
        let json: serde_json::Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
        assert_eq!(json["problems"][0]["row"], 3);
        assert_eq!(json["problems"][0]["severity"], "refused");
        assert_eq!(json["problem_counts"]["c"], 1);
    }
}
