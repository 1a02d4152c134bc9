//! A phone whose database is damaged goes on with what can be read.

use std::fs;

use xunge_field::FieldApp;

use crate::hub::Hub;
use crate::phone::Phone;

const PAGE: usize = 4096;

#[test]
fn the_unsent_report_of_a_damaged_phone_is_sent_after_all() {
    let mut hub = Hub::new();
    // Not encrypted, so that the test can tell one page from another.
    let mut phone = Phone::with(None).enrol(&mut hub);
    let case = phone.report("路面坑洞");
    let tables = phone.app().classes().unwrap();
    phone.app().suspend().unwrap();
    phone.switch_off();
    let database = phone.folder.path().join("xunge.db");
    let whole = fs::read(&database).unwrap();
    // A page that nothing but a search reads: of the index of texts.
    let broken = |page: usize| {
        let mut bytes = whole.clone();
        bytes[page * PAGE..(page + 1) * PAGE].fill(0xa5);
        fs::write(&database, &bytes).unwrap();
        let app = phone.open().ok()?;
        let whole = app.cases(None, 9).is_ok() && app.show(case).is_ok() && app.me().is_some();
        let damaged = app.search("坑洞", None, 9).err()?.code() == "store_damaged";
        (whole && damaged).then_some(bytes)
    };
    let bytes = (1..whole.len() / PAGE)
        .find_map(broken)
        .expect("the index lies somewhere");
    // Opening may have folded an empty log in.
    fs::write(&database, &bytes).unwrap();
    let salvaged = FieldApp::salvage(phone.folder.path(), &phone.ports()).unwrap();
    assert_eq!(
        salvaged.incomplete,
        [] as [&str; 0],
        "an index is made of what is there"
    );
    assert!(
        salvaged.unsent > 0 && salvaged.zh.contains("没有丢失"),
        "{salvaged:?}"
    );
    let kept = fs::read(format!("{}/xunge.db", salvaged.kept_in)).unwrap();
    assert!(kept == bytes && kept != whole, "kept as it was found");

    phone.kill_and_start();
    assert_eq!(phone.app().classes().unwrap(), tables);
    assert_eq!(phone.app().search("坑洞", None, 9).unwrap()[0].id, case);
    hub.sync_all(&mut phone);
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 0);
    assert_eq!(hub.case(case).facts.title, "路面坑洞");
}
