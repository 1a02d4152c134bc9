//! A bomb costs nothing. Alone in its process, because the peak is the process's.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use xunge_photo::{PhotoError, derive, probe};

/// Far below the 13 GB that the header asks for, far above what a test needs.
const GROWTH_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Most address space this process has reserved so far, where the system tells.
/// (Reserved and not only used: untouched pages of a bomb's buffer count as well.)
fn reserved_bytes_peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmPeak:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024)
}

#[test]
fn a_17_kb_header_that_claims_4290_megapixels_reserves_nothing() {
    // A whole JPEG of 8 × 8 pixels, its frame header rewritten, data behind it.
    let mut bomb = Vec::new();
    jpeg_encoder::Encoder::new(&mut bomb, 90)
        .encode(&[128; 8 * 8 * 3], 8, 8, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    let frame = bomb
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .unwrap();
    bomb[frame + 5..frame + 7].copy_from_slice(&65_500_u16.to_be_bytes());
    bomb[frame + 7..frame + 9].copy_from_slice(&65_500_u16.to_be_bytes());
    bomb.truncate(bomb.len() - 2);
    bomb.resize(17 * 1024, 0x5A);

    let before = reserved_bytes_peak();
    for refused in [probe(&bomb).map(drop), derive(&bomb).map(drop)] {
        assert!(matches!(
            refused,
            Err(PhotoError::TooManyPixels {
                width: 65_500,
                height: 65_500,
                ..
            })
        ));
    }
    match (before, reserved_bytes_peak()) {
        (Some(before), Some(after)) => {
            let growth = after - before;
            assert!(growth <= GROWTH_BYTES_MAX, "reserved {growth} bytes more");
        }
        _ => println!("skipped: this system does not tell the peak of memory"),
    }
}
