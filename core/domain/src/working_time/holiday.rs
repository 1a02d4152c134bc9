//! What holidays are called in Chinese. Files name them in English or Chinese; a name that is not known here is shown as
//! it was written.

/// The statutory holidays of 全国年节及纪念日放假办法.
const NAMES: &[(&str, &str)] = &[
    ("New Year's Day", "元旦"),
    ("Spring Festival", "春节"),
    ("Tomb-sweeping Day", "清明节"),
    ("Labour Day", "劳动节"),
    ("Dragon Boat Festival", "端午节"),
    ("Mid-autumn Festival", "中秋节"),
    ("National Day", "国庆节"),
];

/// In Chinese.
pub(super) fn zh(name: &str) -> &str {
    let known = NAMES.iter().find(|(en, _)| *en == name);
    known.map_or(name, |(_, zh)| zh)
}

/// In English.
pub(super) fn en(name: &str) -> &str {
    let known = NAMES.iter().find(|(_, zh)| *zh == name);
    known.map_or(name, |(en, _)| en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways_and_others_stay_as_they_are() {
        for (in_english, in_chinese) in NAMES {
            assert_eq!(zh(in_english), *in_chinese);
            assert_eq!(en(in_chinese), *in_english);
        }
        assert_eq!(zh("城市日"), "城市日");
        assert_eq!(en("城市日"), "城市日");
    }
}
