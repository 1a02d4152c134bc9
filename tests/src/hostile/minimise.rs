//! A finding made small enough to read.

use super::change::resealed;
use super::target::Target;

/// Inputs tried for one finding.
const TRIES_MAX: usize = 4_000;

/// The smallest input found for which `still` holds. For the guard the checksum is mended after every cut.
pub(super) fn minimise(target: Target, bytes: &[u8], still: &dyn Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut best = bytes.to_vec();
    let mut tries = 0;
    let mut block = best.len() / 2;
    while block > 0 && tries < TRIES_MAX {
        let mut at = 0;
        while at < best.len() && tries < TRIES_MAX {
            let end = (at + block).min(best.len());
            let cut = [&best[..at], &best[end..]].concat();
            let mended = (target == Target::Guard).then(|| resealed(&cut));
            let smaller = [Some(cut), mended]
                .into_iter()
                .flatten()
                .find(|smaller| smaller.len() < best.len() && still(smaller));
            tries += 1;
            match smaller {
                Some(smaller) => best = smaller,
                None => at = end,
            }
        }
        block /= 2;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{Target, minimise};

    #[test]
    fn what_does_not_matter_is_cut_away() {
        let bytes: Vec<u8> = (0..=255).collect();
        let still = |bytes: &[u8]| bytes.contains(&200) && bytes.contains(&3);
        assert_eq!(minimise(Target::Entries, &bytes, &still), [3, 200]);
    }
}
