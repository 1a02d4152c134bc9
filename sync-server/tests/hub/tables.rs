//! The city's tables: imported and exported, as files of offices are.

use std::path::{Path, PathBuf};

use xunge_domain::class::DuplicateReach;
use xunge_domain::component::CodeLayout;
use xunge_domain::datum::Datum;
use xunge_domain::tables::{AreaClass, HandlingClass, LimitKey, LimitSource, TableKind};
use xunge_server::city_tables::{Bad, Encoding};
use xunge_server::services::city_tables::{
    ExportOrder, ImportError, ImportOrder, Imported, export, import,
};
use xunge_server::tables::local_date;

use crate::command_line::{errors, run};
use crate::support::{Hub, hub, monday};

const DEPARTMENTS: &str =
    "编号,名称,上级部门,党组织类别,组成单位\nwater,自来水公司,centre,,\ncrew,抢修班,water,,\n";
/// Two squares side by side, a beat each, and a third in GCJ-02.
const GRIDS: &str = "单元网格代码,名称,责任网格,管理区域类别,坐标系,边界
410104101001001,东园,putian-1,一类,,\"POLYGON((113.780 34.750,113.784 34.750,113.784 34.753,113.780 34.753,113.780 34.750))\"
410104101001002,西园,putian-2,2,,\"POLYGON((113.784 34.750,113.788 34.750,113.788 34.753,113.784 34.753))\"
410104101001003,南园,putian-2,,gcj02,\"{\"\"type\"\":\"\"Polygon\"\",\"\"coordinates\"\":[[[113.80,34.75],[113.81,34.75],[113.81,34.76],[113.80,34.75]]]}\"
";
const CLASSES: &str =
    "小类代码,英文标识,类型,大类,小类,英文名,立案条件代码,立案条件,处置时限,时限单位,重复距离,重复天数
10103,storm_manhole,部件,公用设施,雨水井盖,Storm manhole,1,破损,1,工作日,20,
10103,storm_manhole,部件,公用设施,雨水井盖,Storm manhole,2,缺失,2,紧急工作时,20,
20115,road_damage,事件,市容环境,路面破损,Road damage,1,破损,7,work_day,,
";
const LIMITS: &str = "class,condition,area_class,handling_class,number,unit
10103,1,1,general,4,work_hour
10103,1,3,工程,15,自然日
";
const COMPONENTS: &str = "部件标识码,小类,经度,纬度,权属单位,养护单位,状态,精度,编码版式
4101040103000001,10103,113.781,34.751,water,crew,完好,A,
4101040100300002,storm_manhole,113.785,34.751,water,crew,破损,C,6+2+3+5
";
const HOLIDAYS: &str = "date,working,why\n2025-10-01,no,国庆节\n2025-10-11,yes,调休\n";
const PHRASES: &str = "编号,用途,内容,小类\n1,上报,井盖松动,10103\n2,opinion,同意,\n";
const PEOPLE: &str = "编号,姓名,角色,单位,责任网格\nzhang,张三,网格员,crew,putian-1;putian-2\nwang,王五,网格员,crew,putian-2\nli,李四,受理员；派遣员,centre,\n";

const ROSTER: &str = "人员编号,类型,开始,结束,责任网格,交接给
zhang,班次,2025-06-30 08:00,2025-06-30 16:00,putian-1,
zhang,leave,2025-07-01,2025-07-03 12:00,,
zhang,hand_over,2025-06-30 12:00,,,wang
";

/// The centre all the year, the waterworks in summer and winter; its crew works as it does.
const HOURS: &str = "部门编号,开始日期,结束日期,工作时间
,,,\"08:30-12:00,14:00-18:00\"
water,05-01,09-30,05:00-11:00；17:00-20:00
water,10-01,04-30,\"07:00-12:00,14:00-17:00\"
";
const STAGE_LIMITS: &str = "环节,管理区域类别,处置类别,环节时限,时限单位
派遣环节,,,2,工作时
dispatch,1,engineering,90,work_minute
核实,一类,,20,分钟
";

const ALL: [(TableKind, &str); 11] = [
    (TableKind::Departments, DEPARTMENTS),
    (TableKind::Grids, GRIDS),
    (TableKind::Classes, CLASSES),
    (TableKind::Limits, LIMITS),
    (TableKind::Holidays, HOLIDAYS),
    (TableKind::Phrases, PHRASES),
    (TableKind::Components, COMPONENTS),
    (TableKind::People, PEOPLE),
    (TableKind::Roster, ROSTER),
    (TableKind::Hours, HOURS),
    (TableKind::StageLimits, STAGE_LIMITS),
];

struct Desk {
    hub: Hub,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self {
            hub: hub(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    fn order(&self, kind: TableKind, file: &Path) -> ImportOrder {
        ImportOrder {
            kind,
            file: file.to_owned(),
            encoding: None,
            datum: Datum::Wgs84,
            layout: CodeLayout::SixTwoTwoSix,
            edition: None,
            effective_date: None,
            sample: false,
            dry_run: false,
        }
    }

    fn run(&self, order: &ImportOrder) -> Result<(Imported, Vec<Bad>), ImportError> {
        let mut bad = Vec::new();
        let imported = import(&self.hub.state, "test", order, &mut |told| {
            bad.push(told.clone())
        })?;
        Ok((imported, bad))
    }

    fn import(&self, kind: TableKind, text: &str) -> (Imported, Vec<Bad>) {
        let file = self.file("import.csv", text.as_bytes());
        self.run(&self.order(kind, &file)).unwrap()
    }

    fn edition(
        &self,
        kind: TableKind,
        text: &str,
        name: &str,
        day: &str,
    ) -> Result<(Imported, Vec<Bad>), ImportError> {
        let file = self.file("import.csv", text.as_bytes());
        self.run(&ImportOrder {
            edition: Some(name.into()),
            effective_date: Some(day.into()),
            ..self.order(kind, &file)
        })
    }

    fn whole_city(&self) {
        for (kind, text) in ALL {
            let (imported, bad) = self.import(kind, text);
            assert_eq!(bad, [], "{kind}");
            assert!(imported.written, "{kind}");
        }
    }

    fn export(&self, kind: TableKind, name: &str, encoding: Encoding, english: bool) -> PathBuf {
        let file = self.folder.path().join(name);
        export(
            &self.hub.state,
            &ExportOrder {
                kind,
                file: file.clone(),
                edition: None,
                datum: Datum::Wgs84,
                encoding,
                english,
            },
        )
        .unwrap();
        file
    }
}

/// Line, column and code of each.
fn told(bad: &[Bad]) -> Vec<(u64, &str, &str)> {
    bad.iter()
        .map(|bad| (bad.line, bad.column.as_str(), bad.code))
        .collect()
}

/// Line, column and code of each bad cell.
type Told<'a> = &'a [(u64, &'a str, &'a str)];

#[test]
fn a_whole_city_is_imported_and_the_judge_sees_it() {
    let desk = Desk::new();
    desk.whole_city();
    let app = &desk.hub.state;
    let tables = app
        .store
        .reading(|read| app.tables.get(read, monday()))
        .unwrap();
    let at = |text: &str| {
        tables
            .grids
            .locate(text.parse().unwrap())
            .map(|grid| grid.name.clone())
    };
    assert_eq!(at("113.781,34.751").as_deref(), Some("东园"));
    // On the shared edge the lower code wins; the third was shifted by some hundred metres.
    assert_eq!(at("113.784,34.751").as_deref(), Some("东园"));
    assert_eq!(at("113.8005,34.7501"), None);
    let (longitude, latitude) = Datum::Gcj02.to_wgs84((113.806, 34.754));
    assert_eq!(
        at(&format!("{longitude},{latitude}")).as_deref(),
        Some("南园")
    );
    let manhole = tables.classes.find("10103").unwrap();
    assert_eq!(manhole.conditions.len(), 2);
    // What the file leaves open is that of the kind.
    let given = DuplicateReach {
        radius_metres: 20,
        window_days: 7,
    };
    assert_eq!(manhole.duplicates, Some(given));
    let road = tables.classes.find("20115").unwrap();
    assert_eq!(road.duplicates, None);
    assert_eq!(road.duplicate_reach().radius_metres, 50);
    assert!(!tables.classes.sample);
    let key: LimitKey = serde_json::from_str(
        r#"{"class":"10103","condition":"1","area_class":"third","handling_class":"engineering"}"#,
    )
    .unwrap();
    let found = tables.limits.find(&key, &tables.classes).unwrap();
    assert_eq!(
        (found.limit.number, found.source),
        (15, LimitSource::LimitTable)
    );
    let first = LimitKey {
        area_class: AreaClass::First,
        ..key
    };
    let works = tables.limits.find(&first, &tables.classes).unwrap_err();
    assert_eq!(works.code(), "no_limit_of_handling");
    let first = LimitKey {
        condition: "2".into(),
        handling_class: HandlingClass::General,
        ..first
    };
    let fallback = tables.limits.find(&first, &tables.classes).unwrap();
    assert_eq!(fallback.source, LimitSource::ClassTable);
    assert_eq!(tables.limits.len(), 2);
    assert_eq!(tables.area_classes.len(), 2);
    assert_eq!(
        tables
            .holidays
            .iter()
            .map(|day| day.working)
            .collect::<Vec<_>>(),
        [false, true]
    );
    let person = app
        .store
        .reading(|read| read.person(&"li".parse().unwrap()))
        .unwrap()
        .unwrap();
    assert_eq!(person.roles.len(), 2);
    let lines = desk.hub.audit("table_imported");
    assert_eq!(lines.len(), 11);
    assert!(
        lines[1].detail.contains(r#""table":"grids""#) && lines[1].detail.contains(r#""rows":3"#)
    );
    assert_eq!(lines[1].who, "test");
    // Roles come with a line each.
    assert!(
        desk.hub
            .audit("person_put")
            .iter()
            .any(|line| line.detail.contains(r#""person":"zhang""#) && line.who == "test")
    );
}

#[test]
fn every_table_goes_out_and_comes_back_the_same_in_every_form() {
    let desk = Desk::new();
    desk.whole_city();
    let forms = [
        ("a.csv", Encoding::Utf8, false),
        ("b.csv", Encoding::Gb18030, false),
        ("c.csv", Encoding::Utf8, true),
        ("d.xlsx", Encoding::Utf8, false),
        ("e.xlsx", Encoding::Utf8, true),
    ];
    let of_ids = [TableKind::Limits, TableKind::Hours, TableKind::StageLimits];
    let again = Desk::new();
    for (round, (name, encoding, english)) in (1..).zip(forms) {
        for kind in TableKind::ALL {
            let file = desk.export(kind, name, encoding, english);
            let order = ImportOrder {
                edition: Some(format!("round {round}")),
                ..again.order(kind, &file)
            };
            let (imported, bad) = again.run(&order).unwrap();
            assert_eq!(bad, [], "{kind} {name}");
            assert!(imported.written && imported.ignored_columns.is_empty());
            let expected = (!name.ends_with("xlsx")).then_some(match encoding {
                // What holds no Chinese letter is the same in both.
                Encoding::Gb18030 if of_ids.contains(&kind) && english => "utf-8",
                encoding => encoding.id(),
            });
            assert_eq!(imported.encoding, expected, "{kind} {name}");
            let (here, there) = (
                desk.export(kind, "here.csv", Encoding::Utf8, true),
                again.export(kind, "there.csv", Encoding::Utf8, true),
            );
            let text = |path: &Path| std::fs::read_to_string(path).unwrap();
            assert_eq!(text(&here), text(&there), "{kind} {name}");
        }
    }
}

#[test]
fn each_bad_cell_is_named_and_nothing_is_written() {
    let desk = Desk::new();
    desk.whole_city();
    let cases: [(TableKind, &str, Told<'_>); 11] = [
        (
            TableKind::Hours,
            "department,from,until,hours\nwater,05-01,09-30,05:00-11:00\nwater,09-30,10-02,05:00-11:00\nwater,05-01,,05:00-11:00\nnobody,5-1,02-30,22:00-06:00\n,,,08:30-12:00\n,,,08:30-12:00\nwater,12-01,01-31,\n",
            &[
                (3, "from", "seasons_meet"),
                (4, "until", "season"),
                (5, "department", "department_unknown"),
                (5, "from", "month_day"),
                (5, "until", "month_day"),
                (5, "hours", "hours"),
                (7, "from", "row_twice"),
                (8, "hours", "cell_missing"),
            ],
        ),
        (
            TableKind::StageLimits,
            "stage,area_class,handling_class,number,unit\n处置时限,4,急,0,week\nverify,,工程,30,minute\nclose,,,1,work_day\n结案,,,2,work_day\n",
            &[
                (2, "stage", "stage"),
                (2, "area_class", "area_class"),
                (2, "handling_class", "handling_class"),
                (2, "number", "limit_number"),
                (2, "unit", "stage_unit"),
                (3, "handling_class", "stage_before_filing"),
                (5, "stage", "row_twice"),
            ],
        ),
        (
            TableKind::Grids,
            "code,name,duty_grid,boundary,area_class\n41010410100100,甲,Putian,POINT(1 2),4\n,,,,\n410104101001001,甲,p,\"POLYGON((0 0,1 0,1 1))\",\n410104101001001,甲,p,\"POLYGON((0 0,1 0,1 1))\",\n410104101001002,,p,\"POLYGON((0 0,2 2,2 0,0 1))\",\n",
            &[
                (2, "code", "unit_grid_code"),
                (2, "duty_grid", "duty_grid"),
                (2, "area_class", "area_class"),
                (2, "boundary", "boundary_unreadable"),
                (5, "code", "row_twice"),
                (6, "name", "cell_missing"),
                (6, "boundary", "boundary_crossed"),
            ],
        ),
        (
            TableKind::Components,
            "code,class,longitude,latitude,owner,maintainer,state,accuracy\n4101040103000001,10104,113.781,34.751,water,nobody,好,D\n4101040104000001,10103,113.781,34.751,water,crew,,\n4101040103000001,20115,200,x,water,crew,,\n4101040103000002,10103,113,34,water,crew,,\n",
            &[
                (2, "class", "class_unknown"),
                (2, "maintainer", "department_unknown"),
                (2, "state", "component_state"),
                (2, "accuracy", "accuracy_class"),
                (3, "code", "component_code_class"),
                (4, "class", "class_is_event"),
                (4, "latitude", "degrees"),
                (5, "longitude", "component_outside"),
            ],
        ),
        (
            TableKind::Classes,
            "code,id,kind,major_zh,zh,en,condition,condition_zh,number,unit\n20103,A,部件,公,雨,S,1,破,0,天\n10103,a,部件,公,雨,S,1,破,1,工作日\n10103,a,部件,公,水,S,2,破,1,工作日\n10104,a,部件,公,水,S,1,破,1,工作日\n",
            &[
                (2, "code", "class_code"),
                (2, "id", "class_id"),
                (2, "number", "limit_number"),
                (2, "unit", "limit_unit"),
                (4, "code", "class_differs"),
                (5, "id", "row_twice"),
            ],
        ),
        (
            TableKind::Limits,
            "class,condition,area_class,handling_class,number,unit\n10103,9,1,general,1,work_day\n1,1,4,x,1,work_day\n",
            &[
                (2, "condition", "condition_unknown"),
                (3, "class", "class_unknown"),
                (3, "area_class", "area_class"),
                (3, "handling_class", "handling_class"),
            ],
        ),
        (
            TableKind::Holidays,
            "日期,是否上班\n2025-02-29,是\n2025-1-1,也许\n",
            &[
                (2, "日期", "day"),
                (3, "日期", "day"),
                (3, "是否上班", "yes_no"),
            ],
        ),
        (
            TableKind::Departments,
            "id,name,parent,party_kind,formed_by\na,甲,b,,\nb,乙,a,,\nc,丙,nowhere,,\nd,,,,\n",
            &[
                (5, "name", "cell_missing"),
                (2, "parent", "department_circle"),
                (3, "parent", "department_circle"),
                (4, "parent", "department_unknown"),
            ],
        ),
        (
            TableKind::People,
            "id,name,roles,organisation,duty_grids\nZ,甲,网格员;国王,nobody,mars\n",
            &[
                (2, "id", "person_id"),
                (2, "roles", "role"),
                (2, "organisation", "department_unknown"),
                (2, "duty_grids", "duty_grid_unknown"),
            ],
        ),
        (
            TableKind::Phrases,
            "code,use,text,class\n1,唱歌,啊,99999\n2,report,\u{fffd},\n",
            &[
                (2, "use", "phrase_use"),
                (2, "class", "class_unknown"),
                (3, "text", "cell_unreadable"),
            ],
        ),
        (
            TableKind::Roster,
            "person,kind,from,until,duty_grids,to\nnobody,watch,noon,8:00,mars,li\n\
             zhang,shift,2025-06-30 08:00,2025-07-01 08:01,,\nzhang,班次,2025-06-30 08:00,2025-06-30 08:00,,\n\
             zhang,交接,2025-06-30 09:00,,,zhang\nzhang,leave,2025-06-30,2025-07-01,,wang\n\
             zhang,leave,2025-08-30,2025-09-01,putian-1,\nwang,shift,2025-06-30 08:00,2025-06-30 16:00,,\n\
             wang,shift,2025-06-30 08:00,2025-06-30 15:00,,\n",
            &[
                (2, "person", "worker_unknown"),
                (2, "kind", "roster_kind"),
                (2, "from", "moment"),
                (2, "until", "moment"),
                (2, "duty_grids", "duty_grid_unknown"),
                (2, "to", "worker_unknown"),
                (3, "until", "roster_span"),
                (4, "until", "roster_span"),
                (5, "to", "hand_over"),
                (6, "to", "hand_over"),
                (7, "duty_grids", "beats_of_shift"),
                (9, "from", "row_twice"),
            ],
        ),
    ];
    let size = |desk: &Desk| {
        std::fs::metadata(desk.hub.folder().database().with_extension("db-wal"))
            .map(|file| file.len())
            .ok()
    };
    let before = size(&desk);
    for (kind, text, expected) in cases {
        let (imported, bad) = desk.import(kind, text);
        assert_eq!(told(&bad), expected, "{kind}");
        assert_eq!(
            (imported.written, imported.bad),
            (false, expected.len() as u64),
            "{kind}"
        );
    }
    assert_eq!(size(&desk), before, "not a byte was written");
    assert_eq!(desk.hub.audit("table_imported").len(), 11);
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let desk = Desk::new();
    let file = desk.file("d.csv", DEPARTMENTS.as_bytes());
    let order = ImportOrder {
        dry_run: true,
        ..desk.order(TableKind::Departments, &file)
    };
    let (imported, bad) = desk.run(&order).unwrap();
    assert_eq!((imported.rows, imported.written, bad.len()), (2, false, 0));
    let found = desk
        .hub
        .state
        .store
        .reading(|read| read.organisation(&"water".parse().unwrap()));
    assert_eq!(found.unwrap(), None);
    assert!(desk.hub.audit("table_imported").is_empty());
}

#[test]
fn an_edition_holds_from_its_day_and_an_older_one_stays() {
    let desk = Desk::new();
    desk.whole_city();
    let app = &desk.hub.state;
    let renamed = GRIDS.replace("东园", "新东园");
    let (_, bad) = desk
        .edition(TableKind::Grids, &renamed, "2025年下半年", "2025-07-01")
        .unwrap();
    assert_eq!(bad, []);
    let longer = CLASSES.replace(",7,work_day", ",9,work_day");
    desk.edition(TableKind::Classes, &longer, "2025年下半年", "2025-07-01")
        .unwrap();
    let on = |day: &str| {
        let now =
            xunge_domain::time::Timestamp::from_rfc3339(&format!("{day}T09:00:00+08:00")).unwrap();
        let tables = app.store.reading(|read| app.tables.get(read, now)).unwrap();
        let grid = tables
            .grids
            .get("410104101001001".parse().unwrap())
            .unwrap()
            .name
            .clone();
        (
            grid,
            tables.classes.find("20115").unwrap().conditions[0]
                .limit
                .number,
        )
    };
    assert_eq!(on("2025-06-30"), ("东园".into(), 7));
    assert_eq!(on("2025-07-01"), ("新东园".into(), 9));
    // What was filed under the older edition finds it by its name.
    let older = app
        .store
        .reading(|read| read.class_table(&local_date(monday())))
        .unwrap()
        .unwrap();
    assert_eq!(older.find("20115").unwrap().conditions[0].limit.number, 7);
    let again = desk.edition(TableKind::Grids, GRIDS, "2025年下半年", "2025-08-01");
    assert!(
        matches!(again, Err(ImportError::EditionExists { .. })),
        "{again:?}"
    );
    let no_day = desk.edition(TableKind::Grids, GRIDS, "x", "2025-7-1");
    assert!(matches!(no_day, Err(ImportError::EffectiveDate(_))));
    let later = desk.edition(TableKind::People, PEOPLE, "x", "2025-07-01");
    assert!(matches!(later, Err(ImportError::NotYet(TableKind::People))));
}

#[test]
fn people_go_into_the_register_and_nobody_disappears() {
    let desk = Desk::new();
    desk.whole_city();
    let app = &desk.hub.state;
    let (imported, _) = desk.import(TableKind::People, PEOPLE);
    assert_eq!((imported.rows, imported.changed), (3, 0), "nothing is new");
    let moved = PEOPLE.replace("putian-1;putian-2", "putian-2");
    let (imported, _) = desk.import(TableKind::People, &moved);
    assert_eq!(imported.changed, 1);
    let former = app
        .store
        .reading(|read| read.former_scopes(&"zhang".parse().unwrap()))
        .unwrap();
    assert_eq!(former[0].scope.to_string(), "grid:putian-1");
    assert!(
        app.store
            .reading(|read| read.person(&"clerk".parse().unwrap()))
            .unwrap()
            .is_some()
    );
    let file = desk.file(
        "p.csv",
        "id,name,roles,organisation,duty_grids\nadmin,甲,auditor,centre,\n".as_bytes(),
    );
    let refused = desk.run(&desk.order(TableKind::People, &file));
    assert!(
        matches!(refused, Err(ImportError::LastAdmin(_))),
        "{refused:?}"
    );
    let admin = app
        .store
        .reading(|read| read.person(&"admin".parse().unwrap()))
        .unwrap()
        .unwrap();
    assert!(admin.roles.iter().any(|role| role.id() == "admin"));
}

#[test]
fn files_that_are_no_tables_are_refused() {
    let desk = Desk::new();
    let source = |content: &[u8]| {
        let file = desk.file("x.csv", content);
        desk.run(&desk.order(TableKind::Holidays, &file))
    };
    assert!(matches!(source(b""), Err(ImportError::Source(_))));
    assert!(matches!(
        source(b"PK\x03\x04nonsense"),
        Err(ImportError::Source(_))
    ));
    assert!(matches!(
        source(b"a,b\n1,2\n"),
        Err(ImportError::Headers(_))
    ));
    let endless = [b"date,working\n\"".as_slice(), &vec![b'a'; 3_000_000]].concat();
    assert!(
        matches!(source(&endless), Err(ImportError::Source(_))),
        "a quotation mark that nobody closes"
    );
    let (imported, bad) = source(b"date,working\n").unwrap();
    assert_eq!(
        (imported.written, told(&bad)),
        (false, vec![(1, "", "rows_none")])
    );
    let (_, bad) = source(b"date,working\n2025-01-01,no,,x\n").unwrap();
    assert_eq!(told(&bad), [(2, "", "row_too_wide")]);
}

#[test]
fn a_spreadsheet_that_lost_digits_is_told_so() {
    let desk = Desk::new();
    desk.whole_city();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip([
        "code",
        "class",
        "longitude",
        "latitude",
        "owner",
        "maintainer",
    ]) {
        sheet.write_string(0, column, header).unwrap();
    }
    sheet.write_number(1, 0, 4_101_040_103_000_001.0).unwrap();
    sheet.write_number(1, 1, 10_103).unwrap();
    sheet.write_number(1, 2, 113.781).unwrap();
    sheet.write_number(1, 3, 34.751).unwrap();
    sheet.write_string(1, 4, "water").unwrap();
    sheet.write_string(1, 5, "crew").unwrap();
    let file = desk.folder.path().join("n.xlsx");
    book.save(&file).unwrap();
    let (_, bad) = desk.run(&desk.order(TableKind::Components, &file)).unwrap();
    assert_eq!(
        told(&bad),
        [(2, "code", "digits_lost")],
        "numbers of few digits are taken"
    );
}

#[test]
fn the_commands_say_what_they_did_and_fail_with_one() {
    let desk = Desk::new();
    let data = desk.hub.folder();
    let data = data
        .database()
        .parent()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    let bad = desk.file(
        "bad.csv",
        &Encoding::Gb18030.encode("日期,是否上班,说明\n2025-13-01,否,元旦\n"),
    );
    let file = bad.to_str().unwrap();
    let output = run(&["import", "--data", &data, "--table", "holidays", file]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(
        said.contains("第 2 行 line 2，列 column 日期：\"2025-13-01\"") && said.contains("[day]"),
        "{said}"
    );
    assert!(errors(&output).contains("[table_bad_rows]"));
    let output = run(&[
        "import", "--data", &data, "--table", "holidays", "--json", file,
    ]);
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    let lines: Vec<serde_json::Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        (&lines[0]["line"], &lines[1]["written"]),
        (&2.into(), &false.into())
    );
    let good = desk.file("good.csv", HOLIDAYS.as_bytes());
    let file = good.to_str().unwrap();
    let output = run(&[
        "import",
        "--data",
        &data,
        "--table",
        "节假日",
        "--edition",
        "甲",
        file,
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let to = desk.folder.path().join("out.csv");
    let output = run(&[
        "export",
        "--data",
        &data,
        "--table",
        "holidays",
        "--to",
        to.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let text = std::fs::read_to_string(&to).unwrap();
    assert_eq!(
        text,
        "\u{feff}日期,是否上班,说明\n2025-10-01,no,国庆节\n2025-10-11,yes,调休\n"
    );
    let output = run(&[
        "export",
        "--data",
        &data,
        "--table",
        "limits",
        "--to",
        to.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("[table_no_edition]"));
    let output = run(&["import", "--data", &data, "--table", "cats", file]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_small_synthetic_city_is_imported_without_a_bad_row() {
    use xunge_server::synthetic_city::{Size, write};
    let desk = Desk::new();
    let size = Size {
        grids: 300,
        components: 1_500,
        people: 200,
    };
    for written in write(&desk.folder.path().join("city"), 3, size).unwrap() {
        let order = ImportOrder {
            sample: true,
            ..desk.order(written.table, &written.file)
        };
        let (imported, bad) = desk.run(&order).unwrap();
        assert_eq!(bad, [], "{}", written.table);
        assert_eq!((imported.written, imported.rows), (true, written.rows));
    }
    let app = &desk.hub.state;
    let tables = app
        .store
        .reading(|read| app.tables.get(read, monday()))
        .unwrap();
    assert_eq!(
        (
            tables.grids.grids().len(),
            tables.classes.classes.len(),
            tables.limits.len()
        ),
        (300, 264, 7_128)
    );
    assert!(tables.classes.sample);
}
