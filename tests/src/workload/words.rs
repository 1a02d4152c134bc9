//! Text of a city with random common characters mixed in, so that it does not compress by repetition.

use crate::proxy::SplitMix;

const PHRASES: [&str; 24] = [
    "路面破损",
    "积水较深",
    "路灯不亮",
    "线缆裸露",
    "井盖松动",
    "护栏倾斜",
    "行人绕行",
    "车辆避让",
    "夜间看不清",
    "雨天更严重",
    "靠近路口",
    "在小区门口",
    "学校附近",
    "菜市场旁",
    "公交站台",
    "约两平方米",
    "深约十厘米",
    "已放警示牌",
    "请尽快处理",
    "居民反映多次",
    "商都路北侧",
    "至德街东段",
    "人行道中间",
    "非机动车道",
];
/// The first characters of the common range, in the order of their code points.
const COMMON_FIRST: u32 = 0x4E00;
const COMMON_COUNT: u64 = 3_500;

pub(crate) struct Words(SplitMix);

impl Words {
    pub(crate) fn new(random: SplitMix) -> Self {
        Self(random)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.0.below(limit as u64)).unwrap_or(0)
    }

    pub(crate) fn fraction(&mut self) -> f64 {
        self.0.below(1_000_000) as f64 / 1_000_000.0
    }

    pub(crate) fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.0.next_u64().to_le_bytes());
        }
        bytes
    }

    /// Exactly so many characters, half of them phrases, half of them single common characters.
    pub(crate) fn text(&mut self, characters: usize) -> String {
        let mut text: Vec<char> = Vec::with_capacity(characters + 8);
        while text.len() < characters {
            if self.0.below(2) == 0 {
                let phrase = PHRASES[self.below(PHRASES.len())];
                text.extend(phrase.chars());
            } else {
                for _ in 0..4 {
                    let code =
                        COMMON_FIRST + u32::try_from(self.0.below(COMMON_COUNT)).unwrap_or(0);
                    text.extend(char::from_u32(code));
                }
            }
        }
        text.truncate(characters);
        text.into_iter().collect()
    }

    pub(crate) fn address(&mut self) -> String {
        format!("圃田乡{}{}号", self.text(4), self.0.below(400) + 1)
    }
}
