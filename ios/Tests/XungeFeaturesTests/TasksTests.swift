import XCTest
import XungeCoreApi

@testable import XungeFeatures

/// What somebody is sent for, what they do on site, and that they do not go.
@MainActor
final class TasksTests: XCTestCase, @unchecked Sendable {
    private let core = FakeCore()
    private let phone = FakePlatform()
    private lazy var field = FieldModel(core: core, platform: phone.platform(), language: .chinese)

    func testTasksStandInTheirOrderAndWhatIsAnsweredLast() async {
        let page = TaskListModel(field)
        await field.open(.taskList(page))
        XCTAssertEqual(page.shown?.map(\.id.text), ["case 2", "case 1", "case 3"], "by time")
        XCTAssertNil(page.metres(to: Samples.tasks[0]), "nobody said where this person is")
        page.order = .distance
        await phone.positions.say(metres: 9)
        XCTAssertEqual(page.shown?.map(\.id.text), ["case 1", "case 2", "case 3"], "by distance")
        XCTAssertEqual(page.metres(to: Samples.tasks[0]).map { Int($0.rounded()) }, 914)
        XCTAssertEqual(Samples.tasks[0].place(metres: 914.2, .chinese), "莆田路 9 号 · 距此 914 米")
        XCTAssertEqual(distance(1_449, .chinese), "1.4 公里")
        XCTAssertEqual(phone.positions.watchers.count, 1)
        await field.back()
        await field.showHome()
        XCTAssertEqual(phone.positions.watchers.count, 0, "nobody watches without its page")
    }

    func testATaskWithoutAPlaceStandsBehindThoseThatHaveOne() async {
        core.with { $0.tasks = [Samples.task(1, dueMinutes: 5, at: nil), Samples.task(2, dueMinutes: 9, at: Samples.corner)] }
        let page = TaskListModel(field)
        await field.open(.taskList(page))
        await phone.positions.say(metres: 9)
        page.order = .distance
        XCTAssertEqual(page.shown?.map(\.id.text), ["case 2", "case 1"])
    }

    func testATaskStandsByTheServersClock() async {
        let task = Samples.tasks[0]
        XCTAssertEqual(task.standing(Samples.now), .soon)
        XCTAssertEqual(task.standing(Instant(task.dueAt.millis - 10 * 60_000 - 1)), .inTime)
        XCTAssertEqual(task.standing(task.dueAt), .soon)
        XCTAssertEqual(task.standing(Instant(task.dueAt.millis + 1)), .overdue)
        XCTAssertEqual(Samples.tasks[2].standing(Instant(task.dueAt.millis * 2)), .answered)
        core.with { $0.serverAheadMillis = 9 * 60_000 }
        await field.open(.taskList(TaskListModel(field)))
        XCTAssertEqual(task.standing(field.serverTime()), .overdue, "the phone's own clock is behind")
    }

    func testHomeSaysTheMostUrgentTaskAndNoneWhereNoneWaits() async throws {
        let said = try XCTUnwrap(TasksSaid(Samples.tasks, now: Samples.now))
        XCTAssertEqual(said.sign.named.zh, "2 项任务")
        XCTAssertEqual(said.sign.tone, TaskStanding.soon.sign.tone)
        XCTAssertEqual(said.more.zh, "最近一项 07-03 10:32 前答复")
        let late = try XCTUnwrap(TasksSaid(Samples.tasks, now: Instant(Samples.now.millis + 20 * 60_000)))
        XCTAssertEqual(late.more, Word.homeTasksLate.named)
        XCTAssertNil(TasksSaid([Samples.tasks[2]], now: Samples.now))
    }

    func testATaskSaysUntilWhenAndSinceWhenThatCounts() async {
        var task = Samples.tasks[0]
        XCTAssertEqual(
            task.more(now: Samples.now, .chinese), "07-03 10:32 前答复 · 还剩 8 分钟\n07-03 10:02 送达本机，时限从那时算起")
        let late = Instant(Samples.now.millis + 3_600_000)
        XCTAssertEqual(task.more(now: late, .chinese), "07-03 10:32 前答复 · 已超 52 分钟\n超时仍可答复，直到别人的答复被采用")
        task.declined = declined(.refused, Reason(code: "no_offer", zh: "已派给别人", en: "with somebody else"))
        XCTAssertTrue(task.waits, "a refusal leaves the task with this person")
        XCTAssertTrue(task.more(now: late, .chinese).hasSuffix("没有算数，任务仍是您的：已派给别人"))
        task.declined = declined(.onDevice)
        XCTAssertEqual(task.standing(late), .declined)
        XCTAssertEqual(task.more(now: late, .chinese), "已说不能去：距离太远\n会派给下一位，不再派给您")
    }

    func testATaskOpensItsCaseAndIsDeclinedThereWithACauseAndOneOfOthersWithWords() async throws {
        let list = TaskListModel(field)
        await field.open(.taskList(list))
        await list.open(Samples.tasks[0])
        let page = try casePage()
        XCTAssertEqual(page.task?.kind, .verify)
        XCTAssertTrue(page.mayDecline)
        await page.begin(.verify)
        page.beginDeclining()
        XCTAssertNil(page.acting, "one or the other")
        await page.decline()
        page.declining?.cause = .other
        await page.decline()
        XCTAssertNil(core.with { $0.tasks[0].declined }, "another cause says nothing without words")
        page.declining?.words = " 家中有急事 "
        await page.decline()
        XCTAssertEqual(core.with { $0.tasks[0].declined?.words }, "家中有急事")
        XCTAssertNil(page.declining)
        XCTAssertFalse(page.mayDecline)
        XCTAssertEqual(page.task?.standing(Samples.now), .declined)
        await field.syncing.settled()
        XCTAssertEqual(field.syncing.outcome, .done, "it was sent")
    }

    func testWhatIsNotHereYetCannotBeOpened() async {
        var task = Samples.tasks[0]
        task.title = ""
        let list = TaskListModel(field)
        await field.open(.taskList(list))
        await list.open(task)
        guard case .taskList = field.page else { return XCTFail("\(String(describing: field.page))") }
    }

    func testASurveyNeedsItsCauseAndItsPhoto() async throws {
        await field.open(.casePage(CaseModel(field, DocumentId("case 2"))))
        let page = try casePage()
        await page.begin(.jointSurvey)
        XCTAssertEqual(page.phrases, Samples.phrases)
        XCTAssertEqual(page.acting?.kind.noteWord, .actCause)
        await page.photographAct()
        page.acting?.note = " 堵 "
        page.acting?.estimate(3)
        await page.submitAct()
        XCTAssertEqual(core.with { $0.acts }, [], "one character is no cause")
        page.acting?.say("管道堵塞")
        XCTAssertEqual(page.acting?.note, " 堵；管道堵塞")
        await page.submitAct()
        XCTAssertEqual(core.with { $0.acts }, [.jointSurvey(cause: "堵；管道堵塞", estimate: Limit(3, .workDay))])
        await field.syncing.settled()
    }

    func testAnEstimateIsTakenBackByTheSameTouch() async {
        var act = SiteAct(.jointSurvey)
        act.estimate(5)
        act.estimate(10)
        XCTAssertEqual(act.workDays, 10)
        act.estimate(10)
        XCTAssertNil(act.workDays)
    }

    private func declined(_ delivery: DutyDelivery, _ reason: Reason? = nil) -> Declined {
        Declined(cause: .tooFar, words: "", at: Samples.now, delivery: delivery, reason: reason)
    }

    private func casePage() throws -> CaseModel {
        guard case .casePage(let page) = field.page else { throw FakeCore.problem("no_case") }
        return page
    }
}
