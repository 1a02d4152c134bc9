import XungeCoreApi

/// What the fake core says.
enum Samples {
    static let now = Instant(1_783_045_440_000)
    static let person = Person(
        id: PersonId("worker"), name: "王芳", roles: [.gridWorker], organisation: nil, dutyGrids: ["莆田路"])
    static let corner = Point(longitudeE7: 1_137_861_000, latitudeE7: 347_552_000)

    static let classes: [CaseClass] = [
        ("20106", "公用设施", "路面破损", "Road damage"), ("20115", "公用设施", "污水井盖", "Sewage manhole"),
        ("20201", "公用设施", "路灯", "Street light"), ("10101", "市容环境", "暴露垃圾", "Exposed waste"),
        ("10102", "市容环境", "积存垃圾", "Heaped waste"), ("10103", "市容环境", "道路遗撒", "Spilt load"),
        ("10104", "市容环境", "乱堆物料", "Heaped goods"), ("10105", "市容环境", "非法小广告", "Posters"),
        ("10106", "街面秩序", "占道经营", "Trading on the pavement"), ("10107", "街面秩序", "违章停车", "Parking"),
    ].map { CaseClass(code: $0.0, majorZh: $0.1, zh: $0.2, en: $0.3, selfHandled: $0.0 == "10101") }

    static let rows: [CaseRow] = [
        row(1, "路灯不亮", "路灯", "黄河路 3 号", .reported), row(2, "井盖缺失", "污水井盖", "莆田路 9 号", .verifying),
        row(3, "垃圾未清", "暴露垃圾", "黄河路 8 号", .closed),
    ]

    static let lane = [
        SetAside(
            id: EntryId("refused 1"), document: rows[0].id, kind: "claim", outcome: .declined, at: now,
            reason: Reason(code: "wrong_role", zh: "不归您", en: "not yours")),
        SetAside(
            id: EntryId("refused 2"), document: DocumentId("elsewhere"), kind: "photo", outcome: .quarantined, at: now,
            reason: Reason(code: "damaged", zh: "损坏", en: "damaged")),
    ]

    static func row(
        _ number: Int, _ title: String, _ className: String, _ address: String, _ state: CaseState
    ) -> CaseRow {
        CaseRow(
            id: DocumentId("case \(number)"), localCode: "A\(number)", caseNo: nil, title: title, className: className,
            state: state, severity: .ordinary, address: address, updatedAt: Instant(now.millis - Int64(number) * 60_000),
            delivery: .received, declined: false, thumb: nil)
    }

    static func page(_ row: CaseRow) -> CasePage {
        CasePage(
            id: row.id, localCode: row.localCode, className: row.className, title: row.title, state: row.state,
            provisionalState: row.state, delivery: row.delivery,
            photos: [photo(1, .received), photo(2, .onDevice), photo(3, .elsewhere)],
            offered: [
                OfferedAction(action: .verify, reason: nil), OfferedAction(action: .accept, reason: nil),
                OfferedAction(action: .check, reason: Reason(code: "wrong_state", zh: "还没到", en: "not yet")),
            ])
    }

    static func photo(_ number: Int, _ state: PhotoState) -> Photo {
        Photo(
            id: EntryId("photo \(number)"), hash: PhotoHash("\(number)"), purpose: .found, caption: "",
            author: person.id, at: now, state: state)
    }

    static func draftPhoto(_ number: Int, _ purpose: PhotoPurpose = .found) -> DraftPhoto {
        DraftPhoto(hash: PhotoHash("\(number)"), purpose: purpose, caption: "")
    }
}
