import XCTest
import XungeCoreApi

@testable import XungeFeatures

@MainActor
final class CheckinTests: XCTestCase, @unchecked Sendable {
    private let core = FakeCore()
    private let phone = FakePlatform()
    private lazy var field = FieldModel(core: core, platform: phone.platform(), language: .chinese)

    func testLongListsComePageByPageWithoutARowTwice() async {
        core.with { state in
            state.beat.checkins = (1...120).map { number in
                var row = BeatSamples.checkins[0]
                row.id = DocumentId("\(number)")
                return row
            }
        }
        let page = CheckinListModel(field)
        await field.open(.checkinList(page))
        XCTAssertEqual(page.rows?.count, 50)
        await page.more()
        await page.more()
        XCTAssertEqual(Set((page.rows ?? []).map(\.id)).count, 120)
        XCTAssertFalse(page.hasMore)
        await field.changed()
        XCTAssertEqual(page.rows?.count, 120, "what was scrolled to stays")
    }

    func testAStepIsWrittenOnSiteInWords() async {
        let page = await opened("checkin 1")
        page.write(.arrival)
        await page.keep()
        XCTAssertEqual(page.writing, .arrival, "nothing is written for nothing")
        page.note = " 到场，准备清淤 "
        await page.addPhoto()
        page.write(.progress)
        await page.keep()
        XCTAssertNil(page.writing)
        let step = core.with { $0.beat.steps.first }
        XCTAssertEqual(step?.kind, .progress, "the kind can be changed while one writes")
        XCTAssertEqual(step?.note, "到场，准备清淤")
        XCTAssertEqual(step?.photos.map(\.purpose), [.during])
        XCTAssertEqual(page.page?.steps.last?.note, "到场，准备清淤")
        XCTAssertEqual(page.photos, [])
        await field.syncing.settled()
        XCTAssertEqual(core.with { $0.rounds }, 1)
    }

    func testWhatIsBeingWrittenStaysUntilItIsKept() async {
        let page = await opened("checkin 1")
        page.write(.talk)
        page.note = "居民反映"
        page.write(nil)
        XCTAssertEqual(page.note, "居民反映")
        XCTAssertEqual(core.with { $0.beat.steps.count }, 0)
    }

    func testAPartyAnswersAndForAnotherOneTheCoreSaysNo() async {
        let page = await opened("checkin 2")
        XCTAssertEqual(page.answerable.map(\.name), ["莆田路社区党支部", "市政排水中心党支部"], "hosts first")
        page.answer(true)
        page.speakFor(BeatSamples.bodies[1].id)
        await page.submitAnswer(accepts: true)
        XCTAssertEqual(page.asking.problem?.code, "not_party")
        XCTAssertNotNil(page.answering, "it can be mended")
        page.speakFor(BeatSamples.bodies[0].id)
        page.explain(" 会同办理 ")
        await page.submitAnswer(accepts: true)
        XCTAssertEqual(core.with { $0.beat.answers }, ["putian true 会同办理"])
        XCTAssertNil(page.answering)
        XCTAssertEqual(page.answerable, [], "it is answered")
        page.answer(true)
        XCTAssertNil(page.answering)
        await field.syncing.settled()
    }

    func testACheckinOpensItsCaseAndRefusedWorkOpensTheCheckin() async {
        let page = await opened("checkin 1")
        await page.openSubject(Samples.rows[0].id)
        guard case .casePage = field.page else { return XCTFail("\(String(describing: field.page))") }
        let lane = LaneModel(field)
        await field.open(.lane(lane))
        let item = SetAside(
            id: EntryId("refused"), document: DocumentId("checkin 1"), kind: "survey", outcome: .declined,
            at: Samples.now, reason: Samples.lane[1].reason)
        await lane.open(item)
        guard case .checkin(let opened) = field.page else { return XCTFail("\(String(describing: field.page))") }
        XCTAssertEqual(opened.page?.title, "莆田路积水点整治")
        XCTAssertEqual(kindNamed(item.kind), StepName.survey.named)
    }

    func testACheckinNeedsItsLineItsPlaceAndBothSides() async {
        core.with { $0.person = BeatSamples.secretary }
        await field.start()
        let list = CheckinListModel(field)
        XCTAssertTrue(list.mayOpen)
        await list.begin()
        guard case .checkinOpen(let page) = field.page else { return XCTFail("\(String(describing: field.page))") }
        await phone.positions.say(metres: 12)
        page.title = " 老旧电缆入地 "
        page.pickFor(.visiting)
        page.wanted = "排水"
        XCTAssertEqual(page.found.map(\.name), ["市政排水中心党支部"])
        page.pick(.visiting, page.found[0].id)
        page.pick(.hosts, BeatSamples.bodies[0].id)
        await page.open()
        XCTAssertEqual(core.with { $0.beat.opened.count }, 0, "where?")
        page.address = " 黄河路 7 号院 "
        await page.open()
        let opened = core.with { $0.beat.opened }
        XCTAssertEqual(opened.map(\.title), ["老旧电缆入地"])
        XCTAssertEqual(opened.first?.subject, .place(address: "黄河路 7 号院", point: Samples.corner))
        XCTAssertEqual(opened.first?.initiation, .visit)
        guard case .checkin = field.page else { return XCTFail("\(String(describing: field.page))") }
        XCTAssertEqual(phone.positions.watchers.count, 0, "nobody watches the position any more")
        await field.back()
        guard case .checkinList = field.page else { return XCTFail("\(String(describing: field.page))") }
        await field.syncing.settled()
    }

    func testACheckinAboutACaseTakesItsLineFromItAndAGridWorkerOpensNone() async {
        await field.start()
        XCTAssertFalse(CheckinListModel(field).mayOpen)
        let case_ = CaseModel(field, DocumentId("case 1"))
        await field.open(.casePage(case_))
        XCTAssertFalse(case_.mayOpenCheckin)
        await case_.openCheckin()
        guard case .checkinOpen(let page) = field.page else { return XCTFail("\(String(describing: field.page))") }
        XCTAssertEqual(page.title, "路灯不亮")
        XCTAssertEqual(phone.positions.watchers.count, 0, "a case has its place")
        page.pick(.visiting, BeatSamples.bodies[1].id)
        page.pick(.hosts, BeatSamples.bodies[0].id)
        page.pick(.hosts, BeatSamples.bodies[0].id)
        XCTAssertFalse(page.ready, "taken off again")
        page.pick(.hosts, BeatSamples.bodies[0].id)
        await page.open()
        XCTAssertEqual(core.with { $0.beat.opened.first?.subject }, .case(DocumentId("case 1")))
        await field.syncing.settled()
    }

    private func opened(_ id: String) async -> CheckinModel {
        let page = CheckinModel(field, DocumentId(id))
        await field.open(.checkin(page))
        return page
    }
}
