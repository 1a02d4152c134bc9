//! The base map on a phone: asked about when it is another, fetched piece by piece, drawn from when all of it is right.

use xunge_domain::base_map::TilePicture;
use xunge_domain::datum::Datum;
use xunge_domain::geo::Bounds;
use xunge_domain::ids::Digest;
use xunge_field::{BaseMap, HttpAnswer, HttpRequest, LinkProblem};
use xunge_sync::wire::{BASE_MAP_PATH, BASE_MAPS_PATH, BaseMapFrame, BaseMapOffer, TablesFrame};

use crate::hub::Hub;
use crate::phone::{INSIDE, Phone};

/// Tiles of the levels 14 to 16 within a kilometre of where the phones of these tests are.
const SAMPLE: &[u8] = include_bytes!("../../../store/tests/data/sample.mbtiles");
const HOUR: i64 = 60 * 60 * 1_000;

/// What the hub has for the worker's beats.
#[derive(Default)]
pub(crate) struct OfferedMap {
    mark: Option<[u8; 8]>,
    /// What it says the digest is, and the bytes it gives.
    file: Option<(Digest, Vec<u8>)>,
    /// No answer is longer.
    cut: Option<usize>,
    /// Questions and pieces that were asked for.
    pub(crate) asked: Vec<String>,
}

impl OfferedMap {
    pub(crate) fn told(&mut self) -> BaseMapFrame {
        self.asked.push("what".into());
        BaseMapFrame {
            mark: self.mark.map(Into::into),
            offer: self.file.as_ref().map(|(sha256, bytes)| BaseMapOffer {
                sha256: *sha256,
                length: bytes.len() as u64,
                title: "郑州市影像".into(),
                attribution: format!("审图号 {}", bytes.len()),
                zoom_min: 14,
                zoom_max: 16,
                tile_pixels: 256,
                datum: Datum::Wgs84,
            }),
        }
    }

    pub(crate) fn bytes(&mut self, request: &HttpRequest) -> HttpAnswer {
        let range = request.headers.iter().find(|(name, _)| name == "range");
        let range = range.unwrap().1.strip_prefix("bytes=").unwrap();
        self.asked.push(range.to_owned());
        let (from, last) = range.split_once('-').unwrap();
        let (from, last): (usize, usize) = (from.parse().unwrap(), last.parse().unwrap());
        let file = self
            .file
            .as_ref()
            .filter(|(sha256, _)| request.path == format!("{BASE_MAPS_PATH}/{sha256}"));
        let Some((_, bytes)) = file else {
            return HttpAnswer::Answered {
                status: 404,
                body: b"{}".to_vec(),
            };
        };
        let mut body = bytes[from..=last].to_vec();
        body.truncate(self.cut.unwrap_or(body.len()));
        HttpAnswer::Answered { status: 206, body }
    }
}

/// The hub has this file under this mark.
fn offer(hub: &mut Hub, mark: u8, sha256: Digest, bytes: &[u8]) {
    hub.base_map.mark = Some([mark; 8]);
    hub.base_map.file = Some((sha256, bytes.to_vec()));
    hub.on_tables = Some(TablesFrame {
        mark: Some([mark; 8].into()),
        tables: Vec::new(),
        base_map: Some([mark; 8].into()),
    });
}

fn a_city_with_a_map() -> (Phone, Hub) {
    let mut hub = Hub::new();
    offer(&mut hub, 1, Digest::of(SAMPLE), SAMPLE);
    let phone = Phone::enrolled(&mut hub);
    (phone, hub)
}

fn area() -> Bounds {
    Bounds::around(INSIDE, 500)
}

fn shown(phone: &mut Phone) -> BaseMap {
    phone.app().base_map().unwrap().unwrap()
}

/// How many tiles of the area can be drawn, each looked at.
fn drawn(phone: &mut Phone) -> usize {
    let tiles = phone.app().base_map_tiles(area(), 1_080).unwrap();
    let mut drawn = 0;
    for tile in &tiles {
        let picture = phone
            .app()
            .base_map_tile(tile.zoom, tile.column, tile.row)
            .unwrap();
        drawn += usize::from(picture.is_some_and(|bytes| TilePicture::of(&bytes).is_some()));
    }
    drawn
}

/// Goes on until nothing is left or the link broke.
fn sync_over_a_bad_link(phone: &mut Phone, hub: &mut Hub) -> Option<LinkProblem> {
    phone.app().start_sync();
    for _ in 0..100 {
        let request = phone.app().next_request().unwrap()?;
        let answer = hub.answer(&request);
        if let Some((_, problem)) = phone.app().on_answer(answer).unwrap().retry {
            return Some(problem);
        }
    }
    panic!("still not done");
}

#[test]
fn a_city_without_a_map_costs_nothing_and_maps_are_drawn_without() {
    let mut hub = Hub::new();
    hub.on_tables = Some(TablesFrame {
        mark: Some([1; 8].into()),
        ..TablesFrame::default()
    });
    let mut phone = Phone::enrolled(&mut hub);
    hub.sync_all(&mut phone);
    assert_eq!(hub.base_map.asked, Vec::<String>::new());
    assert_eq!(phone.app().base_map().unwrap(), None);
    assert_eq!(drawn(&mut phone), 0);
    assert_eq!(phone.app().base_map_tile(16, 1, 1).unwrap(), None);
    assert!(!phone.folder.path().join("base-map").exists());
}

#[test]
fn a_map_is_asked_about_once_fetched_and_drawn_also_after_a_restart() {
    let (mut phone, mut hub) = a_city_with_a_map();
    assert_eq!(
        phone.app().base_map().unwrap(),
        None,
        "nothing was told yet"
    );
    hub.sync_all(&mut phone);
    let whole = format!("0-{}", SAMPLE.len() - 1);
    assert_eq!(hub.base_map.asked, ["what".to_owned(), whole]);
    let map = shown(&mut phone);
    assert_eq!(
        (map.bytes, map.bytes_here),
        (SAMPLE.len() as u64, SAMPLE.len() as u64)
    );
    assert_eq!(
        (map.title.as_str(), map.zoom_min, map.zoom_max),
        ("郑州市影像", 14, 16)
    );
    let tiles = phone.app().base_map_tiles(area(), 1_080).unwrap();
    assert!(
        tiles.iter().all(|tile| tile.zoom == 16),
        "17 would fit and is not there"
    );
    assert!(tiles.iter().any(|tile| tile.area.holds(INSIDE)));
    let all = drawn(&mut phone);
    assert!(all == tiles.len() && all > 0);
    let far = Bounds::around(
        xunge_domain::geo::Point::from_degrees(10.0, 50.0).unwrap(),
        500,
    );
    assert_eq!(phone.app().base_map_tiles(far, 1_080).unwrap(), []);
    phone.kill_and_start();
    hub.sync_all(&mut phone);
    assert_eq!(
        hub.base_map.asked.len(),
        2,
        "nothing is asked or fetched twice"
    );
    assert_eq!(drawn(&mut phone), all);
}

#[test]
fn a_fetch_that_is_cut_and_killed_goes_on_where_it_was() {
    let (mut phone, mut hub) = a_city_with_a_map();
    hub.base_map.cut = Some(9_000);
    let mut here = 0;
    while here + 9_000 < SAMPLE.len() {
        assert_eq!(
            sync_over_a_bad_link(&mut phone, &mut hub),
            Some(LinkProblem::Cut)
        );
        here += 9_000;
        let map = shown(&mut phone);
        assert_eq!(map.bytes_here, here as u64);
        assert_eq!(drawn(&mut phone), 0, "a part is not drawn");
        phone.kill_and_start();
    }
    assert_eq!(sync_over_a_bad_link(&mut phone, &mut hub), None);
    let begins: Vec<usize> = hub.base_map.asked[1..]
        .iter()
        .map(|range| range.split_once('-').unwrap().0.parse().unwrap())
        .collect();
    let expected: Vec<usize> = (0..begins.len()).map(|piece| piece * 9_000).collect();
    assert_eq!(begins, expected, "no byte was asked for twice");
    assert!(drawn(&mut phone) > 0);
}

#[test]
fn work_goes_before_the_map_and_a_trouble_with_it_keeps_nothing_from_going() {
    let (mut phone, mut hub) = a_city_with_a_map();
    phone.report("路面坑洞");
    phone.app().start_sync();
    let mut paths = Vec::new();
    while let Some(request) = phone.app().next_request().unwrap() {
        paths.push(request.path.clone());
        let answer = hub.answer(&request);
        phone.app().on_answer(answer).unwrap();
    }
    let of_map = |path: &&String| path.starts_with(BASE_MAPS_PATH);
    assert!(
        paths
            .last()
            .is_some_and(|path| path.starts_with(BASE_MAPS_PATH))
    );
    assert_eq!(paths.iter().filter(of_map).count(), 1);
    let status = phone.app().sync_status().unwrap();
    assert_eq!((status.texts_unsent, status.photo_files_unsent), (0, 0));
}

#[test]
fn other_bytes_than_the_hub_signed_for_are_thrown_away_said_and_tried_again_hours_later() {
    let (mut phone, mut hub) = a_city_with_a_map();
    let mut forged = SAMPLE.to_vec();
    forged[5_000] ^= 1;
    offer(&mut hub, 1, Digest::of(SAMPLE), &forged);
    hub.sync_all(&mut phone);
    let problem = |phone: &mut Phone| {
        let status = phone.app().sync_status().unwrap();
        status.base_map_problem.map(|problem| problem.code)
    };
    assert_eq!(
        problem(&mut phone).as_deref(),
        Some("base_map_wrong_digest")
    );
    assert_eq!(shown(&mut phone).bytes_here, 0);
    let asked = hub.base_map.asked.len();
    hub.sync_all(&mut phone);
    phone.kill_and_start();
    hub.sync_all(&mut phone);
    assert_eq!(hub.base_map.asked.len(), asked, "not at once again");
    offer(&mut hub, 1, Digest::of(SAMPLE), SAMPLE);
    phone.advance(7 * HOUR);
    hub.sync_all(&mut phone);
    assert_eq!(problem(&mut phone), None);
    assert!(drawn(&mut phone) > 0);
}

#[test]
fn bytes_that_are_no_map_are_said_and_go() {
    let (mut phone, mut hub) = a_city_with_a_map();
    offer(&mut hub, 1, Digest::of(b"no map"), b"no map");
    hub.sync_all(&mut phone);
    let status = phone.app().sync_status().unwrap();
    let problem = status.base_map_problem.unwrap();
    assert_eq!(problem.code, "base_map_not_drawable");
    assert!(!problem.zh.is_empty() && !problem.en.is_empty());
    assert_eq!(drawn(&mut phone), 0);
}

#[test]
fn the_map_before_is_drawn_until_the_next_is_whole() {
    let (mut phone, mut hub) = a_city_with_a_map();
    hub.sync_all(&mut phone);
    let before = drawn(&mut phone);
    // Another file of the same tiles: SQLite passes over what lies behind its pages.
    let longer = [SAMPLE, &[0; 4_096]].concat();
    offer(&mut hub, 2, Digest::of(&longer), &longer);
    hub.base_map.cut = Some(9_000);
    assert_eq!(
        sync_over_a_bad_link(&mut phone, &mut hub),
        Some(LinkProblem::Cut)
    );
    let map = shown(&mut phone);
    assert_eq!((map.bytes, map.bytes_here), (longer.len() as u64, 9_000));
    let old = format!("审图号 {}", SAMPLE.len());
    assert_eq!(map.attribution, old, "of what is drawn");
    assert_eq!(drawn(&mut phone), before);
    phone.kill_and_start();
    assert_eq!(drawn(&mut phone), before);
    hub.base_map.cut = None;
    hub.sync_all(&mut phone);
    let map = shown(&mut phone);
    assert_eq!(map.bytes, map.bytes_here);
    assert_eq!(map.attribution, format!("审图号 {}", longer.len()));
    assert_eq!(drawn(&mut phone), before);
    let files = std::fs::read_dir(phone.folder.path().join("base-map")).unwrap();
    assert_eq!(files.count(), 1, "the one before is gone");
}

#[test]
fn a_map_that_is_replaced_in_the_middle_of_a_fetch_is_asked_about_and_begun_anew() {
    let (mut phone, mut hub) = a_city_with_a_map();
    hub.base_map.cut = Some(9_000);
    assert_eq!(
        sync_over_a_bad_link(&mut phone, &mut hub),
        Some(LinkProblem::Cut)
    );
    let longer = [SAMPLE, &[0; 4_096]].concat();
    // The tables say nothing of it yet: the file alone is gone.
    hub.base_map.mark = Some([2; 8]);
    hub.base_map.file = Some((Digest::of(&longer), longer.clone()));
    hub.base_map.cut = None;
    hub.base_map.asked.clear();
    hub.sync_all(&mut phone);
    let asked = ["9000-", "what", "0-"];
    let found = hub.base_map.asked.iter().zip(asked);
    assert!(
        found.clone().all(|(found, asked)| found.starts_with(asked)),
        "{:?}",
        hub.base_map.asked
    );
    assert_eq!(shown(&mut phone).bytes_here, longer.len() as u64);
    assert!(drawn(&mut phone) > 0);
}

#[test]
fn a_map_that_the_city_took_back_is_drawn_no_more() {
    let (mut phone, mut hub) = a_city_with_a_map();
    hub.sync_all(&mut phone);
    assert!(drawn(&mut phone) > 0);
    hub.on_tables = Some(TablesFrame {
        mark: Some([3; 8].into()),
        ..TablesFrame::default()
    });
    hub.sync_all(&mut phone);
    assert_eq!(phone.app().base_map().unwrap(), None);
    assert_eq!(drawn(&mut phone), 0);
    let files = std::fs::read_dir(phone.folder.path().join("base-map")).unwrap();
    assert_eq!(files.count(), 0);
    // A map that shows nothing of the beats is none as well.
    offer(&mut hub, 4, Digest::of(SAMPLE), SAMPLE);
    hub.base_map.file = None;
    hub.sync_all(&mut phone);
    assert_eq!(phone.app().base_map().unwrap(), None);
    let asked = hub.base_map.asked.len();
    hub.sync_all(&mut phone);
    assert_eq!(hub.base_map.asked.len(), asked);
}

#[test]
fn a_map_that_is_damaged_on_the_phone_is_let_go_of_and_fetched_again() {
    let (mut phone, mut hub) = a_city_with_a_map();
    hub.sync_all(&mut phone);
    let name = format!("base-map/{}.mbtiles", Digest::of(SAMPLE));
    let path = phone.folder.path().join(name);
    for spoilt in [
        SAMPLE[..SAMPLE.len() / 2].to_vec(),
        vec![0xee; SAMPLE.len()],
    ] {
        phone.switch_off();
        std::fs::write(&path, spoilt).unwrap();
        phone.kill_and_start();
        assert_eq!(drawn(&mut phone), 0, "the app opens, and draws without");
        hub.sync_all(&mut phone);
        assert!(drawn(&mut phone) > 0);
    }
    // Cut short while nobody looked: noticed before the next round.
    std::fs::write(&path, b"").unwrap();
    phone.kill_and_start();
    hub.sync_all(&mut phone);
    hub.sync_all(&mut phone);
    assert!(drawn(&mut phone) > 0);
}

#[test]
fn on_a_metered_link_the_map_is_known_and_waits() {
    let (mut phone, mut hub) = a_city_with_a_map();
    phone.app().set_metered(true);
    hub.sync_all(&mut phone);
    assert_eq!(hub.base_map.asked, ["what"]);
    let map = shown(&mut phone);
    assert_eq!((map.bytes, map.bytes_here), (SAMPLE.len() as u64, 0));
    phone.app().set_metered(false);
    hub.sync_all(&mut phone);
    assert_eq!(shown(&mut phone).bytes_here, SAMPLE.len() as u64);
}

#[test]
fn a_wiped_phone_has_no_map() {
    let (mut phone, mut hub) = a_city_with_a_map();
    hub.sync_all(&mut phone);
    phone.app().wipe().unwrap();
    assert_eq!(phone.app().base_map().unwrap(), None);
    assert!(!phone.folder.path().join("base-map").exists());
}

#[test]
fn the_question_is_a_signed_errand() {
    let (mut phone, mut hub) = a_city_with_a_map();
    phone.app().start_sync();
    let mut seen = None;
    while let Some(request) = phone.app().next_request().unwrap() {
        if request.path == BASE_MAP_PATH {
            seen = Some(request.clone());
        }
        let answer = hub.answer(&request);
        phone.app().on_answer(answer).unwrap();
    }
    let names: Vec<String> = seen
        .unwrap()
        .headers
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    for name in ["signature", "content-digest", "xunge-session"] {
        assert!(names.iter().any(|found| found == name), "{name}");
    }
}
