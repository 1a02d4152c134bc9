//! LEB128 numbers in their one shortest form, and a reader that never panics.
//!
//! Automerge's columns decoder takes overlong numbers; we do not: two spellings
//! of one change are two hashes, and Automerge only ever writes the shortest,
//! so an overlong one would not survive a save and load of the document.

/// Why a read failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadError {
    /// Fewer bytes than needed.
    Ended,
    /// A number too large for 64 bits or not in its shortest form.
    Number,
}

/// A cursor over bytes that are not trusted.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// At the start of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether everything is read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// How many bytes are left.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// All bytes that are left.
    pub fn take_rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }

    /// One byte.
    ///
    /// # Errors
    /// When nothing is left.
    #[inline]
    pub fn byte(&mut self) -> Result<u8, ReadError> {
        let (first, rest) = self.rest.split_first().ok_or(ReadError::Ended)?;
        self.rest = rest;
        Ok(*first)
    }

    /// As many bytes as a number in the bytes claims.
    ///
    /// # Errors
    /// When fewer are left.
    #[inline]
    pub fn take(&mut self, length: u64) -> Result<&'a [u8], ReadError> {
        let length = usize::try_from(length).map_err(|_| ReadError::Ended)?;
        let (head, rest) = self.rest.split_at_checked(length).ok_or(ReadError::Ended)?;
        self.rest = rest;
        Ok(head)
    }

    /// A fixed number of bytes.
    ///
    /// # Errors
    /// When fewer are left.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], ReadError> {
        let (head, rest) = self.rest.split_first_chunk().ok_or(ReadError::Ended)?;
        self.rest = rest;
        Ok(*head)
    }

    /// An unsigned number.
    ///
    /// # Errors
    /// When it is cut, over 64 bits, or not in its shortest form.
    #[inline]
    pub fn unsigned(&mut self) -> Result<u64, ReadError> {
        let mut value = 0u64;
        let mut shift = 0u32;
        loop {
            let byte = self.byte()?;
            // The tenth byte holds the one bit that is left of 64.
            if shift == 63 && byte > 1 {
                return Err(ReadError::Number);
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                if byte == 0 && shift > 0 {
                    return Err(ReadError::Number);
                }
                return Ok(value);
            }
            shift += 7;
        }
    }

    /// A signed number.
    ///
    /// # Errors
    /// When it is cut, over 64 bits, or not in its shortest form.
    #[inline]
    pub fn signed(&mut self) -> Result<i64, ReadError> {
        let mut value = 0i64;
        let mut shift = 0u32;
        let mut previous = 0u8;
        loop {
            let byte = self.byte()?;
            // The tenth byte holds nothing but the sign.
            if shift == 63 && byte != 0 && byte != 0x7f {
                return Err(ReadError::Number);
            }
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let sign_repeated =
                    (byte == 0 && previous & 0x40 == 0) || (byte == 0x7f && previous & 0x40 != 0);
                if shift > 0 && sign_repeated {
                    return Err(ReadError::Number);
                }
                if shift < 57 && byte & 0x40 != 0 {
                    value |= -1i64 << (shift + 7);
                }
                return Ok(value);
            }
            previous = byte;
            shift += 7;
        }
    }
}

/// Appends an unsigned number.
pub fn write_unsigned(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let byte = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        if value == 0 {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

/// Appends a signed number.
pub fn write_signed(out: &mut Vec<u8>, mut value: i64) {
    loop {
        let byte = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        let sign_fits = (value == 0 && byte & 0x40 == 0) || (value == -1 && byte & 0x40 != 0);
        if sign_fits {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

/// How many bytes `write_unsigned` writes.
#[must_use]
pub fn unsigned_length(value: u64) -> usize {
    let bits = 64 - (value | 1).leading_zeros();
    bits.div_ceil(7) as usize
}

/// How many bytes `write_signed` writes.
#[must_use]
pub fn signed_length(value: i64) -> usize {
    let magnitude = if value < 0 { !value } else { value };
    let bits = 65 - magnitude.leading_zeros();
    bits.div_ceil(7) as usize
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unsigned(bytes: &[u8]) -> Result<u64, ReadError> {
        Reader::new(bytes).unsigned()
    }

    fn signed(bytes: &[u8]) -> Result<i64, ReadError> {
        Reader::new(bytes).signed()
    }

    #[test]
    fn extremes() {
        let mut highest = [0xff; 10];
        highest[9] = 1;
        assert_eq!(unsigned(&highest), Ok(u64::MAX));
        highest[9] = 2;
        assert_eq!(unsigned(&highest), Err(ReadError::Number));
        highest[9] = 0x81;
        assert_eq!(unsigned(&highest), Err(ReadError::Number));
        highest[9] = 0;
        assert_eq!(signed(&highest), Ok(i64::MAX));
        let mut lowest = [0x80; 10];
        lowest[9] = 0x7f;
        assert_eq!(signed(&lowest), Ok(i64::MIN));
        lowest[9] = 0x7e;
        assert_eq!(signed(&lowest), Err(ReadError::Number));
    }

    #[test]
    fn overlong_is_refused() {
        assert_eq!(unsigned(&[0x81, 0x00]), Err(ReadError::Number));
        assert_eq!(signed(&[0xbf, 0x00]), Err(ReadError::Number));
        assert_eq!(signed(&[0x81, 0xff, 0x7f]), Err(ReadError::Number));
        assert_eq!(signed(&[0xff, 0x7f]), Err(ReadError::Number));
        assert_eq!(signed(&[0xff, 0x00]), Ok(127));
        assert_eq!(unsigned(&[0xff]), Err(ReadError::Ended));
    }

    proptest! {
        #[test]
        fn unsigned_round_trip(value in any::<u64>(), cut in 0u32..64) {
            let value = value >> cut;
            let mut out = Vec::new();
            write_unsigned(&mut out, value);
            prop_assert_eq!(out.len(), unsigned_length(value));
            prop_assert_eq!(unsigned(&out).unwrap(), value);
        }

        #[test]
        fn signed_round_trip(value in any::<i64>(), cut in 0u32..64) {
            let value = value >> cut;
            let mut out = Vec::new();
            write_signed(&mut out, value);
            prop_assert_eq!(out.len(), signed_length(value));
            prop_assert_eq!(signed(&out).unwrap(), value);
        }

        #[test]
        fn what_is_read_is_written_alike(bytes in proptest::collection::vec(any::<u8>(), 0..12)) {
            let mut reader = Reader::new(&bytes);
            if let Ok(value) = reader.signed() {
                let mut out = Vec::new();
                write_signed(&mut out, value);
                prop_assert_eq!(&out, &bytes[..bytes.len() - reader.remaining()]);
            }
            let mut reader = Reader::new(&bytes);
            if let Ok(value) = reader.unsigned() {
                let mut out = Vec::new();
                write_unsigned(&mut out, value);
                prop_assert_eq!(&out, &bytes[..bytes.len() - reader.remaining()]);
            }
        }
    }
}
