//! Stored photos as browsers get them.

use xunge_domain::case::PhotoPurpose;
use xunge_domain::ids::Digest;

use crate::hub::Browser;
use crate::town::Town;

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height) * 3)
        .map(|at| (at / 97 % 256) as u8)
        .collect();
    let mut bytes = Vec::new();
    jpeg_encoder::Encoder::new(&mut bytes, 80)
        .encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    bytes
}

struct Got {
    status: u16,
    kind: String,
    cache: String,
    sniff: String,
    bytes: Vec<u8>,
}

fn get(browser: &Browser, path: &str) -> Got {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut request = agent.get(format!("{}{path}", browser.base));
    if let Some(cookie) = &browser.cookie {
        request = request.header("cookie", cookie);
    }
    let mut response = request.call().unwrap();
    let header = |name: &str| {
        let value = response.headers().get(name);
        value.map_or("", |value| value.to_str().unwrap()).to_owned()
    };
    Got {
        status: response.status().as_u16(),
        kind: header("content-type"),
        cache: header("cache-control"),
        sniff: header("x-content-type-options"),
        bytes: response.body_mut().read_to_vec().unwrap(),
    }
}

#[test]
fn an_original_is_given_byte_for_byte_and_smaller_copies_are_made_once() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let (picture, no_picture) = (jpeg(900, 600), b"<script>alert(1)</script>".to_vec());
    let id = worker.report();
    for bytes in [&picture, &no_picture] {
        let photo = worker.photo(bytes, PhotoPurpose::Found, false);
        worker.write(id, vec![photo]);
    }
    worker.sync();
    let clerk = town.browser("clerk");
    let sha256 = Digest::of(&picture);
    let original = get(&clerk, &format!("/api/blobs/{sha256}"));
    assert_eq!(
        (original.status, original.kind.as_str()),
        (200, "image/jpeg")
    );
    assert!(original.bytes == picture);
    assert!(original.cache.contains("immutable") && original.cache.contains("private"));
    assert_eq!(original.sniff, "nosniff");

    let thumb_path = format!("/api/photos/{sha256}/thumb");
    let thumb = get(&clerk, &thumb_path);
    let edges = xunge_photo::probe(&thumb.bytes).unwrap();
    assert_eq!((edges.width, edges.height), (320, 213));
    let working = get(&clerk, &format!("/api/photos/{sha256}/working"));
    assert_eq!(xunge_photo::probe(&working.bytes).unwrap().width, 900);
    // The second time it is read, not made: a mark put into the kept copy is seen.
    let kept = town.hub.state.blobs.path(&sha256).with_extension("thumb");
    std::fs::write(&kept, b"kept").unwrap();
    assert_eq!(get(&clerk, &thumb_path).bytes, b"kept");

    let text = Digest::of(&no_picture);
    let as_it_is = get(&clerk, &format!("/api/blobs/{text}"));
    assert_eq!(
        as_it_is.kind, "application/octet-stream",
        "never drawn or run"
    );
    let drawn = get(&clerk, &format!("/api/photos/{text}/thumb"));
    assert_eq!(drawn.status, 422);

    for path in [
        format!("/api/blobs/{}", Digest::of(b"nowhere")),
        "/api/blobs/x".to_owned(),
        format!("/api/photos/{sha256}/huge"),
    ] {
        assert_eq!(get(&clerk, &path).status, 404, "{path}");
    }
    let stranger = town.hub.browser();
    assert_eq!(get(&stranger, &thumb_path).status, 401);
}
