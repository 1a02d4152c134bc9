//! Every odd picture we could think of, with what becomes of it in the pipeline.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use jpeg_encoder::{ColorType, SamplingFactor};

use crate::broken_exif;
use crate::pictures::{
    encoded, encoded_as, file, jpeg, orientation_block, png_with_exif, progressive_jpeg, quarters,
    stored, webp_with_exif, with_exif,
};

/// What becomes of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Becomes {
    /// Four quarters, upright, of that size in the working copy.
    Quarters(u32, u32),
    /// A picture of that size.
    Picture(u32, u32),
    /// A picture of that size, said to be incomplete.
    Part(u32, u32),
    /// An error of that code.
    Refused(&'static str),
}

use Becomes::{Part, Picture, Quarters, Refused};

/// Name, bytes, and what becomes of them.
pub(crate) type Odd = (String, Vec<u8>, Becomes);

/// All of them.
pub(crate) fn all() -> Vec<Odd> {
    [
        turned(),
        exif(),
        codings(),
        shapes(),
        damages(),
        other_formats(),
    ]
    .concat()
}

fn turned() -> Vec<Odd> {
    let upright = quarters(640, 480);
    let mut odd = Vec::new();
    for orientation in 1..=8 {
        let stored = stored(&upright, orientation);
        let block = orientation_block(orientation);
        let baseline = with_exif(&jpeg(&stored), &block);
        odd.push((
            format!("orientation {orientation}"),
            baseline,
            Quarters(640, 480),
        ));
        let progressive = with_exif(&progressive_jpeg(&stored), &block);
        odd.push((
            format!("progressive, orientation {orientation}"),
            progressive,
            Quarters(640, 480),
        ));
    }
    let stored = stored(&quarters(400, 300), 6);
    let picture = |format| file(DynamicImage::ImageRgb8(stored.clone()), format);
    let block = orientation_block(6);
    odd.push((
        "png turned".into(),
        png_with_exif(&picture(ImageFormat::Png), &block),
        Quarters(400, 300),
    ));
    odd.push((
        "webp turned".into(),
        webp_with_exif(&picture(ImageFormat::WebP), &block),
        Quarters(400, 300),
    ));
    odd
}

fn exif() -> Vec<Odd> {
    let plain = jpeg(&quarters(640, 480));
    let broken = broken_exif::blocks().into_iter();
    broken
        .map(|(name, block)| {
            let bytes = with_exif(&plain, &block);
            (format!("exif: {name}"), bytes, Quarters(640, 480))
        })
        .collect()
}

fn codings() -> Vec<Odd> {
    let picture = quarters(640, 480);
    let mut odd: Vec<Odd> = Vec::new();
    for (name, sampling) in [
        ("4:4:4", SamplingFactor::F_1_1),
        ("4:2:2", SamplingFactor::F_2_1),
        ("4:4:0", SamplingFactor::F_1_2),
        ("4:2:0", SamplingFactor::F_2_2),
    ] {
        let bytes = encoded(&picture, |encoder| encoder.set_sampling_factor(sampling));
        odd.push((format!("sampling {name}"), bytes, Quarters(640, 480)));
        let restarts = encoded(&picture, |encoder| {
            encoder.set_sampling_factor(sampling);
            encoder.set_restart_interval(7);
        });
        odd.push((format!("restarts, {name}"), restarts, Quarters(640, 480)));
    }
    for factors in [
        [0x41, 0x11, 0x11],
        [0x14, 0x11, 0x11],
        [0x31, 0x11, 0x11],
        [0x22, 0x21, 0x12],
        [0x11, 0x22, 0x11],
    ] {
        let bytes = plain_blocks(&factors, 8, 192, 192);
        odd.push((format!("factors {factors:x?}"), bytes, Picture(192, 192)));
    }
    odd.push((
        "factor 0".into(),
        plain_blocks(&[0x01, 0x11, 0x11], 8, 64, 64),
        Refused("photo_damaged"),
    ));
    odd.push((
        "12 bits".into(),
        plain_blocks(&[0x11], 12, 64, 64),
        Refused("photo_unsupported"),
    ));
    odd.push((
        "two components".into(),
        plain_blocks(&[0x11, 0x11], 8, 64, 64),
        Picture(64, 64),
    ));
    let grey = DynamicImage::ImageRgb8(picture.clone()).into_luma8();
    odd.push((
        "grey".into(),
        encoded_as(&grey, 640, 480, ColorType::Luma),
        Picture(640, 480),
    ));
    let ink: Vec<u8> = picture
        .pixels()
        .flat_map(|pixel| {
            let [red, green, blue] = pixel.0;
            [255 - red, 255 - green, 255 - blue, 0]
        })
        .collect();
    odd.push((
        "cmyk".into(),
        encoded_as(&ink, 640, 480, ColorType::Cmyk),
        Quarters(640, 480),
    ));
    odd.push((
        "ycck".into(),
        encoded_as(&ink, 640, 480, ColorType::CmykAsYcck),
        Quarters(640, 480),
    ));
    for (name, marker, becomes) in [
        ("differential frame", 0xC5, Refused("photo_unsupported")),
        ("arithmetic frame", 0xC9, Refused("photo_unsupported")),
        ("lossless frame", 0xC3, Refused("photo_unsupported")),
        ("extended frame", 0xC1, Quarters(640, 480)),
    ] {
        let mut bytes = jpeg(&picture);
        let frame = place(&bytes, b"\xFF\xC0");
        bytes[frame + 1] = marker;
        odd.push((name.into(), bytes, becomes));
    }
    odd
}

fn shapes() -> Vec<Odd> {
    let sized = |width, height| jpeg(&quarters(width, height));
    let one = |format| file(DynamicImage::new_rgb8(1, 1), format);
    vec![
        ("one pixel".into(), sized(1, 1), Picture(1, 1)),
        (
            "one pixel, png".into(),
            one(ImageFormat::Png),
            Picture(1, 1),
        ),
        (
            "one pixel, webp".into(),
            one(ImageFormat::WebP),
            Picture(1, 1),
        ),
        ("two by three".into(), sized(2, 3), Picture(2, 3)),
        ("very wide".into(), sized(12_000, 8), Picture(2048, 1)),
        ("very high".into(), sized(8, 12_000), Picture(1, 2048)),
        (
            "as wide as can be".into(),
            sized(65_535, 1),
            Picture(2048, 1),
        ),
        ("just over".into(), sized(2049, 1500), Quarters(2048, 1499)),
        ("just under".into(), sized(2047, 1500), Quarters(2047, 1500)),
        ("odd edges".into(), sized(2733, 1867), Quarters(2048, 1399)),
    ]
}

fn damages() -> Vec<Odd> {
    let whole = jpeg(&quarters(640, 480));
    let scan = place(&whole, b"\xFF\xDA");
    let half = scan + (whole.len() - scan) / 2;
    let mut odd: Vec<Odd> = vec![
        ("empty".into(), Vec::new(), Refused("photo_not_a_picture")),
        (
            "a text".into(),
            b"hello".to_vec(),
            Refused("photo_not_a_picture"),
        ),
        (
            "cut in the scan".into(),
            whole[..half].to_vec(),
            Part(640, 480),
        ),
        (
            "cut in the header".into(),
            whole[..scan].to_vec(),
            Refused("photo_truncated"),
        ),
        (
            "without its end".into(),
            whole[..whole.len() - 2].to_vec(),
            Part(640, 480),
        ),
        (
            "a trailer".into(),
            [&whole[..], &[0; 9_999]].concat(),
            Quarters(640, 480),
        ),
        (
            "a film behind it".into(),
            [&whole[..], b"\0\0\0\x18ftypmp42", &whole].concat(),
            Quarters(640, 480),
        ),
        (
            "fill bytes".into(),
            [&whole[..2], &[0xFF; 300], &whole[2..]].concat(),
            Quarters(640, 480),
        ),
        (
            "a long comment".into(),
            [
                &whole[..2],
                b"\xFF\xFE\xFF\xFF",
                &[0xD8; 65_533],
                &whole[2..],
            ]
            .concat(),
            Quarters(640, 480),
        ),
        (
            "two frames".into(),
            with_second_frame(&whole),
            Refused("photo_damaged"),
        ),
    ];
    let mut zeros = whole.clone();
    zeros[half..].fill(0);
    odd.push(("a tail of zeros".into(), zeros, Part(640, 480)));
    for (name, marker) in [("no codes", b"\xFF\xC4"), ("no steps", b"\xFF\xDB")] {
        let mut bytes = whole.clone();
        while let Some(at) = find(&bytes, marker) {
            bytes[at + 1] = 0xFE; // a comment now
        }
        odd.push((name.into(), bytes, Refused("photo_damaged")));
    }
    for (name, edges, becomes) in [
        (
            "a huge claim",
            (65_500, 65_500),
            Refused("photo_too_many_pixels"),
        ),
        ("no height", (640, 0), Refused("photo_damaged")),
        ("more than is there", (640, 4_800), Part(273, 2048)),
    ] {
        odd.push((name.into(), claiming(&whole, edges), becomes));
    }
    odd
}

fn other_formats() -> Vec<Odd> {
    let picture = DynamicImage::ImageRgb8(quarters(400, 300));
    let webp = file(picture.clone(), ImageFormat::WebP);
    let glass = RgbaImage::from_fn(400, 300, |x, _| Rgba([9, 9, 9, (x % 256) as u8]));
    let png = |picture: DynamicImage| file(picture, ImageFormat::Png);
    let mut slow = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut slow, CompressionType::Best, FilterType::Paeth);
    picture.write_with_encoder(encoder).unwrap();
    let foreign = |bytes: &[u8]| bytes.to_vec();
    vec![
        (
            "png of 16 bits".into(),
            png(DynamicImage::ImageRgb16(picture.to_rgb16())),
            Quarters(400, 300),
        ),
        (
            "png of 16 bits, see-through".into(),
            png(DynamicImage::ImageRgba16(picture.to_rgba16())),
            Quarters(400, 300),
        ),
        (
            "png of 16 bits, grey".into(),
            png(DynamicImage::ImageLuma16(picture.to_luma16())),
            Picture(400, 300),
        ),
        (
            "png, grey and see-through".into(),
            png(DynamicImage::ImageLumaA8(picture.to_luma_alpha8())),
            Picture(400, 300),
        ),
        (
            "png, see-through".into(),
            png(DynamicImage::ImageRgba8(glass)),
            Picture(400, 300),
        ),
        ("png, filtered".into(), slow, Quarters(400, 300)),
        ("webp".into(), webp.clone(), Quarters(400, 300)),
        (
            "webp, animated".into(),
            animated(&webp, 400, 300),
            Quarters(400, 300),
        ),
        (
            "webp, cut".into(),
            webp[..webp.len() / 2].to_vec(),
            Refused("photo_truncated"),
        ),
        (
            "heic".into(),
            foreign(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
            Refused("photo_unsupported"),
        ),
        (
            "gif".into(),
            foreign(b"GIF89a\x01\0\x01\0"),
            Refused("photo_unsupported"),
        ),
        (
            "tiff".into(),
            foreign(b"II*\0\x08\0\0\0"),
            Refused("photo_unsupported"),
        ),
        (
            "pdf".into(),
            foreign(b"%PDF-1.7"),
            Refused("photo_unsupported"),
        ),
        (
            "film".into(),
            foreign(b"\0\0\0\x18ftypisom\0\0\0\0"),
            Refused("photo_unsupported"),
        ),
    ]
}

fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes
        .windows(pattern.len())
        .position(|part| part == pattern)
}

fn place(bytes: &[u8], pattern: &[u8]) -> usize {
    find(bytes, pattern).unwrap()
}

fn claiming(jpeg: &[u8], (width, height): (u16, u16)) -> Vec<u8> {
    let mut bytes = jpeg.to_vec();
    let frame = place(&bytes, b"\xFF\xC0");
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

fn with_second_frame(jpeg: &[u8]) -> Vec<u8> {
    let frame = place(jpeg, b"\xFF\xC0");
    let end = frame + 2 + 17;
    [&jpeg[..end], &jpeg[frame..end], &jpeg[end..]].concat()
}

/// A JPEG of grey blocks, two bits each, with a component for each pair of sampling factors.
fn plain_blocks(factors: &[u8], precision: u8, width: u16, height: u16) -> Vec<u8> {
    let segment = |marker: u8, content: &[u8]| {
        let length = (content.len() as u16 + 2).to_be_bytes();
        [&[0xFF, marker], &length[..], content].concat()
    };
    let one_code = [&[1][..], &[0; 15], &[0]].concat();
    let ids = 1..=factors.len() as u8;
    let count = [factors.len() as u8];
    let frame: Vec<u8> = ids
        .clone()
        .zip(factors)
        .flat_map(|(id, factors)| [id, *factors, 0])
        .collect();
    let scan: Vec<u8> = ids.flat_map(|id| [id, 0]).collect();
    let size = [
        &[precision][..],
        &height.to_be_bytes(),
        &width.to_be_bytes(),
        &count,
        &frame,
    ]
    .concat();
    // Enough for any of these factors: what is too much is a trailer.
    let blocks = usize::from(width) * usize::from(height) / 64 * 3 + 64;
    [
        vec![0xFF, 0xD8],
        segment(0xDB, &[&[0][..], &[1; 64]].concat()),
        segment(0xC0, &size),
        segment(0xC4, &[&[0x00][..], &one_code].concat()),
        segment(0xC4, &[&[0x10][..], &one_code].concat()),
        segment(0xDA, &[&count[..], &scan, &[0, 0x3F, 0]].concat()),
        vec![0; blocks],
        vec![0xFF, 0xD9],
    ]
    .concat()
}

/// Two frames that each show the picture.
fn animated(webp: &[u8], width: u32, height: u32) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], payload: &[u8]| {
        let length = u32::try_from(payload.len()).unwrap().to_le_bytes();
        [kind.as_slice(), &length, payload].concat()
    };
    let edges = [
        &(width - 1).to_le_bytes()[..3],
        &(height - 1).to_le_bytes()[..3],
    ]
    .concat();
    let frame = [&[0; 6][..], &edges, &[100, 0, 0, 2], &webp[12..]].concat();
    let body = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &[&[0x02, 0, 0, 0][..], &edges].concat()),
        chunk(b"ANIM", &[0xFF, 0xFF, 0xFF, 0xFF, 0, 0]),
        chunk(b"ANMF", &frame),
        chunk(b"ANMF", &frame),
    ]
    .concat();
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    [b"RIFF", &length[..], &body].concat()
}
