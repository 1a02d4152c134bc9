//! The values operations write.

use super::OperationsError;
use crate::change_parts::leb128::Reader;

/// A value, borrowing the bytes of the change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ScalarValue<'a> {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number that cannot be negative.
    Uint(u64),
    /// A number.
    Int(i64),
    /// A floating point number.
    F64(f64),
    /// A text.
    Str(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A number that concurrent increments add up on.
    Counter(i64),
    /// Milliseconds since 1970.
    Timestamp(i64),
    /// A type Automerge keeps without knowing it. We never write one.
    Unknown {
        /// The number of the type, 10 to 15.
        type_code: u8,
        /// The bytes of the value.
        bytes: &'a [u8],
    },
}

/// How many bytes of the value column belong to a value with this metadata.
pub(crate) fn meta_length(meta: u64) -> u64 {
    meta >> 4
}

/// The type in the metadata of a value.
pub(super) fn meta_type(meta: u64) -> u8 {
    meta.to_le_bytes()[0] & 0x0f
}

/// Reads one value; its bytes must fit its type exactly.
pub(super) fn read<'a>(type_code: u8, bytes: &'a [u8]) -> Result<ScalarValue<'a>, OperationsError> {
    let misfit = OperationsError::Value(type_code);
    let mut reader = Reader::new(bytes);
    let value = match type_code {
        0 => ScalarValue::Null,
        1 => ScalarValue::Bool(false),
        2 => ScalarValue::Bool(true),
        3 => ScalarValue::Uint(reader.unsigned().map_err(|_| misfit)?),
        4 => ScalarValue::Int(reader.signed().map_err(|_| misfit)?),
        5 => ScalarValue::F64(f64::from_le_bytes(reader.array().map_err(|_| misfit)?)),
        6 => ScalarValue::Str(std::str::from_utf8(reader.take_rest()).map_err(|_| misfit)?),
        7 => ScalarValue::Bytes(reader.take_rest()),
        8 => ScalarValue::Counter(reader.signed().map_err(|_| misfit)?),
        9 => ScalarValue::Timestamp(reader.signed().map_err(|_| misfit)?),
        _ => ScalarValue::Unknown {
            type_code,
            bytes: reader.take_rest(),
        },
    };
    if reader.is_empty() {
        Ok(value)
    } else {
        Err(misfit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_must_fit_the_type() {
        assert_eq!(read(0, &[]), Ok(ScalarValue::Null));
        assert_eq!(read(4, &[0x7f]), Ok(ScalarValue::Int(-1)));
        assert_eq!(read(6, "格".as_bytes()), Ok(ScalarValue::Str("格")));
        let misfits: [(u8, &[u8]); 9] = [
            (0, &[0]),
            (1, &[0]),
            (2, &[1]),
            (3, &[]),
            (3, &[0x81, 0]),
            (4, &[1, 1]),
            (5, &[0; 7]),
            (5, &[0; 9]),
            (6, &[0xff]),
        ];
        for (type_code, bytes) in misfits {
            assert_eq!(
                read(type_code, bytes),
                Err(OperationsError::Value(type_code)),
                "{type_code} {bytes:?}"
            );
        }
    }
}
