//! What happens in the demo city, how often, whose work it is, and how people write about it.

use xunge_domain::case::Severity;

use crate::demo::photos::Scene;

/// One kind of matter.
pub struct Matter {
    /// English id of its minor class.
    pub class: &'static str,
    /// Code of the filing condition.
    pub condition: &'static str,
    /// What its photos show.
    pub scene: Scene,
    /// Who does the work.
    pub department: &'static str,
    /// How often, beside the others.
    pub weight: usize,
    /// Least and most minutes of work time until it is put right.
    pub minutes: (i64, i64),
    /// How bad it is as a rule.
    pub severity: Severity,
    /// What the reporter writes.
    pub found: &'static [&'static str],
    /// What the department writes.
    pub done: &'static [&'static str],
}

use Severity::{Ordinary, Serious, Urgent};

#[rustfmt::skip]
macro_rules! matters {
    ($($class:literal $condition:literal $scene:ident $department:literal $weight:literal ($low:literal, $high:literal) $severity:ident
        [$($found:literal),+] [$($done:literal),+];)+) => {
        /// All kinds.
        pub static MATTERS: &[Matter] = &[$(Matter {
            class: $class, condition: $condition, scene: Scene::$scene, department: $department, weight: $weight,
            minutes: ($low, $high), severity: $severity, found: &[$($found),+], done: &[$($done),+],
        }),+];
    };
}

matters! {
    "road_damage" "1" Road "road-dept" 12 (500, 3000) Ordinary
        ["车行道有一处坑槽，直径约 60 厘米，车辆经过颠簸。", "路面网状开裂并有松散，雨后碎石外溅。", "井周路面破损，宽约半米，电动车绕行。", "坑槽深约 5 厘米，夜间不易发现。"]
        ["已铣刨并热补沥青，压实后开放交通。", "坑槽已冷补，周边灌缝处理。", "基层换填后铺装完成，现场已清理。"];
    "road_damage" "2" Railing "road-dept" 4 (400, 2400) Ordinary
        ["人行道铺装松动，缺砖三块。", "人行道砖沉降，雨天积泥。"]
        ["缺损砖块已补齐，铺平勾缝。", "已重铺约 4 平方米。"];
    "standing_water" "2" Water "drainage-dept" 6 (200, 1200) Serious
        ["雨后积水未退，水深约 10 厘米，占一条车道。", "雨水口被落叶堵塞，积水漫上人行道。", "低洼处积水，非机动车通行困难。"]
        ["雨水口已清掏，积水排除。", "已疏通支管并清掏检查井，水已退净。"];
    "street_lamp_out" "1" Lamp "lighting-dept" 7 (120, 700) Ordinary
        ["路灯一盏不亮，路口较暗。", "夜间巡查发现单灯不亮，灯杆编号已拍照。"]
        ["更换光源，已恢复照明。", "更换驱动电源，亮灯正常。"];
    "street_lamp_out" "2" Lamp "lighting-dept" 3 (60, 400) Serious
        ["连续五盏路灯不亮，行人反映出行不便。", "整段路灯未亮，疑似线路故障。"]
        ["查明电缆接头烧损，已更换，整段恢复照明。"];
    "exposed_cable" "2" Cable "cable-dept" 6 (150, 900) Serious
        ["弱电线缆垂落，离地不足两米。", "线缆断头外露，散落在人行道上。", "楼道口线缆杂乱，箱门未关。"]
        ["线缆已绑扎入槽，断头已清除。", "废弃线缆剪除，箱门上锁。"];
    "manhole_cover_missing" "1" Shaft "road-dept" 4 (30, 200) Urgent
        ["井盖缺失，已用锥桶临时围挡并值守。", "井盖移位，井口敞开，行人经过危险。"]
        ["已更换新井盖，防坠网同时补装。", "井盖复位并加固，围挡撤除。"];
    "sewage_manhole" "1" Shaft "drainage-dept" 4 (150, 900) Ordinary
        ["污水井盖松动，车辆碾压异响。", "井盖边缘破损。"]
        ["已更换井盖胶圈，异响消除。", "更换井盖一套。"];
    "storm_drain_grate" "3" Water "drainage-dept" 4 (150, 700) Ordinary
        ["雨水箅子被落叶泥沙堵塞。", "箅口堵塞，周边有积水。"]
        ["已清掏，排水通畅。"];
    "exposed_waste" "1" Waste "sanitation-dept" 12 (60, 260) Ordinary
        ["路边堆放袋装生活垃圾，约 0.5 立方米，有异味。", "绿化带旁倾倒垃圾，纸箱、泡沫较多。", "垃圾散落人行道，影响通行。"]
        ["垃圾已清运，地面已冲洗。", "已清理并安排保洁员加密巡查。"];
    "litter_bin" "2" Waste "sanitation-dept" 4 (40, 200) Ordinary
        ["果皮箱满溢，周边散落。"]
        ["已清掏并擦洗箱体。"];
    "accumulated_rubble" "1" Soil "sanitation-dept" 4 (150, 900) Ordinary
        ["建筑渣土堆放路边，未覆盖。", "装修垃圾堆积，来源不明。"]
        ["渣土已清运，现场恢复。"];
    "site_dust" "1" Soil "enforcement-dept" 4 (60, 300) Ordinary
        ["工地土方裸露，风起扬尘。", "拆除作业未洒水，扬尘明显。"]
        ["责令覆盖防尘网并洒水，已整改。", "裸土已全部覆盖，雾炮开启。"];
    "dropped_load" "1" Soil "sanitation-dept" 3 (40, 200) Serious
        ["渣土车遗撒，路面有泥块约二十米。"]
        ["已清扫冲洗，路面恢复。"];
    "illegal_posters" "1" Poster "enforcement-dept" 7 (60, 400) Ordinary
        ["围墙张贴小广告多处。", "公交站旁墙面有小广告，内容为招工、疏通。"]
        ["已清除并粉刷覆盖。", "小广告已铲除，号码移交。"];
    "illegal_parking" "1" Car "enforcement-dept" 8 (30, 160) Ordinary
        ["机动车占用人行道停放，行人走上车行道。", "四辆车占压盲道。"]
        ["车主已驶离，现场劝导并告知。", "已联系交警处理，人行道恢复畅通。"];
    "illegal_parking" "2" Car "enforcement-dept" 2 (20, 90) Serious
        ["小区消防通道被车辆堵占。"]
        ["车辆已挪移，物业加装提示。"];
    "bicycle_clutter" "1" Bicycle "enforcement-dept" 6 (40, 240) Ordinary
        ["共享单车淤积，约三十辆，占满人行道。", "地铁口共享单车堆叠，影响进出。"]
        ["企业已转运，车辆摆放整齐。", "已清运二十余辆，划线内停放。"];
    "shop_overflow" "1" Shop "enforcement-dept" 6 (40, 240) Ordinary
        ["水果店将货箱摆出门外约两米。", "店外经营，占用盲道摆摊。"]
        ["商户已收回，签订门前责任书。", "劝导后整改，现场恢复。"];
    "street_vendors" "1" Shop "enforcement-dept" 4 (20, 120) Ordinary
        ["流动摊点占道经营，早高峰拥堵。"]
        ["已劝离至便民疏导点。"];
    "street_tree" "2" Tree "greening-dept" 3 (60, 400) Serious
        ["行道树枝杈折断，垂在人行道上方。"]
        ["已修剪断枝并清运。"];
    "fallen_tree" "1" Tree "greening-dept" 2 (40, 200) Urgent
        ["大风致行道树倒伏，阻断半幅道路。"]
        ["已锯解清运，道路恢复通行，补植待季节。"];
    "guard_rail" "1" Railing "traffic-dept" 5 (200, 1500) Ordinary
        ["护栏被撞变形，两节松脱。", "隔离护栏缺失一节。"]
        ["已更换两节护栏并校直。", "护栏复位加固。"];
    "traffic_sign" "1" Railing "traffic-dept" 2 (200, 1500) Ordinary
        ["标志牌倾斜，被遮挡。"]
        ["标志牌已扶正紧固。"];
    "overflowing_sewage" "1" Water "drainage-dept" 3 (60, 420) Serious
        ["污水井冒溢，流入车行道，有异味。"]
        ["高压疏通，冒溢停止，路面已冲洗。"];
    "distribution_box" "2" Cable "utilities-dept" 3 (40, 260) Urgent
        ["配电箱箱门敞开，带电部分外露，已设警示。"]
        ["箱门修复上锁，警示标识补齐。"];
}

/// Notes of a danger that goes with a scene.
pub fn hazards(scene: Scene) -> &'static [&'static str] {
    match scene {
        Scene::Road | Scene::Railing => &["电动车夜间经过易摔倒。", "汛期可能积水，坑深看不清。"],
        Scene::Water => &["再降雨可能漫入沿街商铺。", "水下井盖情况不明。"],
        Scene::Lamp => &["路口夜间视线差，学生放学经过。"],
        Scene::Cable => &["雨天有漏电风险。"],
        Scene::Shaft => &["行人坠落风险，须有人值守至补装。"],
        Scene::Tree => &["断枝随时可能坠落。"],
        Scene::Soil => &["大风预警期间扬尘加重。"],
        _ => &["占压盲道，视障人士通行受阻。"],
    }
}

/// What people say to one another under a case.
pub const COMMENTS: [&str; 10] = [
    "已与物业联系，同意夜间施工。",
    "现场复看，情况与上报一致。",
    "材料已到场，明早开工。",
    "请注意早高峰避让。",
    "周边居民问进度，请处置后告知。",
    "与昨日热线反映为同一处。",
    "位置在公交站牌北侧约五米。",
    "已拉警戒带。",
    "权属已核实，为市政产权。",
    "雨后再看一次效果。",
];

/// Why a clerk does not take a report on; each is read by its reporter.
pub const REJECTIONS: [&str; 5] = [
    "该位置已在施工围挡内，属在建工程，请关注工程进度。",
    "照片看不清问题，请靠近补拍后重新上报。",
    "现场已自行恢复，经电话核实无需处置。",
    "属小区内部管理事项，已转告物业。",
    "与在办案卷为同一问题，已并案跟进。",
];

/// Why a check fails.
pub const FAILED_CHECKS: [&str; 3] = [
    "现场仍有残留，未达到标准。",
    "修补处高差明显，仍颠簸。",
    "问题只处理了一半，东侧未处理。",
];

/// What a check that passes says.
pub const PASSED_CHECKS: [&str; 3] = [
    "现场已恢复，核查通过。",
    "处置到位，与照片一致。",
    "已修好，通行正常。",
];

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::demo::city::sample_classes;
    use crate::demo::organisations::DEPARTMENTS;

    #[test]
    fn every_matter_has_a_class_a_condition_and_somebody_to_do_it() {
        let classes = sample_classes().expect("a class table");
        for matter in MATTERS {
            let class = classes.find(matter.class).expect(matter.class);
            assert!(
                class.condition(matter.condition).is_some(),
                "{}",
                matter.class
            );
            assert!(DEPARTMENTS.contains(&matter.department), "{}", matter.class);
            assert!(matter.minutes.0 < matter.minutes.1);
        }
    }
}
