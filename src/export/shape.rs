//! How what was selected is laid out: the order and the columns of a table, the form of a flow, the facet of counts. The
//! words are those of the explorer's address, so that a file holds what is on the screen.

use super::sort::sort_of;
use crate::analysis::flow::Level;
use crate::atlas::Sort;
use crate::atlas::{Dimension, Fault, Refusal};

/// What a file shows of what was selected, and in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The order of organisations; `None` is that of the record.
    pub sort: Option<Sort>,
    /// The columns of the table that are written; none named is all.
    pub columns: Vec<TableColumn>,
    /// The form of a flow.
    pub form: Form,
    /// How many nodes of each level of a flow were passed over: what "others" gathers, opened.
    pub skip: Vec<usize>,
    /// The facet that organisations are counted by.
    pub by: Dimension,
    /// Whether a file of publishers that nothing narrows holds every known body, those that count for another one and
    /// those without users included.
    pub every_body: bool,
}

impl Default for Shape {
    fn default() -> Self {
        let (form, by) = (Form::Bands, Dimension::Sector);
        Self { sort: None, columns: Vec::new(), form, skip: Vec::new(), by, every_body: false }
    }
}

impl Shape {
    /// Takes a word of the address; `false` when it says nothing of the layout.
    pub(super) fn take(&mut self, key: &str, value: &str) -> Result<bool, Refusal> {
        let unknown = |word: &str| Refusal::new(key, word, Fault::Unknown);
        let words = || value.split(',').map(str::trim).filter(|word| !word.is_empty());
        match key {
            "sort" => self.sort = Some(sort_of(value).ok_or_else(|| unknown(value))?),
            "columns" => {
                self.columns =
                    words().map(|word| TableColumn::of(word).ok_or_else(|| unknown(word))).collect::<Result<_, _>>()?;
            }
            "form" => self.form = Form::of(value).ok_or_else(|| unknown(value))?,
            "skip" => {
                let numbers = words().map(str::parse).collect::<Result<_, _>>();
                self.skip = numbers.map_err(|_| Refusal::new(key, value, Fault::Form("numbers such as 0,10")))?;
            }
            "by" => {
                let found = Dimension::ALL.into_iter().find(|dimension| dimension.as_str() == value);
                self.by = found.ok_or_else(|| unknown(value))?;
            }
            "bodies" if value == "all" => self.every_body = true,
            "bodies" => return Err(unknown(value)),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// A form of the flow on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Publishers to sectors.
    Bands,
    /// Publishers, datasets, sectors, goals.
    Long,
    /// Every publisher by every sector.
    Matrix,
    /// Publishers and sectors in a circle.
    Chord,
}

impl Form {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "bands" => Self::Bands,
            "long" => Self::Long,
            "matrix" => Self::Matrix,
            "chord" => Self::Chord,
            _ => return None,
        })
    }

    /// Its levels, left to right.
    pub fn levels(self) -> &'static [Level] {
        match self {
            Self::Long => &[Level::Publisher, Level::Dataset, Level::Sector, Level::Sdg],
            Self::Bands | Self::Matrix | Self::Chord => &[Level::Publisher, Level::Sector],
        }
    }

    /// How many nodes of a level it tells apart; the screen has the same numbers.
    pub fn nodes(self) -> usize {
        match self {
            Self::Bands => 10,
            Self::Long => 8,
            Self::Matrix => 500,
            Self::Chord => 12,
        }
    }
}

/// A column of the table on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableColumn(&'static [&'static str]);

impl TableColumn {
    /// What the address calls a column, and the columns of the file that say the same.
    #[rustfmt::skip] // a line for each
    const ALL: [(&'static str, &'static [&'static str]); 10] = [
        ("sector", &["sector", "sector_label", "sector_missing"]),
        ("place", &["area", "area_name", "area_missing", "locality", "longitude", "latitude", "precision"]),
        ("kind", &["kind", "kind_missing"]),
        ("founded", &["founded", "founded_missing"]),
        ("size", &["size", "size_missing"]),
        ("publishers", &["publishers_used", "publishers_used_missing"]),
        ("datasets", &["datasets_used", "datasets_used_missing"]),
        ("claims", &["claims"]),
        ("evidence", &["best_grade"]),
        ("updated", &["updated_at"]),
    ];
    /// What no choice of columns leaves out: which organisation it is, and whom to name.
    const ALWAYS: [&'static str; 8] =
        ["id", "slug", "url", "name", "chapters", "attribution", "licence", "licence_url"];

    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(key, _)| *key == word).map(|(_, columns)| Self(columns))
    }

    /// Whether a column of the file belongs to a choice.
    pub(super) fn is_chosen(choice: &[Self], column: &str) -> bool {
        choice.is_empty() || Self::ALWAYS.contains(&column) || choice.iter().any(|one| one.0.contains(&column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_address_lay_a_file_out() {
        let mut shape = Shape::default();
        for (key, value) in
            [("sort", "updated"), ("columns", "place, updated"), ("form", "long"), ("skip", "0,8"), ("by", "area")]
        {
            assert_eq!(shape.take(key, value), Ok(true), "{key}");
        }
        assert_eq!(shape.sort, sort_of("updated"));
        assert_eq!((shape.form.levels().len(), shape.skip.as_slice(), shape.by), (4, &[0, 8][..], Dimension::Area));
        let kept = |column| TableColumn::is_chosen(&shape.columns, column);
        assert_eq!(
            ["slug", "area_name", "updated_at", "licence", "sector", "claims"].map(kept),
            [true, true, true, true, false, false]
        );
        assert_eq!(shape.clone().take("sector", "21"), Ok(false));
        for (key, value) in [
            ("sort", "up"),
            ("sort", "--name"),
            ("columns", "place,colour"),
            ("form", "pie"),
            ("skip", "a"),
            ("by", "x"),
        ] {
            assert!(shape.take(key, value).is_err(), "{key}={value}");
        }
    }

    #[test]
    fn columns_of_the_table_are_columns_of_the_file() {
        let file = super::super::tables::columns(super::super::What::Organisations);
        let named = TableColumn::ALL.iter().flat_map(|(_, columns)| *columns).chain(&TableColumn::ALWAYS);
        for column in named {
            assert!(file.contains(column), "{column}");
        }
    }
}
