import XCTest
import XungeCoreApi

@testable import XungeFeatures

@MainActor
final class LeaveTests: XCTestCase, @unchecked Sendable {
    private let core = FakeCore()
    private let phone = FakePlatform()
    private lazy var field = FieldModel(core: core, platform: phone.platform(), language: .chinese)
    private lazy var page = LeaveModel(field)
    private let today = Day(Samples.now)

    func testALeaveIsOfWholeDaysAndOfTodayFromNowOn() async {
        await open()
        page.begin()
        page.say(" 就医 ")
        await page.submit()
        XCTAssertNil(page.form)
        XCTAssertEqual(page.leaves?.map(\.words), ["就医"])
        XCTAssertEqual(page.leaves?[0].from, Samples.now, "what was today so far cannot be taken back")
        XCTAssertEqual(page.leaves?[0].until, today.plus(1).start)
        await field.syncing.settled()
        XCTAssertEqual(field.syncing.outcome, .done, "it was sent")
    }

    func testTheDaysStayInOrderNotBeforeTodayAndWithinAYear() async throws {
        await open()
        page.begin()
        page.moveFirst(-1)
        XCTAssertEqual(page.form?.first, today)
        page.moveFirst(3)
        XCTAssertEqual(page.form?.last, today.plus(3), "the last follows")
        page.moveLast(-5)
        XCTAssertEqual(page.form?.last, today.plus(3))
        page.moveLast(1_000)
        XCTAssertEqual(page.form?.last, today.plus(3 + 364))
        page.moveFirst(-3)
        XCTAssertEqual(page.form?.last, today.plus(364))
        let form = try XCTUnwrap(page.form)
        XCTAssertEqual(form.from(Samples.now), Samples.now)
        page.moveFirst(2)
        await page.submit()
        XCTAssertEqual(page.leaves?[0].from, today.plus(2).start)
        XCTAssertEqual(page.leaves?[0].until, today.plus(365).start)
        await field.syncing.settled()
    }

    func testALeaveIsTakenBackOnceAndNotWhenItIsOverOrNeverCounted() async throws {
        await open()
        try core.sayLeave(from: Samples.now, until: today.plus(1).start, words: "")
        try core.sayLeave(from: Instant(0), until: Samples.now, words: "")
        await page.load()
        let leaves = try XCTUnwrap(page.leaves)
        XCTAssertEqual(leaves.map(page.mayTakeBack), [true, false])
        let refused = Leave(
            id: DutyNoteId("refused"), from: Samples.now, until: today.plus(1).start, words: "", saidAt: Samples.now,
            delivery: .refused)
        XCTAssertFalse(page.mayTakeBack(refused))
        await page.takeBack(leaves[0])
        XCTAssertEqual(page.leaves?[0].takenBack, .onDevice)
        XCTAssertEqual(page.leaves.map { page.mayTakeBack($0[0]) }, false)
        await field.syncing.settled()
    }

    func testWordsThatAreTooLongAreCut() async {
        await open()
        page.begin()
        page.say(String(repeating: "长", count: dutyWordsMax + 1))
        XCTAssertEqual(page.form?.words.count, dutyWordsMax)
        page.cancel()
        XCTAssertNil(page.form)
    }

    func testADayIsOneOfTheCountry() async {
        // 2026-07-02 16:00 in UTC.
        XCTAssertEqual(today.start, Instant(1_783_008_000_000))
        XCTAssertEqual(Day(today.start), today)
        XCTAssertEqual(Day(Instant(today.start.millis - 1)), today.plus(-1))
        XCTAssertEqual(Day(Instant(-1)).plus(1), Day(Instant(16 * 3_600_000)))
        XCTAssertEqual(today.named(.chinese), "07-03 周五")
        XCTAssertEqual(today.plus(2).named(.english), "07-05 Sun")
    }

    private func open() async { await field.open(.leave(page)) }
}
