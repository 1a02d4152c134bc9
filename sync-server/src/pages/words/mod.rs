//! Every word a person reads on a page, in one typed file: Chinese first, English second. No page holds a string of
//! its own, so a missing translation is a compile error.

mod fixed;

pub use fixed::Word;
pub(in crate::pages) use fixed::words;

use xunge_domain::case::{
    ActionName, CaseState, CloseOutcome, Decline, ExtensionAsked, Level, PhotoPurpose, Severity,
};
use xunge_domain::class::LimitUnit;
use xunge_domain::ids::{OrganisationId, PersonId};
use xunge_domain::person::Role;
use xunge_domain::time::Timestamp;

/// A page's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// By its code, as in `?lang=en` and the cookie.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// For the document's `lang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// One of two texts.
    pub const fn of<'text>(self, zh: &'text str, en: &'text str) -> &'text str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// 12 items.
pub fn cases_count(lang: Lang, count: u64) -> String {
    match lang {
        Lang::Zh => format!("{count} 件"),
        Lang::En => format!("{count} {}", if count == 1 { "issue" } else { "issues" }),
    }
}

/// How long ago something was.
pub fn age(lang: Lang, from: Timestamp, now: Timestamp) -> String {
    let minutes = now.millis_since(from).max(0) / 60_000;
    let (number, zh, en) = match minutes {
        0..60 => (minutes, "分钟", "min"),
        60..1_440 => (minutes / 60, "小时", "h"),
        _ => (minutes / 1_440, "天", "d"),
    };
    format!("{number} {}", lang.of(zh, en))
}

/// 7 工作日.
pub fn limit(lang: Lang, number: u32, unit: LimitUnit) -> String {
    let unit = match (lang, unit) {
        (Lang::Zh, unit) => unit.zh(),
        (Lang::En, LimitUnit::UrgentHour) => "urgent hours",
        (Lang::En, LimitUnit::WorkHour) => "work hours",
        (Lang::En, LimitUnit::WorkDay) => "work days",
        (Lang::En, LimitUnit::NaturalDay) => "days",
    };
    format!("{number} {unit}")
}

fn english(id: &str) -> String {
    let mut words = id.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// A state.
pub fn state(lang: Lang, state: CaseState) -> String {
    match lang {
        Lang::Zh => state.zh().to_owned(),
        Lang::En => english(state.id()),
    }
}

/// A verb.
pub fn action(lang: Lang, action: ActionName) -> String {
    match lang {
        Lang::Zh => action.zh().to_owned(),
        Lang::En => english(action.id()),
    }
}

/// A role.
pub fn role(lang: Lang, role: Role) -> String {
    match lang {
        Lang::Zh => role.zh().to_owned(),
        Lang::En => english(role.id()),
    }
}

/// What a photo shows.
pub fn purpose(lang: Lang, purpose: PhotoPurpose) -> String {
    match lang {
        Lang::Zh => purpose.zh().to_owned(),
        Lang::En => english(purpose.id()),
    }
}

/// How bad.
pub fn severity(lang: Lang, severity: Severity) -> String {
    match lang {
        Lang::Zh => severity.zh().to_owned(),
        Lang::En => english(severity.id()),
    }
}

/// How a case ended.
pub fn outcome(lang: Lang, outcome: CloseOutcome) -> String {
    match lang {
        Lang::Zh => outcome.zh().to_owned(),
        Lang::En => format!("{outcome:?}"),
    }
}

/// How a page names people and bodies, so that nobody reads an id.
pub struct Names<'a> {
    /// A person's name.
    pub person: &'a dyn Fn(&PersonId) -> String,
    /// A body's name.
    pub body: &'a dyn Fn(&OrganisationId) -> String,
}

/// Why not.
pub fn decline(lang: Lang, decline: &Decline, names: &Names<'_>) -> String {
    let plain = match lang {
        Lang::Zh => decline.zh(),
        Lang::En => decline.en(),
    };
    match decline {
        Decline::AlreadyClaimed {
            by, organisation, ..
        } => {
            let (person, body) = ((names.person)(by), (names.body)(organisation));
            // The time and the next step are the domain's own words; only who it was is said anew.
            match lang {
                Lang::Zh => {
                    let tail = plain.split_once(" 于 ").map_or("", |(_, tail)| tail);
                    format!("已由{body}的{person}于 {tail}")
                }
                Lang::En => {
                    let tail = plain.split_once(" claimed it first");
                    let tail = tail.map_or("", |(_, tail)| tail);
                    format!("{person} of {body} claimed it first{tail}")
                }
            }
        }
        Decline::NotAssigned { to }
        | Decline::NotSameBody { to }
        | Decline::AlreadyApplied { by: to, .. } => {
            plain.replacen(to.as_str(), &(names.person)(to), 1)
        }
        _ => plain,
    }
}

/// A rung of the ladder.
pub fn level(lang: Lang, level: Level) -> String {
    match lang {
        Lang::Zh => level.zh().to_owned(),
        Lang::En => english(level.id()),
    }
}

/// How much more time.
pub fn extension(lang: Lang, asked: ExtensionAsked) -> String {
    match asked {
        ExtensionAsked::More(more) => limit(lang, more.number, more.unit),
        ExtensionAsked::Until(at) => at.to_local_minute(),
    }
}

/// One of a small set, by its two words.
pub fn either(lang: Lang, zh: &str, id: &str) -> String {
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => english(id),
    }
}

/// A verdict that comes back to the one who asked in a browser.
pub fn ruled(lang: Lang, action_name: ActionName, accepted: bool) -> String {
    let verb = action(lang, action_name);
    match (lang, accepted) {
        (Lang::Zh, true) => format!("{verb}：已办理。"),
        (Lang::Zh, false) => format!("{verb}：未获准。"),
        (Lang::En, true) => format!("{verb}: done."),
        (Lang::En, false) => format!("{verb}: declined."),
    }
}

/// A word of the domain by its Chinese form and its id.
pub fn by_id(lang: Lang, zh: &str, id: &str) -> String {
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => english(id),
    }
}

/// How much later the hub heard of it.
pub fn offline_for(lang: Lang, minutes: i64) -> String {
    match lang {
        Lang::Zh => format!("离线 {minutes} 分钟"),
        Lang::En => format!("{minutes} min offline"),
    }
}

/// Usual reasons of a rejection.
pub fn rejection_reasons(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::Zh => [
            "照片看不清问题，请靠近补拍后重新上报。",
            "与在办案卷为同一问题，已并案跟进。",
            "现场已自行恢复，无需处置。",
            "属小区内部管理事项，已转告物业。",
        ],
        Lang::En => [
            "The photo does not show the matter; take a closer one and report again.",
            "The same matter is being handled already.",
            "It has been put right; nothing is left to do.",
            "A matter of the estate's own management; they were told.",
        ],
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn every_word_exists_in_both_languages() {
        for word in Word::ALL {
            assert!(
                !word.say(Lang::Zh).is_empty() && !word.say(Lang::En).is_empty(),
                "{word:?}"
            );
            let swapped = *word == Word::OtherLanguage;
            assert!(
                swapped || word.say(Lang::En).is_ascii(),
                "{word:?} in English"
            );
            assert!(
                swapped || !word.say(Lang::Zh).is_ascii(),
                "{word:?} in Chinese"
            );
        }
    }

    #[test]
    fn a_late_claimant_reads_names_even_where_a_body_and_its_person_share_an_id() {
        let claimed = Decline::AlreadyClaimed {
            by: "road-dept".parse().unwrap(),
            organisation: "road-dept".parse().unwrap(),
            at: Timestamp::from_rfc3339("2025-06-28T11:26:00+08:00").unwrap(),
        };
        let names = Names {
            person: &|_| "李丽娟".to_owned(),
            body: &|_| "道桥维护科".to_owned(),
        };
        let zh = decline(Lang::Zh, &claimed, &names);
        assert!(
            zh.starts_with("已由道桥维护科的李丽娟于 2025-06-28 11:26 先行接收"),
            "{zh}"
        );
        let en = decline(Lang::En, &claimed, &names);
        assert!(
            en.starts_with("李丽娟 of 道桥维护科 claimed it first, at 2025-06-28"),
            "{en}"
        );
    }

    #[test]
    fn ages_are_told_in_the_largest_whole_unit() {
        let now = Timestamp::from_millis(10 * 86_400_000);
        let ago = |minutes: i64| age(Lang::En, now.plus_millis(-minutes * 60_000), now);
        assert_eq!(
            [ago(0), ago(59), ago(60), ago(1_439), ago(2_880)],
            ["0 min", "59 min", "1 h", "23 h", "2 d"]
        );
        assert_eq!(age(Lang::Zh, now.plus_millis(1), now), "0 分钟");
    }
}
