import Foundation
import XCTest
import XungeCore
import XungeCoreApi

@testable import XungeFeatures

/// A matter that two party committees settle together, over the real core and a real hub: opened and answered on two phones, with
/// steps written without signal, and what the phones say they did.
@MainActor
final class CheckinStoryTests: XCTestCase, @unchecked Sendable {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    override func setUp() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDown() async throws { try FileManager.default.removeItem(at: folder) }

    func testACheckinIsOpenedAndAnsweredAndWhatIsWrittenApartIsOneMatter() async throws {
        let hub = try Hub(folder: folder.appendingPathComponent("hub"))
        defer { hub.stop() }
        let centre = try await phone("support-secretary", hub)
        let town = try await phone("putian-centre", hub)

        let opened = try await open(centre)
        XCTAssertEqual(opened.page?.state, .draft, "nobody ruled it yet")
        try await synced(centre)
        XCTAssertEqual(opened.page?.state, .opened)
        XCTAssertEqual(opened.page?.delivery, .received)

        try await synced(town)
        let there = try await matter(town, opened.id)
        XCTAssertEqual(there.page?.title, "至德街路面破损")
        XCTAssertEqual(there.page?.subject, .place(address: "至德街/商都路", point: CornerCamera.corner))
        try await answer(there)
        try await synced(town)
        XCTAssertEqual(there.page?.state, .underWay)

        // Both sides write without signal.
        try await write(centre, opened, .survey, "按常规流程至少 7 个工作日", photo: true)
        try await write(town, there, .talk, "施工单位愿意义务承担")
        try await synced(centre)
        try await synced(town)
        try await synced(centre)
        XCTAssertEqual(opened.page?.state, .underWay)
        XCTAssertEqual(Set(opened.page?.steps.map(\.name) ?? []), [.survey, .talk])
        XCTAssertEqual(there.page?.steps.map(\.id), opened.page?.steps.map(\.id), "the same matter on both phones")
        XCTAssertEqual(opened.page?.photos.map(\.state), [.received])
        XCTAssertEqual(opened.page?.setAside, [])
        try itsLog(centre.log)
    }

    // MARK: What they do.

    private func open(_ phone: Phone) async throws -> CheckinModel {
        await phone.link.set(.none)
        await phone.field.showCheckins()
        guard case .checkinList(let list) = phone.field.page else { throw odd(phone) }
        XCTAssertTrue(list.mayOpen)
        await list.begin()
        guard case .checkinOpen(let page) = phone.field.page else { throw odd(phone) }
        page.title = "至德街路面破损"
        page.address = "至德街/商都路"
        page.initiation = .joint
        for (side, party) in [(Side.visiting, "support-committee"), (.hosts, "putian-smart-committee")] {
            let body = try XCTUnwrap(page.bodies.first { $0.id.text == party }, party)
            XCTAssertNotEqual(body.name, party, "it has a name")
            page.pickFor(side)
            page.wanted = body.name
            page.pick(side, try XCTUnwrap(page.found.first).id)
        }
        try await arrivesFix(page)
        await page.open()
        XCTAssertNil(page.asking.problem)
        guard case .checkin(let opened) = phone.field.page else { throw odd(phone) }
        await phone.field.syncing.settled()
        XCTAssertEqual(opened.page?.delivery, .onDevice)
        return opened
    }

    /// The position came before the form was filled.
    private func arrivesFix(_ page: CheckinOpenModel) async throws {
        for _ in 0..<1_000 where page.position == .waiting { await Task.yield() }
        XCTAssertEqual(page.position, .good(metres: 8))
    }

    private func answer(_ page: CheckinModel) async throws {
        page.answer(true)
        XCTAssertEqual(page.answering?.party, OrganisationId("putian-smart-committee"), "the host is meant first")
        page.explain("会同办理")
        await page.submitAnswer(accepts: true)
        XCTAssertNil(page.asking.problem)
    }

    private func write(
        _ phone: Phone, _ page: CheckinModel, _ kind: WrittenStepKind, _ note: String, photo: Bool = false
    ) async throws {
        await phone.link.set(.none)
        page.write(kind)
        page.note = note
        if photo { await page.addPhoto() }
        await page.keep()
        XCTAssertNil(page.asking.problem)
        XCTAssertEqual(page.page?.steps.last?.note, note)
        await phone.field.syncing.settled()
    }

    private func matter(_ phone: Phone, _ id: DocumentId) async throws -> CheckinModel {
        await phone.field.showCheckins()
        guard case .checkinList(let list) = phone.field.page else { throw odd(phone) }
        await list.open(try XCTUnwrap(list.rows?.first { $0.id == id }))
        guard case .checkin(let page) = phone.field.page else { throw odd(phone) }
        return page
    }

    private func synced(_ phone: Phone) async throws {
        await phone.link.set(.good)
        phone.field.syncing.start()
        await phone.field.syncing.settled()
        XCTAssertEqual(phone.field.syncing.outcome, .done)
    }

    /// Requests and answers stand in it, and nothing of what they were about.
    private func itsLog(_ log: LogBook) throws {
        let events = log.lines.map(\.event)
        XCTAssertEqual(events.last, .opened)
        XCTAssertTrue(events.contains(.unreachable))
        XCTAssertTrue(events.contains { if case .waits(_, "no_network") = $0 { true } else { false } }, "\(events)")
        XCTAssertTrue(events.contains { if case .answered(200, _) = $0 { true } else { false } })
        let routes = Set(events.compactMap { if case .asked(let route, _) = $0 { route } else { nil } })
        XCTAssertTrue(routes.contains("/api/sync") && routes.contains("/api/blobs"), "\(routes)")
        for route in routes { XCTAssertLessThanOrEqual(route.split(separator: "/").count, 3, route) }
        XCTAssertFalse("\(events)".contains("secretary") || "\(events)".contains("至德街"))
    }

    private func odd(_ phone: Phone) -> HubFailure { HubFailure(said: "\(String(describing: phone.field.page))") }

    private func phone(_ person: String, _ hub: Hub) async throws -> Phone {
        try await Phone.enrolled(person, hub, in: folder)
    }
}
