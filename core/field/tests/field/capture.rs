//! At capture, without a network: what is around is offered, what is picked is reported, and how many acts that takes.
//!
//! An *act* is something a person decides and does: pressing the shutter, picking one of the classes, saying which of the
//! grids, saving. What an app asks and draws by itself (`around_draft`, a list, positioning) is none. [`Hand`] is the only
//! way to the facade's writing verbs here, and counts each of them as one.

use xunge_domain::case::{CaseState, Fix, GridAnswer, Outcome, PhotoPurpose};
use xunge_domain::class::{ClassKind, MinorClass};
use xunge_domain::component::{AccuracyClass, CodeLayout, Component, ComponentState};
use xunge_domain::geo::Point;
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::DocumentId;
use xunge_domain::tables::{CityGrid, TableKind};
use xunge_domain::time::Timestamp;
use xunge_field::{
    AroundQuestion, AroundView, ClassReason, Delivery, FieldApp, FieldError, PhotoInput,
};
use xunge_sync::wire::{ExtractRow, TableDelta, TablesFrame, table_digest};

use crate::hub::{Hub, class, grid};
use crate::phone::{CLASS, INSIDE, Phone, START, photo};
use crate::pictures::scene;

const SCENE: u64 = 0x3C7E_F0C3_A55A_0FF0;
const OTHER_SCENE: u64 = 0x0123_4567_89AB_CDEF;
const MANHOLE: &str = "manhole";
const HOURS: i64 = 3_600_000;
const ACTS_MAX: usize = 4;

/// So many metres east of the place that all tests are at.
pub(crate) fn east(metres: f64) -> Point {
    let degrees = metres / (111_195.0 * INSIDE.latitude().to_radians().cos());
    Point::from_degrees(INSIDE.longitude() + degrees, INSIDE.latitude()).unwrap()
}

fn fix(point: Point, metres: u32) -> Fix {
    Fix {
        point,
        accuracy_metres: Some(metres),
        provider: "gps".into(),
        at: Timestamp::from_millis(START),
        mock: false,
    }
}

pub(crate) fn component(sequence: u32, point: Point) -> Component {
    Component {
        code: format!("4101040103{sequence:06}").parse().unwrap(),
        layout: CodeLayout::SixTwoTwoSix,
        class: "10103".into(),
        name: format!("井盖{sequence}"),
        point,
        unit_grid: grid().code,
        owner: "water-dept".parse().unwrap(),
        maintainer: "water-dept".parse().unwrap(),
        state: ComponentState::Intact,
        accuracy: AccuracyClass::A,
    }
}

pub(crate) fn neighbour() -> UnitGridCode {
    "410104101001002".parse().unwrap()
}

fn table(kind: TableKind, rows: Vec<(String, Vec<u8>)>) -> TableDelta {
    let row = |(key, content): (String, Vec<u8>)| ExtractRow {
        key,
        content: content.into(),
    };
    let put: Vec<ExtractRow> = rows.into_iter().map(row).collect();
    TableDelta {
        kind,
        edition: "test".into(),
        effective_date: "2025-01-01".into(),
        sample: true,
        whole: true,
        digest: table_digest(&put),
        put,
        removed: Vec::new(),
        too_large: false,
    }
}

/// Two grids side by side, a class of events and one of components that a worker may settle, two manholes.
fn city() -> TablesFrame {
    let west = grid();
    let mut east = grid();
    east.code = neighbour();
    east.corners
        .iter_mut()
        .for_each(|corner| corner.longitude_e7 += 10_000);
    let grids = [west, east].map(|grid| {
        let key = grid.code.to_string();
        let area_class = None;
        (
            key,
            minicbor::to_vec(CityGrid { grid, area_class }).unwrap(),
        )
    });
    let manhole = MinorClass {
        code: "10103".into(),
        id: MANHOLE.into(),
        kind: ClassKind::Component,
        zh: "雨水井盖".into(),
        en: "Storm drain manhole".into(),
        self_handled: Some(true),
        ..class()
    };
    let classes = [manhole, class()].map(|class| {
        let content = minicbor::to_vec(&class).unwrap();
        (class.code, content)
    });
    let components = [(1, self::east(3.0)), (2, self::east(30.0))].map(|(number, point)| {
        let component = component(number, point);
        let content = minicbor::to_vec(&component).unwrap();
        (component.code.to_string(), content)
    });
    TablesFrame {
        mark: None,
        tables: vec![
            table(TableKind::Grids, grids.into()),
            table(TableKind::Classes, classes.into()),
            table(TableKind::Components, components.into()),
        ],
        base_map: None,
    }
}

pub(crate) fn phone() -> (Phone, Hub) {
    let mut hub = Hub::new();
    hub.tables = Some(city());
    (Phone::enrolled(&mut hub), hub)
}

/// A worker's hand: each verb it calls is an act.
struct Hand<'phone> {
    phone: &'phone mut Phone,
    acts: Vec<&'static str>,
}

impl<'phone> Hand<'phone> {
    const fn of(phone: &'phone mut Phone) -> Self {
        Self {
            phone,
            acts: Vec::new(),
        }
    }

    fn act(&mut self, name: &'static str) -> &mut FieldApp {
        self.acts.push(name);
        self.phone.app()
    }

    fn shutter(&mut self, bytes: &[u8], fixes: &[Fix]) -> DocumentId {
        let photo = PhotoInput {
            fixes,
            ..photo(bytes)
        };
        self.act("shutter").begin_with_photo(photo).unwrap()
    }

    fn shutter_after(&mut self, draft: DocumentId, bytes: &[u8]) {
        let photo = PhotoInput {
            purpose: PhotoPurpose::After,
            ..photo(bytes)
        };
        self.act("shutter").attach_to_draft(draft, photo).unwrap();
    }

    fn class(&mut self, draft: DocumentId, code: &str) {
        self.act("class").pick_class(draft, code).unwrap();
    }

    fn grid(&mut self, draft: DocumentId, code: UnitGridCode) {
        self.act("grid").pick_grid(draft, Some(code)).unwrap();
    }

    fn duplicate(&mut self, draft: DocumentId, of: DocumentId) {
        let app = self.act("duplicate");
        app.pick_possible_duplicate(draft, Some(of)).unwrap();
    }

    fn save(&mut self, draft: DocumentId) -> Result<DocumentId, FieldError> {
        self.act("save").report(draft)
    }

    fn settle(&mut self, draft: DocumentId, point: Point) -> Result<DocumentId, FieldError> {
        self.act("settle").self_handle(draft, Some(point), "")
    }

    /// What the form shows: drawn by the app, no act.
    fn form(&mut self, draft: DocumentId) -> AroundView {
        self.phone.app().around_draft(draft).unwrap()
    }
}

#[test]
fn a_report_takes_three_acts_with_a_good_fix_and_four_with_a_poor_one() {
    let (mut phone, _) = phone();
    let mut hand = Hand::of(&mut phone);
    let draft = hand.shutter(&scene("one", SCENE), &[fix(INSIDE, 5)]);
    let form = hand.form(draft);
    assert_eq!(form.grids.len(), 1);
    hand.class(draft, &form.classes[0].code);
    let case = hand.save(draft).unwrap();
    assert_eq!(hand.acts, ["shutter", "class", "save"]);

    // 50 m east of the middle of a grid that is 91 m wide.
    let mut hand = Hand::of(&mut phone);
    let poor = east(44.0);
    let draft = hand.shutter(&scene("two", OTHER_SCENE), &[fix(poor, 30)]);
    let form = hand.form(draft);
    let offered: Vec<_> = form.grids.iter().map(|grid| grid.code).collect();
    assert_eq!(offered, [grid().code, neighbour()], "the likeliest first");
    assert!(form.grids[0].share > 0.5 && form.grids[0].share < 0.7);
    hand.class(draft, CLASS);
    hand.grid(draft, neighbour());
    let moved = hand.save(draft).unwrap();
    assert_eq!(hand.acts, ["shutter", "class", "grid", "save"]);
    assert!(hand.acts.len() <= ACTS_MAX);

    // Durable: the system ends the app without a word.
    phone.kill_and_start();
    let page = phone.show(case);
    assert_eq!(page.provisional_state, CaseState::Reported);
    assert_eq!(page.delivery, Delivery::OnDevice);
    assert_eq!(page.facts.component, Some(component(1, INSIDE).code));
    let page = phone.show(moved);
    assert_eq!(page.provisional_state, CaseState::Reported);
    assert_eq!(page.facts.unit_grid, Some(GridAnswer::Known(neighbour())));
    let position = page.facts.position.expect("a place");
    assert!(position.point.distance_metres(poor) < 8.0);
    assert_eq!(position.fixes, [fix(poor, 30)], "the fix as it came");
    assert_eq!(phone.app().drafts(None, 9).unwrap(), []);
}

#[test]
fn no_act_of_a_report_is_one_too_many() {
    let (mut phone, _) = phone();
    let mut hand = Hand::of(&mut phone);
    let draft = hand.shutter(&scene("one", SCENE), &[fix(INSIDE, 5)]);
    let without_class = hand.save(draft).unwrap_err();
    assert_eq!(without_class.code(), "unknown_class");
    let without_photo = hand.phone.app().new_draft().unwrap();
    hand.class(without_photo, CLASS);
    hand.phone
        .change_draft(without_photo, |content| content.fixes.push(fix(INSIDE, 5)));
    let without_photo = hand.save(without_photo).unwrap_err();
    assert_eq!(without_photo.code(), "photo_missing");
    hand.class(draft, CLASS);
    hand.save(draft).unwrap();
}

#[test]
fn a_matter_is_settled_on_the_spot_in_four_acts() {
    let (mut phone, _) = phone();
    let mut hand = Hand::of(&mut phone);
    let draft = hand.shutter(&scene("before", SCENE), &[fix(INSIDE, 5)]);
    hand.class(draft, MANHOLE);
    let too_early = hand.settle(draft, INSIDE).unwrap_err();
    assert_eq!(too_early.code(), "photo_missing", "there is no photo after");
    hand.acts.pop();
    hand.shutter_after(draft, &scene("after", OTHER_SCENE));
    let case = hand.settle(draft, INSIDE).unwrap();
    assert_eq!(hand.acts, ["shutter", "class", "shutter", "settle"]);
    assert!(hand.acts.len() <= ACTS_MAX);

    phone.kill_and_start();
    let page = phone.show(case);
    assert_eq!(page.provisional_state, CaseState::SelfDone);
    let purposes: Vec<_> = page.photos.iter().map(|photo| photo.purpose).collect();
    assert_eq!(purposes, [PhotoPurpose::Before, PhotoPurpose::After]);
}

#[test]
fn two_photos_of_two_visits_are_none_of_one() {
    let (mut phone, _) = phone();
    let mut hand = Hand::of(&mut phone);
    let draft = hand.shutter(&scene("before", SCENE), &[fix(INSIDE, 5)]);
    hand.class(draft, MANHOLE);
    hand.phone.advance(3 * HOURS);
    hand.shutter_after(draft, &scene("after", OTHER_SCENE));
    let error = hand.settle(draft, INSIDE).unwrap_err();
    assert_eq!(error.code(), "not_one_visit");
    // Nothing is lost: it can be reported.
    hand.save(draft).unwrap();
}

#[test]
fn what_stands_here_and_what_was_used_lately_is_offered_as_a_class() {
    let (mut phone, _) = phone();
    let mut hand = Hand::of(&mut phone);
    let draft = hand.shutter(&scene("one", SCENE), &[fix(INSIDE, 5)]);
    hand.class(draft, CLASS);
    hand.save(draft).unwrap();
    let draft = hand.shutter(&scene("two", OTHER_SCENE), &[fix(INSIDE, 5)]);
    let form = hand.form(draft);
    let offers: Vec<_> = form
        .classes
        .iter()
        .map(|offer| (offer.code.as_str(), offer.why, offer.metres))
        .collect();
    let here = ("10103", ClassReason::ComponentHere, Some(3));
    assert_eq!(offers, [here, ("20401", ClassReason::UsedLately, None)]);
    let names: Vec<_> = form
        .components
        .iter()
        .map(|near| near.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["井盖1"],
        "before a class is chosen the nearest of each"
    );
    hand.class(draft, MANHOLE);
    let form = hand.form(draft);
    let names: Vec<_> = form
        .components
        .iter()
        .map(|near| near.name.as_str())
        .collect();
    assert_eq!(names, ["井盖1", "井盖2"]);
    // Nothing is named by itself where nothing stands near enough.
    let far = hand.shutter(&scene("three", 7), &[fix(east(16.0), 1)]);
    hand.class(far, MANHOLE);
    assert_eq!(phone.app().draft(far).unwrap().content.component, None);
    let other = component(2, INSIDE).code;
    phone.app().pick_component(draft, Some(other)).unwrap();
    let stranger = "4101040103000099".parse().unwrap();
    let unknown = phone.app().pick_component(draft, Some(stranger));
    assert_eq!(unknown.unwrap_err().code(), "not_found");
    let case = phone.app().report(draft).unwrap();
    assert_eq!(phone.show(case).facts.component, Some(other));
}

#[test]
fn a_component_of_another_class_is_not_what_a_report_is_about() {
    let (mut phone, _) = phone();
    let mut hand = Hand::of(&mut phone);
    let draft = hand.shutter(&scene("one", SCENE), &[fix(INSIDE, 5)]);
    hand.class(draft, MANHOLE);
    hand.phone
        .change_draft(draft, |content| content.class = Some(CLASS.into()));
    let case = hand.save(draft).unwrap();
    assert_eq!(phone.show(case).facts.component, None);
}

#[test]
fn a_better_fix_counts_more_than_what_was_said_of_a_poor_one() {
    let (mut phone, _) = phone();
    let mut hand = Hand::of(&mut phone);
    let draft = hand.shutter(&scene("one", SCENE), &[fix(east(44.0), 30)]);
    hand.class(draft, CLASS);
    hand.grid(draft, neighbour());
    let better = fix(east(20.0), 3);
    hand.phone
        .change_draft(draft, |content| content.fixes.push(better.clone()));
    let case = hand.save(draft).unwrap();
    let facts = phone.show(case).facts;
    assert_eq!(facts.unit_grid, Some(GridAnswer::Known(grid().code)));
    assert_eq!(facts.position.expect("a place").point, better.point);
}

#[test]
fn a_grid_that_the_fix_cannot_lie_in_is_refused() {
    let (mut phone, _) = phone();
    let mut hand = Hand::of(&mut phone);
    let draft = hand.shutter(&scene("one", SCENE), &[fix(INSIDE, 5)]);
    let app = hand.phone.app();
    let far = app.pick_grid(draft, Some(neighbour())).unwrap_err();
    assert_eq!(far.code(), "invalid_input");
    assert_eq!(app.draft(draft).unwrap().content.unit_grid, None);
    app.pick_grid(draft, Some(grid().code)).unwrap();
    hand.class(draft, CLASS);
    hand.save(draft).unwrap();
}

#[test]
fn the_same_matter_is_offered_without_signal_and_never_stands_in_the_way() {
    let (mut phone, mut hub) = phone();
    let mut hand = Hand::of(&mut phone);
    let report = |hand: &mut Hand<'_>, name: &str, pattern, metres| {
        let draft = hand.shutter(&scene(name, pattern), &[fix(east(metres), 1)]);
        hand.class(draft, CLASS);
        hand.save(draft).unwrap()
    };
    let same_scene = report(&mut hand, "first", SCENE, 20.0);
    let near = report(&mut hand, "second", OTHER_SCENE, 4.0);
    let far = report(&mut hand, "third", SCENE, 60.0);
    hand.phone.advance(2 * HOURS);

    let draft = hand.shutter(&scene("again", SCENE), &[fix(INSIDE, 1)]);
    hand.class(draft, CLASS);
    let offered = hand.form(draft).duplicates;
    let cases: Vec<_> = offered.iter().map(|offer| offer.case).collect();
    assert_eq!(
        cases,
        [same_scene, near],
        "the same look before the nearer one"
    );
    assert!(!cases.contains(&far));
    let first = &offered[0];
    assert_eq!((first.metres, first.look_bits), (20, Some(0)));
    assert!(
        first.zh.contains("相距 20 米，2 小时前上报，照片相似"),
        "{}",
        first.zh
    );
    assert!(
        first
            .en
            .contains("20 m away, reported 2 h before, photos look alike"),
        "{}",
        first.en
    );
    assert_eq!(offered[1].look_bits, None);
    assert!(first.thumb.is_some());
    // Asked of a place, without a draft and its photo, the nearer one comes first.
    let question = AroundQuestion {
        point: Some(INSIDE),
        accuracy_metres: Some(1),
        class: Some(CLASS.into()),
    };
    let around = hand.phone.app().around(&question).unwrap().duplicates;
    let cases: Vec<_> = around.iter().map(|offer| offer.case).collect();
    assert_eq!(cases, [near, same_scene]);

    // The worker says which it repeats, and reports all the same: two cases, and a hint that travels.
    let acts = hand.acts.len();
    hand.duplicate(draft, same_scene);
    let again = hand.save(draft).unwrap();
    assert_eq!(
        hand.acts.len() - acts + 2,
        ACTS_MAX,
        "with shutter and class"
    );
    assert_eq!(
        phone.show(again).facts.possible_duplicate_of,
        Some(same_scene)
    );
    assert_eq!(phone.app().cases(None, 9).unwrap().len(), 4);
    hub.sync_all(&mut phone);
    let at_hub = hub.case(again);
    assert_eq!(at_hub.facts.possible_duplicate_of, Some(same_scene));
    assert!(at_hub.rulings.is_empty(), "nobody decided anything by it");

    let stranger = DocumentId::from_bytes([1; 16]);
    let draft = phone.app().new_draft().unwrap();
    let unknown = phone.app().pick_possible_duplicate(draft, Some(stranger));
    assert_eq!(unknown.unwrap_err().code(), "not_found");
}

#[test]
fn a_case_that_was_rejected_is_not_offered_and_a_closed_one_for_a_week() {
    let (mut phone, mut hub) = phone();
    let mut hand = Hand::of(&mut phone);
    let draft = hand.shutter(&scene("first", SCENE), &[fix(INSIDE, 1)]);
    hand.class(draft, CLASS);
    let case = hand.save(draft).unwrap();
    hub.sync_all(&mut phone);
    let rule = |hub: &mut Hub, phone: &mut Phone, to| {
        let intent = hub.case(case).actions[0].id;
        let outcome = Outcome::Accepted {
            to,
            case_no: None,
            organisation: None,
            class: None,
        };
        hub.rule(case, intent, outcome);
        hub.sync_all(phone);
    };
    let offered = |phone: &mut Phone| {
        let question = AroundQuestion {
            point: Some(INSIDE),
            accuracy_metres: Some(1),
            class: Some(CLASS.into()),
        };
        phone.app().around(&question).unwrap().duplicates.len()
    };
    assert_eq!(offered(&mut phone), 1);
    rule(&mut hub, &mut phone, CaseState::Closed);
    assert_eq!(offered(&mut phone), 1);
    phone.advance(8 * 24 * HOURS);
    assert_eq!(offered(&mut phone), 0);
}
