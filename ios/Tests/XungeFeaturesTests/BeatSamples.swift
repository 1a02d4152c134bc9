import XungeCoreApi

/// Check-ins and the map of a made-up beat.
enum BeatSamples {
    static let bodies = [
        Body(id: OrganisationId("putian"), name: "莆田路社区党支部"),
        Body(id: OrganisationId("drainage"), name: "市政排水中心党支部"),
        Body(id: OrganisationId("street"), name: "莆田路街道办事处"),
        Body(id: OrganisationId("road-dept"), name: "道桥维护科"),
    ]

    static let secretary = Person(
        id: PersonId("secretary"), name: "李敏", roles: [.branchSecretary], organisation: OrganisationId("putian"),
        dutyGrids: [])

    /// So many metres east and north of the corner, nearly.
    static func east(_ metres: Int32, north: Int32 = 0) -> Point {
        Point(longitudeE7: Samples.corner.longitudeE7 + metres * 109, latitudeE7: Samples.corner.latitudeE7 + north * 90)
    }

    static let checkins = [
        row(1, "莆田路积水点整治", .underWay, .whistle, 3, .progress), row(2, "7 号院老旧电缆入地", .opened, .visit, 0, nil),
        row(3, "菜市场后门清运点", .closed, .joint, 9, .followUp),
    ]

    static let pages = Dictionary(uniqueKeysWithValues: checkins.map { ($0.id, page($0)) })

    static let map = BeatMap(
        area: Bounds(southWest: east(-300, north: -220), northEast: east(300, north: 220)),
        grids: [
            MapGrid(
                code: UnitGridCode("410104101001001"), name: "莆田嘉园",
                corners: [east(-300, north: -220), east(0, north: -220), east(0, north: 220), east(-300, north: 220)])
        ],
        components: [
            MapComponent(code: ComponentCode("4101040102000017"), classCode: "20115", name: "", point: east(12))
        ],
        cases: [placed(1, east(40)), placed(2, east(-90, north: 20)), placed(3, nil), placed(4, east(200, north: 150))])

    static let base = BaseMap(
        title: "底图", attribution: "审图号：GS(2025)0000号", bytes: 8_400_000, bytesHere: 8_400_000, zoomMin: 12, zoomMax: 18)

    private static func placed(_ number: Int, _ point: Point?) -> CaseRow {
        var row = Samples.row(number, "第 \(number) 件", "路灯", "", .reported)
        row.point = point
        return row
    }

    private static func row(
        _ number: Int, _ title: String, _ state: CheckinState, _ initiation: Initiation, _ steps: UInt32, _ last: StepName?
    ) -> CheckinRow {
        CheckinRow(
            id: DocumentId("checkin \(number)"), localCode: "R2-\(number)", title: title, state: state,
            initiation: initiation, steps: steps, lastStep: last,
            updatedAt: Instant(Samples.now.millis - Int64(number) * 60_000), delivery: .received)
    }

    private static func page(_ row: CheckinRow) -> CheckinPage {
        CheckinPage(
            id: row.id, localCode: row.localCode, title: row.title, state: row.state, initiation: row.initiation,
            subject: .case(Samples.rows[0].id), visiting: [bodies[1]], hosts: [bodies[0]], delivery: row.delivery,
            mayAnswer: row.state == .opened)
    }
}
