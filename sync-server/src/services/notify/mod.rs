//! Telling people that tasks wait and that limits run out: by a group robot of 企业微信 and by SMS. What leaves the hub is how many
//! and nothing of any case: no title, no address, no number, no name. Each channel keeps to its provider's rate, across restarts.

mod config;
mod escalations;
mod gateway;
mod pace;
mod queue;
mod sms;
mod wecom;

pub use config::{NotifyConfig, NotifyConfigError};
pub use escalations::announce_escalations;
pub use pace::{RateLimit, next_turn};
pub use queue::send_due;

pub(super) use queue::announce;

/// A way to somebody's phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// A group robot of 企业微信.
    Wecom,
    /// SMS through a gateway.
    Sms,
}

impl Channel {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Wecom, Self::Sms];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Wecom => "wecom",
            Self::Sms => "sms",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.id() == id)
    }
}

/// How many tasks wait for somebody, and how many limits that they should know of run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// To verify.
    pub verify: usize,
    /// To check.
    pub check: usize,
    /// Limits of which 80 % are used.
    pub due_soon: usize,
    /// Limits that have run out.
    pub due: usize,
    /// Limits of which twice as much is used.
    pub twice_over: usize,
}

impl Waiting {
    /// All that is ever said.
    pub fn words(self) -> String {
        let kinds = [
            (self.verify, "个新的核实任务"),
            (self.check, "个新的核查任务"),
            (self.due_soon, "项时限即将到期"),
            (self.due, "项时限已到期"),
            (self.twice_over, "项时限严重超时"),
        ];
        let parts: Vec<String> = kinds
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        format!("你有 {}，请在应用中查看", parts.join("、"))
    }

    /// Whether nothing waits.
    pub const fn is_nothing(self) -> bool {
        self.verify + self.check + self.due_soon + self.due + self.twice_over == 0
    }
}

/// Why a notice did not get through.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotifyError {
    /// The provider wants fewer of them.
    #[error("the provider asks for fewer messages")]
    TooMany,
    /// The provider does not take it, and never will: its address, key or recipient is wrong.
    #[error("the provider refuses: {0}")]
    Refused(String),
    /// It was not reached, or has trouble of its own.
    #[error("the provider was not reached: {0}")]
    Unreached(String),
}

/// The port behind which a provider stands.
pub trait Notifier: Send + Sync {
    /// Which channel it is.
    fn channel(&self) -> Channel;

    /// How often it may be used in all.
    fn limits(&self) -> &[RateLimit];

    /// How often it may be used for one person.
    fn limits_per_person(&self) -> &[RateLimit];

    /// Whether it knows a way to somebody.
    fn reaches(&self, person: &str) -> bool;

    /// Tells somebody. Waits for the provider's answer, some seconds at most.
    ///
    /// # Errors
    /// It did not get through.
    fn send(&self, person: &str, words: &str) -> Result<(), NotifyError>;
}

/// The channels of a hub; none where nobody set any up.
pub type Notifiers = Vec<Box<dyn Notifier>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_how_many_wait() {
        let words = |verify, check| {
            Waiting {
                verify,
                check,
                ..Waiting::default()
            }
            .words()
        };
        assert_eq!(words(1, 0), "你有 1 个新的核实任务，请在应用中查看");
        assert_eq!(
            words(2, 3),
            "你有 2 个新的核实任务、3 个新的核查任务，请在应用中查看"
        );
        let limits = Waiting {
            check: 1,
            due_soon: 2,
            due: 3,
            twice_over: 4,
            ..Waiting::default()
        };
        assert_eq!(
            limits.words(),
            "你有 1 个新的核查任务、2 项时限即将到期、3 项时限已到期、4 项时限严重超时，请在应用中查看"
        );
        assert!(Waiting::default().is_nothing() && !limits.is_nothing());
    }
}
