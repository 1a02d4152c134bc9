import Foundation
import XCTest
import XungeCore
import XungeCoreApi

@testable import XungeFeatures

/// More than a worker should have to do after the photo.
private let actsMax = 3

/// More rounds than a bad link takes.
private let roundsMax = 60

/// The pages' models over the real core and its real store, with a real hub beside them.
@MainActor
final class StoryTests: XCTestCase, @unchecked Sendable {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    private let link = OutdoorLink()
    private let photo = picture("found")

    override func setUp() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDown() async throws { try FileManager.default.removeItem(at: folder) }

    func testACaseFoundWithoutSignalIsRuledOnceThereIsSignal() async throws {
        let hub = try Hub(folder: folder.appendingPathComponent("hub"))
        defer { hub.stop() }
        let key = try LockableKey()
        let core = try open(key)
        let field = model(core)
        await field.start()
        try await enrol(field, hub)
        try draftsWithoutReport(core)

        await link.set(.none)
        let (case_, acts) = try await report(field, key)
        XCTAssertLessThanOrEqual(acts, actsMax, "acts after the photo")

        // The app ends and is opened again: what was reported is there, and nothing of it was sent.
        core.shutDown()
        let again = try open(key)
        let reopened = model(again)
        await reopened.start()
        await reopened.syncing.settled()
        guard case .later(_, let why) = reopened.syncing.outcome else {
            return XCTFail("\(String(describing: reopened.syncing.outcome))")
        }
        XCTAssertEqual(why?.code, "no_network")
        let row = try XCTUnwrap(try home(reopened).home?.recent.first)
        XCTAssertEqual(row.id, case_)
        XCTAssertEqual(row.delivery, .onDevice)

        await link.set(.bad)
        try await home(reopened).openDelivery()
        let delivery = try delivery(reopened)
        XCTAssertEqual(delivery.status?.allSafe, false)
        // A worker who touches again until all is delivered: the link cuts, the work goes on where it was.
        var rounds = 0
        repeat {
            delivery.sendNow()
            await reopened.syncing.settled()
            rounds += 1
        } while reopened.syncing.outcome != .done && rounds < roundsMax
        XCTAssertEqual(reopened.syncing.outcome, .done, "after \(rounds) rounds")
        let cuts = await link.cuts
        XCTAssertGreaterThan(cuts, 0)
        XCTAssertEqual(delivery.status?.allSafe, true)

        await reopened.back()
        try await home(reopened).open(row)
        let page = try casePage(reopened)
        XCTAssertEqual(page.page?.state, .reported)
        XCTAssertEqual(page.page?.delivery, .received)
        XCTAssertEqual(page.page?.timeline.map { $0.ruling?.accepted }, [true])
        XCTAssertEqual(page.page?.photos.map(\.state), [.received])
        XCTAssertEqual(page.photosSafe.safe, 1)
        let hash = try XCTUnwrap(page.page?.photos.first?.hash)
        let here = await reopened.photo(hash)
        XCTAssertEqual(here, photo)
        let there = try await hub.photoSeen(by: "clerk", hash)
        XCTAssertEqual(there, photo, "the hub has the same bytes")
        again.shutDown()
    }

    func testProblemsComeByTheirKinds() async throws {
        let core = try open(LockableKey())
        XCTAssertNil(try core.me())
        XCTAssertEqual(problem { try core.home() }?.kind, .notEnrolled)
        XCTAssertEqual(problem { try core.show(DocumentId("no id")) }?.code, "invalid_input")
        XCTAssertEqual(problem { try self.open(LockableKey()) }?.code, "store_in_use")
        try core.suspend()
        try core.suspend()
        try core.resume()
        XCTAssertEqual(try core.drafts(limit: 10).count, 0)
        core.shutDown()
        XCTAssertEqual(problem { try core.me() }?.kind, .store)
    }

    // MARK: What a worker does.

    private func enrol(_ field: FieldModel, _ hub: Hub) async throws {
        guard case .enrol(let page) = field.page else { throw HubFailure(said: "\(String(describing: field.page))") }
        page.server = hub.url
        page.code = "wrong"
        await page.enrol()
        XCTAssertNotNil(page.asking.problem)
        page.code = hub.enrolmentCode
        await page.enrol()
        await field.syncing.settled()
        XCTAssertEqual(field.syncing.outcome, .done)
        XCTAssertEqual(try home(field).home?.person.id, PersonId("worker-putian"))
        XCTAssertEqual(try home(field).home?.person.roles, [.gridWorker])
        XCTAssertFalse(try XCTUnwrap(try home(field).home?.recent).isEmpty, "the beat's cases came")
    }

    /// A draft is there with its photo or not at all, and goes when it is discarded.
    private func draftsWithoutReport(_ core: BoundCore) throws {
        let draft = try core.beginDraft(TakenPhoto(jpeg: photo, purpose: .found))
        let refused = problem { try core.beginDraft(TakenPhoto(jpeg: Data([1, 2, 3]), purpose: .found)) }
        XCTAssertEqual(refused?.kind, .photo)
        XCTAssertEqual(try core.drafts(limit: 10).map(\.id), [draft.id], "no draft without its photo")
        try core.suspend()
        try core.resume()
        let near = try core.addPhoto(toDraft: draft.id, TakenPhoto(jpeg: picture("near"), purpose: .found))
        XCTAssertEqual(near.photos.count, 2)
        XCTAssertEqual(try core.removePhoto(fromDraft: draft.id, near.photos[1].hash).photos, draft.photos)
        XCTAssertEqual(problem { try core.report(draft.id) }?.kind, .declined, "it has no class")
        try core.discardDraft(draft.id)
        XCTAssertEqual(try core.drafts(limit: 10).count, 0)
    }

    /// From the open home screen to a case that is durable; answers its id and how many acts came after the photo.
    private func report(_ field: FieldModel, _ key: LockableKey) async throws -> (DocumentId, Int) {
        try await home(field).shoot()
        guard case .report(let page) = field.page else { throw HubFailure(said: "\(String(describing: field.page))") }
        let worker = Worker()
        let road = try XCTUnwrap(page.likely.first)
        await worker.touches { await page.pick(road.each) }
        await worker.touches { await page.report() }
        let case_ = try casePage(field)
        XCTAssertTrue(case_.justReported)
        XCTAssertEqual(case_.page?.state, .draft)
        XCTAssertEqual(case_.page?.provisionalState, .reported)
        XCTAssertEqual(case_.page?.delivery, .onDevice)
        XCTAssertEqual(case_.page?.point, CornerCamera.corner)
        // A locked phone cannot seal another photo: nothing is added, and the page says why.
        key.locked = true
        await case_.addPhoto()
        XCTAssertEqual(case_.asking.problem?.kind, .key)
        key.locked = false
        await field.syncing.settled()
        return (case_.id, worker.acts)
    }

    private func open(_ key: LockableKey) throws -> BoundCore {
        let phone = folder.appendingPathComponent("phone")
        try FileManager.default.createDirectory(at: phone, withIntermediateDirectories: true)
        return try BoundCore(
            folder: phone, deviceKey: key, storeKey: SoftwareStoreKey(secret: Data(repeating: 9, count: 32)))
    }

    private func model(_ core: BoundCore) -> FieldModel {
        let corner = CornerCamera(picture: photo)
        let platform = Platform(
            camera: corner, positions: corner, link: link, network: StoryNetwork(), journal: SyncJournal(NoJournal(), now: phoneNow),
            log: LogBook(now: phoneNow), settings: NoSettings(),
            now: phoneNow,
            // Nothing is tried again by itself: the worker of this story asks.
            later: { _, _ in })
        return FieldModel(core: core, platform: platform, language: .chinese)
    }

    private func home(_ field: FieldModel) throws -> HomeModel {
        guard case .home(let page) = field.page else { throw HubFailure(said: "\(String(describing: field.page))") }
        return page
    }

    private func delivery(_ field: FieldModel) throws -> DeliveryModel {
        guard case .delivery(let page) = field.page else { throw HubFailure(said: "\(String(describing: field.page))") }
        return page
    }

    private func casePage(_ field: FieldModel) throws -> CaseModel {
        guard case .casePage(let page) = field.page else { throw HubFailure(said: "\(String(describing: field.page))") }
        return page
    }

    private func problem<Answer>(_ work: () throws -> Answer) -> Problem? {
        do {
            _ = try work()
            return nil
        } catch {
            return error as? Problem
        }
    }
}

/// Counts what a worker has to touch.
@MainActor
private final class Worker {
    private(set) var acts = 0

    func touches(_ what: () async -> Void) async {
        acts += 1
        await what()
    }
}
