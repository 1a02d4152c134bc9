//! Every odd picture through the whole pipeline: upright, watermark drawn, bound to its original, or refused by name. None
//! panics.

use image::RgbImage;
use xunge_photo::{
    Derivative, DerivativeKind, Derivatives, DeriveRequest, ExifPolicy, Facts, PREVIEW_BYTES_MAX,
    PhotoError, Template, Watermark, derive_as, probe, sha256,
};

use crate::odd_pictures::{
    self,
    Becomes::{self, Part, Picture, Quarters, Refused},
};
use crate::pictures::{jpeg, quarters, stored};
use crate::upright::assert_corners;

#[test]
fn every_odd_picture_comes_out_upright_and_marked_or_is_refused_by_name() {
    let template = Template::default();
    let facts = Facts {
        number: "K7QX-2M9D",
        grid: "普田社区第三网格",
        person: "王建国",
        time: "2025-06-30 09:41",
        position: Some((113.786_1, 34.755_2)),
    };
    let request = DeriveRequest {
        watermark: Some(Watermark {
            template: &template,
            facts,
        }),
        exif: ExifPolicy::TimeAndPosition,
    };
    let odd = odd_pictures::all();
    assert!(odd.len() >= 80, "{}", odd.len());
    let mut wrong = Vec::new();
    for (name, bytes, becomes) in &odd {
        let made = derive_as(bytes, &request);
        if let Ok(made) = &made {
            check(made, bytes, name);
        }
        if !is_as_expected(&made, *becomes, name) {
            let found = made.map(|made| (made.working.width, made.working.height, made.complete));
            wrong.push(format!("{name}: {found:?}, not {becomes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn is_as_expected(made: &Result<Derivatives, PhotoError>, becomes: Becomes, name: &str) -> bool {
    match (made, becomes) {
        (Err(error), Refused(code)) => error.code() == code,
        (Ok(made), Quarters(width, height)) => {
            assert_corners(&made.thumb, name);
            (made.working.width, made.working.height, made.complete) == (width, height, true)
        }
        (Ok(made), Picture(width, height)) => {
            (made.working.width, made.working.height, made.complete) == (width, height, true)
        }
        (Ok(made), Part(width, height)) => {
            (made.working.width, made.working.height, made.complete) == (width, height, false)
        }
        _ => false,
    }
}

/// What holds for every picture that has copies.
fn check(made: &Derivatives, original: &[u8], name: &str) {
    let kinds = [
        DerivativeKind::Working,
        DerivativeKind::Thumb,
        DerivativeKind::Preview,
    ];
    let copies: [&Derivative; 3] = [&made.working, &made.thumb, &made.preview];
    for ((copy, kind), edge_max) in copies.into_iter().zip(kinds).zip([2048, 320, 800]) {
        assert_eq!(copy.kind, kind, "{name}");
        assert_eq!(copy.sha256, sha256(&copy.bytes), "{name}");
        assert_eq!(copy.original_sha256, sha256(original), "{name}");
        assert!(copy.width.max(copy.height) <= edge_max, "{name}");
        let said = probe(&copy.bytes).unwrap();
        assert_eq!((said.exif.orientation, said.complete), (1, true), "{name}");
        assert_eq!(
            (said.width, said.height),
            (copy.width, copy.height),
            "{name}"
        );
    }
    assert!(made.preview.bytes.len() <= PREVIEW_BYTES_MAX, "{name}");

    let large = made.working.width >= 300 && made.working.height >= 300;
    let drawn = made.watermark.as_ref();
    assert!(drawn.is_some() || !large, "{name}: no watermark");
    assert!(drawn.is_none_or(|drawn| drawn.missing.is_empty()), "{name}");
    if drawn.is_some() {
        let marked = image::load_from_memory(&made.working.bytes)
            .unwrap()
            .into_rgb8();
        let is_letter = |y: u32, pixel: &[u8; 3]| {
            y > marked.height() * 5 / 6 && pixel.iter().all(|channel| *channel > 225)
        };
        let letters = marked
            .enumerate_pixels()
            .filter(|(_, y, pixel)| is_letter(*y, &pixel.0))
            .count();
        assert!(letters > 150, "{name}: {letters} light pixels at the foot");
    }
}

#[test]
fn a_quarter_of_the_sensor_lies_where_it_should() {
    // The odd pictures above are quarters; this one shows that the check sees a turned one.
    let turned: RgbImage = stored(&quarters(640, 480), 3);
    let made = xunge_photo::derive(&jpeg(&turned)).unwrap();
    let check = std::panic::catch_unwind(|| assert_corners(&made.thumb, "turned"));
    assert!(check.is_err());
}
