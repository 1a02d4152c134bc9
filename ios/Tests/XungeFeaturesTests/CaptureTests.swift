import XCTest
import XungeCoreApi

@testable import XungeFeatures

/// A report at its place: what is around, what is the same matter, what is settled on the spot.
@MainActor
final class CaptureTests: XCTestCase, @unchecked Sendable {
    private let core = FakeCore()
    private let phone = FakePlatform()
    private lazy var field = FieldModel(core: core, platform: phone.platform(), language: .chinese)

    func testAReportWaitsUntilTheCoreHasLookedForTheSameMatter() async throws {
        let report = try await shot()
        let held = DispatchSemaphore(value: 0)
        core.with { $0.aroundHeld = held }
        let picking = Task { await report.pick(Samples.classes[0]) }
        for _ in 0..<10_000 where core.with({ $0.drafts[0].classCode }) == nil { await Task.yield() }
        XCTAssertEqual(core.with { $0.drafts[0].classCode }, Samples.classes[0].code)
        XCTAssertFalse(report.ready, "nobody looked yet")
        await report.report()
        XCTAssertEqual(core.with { $0.drafts.count }, 1)
        core.with { $0.aroundHeld = nil }
        held.signal()
        await picking.value
        XCTAssertTrue(report.ready)
    }

    func testWhatCannotBeLookedUpKeepsNobodyFromReporting() async throws {
        let report = try await shot()
        XCTAssertFalse(report.ready, "no class")
        core.with { $0.aroundFails = true }
        await report.pick(Samples.classes[0])
        XCTAssertEqual(report.asking.problem?.code, "not_found")
        XCTAssertTrue(report.ready, "what cannot be looked up keeps nobody from reporting")
        XCTAssertEqual(report.says, .reportGo)
    }

    func testTheSameMatterIsAskedAboutOnlyOnceAClassIsPickedAndWhatWasSaidCanBeTakenBack() async throws {
        core.with { $0.around.duplicates = Samples.duplicates }
        let report = try await placed()
        XCTAssertEqual(report.duplicates, [])
        XCTAssertEqual(report.says, .reportClassFirst)
        await report.pick(Samples.classes[0])
        XCTAssertEqual(report.duplicates.count, 2)
        XCTAssertEqual(report.says, .reportAnyway)
        await report.link(report.duplicates[1].id)
        XCTAssertEqual(core.with { $0.drafts[0].possibleDuplicateOf }, Samples.duplicates[1].id)
        XCTAssertEqual(report.says, .reportGoLinked)
        await report.describe("约半米宽")
        XCTAssertEqual(core.with { $0.drafts[0].possibleDuplicateOf }, Samples.duplicates[1].id, "writing takes nothing back")
        XCTAssertEqual(core.with { $0.drafts[0] }, report.draft)
        await report.link(nil)
        XCTAssertNil(core.with { $0.drafts[0].possibleDuplicateOf })
    }

    func testOfAPoorFixTheGridIsAskedForAndTheSameTouchTakesItBack() async throws {
        core.with { $0.around.grids = Samples.grids }
        let report = try await placed()
        XCTAssertNil(report.grid, "it may be either")
        await report.pickGrid(Samples.grids[1].code)
        XCTAssertEqual(report.grid, Samples.grids[1])
        await report.pickGrid(Samples.grids[1].code)
        XCTAssertNil(report.draft.unitGrid)
        XCTAssertFalse(report.outsideGrids)
    }

    func testAPlaceInNoKnownGridAsksForAReasonAndNoPlaceIsAnotherMatter() async throws {
        core.with { $0.around.grids = [] }
        let report = try await shot()
        XCTAssertFalse(report.outsideGrids, "no place yet")
        await phone.positions.say(metres: 9)
        XCTAssertTrue(report.outsideGrids)
        await report.explainNoPlace("  ")
        XCTAssertNil(core.with { $0.drafts[0].noGridReason })
        await report.explainNoPlace("新建道路")
        XCTAssertEqual(core.with { $0.drafts[0].noGridReason }, "新建道路")
    }

    func testTheOnlyGridAndTheComponentOfTheClassAreKnownAndTheComponentCanBeChosenAnew() async throws {
        let report = try await placed()
        XCTAssertEqual(report.grid, Samples.grids[0])
        XCTAssertEqual(report.components, [], "no class")
        await report.pick(Samples.classes[1])
        XCTAssertEqual(report.components, Samples.around.components)
        XCTAssertEqual(report.draft.component, Samples.around.components[0].code, "the core named the nearest")
        await report.pickComponent(Samples.around.components[1].code)
        XCTAssertEqual(core.with { $0.drafts[0].component }, Samples.around.components[1].code)
        await report.pickComponent(Samples.around.components[1].code)
        XCTAssertNil(core.with { $0.drafts[0].component })
    }

    func testABetterPlaceIsLookedAroundAndAWorseOneIsNot() async throws {
        let report = try await placed()
        let elsewhere = Point(longitudeE7: 1_138_000_000, latitudeE7: 347_552_000)
        let offered = report.likely
        core.with {
            $0.around.point = elsewhere
            $0.around.classes = []
        }
        await phone.positions.say(metres: 50)
        XCTAssertEqual(report.around?.point, Samples.corner)
        await phone.positions.say(metres: 3)
        XCTAssertEqual(report.around?.point, elsewhere)
        XCTAssertEqual(report.likely, offered, "nothing moves away under a finger")
    }

    func testAPhraseGoesBehindWhatIsWritten() async throws {
        let report = try await shot()
        XCTAssertEqual(report.phrases, Samples.phrases)
        await report.say(Samples.phrases[0])
        await report.say(Samples.phrases[1])
        XCTAssertEqual(core.with { $0.drafts[0].description }, "影响行人通行；夜间无照明")
        XCTAssertEqual(report.phrasesSaid, 2, "the field is shown anew")
        await report.describe("井盖翘起。 ")
        await report.say(Samples.phrases[2])
        XCTAssertEqual(core.with { $0.drafts[0].description }, "井盖翘起；已设围挡")
    }

    func testWhatIsSettledNeedsThePhotoAfterAndCanBeReportedAfterAll() async throws {
        let report = try await placed()
        await report.pick(Samples.classes[3])
        XCTAssertEqual(report.picked?.selfHandled, true)
        report.beginSettling()
        await report.settle()
        XCTAssertEqual(core.with { $0.settled }, [], "no photo after")
        await report.photographAfter()
        XCTAssertTrue(report.readyToSettle)
        await report.stopSettling()
        XCTAssertEqual(core.with { $0.drafts[0].photos.map(\.purpose) }, [.found], "the photo after is no part of a report")
        report.beginSettling()
        await report.photographAfter()
        report.settledNote = " 已清理 "
        await report.settle()
        XCTAssertEqual(core.with { $0.settled }, ["已清理"])
        guard case .casePage(let page) = field.page else { return XCTFail("\(String(describing: field.page))") }
        XCTAssertTrue(page.justReported)
        await field.syncing.settled()
    }

    func testAClassThatIsNotSettledOnTheSpotEndsTheSettling() async throws {
        let report = try await placed()
        await report.pick(Samples.classes[3])
        report.beginSettling()
        await report.pick(Samples.classes[0])
        XCTAssertFalse(report.settling)
    }

    private func placed() async throws -> ReportModel {
        let report = try await shot()
        await phone.positions.say(metres: 9)
        return report
    }

    private func shot() async throws -> ReportModel {
        await field.start()
        await field.syncing.settled()
        guard case .home(let home) = field.page else { throw FakeCore.problem("no_home") }
        await home.shoot()
        guard case .report(let page) = field.page else { throw FakeCore.problem("no_report") }
        return page
    }
}
