//! 环节时限 where the city has no table of them: a sample, not a city's own.

use serde::{Deserialize, Serialize};

use super::kind::ClockKind;
use crate::working_time::StageLimit;

/// The limit of each stage. The thirty minutes of a verification are the design's; the others are a sample in working
/// minutes of the centre's desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StageLimits {
    /// 受理.
    pub acceptance: StageLimit,
    /// 核实.
    pub verify: StageLimit,
    /// 立案.
    pub filing: StageLimit,
    /// 派遣.
    pub dispatch: StageLimit,
    /// 接收.
    pub claim: StageLimit,
    /// 派核查.
    pub send_check: StageLimit,
    /// 核查.
    pub check: StageLimit,
    /// 结案.
    pub close: StageLimit,
    /// 自处置审核.
    pub review: StageLimit,
}

impl Default for StageLimits {
    fn default() -> Self {
        Self {
            acceptance: StageLimit::working(60),
            verify: StageLimit::any(30),
            filing: StageLimit::working(60),
            dispatch: StageLimit::working(60),
            claim: StageLimit::working(120),
            send_check: StageLimit::working(60),
            check: StageLimit::working(240),
            close: StageLimit::working(60),
            review: StageLimit::working(450),
        }
    }
}

impl StageLimits {
    /// The limit of a stage; none of the disposal, whose limit is the city's table's.
    pub const fn of(&self, kind: ClockKind) -> Option<StageLimit> {
        Some(match kind {
            ClockKind::Disposal => return None,
            ClockKind::Acceptance => self.acceptance,
            ClockKind::Verify => self.verify,
            ClockKind::Filing => self.filing,
            ClockKind::Dispatch => self.dispatch,
            ClockKind::Claim => self.claim,
            ClockKind::SendCheck => self.send_check,
            ClockKind::Check => self.check,
            ClockKind::Close => self.close,
            ClockKind::Review => self.review,
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn a_stage_that_a_file_leaves_out_keeps_its_default() {
        let file = r#"{"verify":{"minutes":45,"working":false}}"#;
        let limits: StageLimits = serde_json::from_str(file).unwrap();
        assert_eq!(limits.of(ClockKind::Verify), Some(StageLimit::any(45)));
        assert_eq!(limits.claim, StageLimits::default().claim);
        assert_eq!(limits.of(ClockKind::Disposal), None);
        assert!(serde_json::from_str::<StageLimits>(r#"{"lunch":{}}"#).is_err());
    }
}
