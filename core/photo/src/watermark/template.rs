//! What a watermark says and how it looks: data, so that a city can have its own.

use serde::{Deserialize, Serialize};

/// Most lines of a template; more are not drawn.
pub const LINES_MAX: usize = 8;

/// Longest text of one part, in characters; the rest is cut and an ellipsis stands for it.
pub const PART_CHARACTERS_MAX: usize = 64;

/// A fact of the capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The case's number, or the code of the device where there is none yet.
    Number,
    /// The grid by its name.
    Grid,
    /// Who took the picture.
    Person,
    /// When, as given.
    Time,
    /// Where, WGS-84, as given.
    Position,
    /// The first eight hexadecimal digits of the original's SHA-256.
    Hash,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// These characters.
    Text(String),
    /// What is known of this; a dash where nothing is.
    Field(Field),
}

/// Where the watermark stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A band along the foot, as wide as the picture.
    Foot,
    /// A box at the top left.
    TopLeft,
    /// A box at the top right.
    TopRight,
    /// A box at the bottom left.
    BottomLeft,
    /// A box at the bottom right.
    BottomRight,
}

/// A watermark as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The lines, from the top. A line too long for the picture is wrapped.
    pub lines: Vec<Vec<Part>>,
    /// Where it stands.
    pub place: Place,
    /// Height of the letters, in thousandths of the picture's long edge; 10 to 50 is sensible.
    pub size_permille: u16,
    /// Colour of the letters: red, green, blue.
    pub ink: [u8; 3],
    /// Colour of the ground and of the letters' edge: red, green, blue.
    pub ground: [u8; 3],
    /// How much the ground hides the picture, in hundredths. The edge of the letters is there even at 0.
    pub ground_percent: u8,
}

impl Default for Template {
    /// White on a dark band along the foot, three lines.
    fn default() -> Self {
        let text = |text: &str| Part::Text(text.to_owned());
        let field = Part::Field;
        Self {
            lines: vec![
                vec![
                    text("案件 "),
                    field(Field::Number),
                    text("　网格 "),
                    field(Field::Grid),
                ],
                vec![
                    text("时间 "),
                    field(Field::Time),
                    text("　拍摄 "),
                    field(Field::Person),
                ],
                vec![
                    text("位置 "),
                    field(Field::Position),
                    text("　原图 "),
                    field(Field::Hash),
                ],
            ],
            place: Place::Foot,
            size_permille: 17,
            ink: [255, 255, 255],
            ground: [0, 0, 0],
            ground_percent: 45,
        }
    }
}

/// What is known of the capture. Empty texts count as unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Facts<'a> {
    /// The case's number or local code.
    pub number: &'a str,
    /// The grid by its name.
    pub grid: &'a str,
    /// Who took it.
    pub person: &'a str,
    /// When, in the words to be shown (this crate knows no time zone).
    pub time: &'a str,
    /// Longitude and latitude in degrees, WGS-84.
    pub position: Option<(f64, f64)>,
}

/// What a part says.
pub(super) fn words(part: &Part, facts: &Facts<'_>, original_sha256: &[u8; 32]) -> String {
    let text = match part {
        Part::Text(text) => text.clone(),
        Part::Field(field) => {
            let known = match field {
                Field::Number => facts.number.to_owned(),
                Field::Grid => facts.grid.to_owned(),
                Field::Person => facts.person.to_owned(),
                Field::Time => facts.time.to_owned(),
                Field::Position => facts.position.map(position).unwrap_or_default(),
                Field::Hash => original_sha256
                    .iter()
                    .take(4)
                    .map(|byte| format!("{byte:02x}"))
                    .collect(),
            };
            if known.trim().is_empty() {
                "—".to_owned()
            } else {
                known
            }
        }
    };
    if text.chars().count() <= PART_CHARACTERS_MAX {
        return text;
    }
    text.chars()
        .take(PART_CHARACTERS_MAX - 1)
        .chain(['…'])
        .collect()
}

/// Six places are a tenth of a metre: finer than any fix.
fn position((longitude, latitude): (f64, f64)) -> String {
    let east = if longitude < 0.0 { "W" } else { "E" };
    let north = if latitude < 0.0 { "S" } else { "N" };
    format!(
        "{:.6}°{east} {:.6}°{north} WGS-84",
        longitude.abs(),
        latitude.abs()
    )
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::{Facts, Field, PART_CHARACTERS_MAX, Part, Template, words};

    #[test]
    fn a_template_goes_through_json_and_a_name_nobody_knows_is_refused() {
        let template = Template::default();
        let json = serde_json::to_string(&template).unwrap();
        assert_eq!(serde_json::from_str::<Template>(&json).unwrap(), template);
        assert!(json.contains(r#"{"field":"number"}"#) && json.contains(r#""place":"foot""#));
        let odd = json.replace("size_permille", "size");
        assert!(serde_json::from_str::<Template>(&odd).is_err());
    }

    #[test]
    fn fields_say_what_is_known_and_a_dash_for_the_rest() {
        let facts = Facts {
            number: "郑0012",
            position: Some((113.786_1, -34.755_2)),
            ..Facts::default()
        };
        let say = |field| words(&Part::Field(field), &facts, &[0xAB; 32]);
        assert_eq!(say(Field::Number), "郑0012");
        assert_eq!(say(Field::Grid), "—");
        assert_eq!(say(Field::Position), "113.786100°E 34.755200°S WGS-84");
        assert_eq!(say(Field::Hash), "abababab");
    }

    #[test]
    fn a_part_over_the_limit_is_cut() {
        let say =
            |count: usize| words(&Part::Text("路".repeat(count)), &Facts::default(), &[0; 32]);
        assert_eq!(
            say(PART_CHARACTERS_MAX).chars().count(),
            PART_CHARACTERS_MAX
        );
        let cut = say(PART_CHARACTERS_MAX + 1);
        assert_eq!(cut.chars().count(), PART_CHARACTERS_MAX);
        assert!(cut.ends_with('…'));
    }
}
