//! From the bytes of a change to its parts.

use super::chunk::open;
use super::leb128::Reader;
use super::{ActorId, ChangeHash, ChangeParts, ChangePartsError, Column, ColumnSpec};

/// Takes one raw change chunk apart.
///
/// Allocates in proportion to the bytes given, never to a count they claim.
/// Does not verify the checksum ([`super::hash`] does) and does not look into
/// the columns ([`crate::guard::inspect`] does).
///
/// # Errors
/// When `raw` is anything but exactly one raw change chunk in the one form
/// [`super::rebuild`] writes.
pub fn split(raw: &[u8]) -> Result<ChangeParts<'_>, ChangePartsError> {
    split_contents(open(raw)?.contents)
}

pub(crate) fn split_contents(contents: &[u8]) -> Result<ChangeParts<'_>, ChangePartsError> {
    let mut reader = Reader::new(contents);
    let dependencies = read_dependencies(&mut reader)?;
    let actor = read_actor(&mut reader)?;
    let sequence = reader.unsigned()?;
    let start_op = reader.unsigned()?;
    if sequence == 0 || start_op == 0 {
        return Err(ChangePartsError::Zero);
    }
    let time = reader.signed()?;
    let message = read_message(&mut reader)?;
    let other_actors = read_other_actors(&mut reader)?;
    let columns = read_columns(&mut reader)?;
    Ok(ChangeParts {
        dependencies,
        actor,
        sequence,
        start_op,
        time,
        message,
        other_actors,
        columns,
        extra: reader.take_rest(),
    })
}

/// A count of things that take at least `bytes_each` bytes, refused before
/// anything is reserved for more than the bytes can hold.
fn read_count(reader: &mut Reader<'_>, bytes_each: usize) -> Result<usize, ChangePartsError> {
    let count = usize::try_from(reader.unsigned()?).map_err(|_| ChangePartsError::Truncated)?;
    if count > reader.remaining() / bytes_each {
        return Err(ChangePartsError::Truncated);
    }
    Ok(count)
}

fn read_dependencies(reader: &mut Reader<'_>) -> Result<Vec<ChangeHash>, ChangePartsError> {
    let count = read_count(reader, ChangeHash::LENGTH)?;
    let mut dependencies = Vec::with_capacity(count);
    for _ in 0..count {
        dependencies.push(ChangeHash(reader.array()?));
    }
    Ok(dependencies)
}

fn read_actor(reader: &mut Reader<'_>) -> Result<ActorId, ChangePartsError> {
    let length = reader.unsigned()?;
    if length != ActorId::LENGTH as u64 {
        return Err(ChangePartsError::ActorLength(length));
    }
    Ok(ActorId(reader.array()?))
}

fn read_message<'a>(reader: &mut Reader<'a>) -> Result<Option<&'a str>, ChangePartsError> {
    let length = reader.unsigned()?;
    let bytes = reader.take(length)?;
    let text = std::str::from_utf8(bytes).map_err(|_| ChangePartsError::Message)?;
    Ok((!text.is_empty()).then_some(text))
}

fn read_other_actors(reader: &mut Reader<'_>) -> Result<Vec<ActorId>, ChangePartsError> {
    let count = read_count(reader, 1 + ActorId::LENGTH)?;
    let mut actors = Vec::with_capacity(count);
    for _ in 0..count {
        actors.push(read_actor(reader)?);
    }
    Ok(actors)
}

fn read_columns<'a>(reader: &mut Reader<'a>) -> Result<Vec<Column<'a>>, ChangePartsError> {
    // A spec, its length and at least one byte of data.
    let count = read_count(reader, 3)?;
    let mut columns: Vec<Column<'a>> = Vec::with_capacity(count.min(ColumnSpec::ALL.len()));
    let mut lengths = [0u64; ColumnSpec::ALL.len()];
    for place in 0..count {
        let raw = reader.unsigned()?;
        let length = reader.unsigned()?;
        let spec = ColumnSpec::from_raw(raw)?;
        if columns.last().is_some_and(|last| last.spec >= spec) {
            return Err(ChangePartsError::ColumnOrder(spec.raw()));
        }
        if length == 0 {
            return Err(ChangePartsError::EmptyColumn(spec.raw()));
        }
        // Ascending known specs are at most as many as there are of them.
        if let Some(slot) = lengths.get_mut(place) {
            *slot = length;
        }
        columns.push(Column { spec, data: &[] });
    }
    for (column, length) in columns.iter_mut().zip(lengths) {
        column.data = reader.take(length)?;
    }
    Ok(columns)
}
