//! `departments` 部门: the tree of organisations.

use xunge_domain::ids::OrganisationId;
use xunge_domain::person::{Organisation, PartyKind, PartyOrganisation};

use super::super::columns::Column;
use super::super::{Cells, problems};
use super::{named, parts};

/// A file must have them all: a column that is missing would take from every department what it says.
pub(in super::super) const COLUMNS: &[Column] = &[
    Column::needed("id", &["编号", "部门编号"]),
    Column::needed("name", &["名称", "部门名称"]),
    Column::needed("parent", &["上级", "上级部门"]),
    Column::needed("party_kind", &["党组织类别"]),
    Column::needed("formed_by", &["组成单位"]),
];

/// Longest name, as the register has it.
const NAME_CHARACTERS_MAX: usize = crate::services::people::NAME_CHARACTERS_MAX;

/// Whether the parent exists is seen at the end of the file: it may stand further down.
pub(super) fn read(cells: &mut Cells<'_>) -> Option<Organisation> {
    let id = cells.needed("id", &problems::DEPARTMENT, |text| text.parse().ok());
    let name = cells.words("name", true, NAME_CHARACTERS_MAX);
    let parent = cells.optional("parent", &problems::DEPARTMENT, |text| text.parse().ok());
    let party = party(cells);
    Some(Organisation {
        id: id?,
        name: name?,
        parent: parent?,
        party: party?,
    })
}

/// What it is in the party. Bodies that form it may stand further down as well.
fn party(cells: &mut Cells<'_>) -> Option<Option<PartyOrganisation>> {
    let kind = cells.optional("party_kind", &problems::PARTY_KIND, |text| {
        named(&PartyKind::ALL, text, |kind| [kind.id(), kind.zh()])
    });
    let formed_by = cells.optional("formed_by", &problems::DEPARTMENT, |text| {
        let bodies = parts(text).map(|part| part.parse().ok());
        bodies.collect::<Option<Vec<OrganisationId>>>()
    });
    match (kind?, formed_by?) {
        (None, Some(_)) => {
            cells.refuse("formed_by", &problems::NO_PARTY);
            None
        }
        (kind, formed_by) => Some(kind.map(|kind| PartyOrganisation {
            kind,
            formed_by: formed_by.unwrap_or_default(),
        })),
    }
}

pub(super) fn write(row: &Organisation) -> Vec<String> {
    let parent = row
        .parent
        .as_ref()
        .map_or_else(String::new, ToString::to_string);
    let (kind, formed_by) = row.party.as_ref().map_or_else(Default::default, |party| {
        let bodies: Vec<&str> = party.formed_by.iter().map(|id| id.as_str()).collect();
        (party.kind.id().to_owned(), bodies.join(";"))
    });
    vec![
        row.id.to_string(),
        row.name.clone(),
        parent,
        kind,
        formed_by,
    ]
}
