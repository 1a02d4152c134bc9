//! Values to put into a store.

use xunge_domain::case::{CaseState, Severity};
use xunge_domain::class::{ClassKind, ClassTable, FilingCondition, Limit, LimitUnit, MinorClass};
use xunge_domain::geo::Point;
use xunge_domain::grid::{UnitGrid, UnitGridCode};
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;

use crate::store::rows::{CaseRow, ChangeRow, InstallationRow};

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_751_252_400_000 + seconds * 1_000)
}

pub(crate) fn document(number: u8) -> DocumentId {
    DocumentId::from_bytes([number; 16])
}

pub(crate) fn scope(text: &str) -> Scope {
    text.parse().unwrap()
}

pub(crate) fn change(number: u8, arrival: u64) -> ChangeRow {
    let bytes = vec![number; 40];
    ChangeRow {
        hash: Digest::of(&bytes),
        arrival,
        actor: [number % 3; 16],
        sequence: arrival,
        operations: u64::from(number),
        installation: (!number.is_multiple_of(2)).then(|| InstallationId::from_bytes([number; 16])),
        signature: (!number.is_multiple_of(2)).then(|| vec![number; 64]),
        bytes,
        received_at: at(arrival.cast_signed()),
    }
}

pub(crate) fn case(number: u8) -> CaseRow {
    CaseRow {
        document: document(number),
        case_no: None,
        state: CaseState::Reported,
        class: Some("20115".into()),
        title: format!("路面破损 {number}"),
        address: "至德街与商都路交叉口".into(),
        point: Some(Point {
            longitude_e7: 1_137_861_000,
            latitude_e7: 347_552_000,
        }),
        unit_grid: UnitGridCode::from_parts(410_104, 101, 1, 1),
        duty_grid: Some("putian-1".parse().unwrap()),
        severity: Severity::Serious,
        reporter: Some("worker-putian".parse().unwrap()),
        lead: None,
        reported_at: Some(at(0)),
        updated_at: at(i64::from(number)),
        photo_count: 2,
        first_preview: Some(Digest::of(b"preview")),
        heads: vec![Digest::of(b"one"), Digest::of(b"two")],
        standing: "{}".into(),
    }
}

pub(crate) fn installation(number: u8, person: &str) -> InstallationRow {
    InstallationRow {
        id: InstallationId::from_bytes([number; 16]),
        person: person.parse().unwrap(),
        public_key: vec![2; 33],
        token_current: Digest::of(&[number, 1]),
        token_previous: None,
        predecessor: None,
        superseded_by: None,
        revoked_at: None,
        created_at: at(i64::from(number)),
    }
}

pub(crate) fn intent_of(number: u8) -> IntentId {
    IntentId::new(&InstallationId::from_bytes([number; 16]), 1, [0; 3])
}

pub(crate) fn unit_grid(sequence: u16) -> UnitGrid {
    let west = i32::from(sequence) * 1_000;
    let corner = |x, y| Point {
        longitude_e7: west + x,
        latitude_e7: y,
    };
    UnitGrid {
        code: UnitGridCode::from_parts(410_104, 101, 1, sequence).unwrap(),
        name: format!("圃田嘉园 {sequence}"),
        duty_grid: format!("putian-{}", sequence % 2).parse().unwrap(),
        corners: vec![
            corner(0, 0),
            corner(1_000, 0),
            corner(1_000, 1_000),
            corner(0, 1_000),
        ],
    }
}

pub(crate) fn class_table(edition: &str, effective_date: &str) -> ClassTable {
    ClassTable {
        edition: edition.into(),
        effective_date: effective_date.into(),
        sample: true,
        classes: vec![MinorClass {
            self_handled: None,
            duplicates: None,
            code: "20115".into(),
            id: "road_damage".into(),
            kind: ClassKind::Event,
            major_zh: "市容环境".into(),
            zh: "路面破损".into(),
            en: "Road damage".into(),
            conditions: vec![FilingCondition {
                code: "1".into(),
                zh: "破损面积不足一平方米".into(),
                limit: Limit {
                    number: 7,
                    unit: LimitUnit::WorkDay,
                },
            }],
        }],
    }
}
