//! Picture files, small enough to write by hand.

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker], length.as_slice(), content].concat()
}

/// A whole baseline JPEG of 16 × 16 grey points; the comment makes each another file.
pub(crate) fn jpeg(comment: &str) -> Vec<u8> {
    grey_jpeg(comment, 16, 16)
}

/// The same of any multiple of 16 points an edge.
pub(crate) fn grey_jpeg(comment: &str, width: u16, height: u16) -> Vec<u8> {
    let size = [
        &[8][..],
        &height.to_be_bytes(),
        &width.to_be_bytes(),
        &[1, 1, 0x11, 0],
    ]
    .concat();
    let blocks = usize::from(width / 8) * usize::from(height / 8);
    // A Huffman table of one code of one bit, for the value 0.
    let one_code = [&[1][..], &[0; 15], &[0]].concat();
    [
        vec![0xFF, 0xD8],
        segment(0xFE, comment.as_bytes()),
        segment(0xDB, &[&[0][..], &[1; 64]].concat()),
        segment(0xC0, &size),
        segment(0xC4, &[&[0x00][..], &one_code].concat()),
        segment(0xC4, &[&[0x10][..], &one_code].concat()),
        segment(0xDA, &[1, 1, 0, 0, 0x3F, 0]),
        // Two bits a block: no difference in the mean, nothing but the mean.
        vec![0x00; blocks / 4],
        vec![0xFF, 0xD9],
    ]
    .concat()
}

/// A header that claims 65,500 × 65,500 points: 12 GB once decoded.
pub(crate) fn huge_jpeg() -> Vec<u8> {
    let side = 65_500_u16.to_be_bytes();
    let size = [&[8][..], &side, &side, &[1, 1, 0x11, 0]].concat();
    [
        vec![0xFF, 0xD8],
        segment(0xC0, &size),
        segment(0xDA, &[1, 1, 0, 0, 0x3F, 0]),
        vec![0x00, 0xFF, 0xD9],
    ]
    .concat()
}

/// What an iPhone writes unless told otherwise: nothing here can decode it.
pub(crate) fn heic() -> Vec<u8> {
    let brands = b"heic\0\0\0\0mif1heic";
    let length = u32::try_from(brands.len() + 8).unwrap().to_be_bytes();
    [&length[..], b"ftyp", brands, &[0; 64]].concat()
}

/// A scene of 8 × 8 squares, light where the bit of `pattern` is set. The same scene under another comment is another file
/// that looks the same.
pub(crate) fn scene(comment: &str, pattern: u64) -> Vec<u8> {
    let edge = 64_u16.to_be_bytes();
    let size = [&[8][..], &edge, &edge, &[1, 1, 0x11, 0]].concat();
    // Differences of the mean: 0 is one bit, ±100 of seven bits is announced by two.
    let means = [&[1, 1][..], &[0; 14], &[0, 7]].concat();
    let nothing_else = [&[1][..], &[0; 15], &[0]].concat();
    let mut bits: Vec<u8> = Vec::new();
    let mut light = false;
    for square in 0..64 {
        let now = pattern >> square & 1 == 1;
        let code: &[u8] = match (light, now) {
            (false, true) => &[1, 0, 1, 1, 0, 0, 1, 0, 0],
            (true, false) => &[1, 0, 0, 0, 1, 1, 0, 1, 1],
            _ => &[0],
        };
        bits.extend_from_slice(code);
        bits.push(0);
        light = now;
    }
    let bytes = bits.chunks(8).map(|chunk| {
        let filled = (0..8).map(|place| chunk.get(place).copied().unwrap_or(1));
        filled.fold(0, |byte, bit| byte << 1 | bit)
    });
    let stuffed = bytes.flat_map(|byte| {
        if byte == 0xFF {
            vec![0xFF, 0]
        } else {
            vec![byte]
        }
    });
    [
        vec![0xFF, 0xD8],
        segment(0xFE, comment.as_bytes()),
        segment(0xDB, &[&[0][..], &[8; 64]].concat()),
        segment(0xC0, &size),
        segment(0xC4, &[&[0x00][..], &means].concat()),
        segment(0xC4, &[&[0x10][..], &nothing_else].concat()),
        segment(0xDA, &[1, 1, 0, 0, 0x3F, 0]),
        stuffed.collect(),
        vec![0xFF, 0xD9],
    ]
    .concat()
}
