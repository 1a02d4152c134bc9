//! What can be wrong with a cell: one place for the words.

/// What is wrong, and what is expected.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable code.
    pub code: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $zh:literal, $en:literal;)*) => {
        $($(#[$doc])* pub const $name: Problem = Problem { code: $code, zh: $zh, en: $en };)*
        /// Every problem of this file.
        pub const ALL: &[&Problem] = &[$(&$name),*];
    };
}

problems! {
    /// A cell that must not be empty.
    MISSING = "cell_missing", "此列不能为空", "this cell must not be empty";
    /// Bytes that are no letters of the encoding.
    LETTERS = "cell_unreadable", "有无法识别的字符，请检查文件编码", "holds bytes that are no letters; check the file's encoding";
    /// A cell of more letters than are taken.
    TOO_LONG = "cell_too_long", "内容过长", "is too long";
    /// A spreadsheet's number of more than 15 digits.
    DIGITS_LOST = "digits_lost", "电子表格只保留 15 位有效数字，请把此列设为文本格式后重新填写",
        "a spreadsheet keeps 15 digits of a number; format the column as text and enter it again";
    /// An error value of a spreadsheet.
    FORMULA = "cell_error", "电子表格公式出错", "holds the error of a formula";
    /// More cells than headers.
    CELLS = "row_too_wide", "该行比表头多出单元格", "the row has more cells than there are headers";
    /// The key stands in an earlier line.
    TWICE = "row_twice", "与前面的行重复", "stands in an earlier line already";
    /// No unit grid code.
    UNIT_GRID_CODE = "unit_grid_code", "应为 15 位单元网格代码，末三位不为 000", "must be a unit grid code of 15 digits that does not end in 000";
    /// A unit grid nobody knows.
    UNIT_GRID_UNKNOWN = "unit_grid_unknown", "没有这个单元网格", "is no unit grid of the edition in force";
    /// No duty grid id.
    DUTY_GRID = "duty_grid", "责任网格编号应为小写字母、数字、连字符", "must be a duty grid id: lower-case letters, digits, hyphens";
    /// A beat nobody knows.
    DUTY_GRID_UNKNOWN = "duty_grid_unknown", "没有单元网格属于这个责任网格", "is the beat of no unit grid";
    /// More beats than one person can walk.
    DUTY_GRIDS = "duty_grids_many", "责任网格过多", "has more duty grids than a person may have";
    /// No area class.
    AREA_CLASS = "area_class", "管理区域类别应为 1、2、3（或一类、二类、三类）", "must be 1, 2 or 3";
    /// No handling class.
    HANDLING_CLASS = "handling_class", "处置类别应为一般、工程或特殊", "must be general, engineering or special";
    /// No datum.
    DATUM = "datum", "坐标系应为 wgs84、gcj02 或 bd09", "must be wgs84, gcj02 or bd09";
    /// Neither WKT nor GeoJSON.
    BOUNDARY = "boundary_unreadable", "边界应为 WKT 的 POLYGON 或 GeoJSON 的 Polygon", "must be a POLYGON in WKT or a Polygon in GeoJSON";
    /// More than one ring.
    RINGS = "boundary_rings", "边界只能有一个环，不支持孔洞与多部分", "must have one ring: no holes, no several parts";
    /// Too few or too many corners.
    CORNERS = "boundary_corners", "边界应有 3 至 2000 个不同的角点", "must have 3 to 2000 different corners";
    /// Lines that cross.
    CROSSED = "boundary_crossed", "边界自相交或面积为零", "crosses itself or has no area";
    /// Degrees of no place.
    DEGREES = "degrees", "经度应在 ±180、纬度应在 ±90 之间", "must be degrees: longitude within 180, latitude within 90";
    /// No component code.
    COMPONENT_CODE = "component_code", "应为 16 位部件标识码", "must be a component code of 16 digits";
    /// No layout.
    LAYOUT = "code_layout", "编码版式应为 6+2+2+6 或 6+2+3+5", "must be 6+2+2+6 or 6+2+3+5";
    /// The code says another class.
    CODE_OF_CLASS = "component_code_class", "标识码中的大小类与小类代码不一致，请检查编码版式",
        "says another class than the class column; check the layout of the code";
    /// Outside of all grids.
    NO_UNIT_GRID = "component_outside", "该点不在任何单元网格内，请改正坐标或填写单元网格", "lies in no unit grid; correct the place or fill in the unit grid";
    /// No state.
    STATE = "component_state", "状态应为完好、破损、丢失或废弃", "must be intact, damaged, lost or abandoned";
    /// No accuracy class.
    ACCURACY = "accuracy_class", "精度应为 A、B 或 C", "must be A, B or C";
    /// A class nobody knows.
    CLASS_UNKNOWN = "class_unknown", "生效的分类表中没有这个小类", "is no minor class of the table in force";
    /// No component.
    CLASS_OF_EVENTS = "class_is_event", "这是事件小类，不是部件小类", "is a class of events, not of components";
    /// A condition nobody knows.
    CONDITION_UNKNOWN = "condition_unknown", "该小类没有这个立案条件", "is no filing condition of this class";
    /// No class code.
    CLASS_CODE = "class_code", "小类代码应为 5 位数字，部件以 1、事件以 2 开头", "must be five digits, the first 1 for a component or 2 for an event";
    /// No English id.
    CLASS_ID = "class_id", "英文标识应为小写字母与下划线", "must be lower-case English letters and underscores";
    /// Neither component nor event.
    CLASS_KIND = "class_kind", "类型应为部件或事件", "must be component or event";
    /// One class told in two ways.
    CLASS_DIFFERS = "class_differs", "同一小类在前面的行中写法不同", "differs from an earlier line of the same class";
    /// No condition code.
    CONDITION_CODE = "condition_code", "立案条件代码应为 1 至 8 个字母或数字", "must be 1 to 8 letters or digits";
    /// No number of units.
    NUMBER = "limit_number", "时限应为 1 至 100000 的整数", "must be a whole number from 1 to 100000";
    /// No unit.
    UNIT = "limit_unit", "时限单位应为紧急工作时、工作时、工作日或自然日", "must be urgent_hour, work_hour, work_day or natural_day";
    /// No day.
    DAY = "day", "日期应写作 2025-01-01", "must be a day as 2025-01-01";
    /// No day of a year.
    MONTH_DAY = "month_day", "日期应写作 05-01（月-日）", "must be a day of the year as 05-01";
    /// One end of a season.
    SEASON = "season", "开始日期与结束日期应同时填写，或同时留空表示全年", "a season has a first and a last day; leave both empty for the whole year";
    /// Two seasons of one body that meet.
    SEASONS_MEET = "seasons_meet", "与同一部门前面一行的季节重叠", "overlaps the season of an earlier line of the same department";
    /// No hours.
    HOURS = "hours", "应写作 08:30-12:00,14:00-18:00：按先后、不重叠；跨零点拆成两段", "must be hours as 08:30-12:00,14:00-18:00: in order, without overlap, a shift over midnight as two";
    /// No stage.
    STAGE = "stage", "环节应为受理、核实、立案、派遣、接收、派核查、核查、结案或自处置审核",
        "must be acceptance, verify, filing, dispatch, claim, send_check, check, close or review";
    /// No unit of a stage.
    STAGE_UNIT = "stage_unit", "时限单位应为分钟、工作分钟、紧急工作时、工作时、工作日或自然日",
        "must be minute, work_minute, urgent_hour, work_hour, work_day or natural_day";
    /// A handling class where a case has none yet.
    STAGE_BEFORE_FILING = "stage_before_filing", "该环节在立案之前，案卷还没有处置类别，请留空", "the stage lies before filing, when a case has no handling class; leave it empty";
    /// Neither yes nor no.
    YES_NO = "yes_no", "应为是或否", "must be yes or no";
    /// No radius of likely duplicates.
    DUPLICATE_METRES = "duplicate_metres", "重复距离应为 1 至 2000 的整数（米）", "must be a whole number of metres from 1 to 2000";
    /// No days of likely duplicates.
    DUPLICATE_DAYS = "duplicate_days", "重复天数应为 1 至 366 的整数", "must be a whole number of days from 1 to 366";
    /// No id of a department.
    DEPARTMENT = "department_id", "部门编号应为 1 至 64 个小写字母、数字、连字符", "must be 1 to 64 lower-case letters, digits, hyphens";
    /// A department nobody knows.
    DEPARTMENT_UNKNOWN = "department_unknown", "没有这个部门", "is no department, here or in the file";
    /// A department above itself.
    DEPARTMENT_CIRCLE = "department_circle", "该部门的上级最终又是它自己", "stands above itself in the tree";
    /// No kind of party organisation.
    PARTY_KIND = "party_kind", "党组织类别应为党委、党支部、临时党支部或党员先锋岗", "must be committee, branch, temporary_branch or vanguard_post";
    /// Bodies that form what is no party organisation.
    NO_PARTY = "no_party", "只有党组织才有组成单位", "only a party organisation is formed by bodies";
    /// No name.
    NAME = "name", "名称应为 1 至 100 个字", "must have 1 to 100 letters";
    /// No id of a person.
    PERSON = "person_id", "人员编号应为 1 至 64 个小写字母、数字、连字符", "must be 1 to 64 lower-case letters, digits, hyphens";
    /// No role.
    ROLE = "role", "没有这个角色", "names a role that does not exist";
    /// A person who is no grid worker.
    WORKER_UNKNOWN = "worker_unknown", "没有这个网格员", "is no grid worker of the register";
    /// No kind of row.
    ROSTER_KIND = "roster_kind", "类型应为班次、请假或交接", "must be shift, leave or hand_over";
    /// No minute.
    MOMENT = "moment", "时间应写作 2025-01-01 08:00", "must be a minute as 2025-01-01 08:00";
    /// A span that ends before it begins, or is too long.
    ROSTER_SPAN = "roster_span", "结束应在开始之后；班次不超过 24 小时，请假不超过 366 天，交接不填结束",
        "must be after the beginning: a shift at most 24 hours, a leave at most 366 days; a hand-over has no end";
    /// A hand-over to nobody or oneself, or something else that is handed over.
    HAND_OVER = "hand_over", "交接须填接班人且不能是本人，其他类型不填", "a hand-over names somebody else, other rows nobody";
    /// Beats of what is no shift.
    BEATS_OF_SHIFT = "beats_of_shift", "只有班次可以填责任网格", "only a shift names duty grids";
    /// No code of a phrase.
    PHRASE_CODE = "phrase_code", "编号应为 1 至 32 个字", "must have 1 to 32 letters";
    /// No use of a phrase.
    PHRASE_USE = "phrase_use", "用途应为上报、反馈、核查或意见", "must be report, feedback, check or opinion";
    /// The last admin.
    LAST_ADMIN = "last_admin", "这样就没有管理员了", "would leave the hub without an admin";
    /// More rows than are taken.
    ROWS = "rows_many", "行数超过上限", "is beyond the most rows a table may have";
    /// A file without rows.
    NO_ROWS = "rows_none", "文件没有数据行", "the file has no rows";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn every_problem_has_a_code_of_its_own_and_both_languages() {
        let codes: std::collections::BTreeSet<_> = ALL.iter().map(|problem| problem.code).collect();
        assert_eq!(codes.len(), ALL.len());
        assert!(
            ALL.iter()
                .all(|problem| !problem.zh.is_ascii() && problem.en.is_ascii())
        );
    }
}
