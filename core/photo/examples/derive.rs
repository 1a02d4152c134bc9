//! Makes the copies of one photo, with a sample watermark: `derive IN OUT_FOLDER`.
//!
//! For looking at results and for measuring from outside (`time -v`); the crate
//! itself has no clock.

#![expect(clippy::print_stdout, reason = "a command-line example")]

use std::error::Error;
use std::path::PathBuf;

use xunge_photo::{DeriveRequest, ExifPolicy, Facts, Template, Watermark};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(input), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: derive IN OUT_FOLDER".into());
    };
    let original = std::fs::read(input)?;
    let probe = xunge_photo::probe(&original)?;
    println!("{probe:?}");
    let template = Template::default();
    let request = DeriveRequest {
        watermark: Some(Watermark {
            template: &template,
            facts: Facts {
                number: "K7QX-2M9D",
                grid: "普田社区第三网格",
                person: "王建国",
                time: "2025-06-30 09:41:07",
                position: Some((113.786_1, 34.755_2)),
            },
        }),
        exif: ExifPolicy::Time,
    };
    let made = xunge_photo::derive_as(&original, &request)?;
    println!("{:?} {:?}", made.watermark, made.perceptual);
    std::fs::create_dir_all(&folder)?;
    for (name, copy) in [
        ("working", &made.working),
        ("thumb", &made.thumb),
        ("preview", &made.preview),
    ] {
        let digest: String = copy.sha256.iter().map(|b| format!("{b:02x}")).collect();
        println!(
            "{name} {}×{} {} bytes sha256 {digest}",
            copy.width,
            copy.height,
            copy.bytes.len()
        );
        std::fs::write(folder.join(format!("{name}.jpg")), &copy.bytes)?;
    }
    Ok(())
}
