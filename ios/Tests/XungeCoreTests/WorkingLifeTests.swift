import Foundation
import XCTest
import XungeCore
import XungeCoreApi

@testable import XungeFeatures

/// Who is sent out, over the real core and a real hub; desks act by its API.
@MainActor
final class WorkingLifeTests: XCTestCase, @unchecked Sendable {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    override func setUp() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDown() async throws { try FileManager.default.removeItem(at: folder) }

    func testATaskIsVerifiedOnSiteAndSurveyedTheNextIsDeclinedAndTheHubKnowsBothAndALeave() async throws {
        let hub = try Hub(folder: folder.appendingPathComponent("hub"))
        defer { hub.stop() }
        try hub.importTable("phrases", "编号,用途,小类代码,内容\nr01,上报,20115,坑洞积水\nr02,上报,,夜间无照明\nc01,核查,,现场属实\n")
        let finder = try await phone("worker-putian", hub)
        let verified = try await reported(finder, "road", "路面破损")
        let declined = try await reported(finder, "lamp", "路灯")
        let settled = try await settledOnTheSpot(finder)
        let asked = #"{"action":"send_verify","to":"worker-putian-2"}"#
        try await hub.act("clerk", on: verified, asked)

        let sent = try await phone("worker-putian-2", hub)
        // A fresh device hears of an offer with the round after the one that brought the case.
        try await synced(sent)
        try await verify(sent, verified)

        try await hub.act("clerk", on: declined, asked)
        try await synced(sent)
        try await decline(sent, declined)
        let offers = try await said(hub, "/api/cases/\(declined.text)/tasks")
        XCTAssertTrue(offers.contains(#""too_far""#) && offers.contains("在城东办事"), offers)
        let untouched = try await said(hub, "/api/cases/\(verified.text)/tasks")
        XCTAssertFalse(untouched.contains("too_far"), untouched)

        try await leave(sent, hub)
        try await survey(hub, verified)
        let handled = try await said(hub, "/api/cases/\(settled.text)")
        XCTAssertTrue(handled.contains("self_done"), handled)
    }

    // MARK: What they do.

    /// From the shutter to the delivered case, in no more acts than the story allows.
    private func reported(_ field: FieldModel, _ photo: String, _ className: String) async throws -> DocumentId {
        let page = try await shot(field)
        // With what may be the same matter in view, it is reported anyway.
        await page.pick(try XCTUnwrap(page.classes.first { $0.zh == className }, className))
        XCTAssertTrue(page.ready)
        XCTAssertNotNil(page.grid, "the demo city knows its grids")
        XCTAssertEqual(page.phrases, className == "路面破损" ? ["坑洞积水", "夜间无照明"] : ["夜间无照明"])
        await page.report()
        await field.syncing.settled()
        let case_ = try casePage(field)
        XCTAssertEqual(case_.page?.state, .reported)
        return case_.id
    }

    private func settledOnTheSpot(_ field: FieldModel) async throws -> DocumentId {
        let page = try await shot(field)
        await page.pick(try XCTUnwrap(page.classes.first { $0.selfHandled }))
        page.beginSettling()
        await page.photographAfter()
        page.settledNote = "已清理"
        XCTAssertTrue(page.readyToSettle)
        await page.settle()
        XCTAssertNil(page.asking.problem)
        await field.syncing.settled()
        let case_ = try casePage(field)
        XCTAssertEqual(case_.page?.state, .selfDone)
        XCTAssertEqual(case_.page?.photos.map(\.purpose).contains(.after), true)
        return case_.id
    }

    private func verify(_ field: FieldModel, _ id: DocumentId) async throws {
        let page = try await task(field, id)
        XCTAssertEqual(page.task?.asked.zh, "请到现场核实")
        XCTAssertEqual(page.possible, [.verify])
        await page.begin(.verify)
        XCTAssertEqual(page.phrases, ["现场属实"])
        page.acting?.answer = .yes
        await page.photographAct()
        await page.submitAct()
        XCTAssertNil(page.asking.problem)
        XCTAssertNil(page.acting)
        await field.syncing.settled()
        XCTAssertEqual(page.page?.state, .reported, "what the hub ruled is shown")
        XCTAssertEqual(page.page?.timeline.last?.action, .verify)
        XCTAssertEqual(page.page?.timeline.last?.ruling?.accepted, true)
        XCTAssertEqual(page.page?.photos.last?.purpose, .verify)
        XCTAssertNil(page.task, "nothing is left to do")
    }

    /// The department in the lead looks at it with its own photo; the limit is known without asking.
    private func survey(_ hub: Hub, _ id: DocumentId) async throws {
        try await hub.act("clerk", on: id, #"{"action":"accept"}"#)
        try await hub.act("shift-leader", on: id, #"{"action":"file","condition":"1"}"#)
        try await hub.act("dispatcher", on: id, #"{"action":"dispatch","lead":"road-dept","assist":[],"notify":[]}"#)
        let department = try await phone("road-dept", hub)
        let page = CaseModel(department, id)
        await department.open(.casePage(page))
        XCTAssertEqual(page.possible, [.claim, .jointSurvey])
        XCTAssertNotNil(page.clocks.first { $0.overall }?.light)
        await page.begin(.jointSurvey)
        page.acting?.note = "路基沉降，须换填"
        page.acting?.estimate(3)
        await page.photographAct()
        await page.submitAct()
        XCTAssertNil(page.asking.problem)
        await department.syncing.settled()
        let survey = try XCTUnwrap(page.page?.surveys.first)
        XCTAssertEqual(survey.cause, "路基沉降，须换填")
        XCTAssertEqual(survey.estimate, Limit(3, .workDay))
        XCTAssertEqual(page.name(survey.organisation), "道桥维护科")
    }

    private func decline(_ field: FieldModel, _ id: DocumentId) async throws {
        let page = try await task(field, id)
        XCTAssertTrue(page.mayDecline)
        page.beginDeclining()
        page.declining?.cause = .tooFar
        page.declining?.words = "在城东办事"
        await page.decline()
        XCTAssertNil(page.asking.problem)
        await field.syncing.settled()
        XCTAssertNil(page.task, "once the hub has it, it leaves the list")
    }

    private func leave(_ field: FieldModel, _ hub: Hub) async throws {
        let page = LeaveModel(field)
        await field.open(.leave(page))
        page.begin()
        page.moveFirst(1)
        page.say("就医复查")
        await page.submit()
        await field.syncing.settled()
        XCTAssertEqual(page.leaves?.map(\.delivery), [.received])
        let listed = try await said(hub, "/api/leaves")
        XCTAssertTrue(listed.contains("就医复查"), listed)
        let leave = try XCTUnwrap(page.leaves?.first)
        XCTAssertTrue(page.mayTakeBack(leave))
        await page.takeBack(leave)
        await field.syncing.settled()
        XCTAssertEqual(page.leaves, [], "once the hub has both, nothing is left of it")
        let after = try await said(hub, "/api/leaves")
        XCTAssertFalse(after.contains("就医复查"), after)
    }

    /// The page of a case that this person was sent for, opened from home by the list.
    private func task(_ field: FieldModel, _ id: DocumentId) async throws -> CaseModel {
        await field.showHome()
        guard case .home(let home) = field.page else { throw HubFailure(said: "\(String(describing: field.page))") }
        XCTAssertNotNil(TasksSaid(home.home?.tasks ?? [], now: field.serverTime()))
        await home.openTasks()
        guard case .taskList(let list) = field.page else { throw HubFailure(said: "\(String(describing: field.page))") }
        let task = try XCTUnwrap(list.shown?.first { $0.id == id }, "\(String(describing: list.shown))")
        XCTAssertEqual(list.metres(to: task).map { $0 < 1 }, true, "the camera stands at the corner")
        XCTAssertTrue([.inTime, .soon].contains(task.standing(field.serverTime())))
        await list.open(task)
        return try casePage(field)
    }

    private func shot(_ field: FieldModel) async throws -> ReportModel {
        await field.showHome()
        guard case .home(let home) = field.page else { throw HubFailure(said: "\(String(describing: field.page))") }
        await home.shoot()
        guard case .report(let page) = field.page else { throw HubFailure(said: "\(String(describing: field.page))") }
        return page
    }

    private func casePage(_ field: FieldModel) throws -> CaseModel {
        guard case .casePage(let page) = field.page else { throw HubFailure(said: "\(String(describing: field.page))") }
        return page
    }

    private func synced(_ field: FieldModel) async throws {
        field.syncing.start()
        await field.syncing.settled()
        XCTAssertEqual(field.syncing.outcome, .done)
    }

    private func said(_ hub: Hub, _ path: String) async throws -> String {
        String(decoding: try await hub.asked(by: "clerk", path), as: UTF8.self)
    }

    private func phone(_ person: String, _ hub: Hub) async throws -> FieldModel {
        try await Phone.enrolled(person, hub, in: folder).field
    }
}
