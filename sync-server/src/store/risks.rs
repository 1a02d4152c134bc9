//! Risks that were found and what people said to them. Both are only ever added to, and each is named by its line of the log.

use xunge_domain::ids::{DocumentId, PersonId};
use xunge_domain::time::Timestamp;
use xunge_evidence::risk::{Finding, PieceId};

use super::StoreError;

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskRow {
    /// The line of the audit log that says so: its name.
    pub line: u64,
    /// On what.
    pub piece: PieceId,
    /// On whom: who may answer.
    pub person: PersonId,
    /// The hub's clock.
    pub found_at: Timestamp,
    /// What is odd.
    pub finding: Finding,
}

/// What a person says to a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskAnswerRow {
    /// The line of the audit log that says that there is an answer.
    pub line: u64,
    /// To which mark.
    pub risk: u64,
    /// The hub's clock.
    pub at: Timestamp,
    /// In the person's own words.
    pub text: String,
}

/// Looking risks up.
pub trait ReadRisks {
    /// A mark by its line.
    ///
    /// # Errors
    /// The database's trouble.
    fn risk(&self, line: u64) -> Result<Option<RiskRow>, StoreError>;

    /// The marks in a case, oldest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn risks(&self, document: &DocumentId) -> Result<Vec<RiskRow>, StoreError>;

    /// The marks on a person that are older than `before`, newest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn risks_of_person(
        &self,
        person: &PersonId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<RiskRow>, StoreError>;

    /// What was said to a mark, oldest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn risk_answers(&self, risk: u64) -> Result<Vec<RiskAnswerRow>, StoreError>;

    /// All marks after a line, oldest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn risks_after(&self, line: u64, limit: usize) -> Result<Vec<RiskRow>, StoreError>;
}

/// Adding risks.
pub trait WriteRisks {
    /// Adds a mark. One of its kind on that piece is refused as a conflict.
    ///
    /// # Errors
    /// There is one, or the database's trouble.
    fn add_risk(&mut self, row: &RiskRow) -> Result<(), StoreError>;

    /// Adds what the person says.
    ///
    /// # Errors
    /// The database's trouble.
    fn add_risk_answer(&mut self, row: &RiskAnswerRow) -> Result<(), StoreError>;
}
