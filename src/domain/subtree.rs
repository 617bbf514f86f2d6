//! Which bodies stand above and below a body on a day: what decides whom a grant for a body and all that belongs to
//! it covers. A body that another has succeeded belongs to that one from then on; whoever only took functions over does
//! not answer for it. Only relations that somebody has accepted count, and only while they hold.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::id::OrganisationId;

/// More steps upwards than any state has; ends a walk through relations that run in a circle.
const DEEPEST: usize = 64;

/// "This body is part of that one", or "that one succeeded it", as it was accepted, with its first and last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartOf {
    pub body: OrganisationId,
    pub parent: OrganisationId,
    /// Unknown is open.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl PartOf {
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A body and those above it on a day, the nearest first.
pub fn above(relations: &[PartOf], body: OrganisationId, day: NaiveDate) -> Vec<OrganisationId> {
    let mut found = vec![body];
    let mut next = 0;
    while let Some(&at) = found.get(next).filter(|_| next < DEEPEST) {
        for relation in relations.iter().filter(|relation| relation.body == at && relation.holds_on(day)) {
            if !found.contains(&relation.parent) {
                found.push(relation.parent);
            }
        }
        next += 1;
    }
    found
}

/// Some bodies and all below them on a day.
pub fn below(relations: &[PartOf], roots: &[OrganisationId], day: NaiveDate) -> BTreeSet<OrganisationId> {
    let mut found: BTreeSet<OrganisationId> = roots.iter().copied().collect();
    let mut waiting = roots.to_vec();
    while let Some(at) = waiting.pop() {
        for relation in relations.iter().filter(|relation| relation.parent == at && relation.holds_on(day)) {
            if found.insert(relation.body) {
                waiting.push(relation.body);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn body(number: u128) -> OrganisationId {
        OrganisationId(Uuid::from_u128(number))
    }

    fn part(of: (u128, u128), from: Option<&str>, to: Option<&str>) -> PartOf {
        let day = |text: &str| text.parse().unwrap();
        PartOf { body: body(of.0), parent: body(of.1), from: from.map(day), to: to.map(day) }
    }

    #[test]
    fn a_body_that_was_moved_stands_under_each_parent_in_its_time() {
        // 3 is part of 2, which moved from 1 to 9; 4 has no dates.
        let relations = [
            part((3, 2), None, None),
            part((2, 1), Some("2010-01-01"), Some("2024-12-31")),
            part((2, 9), Some("2025-01-01"), None),
            part((4, 9), None, None),
        ];
        for (of, day, expected) in [
            (3, "2009-12-31", vec![3, 2]),
            (3, "2024-12-31", vec![3, 2, 1]),
            (3, "2025-01-01", vec![3, 2, 9]),
            (4, "1990-01-01", vec![4, 9]),
            (1, "2024-01-01", vec![1]),
        ] {
            let found = above(&relations, body(of), day.parse().unwrap());
            assert_eq!(found, expected.into_iter().map(body).collect::<Vec<_>>(), "{of} on {day}");
        }
        for (root, day, expected) in
            [(1, "2024-12-31", vec![1, 2, 3]), (1, "2025-01-01", vec![1]), (9, "2025-01-01", vec![2, 3, 4, 9])]
        {
            let found = below(&relations, &[body(root)], day.parse().unwrap());
            assert_eq!(found, expected.into_iter().map(body).collect(), "below {root} on {day}");
        }
    }

    #[test]
    fn what_is_above_on_a_day_has_it_below_on_that_day() {
        let relations = [part((2, 1), None, None), part((3, 2), None, Some("2025-01-01")), part((5, 3), None, None)];
        let day = "2025-06-30".parse().unwrap();
        for of in [1, 2, 3, 5] {
            for root in [1, 2, 3, 5] {
                let covers = above(&relations, body(of), day).contains(&body(root));
                assert_eq!(covers, below(&relations, &[body(root)], day).contains(&body(of)), "{root} over {of}");
            }
        }
    }

    #[test]
    fn a_circle_ends() {
        let relations = [part((1, 2), None, None), part((2, 1), None, None)];
        let day = "2025-06-30".parse().unwrap();
        assert_eq!(above(&relations, body(1), day), [body(1), body(2)]);
        assert_eq!(below(&relations, &[body(1)], day).len(), 2);
    }
}
