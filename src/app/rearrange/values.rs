//! Values of indicators of two records that become one.

use std::collections::HashMap;

use entity::indicator_observation::Model as Value;
use entity::vocabulary::ClaimStatus;

/// What becomes of the values of both.
pub(super) struct Settled {
    /// Values of the record that is gone, which move to the one that stays.
    pub(super) moved: Vec<Value>,
    /// Values that end, as the record that stays has another of the same indicator, time, wave and source.
    pub(super) ended: Vec<Value>,
}

/// Of two values of the same thing the one that stands stays: what was retracted or is disputed takes no place from
/// what was accepted. Where both stand, or neither does, the record that stays keeps its own.
pub(super) fn settle(own: Vec<Value>, others: Vec<Value>) -> Settled {
    let key = |row: &Value| (row.indicator_definition_id, row.period.clone(), row.wave_id, row.source_id);
    let stands = |row: &Value| row.claim_status == ClaimStatus::Accepted;
    let mut said: HashMap<_, Value> = own.into_iter().map(|row| (key(&row), row)).collect();
    let mut settled = Settled { moved: Vec::new(), ended: Vec::new() };
    for row in others {
        match said.get(&key(&row)) {
            Some(mine) if stands(mine) || !stands(&row) => settled.ended.push(row),
            _ => {
                settled.ended.extend(said.remove(&key(&row)));
                settled.moved.push(row);
            }
        }
    }
    settled
}

#[cfg(test)]
mod tests {
    use super::*;
    use ClaimStatus::{Accepted, Disputed, Retracted};

    /// A value of a period; what tells two apart is the number.
    fn value(period: &str, number: i64, claim_status: ClaimStatus) -> Value {
        let id = uuid::Uuid::from_u128(u128::from(number.unsigned_abs()));
        let row = serde_json::json!({
            "id": id, "entity_id": id, "indicator_definition_id": uuid::Uuid::nil(), "period": period,
            "central_mantissa": number, "status": "A", "visibility": "public",
            "recorded_at": "2026-01-01T00:00:00Z",
        });
        Value { claim_status, ..serde_json::from_value(row).unwrap() }
    }

    #[test]
    fn what_stands_is_not_lost_to_what_does_not() {
        for (mine, other, stays) in [
            (Accepted, Accepted, 1),
            (Accepted, Retracted, 1),
            (Retracted, Accepted, 2),
            (Disputed, Accepted, 2),
            (Retracted, Disputed, 1),
        ] {
            let own = vec![value("2024", 1, mine), value("2023", 3, Accepted)];
            let Settled { moved, ended } = settle(own, vec![value("2024", 2, other), value("2022", 4, other)]);
            let numbers = |rows: Vec<Value>| rows.iter().filter_map(|row| row.central_mantissa).collect::<Vec<_>>();
            let (moved, ended) = (numbers(moved), numbers(ended));
            assert_eq!(ended, [if stays == 1 { 2 } else { 1 }], "{mine:?} and {other:?}");
            assert_eq!(moved, if stays == 1 { vec![4] } else { vec![2, 4] }, "{mine:?} and {other:?}");
        }
    }
}
