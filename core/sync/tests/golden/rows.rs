//! Rows of the later tables, as they travel in an extract.

use xunge_domain::case::clock::ClockKind;
use xunge_domain::tables::{
    HandlingClass, HoursRow, Season, StageAllowance, StageLimitKey, StageLimitRow, StageUnit,
};
use xunge_domain::working_time::Hours;

use super::golden;

#[test]
fn rows_of_hours_and_stage_limits() {
    let hours = HoursRow {
        organisation: Some("water-dept".parse().unwrap()),
        season: Some(Season {
            from: "05-01".into(),
            until: "09-30".into(),
        }),
        hours: "05:00-11:00,17:00-20:00".parse().unwrap(),
    };
    golden("hours_row", &hours);
    let of_city = HoursRow {
        organisation: None,
        season: None,
        hours: Hours::ordinary(),
    };
    golden("hours_row_of_the_city", &of_city);
    let stage = StageLimitRow {
        key: StageLimitKey {
            stage: ClockKind::Dispatch,
            area_class: None,
            handling_class: Some(HandlingClass::Engineering),
        },
        limit: StageAllowance {
            number: 90,
            unit: StageUnit::WorkMinute,
        },
    };
    golden("stage_limit_row", &stage);
}
