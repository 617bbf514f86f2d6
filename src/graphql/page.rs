//! Relay pages: page info, opaque cursors, and the connection of a list that is already in order.

use async_graphql::{Error, ErrorExtensions, Result, SimpleObject};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// What a page asks for.
pub(crate) struct Page {
    pub(crate) first: usize,
    pub(crate) after: Option<String>,
}

/// Where a page stands in its list; `first` may ask for 100 rows at most.
#[derive(Clone, Debug, Default, SimpleObject)]
#[graphql(serial)]
pub struct PageInfo {
    /// Whether another page follows.
    pub has_next_page: bool,
    /// Whether a page stands before.
    pub has_previous_page: bool,
    /// Cursor of the first edge.
    pub start_cursor: Option<String>,
    /// Cursor of the last edge: the `after` of the next page.
    pub end_cursor: Option<String>,
}

/// `first` as a size; the schema has refused what is negative or above its cap. Null, which is also what a variable
/// that was not given comes to, stands for the default.
pub(crate) fn first_of(first: Option<i32>, default: usize) -> usize {
    first.map_or(default, |first| usize::try_from(first).unwrap_or(0))
}

/// Packs a cursor's words so that nobody builds on them.
pub(crate) fn seal(words: &str) -> String {
    URL_SAFE_NO_PAD.encode(words)
}

/// Unpacks a cursor.
pub(crate) fn open(cursor: &str) -> Result<String> {
    URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(bad_cursor)
}

/// The refusal of a cursor that this server did not make.
pub(crate) fn bad_cursor() -> Error {
    Error::new("the cursor is not one of this list; start again without 'after'")
        .extend_with(|_, e| e.set("code", "BAD_CURSOR"))
}

/// A page of a list in order: items with their cursors, and where they stand.
pub(crate) struct Slice<T> {
    pub(crate) items: Vec<(String, T)>,
    pub(crate) info: PageInfo,
}

/// Cuts a page out of a list whose items have ids. A cursor is the last item's id and place, so that it still
/// leads on after the list has changed: from the id where it is found, else from the place.
pub(crate) fn slice<T: Copy>(list: &[T], page: &Page, id: impl Fn(T) -> Uuid) -> Result<Slice<T>> {
    let start = match &page.after {
        None => 0,
        Some(cursor) => {
            let words = open(cursor)?;
            let (place, last) = words.split_once(' ').ok_or_else(bad_cursor)?;
            let place: usize = place.parse().map_err(|_| bad_cursor())?;
            let last: Uuid = last.parse().map_err(|_| bad_cursor())?;
            list.iter().position(|&item| id(item) == last).map_or(place.min(list.len()), |at| at + 1)
        }
    };
    let end = (start + page.first).min(list.len());
    let items: Vec<_> = (start..end).map(|at| (seal(&format!("{} {}", at + 1, id(list[at]))), list[at])).collect();
    let info = PageInfo {
        has_next_page: end < list.len(),
        has_previous_page: start > 0,
        start_cursor: items.first().map(|(cursor, _)| cursor.clone()),
        end_cursor: items.last().map(|(cursor, _)| cursor.clone()),
    };
    Ok(Slice { items, info })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(list: &[u128], first: usize, after: Option<String>) -> (Vec<u128>, PageInfo) {
        let slice = slice(list, &Page { first, after }, Uuid::from_u128).unwrap();
        (slice.items.iter().map(|(_, item)| *item).collect(), slice.info)
    }

    #[test]
    fn pages_follow_one_another_and_survive_changes() {
        let (page, info) = ids(&[1, 2, 3, 4, 5], 2, None);
        assert_eq!((page, info.has_next_page, info.has_previous_page), (vec![1, 2], true, false));
        let after = info.end_cursor;
        assert_eq!(ids(&[1, 2, 3, 4, 5], 2, after.clone()).0, [3, 4]);
        // An item was added before the cursor: the next page still starts behind the last one seen.
        assert_eq!(ids(&[9, 1, 2, 3], 2, after.clone()).0, [3]);
        // The last one seen is gone: the place leads on.
        assert_eq!(ids(&[1, 3, 4], 2, after).0, [4]);
    }

    #[test]
    fn a_foreign_cursor_is_refused() {
        for cursor in ["", "x", "!!", &seal("1"), &seal("x y"), &seal("1 y")] {
            assert!(slice(&[1_u128], &Page { first: 1, after: Some(cursor.to_owned()) }, Uuid::from_u128).is_err());
        }
    }
}
