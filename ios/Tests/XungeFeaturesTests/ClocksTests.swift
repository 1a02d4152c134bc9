import XCTest
import XungeCoreApi

@testable import XungeFeatures

/// Limits, as a case says them.
@MainActor
final class ClocksTests: XCTestCase, @unchecked Sendable {
    private let now = Samples.now

    func testAClockSaysWhenItIsDueHowLongThatIsAndHowMuchIsUsed() async {
        let running = clock(.running, dueMinutes: 90, used: 40)
        XCTAssertEqual(running.said(now: now, .chinese), "07-03 11:54 前 · 还剩 1 小时 · 已用 40%")
        XCTAssertEqual(clock(.running, dueMinutes: -90, used: 130).said(now: now, .english), "By 07-03 08:54 · 1 h over · 130% used")
        XCTAssertEqual(clock(.finished, dueMinutes: 90, used: 40).said(now: now, .chinese), "07-03 11:54 前 · 已用 40%")
        XCTAssertEqual(clock(nil, dueMinutes: nil, used: nil).said(now: now, .chinese), "本机暂时算不出")
        XCTAssertEqual(running.title(.chinese), "处置时限")
        XCTAssertEqual(clock(.running, dueMinutes: 1, used: 1, turn: 2).title(.english), "Disposal · No. 2")
        XCTAssertEqual(running.why(.english), "seven work days")
    }

    func testTheWholeDisposalAndTheStagesThatRunAreShownWholeAndThoseThatAreOverApart() async {
        let core = FakeCore()
        core.with { $0.clocks = [
            clock(.finished, dueMinutes: 1, used: 1, overall: false), clock(.running, dueMinutes: 5, used: 9, overall: false),
            clock(.held, dueMinutes: 5, used: 9, overall: false), clock(.stopped, dueMinutes: 9, used: 2),
        ] }
        let field = FieldModel(core: core, platform: FakePlatform().platform(), language: .chinese)
        let page = CaseModel(field, DocumentId("case 1"))
        await field.open(.casePage(page))
        XCTAssertEqual(page.clocks.map(\.state), [.running, .held, .stopped])
        XCTAssertEqual(page.clocksOver.map(\.state), [.finished])
    }

    func testTheBodiesOfSurveysAreNamed() async {
        let core = FakeCore()
        let survey = Survey(
            id: EntryId("s"), organisation: OrganisationId("road-dept"), cause: "路基沉降", estimate: Limit(3, .workDay))
        core.with { $0.surveys = [survey] }
        let field = FieldModel(core: core, platform: FakePlatform().platform(), language: .chinese)
        let page = CaseModel(field, DocumentId("case 1"))
        await field.open(.casePage(page))
        XCTAssertEqual(page.name(survey.organisation), "道桥维护科")
        XCTAssertEqual(page.name(OrganisationId("unknown")), "unknown")
        XCTAssertEqual(survey.estimate?.said(.chinese), "3 工作日")
    }

    private func clock(
        _ state: ClockState?, dueMinutes: Int64?, used: Int64?, turn: UInt32 = 1, overall: Bool = true
    ) -> CaseClock {
        CaseClock(
            overall: overall, zh: "处置时限", en: "Disposal", turn: turn, state: state,
            due: dueMinutes.map { Instant(now.millis + $0 * 60_000) }, light: .green, usedPercent: used,
            explainedZh: "七个工作日", explainedEn: "seven work days")
    }
}
