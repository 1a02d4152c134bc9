import XCTest
import XungeCoreApi

@testable import XungeFeatures

@MainActor
final class ReportTests: XCTestCase, @unchecked Sendable {
    private let core = FakeCore()
    private let phone = FakePlatform()
    private lazy var field = FieldModel(core: core, platform: phone.platform(), language: .chinese)

    func testTheShutterMakesADraftThatIsSafeBeforeAnythingIsAsked() async {
        let report = await shot()
        XCTAssertEqual(core.with { $0.drafts.count }, 1)
        XCTAssertEqual(report?.draft.photos.count, 1)
        XCTAssertEqual(report?.ready, false)
        phone.camera.gives = false
        await field.back()
        await home?.shoot()
        XCTAssertNotNil(home, "no photo, no draft")
        XCTAssertEqual(home?.home?.drafts.count, 1)
    }

    func testEveryStepOfAReportIsSavedAtOnce() async {
        guard let report = await shot() else { return XCTFail("no report") }
        await report.pick(Samples.classes[1])
        await report.rate(.urgent)
        await report.hazard("影响通行")
        await report.describe("井盖翘起")
        await report.address("莆田路 18 号")
        let kept = core.with { $0.drafts[0] }
        XCTAssertEqual(kept, report.draft)
        XCTAssertEqual(kept.classCode, Samples.classes[1].code)
        XCTAssertEqual([kept.description, kept.address], ["井盖翘起", "莆田路 18 号"])
        XCTAssertEqual(kept.hazards, ["影响通行"])
        await report.hazard("影响通行")
        XCTAssertEqual(core.with { $0.drafts[0].hazards }, [])
        await report.addPhoto()
        XCTAssertEqual(report.draft.photos.count, 2)
        await report.removePhoto(PhotoHash("2"))
        XCTAssertEqual(core.with { $0.drafts[0].photos.count }, 1)
    }

    func testThePositionImprovesUntilItIsReportedAndThenNobodyWatches() async {
        guard let report = await shot() else { return XCTFail("no report") }
        XCTAssertEqual(report.position, .waiting)
        XCTAssertEqual(phone.positions.watchers.count, 1)
        await phone.positions.say(metres: 80)
        XCTAssertEqual(report.position, .weak(metres: 80))
        await phone.positions.say(metres: 9)
        await phone.positions.say(metres: 40)
        XCTAssertEqual(report.position, .good(metres: 9), "a worse fix does not take its place")
        for more: UInt32 in 0..<30 { await phone.positions.say(metres: 100 + more) }
        XCTAssertEqual(core.with { $0.drafts[0].fixes.count }, 16, "the most exact are kept")
        XCTAssertEqual(core.with { $0.drafts[0].fixes[0].accuracyMetres }, 9)
        await report.pick(Samples.classes[0])
        await report.report()
        XCTAssertEqual(phone.positions.watchers.count, 0)
        await field.syncing.settled()
    }

    func testARefusedReportStaysADraftAndSaysWhy() async {
        guard let report = await shot() else { return XCTFail("no report") }
        await report.pick(Samples.classes[0])
        core.with { $0.drafts = [] }
        await report.report()
        XCTAssertEqual(report.asking.problem?.code, "not_found")
        XCTAssertEqual(report.draft.classCode, Samples.classes[0].code)
        XCTAssertFalse(report.asking.busy)
        report.asking.understood()
        XCTAssertNil(report.asking.problem)
    }

    func testWhatWasReportedIsShownAndBackIsHome() async {
        guard let report = await shot() else { return XCTFail("no report") }
        await report.pick(Samples.classes[0])
        await report.report()
        guard case .casePage(let page) = field.page else { return XCTFail("\(String(describing: field.page))") }
        XCTAssertTrue(page.justReported)
        XCTAssertEqual(page.page?.title, "路面破损")
        await field.back()
        XCTAssertEqual(home?.home?.recent.first?.title, "路面破损")
        XCTAssertFalse(field.canGoBack)
        await field.syncing.settled()
    }

    func testLikelyClassesAreTheCoresEachOnceWithTheirReasonAndFollowThePlace() async {
        guard let report = await shot() else { return XCTFail("no report") }
        XCTAssertEqual(report.likely.prefix(2).map(\.each.zh), ["暴露垃圾", "路面破损"], "then the first of the table")
        XCTAssertEqual(Set(report.likely.map(\.each)).count, likelyMax)
        await phone.positions.say(metres: 9)
        XCTAssertEqual(report.likely.prefix(3).map(\.each.zh), ["污水井盖", "暴露垃圾", "路面破损"])
        XCTAssertEqual(report.likely[0].offer?.said(.chinese), "附近部件 3 米")
        XCTAssertEqual(report.likely[1].offer?.said(.english), "Used lately")
        XCTAssertNil(report.likely[2].offer)
        let unknown = ClassOffer(code: "of a later table", why: .usedLately, metres: nil)
        XCTAssertEqual(likelyClasses(Samples.classes, [unknown]).map(\.each), Array(Samples.classes.prefix(likelyMax)))
    }

    func testAClassIsFoundByItsNamesItsMajorClassAndItsCode() async {
        XCTAssertEqual(findClasses(Samples.classes, " 井盖 ").map(\.zh), ["污水井盖"])
        XCTAssertEqual(findClasses(Samples.classes, "manHole").map(\.zh), ["污水井盖"])
        XCTAssertEqual(findClasses(Samples.classes, "公用设施").count, 3)
        XCTAssertEqual(findClasses(Samples.classes, "20115").count, 1)
        XCTAssertEqual(findClasses(Samples.classes, "没有"), [])
    }

    private var home: HomeModel? {
        if case .home(let page) = field.page { page } else { nil }
    }

    private func shot() async -> ReportModel? {
        await field.start()
        await field.syncing.settled()
        await home?.shoot()
        return if case .report(let page) = field.page { page } else { nil }
    }
}
