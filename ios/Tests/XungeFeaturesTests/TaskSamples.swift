import XungeCoreApi

extension Samples {
    static let phrases = ["影响行人通行", "夜间无照明", "已设围挡"]

    /// One that is near and due later, one far away and due first, one that was answered.
    static let tasks = [
        task(2, dueMinutes: 8, at: Point(longitudeE7: 1_137_961_000, latitudeE7: 347_552_000)),
        task(1, dueMinutes: 40, at: corner),
        answered(task(3, dueMinutes: 5, at: corner)),
    ]

    static func task(_ number: Int, dueMinutes: Int64, at point: Point?) -> FieldTask {
        let row = rows[number - 1]
        return FieldTask(
            id: row.id, localCode: row.localCode, title: row.title, address: row.address, point: point,
            kind: number == 1 ? .check : .verify, deliveredAt: Instant(now.millis - 22 * 60_000),
            dueAt: Instant(now.millis + dueMinutes * 60_000))
    }

    private static func answered(_ task: FieldTask) -> FieldTask {
        var task = task
        task.answered = true
        return task
    }

    static let grids = [
        GridOffer(code: UnitGridCode("410105010010101"), name: "莆田路 1", share: 0.7),
        GridOffer(code: UnitGridCode("410105010010102"), name: "莆田路 2", share: 0.3),
    ]

    static let around = Around(
        point: corner, grids: [grids[0]],
        classes: [
            ClassOffer(code: "20115", why: .componentHere, metres: 3),
            ClassOffer(code: "10101", why: .usedLately, metres: nil),
        ],
        components: [
            NearComponent(
                code: ComponentCode("4101050115000001"), classCode: "20115", name: "污水井 12", point: corner, metres: 3.2,
                maintainer: "市政管网"),
            NearComponent(
                code: ComponentCode("4101050115000002"), classCode: "20115", name: "", point: corner, metres: 14,
                maintainer: "市政管网"),
        ],
        duplicates: [])

    static let duplicates = [1, 2].map { number in
        LikelyDuplicate(
            id: rows[number].id, localCode: rows[number].localCode, title: rows[number].title,
            className: rows[number].className, state: .reported, metres: UInt32(number) * 6, reportedAt: now, thumb: nil,
            zh: "相距 6 米，同一类别", en: "6 m away, the same class")
    }
}
