import Foundation
import XCTest
import XungeCoreApi

@testable import XungeFeatures

/// The map of a beat over the real core and a real hub, without and with the city's base map, and what waits on a metered link.
@MainActor
final class MapStoryTests: XCTestCase, @unchecked Sendable {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    override func setUp() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDown() async throws { try FileManager.default.removeItem(at: folder) }

    func testTheMapOfABeatShowsWhatIsHereWithoutABaseMap() async throws {
        let hub = try Hub(folder: folder.appendingPathComponent("hub"))
        defer { hub.stop() }
        let worker = try await Phone.enrolled("worker-putian", hub, in: folder)
        let map = try await map(worker)
        let beat = try XCTUnwrap(map.beat)
        XCTAssertFalse(beat.grids.isEmpty)
        let plan = try XCTUnwrap(map.plan(width: 390, height: 600))
        for corner in beat.grids.flatMap(\.corners) {
            let (x, y) = plan.place(corner)
            XCTAssertTrue((0...390).contains(x) && (0...600).contains(y), "all of the beat is in view")
        }
        await map.next(heightToWidth: plan.heightToWidth)
        let first = try XCTUnwrap(map.chosen, "the demo city has cases")
        let near = try XCTUnwrap(map.plan(width: 390, height: 600))
        map.touch(near, x: 195, y: 300)
        XCTAssertNotNil(map.chosen, "the chosen one is in the middle: \(first.id)")
        await map.tiles.look(near.area, pixelsAcross: 1_170)
        XCTAssertNil(map.tiles.base, "this city brought no base map")
        XCTAssertEqual(map.tiles.shown, [])
    }

    func testOnAMeteredLinkOriginalsAndTheBaseMapWaitUntilItIsFreeOrTheWorkerSendsAll() async throws {
        let hub = try Hub(folder: folder.appendingPathComponent("hub"))
        defer { hub.stop() }
        let worker = try await Phone.enrolled("worker-putian", hub, in: folder)
        try hub.importBaseMap()
        worker.network.metered = true
        try await synced(worker)
        let map = try await map(worker)
        let offered = try XCTUnwrap(map.tiles.base, "the hub told of it")
        XCTAssertEqual(offered.bytesHere, 0)
        XCTAssertEqual(offered.said(metered: true).zh.contains("等待无线网络"), true)

        try await reported(worker)
        await worker.field.showHome()
        guard case .home(let home) = worker.field.page else { throw odd(worker) }
        await home.openDelivery()
        guard case .delivery(let delivery) = worker.field.page else { throw odd(worker) }
        XCTAssertEqual(delivery.status?.textsUnsent, 0)
        XCTAssertEqual(delivery.status?.photoFilesHeldBack, 1, "the original waits, the preview went")
        delivery.sendEverything()
        await worker.field.syncing.settled()
        XCTAssertEqual(delivery.status?.allSafe, true)

        worker.network.metered = false
        try await synced(worker)
        let whole = try await self.map(worker)
        let base = try XCTUnwrap(whole.tiles.base)
        XCTAssertTrue(base.complete, "\(base)")
        let plan = try XCTUnwrap(whole.plan(width: 390, height: 600))
        await whole.tiles.look(plan.area, pixelsAcross: 1_170)
        XCTAssertFalse(whole.tiles.shown.isEmpty)
        XCTAssertEqual(whole.tiles.attribution, base.attribution)
        XCTAssertFalse(base.attribution.isEmpty)
        let middle = plan.view.middle
        let under = try XCTUnwrap(whole.tiles.shown.first { contains($0.area, middle) }, "the middle of the beat is covered")
        let picture = await whole.tiles.picture(under)
        XCTAssertEqual(picture.map { [UInt8]($0.prefix(2)) }, [0xFF, 0xD8], "a JPEG as it was made")
        try await inTheBackground(worker)
    }

    // MARK: What they do.

    private func map(_ phone: Phone) async throws -> MapModel {
        await phone.field.showHome()
        guard case .home(let home) = phone.field.page else { throw odd(phone) }
        await home.openMap()
        guard case .map(let map) = phone.field.page else { throw odd(phone) }
        return map
    }

    /// Files are closed behind the screen, opened for a round that the phone grants, and closed behind that.
    private func inTheBackground(_ phone: Phone) async throws {
        await phone.field.background()
        XCTAssertEqual(phone.log.lines.first?.event, .suspended)
        let more = await phone.field.backgroundRound()
        XCTAssertFalse(more)
        XCTAssertNil(phone.field.syncing.problem)
        XCTAssertEqual(phone.log.lines.first?.event, .suspended)
        XCTAssertEqual(phone.log.lines.filter { $0.event == .resumed }.count, 1)
        await phone.field.foreground()
        await phone.field.syncing.settled()
        XCTAssertNil(phone.field.problem)
        XCTAssertEqual(phone.field.syncing.outcome, .done)
    }

    private func reported(_ phone: Phone) async throws {
        await phone.field.showHome()
        guard case .home(let home) = phone.field.page else { throw odd(phone) }
        await home.shoot()
        guard case .report(let page) = phone.field.page else { throw odd(phone) }
        await page.pick(try XCTUnwrap(page.classes.first))
        await page.report()
        XCTAssertNil(page.asking.problem)
        await phone.field.syncing.settled()
    }

    private func synced(_ phone: Phone) async throws {
        phone.field.syncing.start()
        await phone.field.syncing.settled()
        XCTAssertEqual(phone.field.syncing.outcome, .done)
    }

    private func contains(_ area: Bounds, _ point: Point) -> Bool {
        (area.southWest.longitudeE7...area.northEast.longitudeE7).contains(point.longitudeE7)
            && (area.southWest.latitudeE7...area.northEast.latitudeE7).contains(point.latitudeE7)
    }

    private func odd(_ phone: Phone) -> HubFailure { HubFailure(said: "\(String(describing: phone.field.page))") }
}
