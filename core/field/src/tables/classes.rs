//! Classes: what a report can be about, to pick from.

use serde::Serialize;
use xunge_domain::class::MinorClass;

use crate::app::FieldApp;
use crate::error::FieldError;

/// A minor class as a form offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassView {
    /// Its code.
    pub code: String,
    /// Chinese name of its major class.
    pub major_zh: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Whether a grid worker may settle it on the spot 自行处置.
    pub self_handled: bool,
}

impl From<&MinorClass> for ClassView {
    fn from(class: &MinorClass) -> Self {
        Self {
            code: class.code.clone(),
            major_zh: class.major_zh.clone(),
            zh: class.zh.clone(),
            en: class.en.clone(),
            self_handled: class.self_handled.unwrap_or_default(),
        }
    }
}

impl FieldApp {
    /// Every minor class of the city's table, in its order. From memory.
    ///
    /// # Errors
    /// Not enrolled.
    pub fn classes(&self) -> Result<Vec<ClassView>, FieldError> {
        let table = &self.identity()?.tables.classes;
        Ok(table.classes.iter().map(ClassView::from).collect())
    }
}
