//! A link that is paid for by the byte: texts and previews go, originals wait, and the app says how many.

use crate::hub::Hub;
use crate::phone::Phone;

#[test]
fn on_a_metered_link_texts_and_previews_go_and_originals_wait() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    let held_back = |phone: &mut Phone| {
        let status = phone.app().sync_status().unwrap();
        (status.photo_files_unsent, status.photo_files_held_back)
    };
    let (all, none) = held_back(&mut phone);
    assert!(all >= 2, "an original and its preview");
    assert_eq!(none, 0, "nothing is held back on any other link");
    phone.app().set_metered(true);
    hub.sync_all(&mut phone);
    let status = phone.app().sync_status().unwrap();
    assert_eq!(status.texts_unsent, 0);
    assert_eq!(hub.blobs.len(), 1, "the preview alone");
    assert_eq!(held_back(&mut phone), (1, 1));
    assert_ne!(phone.show(case).delivery.zh(), "已送达");
    // Still so in the next round, and after a restart until the app says what the link is.
    hub.sync_all(&mut phone);
    assert_eq!(hub.blobs.len(), 1);
    phone.app().set_metered(false);
    assert_eq!(held_back(&mut phone), (1, 0));
    hub.sync_all(&mut phone);
    assert_eq!(held_back(&mut phone), (0, 0));
    assert_eq!(hub.blobs.len(), 2);
    assert_eq!(phone.show(case).delivery.zh(), "已送达");
    phone.app().set_metered(true);
    phone.kill_and_start();
    phone.report("路灯不亮");
    hub.sync_all(&mut phone);
    assert_eq!(
        held_back(&mut phone),
        (0, 0),
        "a start knows nothing of the link"
    );
}
