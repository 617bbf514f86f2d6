//! The days that are no business days: a list that replaces the one before.

use chrono::NaiveDate;

use crate::app::permit::permit;
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation};
use crate::store;

/// The most days of a list.
const MOST: usize = 2_000;

/// Reads a list: one day a line, `YYYY-MM-DD` and its name; empty lines and those that begin with `#` say nothing.
pub fn read(text: &str) -> Result<Vec<(NaiveDate, String)>, Vec<Violation>> {
    let (mut days, mut faults) = (Vec::<(NaiveDate, String)>::new(), Vec::new());
    for (at, line) in text.lines().map(str::trim).enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (day, name) = line.split_once([' ', ',', '\t']).unwrap_or((line, ""));
        let field = format!("line {}", at + 1);
        match day.parse::<NaiveDate>() {
            Ok(day) if days.iter().any(|(one, _)| *one == day) => {
                faults.push(Violation::new(field, format!("{day} stands in the list twice")));
            }
            Ok(day) => days.push((day, one_line(name))),
            Err(_) => faults.push(Violation::new(field, format!("'{day}' is no day; write it as 2026-12-25"))),
        }
    }
    if days.len() > MOST {
        faults.push(Violation::new("list", format!("a list has at most {MOST} days")));
    }
    if days.is_empty() && faults.is_empty() {
        let message = "this list holds no day; write one a line, such as 2026-12-25 Navidad";
        faults.push(Violation::new("list", message).of(Fault::Missing));
    }
    days.sort_unstable();
    if faults.is_empty() { Ok(days) } else { Err(faults) }
}

/// Puts a list in the place of the one before. Terms that run already keep their end.
pub async fn replace(ctx: &Context, actor: &Actor, text: &str) -> Result<usize, Error> {
    permit(actor, Action::Import, &Object::platform(ctx.now()))?;
    let days = read(text).map_err(Error::Invalid)?;
    let count = days.len();
    let write = Write::begin(ctx, actor).await?;
    store::demand::holiday::replace(write.transaction(), days).await?;
    write.commit("holidays replaced", &()).await?;
    Ok(count)
}

/// The days that are no business days, which everybody may know.
pub async fn all(ctx: &Context) -> Result<Vec<(NaiveDate, String)>, Error> {
    Ok(store::demand::holiday::all(&ctx.db).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_line_by_line() {
        let days = read("# 2026\n2026-12-25 Navidad\n\n2026-01-01,Año Nuevo\n2026-05-01\n").unwrap();
        let text: Vec<String> = days.iter().map(|(day, name)| format!("{day} {name}")).collect();
        assert_eq!(text, ["2026-01-01 Año Nuevo", "2026-05-01 ", "2026-12-25 Navidad"]);
        let faults = read("25-12-2026 Navidad\n2026-01-01\n2026-01-01\n2026-02-30 x").unwrap_err();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["line 1", "line 3", "line 4"]);
        for nothing in ["", "\n# 2026\n"] {
            let faults = read(nothing).unwrap_err();
            assert_eq!((faults.len(), faults[0].field.as_str()), (1, "list"), "{nothing:?}");
        }
    }
}
