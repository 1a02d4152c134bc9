//! `phrases` 常用语.

use xunge_domain::tables::{PHRASE_CHARACTERS_MAX, Phrase, PhraseUse};

use super::super::columns::Column;
use super::super::{Cells, Context, problems};
use super::named;

pub(in super::super) const COLUMNS: &[Column] = &[
    Column::needed("code", &["编号"]),
    Column::needed("use", &["用途"]),
    Column::optional("class", &["小类代码", "小类"]),
    Column::needed("text", &["内容", "常用语"]),
];

/// Longest code.
const CODE_CHARACTERS_MAX: usize = 32;

pub(super) fn read(cells: &mut Cells<'_>, context: &Context<'_>) -> Option<Phrase> {
    let code = cells.needed("code", &problems::PHRASE_CODE, |text| {
        (text.chars().count() <= CODE_CHARACTERS_MAX).then(|| text.to_owned())
    });
    let used_for = cells.needed("use", &problems::PHRASE_USE, |text| {
        named(&PhraseUse::ALL, text, |used_for| {
            [used_for.id(), used_for.zh()]
        })
    });
    let class = cells.optional("class", &problems::CLASS_UNKNOWN, |text| {
        let class = context.known.classes.find(text)?;
        Some(class.code.clone())
    });
    let text = cells.words("text", true, PHRASE_CHARACTERS_MAX);
    Some(Phrase {
        code: code?,
        used_for: used_for?,
        class: class?,
        text: text?,
    })
}

pub(super) fn write(row: &Phrase) -> Vec<String> {
    vec![
        row.code.clone(),
        row.used_for.id().into(),
        row.class.clone().unwrap_or_default(),
        row.text.clone(),
    ]
}
