//! The table of hours 工作时间: when each body works, through the seasons. Data with an edition.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::ids::OrganisationId;
use crate::time::Timestamp;
use crate::working_time::{Hours, HoursOf, HoursSource, HoursTerms};

/// Rows one table may have.
pub const HOURS_ROWS_MAX: usize = 10_000;
/// Bodies above one another that are looked through: a tree that is deeper is a circle.
const LEVELS_MAX: usize = 64;

/// A part of every year, both days included. It may lead over New Year: 10-01 until 04-30.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize)]
pub struct Season {
    /// First day, `MM-DD`.
    #[n(0)]
    pub from: String,
    /// Last day, `MM-DD`.
    #[n(1)]
    pub until: String,
}

impl Season {
    /// Whether a day `MM-DD` lies in it.
    pub fn has(&self, day: &str) -> bool {
        let (from, until) = (self.from.as_str(), self.until.as_str());
        if from <= until {
            from <= day && day <= until
        } else {
            day >= from || day <= until
        }
    }

    /// Whether some day lies in both.
    pub fn meets(&self, other: &Self) -> bool {
        self.has(&other.from) || self.has(&other.until) || other.has(&self.from)
    }
}

/// Whether a text is a day of some year, `MM-DD`.
pub fn is_month_day(text: &str) -> bool {
    // 2024 has every day there is.
    super::is_day(&format!("2024-{text}"))
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct HoursRow {
    /// Whose hours; nothing for the city's, which are those of its centre and of every body without its own.
    #[cbor(n(0), default)]
    pub organisation: Option<OrganisationId>,
    /// When in the year; nothing for the days of no other row of the body.
    #[cbor(n(1), default)]
    pub season: Option<Season>,
    /// The hours of every working day then.
    #[n(2)]
    pub hours: Hours,
}

/// One edition of the table. The default is that of a city that has imported none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HoursTable {
    edition: String,
    rows: BTreeMap<Option<OrganisationId>, Vec<HoursRow>>,
}

impl HoursTable {
    /// A table of rows that were checked when the edition was imported.
    pub fn of_checked(edition: String, rows: impl IntoIterator<Item = HoursRow>) -> Self {
        let mut of_body: BTreeMap<_, Vec<HoursRow>> = BTreeMap::new();
        for row in rows {
            let body = row.organisation.clone();
            of_body.entry(body).or_default().push(row);
        }
        Self {
            edition,
            rows: of_body,
        }
    }

    /// The hours of a body on a day `YYYY-MM-DD`: its own, else those of the nearest body above it that has some then, else
    /// the city's, else ordinary ones. Nothing where no table was imported. `None` as body: the city's own centre. Cost: a
    /// look-up a level of the tree.
    pub fn on(
        &self,
        body: Option<&OrganisationId>,
        day: &str,
        parent: &dyn Fn(&OrganisationId) -> Option<OrganisationId>,
    ) -> Option<HoursTerms> {
        if self.edition.is_empty() {
            return None;
        }
        let terms = |hours: &Hours, of| HoursTerms {
            hours: hours.clone(),
            source: HoursSource {
                of,
                edition: self.edition.clone(),
            },
        };
        let mut above = body.cloned();
        for _ in 0..LEVELS_MAX {
            let Some(body) = above else { break };
            if let Some(hours) = self.own(Some(&body), day) {
                return Some(terms(hours, HoursOf::Organisation(body)));
            }
            above = parent(&body);
        }
        Some(match self.own(None, day) {
            Some(hours) => terms(hours, HoursOf::City),
            None => terms(&Hours::ordinary(), HoursOf::Ordinary),
        })
    }

    /// The hours of the city's own centre on the day of an instant; ordinary ones where the table has none.
    pub fn of_city(&self, at: Timestamp) -> Hours {
        let own = self.own(None, &at.to_local_minute()).cloned();
        own.unwrap_or_else(Hours::ordinary)
    }

    /// What the table itself says of a body: the season's row comes before that of the whole year.
    fn own(&self, body: Option<&OrganisationId>, day: &str) -> Option<&Hours> {
        let day = day.get(5..10).unwrap_or_default();
        let rows = self.rows.get(&body.cloned())?;
        let in_season = |row: &&HoursRow| row.season.as_ref().is_some_and(|season| season.has(day));
        let found = rows.iter().find(in_season);
        let found = found.or_else(|| rows.iter().find(|row| row.season.is_none()));
        found.map(|row| &row.hours)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn body(id: &str) -> OrganisationId {
        id.parse().unwrap()
    }

    fn row(organisation: Option<&str>, season: Option<(&str, &str)>, hours: &str) -> HoursRow {
        HoursRow {
            organisation: organisation.map(body),
            season: season.map(|(from, until)| Season {
                from: from.into(),
                until: until.into(),
            }),
            hours: hours.parse().unwrap(),
        }
    }

    const SUMMER: Option<(&str, &str)> = Some(("05-01", "09-30"));
    const WINTER: Option<(&str, &str)> = Some(("11-15", "03-14"));

    #[test]
    fn a_body_has_its_own_hours_then_those_above_it_then_the_citys() {
        let table = HoursTable::of_checked(
            "e".into(),
            [
                row(None, None, "09:00-17:00"),
                row(None, SUMMER, "08:00-16:00"),
                row(Some("sanitation"), None, "05:00-11:00"),
                row(Some("sweepers"), WINTER, "06:00-12:00"),
            ],
        );
        let parent = |of: &OrganisationId| match of.as_str() {
            "sweepers" => Some(body("sanitation")),
            "sanitation" => Some(body("bureau")),
            // A circle in the register must not keep anybody busy.
            "ring" => Some(body("ring")),
            _ => None,
        };
        let on = |of: Option<&str>, day: &str| {
            let of = of.map(body);
            let found = table.on(of.as_ref(), day, &parent).unwrap();
            (found.hours.to_string(), found.source.of)
        };
        let own = |id: &str| HoursOf::Organisation(body(id));
        let winter = on(Some("sweepers"), "2025-01-31");
        assert_eq!(winter, ("06:00-12:00".into(), own("sweepers")));
        let inherited = on(Some("sweepers"), "2025-06-30");
        assert_eq!(inherited, ("05:00-11:00".into(), own("sanitation")));
        let citys = on(Some("bureau"), "2025-06-30");
        assert_eq!(citys, ("08:00-16:00".into(), HoursOf::City));
        assert_eq!(on(None, "2025-10-01").0, "09:00-17:00");
        assert_eq!(on(Some("ring"), "2025-10-01").1, HoursOf::City);
        let evening = Timestamp::from_local("2025-04-30 23:59").unwrap();
        assert_eq!(table.of_city(evening).to_string(), "09:00-17:00");
        let next = evening.plus_millis(60_000);
        assert_eq!(table.of_city(next).to_string(), "08:00-16:00");
    }

    #[test]
    fn without_a_table_nothing_is_said_and_without_a_row_hours_are_ordinary() {
        let nobody = |_: &OrganisationId| None;
        let none = HoursTable::default();
        assert_eq!(none.on(None, "2025-06-30", &nobody), None);
        let now = Timestamp::from_millis(0);
        assert_eq!(none.of_city(now), Hours::ordinary());
        let other = HoursTable::of_checked("e".into(), [row(Some("a"), SUMMER, "05:00-11:00")]);
        let found = other.on(Some(&body("a")), "2025-12-01", &nobody).unwrap();
        assert_eq!(found.source.of, HoursOf::Ordinary);
        assert_eq!(found.hours, Hours::ordinary());
    }

    #[test]
    fn seasons_may_lead_over_new_year_and_are_seen_to_meet() {
        let season = |(from, until): (&str, &str)| Season {
            from: from.into(),
            until: until.into(),
        };
        let winter = season(("10-01", "04-30"));
        for (day, inside) in [
            ("10-01", true),
            ("12-31", true),
            ("02-29", true),
            ("04-30", true),
            ("05-01", false),
            ("09-30", false),
        ] {
            assert_eq!(winter.has(day), inside, "{day}");
        }
        let summer = season(("05-01", "09-30"));
        assert!(!winter.meets(&summer) && !summer.meets(&winter));
        for other in [("04-30", "05-02"), ("09-01", "10-01"), ("01-01", "01-02")] {
            let other = season(other);
            assert!(winter.meets(&other) && other.meets(&winter));
        }
        assert!(season(("01-01", "12-31")).meets(&season(("06-01", "06-02"))));
        assert!(is_month_day("02-29") && !is_month_day("02-30") && !is_month_day("2-1"));
    }
}
