//! The real divisions of Zhengzhou (data/README.md), read from the table the binary carries.

/// The table.
const TABLE: &str = include_str!("../../data/zhengzhou-divisions.csv");

/// A row of the table the demo city is built on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// 6 digits for a district, 9 for a street, 12 for a community.
    pub code: String,
    /// Its name, as published.
    pub name: String,
}

fn rows(level: &'static str) -> impl Iterator<Item = (&'static str, Division)> {
    TABLE.lines().filter_map(move |line| {
        let mut cells = line.split(',');
        if cells.next() != Some(level) {
            return None;
        }
        let (code, parent, name) = (cells.next()?, cells.next()?, cells.next()?);
        let division = Division {
            code: code.to_owned(),
            name: name.trim().to_owned(),
        };
        Some((parent, division))
    })
}

/// A district by its 6 digits.
pub fn district(code: &str) -> Option<Division> {
    rows("district")
        .map(|(_, division)| division)
        .find(|division| division.code == code)
}

/// A street or township by its 9 digits.
pub fn street(code: &str) -> Option<Division> {
    rows("street")
        .map(|(_, division)| division)
        .find(|division| division.code == code)
}

/// The communities and villages of a street.
pub fn communities(street: &str) -> Vec<Division> {
    rows("community")
        .filter(|(parent, _)| *parent == street)
        .map(|(_, division)| division)
        .collect()
}

/// All communities and villages, street by street.
pub fn all_communities() -> Vec<Division> {
    rows("community").map(|(_, division)| division).collect()
}

impl Division {
    /// The name as people say it: 圃田社区, not 圃田社区居民委员会.
    pub fn short_name(&self) -> &str {
        ["居民委员会", "村民委员会", "居委会", "村委会"]
            .iter()
            .find_map(|ending| self.name.strip_suffix(ending))
            .unwrap_or(&self.name)
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn knows_putian_and_its_communities() {
        assert_eq!(street("410104202").expect("a street").name, "圃田乡");
        assert_eq!(district("410104").expect("a district").name, "管城回族区");
        let names: Vec<String> = communities("410104202")
            .iter()
            .map(|community| community.short_name().to_owned())
            .collect();
        assert_eq!(names, ["圃田社区", "河沟王社区", "小孙庄"]);
        assert!(street("999999999").is_none());
    }

    #[test]
    fn the_whole_table_reads() {
        let count = |level| rows(level).count();
        assert_eq!(
            (count("district"), count("street"), count("community")),
            (15, 208, 3_306)
        );
    }
}
