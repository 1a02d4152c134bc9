import XCTest
import XungeCoreApi

@testable import XungeFeatures

@MainActor
final class PagesTests: XCTestCase, @unchecked Sendable {
    private let core = FakeCore()
    private let phone = FakePlatform()
    private lazy var field = FieldModel(core: core, platform: phone.platform(), language: .chinese)

    func testAFreshDeviceEnrolsAndComesHome() async {
        core.with { $0.enrolled = false }
        await field.start()
        guard case .enrol(let page) = field.page else { return XCTFail("\(String(describing: field.page))") }
        XCTAssertFalse(page.ready)
        page.server = " https://hub.example/ "
        page.code = "wrong"
        await page.enrol()
        XCTAssertEqual(page.asking.problem?.code, "no_network")
        XCTAssertFalse(page.asking.busy, "it can be tried again")
        page.code = " right-code "
        await page.enrol()
        guard case .home(let home) = field.page else { return XCTFail("\(String(describing: field.page))") }
        XCTAssertEqual(home.home?.person.name, "王芳")
        await field.syncing.settled()
    }

    func testTheListSearchesAndComesBackWhole() async {
        let page = await cases()
        XCTAssertEqual(page.rows?.count, 3)
        await page.find("黄河路")
        XCTAssertEqual(page.rows?.count, 2)
        await page.find("没有这样的")
        XCTAssertEqual(page.rows?.count, 0)
        await page.find("")
        XCTAssertEqual(page.rows?.count, 3)
    }

    func testLongListsComePageByPageWithoutARowTwice() async {
        core.with { $0.rows = (1...120).map { Samples.row($0, "多", "路灯", "", .reported) } }
        let page = await cases()
        XCTAssertEqual(page.rows?.count, 50)
        XCTAssertTrue(page.hasMore)
        await page.more()
        await page.more()
        XCTAssertEqual(Set((page.rows ?? []).map(\.id)).count, 120)
        XCTAssertEqual(page.rows?.count, 120)
        XCTAssertFalse(page.hasMore)
        await field.changed()
        XCTAssertEqual(page.rows?.count, 120, "what was scrolled to stays")
    }

    func testACommentIsKeptAndSent() async {
        let page = await opened("case 1")
        XCTAssertEqual(page.photosSafe.safe, 1)
        XCTAssertEqual(page.photosSafe.of, 2, "a photo of somebody else is not this device's to send")
        page.comment = "  "
        await page.leaveComment()
        XCTAssertNotNil(page.comment, "nothing is written for nothing")
        page.comment = "已围挡"
        await page.leaveComment()
        XCTAssertNil(page.comment)
        XCTAssertEqual(page.page?.comments.last?.text, "已围挡")
        await field.syncing.settled()
        XCTAssertEqual(field.syncing.outcome, .done)
    }

    func testAVerificationNeedsItsAnswerAndItsPhotoAndADesksActIsNotOffered() async {
        let page = await opened("case 2")
        XCTAssertEqual(page.possible, [.verify], "not what is impossible, not what is done at a desk")
        await page.begin(.verify)
        await page.submitAct()
        page.acting?.answer = .unclear
        page.acting?.note = " 看不清 "
        await page.submitAct()
        XCTAssertEqual(core.with { $0.acts }, [])
        await page.photographAct()
        await page.submitAct()
        XCTAssertEqual(core.with { $0.acts }, [.verify(result: nil, note: "看不清")])
        XCTAssertNil(page.acting)
        await page.begin(.claim)
        XCTAssertEqual(core.with { $0.acts.last }, .claim, "a claim is one touch")
        await field.syncing.settled()
    }

    func testRefusedWorkGoesOnlyWhenItsAuthorSaysSo() async {
        let lane = LaneModel(field)
        await field.open(.lane(lane))
        XCTAssertEqual(lane.lane?.count, 2)
        await lane.dismiss(Samples.lane[1])
        XCTAssertEqual(lane.lane, [Samples.lane[0]])
        await lane.open(Samples.lane[0])
        guard case .casePage = field.page else { return XCTFail("\(String(describing: field.page))") }
    }

    func testOneRoundAtATimeAndOneAskedForMeanwhileFollows() async {
        let page = DeliveryModel(field)
        await field.open(.delivery(page))
        XCTAssertEqual(page.status?.textsUnsent, 3)
        await phone.link.hold()
        page.sendNow()
        await phone.link.arrived()
        page.sendNow()
        page.sendNow()
        XCTAssertTrue(field.syncing.running)
        await phone.link.letGo()
        await field.syncing.settled()
        XCTAssertEqual(core.with { $0.rounds }, 2, "one follows, not two")
        XCTAssertFalse(field.syncing.running)
        XCTAssertEqual(page.status?.allSafe, true)
    }

    func testARoundThatDidNotComeThroughIsTriedAgainByItselfUnlessSomebodyWasFaster() async {
        core.with { $0.outcome = .later(afterMillis: 30_000, why: Reason(code: "no_network", zh: "没有网络", en: "none")) }
        field.syncing.start()
        await field.syncing.settled()
        XCTAssertEqual(phone.later.map(\.millis), [30_000])
        XCTAssertEqual(core.with { $0.status.textsUnsent }, 3, "nothing is lost")
        field.syncing.start()
        await field.syncing.settled()
        phone.later[0].work()
        await field.syncing.settled()
        XCTAssertEqual(core.with { $0.rounds }, 2, "the worker was faster: the first try is pointless")
        core.with { $0.outcome = .done }
        phone.later[1].work()
        await field.syncing.settled()
        XCTAssertEqual(field.syncing.outcome, .done)
        XCTAssertEqual(phone.later.count, 2, "nothing is left to try")
    }

    func testFilesAreClosedInTheBackgroundAndOpenedInTheForeground() async {
        await field.start()
        await field.background()
        XCTAssertTrue(core.with { $0.suspended })
        await field.foreground()
        XCTAssertFalse(core.with { $0.suspended })
        await field.syncing.settled()
    }

    private func cases() async -> CaseListModel {
        let page = CaseListModel(field)
        await field.open(.caseList(page))
        return page
    }

    private func opened(_ id: String) async -> CaseModel {
        let page = CaseModel(field, DocumentId(id))
        await field.open(.casePage(page))
        return page
    }
}
